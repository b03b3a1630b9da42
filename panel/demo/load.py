"""Writes the demonstration: each case goes the real way, by the same acts as on the pages, in the past."""

from collections import defaultdict
from datetime import date
from random import Random

from sqlalchemy import Engine
from sqlmodel import Session, select

import panel.listeners  # noqa: F401 - rooms that hear of others
from panel.accounts.models import User
from panel.db import open_session
from panel.demo.after import after_the_panel
from panel.demo.audited import audit, finished
from panel.demo.before import before_the_panel
from panel.demo.boarded import board
from panel.demo.flawed import flaws
from panel.demo.gapped import gap
from panel.demo.giving import appoint
from panel.demo.harmed import tell_victims
from panel.demo.keeping import keep_to_it
from panel.demo.learned import learn
from panel.demo.people import Team, hire
from panel.demo.places import places
from panel.demo.policed import name_force, tell_of_them
from panel.demo.profile import Profile, profiles
from panel.demo.rated import rate
from panel.demo.records import alike
from panel.demo.ruled import rule_on
from panel.demo.sitting import sit
from panel.demo.told import addresses, mails_in_doubt
from panel.demo.weekly import meet_weekly
from panel.figures.turning import turn
from panel.notifications.actions import WITHOUT_MAIL
from workflows.meeting_days import Weekday


def load(engine: Engine, today: date) -> None:
    """Fill an empty database; does nothing when anybody has an account already."""
    with open_session(engine, writing=True) as db:
        if db.exec(select(User.id).limit(1)).first() is not None:
            return
        db.info[WITHOUT_MAIL] = True
        draw = Random(20261122)
        north, south = hire(db, today=today)
        name_force(db, [north, south], today=today)
        _fill(db, north, [*profiles(draw, 80, today=today, north=True)], draw, today)
        learn(db, north, today=today)
        audited = finished(db, north, today=today)
        audit(db, north, today=today)
        gap(db, north, Random(118), today=today)
        rate(db, north, audited, today=today)
        _fill(db, south, [*profiles(draw, 40, today=today, north=False)], draw, today)
        for team in (north, south):
            tell_of_them(db, team, today=today)
        flaws(db, north, today=today)
        db.commit()
    # The board reads counts that are kept with each commit, as they stand once a morning has come.
    turn(engine, today)
    with open_session(engine, writing=True) as db:
        db.info[WITHOUT_MAIL] = True
        board(db, north, today=today)
        db.commit()


def _fill(db: Session, team: Team, cases: list[Profile], draw: Random, today: date) -> None:
    places(db, team, today=today)
    addresses(db, team)
    for profile in cases:
        before_the_panel(db, team, profile, draw, today=today)
    for day, listed in sorted(_by_meeting(cases).items()):
        sit(db, team, day, listed, draw, today=today)
    rule_on(db, team, cases, today=today)
    for profile in cases:
        after_the_panel(db, team, profile, draw, today=today)
        tell_victims(db, team, profile, today=today)
    appoint(db, team, cases, today=today)
    keep_to_it(db, team, cases, today=today)
    mails_in_doubt(db, team)
    alike(db, team, cases, draw, today=today)
    last = max((day for day in _by_meeting(cases)), default=today)
    meet_weekly(db, team, Weekday.TUESDAY, after=max(last, today), today=today)


def _by_meeting(cases: list[Profile]) -> dict[date, list[Profile]]:
    found: dict[date, list[Profile]] = defaultdict(list)
    for profile in cases:
        if profile.panel_on is not None:
            found[profile.panel_on].append(profile)
    return found
