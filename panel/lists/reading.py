"""One row of a list: what it says, or what is wrong with it, by the one code that checks and imports."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from panel.commands import errors_in_words
from panel.lists.days import Order, read_day
from panel.lists.fields import AREA, DAYS, FULL_NAME, SKIP, TITLES, UNKNOWN, Choices
from panel.lists.mapping import ColumnMap
from panel.police.commands import YOUNGEST, DisposalSaid
from workflows import identifiers
from workflows.police import ADULT_AGE
from workflows.police_list import RowResult

SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}", re.ASCII)
WHOLE_NUMBER = re.compile(r"(\d+)\.0+", re.ASCII)
IDENTIFIERS = ("crime_reference", "force_reference", "pnc_id")
MISSING = "This is missing"
TOO_WIDE = "The row has more cells than the heading: a cell with the separator in it needs quotation marks"
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, or what one should know of it (`soft`); never what stands in it."""

    column: str
    says: str
    soft: bool = False

    def kept(self) -> list[Any]:
        """As it is kept with the row."""
        return [self.column, self.says, self.soft]


@dataclass
class Checked:
    """A row after it was looked at."""

    line: int
    cells: list[str]
    result: RowResult
    said: DisposalSaid | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What makes two rows, or a row and a record, one event; the same as `police.actions.known_as`."""
        return () if self.said is None else keys_of(self.said)


def keys_of(said: Any) -> tuple[Key, ...]:
    """The keys of what was said: the force's number, the crime; without both, child and day."""
    keys: list[Key] = []
    if said.force_reference:
        keys.append(("force", said.force_reference))
    if said.crime_reference:
        keys.append(("crime", said.crime_reference, said.outcome, said.surname, said.given_name))
    if not keys:
        keys.append(day_key(said))
    return tuple(keys)


def day_key(said: Any) -> Key:
    """Outcome, day and child: all there is when a row has no number at all."""
    return ("day", said.outcome, said.given_on, said.surname, said.given_name, said.date_of_birth)


@dataclass(frozen=True)
class Period:
    """The days that a list covers, and the day on which it came."""

    first_on: date
    last_on: date
    supplied_on: date


class Reader:
    """Reads the rows of one list by its map."""

    def __init__(
        self,
        map_: ColumnMap,
        headings: Sequence[str],
        known: Mapping[str, Choices],
        period: Period,
        *,
        area_id: int,
        force_code: str = "",
        from_1904: bool = False,
    ) -> None:
        self.map, self.known, self.period = map_, known, period
        self.area, self.width, self.from_1904 = str(area_id), len(headings), from_1904
        self.force_code = force_code
        self.places = {name: headings.index(column) for name, column in map_.columns.items()}
        self.columns = dict(map_.columns)
        if FULL_NAME in self.columns:
            self.columns |= {
                n: self.columns.get(n, self.columns[FULL_NAME]) for n in ("surname", "given_name")
            }
        self.texts = [
            (name, place)
            for name, place in self.places.items()
            if name not in known and name not in DAYS and name != FULL_NAME
        ]
        self._meanings: dict[tuple[str, str], str | None] = {}

    def read(self, line: int, cells: list[str]) -> Checked:
        """What the row says; its result is as far as the row alone can tell."""
        row = Checked(line, cells[: self.width], RowResult.NEW)
        if len(cells) > self.width and any(cells[self.width :]):
            return self._bad(row, "", TOO_WIDE)
        outcome = self._meaning("outcome", cells) or self.map.outcome or ""
        if AREA in self.places and cells[self.places[AREA]] and self._meaning(AREA, cells) != self.area:
            row.result = RowResult.OTHER_AREA
            return row
        if outcome == SKIP:
            row.result = RowResult.NOT_COUNTED
            return row
        self._fill(row, self._values(row, outcome))
        return row

    def _values(self, row: Checked, outcome: str) -> dict[str, Any]:
        cells = row.cells
        found: dict[str, Any] = {name: cells[place] for name, place in self.texts}
        if FULL_NAME in self.places:
            found = _split(cells[self.places[FULL_NAME]]) | {n: v for n, v in found.items() if v}
        found["outcome"] = outcome or None
        for name in DAYS:
            found[name] = self._day(row, name)
        for name in ("gender", "ethnicity"):
            if (meaning := self._meaning(name, cells)) and meaning != UNKNOWN:
                found[name] = meaning
        found["first_time"] = {"yes": True, "no": False}.get(self._meaning("first_time", cells) or "")
        for name in IDENTIFIERS:
            if found.get(name):
                found[name] = self._number(row, name, found[name])
        return found

    def _fill(self, row: Checked, values: dict[str, Any]) -> None:
        """Check the values as any other word of the police is checked, and look at age and period."""
        context = {"today": self.period.supplied_on}
        try:
            said = DisposalSaid.model_validate(values, context=context)
        except ValidationError as error:
            at_fault = {problem.column for problem in row.problems if not problem.soft}
            for name, says in errors_in_words(error, DisposalSaid).items():
                column = self.columns.get(name or "date_of_birth", TITLES.get(name, ""))
                if column not in at_fault:
                    self._bad(row, column, MISSING if values.get(name) in ("", None) and name else says)
            row.result = RowResult.BAD
            return
        if not self.period.first_on <= said.given_on <= self.period.last_on:
            self._bad(row, self.columns["given_on"], "The day lies outside the days that the list covers")
        age = said.age
        if age is not None and age < YOUNGEST:
            self._bad(
                row, self.columns["date_of_birth"], f"By this date of birth the child was under {YOUNGEST}"
            )
        if any(not problem.soft for problem in row.problems):
            row.result = RowResult.BAD
        elif age is not None and age >= ADULT_AGE:
            row.result = RowResult.ADULT
        else:
            row.said = said

    def _bad(self, row: Checked, column: str, says: str) -> Checked:
        row.problems.append(Problem(column, says))
        row.result = RowResult.BAD
        return row

    def _meaning(self, name: str, cells: list[str]) -> str | None:
        place = self.places.get(name)
        if place is None or not (text := cells[place]):
            return None
        if (name, text) not in self._meanings:
            self._meanings[name, text] = self.known[name].meaning(text, self.map.word(name))
        return self._meanings[name, text]

    def _day(self, row: Checked, name: str) -> date | None:
        place = self.places.get(name)
        if place is None or not (text := row.cells[place]):
            return None
        order = self.map.order.get(name, Order.DAY)
        found = read_day(text, order, self.period.supplied_on.year, from_1904=self.from_1904)
        if found is None:
            self._bad(row, self.columns[name], "This cannot be read as a day")
        elif found > self.period.supplied_on:
            self._bad(row, self.columns[name], "The day is after the day on which the list was supplied")
            return None
        return found

    def _number(self, row: Checked, name: str, text: str) -> str:
        """An identifier with what a spreadsheet did to it put right, where that is certain."""
        if SHORTENED.fullmatch(text):
            self._bad(row, self.columns[name], "A spreadsheet has shortened this number, and digits are lost")
            return ""
        if found := WHOLE_NUMBER.fullmatch(text):
            text = found[1]
        if name == "crime_reference":
            return self._crime(row, text)
        if name == "pnc_id" and identifiers.pnc_id(text, today=self.period.supplied_on) is None:
            row.problems.append(Problem(self.columns[name], "No PNC ID that checks: kept as it stands", True))
        return text

    def _crime(self, row: Checked, text: str) -> str:
        if identifiers.crime_reference(text):
            return text
        restored = text.zfill(11) if text.isdigit() else text
        if self.force_code.startswith("0") and len(restored) == 11 and restored.startswith(self.force_code):
            row.problems.append(Problem(self.columns["crime_reference"], "A lost zero was put back", True))
            return restored
        says = "No crime reference of 11 digits: kept as it stands"
        row.problems.append(Problem(self.columns["crime_reference"], says, True))
        return text


def _split(name: str) -> dict[str, str]:
    """'MARLOW, Kayden' and 'Kayden Marlow' in two parts; one word alone is a last name."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
    return {"surname": last.strip(), "given_name": first.strip()}
