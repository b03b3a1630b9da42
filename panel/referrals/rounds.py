"""The times that a referral was sent back or turned down, what was asked, and what was done about it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from config.coded import SENT_BACK, TURNED_DOWN, Code
from panel.history.models import Event
from panel.history.record import case_chain
from panel.history.sentences import Told, told
from panel.referrals.models import Referral, ReferralReturn
from panel.referrals.parts import PARTS
from workflows.case import Status
from workflows.returns import Round

LISTS = {Round.SENT_BACK: SENT_BACK, Round.REJECTED: TURNED_DOWN}
CONFIRMED = "case.confirm"
# Acts of the YOT, which answer nothing.
NOT_ANSWERS = ("case.submit", "case.send_back", "case.accept", "case.reject", "case.withdraw")


@dataclass(frozen=True)
class Point:
    """One thing that was asked for; `settled` says what became of it."""

    code: Code
    settled: str

    @property
    def open(self) -> bool:
        """Whether it was neither changed nor confirmed."""
        return not self.settled


@dataclass(frozen=True)
class Asked:
    """One round with its points, and what was changed before the referral was sent again."""

    row: ReferralReturn
    points: tuple[Point, ...]
    since: tuple[Told, ...]

    @property
    def pages(self) -> frozenset[str]:
        """The parts of the referral that are still to be put right."""
        return frozenset(point.code.page for point in self.points if point.open and point.code.page)


def codes_of(row: ReferralReturn) -> tuple[Code, ...]:
    """The reasons of a round, in the order of the list."""
    return tuple(LISTS[row.kind].code(key) for key in row.codes.split())


def rounds_of(db: Session, referrals: Sequence[Referral]) -> dict[int, list[Asked]]:
    """Every round of these referrals by their number, the newest first; two queries for all of them."""
    ids = [referral.id for referral in referrals]
    query = select(ReferralReturn).where(col(ReferralReturn.referral_id).in_(ids))
    found = list(db.exec(query.order_by(col(ReferralReturn.id).desc())))
    if not found:
        return {}
    chains = sorted({case_chain(row.referral_id) for row in found})
    first = min(row.event_seq for row in found)
    acts = select(Event).where(col(Event.chain).in_(chains), col(Event.seq) > first)
    events: dict[str, list[Event]] = defaultdict(list)
    for event in db.exec(acts.order_by(col(Event.chain), col(Event.seq))):
        events[event.chain].append(event)
    rounds: dict[int, list[Asked]] = defaultdict(list)
    for row in found:
        rounds[row.referral_id].append(_asked(row, events[case_chain(row.referral_id)]))
    return rounds


def _asked(row: ReferralReturn, events: Sequence[Event]) -> Asked:
    later = [event for event in events if event.seq > row.event_seq]
    until = next((n for n, event in enumerate(later) if event.verb == "case.submit"), len(later))
    answers = [event for event in later[:until] if event.verb not in NOT_ANSWERS]
    points = tuple(Point(code, _settled(code, answers)) for code in codes_of(row))
    return Asked(row, points, tuple(told(answers, {})))


def _settled(code: Code, answers: Sequence[Event]) -> str:
    if any(event.verb == CONFIRMED and event.facts.get("code") == code.key for event in answers):
        return "Confirmed"
    return "Changed" if code.page in touched(answers) else ""


def touched(events: Collection[Event]) -> frozenset[str]:
    """The parts of a referral that these acts changed."""
    return frozenset(
        part.key
        for part in PARTS
        for event in events
        if event.verb != CONFIRMED and any(act in event.verb for act in part.acts)
    )


def open_round(db: Session, referral: Referral) -> Asked | None:
    """The round that is being answered now."""
    if referral.status is not Status.SENT_BACK:
        return None
    rounds = rounds_of(db, [referral]).get(referral.id, [])
    return rounds[0] if rounds else None


def to_put_right(db: Session, referral: Referral) -> int:
    """How many things are neither changed nor confirmed."""
    asked = open_round(db, referral)
    return sum(point.open for point in asked.points) if asked else 0


def resent(db: Session, referral: Referral, *, at: datetime) -> None:
    """Close the open rounds: the referral was sent again."""
    query = select(ReferralReturn).where(
        ReferralReturn.referral_id == referral.id, col(ReferralReturn.resent_at).is_(None)
    )
    for row in db.exec(query):
        row.resent_at = at
        db.add(row)
