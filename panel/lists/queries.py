"""Reading lists: which a person may see, how far each has come, and its rows by what became of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.accounts.models import Area, Membership, User
from panel.documents.models import StoredFile
from panel.documents.queries import Altered, bytes_of
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.lists.mapping import ColumnMap, with_plain_words
from panel.police.models import PoliceList, PoliceListRow
from workflows.police_list import GOOD, KEEPERS, MonthCover, RowResult, Status, months_covered
from workflows.roles import Role

PAGE = 50
LISTED = 100


def list_chain(list_id: int) -> str:
    """The chain of a list."""
    return f"list:{list_id}"


def unlogged(db: Session, actor: Actor, reference: str) -> PoliceList:
    """The list for a page that only asks how far it is, which tells nothing of a child. Raises `Missing`."""
    areas = actor.areas_as(*KEEPERS)
    query = select(PoliceList).where(PoliceList.reference == reference, col(PoliceList.area_id).in_(areas))
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def list_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> PoliceList:
    """The list with this reference, for a keeper of its area. Raises `Missing`; logs the look."""
    found = unlogged(db, actor, reference)
    log_access(db, Operation.CONSULTATION, list_chain(found.id), by=actor, at=at, page=page)
    return found


def lists_of(db: Session, areas: Sequence[int]) -> list[PoliceList]:
    """The lists of these areas, the newest first."""
    query = select(PoliceList).where(col(PoliceList.area_id).in_(areas)).order_by(col(PoliceList.id).desc())
    return list(db.exec(query.limit(LISTED)))


def months_of(db: Session, area_id: int, first: date, last: date) -> tuple[MonthCover, ...]:
    """Which months the imported lists of an area cover."""
    query = select(PoliceList).where(
        PoliceList.area_id == area_id, PoliceList.status == Status.DONE, col(PoliceList.last_on) >= first
    )
    return months_covered(db.exec(query).all(), first, last)


def same_file(db: Session, *, digest: str, area_id: int, but: int = 0) -> PoliceList | None:
    """The list that was imported from the very same file."""
    query = select(PoliceList).where(
        PoliceList.area_id == area_id,
        PoliceList.digest == digest,
        PoliceList.status == Status.DONE,
        PoliceList.id != but,
    )
    return db.exec(query.order_by(col(PoliceList.id).desc())).first()


def remembered(db: Session, force_id: int) -> ColumnMap:
    """What was said of the columns and words of the last list of this force."""
    query = select(PoliceList).where(
        PoliceList.force_id == force_id, col(PoliceList.status).not_in((Status.UPLOADED, Status.DROPPED))
    )
    last = db.exec(query.order_by(col(PoliceList.id).desc())).first()
    return ColumnMap() if last is None else map_of(last)


def map_of(one: PoliceList) -> ColumnMap:
    """What was said of the columns and words of a list."""
    names = ColumnMap.model_fields
    return with_plain_words(ColumnMap.model_validate({k: v for k, v in one.mapping.items() if k in names}))


def content(db: Session, one: PoliceList) -> bytes:
    """The file of a list, checked against its digest. Raises `Altered`, `StoreUnreachable`."""
    import hashlib

    stored = db.get_one(StoredFile, one.file_id)
    data = bytes_of(db, stored)
    if data is None or hashlib.sha256(data).hexdigest() != one.digest:
        raise Altered(one.digest)
    return data


def locked(db: Session, list_id: int) -> PoliceList:
    """The list, held until this transaction ends."""
    query = select(PoliceList).where(PoliceList.id == list_id).with_for_update()
    return db.exec(query.execution_options(populate_existing=True)).one()


def results(db: Session, list_id: int) -> dict[RowResult, int]:
    """How many rows of a list have each result."""
    query = select(PoliceListRow.result, func.count()).where(PoliceListRow.list_id == list_id)
    return {
        RowResult(result): count for result, count in db.exec(query.group_by(PoliceListRow.result)) if result
    }


def rows_with(
    db: Session, list_id: int, wanted: Sequence[RowResult], *, after: int = 0, most: int = PAGE
) -> list[PoliceListRow]:
    """Rows with one of these results, by their line, from behind one line on."""
    query = select(PoliceListRow).where(
        PoliceListRow.list_id == list_id,
        col(PoliceListRow.line_number) > after,
        col(PoliceListRow.result).in_([result.value for result in wanted]),
    )
    return list(db.exec(query.order_by(col(PoliceListRow.line_number)).limit(most)))


def waiting(db: Session, list_id: int, *, after: int, most: int) -> list[Any]:
    """The next good rows that are not imported: number, line and cells."""
    query = select(PoliceListRow.id, PoliceListRow.line_number, PoliceListRow.cells).where(
        PoliceListRow.list_id == list_id,
        col(PoliceListRow.line_number) > after,
        col(PoliceListRow.result).in_([result.value for result in GOOD]),
        col(PoliceListRow.disposal_id).is_(None),
    )
    return list(db.exec(query.order_by(col(PoliceListRow.line_number)).limit(most)))


def carrier(db: Session, user_id: int, area_id: int) -> Actor:
    """Who confirmed something, as they were when they did: what was confirmed is carried out."""
    user = db.get_one(User, user_id)
    held = select(Membership.area_id, Membership.role).where(
        Membership.user_id == user_id, Membership.area_id == area_id
    )
    name = db.exec(select(Area.name).where(Area.id == area_id)).one()
    return Actor(user_id, user.name, tuple((a, Role(r)) for a, r in db.exec(held)), {area_id: name})
