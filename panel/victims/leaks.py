"""Finds what would tell a reader who a victim is, or where: that never reaches the panel."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panel.victims.models import Victim, VictimContact
from workflows.victim import Kind

EMAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
TELEPHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{4,}\d")
# Titles and the like, which say nothing of who a person is.
COMMON = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "the", "and", "van", "von", "der", "den"})


@dataclass(frozen=True)
class Known:
    """All that tells who somebody is and where: their own and that of whoever speaks for them."""

    people: tuple[str, ...] = ()
    business: str = ""
    contact: str = ""
    ways: str = ""


def known(victims: Iterable[Victim], contacts: Mapping[int, VictimContact]) -> list[Known]:
    """What is known of these victims, parents and business contacts included."""
    return [_known(victim, contacts.get(victim.id) or VictimContact()) for victim in victims]


def _known(victim: Victim, contact: VictimContact) -> Known:
    business = victim.kind is Kind.BUSINESS
    people = ("" if business else victim.name, contact.speak_with)
    reach = ", ".join(part for part in (contact.phone, contact.email, contact.address) if part)
    named = tuple(name for name in people if name)
    return Known(named, victim.name if business else "", reach, f"{contact.safe_ways}, {victim.updates_how}")


def leaks(text: str, somebody: Iterable[Known]) -> tuple[str, ...]:
    """What of these people a text gives away, in words; letter case and spaces make no difference."""
    found = [part for person in somebody for part in _leaks(text, person)]
    return tuple(dict.fromkeys(found))


def _leaks(text: str, person: Known) -> list[str]:
    reach = f"{person.contact}, {person.ways}"
    found = []
    if _names(text, person):
        found.append("name")
    if any(_squeezed(part) in _squeezed(text) for part in EMAIL.findall(reach)):
        found.append("email address")
    if any(number in _digits(text) for number in _telephones(reach)):
        found.append("telephone number")
    places = [*POSTCODE.findall(reach), *_houses(person.contact)]
    if any(_squeezed(part) in _squeezed(text) for part in places):
        found.append("address")
    return found


def _names(text: str, person: Known) -> bool:
    wholes = [_squeezed(name) for name in (*person.people, person.business) if name]
    if any(whole in _squeezed(text) for whole in wholes):
        return True
    # A first name alone also names a person; of a business it may be just the name of the town.
    parts = [part for name in person.people for part in _parts(name)]
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in parts if part.casefold() not in COMMON)


def _parts(name: str) -> list[str]:
    """The words of a name; in 'Una Field, shop manager' those with a capital, if there are any."""
    parts = re.findall(r"[^\W\d_][\w'’-]{2,}", name)
    return [part for part in parts if part[0].isupper()] or parts


def _telephones(contact: str) -> list[str]:
    """The numbers without country code and leading 0, so that every way of writing them is found."""
    written = [_digits(number) for number in TELEPHONE.findall(contact)]
    numbers = [re.sub(r"^(\+44|0044)?0?", "", number).lstrip("+") for number in written]
    return [number for number in numbers if len(number) >= 5]


def _houses(contact: str) -> list[str]:
    """The parts between commas that have letters and a number, such as a house in a street."""
    lines = [part.strip() for part in re.split(r"[,;\n]", contact)]
    return [p for p in lines if re.search(r"\d", p) and re.search(r"[^\W\d_]{3,}", p) and not EMAIL.search(p)]


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _digits(text: str) -> str:
    """The text without what people put between digits."""
    return re.sub(r"[\s().\-/]", "", text)
