"""Days as lists write them: dd/mm/yyyy or mm/dd/yyyy by the whole column, ISO, in words, or as a serial."""

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from workflows.vocabulary import register


class Order(StrEnum):
    """What comes first in a day that is written in figures."""

    DAY = "dmy"
    MONTH = "mdy"


register(
    (
        (Order.DAY, "The day comes first (03/04/2026 is 3 April 2026)"),
        (Order.MONTH, "The month comes first (03/04/2026 is 4 March 2026)"),
    )
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Serials before 1927 and after 2099 are other numbers; 1900 was no leap year, which spreadsheets do not know.
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050
FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_TIME = r"(?:[ T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?Z?)?"
_FIGURES = re.compile(rf"(\d{{1,2}})([/.\-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_ISO = re.compile(rf"(\d{{4}})([/.\-]?)(\d{{2}})\2(\d{{2}}){_TIME}", re.ASCII)
_WORDS = re.compile(
    rf"(?:[a-z]+,? )?(\d{{1,2}})(?:st|nd|rd|th)?[ \-/]([a-z]{{3,9}})\.?,?[ \-/](\d{{4}}|\d{{2}}){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)


def read_day(text: str, order: Order, this_year: int, *, from_1904: bool = False) -> date | None:
    """The day that a cell holds; None when it holds none in this order."""
    by_day, by_month = both_ways(text, this_year, from_1904)
    return by_day if order is Order.DAY else by_month


@lru_cache(maxsize=20_000)
def both_ways(text: str, this_year: int, from_1904: bool = False) -> tuple[date | None, date | None]:
    """The day with the day first, and with the month first; twice the same where figures leave no doubt."""
    if not text or len(text) > 40 or not any(sign.isdigit() for sign in text):
        return None, None
    if found := _FIGURES.fullmatch(text):
        one, _, two, year = found.groups()
        full = _year(year, this_year)
        return _day(full, int(two), int(one)), _day(full, int(one), int(two))
    sure = _sure(text, this_year, from_1904)
    return sure, sure


def _sure(text: str, this_year: int, from_1904: bool) -> date | None:
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _WORDS.fullmatch(text):
        name = found[2].lower()[:3]
        return (
            _day(_year(found[3], this_year), MONTHS.index(name) + 1, int(found[1]))
            if name in MONTHS
            else None
        )
    if found := _SERIAL.fullmatch(text):
        serial = int(found[1])
        if FIRST_SERIAL <= serial <= LAST_SERIAL:
            return (FROM_1904 if from_1904 else FROM_1900) + timedelta(days=serial)
    return None


def _year(text: str, this_year: int) -> int:
    """Two figures later than this year's are of the last century (ID-1)."""
    if len(text) == 4:
        return int(text)
    century = this_year // 100 * 100
    return century + int(text) - (100 if int(text) > this_year % 100 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if year >= 1900 else None
