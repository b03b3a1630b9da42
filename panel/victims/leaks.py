"""Finds what would tell a reader who the victim is, or where: that never reaches the panel."""

import re

from panel.victims.models import Victim

EMAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
TELEPHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{4,}\d")
# Titles and the like, which say nothing of who a person is.
COMMON = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "the", "and", "van", "von", "der", "den"})


def leaks(text: str, victim: Victim) -> tuple[str, ...]:
    """What of the victim a text gives away, in words; letter case and spaces make no difference."""
    found = []
    if _names(text, victim):
        found.append("name")
    if any(_squeezed(part) in _squeezed(text) for part in EMAIL.findall(victim.contact)):
        found.append("email address")
    if any(number in _digits(text) for number in _telephones(victim.contact)):
        found.append("telephone number")
    if any(_squeezed(part) in _squeezed(text) for part in _places(victim.contact)):
        found.append("address")
    return tuple(found)


def _names(text: str, victim: Victim) -> bool:
    whole = _squeezed(victim.name)
    if whole and whole in _squeezed(text):
        return True
    # A first name alone also names a person; of a business it may be just the name of the town.
    parts = [] if victim.is_business else re.findall(r"[^\W\d_][\w'’-]{2,}", victim.name)
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in parts if part.casefold() not in COMMON)


def _telephones(contact: str) -> list[str]:
    """The numbers without country code and leading 0, so that every way of writing them is found."""
    written = [_digits(number) for number in TELEPHONE.findall(contact)]
    numbers = [re.sub(r"^(\+44|0044)?0?", "", number).lstrip("+") for number in written]
    return [number for number in numbers if len(number) >= 5]


def _places(contact: str) -> list[str]:
    """Postcodes, and the parts between commas that have letters and a number, such as a house in a street."""
    lines = [part.strip() for part in re.split(r"[,;\n]", contact)]
    houses = [
        p for p in lines if re.search(r"\d", p) and re.search(r"[^\W\d_]{3,}", p) and not EMAIL.search(p)
    ]
    return [*POSTCODE.findall(contact), *houses]


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _digits(text: str) -> str:
    """The text without what people put between digits."""
    return re.sub(r"[\s().\-/]", "", text)
