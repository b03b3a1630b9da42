"""How files, days and numbers are read, and what a map is refused for."""

from datetime import date
from typing import Any

import pytest

from panel.lists.days import Order, read_day
from panel.lists.mapping import ColumnMap, complaints, guessed
from panel.lists.profile import profile, read_profile
from panel.lists.reading import Period, Reader
from panel.lists.table import open_table
from tests.panel.lists.test_planted import KNOWN
from tests.support.lists import HEADINGS, as_csv, as_xlsx, rows
from workflows.police_list import RowResult

DAY = date(2026, 4, 3)
SUPPLIED = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "by_day", "by_month"),
    [
        ("03/04/2026", DAY, date(2026, 3, 4)),
        ("3.4.26", DAY, date(2026, 3, 4)),
        ("3-4-2026 00:00", DAY, date(2026, 3, 4)),
        ("2026-04-03", DAY, DAY),
        ("2026-04-03T10:00:00Z", DAY, DAY),
        ("20260403", DAY, DAY),
        ("3 April 2026", DAY, DAY),
        ("03-Apr-26", DAY, DAY),
        ("Friday, 3rd April 2026", DAY, DAY),
        ("46115", DAY, DAY),
        ("46115.5", DAY, DAY),
        ("31/04/2026", None, None),
        ("13/04/2011", date(2011, 4, 13), None),
        ("04/13/2011", None, date(2011, 4, 13)),
        ("01/02/27", date(1927, 2, 1), date(1927, 1, 2)),
        ("13260001234", None, None),
        ("9999", None, None),
        ("3/4", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_read_in_the_order_of_its_column(
    text: str, by_day: date | None, by_month: date | None
) -> None:
    assert read_day(text, Order.DAY, 2026) == by_day
    assert read_day(text, Order.MONTH, 2026) == by_month


def test_serials_of_a_file_that_counts_from_1904_lie_four_years_later() -> None:
    assert read_day("44653", Order.DAY, 2026, from_1904=True) == DAY


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("cp1252", "1252"),
    ],
)
def test_the_file_says_in_which_letters_it_was_read(encoding: str, said: str) -> None:
    table = open_table(as_csv(rows(3, Surname="Zoë")).encode(encoding))
    assert said in table.notes[0]
    assert next(table.rows())[1][3] == "Zoë"


def test_headings_that_are_there_twice_or_are_missing_are_named_by_their_letter() -> None:
    table = open_table(b"Name,Date,,date\r\na,b,c,d\r\n")
    assert table.headings == ("Name", "Date (column B)", "Column C", "date (column D)")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    text = 'List\r\n\r\nSurname,Offence\r\n"a\r\nb",x\r\n,\r\nc,y\r\n'
    assert list(open_table(text.encode()).rows()) == [(4, ["a b", "x"]), (6, ["c", "y"])]
    sheet = open_table(
        as_xlsx([["a", "x"], [], ["c", "y"]], headings=("Surname", "Offence"), title=[["List"], []])
    )
    assert [number for number, _ in sheet.rows()] == [4, 6]


def reader(code: str = "13") -> Reader:
    """Reads the usual columns of a force with this code."""
    table = open_table(as_csv(rows(3)).encode())
    map_ = guessed(profile(table, this_year=2026), ColumnMap())
    period = Period(date(2026, 7, 1), date(2026, 9, 30), SUPPLIED)
    return Reader(map_, table.headings, KNOWN, period, area_id=1, force_code=code)


@pytest.mark.parametrize(
    ("code", "written", "kept"),
    [
        ("05", "5260001234", "05260001234"),
        ("05", "526000123", "526000123"),
        ("13", "5260001234", "5260001234"),
        ("13", "13260001234.0", "13260001234"),
        ("13", "13/26/0001234", "13260001234"),
    ],
)
def test_a_lost_zero_comes_back_only_where_that_is_certain(code: str, written: str, kept: str) -> None:
    row = reader(code).read(2, rows(1, **{"Crime ref": written})[0])
    assert row.said is not None
    assert row.said.crime_reference == kept


def test_the_error_text_never_holds_what_stands_in_the_cell() -> None:
    row = reader().read(2, rows(1, DOB="Kayden Marlow", Offence="")[0])
    assert row.result is RowResult.BAD
    assert {(p.column, p.says) for p in row.problems} == {
        ("DOB", "This cannot be read as a day"),
        ("Offence", "This is missing"),
    }


def test_a_row_that_is_wider_than_the_heading_is_wrong_and_a_shorter_one_is_filled() -> None:
    table = as_csv([[*rows(1)[0], "more"], rows(1)[0][:7]])
    wide, short = open_table(table.encode()).rows()
    assert reader().read(*wide).result is RowResult.BAD
    assert reader().read(*short).result is RowResult.NEW


def wrong(of: list[list[Any]], columns: dict[str, str] | None = None) -> list[str]:
    """What is said of a map."""
    found = profile(open_table(as_csv(of).encode()), this_year=2026)
    assert read_profile(found.kept()) == found
    map_ = guessed(found, ColumnMap())
    map_ = map_.model_copy(update={"columns": map_.columns | (columns or {})})
    said = complaints(found, map_, (date(2026, 7, 1), date(2026, 9, 30)), supplied_on=SUPPLIED)
    return [sentence for _, sentence in said]


def test_a_map_that_cannot_be_right_is_caught_before_a_row_is_read() -> None:
    assert wrong(rows(3)) == []
    assert wrong(rows(3), {"date_of_birth": "Crime ref"}) == [
        "The column “Crime ref” is chosen twice: also for date of birth",
        "The column “Crime ref” does not hold days: look at the examples",
    ]
    assert "everybody on this list was 18 or over" in wrong(rows(3, DOB="13/04/2001"))[0]
    assert (
        "is after the day on which the list was supplied" in wrong(rows(3, **{"Date given": "13/11/2026"}))[0]
    )
    assert "Every row was given outside these days" in wrong(rows(3, **{"Date given": "13/01/2026"}))[0]
    assert wrong(rows(3), {"team": "Nowhere"}) == ["The file has no column “Nowhere”"]


def test_one_youngest_child_is_enough_that_not_everybody_is_an_adult() -> None:
    assert wrong([*rows(3, DOB="13/04/2001"), *rows(1, DOB="13/04/2011")]) == []


def test_an_order_is_decided_by_the_whole_column_and_never_guessed() -> None:
    both = wrong([*rows(1, **{"Date given": "13/08/2026"}), *rows(1, **{"Date given": "08/14/2026"})])
    assert "are written in both orders" in both[0]
    assert "can be read with the day or the month first" in wrong(rows(3, **{"Date given": "03/08/2026"}))[0]
    assert wrong(rows(3, **{"Date given": "08/08/2026"})) == []


def test_headings_are_guessed_from_their_words() -> None:
    found = profile(open_table(as_csv(rows(1)).encode()), this_year=2026)
    columns = guessed(found, ColumnMap()).columns
    assert list(columns.values()) == list(HEADINGS)
    kept = ColumnMap(columns={"team": "Station"})
    assert guessed(found, kept).columns["team"] == "Station"
