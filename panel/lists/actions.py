"""What people do with a list: send it, name its columns, confirm it, take it back or drop it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, delete

from panel.access import Actor
from panel.documents.actions import keep_bytes
from panel.forces.models import Force
from panel.forces.queries import force_of
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.jobs import enqueue
from panel.lists import queries
from panel.lists.fields import choices
from panel.lists.mapping import ColumnMap, Complaints, complaints, fits, unknown_words, with_plain_words
from panel.lists.profile import Profile, profile, read_profile
from panel.lists.table import open_table
from panel.police.models import PoliceList, PoliceListRow
from panel.references import new_reference
from workflows.calendar import long_date
from workflows.police_list import GOOD, POLICE_LIST, ListFacts, RowResult, Status
from workflows.roles import Role

PREFIX = "PL"
CHECK, IMPORT, UNDO = "check_list", "import_list", "undo_list"


@dataclass(frozen=True)
class Named:
    """What a person said of the columns: the map, the days that the list covers, and all rows or none."""

    map: ColumnMap
    first_on: date
    last_on: date


def force_for(db: Session, area_id: int) -> Force | None:
    """The force whose lists the area takes."""
    return force_of(db, area_id)


def send(
    db: Session,
    data: bytes,
    *,
    file_name: str,
    area_id: int,
    force: Force,
    supplied_on: date,
    by: Actor,
    at: datetime,
) -> PoliceList:
    """Keep a file and look at its columns; nothing of it is read yet. Raises `ListRefused`."""
    found = profile(open_table(data), this_year=supplied_on.year)
    digest, file_id = keep_bytes(db, data)
    one = PoliceList(
        reference=new_reference(PREFIX),
        force_id=force.id,
        area_id=area_id,
        status=Status.UPLOADED,
        file_id=file_id,
        file_name=file_name[:200],
        digest=digest,
        supplied_on=supplied_on,
        mapping={"profile": found.kept(), "turn": 0},
        counts={"rows": found.rows},
        by_id=by.id,
        at=at,
    )
    db.add(one)
    db.flush()
    facts = {"rows": f"{found.rows:,}", "digest": digest}
    note(db, "police_list.send", chain=queries.list_chain(one.id), by=by, at=at, facts=facts)
    log_access(db, Operation.COLLECTION, queries.list_chain(one.id), by=by, at=at, page="lists.send")
    return one


def profile_of(one: PoliceList) -> Profile:
    """What stands in the columns of a list."""
    return read_profile(one.mapping["profile"])


def wrong_in(db: Session, one: PoliceList, named: Named) -> tuple[Complaints, dict[str, list[str]]]:
    """What is wrong with a map, and which words nobody knows; both are empty when the list may be checked."""
    found, known = profile_of(one), choices(db, force_id=one.force_id, today=one.supplied_on)
    period = (named.first_on, named.last_on)
    wrong = complaints(found, named.map, period, supplied_on=one.supplied_on) + fits(named.map, known)
    asked, too_many = unknown_words(found, named.map, known)
    return wrong + too_many, asked


def keep_map(db: Session, one: PoliceList, named: Named) -> None:
    """Keep what was said so far, while words are still to be asked."""
    one.mapping = one.mapping | named.map.model_dump(mode="json")
    one.first_on, one.last_on = named.first_on, named.last_on
    db.add(one)
    db.flush()


def with_words(map_: ColumnMap, said: Mapping[str, Mapping[str, str]]) -> ColumnMap:
    """A map that knows more words."""
    new = {field: map_.words.get(field, {}) | dict(of) for field, of in said.items()}
    return with_plain_words(map_.model_copy(update={"words": map_.words | new}))


def map_columns(
    db: Session, one: PoliceList, named: Named, *, by: Actor, at: datetime, queue: bool = True
) -> None:
    """The columns and words are known: check every row, in the background. Raises `Refused`."""
    wrong, asked = wrong_in(db, one, named)
    facts = ListFacts(
        mapped=not wrong and not asked,
        first_on=named.first_on,
        last_on=named.last_on,
        supplied_on=one.supplied_on,
    )
    step = POLICE_LIST.step("map", Status(one.status), facts, by.roles_in(one.area_id))
    period = f"{long_date(named.first_on)} to {long_date(named.last_on)}"
    record(
        db,
        one,
        step,
        flow="police_list",
        chain=queries.list_chain(one.id),
        by=by,
        at=at,
        facts={"period": period},
    )
    keep_map(db, one, named)
    db.exec(delete(PoliceListRow).where(col(PoliceListRow.list_id) == one.id))
    turn = one.mapping["turn"] + 1
    one.mapping = one.mapping | {"turn": turn}
    one.counts = {"rows": one.counts["rows"]}
    db.add(one)
    if queue:
        enqueue(db, CHECK, f"{CHECK}:{one.id}:{turn}", one.id, by.id, turn)


def facts_of(one: PoliceList, *, whole: bool = False, reason: str = "", by: Actor | None = None) -> ListFacts:
    """What the rules look at."""
    counts = one.counts
    manages = by is not None and Role.YOT_MANAGER in by.roles_in(one.area_id)
    return ListFacts(
        mapped="columns" in one.mapping,
        first_on=one.first_on,
        last_on=one.last_on,
        supplied_on=one.supplied_on,
        good=sum(counts.get(result, 0) for result in GOOD),
        bad=counts.get(RowResult.BAD, 0),
        whole=whole,
        reason=reason,
        own=by is not None and (manages or by.id == one.by_id),
    )


def confirm(
    db: Session, one: PoliceList, *, whole: bool, by: Actor, at: datetime, queue: bool = True
) -> None:
    """Import the good rows, or none unless all are clean, in the background. Raises `Refused`."""
    facts = facts_of(one, whole=whole)
    step = POLICE_LIST.step("confirm", Status(one.status), facts, by.roles_in(one.area_id))
    said = {"good": f"{facts.good:,}", "bad": f"{facts.bad:,}"}
    chain = queries.list_chain(one.id)
    record(db, one, step, flow="police_list", chain=chain, by=by, at=at, facts=said)
    one.counts = one.counts | {"imported": 0, "imported_to": 0}
    db.add(one)
    log_access(db, Operation.COLLECTION, chain, by=by, at=at, page="lists.confirm")
    if queue:
        enqueue(db, IMPORT, f"{IMPORT}:{one.id}", one.id, by.id)


def undo(db: Session, one: PoliceList, reason: str, *, by: Actor, at: datetime) -> None:
    """Take an imported list back; its records follow in the background. Raises `Refused`."""
    facts = facts_of(one, reason=reason, by=by)
    step = POLICE_LIST.step("undo", Status(one.status), facts, by.roles_in(one.area_id))
    chain = queries.list_chain(one.id)
    record(db, one, step, flow="police_list", chain=chain, by=by, at=at, facts={"reason": reason})
    one.counts = one.counts | {"undone_to": 0}
    db.add(one)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="lists.undo")
    enqueue(db, UNDO, f"{UNDO}:{one.id}", one.id, by.id)


def drop(db: Session, one: PoliceList, *, by: Actor, at: datetime) -> None:
    """Leave a list that was not imported. Raises `Refused`."""
    step = POLICE_LIST.step("drop", Status(one.status), facts_of(one), by.roles_in(one.area_id))
    record(db, one, step, flow="police_list", chain=queries.list_chain(one.id), by=by, at=at)
    db.exec(delete(PoliceListRow).where(col(PoliceListRow.list_id) == one.id))
    db.add(one)


def counts_of(results: Mapping[RowResult, int]) -> dict[str, int]:
    """Counts by result, as they are kept with the list."""
    return {result.value: count for result, count in results.items()}
