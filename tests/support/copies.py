"""Many equal cases at the price of one: its rows are copied, with numbers and a chain of their own."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text
from sqlmodel import Session

from panel.history.models import Event
from panel.history.record import FIRST, case_chain, digest_of
from panel.models import metadata
from panel.referrals.models import Referral

# Tasks belong to people, and what was looked at stays with the case that was looked at.
LEFT = frozenset({"notification", "dispatch", "access_entry", "act_key"})
BY_NUMBER = frozenset({"admission_said", "evidence_view"})
Maps = dict[str, dict[int, dict[int, int]]]


def copies(db: Session, referral: Referral, count: int) -> list[int]:
    """The numbers of so many copies of this case, which wait for the same meeting."""
    db.flush()
    connection = db.connection()
    maps: Maps = {}
    # What names an offence without a foreign key comes when the offences have their new numbers.
    for table in sorted(metadata.sorted_tables, key=lambda table: table.name in BY_NUMBER):
        if table.name in LEFT:
            continue
        rows = _own(connection, table, referral, maps)
        if rows:
            _copy(connection, table, rows, count, maps)
    made = [maps["referral"][number][referral.id] for number in range(count)]
    connection.execute(insert(Event), list(_chains(connection, referral.id, made)))
    if connection.dialect.name == "postgresql":
        for name in [*maps, "event"]:
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
            )
    db.expire_all()
    return made


def _own(connection: Connection, table: Table, referral: Referral, maps: Maps) -> list[dict[str, Any]]:
    """The rows of a table that belong to the case, directly or by way of another row; its child too."""
    if table.name in ("child", "referral"):
        where = [table.c.id == (referral.id if table.name == "referral" else referral.child_id)]
    else:
        where = [
            column.in_(list(maps[key.column.table.name][0]))
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table.name in maps
        ]
    if not where:
        return []
    query = select(table).where(*where[:1])
    return [dict(row) for row in connection.execute(query.order_by(table.c.id)).mappings()]


def _copy(connection: Connection, table: Table, rows: list[dict[str, Any]], count: int, maps: Maps) -> None:
    last = connection.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar_one()
    numbers = {
        copy: {row["id"]: last + 1 + copy * len(rows) + place for place, row in enumerate(rows)}
        for copy in range(count)
    }
    maps[table.name] = numbers
    links = {c.name: key.column.table.name for c in table.columns for key in c.foreign_keys}
    made = []
    for copy in range(count):
        for row in rows:
            new = row | {"id": numbers[copy][row["id"]]}
            for name, target in links.items():
                if target in maps and row[name] is not None:
                    new[name] = maps[target][copy][row[name]]
            if table.name == "referral":
                new["reference"] = f"NK-{copy:06}"
            if table.name in BY_NUMBER:
                new["offence_id"] = maps["offence"][copy][row["offence_id"]]
            if table.name == "draft_decision":
                new["outcomes"] = {
                    str(maps["offence"][copy][int(i)]): outcome for i, outcome in row["outcomes"].items()
                }
            made.append(new)
    connection.execute(insert(table), made)


def _chains(connection: Connection, case_id: int, made: list[int]) -> Iterator[dict[str, Any]]:
    query = select(Event.__table__).where(Event.chain == case_chain(case_id))  # type: ignore[attr-defined]
    rows = [dict(row) for row in connection.execute(query.order_by(text("seq"))).mappings()]
    for number in made:
        before = FIRST
        for row in rows:
            values = {k: v for k, v in row.items() if k != "id"}
            event = Event(**values | {"chain": case_chain(number), "before": before})
            before = event.digest = digest_of(event)
            yield event.model_dump(exclude={"id"})
