"""Why two records look like one child, and what speaks against it, in words that a person reads."""

from dataclasses import dataclass

from panel.linkage.dates import whole
from panel.linkage.people import Person, Record, tidy
from workflows.likeness import given_names, home, surnames, whole_name
from workflows.matching import birthdays


@dataclass(frozen=True)
class Said:
    """What fits and what differs."""

    fits: tuple[str, ...]
    differs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """'Same date of birth, last name one letter off, same street.'"""
        said = ", ".join(self.fits) or "nothing fits"
        if self.differs:
            said += "; but " + ", ".join(self.differs)
        return said[:1].upper() + said[1:] + "."


def explain(left: Record, right: Record) -> Said:
    """The words for two records; which of them stands first makes no difference."""
    a, b = tidy(left), tidy(right)
    names = _names(a, b)
    found = [_day(a, b), *names, _sex(a, b), _home(a, b)]
    fits = tuple(words for fit, words in found if words and fit)
    return Said(fits, tuple(words for fit, words in found if words and not fit))


def _day(a: Person, b: Person) -> tuple[bool, str]:
    mine, theirs = whole(a.born), whole(b.born)
    if not mine or not theirs:
        return False, "" if a.born == b.born == "" else "a date of birth is missing or is no day"
    points, words = birthdays(mine, theirs)
    return bool(points), words or "another date of birth"


def _names(a: Person, b: Person) -> list[tuple[bool, str]]:
    first, last = " ".join(a.given), " ".join(a.family)
    other_first, other_last = " ".join(b.given), " ".join(b.family)
    given, given_says = given_names(first, other_first)
    family, family_says = surnames(last, other_last)
    turned = whole_name(first, last, other_first, other_last)
    if turned > given + family:
        return [(True, "first and last name the other way round")]
    missing = "a first name is missing" if not (first and other_first) else "another first name"
    lost = "a last name is missing" if not (last and other_last) else "another last name"
    return [(bool(given), given_says or missing), (bool(family), family_says or lost)]


def _sex(a: Person, b: Person) -> tuple[bool, str]:
    return False, "another sex" if a.sex and b.sex and a.sex != b.sex else ""


def _home(a: Person, b: Person) -> tuple[bool, str]:
    points, words = home((a.address, a.postcode), (b.address, b.postcode))
    if points:
        return True, words
    known = (a.address and b.address) or (a.postcode and b.postcode)
    return False, "another address" if known else ""
