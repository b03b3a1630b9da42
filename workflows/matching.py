"""Are two records of one child? Pure comparison: how much fits, what differs, and what it looks like.

Nothing is ever decided here: a person reads the words and answers (DP-8).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from workflows.likeness import given_names, home, names_of, plain, sound, surnames, whole_name
from workflows.vocabulary import register


class Kind(StrEnum):
    """What two records look like beside each other."""

    SAME = "same"
    POSSIBLE = "possible"
    TWIN = "twin"
    SIBLING = "sibling"
    NONE = "none"


class Verdict(StrEnum):
    """What is known about a pair of records; only `LIKELY` was not said by a person."""

    LIKELY = "likely"
    RELATED = "related"
    DIFFERENT = "different"
    MERGED = "merged"


register(
    (
        (Kind.SAME, "Very likely the same child"),
        (Kind.POSSIBLE, "May be the same child"),
        (Kind.TWIN, "May be a twin"),
        (Kind.SIBLING, "May be a brother or sister"),
        (Kind.NONE, "Another child"),
        (Verdict.LIKELY, "Not looked at yet"),
        (Verdict.RELATED, "Twin, brother or sister"),
        (Verdict.DIFFERENT, "Two children"),
        (Verdict.MERGED, "One child: merged"),
    )
)

NUMBERS = {
    "pnc_id": "PNC ID",
    "cro_number": "CRO number",
    "upn": "UPN",
    "nhs_number": "NHS number",
}
# A strong likeness of a name: the same, a short form, or one letter off.
STRONG, ALIKE = 19, 1
SAME_DAY, SLIP = 40, 28
BY_NUMBER = 100


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is compared of a child."""

    given_name: str
    surname: str
    date_of_birth: date
    other_names: str = ""
    address: str = ""
    postcode: str = ""
    pnc_id: str = ""
    cro_number: str = ""
    upn: str = ""
    nhs_number: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two records beside each other: what they look like, and why, in words."""

    kind: Kind
    score: int
    fits: tuple[str, ...]
    differs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """'Same date of birth, last name one letter off, same address.'"""
        said = ", ".join(self.fits) or "nothing fits"
        return said[:1].upper() + said[1:] + "."


def compare(a: Person, b: Person) -> Comparison:
    """Two records beside each other; the order does not matter."""
    born, day_says = birthdays(a.date_of_birth, b.date_of_birth)
    given, given_says = given_names(a.given_name, b.given_name, a.other_names, b.other_names)
    family, family_says = surnames(a.surname, b.surname, a.other_names, b.other_names)
    swapped = whole_name(a.given_name, a.surname, b.given_name, b.surname)
    if swapped and given + family < swapped:
        given = family = swapped // 2
        given_says, family_says = "first and last name the other way round", ""
    place, place_says = home((a.address, a.postcode), (b.address, b.postcode))
    shared = [words for name, words in NUMBERS.items() if _both(a, b, name) == "same"]
    other = [words for name, words in NUMBERS.items() if _both(a, b, name) == "other"]
    kind = _kind(born, given, family, place)
    if shared:
        kind = Kind.SAME
    elif other and kind is Kind.SAME:
        kind = Kind.POSSIBLE
    said = (day_says, given_says, family_says, place_says)
    fits = (*(f"same {words}" for words in shared), *filter(None, said))
    score = born + given + family + place + BY_NUMBER * len(shared) - 10 * len(other)
    return Comparison(kind, score, fits, _differences(born, given, family, a, b, place, other))


def _kind(born: int, given: int, family: int, place: int) -> Kind:
    strong = given >= STRONG and family >= STRONG
    if born == SAME_DAY and given:
        if strong:
            return Kind.SAME
        return Kind.POSSIBLE if family or given >= STRONG else Kind.NONE
    if born == SAME_DAY and family >= STRONG and place:
        return Kind.TWIN
    if born == SLIP and given and family:
        return Kind.SAME if min(given, family) > STRONG else Kind.POSSIBLE
    if family >= STRONG and place >= 10:
        return Kind.POSSIBLE if given >= STRONG else Kind.SIBLING
    return Kind.NONE


def _differences(
    born: int, given: int, family: int, a: Person, b: Person, place: int, other: list[str]
) -> tuple[str, ...]:
    found = [(not born, "another date of birth"), (not given, "another first name")]
    found += [(not family, "another last name")]
    found += [(bool(not place and a.address and b.address), "another address")]
    return (*(words for differs, words in found if differs), *(f"another {words}" for words in other))


def _both(a: Person, b: Person, name: str) -> str:
    mine, theirs = getattr(a, name), getattr(b, name)
    if not mine or not theirs:
        return "unknown"
    return "same" if mine == theirs else "other"


def birthdays(a: date, b: date) -> tuple[int, str]:
    """How near two dates of birth are: points, and the words that say why."""
    if a == b:
        return SAME_DAY, "same date of birth"
    if b in slips(a):
        if (a.year, a.month, a.day) == (b.year, b.day, b.month):
            return SLIP, "day and month of birth swapped"
        if (a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) == 1:
            return SLIP, "year of birth off by one"
        return SLIP, "one digit of the date of birth off"
    return 0, ""


@lru_cache(maxsize=4096)
def slips(day: date) -> frozenset[date]:
    """The dates that this one could be a slip of: swapped, a year off, one digit off. Works both ways."""
    found = {_date(day.year, day.day, day.month), _date(day.year + 1, day.month, day.day)}
    found.add(_date(day.year - 1, day.month, day.day))
    written = f"{day:%Y%m%d}"
    for place in range(2, 8):
        for digit in "0123456789":
            other = written[:place] + digit + written[place + 1 :]
            found.add(_date(int(other[:4]), int(other[4:6]), int(other[6:])))
    return frozenset(found - {None, day})  # type: ignore[arg-type]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def keys_of(person: Person) -> frozenset[str]:
    """The keys under which a record is filed, so that it can be found by an index."""
    return frozenset(_keys(person, [person.date_of_birth]))


def search_keys(person: Person) -> frozenset[str]:
    """The keys under which a record of the same child, or of a twin or sibling, may be filed."""
    return frozenset(_keys(person, [person.date_of_birth, *slips(person.date_of_birth)]))


def _keys(person: Person, days: Iterable[date]) -> Iterator[str]:
    for name in NUMBERS:
        if number := getattr(person, name):
            yield f"{name}:{number}"
    yield f"born:{person.date_of_birth}"
    number = re.match(r"\d+", plain(person.address))
    if person.postcode and number:
        yield f"home:{plain(person.postcode).replace(' ', '')}:{number.group()}"
    elif person.address:
        yield f"home:{plain(person.address)}"[:80]
    sounds = {sound(word) for word in names_of(person.given_name, person.surname, person.other_names)}
    yield from (f"{heard[:40]}@{day}" for heard in sounds - {""} for day in days)
