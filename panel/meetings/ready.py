"""Cases that are ready for a panel, in the order of their deadlines, and what is missing for the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, and_, col, func, or_, select

from panel.access import Actor
from panel.assessments.models import Assessment
from panel.children.models import Child
from panel.referrals.models import NEVER, Referral
from panel.referrals.queries import scope
from panel.victims.queries import views_of
from workflows.assessment import Status as Assessed
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts
from workflows.flow import Refusal

WAITING = (Status.ASSESSED, Status.DEFERRED)
SHOWN = 40


@dataclass(frozen=True)
class Waiting:
    """One case that waits for a meeting; nothing is missing when it is ready."""

    reference: str
    child_name: str
    due_on: date | None
    deferred: bool
    missing: tuple[Refusal, ...]


def waiting_for(db: Session, actor: Actor, area_id: int, *, today: date) -> list[Waiting]:
    """The cases that wait, or soon will, the nearest deadline first, in a fixed number of questions."""
    soon = and_(col(Referral.status) == Status.ACCEPTED, col(Assessment.status) == Assessed.SUBMITTED)
    query = (
        select(Referral, Child, Assessment.status)
        .join(Child, col(Child.id) == Referral.child_id)
        .outerjoin(Assessment, col(Assessment.referral_id) == Referral.id)
        .where(Referral.area_id == area_id, scope(actor), or_(col(Referral.status).in_(WAITING), soon))
        .order_by(col(Referral.due_on), col(Referral.id))
        .limit(SHOWN)
    )
    rows = db.exec(query).all()
    views = views_of(db, [referral.id for referral, _, _ in rows])
    return [
        Waiting(
            reference=referral.reference,
            child_name=child.name,
            due_on=None if referral.due_on == NEVER else referral.due_on,
            deferred=referral.status is Status.DEFERRED,
            missing=_missing(
                CaseFacts(
                    today=today,
                    date_of_birth=child.date_of_birth,
                    assessment_countersigned=assessed is Assessed.COUNTERSIGNED,
                    victim_identified=bool(referral.victim_identified),
                    victim_view=views[referral.id],
                    event_unanswered=referral.event_open_on is not None,
                )
            ),
        )
        for referral, child, assessed in rows
    ]


def _missing(facts: CaseFacts) -> tuple[Refusal, ...]:
    return CASE.refusals("list", Status.ASSESSED, facts)


def count_waiting(db: Session, areas: Sequence[int]) -> dict[int, int]:
    """How many cases wait for a meeting in each of these areas."""
    query = (
        select(Referral.area_id, func.count())
        .where(col(Referral.area_id).in_(areas), col(Referral.status).in_(WAITING))
        .group_by(col(Referral.area_id))
    )
    return {int(area): int(count) for area, count in db.exec(query)}
