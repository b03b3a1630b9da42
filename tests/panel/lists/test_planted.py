"""Hundreds of invented lists with planted mistakes, however they are written: each row is judged right."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from config.list_words import values
from panel.lists.fields import TITLES, Choices
from panel.lists.mapping import ColumnMap, guessed, with_plain_words
from panel.lists.planning import InFile, judge
from panel.lists.profile import profile
from panel.lists.reading import Checked, Period, Reader
from panel.lists.table import Table, open_table
from tests.support.lists import HEADINGS, as_csv, as_xlsx
from workflows.police import POLICE_OUTCOMES
from workflows.police_list import RowResult as R
from workflows.vocabulary import Gender, words

FIRST, LAST, SUPPLIED = date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 5)
KNOWN = {
    "outcome": Choices(
        TITLES["outcome"], {o.value: words(o) for o in POLICE_OUTCOMES} | {"skip": ""}, values("outcome")
    ),
    "gender": Choices(TITLES["gender"], {g.value: words(g) for g in Gender}, values("gender")),
}
# What is done to a good row, the verdict that it must get, and the column that must be named.
PLANTED: dict[str, tuple[dict[str, Any], R, str]] = {
    "good": ({}, R.NEW, ""),
    "no outcome": ({"Disposal": ""}, R.BAD, "Disposal"),
    "charge": ({"Disposal": "Charged"}, R.NOT_COUNTED, ""),
    "no day": ({"Date given": ""}, R.BAD, "Date given"),
    "day that never was": ({"Date given": "31/31/2026"}, R.BAD, "Date given"),
    "words for a day": ({"Date given": "last week"}, R.BAD, "Date given"),
    "future": ({"Date given": SUPPLIED + timedelta(days=20)}, R.BAD, "Date given"),
    "before the period": ({"Date given": FIRST - timedelta(days=20)}, R.BAD, "Date given"),
    "no offence": ({"Offence": ""}, R.BAD, "Offence"),
    "no name": ({"Surname": "\u00a0 "}, R.BAD, "Surname"),
    "long name": ({"Forename": "x" * 101}, R.BAD, "Forename"),
    "adult": ({"DOB": date(2008, 1, 20)}, R.ADULT, ""),
    "small child": ({"DOB": date(2020, 1, 20)}, R.BAD, "DOB"),
    "born afterwards": ({"DOB": date(2026, 10, 1)}, R.BAD, "DOB"),
    "birthday unknown": ({"DOB": ""}, R.NEW, ""),
    "birthday unreadable": ({"DOB": "13260001234"}, R.BAD, "DOB"),
    "shortened": ({"Crime ref": "1.326E+10"}, R.BAD, "Crime ref"),
    "odd reference": ({"Crime ref": "NK/77"}, R.NEW, ""),
}
NAMES = ("Marlow", "O’Neill", "Müller", "Nowak-Żak", "=cmd()", 'Quo"te', "Two\nLines", "Com,ma; and")
# A spreadsheet would take the one for a formula; Windows-1252 lacks letters of others.
NAMES_OF = {"cp1252": NAMES[:3], "xlsx": [name for name in NAMES if not name.startswith("=")]}
WAYS = ("utf-8", "utf-8-sig", "utf-16", "xlsx", "cp1252")


@dataclass(frozen=True)
class Made:
    """A list as bytes, the verdict that each row must get and the column to be named."""

    data: bytes
    expected: list[tuple[R, str]]


@st.composite
def lists(draw: st.DrawFn) -> Made:
    """A list in any of the ways in which forces write them."""
    way = draw(st.sampled_from(WAYS))
    order = draw(st.sampled_from(("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "serial")))
    kinds = draw(st.lists(st.sampled_from(sorted(PLANTED)), min_size=1, max_size=12))
    good = len(kinds) + 2
    table: list[list[Any]] = []
    expected: list[tuple[R, str]] = []
    for number, kind in enumerate([*kinds, *["good"] * good]):
        changes, result, column = PLANTED[kind]
        name = draw(st.sampled_from(NAMES_OF.get(way, NAMES)))
        table.append(_row(number, name, changes, order, way))
        expected.append((result, column))
    if draw(st.booleans()):
        table.append(list(table[-1]))
        expected.append((R.TWICE, ""))
    return Made(_file(draw, table, way), expected)


def _row(number: int, name: str, changes: dict[str, Any], order: str, way: str) -> list[Any]:
    values_of: dict[str, Any] = {
        "Disposal": "Comm Res",
        "Date given": date(2026, 8, 13) + timedelta(days=number % 15),
        "Offence": "Theft",
        "Surname": name,
        "Forename": f" Kay{number} ",
        "DOB": date(2011, 1, 13) + timedelta(days=number % 15),
        "Crime ref": 13_260_000_000 + number,
        "Gender": "f",
        "Postcode": "kd12ab",
        "Station": "Keel",
        "Officer": "PC",
    } | changes
    if way == "xlsx":
        return [values_of[heading] for heading in HEADINGS]
    return [_said(values_of[heading], order) for heading in HEADINGS]


def _said(value: Any, order: str) -> str:
    if not isinstance(value, date):
        return str(value)
    return str((value - date(1899, 12, 30)).days) if order == "serial" else value.strftime(order)


def _file(draw: st.DrawFn, table: list[list[Any]], way: str) -> bytes:
    if way == "xlsx":
        return as_xlsx(
            table, title=draw(st.sampled_from(([], [["Kelder"], []]))), from_1904=draw(st.booleans())
        )
    sign = draw(st.sampled_from((",", ";", "\t", "|")))
    end = draw(st.sampled_from(("\r\n", "\n", "\r")))
    above = draw(st.sampled_from(("", "List of the quarter" + end, end * 2)))
    return (above + as_csv(table, sign=sign, end=end)).encode(way)


def judged(data: bytes) -> tuple[Table, ColumnMap, list[Checked]]:
    """The rows of a list, as a check judges them before it asks what is held."""
    table = open_table(data)
    found = profile(table, this_year=2026)
    map_ = with_plain_words(guessed(found, ColumnMap()))
    period = Period(FIRST, LAST, SUPPLIED)
    reader = Reader(map_, table.headings, KNOWN, period, area_id=1, from_1904=table.from_1904)
    in_file, rows = InFile(), []
    for line, cells in table.rows():
        row = reader.read(line, cells)
        judge(row, in_file)
        rows.append(row)
    return table, map_, rows


@settings(max_examples=300)
@given(lists())
def test_every_planted_mistake_gets_its_verdict_and_every_good_row_passes(made: Made) -> None:
    _, map_, rows = judged(made.data)
    assert {"given_on", "date_of_birth"} <= set(map_.order)
    assert [row.result for row in rows] == [result for result, _ in made.expected]
    for row, (result, column) in zip(rows, made.expected, strict=True):
        named = {problem.column for problem in row.problems if not problem.soft}
        assert (column in named) is (result is R.BAD), (row.problems, column)
        if row.said is not None:
            assert row.said.postcode == "KD1 2AB"
            assert row.said.given_name.startswith("Kay")
            assert row.said.given_on.month == 8
