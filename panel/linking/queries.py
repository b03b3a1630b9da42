"""Reading pairs: those that a person has to look at, those that were decided, one with both its sides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from panel.access import Actor
from panel.children.models import Child
from panel.counting import Number, answers, many
from panel.errors import Missing
from panel.police.models import PoliceDisposal, PoliceLink
from panel.referrals.models import Referral
from workflows.police import KEEPERS, Standing, Verdict

PAGE = 50
R = TypeVar("R", PoliceDisposal, Referral, Child)
OPEN = (Verdict.UNSURE, Verdict.UNDONE)


@dataclass(frozen=True)
class PairRow:
    """The last word on a pair, with its disposal."""

    link: PoliceLink
    disposal: PoliceDisposal


def spoken_of(db: Session, ids: Collection[int]) -> set[tuple[int, int | None, int | None, int | None]]:
    """The pairs of these disposals of which somebody, or the search, has said something."""
    names = ("disposal_id", "other_id", "child_id", "referral_id", "verdict", "by_id")
    query = select(*(col(getattr(PoliceLink, name)) for name in names))
    said = db.exec(query.where(col(PoliceLink.disposal_id).in_(ids)).order_by(col(PoliceLink.id)))
    # A case names its child too; it is one side all the same. The last word on each side is left.
    last = {(one, other, None if case else child, case): rest for one, other, child, case, *rest in said}
    # What the search itself let go, because the list was taken back, is open to it again.
    return {side for side, (verdict, by) in last.items() if verdict is not Verdict.UNDONE or by is not None}


def _last() -> ColumnElement[bool]:
    """Whether a word is the last one on its pair."""
    later = aliased(PoliceLink)
    same = [
        func.coalesce(getattr(later, name), 0) == func.coalesce(getattr(PoliceLink, name), 0)
        for name in ("other_id", "child_id", "referral_id")
    ]
    of_pair = and_(col(later.disposal_id) == col(PoliceLink.disposal_id), *same)
    return ~exists().where(of_pair, col(later.id) > col(PoliceLink.id))


def _mine(actor: Actor) -> ColumnElement[bool]:
    return col(PoliceDisposal.area_id).in_(actor.areas_as(*KEEPERS))


def _where(actor: Actor, *, waiting: bool) -> ColumnElement[bool]:
    return and_(_mine(actor), _said(waiting=waiting), _last(), *([_counted()] if waiting else []))


def _said(*, waiting: bool) -> ColumnElement[bool]:
    verdict = col(PoliceLink.verdict)
    return verdict.in_(OPEN) if waiting else verdict.in_([one for one in Verdict if one not in OPEN])


def _counted() -> ColumnElement[bool]:
    return col(PoliceDisposal.status) == Standing.COUNTED


def listed(
    db: Session, actor: Actor, *, waiting: bool, before: int | None
) -> tuple[list[PairRow], int | None]:
    """A page of pairs, the newest first, and where the next page begins."""
    query = (
        select(PoliceLink, PoliceDisposal)
        .join(PoliceDisposal, col(PoliceDisposal.id) == col(PoliceLink.disposal_id))
        .where(_where(actor, waiting=waiting))
    )
    if before is not None:
        query = query.where(col(PoliceLink.id) < before)
    rows = [PairRow(*row) for row in db.exec(query.order_by(col(PoliceLink.id).desc()).limit(PAGE + 1))]
    more = rows[PAGE - 1].link.id if len(rows) > PAGE else None
    return rows[:PAGE], more


def count(db: Session, actor: Actor, *, waiting: bool) -> int:
    """How many pairs there are, counted up to a limit."""
    return int(answers(db, [counted(actor, waiting=waiting)])[0])


def counted(actor: Actor, *, waiting: bool) -> Number:
    """The same, to be asked with others."""
    # From the words to their disposals, which are many more.
    disposal = select(PoliceDisposal.id).where(PoliceDisposal.id == PoliceLink.disposal_id)
    of_mine = disposal.where(_mine(actor), *([_counted()] if waiting else [])).exists()
    query = select(PoliceLink.id).where(_said(waiting=waiting), of_mine, _last())
    return many(query)


def pair_for(db: Session, actor: Actor, number: int, *, lock: bool = False) -> PairRow:
    """A pair, by any word on it: with the last word. Raises `Missing`."""
    query = (
        select(PoliceLink, PoliceDisposal)
        .join(PoliceDisposal, col(PoliceDisposal.id) == col(PoliceLink.disposal_id))
        .where(PoliceLink.id == number, _mine(actor))
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    link, disposal = found
    if lock:
        locked = select(PoliceDisposal).where(PoliceDisposal.id == disposal.id).with_for_update()
        disposal = db.exec(locked.execution_options(populate_existing=True)).one()
    return PairRow(said_of(db, link)[-1], disposal)


def said_of(db: Session, link: PoliceLink) -> Sequence[PoliceLink]:
    """Everything that was said of a pair, the first word first."""
    query = select(PoliceLink).where(
        PoliceLink.disposal_id == link.disposal_id,
        PoliceLink.other_id == link.other_id,
        PoliceLink.child_id == link.child_id,
        PoliceLink.referral_id == link.referral_id,
    )
    return db.exec(query.order_by(col(PoliceLink.id))).all()


def last_words(db: Session, ids: Sequence[int]) -> list[PoliceLink]:
    """The last word on each pair of these disposals."""
    query = select(PoliceLink).where(col(PoliceLink.disposal_id).in_(ids)).order_by(col(PoliceLink.id))
    words = db.exec(query)
    return [*{(one.disposal_id, one.other_id, one.child_id, one.referral_id): one for one in words}.values()]


@dataclass(frozen=True)
class OurSide:
    """What of ours a pair is about."""

    other: PoliceDisposal | None = None
    child: Child | None = None
    referral: Referral | None = None


def our_side(db: Session, link: PoliceLink) -> OurSide:
    """What of ours a pair is about, read from its rows."""
    other = db.get_one(PoliceDisposal, link.other_id) if link.other_id else None
    referral = db.get_one(Referral, link.referral_id) if link.referral_id else None
    number = link.child_id or (referral.child_id if referral else None)
    return OurSide(other, db.get_one(Child, number) if number else None, referral)


def our_sides(db: Session, rows: Sequence[PairRow]) -> dict[int, OurSide]:
    """The same for a list, in a fixed number of questions."""
    links = [row.link for row in rows]
    others = _by_id(db, PoliceDisposal, {link.other_id for link in links})
    referrals = _by_id(db, Referral, {link.referral_id for link in links})
    numbers = {link.child_id for link in links} | {one.child_id for one in referrals.values()}
    children = _by_id(db, Child, numbers)
    found = {}
    for link in links:
        referral = referrals.get(link.referral_id or 0)
        child = link.child_id or (referral.child_id if referral else 0)
        found[link.id] = OurSide(others.get(link.other_id or 0), children.get(child), referral)
    return found


def _by_id(db: Session, table: type[R], ids: Collection[int | None]) -> dict[int, R]:
    query = select(table).where(col(table.id).in_([one for one in ids if one]))
    return {row.id: row for row in db.exec(query)}
