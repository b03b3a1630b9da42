"""Reading a record with what was put right beside it."""

from sqlmodel import Session, col, select

from panel.decisions.models import Decision
from panel.errors import Missing
from panel.rulings.models import Correction, DecisionConcern
from workflows.calendar import long_date
from workflows.ruling import Place, Status


def corrections_of(db: Session, decision_id: int) -> list[Correction]:
    """Every correction that was asked for, the first one first."""
    query = select(Correction).where(Correction.decision_id == decision_id)
    return list(db.exec(query.order_by(col(Correction.id))))


def correction_at(db: Session, decision_id: int, place: int) -> Correction:
    """A correction by its place among those of a decision, from 1. Raises `Missing`."""
    found = corrections_of(db, decision_id)
    if not 1 <= place <= len(found):
        raise Missing()
    return found[place - 1]


def concerns_of(db: Session, decision_id: int) -> list[DecisionConcern]:
    """Every concern about a decision."""
    query = select(DecisionConcern).where(DecisionConcern.decision_id == decision_id)
    return list(db.exec(query.order_by(col(DecisionConcern.id))))


def written(decision: Decision, place: Place) -> str:
    """What the record says there, as it was written."""
    if place is Place.TOOK_PLACE:
        return long_date(decision.took_place_on)
    if place is Place.MEMBER:
        return "; ".join(member["name"] for member in decision.quorum)
    return {
        Place.REASONS: decision.reasons,
        Place.CONSIDERED: decision.considered,
        Place.EVIDENCE: decision.evidence,
    }[place]


def text_of(db: Session, decision: Decision, place: Place) -> str:
    """What the record says there now, with what was corrected."""
    text = written(decision, place)
    for row in corrections_of(db, decision.id):
        if row.place is place and row.status is Status.CONFIRMED:
            text = text.replace(row.before, row.after, 1)
    return text
