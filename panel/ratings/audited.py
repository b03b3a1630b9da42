"""What the rounds of case audits give to ratings: answers by key question, and examples without names."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from panel.audits.models import AuditRound
from panel.audits.results import answered as answered_in
from panel.audits.results import examples as notes_of
from workflows.audit import Answer, RoundStatus
from workflows.calendar import long_date
from workflows.self_rating import Answers

MOST = 50
RATED = (RoundStatus.OPEN, RoundStatus.FINISHED)
SAID = {Answer.YES: "Sufficient", Answer.NO: "Not sufficient"}


def rounds(db: Session, areas: Collection[int]) -> Sequence[AuditRound]:
    """The rounds that a self-inspection can rest on, the newest first."""
    query = select(AuditRound).where(
        col(AuditRound.area_id).in_(areas), col(AuditRound.status).in_(RATED), col(AuditRound.size) > 0
    )
    return db.exec(query.order_by(col(AuditRound.id).desc()).limit(MOST)).all()


def title_of(one: AuditRound) -> str:
    """A round in a list to choose from."""
    period = f"{long_date(one.since)} to {long_date(one.until)}"
    state = "" if one.status is RoundStatus.FINISHED else ", not finished yet"
    return f"{one.reference}: {one.size} cases of {period}, framework of {one.framework.value}{state}"


def state_of(db: Session, round_id: int | None) -> RoundStatus | None:
    """Where a round stands; None without one."""
    found = db.exec(select(AuditRound.status).where(AuditRound.id == round_id)).first()
    return None if found is None else RoundStatus(found)


def answers(db: Session, round_id: int) -> Mapping[str, Answers]:
    """How each key question was answered, after moderation where there was one.

    None of a round that was dropped: its sample stands for nothing.
    """
    if state_of(db, round_id) is RoundStatus.DROPPED:
        return {}
    found = answered_in(db, round_id)
    return {key: Answers(one.yes, one.no, one.not_applicable) for key, one in found.items()}


def examples(db: Session, round_id: int) -> list[str]:
    """What auditors wrote beside key questions; each still has to be read by a person."""
    if state_of(db, round_id) is RoundStatus.DROPPED:
        return []
    return [
        f"{SAID[one.answer]} ({one.question}): {' '.join(one.note.split())}"
        for one in notes_of(db, round_id)
        if one.answer in SAID
    ]
