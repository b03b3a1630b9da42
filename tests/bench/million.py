"""The figures of a million cases on PostgreSQL: how long their questions take, and what a kept write costs.

`python -m tests.bench.million` fills a database of its own with a million synthetic cases over ten years, and
as many again with `--double`, builds the counts in SQL, and asks. The exit code is 1 when a floor is missed.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Engine, delete, text
from sqlmodel import Session, col, select

import panel.listeners  # noqa: F401 - rooms that hear of others
from panel.db import transaction
from panel.disposals.models import Disposal
from panel.figures import cells, queries, touching
from panel.figures.definitions import MEASURES
from panel.figures.keeping import CELLS
from panel.figures.models import Milestone
from panel.figures.rebuild import set_day
from panel.figures.slices import Slice
from tests.support import databases
from tests.support.given import given
from tests.support.world import build
from workflows.quarters import Quarter

FIRST = 1_000_001  # real cases have the numbers below
AREAS = 10
LAST = Quarter(2026, 3)
QUARTER_MS, TREND_MS, WRITE_MS = 150, 200, 5
WRITES = 60
OUTCOMES = ("community_resolution", "youth_caution", "youth_conditional_caution", "outcome_22")


def _days(name: str, after: str, most: int, share: float) -> str:
    """A day some time after another one, for a share of the cases."""
    return f"CASE WHEN random() < {share} THEN {after} + (random() * {most})::int END AS {name}"


def _part(name: str, of: str) -> str:
    return f"(random() * {of})::int AS {name}"


def _one_of(name: str, *values: str) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"(ARRAY[{listed}])[1 + floor(random() * {len(values)})::int] AS {name}"


FLAGS = tuple(name for name, kind in Milestone.__annotations__.items() if kind is bool)
FILL = f"""
INSERT INTO milestone ({{columns}})
WITH base AS (
  SELECT n, :day - (random() * 3650)::int AS referred_on,
    {_one_of("outcome", *OUTCOMES, "")}, {_one_of("gender", "male", "male", "male", "female")},
    {_one_of("ethnicity", "", "W1", "W1", "W1", "A2", "B1", "M1", "O9")},
    (random() * 3)::int AS victims, (random() * 4)::int AS steps, (random() * 2)::int AS conditions,
    (random() * 2)::int AS missed, (random() * 1)::int AS exits, (random() * 1)::int AS reparations
  FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
), on_its_way AS (
  SELECT *, referred_on + 10 AS assessment_due_on,
    {_days("assessed_on", "referred_on", 14, 0.95)}, {_days("decided_on", "referred_on + 10", 20, 0.9)}
  FROM base
), at_its_end AS (
  SELECT *, {_days("given_on", "decided_on", 14, 0.9)} FROM on_its_way
)
SELECT {{values}} FROM at_its_end
"""
VALUES = {
    "subject_id": "n",
    "reference": "'B-' || n",
    "area_id": f"1 + n % {AREAS}",
    "outcome": "outcome",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "age": "10 + (random() * 7)::int",
    "care": "CASE WHEN random() < 0.1 THEN 'looked_after' ELSE 'not_looked_after' END",
    "status": "'closed'",
    "source": "CASE WHEN random() < 0.02 THEN 'returned_by_court' ELSE 'police_referral' END",
    "followed": "CASE WHEN random() < 0.9 THEN 'yes' ELSE 'no' END",
    "safety": "CASE WHEN random() < 0.5 THEN 'low' ELSE 'medium' END",
    "harm": "CASE WHEN random() < 0.6 THEN 'low' ELSE 'high' END",
    "plans": "CASE WHEN given_on IS NULL THEN 0 ELSE 1 END",
    "strengths": "(random() * 2)::int",
    "submitted_on": "assessed_on",
    "countersigned_on": "assessed_on + (random() * 4)::int",
    "countersign_due_on": "assessed_on + 2",
    "conditions_due_on": "given_on + 84",
    "closed_on": "given_on + 90",
    **{name: name for name in ("referred_on", "assessment_due_on", "assessed_on", "decided_on", "given_on")},
    **{name: name for name in ("victims", "steps", "conditions", "missed", "exits", "reparations")},
    "victims_heard": "(random() * victims)::int",
    "victims_unreachable": "0",
    "steps_complete": "(random() * steps)::int",
    "conditions_in_time": "(random() * conditions)::int",
    "conditions_running": "0",
    "missed_answered": "(random() * missed)::int",
    "missed_running": "0",
    "missed_excused": "0",
    "exits_made": "(random() * exits)::int",
    "reparations_suited": "(random() * reparations)::int",
    **{name: "random() < 0.8" for name in FLAGS if not name.endswith("running")},
    **{name: "false" for name in FLAGS if name.endswith("running")},
}
EVENTS = """
INSERT INTO event (chain, seq, verb, by_id, by_words, at, facts, overrides, before, digest)
SELECT 'case:' || n, seq, 'case.accept', 1, 'Somebody', now(), '{}', '{}', repeat('0', 64), repeat('0', 64)
FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n, generate_series(1, 10) AS seq
"""


def fill(engine: Engine, first: int, last: int, day: date, *, events: bool) -> None:
    """Write the synthetic cases with these numbers, whose referrals lie in the ten years before a day."""
    statement = FILL.format(columns=", ".join(VALUES), values=", ".join(VALUES.values()))
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # nobody looks up foreign keys
        connection.execute(text(statement), {"first": first, "last": last, "day": day})
        if events:
            connection.execute(text(EVENTS), {"first": first, "last": last})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE milestone"))


def build_cells(engine: Engine) -> None:
    """Build the counts anew, as a rebuild does."""
    with transaction(engine) as db:
        db.connection().execute(delete(CELLS))
        cells.write_all(db)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE figure"))


def quickest(engine: Engine, ask: Callable[[Session], object], times: int = 9) -> float:
    """How long a question takes in the middle of some tries, in milliseconds."""
    took = []
    with Session(engine) as db:
        for _ in range(times):
            begun = time.perf_counter()
            ask(db)
            took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def questions(engine: Engine) -> dict[str, tuple[float, float]]:
    """Each question with its time and its floor."""
    one, every = frozenset({3}), frozenset(range(1, AREAS + 1))
    whole = Slice(every, LAST)
    asked: dict[str, tuple[Callable[[Session], object], float]] = {
        "all metrics of a quarter, one area": (lambda db: queries.counts(db, Slice(one, LAST)), QUARTER_MS),
        "all metrics of a quarter, ten areas": (lambda db: queries.counts(db, whole), QUARTER_MS),
        "all metrics of a quarter, one gender": (
            lambda db: queries.counts(db, Slice(every, LAST, gender="female")),
            QUARTER_MS,
        ),
        "ten years of a metric, ten areas": (lambda db: queries.trend(db, "M20", whole, 40), TREND_MS),
        "ten years of a metric, one age": (
            lambda db: queries.trend(db, "M20", Slice(every, LAST, age="15"), 40),
            TREND_MS,
        ),
        "a metric by ethnic group": (lambda db: queries.breakdown(db, "M13", whole, "ethnicity"), QUARTER_MS),
        "a page of failing cases": (
            lambda db: queries.cases(db, "M13", Slice(one, LAST), "failing", None, 50),
            QUARTER_MS,
        ),
        "a metric of a quarter by two breakdowns, one area": (
            lambda db: queries.trend(db, "M13", Slice(one, LAST, gender="female", age="15"), 1),
            QUARTER_MS,
        ),
    }
    return {name: (quickest(engine, ask), floor) for name, (ask, floor) in asked.items()}


def a_write(engine: Engine, number: int) -> float:
    """How long an act that changes one metric takes at its quickest, in milliseconds."""
    took = []
    for _ in range(WRITES):
        begun = time.perf_counter()
        with transaction(engine) as db:
            disposal = db.exec(select(Disposal).where(col(Disposal.referral_id) == number)).one()
            disposal.case_manager_present = not disposal.case_manager_present
        took.append((time.perf_counter() - begun) * 1000)
    return min(took)


@contextmanager
def _nothing_kept() -> Any:
    kept, touching.keep = touching.keep, lambda *_args, **_more: None  # type: ignore[assignment]
    try:
        yield
    finally:
        touching.keep = kept


def writes(engine: Engine, number: int) -> tuple[float, float]:
    """The same act with and without keeping the figures and the problems of the data."""
    a_write(engine, number)
    with _nothing_kept():
        without = a_write(engine, number)
    return a_write(engine, number), without


def _timed(words: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    print(f"{words}: {time.perf_counter() - begun:.1f} s", flush=True)


def measure(engine: Engine, number: int, cases: int) -> bool:
    """Print every figure; whether each keeps its floor."""
    fine = True
    for words, (took, floor) in questions(engine).items():
        fine = fine and took < floor
        print(f"  {words}: {took:.1f} ms (floor {floor} ms){'' if took < floor else ' MISSED'}", flush=True)
    kept, without = writes(engine, number)
    fine = fine and kept - without < WRITE_MS
    missed = "" if kept - without < WRITE_MS else " MISSED"
    more = f"{kept - without:.2f} ms more (floor {WRITE_MS} ms){missed}"
    print(f"  a kept write: {kept:.2f} ms, {without:.2f} ms without keeping, so {more}")
    print(f"  of {cases:,} cases, {len(MEASURES)} metrics", flush=True)
    return fine


def main() -> int:
    """Fill, build, ask; 1 when a floor is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--double", action="store_true", help="as many again, from the ten years before")
    options.add_argument("--events", action="store_true", help="ten events for each case as well")
    asked = options.parse_args()
    fine = True
    with ExitStack() as stack:
        server = stack.enter_context(databases.postgres_server())
        url = stack.enter_context(databases.scratch_postgres(server))
        engine = stack.enter_context(databases.open_engine(url))
        number = _started(engine)
        for turn in range(1 + asked.double):
            fine = _round(engine, number, turn, asked.cases, events=asked.events) and fine
    return 0 if fine else 1


def _started(engine: Engine) -> int:
    databases.migrate(engine)
    with transaction(engine) as db:
        set_day(db, date(2026, 11, 30))
        return given(db, build(db)).id


def _round(engine: Engine, number: int, turn: int, count: int, *, events: bool) -> bool:
    first, day = FIRST + turn * count, date(2026 - 10 * turn, 9, 30)
    _timed("filled", lambda: fill(engine, first, first + count - 1, day, events=events))
    _timed("built the counts", lambda: build_cells(engine))
    return measure(engine, number, count * (turn + 1))


if __name__ == "__main__":
    sys.exit(main())
