"""The second reading of a pair that scored well: what a sum of weights cannot see, and people would.

A sum of weights takes twins for one child, because all but one thing fits. So a first name that is another
name, a birthday that is another day and a likeness of nothing but names each keep a pair from being linked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from config.given_names import is_name
from config.nicknames import groups_of
from panel.linkage.dates import whole
from panel.linkage.people import Person, forms
from workflows.likeness import sound

# Names that stand before many names: sharing one of them says little when another name follows.
BEFORE = frozenset(
    ("mohammed", "muhammad", "mohammad", "mohamed", "syed", "abdul", "maria", "anna", "mary", "john")
)
HOME = frozenset(("same", "letters", "alike", "number_and_word"))
DAY = frozenset(("same", "swapped", "digit", "year"))
CODE = frozenset(("same", "letter"))
# A list of at least this many birthdays, half of them before this day, is a list of grown people.
ENOUGH, GROWN = 100, "20000101"


def held_back(a: Person, b: Person, met: Mapping[str, str], *, alone: bool) -> str:
    """Why these two are not linked by a machine, in words; empty when nothing speaks against it.

    `alone`: both are lists of grown people of whom no two share a home, so that nobody's twin is expected.
    """
    home, code, born = met["home"] in HOME, met["postcode"] in CODE, met["born"]
    lives = home or (met["home"] == "unknown" and code)
    crossed = met["given"] == "crossed"
    family = crossed or met["family"] not in ("other", "unknown")
    given = "unknown" if met["given"] in ("unknown", "first_letter", "crossed") else _given(a, b, met)
    if given == "other" or (met["sex"] == "other" and met["given"] not in ("same", "part")):
        certain = alone and born in DAY and lives and met["sex"] != "other" and (family or code)
        return "" if certain else "another first name"
    if born not in DAY and born != "unknown" and not (lives and family and _year_only(a, b)):
        return "" if alone and (family or given == "same") and home and code else "another birthday"
    if born == "unknown":
        if given == "unknown" and not (alone and lives and code and family):
            return "no first name and no birthday to go by"
        return "" if lives and (family or (alone and code)) else "nothing but the name fits"
    if given == "unknown":
        return "" if (family or alone) and (lives or code) else "no first name to go by"
    if met["family"] == "other" and not (crossed or lives or code):
        return "another last name at another address"
    return ""


def _year_only(a: Person, b: Person) -> bool:
    """One year, and one of the two says 1 January, which is written where only the year is known."""
    return a.born[:4] == b.born[:4] and "0101" in (a.born[4:], b.born[4:])


def _given(a: Person, b: Person, met: Mapping[str, str]) -> str:
    """Whether two first names are of one person: same, or other."""
    level = met["given"]
    if level in ("same", "swapped"):
        return "same"
    if level in ("form", "part"):
        return "other" if _only_before(a.given, b.given) else "same"
    mine, theirs = a.given_name, b.given_name
    if _two_names(a.given, b.given):
        return "other"
    near = level in ("letter", "sound") or (level == "alike" and OSA.distance(mine, theirs) <= 2)
    near = near or sound(mine) == sound(theirs) or mine in theirs or theirs in mine
    return "same" if near else "other"


def _two_names(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Ella and Bella: a letter apart, and each a name of its own."""
    # Abdul Rahman and Abdurrahman: whole names are compared where one is written in more words.
    first, second = (mine[0], theirs[0]) if len(mine) == len(theirs) else ("".join(mine), "".join(theirs))
    return is_name(first) and is_name(second) and not groups_of(first) & groups_of(second)


def _only_before(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Muhammad Ali and Muhammad Amin share what many share, and differ in what they are called."""
    left = [word for word in mine if not any(_one_name(word, other) for other in theirs)]
    right = [word for word in theirs if not any(_one_name(word, other) for other in mine)]
    common = {*mine} - {*left}
    return bool(left and right and common) and common <= BEFORE


def _one_name(one: str, two: str) -> bool:
    """One name, a form of it, one letter off, or the first letter of it."""
    if forms((one,)) & forms((two,)):
        return True
    return OSA.distance(one, two) <= 1 or (one[0] == two[0] and 1 in (len(one), len(two)))


def all_alone(people: Sequence[Person]) -> bool:
    """Whether a list is of grown people, (next to) no two of whom have one name and one address.

    Brothers, sisters and twins live together while they are children. Where nobody does, one birthday and one
    address are one person, also under another first name.
    """
    born = sorted(person.born for person in people if whole(person.born))
    if len(born) < ENOUGH or born[len(born) // 2] >= GROWN:
        return False
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in people:
        if person.home and person.family:
            homes[person.address, person.surname].add(person.given_name)
    together = sum(len(names) - 1 for names in homes.values())
    return together * 1_000 <= len(people)
