"""One record for one disposal, however often and by whatever way we hear of it."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.errors import Missing
from panel.history.sentences import events_of
from panel.police import actions
from panel.police import commands as c
from panel.police.models import PoliceDisposal
from panel.police.queries import disposal_for, notice_column, police_chain, reports_of
from tests.support.police import GIVEN, force, listed, said, told
from tests.support.world import NOW, TODAY, World
from workflows.flow import NotYours, Refused
from workflows.police import Heard, Notice, NotOurs, Standing, notice
from workflows.vocabulary import Outcome


def test_a_first_word_makes_a_record_that_a_list_would_not(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        row = told(db, world, force(db, world), on=GIVEN + timedelta(days=1))
        assert (row.told_on, row.told_how, row.listed_on) == (GIVEN + timedelta(days=1), Heard.FORM, None)
        assert [report.how for report in reports_of(db, row)] == [Heard.FORM]
        assert [event.verb for event in events_of(db, police_chain(row.id))] == ["police_disposal.hear"]


def test_a_second_word_of_the_same_event_adds_no_record_and_moves_no_day(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        first = told(db, world, of, on=GIVEN, station="")
        again = told(db, world, of, on=TODAY, station="Mill Lane", offence="Theft")
        assert again.id == first.id
        assert (again.told_on, again.station, again.offence) == (GIVEN, "Mill Lane", "Theft from a shop")
        assert len(reports_of(db, first)) == 2


@pytest.mark.parametrize(
    "other",
    [{"outcome": Outcome.YC}, {"surname": "Hale"}, {"crime_reference": "13260009999"}],
    ids=["outcome", "child", "crime"],
)
def test_another_outcome_child_or_crime_is_another_record(
    engine: Engine, world: World, other: dict[str, str]
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        assert told(db, world, of).id != told(db, world, of, **other).id


def test_what_only_the_list_has_becomes_told_when_an_officer_tells(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        row = listed(db, world, of)
        assert row.told_on is None
        assert told(db, world, of, on=TODAY).id == row.id
        assert row.told_on == TODAY


def test_a_record_is_read_by_its_area_and_by_the_officer_who_told(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        row = told(db, world, force(db, world))
        for who in ("manager", "seconded", "case_manager", "liaison", "inspector", "officer"):
            assert disposal_for(db, world.actor(who), row.reference, at=NOW, page="p").id == row.id
        for who in ("far_manager", "other_officer", "board", "victim_worker", "admin", "scrutineer"):
            with pytest.raises(Missing):
                disposal_for(db, world.actor(who), row.reference, at=NOW, page="p")


def test_setting_aside_is_kept_with_its_reason_and_can_be_taken_back(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        row, manager = listed(db, world, force(db, world)), world.actor("manager")
        aside = c.SetAside(not_ours=NotOurs.OTHER_AREA, reason="He lives in South Kelder.")
        with pytest.raises(NotYours):
            actions.set_aside(db, row, aside, by=world.actor("officer"), at=NOW)
        actions.set_aside(db, row, aside, by=manager, at=NOW)
        assert (row.status, row.not_ours) == (Standing.SET_ASIDE, NotOurs.OTHER_AREA)
        actions.count_again(db, row, c.CountAgain(reason="He moved in May."), by=manager, at=NOW)
        assert (row.status, row.not_ours) == (Standing.COUNTED, None)
        assert [event.verb for event in events_of(db, police_chain(row.id))] == [
            "police_disposal.count_again",
            "police_disposal.set_aside",
        ]


def test_a_duplicate_names_a_record_that_counts_in_the_same_area(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of, manager = force(db, world), world.actor("manager")
        row = listed(db, world, of)
        far = listed(db, world, of, area="south", crime_reference="13260005555")
        near = listed(db, world, of, crime_reference="13260006666")
        twice = {"not_ours": NotOurs.DUPLICATE, "reason": "The same event."}
        with pytest.raises(Refused):
            actions.set_aside(db, row, c.SetAside.model_validate(twice), by=manager, at=NOW)
        for wrong in (far.reference, row.reference, "PD-000000"):
            command = c.SetAside.model_validate(twice | {"duplicate_of": wrong})
            with pytest.raises(Missing):
                actions.set_aside(db, row, command, by=manager, at=NOW)
        command = c.SetAside.model_validate(twice | {"duplicate_of": near.reference})
        actions.set_aside(db, row, command, by=manager, at=NOW)
        assert row.duplicate_of_id == near.id


def test_a_child_of_17_is_no_adult(engine: Engine, world: World) -> None:
    adult = c.SetAside(not_ours=NotOurs.ADULT, reason="By the custody record.")
    with transaction(engine) as db:
        of, manager = force(db, world), world.actor("manager")
        nearly = listed(db, world, of, date_of_birth=date(GIVEN.year - 18, GIVEN.month, GIVEN.day + 1))
        with pytest.raises(Refused):
            actions.set_aside(db, nearly, adult, by=manager, at=NOW)
        grown = listed(
            db, world, of, date_of_birth=GIVEN.replace(year=GIVEN.year - 18), crime_reference="13260005555"
        )
        actions.set_aside(db, grown, adult, by=manager, at=NOW)
        assert grown.not_ours is NotOurs.ADULT


def test_a_child_of_12_was_not_under_10_when_it_happened(engine: Engine, world: World) -> None:
    under_ten = c.SetAside(not_ours=NotOurs.UNDER_TEN, reason="It happened in May 2024.")
    with transaction(engine) as db:
        of, manager = force(db, world), world.actor("manager")
        older = listed(db, world, of, date_of_birth=GIVEN.replace(year=GIVEN.year - 12))
        with pytest.raises(Refused, match="too old on that day"):
            actions.set_aside(db, older, under_ten, by=manager, at=NOW)
        born = date(GIVEN.year - 12, GIVEN.month, GIVEN.day + 1)
        younger = listed(db, world, of, date_of_birth=born, crime_reference="13260005555")
        actions.set_aside(db, younger, under_ten, by=manager, at=NOW)
        assert (younger.status, younger.not_ours) == (Standing.SET_ASIDE, NotOurs.UNDER_TEN)


days = st.integers(-5, 5).map(lambda n: TODAY + timedelta(days=n))
REPEATED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(told_on=st.none() | days, tell_by=days, asked_on=st.none() | days, counted=st.booleans())
@REPEATED
def test_sql_and_python_say_the_same_of_the_state(
    engine: Engine,
    world: World,
    told_on: date | None,
    tell_by: date,
    asked_on: date | None,
    counted: bool,
) -> None:
    with Session(engine) as db:
        row = listed(db, world, force(db, world))
        row.told_on, row.tell_by, row.asked_on = told_on, tell_by, asked_on
        row.status = Standing.COUNTED if counted else Standing.SET_ASIDE
        db.add(row)
        db.flush()
        found = db.exec(select(notice_column(TODAY)).where(col(PoliceDisposal.id) == row.id)).one()
        expected = notice(told_on=told_on, tell_by=tell_by, asked_on=asked_on, counted=counted, today=TODAY)
        assert Notice(found) is expected
        db.rollback()


def test_what_the_police_cannot_give_out_of_court_is_refused() -> None:
    with pytest.raises(ValueError, match="out of court"):
        said(outcome=Outcome.CHARGE)
    with pytest.raises(ValueError, match="before the day"):
        said(date_of_birth=GIVEN)
