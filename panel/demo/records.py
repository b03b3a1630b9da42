"""Children who are alike: a twin in one incident, one recorded twice, one merged by one person so far."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from sqlmodel import Session

from panel.children.actions import pair_of
from panel.children.models import Child
from panel.demo.before import before_the_panel
from panel.demo.people import Team
from panel.demo.profile import Profile, at, earlier
from panel.demo.stories import Person
from panel.incidents import actions as incidents
from panel.merges import actions as merges
from panel.merges.queries import pair_for
from panel.referrals import commands as c
from panel.referrals import starting
from panel.referrals.models import Referral
from workflows.case import Status

ALIKE = (Status.ACCEPTED, Status.SUBMITTED)


def alike(db: Session, team: Team, cases: list[Profile], draw: Random, *, today: date) -> None:
    """Write a few more referrals of children who are like those that are here."""
    known = [profile for profile in cases if profile.stop is Status.ACCEPTED][:3]
    if len(known) < 3:
        return
    day = earlier(today, 1)
    merged = _like(db, team, known[0], _slip, draw, today=today)
    _like(db, team, known[1], _slip, draw, today=today)
    twin = _like(db, team, known[2], _twin, draw, today=today)
    pair = pair_of(db, _case(db, known[0]).child_id, merged.child_id)
    officer = team["seconded"]
    if pair is not None:
        why = "The school has one child of this name, and the mother's telephone number is the same."
        merges.propose(db, pair_for(db, officer, pair.id), ["surname"], why, by=officer, at=at(day, 12))
    incidents.join(db, twin, _case(db, known[2]), by=officer, at=at(day, 13))


def _case(db: Session, profile: Profile) -> Referral:
    return db.get_one(Referral, profile.referral_id)


def _like(db: Session, team: Team, profile: Profile, how: Any, draw: Random, *, today: date) -> Referral:
    sent = earlier(today, 2)
    other = replace(
        profile, stop=Status.SUBMITTED, sent_on=sent, child=how(profile.child), panel_on=None, referral_id=0
    )
    before_the_panel(db, team, other, draw, today=today)
    case, home = _case(db, other), db.get_one(Child, _case(db, profile).child_id)
    child = db.get_one(Child, case.child_id)
    same = {name: getattr(child, name) for name in c.ChildDetails.model_fields}
    same |= {"address": home.address, "postcode": home.postcode}
    details = c.ChildDetails.model_validate(same)
    officer = next(actor for actor in team.people.values() if actor.id == case.referred_by_id)
    starting.save_child(db, case, details, by=officer, at=at(sent, 14))
    return case


def _slip(child: Person) -> Person:
    return replace(child, surname=child.surname[:-2] + child.surname[-1] + child.surname[-2])


def _twin(child: Person) -> Person:
    return replace(child, given_name="Romy" if child.given_name != "Romy" else "Tess")
