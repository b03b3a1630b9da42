"""The room as a person walks through it: send, name the columns, look, confirm, read, take back."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.lists import checking, importing, undoing
from panel.police.models import PoliceDisposal, PoliceList
from panel.web import PanelApp
from tests.panel.conftest import Visit
from tests.support.lists import as_csv, as_xlsx, imported, rows
from tests.support.police import force
from tests.support.visitor import Page, Visitor
from tests.support.world import NOW, World


@pytest.fixture
def of_force(engine: Engine, world: World) -> None:
    """The area has its force."""
    with transaction(engine) as db:
        force(db, world)


def work(engine: Engine) -> None:
    """What the worker does with the newest list."""
    with Session(engine) as db:
        one = db.exec(select(PoliceList).order_by(col(PoliceList.id).desc())).first()
    assert one is not None
    checking.check_list(engine, one.id, one.by_id, one.mapping["turn"], now=lambda: NOW)
    importing.import_list(engine, one.id, one.by_id, now=lambda: NOW)
    undoing.undo_list(engine, one.id, one.by_id, now=lambda: NOW)


def sent(who: Visitor, data: str | bytes, *, status: int = 303) -> Page:
    """The answer to a file that was sent."""
    content = data.encode() if isinstance(data, str) else data
    return who.send("/police/lists/new", {"list": (io.BytesIO(content), "list.csv")}, status=status)


@pytest.mark.usefixtures("of_force")
def test_a_list_goes_from_the_file_to_its_report_and_back(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    columns = manager.follow(sent(manager, as_csv([*rows(2), *rows(1, DOB="41/02/2011")])))
    assert "For example: CR" in columns.text
    view = manager.follow(manager.send(columns))
    assert "0 of 3 rows are checked." in view.text
    work(engine)
    view = manager.open(view.path)
    assert "2 rows: New to us" in view.text
    assert "1 row: Has a mistake" in view.text
    assert "Import the 2 good rows and leave 1 with mistakes out" in view.text
    assert "Choose whether to import the good rows" in manager.send(view, button="Import", status=422).errors
    started = manager.follow(manager.send(view, {"how": "good"}, button="Import"))
    assert "0 of 2 rows are imported." in started.text
    work(engine)
    view = manager.open(view.path)
    assert view.links["2 rows: New to us"].endswith("result=new")
    assert "What the rows are" in view.text
    undo = manager.open(f"{view.path}/undo")
    assert "Say why the list is taken back" in manager.send(undo, status=422).errors
    manager.send(undo, {"reason": "It was of another district"})
    work(engine)
    assert "2 rows: Taken back" in manager.open(view.path).text
    assert "It was of another district" in manager.open(view.path).text


@pytest.mark.usefixtures("of_force")
def test_unknown_words_are_asked_once_and_remembered(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    text = as_csv([*rows(2, Disposal="Zap"), *rows(1, Disposal="Flip", Gender="Q")])
    words = manager.follow(manager.send(manager.follow(sent(manager, text))))
    assert words.heading == "What the words mean"
    assert {label for label in ("“Zap”", "“Flip”", "“Q”") if label in words.text} == {
        "“Zap”",
        "“Flip”",
        "“Q”",
    }
    again = manager.send(words, status=422)
    assert again.errors[0] == "Choose what “Zap” means"
    answers = {"word_outcome_0": "community_resolution", "word_outcome_1": "skip", "word_gender_0": "male"}
    view = manager.follow(manager.send(words, answers))
    work(engine)
    text = manager.open(view.path).text
    assert "2 rows: New to us" in text
    assert "1 row: Nothing that we count" in text
    next_time = manager.send(manager.follow(sent(manager, as_csv(rows(2, Disposal="Zap", Offence="Fire")))))
    assert not next_time.location.endswith("/words")


@pytest.mark.usefixtures("of_force")
def test_a_wrong_map_is_refused_at_the_column_with_everything_kept(visit: Visit) -> None:
    manager = visit("manager")
    columns = manager.follow(sent(manager, as_csv(rows(3))))
    crime = {"column_5": "", "column_6": "date_of_birth"}
    wrong = manager.send(columns, crime, status=422)
    assert wrong.errors == ["The column “Crime ref” does not hold days: look at the examples"]
    assert wrong.form().filled["column_6"] == ["date_of_birth"]
    twice = manager.send(columns, {"column_3": "offence"}, status=422)
    assert "Two columns are chosen as: offence" in twice.errors
    missing = manager.send(columns, {"column_2": ""}, status=422)
    assert "Choose the column for: offence" in missing.errors


@pytest.mark.usefixtures("of_force")
def test_days_that_can_be_read_both_ways_are_asked_and_not_guessed(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    text = as_csv(rows(2, **{"Date given": "03/04/2026"}))
    columns = manager.follow(sent(manager, text))
    period = {"first_on": ["1", "4", "2026"], "last_on": ["30", "4", "2026"]}
    asked = manager.send(columns, period, status=422)
    assert asked.errors == ["Days in “Date given” can be read with the day or the month first: choose which"]
    manager.send(columns, period | {"order_given_on": "dmy"})
    work(engine)
    with Session(engine) as db:
        assert db.exec(select(PoliceList)).one().counts["new"] == 2


@pytest.mark.usefixtures("of_force")
@pytest.mark.parametrize("key", ["officer", "case_manager", "inspector", "board"])
def test_lists_are_for_managers_and_seconded_officers(visit: Visit, key: str) -> None:
    visit(key).open("/police/lists", status=403)
    visit(key).open("/police/lists/new", status=403)


def test_a_list_of_another_area_looks_like_none(engine: Engine, world: World, visit: Visit) -> None:
    number = imported(engine, world, as_csv(rows(2)))
    with Session(engine) as db:
        reference = db.get_one(PoliceList, number).reference
    visit("seconded").open(f"/police/lists/{reference}")
    far = visit("far_manager")
    for path in ("", "/rows?result=new", "/undo", "/errors", "?live=1"):
        far.open(f"/police/lists/{reference}{path}", status=404)


def test_an_area_without_a_force_is_told_what_to_do(visit: Visit) -> None:
    manager = visit("manager")
    for path in ("/police/lists", "/police/lists/new"):
        assert "Ask an administrator to name it" in manager.open(path).text


@pytest.mark.usefixtures("of_force")
def test_the_same_file_twice_is_said(engine: Engine, world: World, visit: Visit) -> None:
    text = as_csv(rows(2))
    imported(engine, world, text)
    manager = visit("manager")
    columns = manager.follow(sent(manager, text))
    assert "You imported this very file before: it is the list PL-" in columns.text


@pytest.mark.usefixtures("of_force")
def test_months_without_a_list_are_named(engine: Engine, world: World, visit: Visit) -> None:
    text = visit("manager").open("/police/lists").text
    assert text.count("The force sent no list for") == 12
    imported(engine, world, as_csv(rows(2)), **_quarter())
    text = visit("manager").open("/police/lists").text
    assert "The force sent no list for October 2026." in text
    assert "September 2026." not in text
    assert text.count("The force sent no list for") == 9


def _quarter() -> dict[str, Any]:
    from datetime import date

    return {"first_on": date(2026, 7, 1), "last_on": date(2026, 9, 30)}


@pytest.mark.usefixtures("of_force")
def test_the_rows_with_mistakes_leave_neutralised_and_logged(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    text = as_csv(rows(1, Surname='=HYPERLINK("http://x")', DOB="41/02/2011") + rows(1))
    view = manager.follow(manager.send(manager.follow(sent(manager, text))))
    work(engine)
    page = manager.open(f"{view.path}/errors")
    assert "Say who gets the file and what for" in manager.send(page, status=422).errors
    got = manager.send(page, {"recipient": "Performance team"}, status=200).response
    (only,) = csv.DictReader(io.StringIO(got.get_data().decode("utf-8-sig")))
    assert only["Surname"] == '\'=HYPERLINK("http://x")'
    assert only["What is wrong"] == "DOB: This cannot be read as a day"
    assert only["Row in the file"] == "2"
    with Session(engine) as db:
        entry = db.exec(select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE)).one()
        assert (entry.recipients, entry.subject.startswith("list:")) == ("Performance team", True)


@pytest.mark.usefixtures("of_force")
def test_rows_are_read_page_by_page(engine: Engine, world: World, visit: Visit) -> None:
    number = imported(engine, world, as_csv(rows(120)))
    with Session(engine) as db:
        reference = db.get_one(PoliceList, number).reference
    manager, seen = visit("manager"), 0
    page = manager.open(f"/police/lists/{reference}/rows?result=new")
    for _ in range(3):
        seen += page.text.count("Show row")
        if following := next((h for t, h in page.links.items() if t.startswith("Next")), ""):
            page = manager.open(following)
    assert seen == 120


@pytest.mark.usefixtures("of_force")
def test_two_people_who_name_the_columns_do_not_meet(visit: Visit) -> None:
    manager, seconded = visit("manager"), visit("seconded")
    columns = manager.follow(sent(manager, as_csv(rows(2))))
    other = seconded.open(columns.path)
    manager.send(columns)
    seconded.send(other, status=409)


@pytest.mark.usefixtures("of_force")
def test_a_page_that_asks_gets_nothing_new_or_the_part_or_the_whole(
    engine: Engine, visit: Visit, app: PanelApp
) -> None:
    manager = visit("manager")
    view = manager.follow(manager.send(manager.follow(sent(manager, as_csv(rows(2))))))
    with Session(engine) as db:
        version = db.exec(select(PoliceList.version)).one()
    manager.open(f"{view.path}?live={version}", status=204)
    assert "0 of 2 rows are checked." in manager.open(f"{view.path}?live=0").html
    work(engine)
    manager.open(f"{view.path}?live={version}", status=205)


@pytest.mark.usefixtures("of_force")
def test_a_list_that_is_dropped_leaves_nothing(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    view = manager.follow(manager.send(manager.follow(sent(manager, as_csv(rows(2))))))
    work(engine)
    manager.send(manager.open(view.path), button="Drop this list")
    work(engine)
    assert "Dropped" in manager.open("/police/lists").text
    with Session(engine) as db:
        assert db.exec(select(PoliceDisposal)).all() == []


@pytest.mark.usefixtures("of_force")
def test_the_example_is_understood_without_a_map(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    example = manager.open("/police/lists/template").response.get_data()
    manager.send(manager.follow(sent(manager, example)))
    work(engine)
    with Session(engine) as db:
        assert db.exec(select(PoliceList)).one().counts["new"] == 1


@pytest.mark.usefixtures("of_force")
def test_a_spreadsheet_with_a_title_goes_the_same_way(engine: Engine, visit: Visit) -> None:
    manager = visit("manager")
    columns = manager.follow(sent(manager, as_xlsx(rows(3), title=[["Kelder Constabulary"], []])))
    assert "1 row above the heading (row 3) left out." in columns.text
    manager.send(columns)
    work(engine)
    with Session(engine) as db:
        assert db.exec(select(PoliceList)).one().counts["new"] == 3
