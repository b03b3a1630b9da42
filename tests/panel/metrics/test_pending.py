"""What open cases could still move: each weight worked out by hand, and what is no longer to be moved."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from config.metrics import Metric, definitions
from panel.db import transaction
from panel.figures.queries import Slice
from panel.figures.slices import Count
from panel.metrics.pending import FAILING, WAITING, open_cases
from panel.metrics.queries import measured
from tests.support.measured import DAY, FIRST_NUMBER, SUMMER, case
from tests.support.world import TODAY, World
from workflows.metrics import Measured

METRICS = {one.id: one for one in definitions(TODAY)}
LOOKED_AT: list[Metric] = [METRICS[name] for name in ("M11", "M13", "M16", "M20", "M26")]
# Of M26 nothing counts yet: what it waits for is the whole figure.
FOUND = {
    "M11": Measured(METRICS["M11"], 8, 9),
    "M13": Measured(METRICS["M13"], 4, 4),
    "M20": Measured(METRICS["M20"], 30, 50),
}
NO_COPY = {"copy_on_file": False}
UNASSESSED = {"assessed_on": None, "assessment_running": True}


@pytest.fixture
def db(sqlite_engine: Engine, small_world: World) -> Iterator[Session]:
    """Cases of the summer, each with one thing about it."""
    before = SUMMER.moved(-1).last
    with transaction(sqlite_engine) as session:
        session.add_all(
            [
                case(small_world, 1, **NO_COPY),
                case(small_world, 2, copy_running=True, **NO_COPY),
                case(small_world, 3, steps=5, steps_complete=3),
                case(small_world, 4, **UNASSESSED),
                case(small_world, 10, conditions=3, conditions_running=2, conditions_due_on=DAY),
                case(small_world, 11, **NO_COPY),
                # Nobody waits for a victim who cannot be reached, and what came late stays late.
                case(small_world, 5, victims=2, victims_unreachable=1, victims_heard=1),
                case(small_world, 6, assessed_on=SUMMER.last),
                # What is over, of another quarter, or of another area is moved by nobody here.
                case(small_world, 7, status="closed", **NO_COPY),
                case(small_world, 8, day=before, **NO_COPY),
                case(small_world, 9, area="south", **NO_COPY),
            ]
        )
        session.flush()
        yield session


def seen(
    db: Session, world: World, *, after: tuple[int, int] | None = None, limit: int = 25
) -> list[tuple[int, int]]:
    """The numbers of the cases with their weights, in hundredths of a point."""
    of = Slice(frozenset({world.areas["north"]}), SUMMER)
    rows, _ = open_cases(db, of, LOOKED_AT, FOUND, after=after, limit=limit)
    return [(row.id - FIRST_NUMBER, row.weight) for row in rows]


# 2 of 1, 1 of 5, 1 of 9, 1 of 10, 2 of 50.
WEIGHTS = [(10, 20_000), (4, 2_000), (1, 1_111), (11, 1_111), (2, 1_000), (3, 400)]


def test_each_open_case_weighs_what_it_could_move_and_the_heaviest_stands_first(
    db: Session, small_world: World
) -> None:
    of = Slice(frozenset({small_world.areas["north"]}), SUMMER)
    assert seen(db, small_world) == WEIGHTS
    rows, many = open_cases(db, of, LOOKED_AT, FOUND, after=None, limit=25)
    assert many == len(WEIGHTS)
    states = {row.id - FIRST_NUMBER: [(one.metric, one.state) for one in row.items] for row in rows}
    assert states == {
        10: [("M26", WAITING)],
        4: [("M13", WAITING)],
        1: [("M11", FAILING)],
        11: [("M11", FAILING)],
        2: [("M11", WAITING)],
        3: [("M20", FAILING)],
    }
    assert (rows[2].points, rows[2].items[0].points) == (11.11, 11.11)


def test_the_list_goes_on_behind_the_last_row_also_between_two_of_one_weight(
    db: Session, small_world: World
) -> None:
    assert seen(db, small_world, limit=3) == WEIGHTS[:3]
    for number, (row, weight) in enumerate(WEIGHTS, 1):
        assert seen(db, small_world, after=(weight, row + FIRST_NUMBER)) == WEIGHTS[number:]


def test_a_case_with_several_things_counts_once_and_its_heaviest_thing_stands_first(
    db: Session, small_world: World
) -> None:
    db.add(case(small_world, 20, steps=5, steps_complete=0, **UNASSESSED, **NO_COPY))
    db.flush()
    of = Slice(frozenset({small_world.areas["north"]}), SUMMER)
    rows, many = open_cases(db, of, LOOKED_AT, FOUND, after=None, limit=2)
    assert many == len(WEIGHTS) + 1
    row = rows[1]
    behind, still = open_cases(db, of, LOOKED_AT, FOUND, after=(row.weight, row.id), limit=2)
    assert still == many
    assert row.id not in {one.id for one in behind}
    assert (row.id - FIRST_NUMBER, row.weight) == (20, 2_000 + 1_111 + 5 * 200)
    assert [one.metric for one in row.items] == ["M13", "M11", "M20"]


def test_where_no_case_is_looked_at_there_is_no_list(db: Session, small_world: World) -> None:
    of = Slice(frozenset({small_world.areas["north"]}), SUMMER)
    assert open_cases(db, of, [METRICS["M1"]], FOUND, after=None, limit=9) == ([], 0)


def test_a_figure_of_which_everything_is_left_out_has_no_share() -> None:
    of = {"M11": {SUMMER: Count(0, 0, 3)}, "M13": {SUMMER: Count(1, 4, 0)}, "M20": {}}
    found = measured(LOOKED_AT, of, SUMMER)
    assert {name: (one.met, one.counted) for name, one in found.items()} == {"M13": (1, 4)}
    assert measured(LOOKED_AT, of, SUMMER.moved(1)) == {}
