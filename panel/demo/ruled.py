"""What happened to some demonstration decisions afterwards: put right, taken back, decided otherwise."""

from datetime import date, timedelta

from sqlmodel import Session

from panel.db import row_at
from panel.decisions.standing import decisions_of, standing_of
from panel.demo.people import Team
from panel.demo.profile import Profile, at
from panel.demo.sitting import hear_again
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.rulings import actions, police, recording
from panel.rulings import commands as c
from workflows.case import Status
from workflows.ruling import Authority, Place
from workflows.vocabulary import Outcome


def rule_on(db: Session, team: Team, cases: list[Profile], *, today: date) -> None:
    """One ruling of each kind on decisions that wait to be given; the oldest one is heard again."""
    waiting = sorted(
        (case for case in cases if case.stop is Status.DECIDED and case.panel_on is not None),
        key=lambda case: case.panel_on or today,
    )
    if len(waiting) < 3:
        return
    _take_back(db, team, waiting[0], today=today)
    _correct(db, team, waiting[1], today=today)
    _otherwise(
        db, team, next((p for p in waiting[2:] if p.outcome is not Outcome.NFA), waiting[-1]), today=today
    )


def _day_after(profile: Profile, days: int, today: date) -> date:
    return min((profile.panel_on or today) + timedelta(days=days), today - timedelta(days=1))


def _take_back(db: Session, team: Team, profile: Profile, *, today: date) -> None:
    referral, day = row_at(db, Referral, profile.referral_id), _day_after(profile, 2, today)
    again = day + timedelta(days=6)
    if again >= today:
        return
    decision = decisions_of(db, referral.id)[-1][0]
    why = "A statement that belongs to another case lay in the papers. The panel should hear it without that."
    row = actions.ask_rescind(db, referral, decision, why, by=team["manager"], at=at(day, 11))
    actions.rescind(db, referral, decision, row, by=team["seconded"], at=at(day, 14))
    hear_again(db, team, profile, again, since=day)


def _correct(db: Session, team: Team, profile: Profile, *, today: date) -> None:
    referral, day = row_at(db, Referral, profile.referral_id), _day_after(profile, 1, today)
    decision = decisions_of(db, referral.id)[-1][0]
    first = decision.reasons.split(" ")[0]
    slip = c.Correct(
        place=Place.REASONS, before=first, after=f"Agreed: {first.lower()}", reason="A word was left out."
    )
    row = actions.correct(db, referral, decision, slip, by=team["manager"], at=at(day, 9))
    officer = team["seconded"]
    actions.answer_correction(db, referral, decision, row, "confirm", "", by=officer, at=at(day, 10))


def _otherwise(db: Session, team: Team, profile: Profile, *, today: date) -> None:
    """The split is taken to an inspector, who says that the police decide otherwise."""
    referral, day = row_at(db, Referral, profile.referral_id), _day_after(profile, 1, today)
    stands = standing_of(db, referral.id)
    if stands is None or profile.outcome is Outcome.NFA:
        return
    officer = team["seconded"]
    split = c.Escalate(
        to_name="Ruth Hale",
        to_post="Inspector",
        escalated_on=day,
        text="The YOT holds to the panel's decision; the police no longer think that it is enough for court.",
    )
    raised = recording.escalate(db, referral, split, by=team["manager"], at=at(day, 9))
    said = c.Answer(escalated_on=day, text="The second witness has moved away: no further action.")
    recording.answer(db, referral, raised, said, by=officer, at=at(day, 11))
    command = c.Police(
        code="evidence",
        reason="The second witness can no longer be found, and the rest would not be enough.",
        name="Ruth Hale",
        rank="Inspector",
        collar="4021",
        authority=Authority.SERGEANT,
        decided_on=day,
        outcomes={offence.id: Outcome.NFA.value for offence in offences_of(db, referral)},
    )
    police.police_decide(db, referral, stands, command, by=officer, at=at(day, 12))
