"""The published figure of the seed report, a list that is imported, and the commands."""

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text
from sqlmodel import Session

from panel.cli import main
from panel.db import transaction
from panel.figures import queries
from panel.figures.rebuild import verify
from panel.figures.slices import Count, Slice
from panel.figures.turning import turn
from panel.gap.queries import count, listed
from panel.gap.scope import Filter
from tests.support import lists
from tests.support.gaps import SUMMER, published
from tests.support.given import given
from tests.support.police import force
from tests.support.world import TODAY, World
from workflows.gap import Group
from workflows.quarters import Quarter
from workflows.vocabulary import Outcome

SUMMER_QUARTER = Quarter.of(SUMMER.first)


def test_the_39_of_118_are_those_of_the_page_of_the_gap(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        published(db, world, force(db, world))
    turn(engine, TODAY)
    area = world.areas["north"]
    some = Slice(frozenset({area}), SUMMER_QUARTER)
    with Session(engine) as db:
        found = queries.counts(db, some)
        assert found["M1"] == Count(39, 118, 50)
        assert found["M1"].share == 33
        assert found["M2"] == Count(73 + 50, 73 + 50 + 6, 39)
        rows = queries.cases(db, "M1", some, "failing", None, 100)
        missed = Filter(area, Group.MISSED, Outcome.CR, SUMMER)
        assert {row.id for row in rows} == {row.id for row in listed(db, missed, today=TODAY, limit=100)}
        assert found["M1"].counted == count(db, Filter(area, Group.LISTED, Outcome.CR, SUMMER), today=TODAY)
    assert verify(engine) == []


def test_what_a_list_brings_is_counted_in_the_transaction_that_writes_it(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        force(db, world)
    lists.imported(engine, world, lists.as_csv(lists.rows(3)))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM police_milestone")).scalar_one() == 3
    assert verify(engine) == []


@pytest.mark.parametrize("drifts", [False, True])
def test_the_commands_name_what_differs_and_mend_it(
    sqlite_engine: Engine, small_world: World, drifts: bool
) -> None:
    with transaction(sqlite_engine) as db:
        reference = given(db, small_world).reference
    if drifts:
        with sqlite_engine.begin() as connection:
            connection.execute(text("UPDATE milestone SET given_on = '2026-01-01'"))
    url = sqlite_engine.url.render_as_string(hide_password=False)
    env = {"DATABASE_URL": url, "PANEL_DEMO": "1"}
    result = CliRunner().invoke(main, ["figures", "verify"], env=env)
    assert result.exit_code == (1 if drifts else 0), result.output
    assert (f"({reference}): given_on" in result.output) is drifts
    made = CliRunner().invoke(main, ["figures", "rebuild"], env=env)
    assert "1 case, 0 police, 1 meeting" in made.output
    again = CliRunner().invoke(main, ["figures", "verify"], env=env)
    assert again.output == "The figures are what the tables give.\n"
