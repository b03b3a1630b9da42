"""A demonstration case after the panel: given, acknowledged, worked through, closed."""

from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw
from sqlmodel import Session, select

from panel.access import Actor
from panel.demo.finishing import finish, release
from panel.demo.giving import answer_for, explained_in_full, played_back
from panel.demo.people import Team
from panel.demo.planned import appointments
from panel.demo.profile import Profile, at, later
from panel.demo.stories import PLAYED_BACK
from panel.demo.told import read
from panel.disposals import actions as disposals
from panel.disposals import commands as c
from panel.disposals import family
from panel.disposals.paper import Issuer, signers_of
from panel.disposals.queries import disposal_for, user_name
from panel.disposals.sign_commands import PREFIX, Sign
from panel.disposals.signing import Signed, sign
from panel.notifications.models import Why
from panel.plans import actions as plans
from panel.plans.commands import Close, StepNote
from panel.plans.models import StepState
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of
from workflows.case import Status
from workflows.vocabulary import SIGNED_OUTCOMES, Adult, Advice, Answer, Outcome


def drawn() -> bytes:
    """An invented signature: the same stroke for everybody."""
    picture = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(picture).line([(20, 90), (120, 20), (200, 100), (380, 30)], fill="black", width=4)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


LEFT: dict[str, Any] = {"how": Answer.UNABLE, "why": "The family had to leave; the paper is to follow"}
ISSUER = Issuer(force_name="Kelder Police (invented)", demo=True)
GIVEN = (Status.GIVEN, Status.NOTIFIED, Status.CLOSED)


def after_the_panel(db: Session, team: Team, profile: Profile, draw: Random, *, today: date) -> None:
    """Give the disposal and follow its plan as far as the case got."""
    if profile.stop not in GIVEN or profile.panel_on is None:
        return
    referral = db.exec(select(Referral).where(Referral.id == profile.referral_id)).one()
    day = min(later(profile.panel_on, draw.randint(2, 8)), today - timedelta(days=1))
    _give(db, team, referral, profile, day, draw)
    if profile.stop is Status.GIVEN:
        return
    worker = next(actor for actor in team.people.values() if actor.id == referral.case_manager_id)
    plans.acknowledge(db, referral, by=worker, at=at(min(later(day, draw.choice((0, 1, 1, 4))), today), 9))
    if profile.stop is Status.NOTIFIED:
        appointments(db, referral, worker, day, today=today)
    _steps(db, team, referral, profile, worker, day, draw, today=today)


def _give(db: Session, team: Team, referral: Referral, profile: Profile, day: date, draw: Random) -> None:
    officer, child, carer = team["seconded"], child_of(db, referral), carer_of(db, referral)
    ready = c.Prepare(
        adult=Adult.PARENT,
        adult_name=carer.name if carer else "",
        adult_relationship=carer.relationship if carer else None,
        adult_aged_18=True,
        child_reasons="You told us what happened, and the panel thinks that this puts it right.",
    )
    disposals.prepare(db, referral, ready, ISSUER, by=officer, at=at(day, 15))
    answer_for(db, referral, by=officer, at=at(day, 15, 10))
    told = c.Explain(
        adult_here=True,
        explained_place="Keel Street station",
        **explained_in_full(profile.outcome, day),
        advice=Advice.DECLINED,
        admitted_again=profile.outcome in (Outcome.YC, Outcome.YCC),
        warned=profile.outcome is Outcome.YCC,
        said=played_back(profile.outcome, day, draw.choice(PLAYED_BACK)),
        case_manager_present=draw.random() < 0.6,
    )
    disposals.explain(db, referral, told, by=officer, at=at(day, 15, 20))
    why = LEFT["why"]
    skipped = {"all_signed": why, "played_back": why, "signed_copy_expected": why, "agrees": why}
    if profile.outcome in SIGNED_OUTCOMES:
        here = frozenset(signers_of(disposal_for(db, referral)))
        by = frozenset() if profile.unsigned else here
        gone = {f"{PREFIX[who]}_{part}": said for who in here - by for part, said in LEFT.items()}
        names = Sign(
            child_name=child.name,
            adult_name=carer.name if carer else "",
            officer_name=officer.name,
            manager_name=user_name(db, referral.case_manager_id),
            consented=profile.outcome is not Outcome.YC,
            **gone,
        )
        sign(
            db,
            referral,
            names,
            Signed(by, dict.fromkeys(by, drawn())),
            ISSUER,
            by=officer,
            at=at(day, 15, 40),
            overrides=skipped,
        )
    disposals.give(db, referral, by=officer, at=at(day, 16), overrides=skipped)
    disposal = disposal_for(db, referral)
    taken = {one.document.number for one in family.papers_for(db, disposal)}
    family.hand_over(db, referral, disposal, taken, by=officer, at=at(day, 16, 5))


def _steps(
    db: Session,
    team: Team,
    referral: Referral,
    profile: Profile,
    worker: Actor,
    day: date,
    draw: Random,
    *,
    today: date,
) -> None:
    last = day
    for step in steps_of(db, referral.id):
        if step.due_on >= today or (profile.stop is not Status.CLOSED and draw.random() < 0.35):
            continue
        last = max(last, step.due_on - timedelta(days=3))
        done = StepNote(state=StepState.DONE, done_on=last, evidence="Confirmed by whoever led the session.")
        plans.note_step(db, referral, step.place, done, by=worker, at=at(last, 16))
    if profile.stop is Status.CLOSED:
        over = at(min(last + timedelta(days=7), today), 10)
        finish(db, referral, worker, draw, at=over)
        end = Close(reason="Everything that was agreed has been done. The family was thanked.")
        plans.close(db, referral, end, by=worker, at=at(over.date(), 11))
        release(db, referral, team["manager"], at=over)
        if over.date() < today:
            read(db, team, referral, Why.CASE_CLOSED, at(over.date(), 12))
