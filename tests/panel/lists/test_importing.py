"""What an import makes of a list: each row once, nothing told, nothing lost, and all of it taken back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, func
from sqlmodel import Session, SQLModel, col, select

from panel.db import transaction
from panel.history.sentences import events_of
from panel.lists import actions, importing, undoing
from panel.lists.queries import list_chain, results, rows_with
from panel.police.models import PoliceDisposal, PoliceList, PoliceListRow, PoliceReport
from panel.police.queries import police_chain
from tests.support.lists import FIRST, HEADINGS, as_csv, checked, imported, rows
from tests.support.police import force, told
from tests.support.world import NOW, TODAY, World
from workflows.flow import NotYours, Refused
from workflows.police import Heard, NotOurs, Standing
from workflows.police_list import RowResult, Status
from workflows.vocabulary import Outcome


def counts(engine: Engine, number: int) -> dict[str, int]:
    """How many rows of a list have each result."""
    with Session(engine) as db:
        return {result.value: count for result, count in results(db, number).items()}


def all_of(engine: Engine, model: type[Any]) -> list[Any]:
    """Every row of a table."""
    with Session(engine) as db:
        return list(db.exec(select(model).order_by(col(model.id))))


def test_each_new_row_is_one_record_that_nobody_was_told_of(engine: Engine, world: World) -> None:
    number = imported(engine, world, as_csv(rows(3)))
    disposals, reports = all_of(engine, PoliceDisposal), all_of(engine, PoliceReport)
    assert [d.surname for d in disposals] == ["Marlow0", "Marlow1", "Marlow2"]
    assert {(d.told_on, d.told_how, d.listed_on) for d in disposals} == {(None, None, TODAY)}
    assert [(r.how, r.list_id, r.line_number) for r in reports] == [
        (Heard.LIST, number, n) for n in (2, 3, 4)
    ]
    assert [row.disposal_id for row in all_of(engine, PoliceListRow)] == [d.id for d in disposals]
    with Session(engine) as db:
        assert db.get_one(PoliceList, number).status == Status.DONE
        verbs = [e.verb.split(".")[1] for e in events_of(db, list_chain(number))]
    assert sorted(verbs) == sorted(["send", "map", "check", "confirm", "finish"])


def test_nothing_is_imported_before_it_is_confirmed(engine: Engine, world: World) -> None:
    number = checked(engine, world, as_csv(rows(3)))
    assert counts(engine, number) == {"new": 3}
    assert all_of(engine, PoliceDisposal) == []
    with Session(engine) as db:
        assert db.get_one(PoliceList, number).status == Status.CHECKED


def test_what_is_held_already_gets_its_gaps_filled_and_keeps_its_day(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        held = told(db, world, of, crime_reference="13260000000", surname="Marlow0", station="", officer="")
        number = held.id
    imported(engine, world, as_csv(rows(2, Station="Mill Lane")))
    first, second = all_of(engine, PoliceDisposal)
    assert (first.id, first.told_on, first.listed_on, first.station) == (number, TODAY, TODAY, "Mill Lane")
    assert (second.told_on, second.listed_on) == (None, TODAY)


def test_the_dry_run_says_what_the_import_then_does(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        told(db, world, force(db, world), crime_reference="13260000001", surname="Marlow1")
    table = rows(4)
    table += [table[0], rows(1, **{"Crime ref": "13269999999", "DOB": "01/02/1990"})[0]]
    table += [rows(1, Disposal="Charged")[0], rows(1, DOB="41/02/2011")[0]]
    number = checked(engine, world, as_csv(table))
    before = counts(engine, number)
    assert before == {"new": 3, "held": 1, "twice": 1, "adult": 1, "not_counted": 1, "bad": 1}
    with transaction(engine) as db:
        actions.confirm(db, db.get_one(PoliceList, number), whole=False, by=world.actor("manager"), at=NOW)
    importing.import_list(engine, number, world.users["manager"], now=lambda: NOW)
    assert counts(engine, number) == before
    assert len(all_of(engine, PoliceDisposal)) == 4


def test_the_same_list_again_adds_nothing(engine: Engine, world: World) -> None:
    text = as_csv(rows(5))
    imported(engine, world, text)
    again = imported(engine, world, text)
    assert counts(engine, again) == {"held": 5}
    assert len(all_of(engine, PoliceDisposal)) == 5
    assert len(all_of(engine, PoliceReport)) == 10


def test_rows_without_any_number_are_known_by_child_outcome_and_day(engine: Engine, world: World) -> None:
    text = as_csv(rows(3, **{"Crime ref": ""}))
    imported(engine, world, text)
    assert counts(engine, imported(engine, world, text)) == {"held": 3}


def test_all_or_nothing_is_refused_while_a_row_is_wrong(engine: Engine, world: World) -> None:
    number = checked(engine, world, as_csv([*rows(2), *rows(1, DOB="41/02/2011")]))
    with transaction(engine) as db:
        one = db.get_one(PoliceList, number)
        with pytest.raises(Refused, match="some rows have mistakes"):
            actions.confirm(db, one, whole=True, by=world.actor("manager"), at=NOW)
        actions.confirm(db, one, whole=False, by=world.actor("manager"), at=NOW)


def test_an_officer_and_a_case_manager_import_no_list(engine: Engine, world: World) -> None:
    number = checked(engine, world, as_csv(rows(1)))
    for key in ("officer", "case_manager", "far_manager"):
        with transaction(engine) as db, pytest.raises(NotYours):
            actions.confirm(db, db.get_one(PoliceList, number), whole=False, by=world.actor(key), at=NOW)


def test_a_second_worker_finds_nothing_left_and_imports_no_row_twice(engine: Engine, world: World) -> None:
    number = checked(engine, world, as_csv(rows(7)))
    with transaction(engine) as db:
        actions.confirm(db, db.get_one(PoliceList, number), whole=False, by=world.actor("manager"), at=NOW)
    who = world.users["manager"]
    assert importing.import_chunk(engine, number, who, at=NOW, size=3)
    importing.import_list(engine, number, who, now=lambda: NOW)
    importing.import_list(engine, number, who, now=lambda: NOW)
    assert len(all_of(engine, PoliceReport)) == 7


def test_whoever_listens_hears_once_that_a_list_is_imported(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, Any]] = []
    monkeypatch.setattr(importing, "DONE", [lambda db, one, at: heard.append((one.reference, at))])
    number = imported(engine, world, as_csv(rows(2)))
    importing.import_list(engine, number, world.users["manager"], now=lambda: NOW)
    with Session(engine) as db:
        assert heard == [(db.get_one(PoliceList, number).reference, NOW)]


def questions(engine: Engine, number: int, who: int) -> int:
    """How many questions one chunk asks."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    importing.import_chunk(engine, number, who, at=NOW)
    event.remove(engine, "before_cursor_execute", listen)
    return sum(statement.startswith("SELECT") for statement in said)


def test_a_chunk_asks_the_same_number_of_questions_whatever_its_rows(engine: Engine, world: World) -> None:
    asked: list[int] = []
    for count in (5, 400):
        number = checked(engine, world, as_csv(rows(count, Officer=f"PC {count}", Offence=f"Theft {count}")))
        with transaction(engine) as db:
            actions.confirm(
                db, db.get_one(PoliceList, number), whole=False, by=world.actor("manager"), at=NOW
            )
        asked.append(questions(engine, number, world.users["manager"]))
    assert asked[0] == asked[1]


def test_a_reference_that_is_drawn_twice_or_taken_is_drawn_again(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as db:
        taken = told(db, world, force(db, world), surname="Hale").reference
    drawn = iter([taken, "PD-BBBBBB", "PD-BBBBBB", "PD-CCCCCC", "PD-DDDDDD"])
    number = checked(engine, world, as_csv(rows(3)))
    monkeypatch.setattr(importing, "new_reference", lambda _prefix: next(drawn))
    with transaction(engine) as db:
        actions.confirm(db, db.get_one(PoliceList, number), whole=False, by=world.actor("manager"), at=NOW)
    importing.import_list(engine, number, world.users["manager"], now=lambda: NOW)
    references = {disposal.reference for disposal in all_of(engine, PoliceDisposal)}
    assert references == {taken, "PD-BBBBBB", "PD-CCCCCC", "PD-DDDDDD"}


def undone(engine: Engine, world: World, number: int, by: str = "manager") -> None:
    """The list is taken back."""
    with transaction(engine) as db:
        actions.undo(db, db.get_one(PoliceList, number), "The wrong month", by=world.actor(by), at=NOW)
    undoing.undo_list(engine, number, world.users[by], now=lambda: NOW)


def test_a_list_taken_back_leaves_what_others_say_and_deletes_nothing(engine: Engine, world: World) -> None:
    first = imported(engine, world, as_csv(rows(2)), supplied_on=TODAY - timedelta(days=10))
    second = imported(engine, world, as_csv(rows(4)))
    undone(engine, world, first)
    assert {d.listed_on for d in all_of(engine, PoliceDisposal)} == {TODAY}
    assert {d.status for d in all_of(engine, PoliceDisposal)} == {Standing.COUNTED}
    undone(engine, world, second)
    disposals = all_of(engine, PoliceDisposal)
    assert {(d.status, d.not_ours, d.listed_on) for d in disposals} == {
        (Standing.SET_ASIDE, NotOurs.LIST_UNDONE, None)
    }
    assert counts(engine, second) == {"taken_back": 4}
    with Session(engine) as db:
        verbs = [event.verb for event in events_of(db, police_chain(disposals[0].id))]
        assert verbs == ["police_disposal.set_aside"]
        assert db.get_one(PoliceList, second).status == Status.UNDONE


def test_what_something_was_built_on_stays_and_says_why(engine: Engine, world: World) -> None:
    number = imported(engine, world, as_csv(rows(4)))
    with transaction(engine) as db:
        asked, told_of = db.exec(select(PoliceDisposal).order_by(col(PoliceDisposal.id))).all()[:2]
        asked.asked_on = TODAY
        told_of.told_on, told_of.told_how = TODAY, Heard.FORM
        db.add_all([asked, told_of])
    undone(engine, world, number)
    stands = [(d.status, d.listed_on) for d in all_of(engine, PoliceDisposal)]
    assert stands == [(Standing.COUNTED, None)] * 2 + [(Standing.SET_ASIDE, None)] * 2
    with Session(engine) as db:
        (stays,) = rows_with(db, number, [RowResult.STAYS])
        assert (stays.line_number, stays.problems[-1][1]) == (2, undoing.ASKED)


def test_a_list_that_comes_again_after_it_was_taken_back_counts_again(engine: Engine, world: World) -> None:
    undone(engine, world, imported(engine, world, as_csv(rows(2))))
    imported(engine, world, as_csv(rows(2)))
    disposals = all_of(engine, PoliceDisposal)
    assert {(d.status, d.not_ours, d.listed_on) for d in disposals} == {(Standing.COUNTED, None, TODAY)}
    assert len(disposals) == 2


def test_only_the_importer_or_a_manager_takes_a_list_back(engine: Engine, world: World) -> None:
    number = imported(engine, world, as_csv(rows(1)))
    with transaction(engine) as db, pytest.raises(Refused, match="Only the person who imported"):
        actions.undo(db, db.get_one(PoliceList, number), "Wrong", by=world.actor("seconded"), at=NOW)
    own = imported(engine, world, as_csv(rows(2)), by="seconded")
    undone(engine, world, own, by="seconded")
    undone(engine, world, number, by="chair")


def test_a_newer_map_ends_a_check_that_still_runs(engine: Engine, world: World) -> None:
    from panel.lists import checking
    from tests.support.lists import named

    number = checked(engine, world, as_csv(rows(3)))
    with transaction(engine) as db:
        one = db.get_one(PoliceList, number)
        actions.map_columns(db, one, named(db, one), by=world.actor("manager"), at=NOW)
    checking.check_list(engine, number, world.users["manager"], 1, now=lambda: NOW)
    assert counts(engine, number) == {}
    checking.check_list(engine, number, world.users["manager"], 2, now=lambda: NOW)
    assert counts(engine, number) == {"new": 3}


def test_another_area_is_left_out_and_counted(engine: Engine, world: World) -> None:
    table = [
        [*row, district] for row, district in zip(rows(3), ("NK", "South Kelder", "Nowhere"), strict=True)
    ]
    with transaction(engine) as db:
        force(db, world)
    words = {"area": {"nowhere": "elsewhere"}}
    number = imported(engine, world, as_csv(table, headings=(*HEADINGS, "District")), words=words)
    assert counts(engine, number) == {"new": 1, "other_area": 2}
    (only,) = all_of(engine, PoliceDisposal)
    assert (only.area_id, only.outcome, only.given_on) == (world.areas["north"], Outcome.CR, FIRST)


def test_the_bulk_record_has_each_default_of_a_single_one(engine: Engine, world: World) -> None:
    imported(engine, world, as_csv(rows(1)))
    with transaction(engine) as db:
        table = SQLModel.metadata.tables["police_disposal"]
        nulls = {c.name for c in table.c if not c.nullable}
        (row,) = db.execute(select(table)).mappings().all()
        assert {name for name in nulls if row[name] is None} == set()
        assert db.exec(select(func.count()).select_from(PoliceDisposal)).one() == 1
        assert row["tell_by"] >= FIRST
