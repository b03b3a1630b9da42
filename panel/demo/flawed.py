"""Demonstration: a few old records with what an older system left behind, and one that is right as it is."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from panel.children.models import Child
from panel.demo.people import Team
from panel.demo.profile import at
from panel.figures.touching import keep_touched
from panel.history.record import case_chain, note
from panel.quality.models import DataProblem, DataReview
from panel.referrals.models import Offence, Referral
from workflows.calendar import add_months
from workflows.case import Status
from workflows.data_quality import Subject
from workflows.data_quality_police import CHECKS
from workflows.vocabulary import Gender

NO_HOME = "The family had no fixed address while the case was open."


def flaws(db: Session, team: Team, *, today: date) -> None:
    """Put the flaws into closed cases, the newest first."""
    query = select(Referral).where(Referral.area_id == team.area_id, Referral.status == Status.CLOSED)
    closed = list(db.exec(query.order_by(col(Referral.submitted_at).desc(), col(Referral.id)).limit(6)))
    for number, referral in enumerate(closed):
        child = db.get_one(Child, referral.child_id)
        offence = db.exec(select(Offence).where(Offence.referral_id == referral.id)).first()
        if number == 0 and offence is not None:
            child.date_of_birth = add_months(offence.committed_on, -12 * 9)
        elif number == 1:
            child.gender = Gender.NOT_STATED
        elif number in (2, 3):
            child.postcode = ""
        elif number == 4 and offence is not None:
            offence.gravity = None
        elif number == 5 and referral.given_on is not None:
            referral.given_on -= timedelta(days=60)
        db.add_all(row for row in (child, offence, referral) if row is not None)
    keep_touched(db)
    if len(closed) > 2:
        _right_as_it_is(db, team, closed[2], today=today)


def _right_as_it_is(db: Session, team: Team, referral: Referral, *, today: date) -> None:
    key = "postcode_missing"
    query = select(DataProblem).where(
        DataProblem.subject == Subject.CASE,
        DataProblem.subject_id == referral.id,
        DataProblem.check_key == key,
    )
    problem, manager = db.exec(query).one(), team["manager"]
    row = DataReview(
        subject=Subject.CASE,
        subject_id=referral.id,
        check_key=key,
        said=problem.said,
        reason=NO_HOME,
        by_id=manager.id,
        by_words=f"{manager.name} ({manager.role_words})",
        at=at(today, 9),
    )
    db.add(row)
    db.flush()
    problem.reviewed_id = row.id
    db.add(problem)
    facts = {"check": CHECKS[key].title, "reason": NO_HOME}
    note(db, "data.review", chain=case_chain(referral.id), by=manager, at=at(today, 9), facts=facts)
