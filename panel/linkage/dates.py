"""Dates of birth as people and systems write them, as eight digits; lenient, because lists are old."""

import re
from datetime import date
from functools import lru_cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([a-z]{3})[a-z]*[\s.,/-]+(\d{4}|\d{2})")
NUMBERED = re.compile(r"(\d{1,4})[\s./-](\d{1,2})[\s./-](\d{1,4})(?:[t\s]+[\d:.]+z?)?")
# A year of two digits beyond this belongs to the century before.
THIS_CENTURY = 30


@lru_cache(maxsize=50_000)
def digits(text: str) -> str:
    """'20100503' for 2010-05-03, 03/05/2010, 20100503 or 3 May 2010; empty when it is no date.

    Eight digits that make no day (19913204) are kept: a slip of the pen is still nearly the right day.
    """
    said = text.strip().casefold()
    if re.fullmatch(r"\d{8}", said):
        return _eight(said)
    if (found := WORDED.fullmatch(said)) and found[2] in MONTHS:
        return _joined(_year(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    if found := NUMBERED.fullmatch(said):
        return _numbered(*found.groups())
    return ""


def _eight(said: str) -> str:
    """Year first, unless only day first makes a day (03052010)."""
    if _day(int(said[:4]), int(said[4:6]), int(said[6:])) is None:
        other = _day(int(said[4:]), int(said[2:4]), int(said[:2]))
        if other is not None and 1900 <= other.year <= 2100:
            return f"{other:%Y%m%d}"
    return said


def _numbered(first: str, second: str, third: str) -> str:
    if len(first) == 4:
        return _joined(int(first), int(second), int(third))
    if len(first) > 2 or len(third) not in (2, 4):
        return ""
    day, month = int(first), int(second)
    if month > 12 >= day:
        day, month = month, day
    return _joined(_year(third), month, day)


def _year(said: str) -> int:
    if len(said) == 4:
        return int(said)
    return int(said) + (2000 if int(said) <= THIS_CENTURY else 1900)


def _joined(year: int, month: int, day: int) -> str:
    return f"{year:04}{month:02}{day:02}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def swapped(born: str) -> str:
    """The same eight digits with day and month the other way round."""
    return born[:4] + born[6:] + born[4:6]


def whole(born: str) -> date | None:
    """The day that eight digits stand for; none when there is no such day."""
    return _day(int(born[:4]), int(born[4:6]), int(born[6:])) if born else None
