"""What follows for the other waiting pairs when two are said to be the same, and when that is taken back."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from panel.access import Actor
from panel.history.record import note
from panel.linking.queries import OPEN
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.queries import police_chain
from workflows.police import Verdict

SETTLED = "It follows from what was said to be the same."
FALLEN = "What it followed from was taken back."


def settle(
    db: Session, same: Sequence[PoliceLink], rows: Collection[PoliceDisposal], *, by: Actor, at: datetime
) -> set[int]:
    """An event was told once and a child is one child: settle what waits beside these pairs.

    The disposals of the pairs that were settled. Each is a word with a fixed reason and the moment of what
    it followed from, by which it is found again. What the search has settled has no name, like its own words.
    """
    if not same:
        return set()
    children = {row.id: row.child_id for row in rows}
    settled = set()
    for last in _last_words(db, same):
        if last.verdict not in OPEN:
            continue
        for of in same:
            if verdict := _follows(last, of, children.get(of.disposal_id)):
                _say(db, last, verdict, SETTLED, of.by_id, by=by, at=at)
                settled.add(last.disposal_id)
                break
    return settled


def offer_again(db: Session, fallen: PoliceLink, *, by: Actor, at: datetime) -> set[int]:
    """Pairs that were settled by a decision wait again when it is taken back; their disposals."""
    again = set()
    for last in _last_words(db, [fallen]):
        if (last.reason, last.at, last.by_id) == (SETTLED, fallen.at, fallen.by_id):
            _say(db, last, Verdict.UNDONE, FALLEN, by.id, by=by, at=at)
            again.add(last.disposal_id)
    return again


def _follows(pair: PoliceLink, of: PoliceLink, child_id: int | None) -> Verdict | None:
    """What is known of a waiting pair once another one is the same; None when it is a question of its own."""
    mine = pair.disposal_id == of.disposal_id
    if of.other_id is not None:
        rival = pair.other_id is not None and (mine or pair.other_id == of.other_id)
        return Verdict.APART if rival else None
    if not mine or pair.other_id is not None:
        return None
    if pair.referral_id is not None:
        return Verdict.APART if of.referral_id is not None else None
    return Verdict.SAME if pair.child_id == child_id else Verdict.APART


def _last_words(db: Session, of: Iterable[PoliceLink]) -> list[PoliceLink]:
    disposals, others = {one.disposal_id for one in of}, {one.other_id for one in of if one.other_id}
    beside = or_(col(PoliceLink.disposal_id).in_(disposals), col(PoliceLink.other_id).in_(others))
    words = db.exec(select(PoliceLink).where(beside).order_by(col(PoliceLink.id)))
    return [*{(one.disposal_id, one.other_id, one.child_id, one.referral_id): one for one in words}.values()]


def _say(
    db: Session,
    pair: PoliceLink,
    verdict: Verdict,
    reason: str,
    by_id: int | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    about = {"disposal_id", "other_id", "child_id", "referral_id", "score", "because"}
    db.add(PoliceLink(**pair.model_dump(include=about), verdict=verdict, reason=reason, by_id=by_id, at=at))
    verb = "police_disposal." + ("taken_back" if verdict is Verdict.UNDONE else f"said_{verdict.value}")
    facts = {"because": pair.because, "reason": reason}
    note(db, verb, chain=police_chain(pair.disposal_id), by=by, at=at, facts=facts)
