"""Board members read totals of quarters whose pack is published, and no number that is too small."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.db import transaction
from tests.panel.conftest import Visit
from tests.support.board import published
from tests.support.measured import DAY, SUMMER, case
from tests.support.measured import kept as written
from tests.support.world import NOW, TODAY, World

QUARTER = f"quarter={SUMMER.key}"
LATE = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def kept(db: Session, world: World, subjects: Iterable[Any], *, on: date) -> None:
    """Write these subjects with their counts, and publish the pack of the summer."""
    written(db, subjects, on=on)
    published(db, world)


def late(world: World, start: int, failed: int, passed: int, **facts: object) -> list[object]:
    """Cases whose assessment came late, and cases whose assessment came in time."""
    return [
        case(world, start + n, assessed_on=LATE if n < failed else DAY, **facts)
        for n in range(failed + passed)
    ]


def test_a_board_member_reads_totals_and_opens_no_case(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        kept(db, world, late(world, 0, 6, 24), on=TODAY)
    board = visit("board")
    page = board.open("/metrics")
    assert "24 of 30 assessments due came by the day on which they were due (80 %)." in page.text
    opened = [href for href in page.links.values() if "failing" in href or "/cases" in href]
    assert opened == []
    assert "Export the metrics" not in page.links
    for path in ("/metrics/M13/failing", "/metrics/next"):
        board.open(path, status=403)
    for path in ("/metrics/export", "/metrics/milestones", "/metrics/milestones-with-names"):
        board.open(path, status=403)


@pytest.mark.parametrize(("failed", "passed", "shown"), [(5, 5, True), (4, 20, False), (20, 4, False)])
def test_a_small_number_is_withheld_with_its_rest(
    engine: Engine, world: World, visit: Visit, failed: int, passed: int, shown: bool
) -> None:
    with transaction(engine) as db:
        kept(db, world, late(world, 0, failed, passed), on=TODAY)
    page = visit("board").open(f"/metrics/M13?{QUARTER}")
    assert (f"{passed} of {failed + passed} assessments" in page.text) is shown
    assert ("The numbers are too small to be shown." in page.text) is not shown
    assert str(failed + passed) in visit("manager").open(f"/metrics/M13?{QUARTER}").text


def test_a_small_group_is_withheld_and_does_not_follow_from_the_total(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        boys = late(world, 0, 20, 20)
        girls = late(world, 100, 9, 11, gender="female")
        others = late(world, 200, 2, 3, gender="other")
        kept(db, world, [*boys, *girls, *others], on=TODAY)
    page = visit("board").open(f"/metrics/M13?{QUARTER}").text
    table = page.split("Gender")[2]  # behind the caption and the head of the column
    assert "Male Numerator20Denominator40Per cent50 %" in page
    gender = table.split("Ethnic group")[0]
    assert "Other groups are withheld." in gender
    for untold in ("Female", "Other Num", "11"):
        assert untold not in gender


@pytest.mark.parametrize("many", [1, 4, 5])
def test_the_groups_of_a_figure_that_is_withheld_are_not_named(
    engine: Engine, world: World, visit: Visit, many: int
) -> None:
    """Of one child they would be its attributes."""
    facts = {"ethnicity": "M1", "gender": "female", "age": 12, "care": "looked_after"}
    with transaction(engine) as db:
        kept(db, world, late(world, 0, 0, many, **facts), on=TODAY)
    page = visit("board").open(f"/metrics/M13?{QUARTER}").text
    assert "No group is shown" in page
    for word in ("Female", "12 years old", "Looked after", "Mixed", "Youth caution", "No further action"):
        assert word not in page
    assert "12 years old" in visit("manager").open(f"/metrics/M13?{QUARTER}").text


def test_a_group_of_all_and_a_list_of_disposals_are_not_shown(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        boys = late(world, 0, 10, 20, care="not_looked_after")
        girls = late(world, 100, 10, 20, care="not_looked_after", gender="female", outcome="youth_caution")
        kept(db, world, [*boys, *girls], on=TODAY)
    page = visit("board").open(f"/metrics/M13?{QUARTER}").text
    assert "Female Numerator20Denominator30" in page
    assert "Not looked after" not in page
    assert "Other groups are withheld" not in page
    assert "Youth caution" not in page
    assert "Not looked after" in visit("manager").open(f"/metrics/M13?{QUARTER}").text


def test_no_band_is_said_of_figures_of_which_one_is_withheld(
    engine: Engine, world: World, visit: Visit
) -> None:
    """The band of what is shown would not be the one that managers read, and theirs tells of what is not."""
    with transaction(engine) as db:
        boys = [case(world, n, assessed_on=DAY if n < 24 else LATE, agencies_heard=n > 2) for n in range(30)]
        kept(db, world, boys, on=TODAY)
    assert "held down by" in visit("manager").open(f"/metrics?{QUARTER}").text
    page = visit("board").open(f"/metrics?{QUARTER}").text
    assert "assessments due came by the day" in page
    assert "held down by" not in page
    assert "is not said: some of them are withheld" in page


def test_a_quarter_is_not_published_withheld_or_without_data(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        written(db, late(world, 0, 6, 24), on=TODAY)
        few = [case(world, 900 + n, day=date(2026, 4, 20), assessed_on=LATE) for n in range(3)]
        written(db, few, on=TODAY)
        published(db, world, SUMMER.moved(-2))
        published(db, world, SUMMER.moved(-1))
        published(db, world)
    page = visit("board").open(f"/metrics?{QUARTER}").text
    assert "October to December 2025: not published" in page
    assert "January to March 2026: no data" in page
    assert "April to June 2026: withheld" in page
    assert "not published" not in visit("manager").open(f"/metrics?{QUARTER}").text


def test_of_a_total_that_is_withheld_no_line_is_shown(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        kept(db, world, [*late(world, 0, 0, 20), *late(world, 100, 3, 20, gender="female")], on=TODAY)
    page = visit("board").open(f"/metrics/M13?{QUARTER}").text
    assert "Numerator20" not in page
    assert "Denominator43" not in page
    who = page.split("Who")[1].split("How it is counted")[0]
    assert "No group is shown" in who
    for untold in ("Male", "Female", "15 years old", "English", "Youth caution", "Not looked after"):
        assert untold not in who


def test_one_cut_cannot_be_taken_from_another(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        kept(db, world, late(world, 0, 10, 10), on=TODAY)
    board = visit("board")
    for cut in ("outcome=youth_caution", "gender=male", "ethnicity=W1", "age=15", "care=not_looked_after"):
        board.open(f"/metrics?{QUARTER}&{cut}", status=404)
        board.open(f"/metrics/M13?{QUARTER}&{cut}", status=404)
    board.open(f"/metrics?area={world.areas['south']}", status=404)


def test_the_quarter_that_runs_is_not_shown_to_the_board(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        kept(db, world, [case(world, n, day=date(2026, 11, 2)) for n in range(20)], on=TODAY)
    board = visit("board")
    board.open("/metrics?quarter=2026-4", status=404)
    assert "October to December 2026" not in board.open("/metrics").text
    assert "October to December 2026, so far" in visit("manager").open("/metrics?quarter=2026-4").text


def test_two_denominators_do_not_tell_how_few_the_rest_are(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        risky = {"safety": "high", "outcome": "youth_caution"}
        some = [case(world, n, contingency_safety=n % 2 == 0, plan_signed=n < 14, **risky) for n in range(20)]
        few = [case(world, 100 + n, plan_signed=False) for n in range(3)]
        kept(db, world, [*some, *few], on=TODAY)
    page = visit("board").open(f"/metrics?{QUARTER}").text
    assert "14 of 23 plans had the agreement" in page
    assert "cases of concern for the child's safety" not in page
    seen = visit("manager").open(f"/metrics?{QUARTER}").text
    assert "10 of 20 cases of concern for the child's safety" in seen
