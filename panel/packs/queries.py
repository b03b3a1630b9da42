"""Reading the papers of a case: the version that counts, who has read it, and what one has to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine, and_, not_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.children.models import Child
from panel.counting import Number, answers, many
from panel.errors import Missing
from panel.meetings.models import AgendaItem, Meeting, Member
from panel.packs.manifest import fits
from panel.packs.models import Mark, Pack, PackReading
from panel.referrals.conflicts import shut_out
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from workflows.case import Status
from workflows.meeting import Status as MeetingStatus


def current(db: Session, item_id: int) -> Pack | None:
    """The newest papers of a case for the meeting of this place on an agenda."""
    of_item = and_(
        col(Pack.referral_id) == AgendaItem.referral_id, col(Pack.meeting_id) == AgendaItem.meeting_id
    )
    query = select(Pack).join(AgendaItem, of_item).where(AgendaItem.id == item_id)
    return db.exec(query.order_by(col(Pack.number).desc()).limit(1)).first()


def latest(db: Session, referral_id: int) -> Pack | None:
    """The newest papers of a case, for whichever meeting."""
    query = select(Pack).where(Pack.referral_id == referral_id)
    return db.exec(query.order_by(col(Pack.number).desc()).limit(1)).first()


def version_of(db: Session, referral_id: int, number: int) -> Pack:
    """One version of the papers of a case. Raises `Missing`."""
    query = select(Pack).where(Pack.referral_id == referral_id, Pack.number == number)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def versions_of(db: Session, referral_id: int) -> list[tuple[int, datetime, str, list[str]]]:
    """Every version, the newest first: number, time, why it was made and what changed."""
    shown: Any = (Pack.number, Pack.made_at, Pack.why, Pack.changes)
    query: Any = select(*shown).where(Pack.referral_id == referral_id)
    found = db.exec(query.order_by(col(Pack.number).desc()))
    return [(number, made_at, why, list(changes)) for number, made_at, why, changes in found]


@dataclass(frozen=True)
class Marks:
    """What one member did with the papers: which version they opened last, and which they read."""

    opened: tuple[int, datetime] | None = None
    read: tuple[int, datetime] | None = None


def marks_of(db: Session, referral_ids: Sequence[int]) -> dict[tuple[int, int], Marks]:
    """By case and person, what was opened and read last."""
    shown: Any = (Pack.referral_id, Pack.number, PackReading.user_id, PackReading.mark, PackReading.at)
    query: Any = (
        select(*shown)
        .join(Pack, col(Pack.id) == PackReading.pack_id)
        .where(col(Pack.referral_id).in_(referral_ids))
        .order_by(col(Pack.number))
    )
    found: dict[tuple[int, int], dict[Mark, tuple[int, datetime]]] = {}
    for case, number, user_id, mark, at in db.exec(query):
        found.setdefault((case, user_id), {})[Mark(mark)] = (number, at)
    return {key: Marks(marks.get(Mark.OPENED), marks.get(Mark.READ)) for key, marks in found.items()}


def is_member(db: Session, meeting_id: int, user_id: int) -> bool:
    """Whether the papers of this meeting are for this person to read."""
    query = select(Member.id).where(Member.meeting_id == meeting_id, Member.user_id == user_id)
    return db.exec(query).first() is not None


@dataclass(frozen=True)
class ToRead:
    """The papers of one case that a member has not read yet."""

    reference: str
    child_name: str
    number: int
    held_on: date
    starts_at: time
    opened: bool


def to_read(db: Session, actor: Actor, *, limit: int = 200) -> list[ToRead]:
    """The papers that a member of a coming meeting has not read, in the order of the agendas."""
    opened = _marked(actor, Mark.OPENED)
    shown: Any = (Referral.reference, Child, Pack.number, Meeting.held_on, Meeting.starts_at, opened)
    query = _unread(select(*shown), actor).join(Child, col(Child.id) == Referral.child_id)
    query = query.order_by(
        col(Meeting.held_on), col(Meeting.starts_at), col(Meeting.id), col(AgendaItem.place)
    )
    return [
        ToRead(reference, child.name, number, held_on, starts_at, was_opened)
        for reference, child, number, held_on, starts_at, was_opened in db.exec(query.limit(limit))
    ]


def count_to_read(db: Session, actor: Actor) -> int:
    """How many cases a member still has to read, counted up to a limit."""
    return int(answers(db, [to_read_counted(actor)])[0])


def to_read_counted(actor: Actor) -> Number:
    """The same, to be asked with others."""
    return many(_unread(select(Pack.id), actor))


def _marked(actor: Actor, mark: Mark) -> Any:
    query = select(PackReading.id).where(
        col(PackReading.pack_id) == Pack.id,
        col(PackReading.user_id) == actor.id,
        col(PackReading.mark) == mark,
    )
    return query.exists()


def _unread(query: Any, actor: Actor) -> Any:
    coming = col(Meeting.status).in_((MeetingStatus.PLANNED, MeetingStatus.OPEN))
    return (
        query.select_from(AgendaItem)
        .join(Meeting, col(Meeting.id) == AgendaItem.meeting_id)
        .join(Member, and_(col(Member.meeting_id) == Meeting.id, col(Member.user_id) == actor.id))
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .join(Pack, and_(col(Pack.referral_id) == Referral.id, col(Pack.number) == _newest()))
        .where(
            coming,
            col(AgendaItem.finished_at).is_(None),
            Referral.status == Status.LISTED,
            scope(actor),
            ~_marked(actor, Mark.READ),
            not_(shut_out(actor.id)),
        )
    )


def _newest() -> Any:
    of_case = aliased(Pack)
    query = select(func.max(of_case.number)).where(col(of_case.referral_id) == Referral.id)
    return query.correlate(Referral).scalar_subquery()


def verify(engine: Engine) -> list[str]:
    """One sentence for each version of papers that is no longer what the panel was given."""
    with Session(engine) as db:
        query = select(Pack, Referral.reference).join(Referral, col(Referral.id) == Pack.referral_id)
        return [
            f"case:{pack.referral_id}: version {pack.number} of the panel's papers was altered"
            for pack, reference in db.exec(query.execution_options(yield_per=100))
            if not fits(reference, pack.content, pack.manifest, pack.digest)
        ]
