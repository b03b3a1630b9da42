"""Looking at a problem: right as it is, or put right."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.children.actions import change_child
from panel.children.models import Child
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, note
from panel.police.queries import police_chain
from panel.quality import commands as c
from panel.quality.models import DataProblem, DataReview
from panel.quality.queries import Line
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.data_quality import Subject
from workflows.data_quality_police import CHECKS
from workflows.flow import NotYours
from workflows.roles import Role
from workflows.vocabulary import words

LOOKERS = (Role.CASE_MANAGER, Role.YOT_MANAGER)


def chain_of(subject: Subject, subject_id: int) -> str:
    """The chain of a record."""
    return police_chain(subject_id) if subject is Subject.POLICE else case_chain(subject_id)


def review(
    db: Session, line: Line, command: c.Reason, *, by: Actor, at: datetime, back: bool = False
) -> DataReview:
    """Write down that a record is right as it is, or take that back. Raises `NotYours`, `Missing`."""
    problem = db.get_one(DataProblem, line.id)
    if not set(LOOKERS) & by.roles_in(problem.area_id):
        raise NotYours("quality.review")
    if back != (problem.reviewed_id is not None):
        raise Missing()
    row = DataReview(
        subject=problem.subject,
        subject_id=problem.subject_id,
        check_key=problem.check_key,
        said=problem.said,
        reason=command.reason,
        undoes_id=problem.reviewed_id if back else None,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    db.flush()
    problem.reviewed_id = None if back else row.id
    db.add(problem)
    chain = chain_of(problem.subject, problem.subject_id)
    facts = {"check": CHECKS[problem.check_key].title, "reason": command.reason}
    note(db, "data.undo" if back else "data.review", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="quality.review")
    return row


def save_equality(
    db: Session, referral: Referral, command: c.Equality, *, by: Actor, at: datetime
) -> list[str]:
    """Put right what the figures need of a child; the names of the fields that changed. Raises `NotYours`.

    None of these decides what may be done with a case, so this is open after the decision, too.
    """
    if not set(LOOKERS) & by.roles_in(referral.area_id):
        raise NotYours("quality.equality")
    child = db.get_one(Child, referral.child_id)
    changed = change_child(db, child, command.model_dump())
    if changed:
        said = {"gender": words(command.gender), "ethnicity": command.ethnicity, "postcode": "postcode"}
        what = ", ".join(said[name] or f"no {name}" for name in changed)
        tell(db, referral, "equality", by=by, at=at, said={"what": what})
    return changed
