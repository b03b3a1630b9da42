"""Whatever happened to each disposal, every number is what a plain count says and opens its cases."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, delete, select

from panel.db import transaction
from panel.forces.models import Force
from panel.gap.queries import count, figures, listed
from panel.gap.scope import BREAKDOWNS, Filter, place_column
from panel.police.models import PoliceDisposal, PoliceList
from tests.support.gaps import SUMMER, sent_list, stands
from tests.support.police import force
from tests.support.world import TODAY, World
from workflows.calendar import age_on
from workflows.gap import PLACES, Basis, Group, Place, place, rates
from workflows.periods import Cover, Period
from workflows.police import Fit, Notice, Standing, notice
from workflows.vocabulary import Outcome

DAYS = st.dates(SUMMER.first - timedelta(days=20), SUMMER.last + timedelta(days=20))
PLACED = st.sampled_from([one for one in Place if one is not Place.ON_NO_LIST])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "place": PLACED,
            "given_on": DAYS,
            "outcome": st.sampled_from([Outcome.CR, Outcome.CR, Outcome.YC]),
            "station": st.sampled_from(["", "Keel Street", "Mill Lane"]),
            "ward": st.sampled_from(["", "Harbour"]),
            "ethnicity": st.sampled_from(["", "W1", "B2"]),
            "first_time": st.sampled_from([None, True, False]),
            "date_of_birth": st.sampled_from([None, date(2008, 9, 29), date(2012, 2, 29)]),
        }
    ),
    max_size=25,
)
# Ours, and what only a person may say: none of these may move a figure of the north.
FAR = st.lists(PLACED, max_size=3)


@pytest.fixture
def of(engine: Engine, world: World) -> Force:
    """The force, with a list for the summer."""
    with transaction(engine) as db:
        made = force(db, world)
        sent_list(db, world, made)
        db.expunge_all()
    return made


def _built(db: Session, world: World, of: Force, rows: Any, far: Any) -> list[PoliceDisposal]:
    db.exec(delete(PoliceDisposal))
    made = []
    for number, row in enumerate(rows):
        more = {name: value for name, value in row.items() if name not in ("place", "given_on")}
        made.append(stands(db, world, of, row["place"], number, given_on=row["given_on"], **more))
    for number, one in enumerate(far):
        stands(db, world, of, one, 900 + number, area="south")
    db.flush()
    return made


def _group(row: Any, group: Group) -> bool:
    """A plain reading of the definitions, by the place that was built."""
    at: Place = row["place"]
    on_list = at in (Place.IN_TIME, Place.LATE, Place.AFTER_ASKING, Place.UNTOLD, Place.UNMATCHED)
    return {
        Group.MISSED: at in (Place.UNTOLD, Place.AFTER_ASKING),
        Group.LISTED: on_list,
        Group.KNOWN: on_list or at is Place.ONLY_OURS,
    }.get(group, at.value == group.value)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, far=FAR, by=st.sampled_from(sorted(BREAKDOWNS)))
def test_every_number_is_what_a_plain_count_says_and_its_list_holds_exactly_those(
    engine: Engine, world: World, of: Force, rows: Any, far: Any, by: str
) -> None:
    area = world.areas["north"]
    with Session(engine) as db:
        made = _built(db, world, of, rows, far)
        inside = [
            (row, kept)
            for row, kept in zip(rows, made, strict=True)
            if row["outcome"] is Outcome.CR and SUMMER.first <= row["given_on"] <= SUMMER.last
        ]
        found = figures(db, area, Outcome.CR, SUMMER, today=TODAY)
        for group in Group:
            wanted = {kept.id for row, kept in inside if _group(row, group)}
            chosen = Filter(area, group, Outcome.CR, SUMMER)
            got = [one.id for one in listed(db, chosen, today=TODAY, limit=500)]
            assert found.tally.of(group) == count(db, chosen, today=TODAY) == len(got) == len(wanted)
            assert set(got) == wanted
        missed, on_list = found.tally.of(Group.MISSED), found.tally.of(Group.LISTED)
        first, second = rates(found.tally, found.coverage)
        assert (first.numerator, first.denominator) == (missed, on_list)
        assert (second.numerator, second.denominator) == (missed, on_list + found.tally.of(Group.ONLY_OURS))
        assert first.most == missed + found.tally.of(Group.UNMATCHED)
        assert sum(one.of(Group.LISTED) for one in found.breakdowns[by].values()) == on_list
        plain = Counter(_value(kept, by) for row, kept in inside if _group(row, Group.MISSED))
        for value, tally in found.breakdowns[by].items():
            chosen = Filter(area, Group.MISSED, Outcome.CR, SUMMER, by, value)
            assert tally.of(Group.MISSED) == plain[value] == count(db, chosen, today=TODAY)
        db.rollback()


def _value(row: PoliceDisposal, by: str) -> str:
    if by == "age":
        return "" if row.date_of_birth is None else str(age_on(row.date_of_birth, row.given_on))
    kept = getattr(row, by)
    return {True: "1", False: "0", None: ""}[kept] if by == "first_time" else str(kept)


MAYBE = st.none() | DAYS


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=MAYBE,
    asked=MAYBE,
    by=DAYS | st.just(TODAY),
    listed_on=MAYBE,
    fit=st.sampled_from(Fit),
    standing=st.sampled_from(Standing),
)
def test_sql_puts_a_disposal_where_the_rule_puts_it(
    engine: Engine,
    world: World,
    of: Force,
    told: Any,
    asked: Any,
    by: date,
    listed_on: Any,
    fit: Any,
    standing: Any,
) -> None:
    with Session(engine) as db:
        row = stands(db, world, of, Place.UNTOLD, 1)
        row.told_on, row.asked_on, row.tell_by, row.listed_on, row.fit = told, asked, by, listed_on, fit
        row.sqlmodel_update({"status": standing})
        db.flush()
        says = notice(
            told_on=told, tell_by=by, asked_on=asked, counted=standing is Standing.COUNTED, today=TODAY
        )
        wanted = place(says, listed=listed_on is not None, fit=fit)
        assert db.exec(select(place_column(TODAY)).where(PoliceDisposal.id == row.id)).one() == wanted.value
        db.rollback()


def test_each_place_but_one_stands_in_a_group_and_none_in_both_sides_of_a_rate() -> None:
    grouped = {one for group in Group for one in PLACES[group]}
    assert set(Place) - grouped == {Place.ON_NO_LIST}
    for outside in (Place.RUNNING, Place.SET_ASIDE, Place.ON_NO_LIST):
        assert outside not in PLACES[Group.KNOWN]


def test_a_month_without_a_list_says_so_and_has_no_rate(engine: Engine, world: World, of: Force) -> None:
    with transaction(engine) as db:
        db.exec(delete(PoliceList))
        sent_list(db, world, of, Period(date(2026, 7, 1), date(2026, 8, 20)), number=2)
        stands(db, world, of, Place.UNTOLD, 1)
        stands(db, world, of, Place.ONLY_OURS, 2, given_on=date(2026, 9, 2))
        found = figures(db, world.areas["north"], Outcome.CR, SUMMER, today=TODAY)
        months = {one.period.words: one for one in found.months}
        september = months["September 2026"]
        for rate in rates(september.tally, september.coverage):
            assert (rate.per_cent, rate.sentence) == ("", "The force sent no list for September 2026.")
        assert months["August 2026"].coverage.sentence.endswith(
            "These days are on no list: 21 August to 31 August 2026."
        )
        assert found.coverage.cover is Cover.PART
        assert [rate.definition.basis for rate in rates(found.tally, found.coverage)] == list(Basis)
        assert months["July 2026"].coverage.cover is Cover.WHOLE


def test_a_list_that_is_not_taken_over_covers_nothing(engine: Engine, world: World, of: Force) -> None:
    with transaction(engine) as db:
        db.exec(delete(PoliceList))
        sent_list(db, world, of, number=3, status="draft")
        sent_list(db, world, of, number=4, area="south")
        found = figures(db, world.areas["north"], Outcome.CR, SUMMER, today=TODAY)
        assert found.coverage.cover is Cover.NONE


def test_what_we_were_told_after_asking_stays_in_the_gap(engine: Engine, world: World, of: Force) -> None:
    with transaction(engine) as db:
        row = stands(db, world, of, Place.UNTOLD, 1)
        db.flush()
        area = world.areas["north"]
        before = figures(db, area, Outcome.CR, SUMMER, today=TODAY).tally
        row.asked_on = row.told_on = TODAY
        db.flush()
        after = figures(db, area, Outcome.CR, SUMMER, today=TODAY).tally
        assert before.of(Group.MISSED) == after.of(Group.MISSED) == 1
        assert (before.of(Group.UNTOLD), after.of(Group.UNTOLD)) == (1, 0)
        assert (
            notice(told_on=row.told_on, tell_by=row.tell_by, asked_on=row.asked_on, counted=True, today=TODAY)
            is Notice.AFTER_ASKING
        )
