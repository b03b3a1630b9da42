"""All counts at once, in SQL: for a rebuild, and to see whether those that are kept have drifted."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, String, and_, func, insert, literal, or_, select, union_all
from sqlalchemy import cast as as_type
from sqlmodel import Session

from panel.figures.keeping import CELLS, KEY, SUMS, Shares
from panel.figures.kinds import KINDS
from panel.figures.measure import Measure
from panel.figures.slices import BREAKDOWNS

GROUPS = ("area_id", "quarter", "outcome", *BREAKDOWNS)


def quarter_column(day: Any) -> Any:
    """The number of the quarter of a day, cut out of its ISO text, which both databases do quickest."""
    text = as_type(day, String)
    year, month = as_type(func.substr(text, 1, 4), Integer), as_type(func.substr(text, 6, 2), Integer)
    return year * 4 + (month - 1) // 3


@cache
def counted(one: Measure) -> Any:
    """The counts of a metric: the subjects are read once, and put together by each breakdown after that."""
    table = one.model.__table__  # type: ignore[attr-defined]
    columns = {name: table.c[name] for name in ("area_id", "outcome", *BREAKDOWNS)}
    columns["age"] = func.coalesce(as_type(table.c.age, String), "")
    columns["quarter"] = quarter_column(one.day)
    parts = {"met": one.met_part, "counted": one.counted_part, "excluded": one.excluded_part}
    each = select(
        *(column.label(name) for name, column in columns.items()),
        *(part.label(name) for name, part in parts.items()),
    )
    inner = each.where(one.within, or_(one.counted_part > 0, one.excluded_part > 0)).subquery()
    groups = [inner.c[name] for name in GROUPS]
    sums = [func.sum(inner.c[name]).label(name) for name in SUMS]
    grouped = select(*groups, *sums).group_by(*groups).cte("grouped")
    return union_all(*(_by(one, grouped, by) for by in ("", *BREAKDOWNS)))


def _by(one: Measure, grouped: Any, by: str) -> Any:
    value = grouped.c[by] if by else literal("", String).label("value")
    keys = [grouped.c.area_id, grouped.c.quarter, grouped.c.outcome, *([value] if by else [])]
    return select(
        literal(one.id, String).label("metric"),
        literal(by, String).label("by"),
        grouped.c.area_id,
        grouped.c.quarter,
        grouped.c.outcome,
        value.label("value") if by else value,
        literal(one.version, Integer).label("version"),
        *(as_type(func.sum(grouped.c[name]), Integer).label(name) for name in SUMS),
    ).group_by(*keys)


def write_all(db: Session, kinds: Sequence[Any] = KINDS) -> None:
    """Write the counts of all subjects; there must be none."""
    for one in _measures(kinds):
        db.connection().execute(insert(CELLS).from_select([*KEY, *SUMS], counted(one)))


def differing(db: Session) -> Iterator[str]:
    """The counts that are not what the subjects come to, in words."""
    for one in _measures(KINDS):
        fresh = _shares(db, counted(one))
        kept = _shares(db, select(*(CELLS.c[name] for name in (*KEY, *SUMS))).where(_of(one)))
        for key in sorted({*fresh, *kept}):
            if fresh.get(key) != kept.get(key):
                yield f"{_words(key)}: kept {kept.get(key)}, counted {fresh.get(key)}"
    known = [one.id for one in _measures(KINDS)]
    strange = select(CELLS.c.metric).where(CELLS.c.metric.not_in(known)).distinct()
    for metric in db.connection().execute(strange).scalars():
        yield f"{metric}: there is no such metric"


def _measures(kinds: Sequence[Any]) -> Iterator[Measure]:
    for kind in kinds:
        yield from kind.measures


def _of(one: Measure) -> Any:
    some = or_(*(CELLS.c[name] != 0 for name in SUMS))
    return and_(CELLS.c.metric == one.id, some)


def _shares(db: Session, query: Any) -> Shares:
    found: Shares = {}
    for row in db.connection().execute(query):
        found[tuple(row[:7])] = tuple(int(number) for number in row[7:])  # type: ignore[assignment]
    return found


def _words(key: tuple[Any, ...]) -> str:
    metric, by, area, quarter, outcome, value, version = key
    of = f" {by}={value}" if by else ""
    when = f"{quarter // 4}-{quarter % 4 + 1}"
    return f"{metric} version {version}, area {area}, {when}, {outcome or 'none'}{of}"
