"""What stands of a decision now: taken back or not, and what the police decided after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from panel.db import once
from panel.decisions.models import Condition, Decision
from panel.decisions.queries import conditions_of, decision_of, outcomes_of
from panel.decisions.standing_models import ChildInformation, Escalation, PoliceDecision, Rescission
from workflows.ruling import Status
from workflows.vocabulary import Outcome


@dataclass(frozen=True)
class Standing:
    """What is to be given: the panel's decision or, where the police decided otherwise, theirs."""

    decision: Decision
    police: PoliceDecision | None

    @property
    def outcome(self) -> Outcome:
        """The outcome that the document follows."""
        return self.police.outcome if self.police else self.decision.outcome

    @property
    def reasons(self) -> str:
        """The reasons that belong to that outcome."""
        return self.police.reason if self.police else self.decision.reasons


def standing_of(db: Session, referral_id: int) -> Standing | None:
    """What stands of the decisions of a case, if any does."""
    decision = decision_of(db, referral_id)
    return None if decision is None else Standing(decision, police_of(db, decision.id))


def police_of(db: Session, decision_id: int) -> PoliceDecision | None:
    """What the police decided last after this decision."""
    query = select(PoliceDecision).where(PoliceDecision.decision_id == decision_id)
    last = query.order_by(col(PoliceDecision.number).desc()).limit(1)
    return once(db, PoliceDecision, ("last", decision_id), lambda: db.exec(last).first())


def all_of_the_police(db: Session, decision_id: int) -> list[PoliceDecision]:
    """Every decision of the police after this one, the first one first."""
    query = select(PoliceDecision).where(PoliceDecision.decision_id == decision_id)
    return list(db.exec(query.order_by(col(PoliceDecision.number))))


def outcomes_standing(db: Session, decision_id: int) -> dict[int, Outcome]:
    """The outcome by offence that is to be given."""
    police = police_of(db, decision_id)
    if police is None:
        return outcomes_of(db, decision_id)
    return {int(offence): Outcome(value) for offence, value in police.outcomes.items()}


def conditions_standing(db: Session, decision_id: int) -> list[Condition]:
    """The conditions that are to be given, in their order."""
    conditions, police = conditions_of(db, decision_id), police_of(db, decision_id)
    return conditions if police is None else [c for c in conditions if c.id in police.kept]


def decisions_of(db: Session, referral_id: int) -> list[tuple[Decision, Rescission | None]]:
    """Every decision of a case, the first one first, with what took it back."""
    query = (
        select(Decision, Rescission)
        .outerjoin(Rescission, taken_back())
        .where(Decision.referral_id == referral_id)
        .order_by(col(Decision.id))
    )
    return [(decision, rescission) for decision, rescission in db.exec(query).all()]


def taken_back() -> ColumnElement[bool]:
    """Joins a decision with the rescission that was confirmed."""
    return (col(Rescission.decision_id) == col(Decision.id)) & (col(Rescission.status) == Status.CONFIRMED)


def rescinded_before(db: Session, referral_id: int) -> Decision | None:
    """The decision that is heard again: the last one, which was taken back."""
    query = select(Decision).join(Rescission, taken_back()).where(Decision.referral_id == referral_id)
    return db.exec(query.order_by(col(Decision.id).desc()).limit(1)).first()


def rescissions_of(db: Session, decision_id: int) -> list[Rescission]:
    """Every time that somebody asked to take this decision back."""
    query = select(Rescission).where(Rescission.decision_id == decision_id)
    return list(db.exec(query.order_by(col(Rescission.id))))


def escalations_of(db: Session, referral_id: int) -> Sequence[tuple[Escalation, Escalation | None]]:
    """Split views that were taken to somebody senior, each with the answer."""
    answer = aliased(Escalation)
    query = (
        select(Escalation, answer)
        .outerjoin(answer, col(answer.answers_id) == col(Escalation.id))
        .where(Escalation.referral_id == referral_id, col(Escalation.answers_id).is_(None))
        .order_by(col(Escalation.id))
    )
    return [(raised, answered) for raised, answered in db.exec(query).all()]


def information_of(db: Session, referral_id: int) -> list[ChildInformation]:
    """The Child Information Form in all its states, the newest first."""
    query = select(ChildInformation).where(ChildInformation.referral_id == referral_id)
    return list(db.exec(query.order_by(col(ChildInformation.number).desc())))


def cif_ready(db: Session, referral_id: int) -> bool:
    """Whether the Child Information Form of a case is filled in (CHG-1)."""
    query = select(ChildInformation.id).where(ChildInformation.referral_id == referral_id).limit(1)
    return db.exec(query).first() is not None
