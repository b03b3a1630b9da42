"""The keys by which two records come to be compared at all: several, so that no single slip hides a pair."""

from collections import Counter
from collections.abc import Iterator, Sequence

from panel.linkage.dates import swapped
from panel.linkage.people import Person, forms
from workflows.likeness import sound

# A key that brings more pairs than this tells nothing; the other keys of the two find them.
MOST_PAIRS = 12_000


def keys_of(person: Person) -> frozenset[str]:
    """Every key of a record; the sides do not matter."""
    return frozenset(_keys(person))


def _keys(person: Person) -> Iterator[str]:
    given, family = _heard(person.given), _heard(person.family)
    names = given | family
    if born := person.born:
        yield f"born {born}"
        yield from (f"{name} {born[:4]}" for name in names)
        yield from (f"{name} {day}" for name in names for day in {born[4:], swapped(born)[4:]})
    if person.postcode:
        yield from (f"{name} {person.postcode}" for name in names)
        if person.number:
            yield f"home {person.number} {person.postcode}"
        if born:
            yield f"born {born[:4]} {person.postcode}"
    yield from (" ".join(sorted((first, last))) for first in given for last in family)
    if person.number:
        words = [word for word in person.home if word.isalpha() and len(word) > 3]
        yield from (f"street {person.number} {sound(word)}" for word in words[:3])
        yield from (f"{name} at {person.number}" for name in names)


def _heard(words: Sequence[str]) -> frozenset[str]:
    whole = "".join(words)
    parts = {*words, whole} if whole else set()
    return frozenset(sound(part) for part in parts if len(part) > 1) - {""} | forms(tuple(words))


def shared(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> frozenset[str]:
    """The keys that both lists have and that are worth asking."""
    mine, theirs = (Counter(key for keys in side for key in keys) for side in (left, right))
    return frozenset(key for key in mine.keys() & theirs.keys() if mine[key] * theirs[key] <= MOST_PAIRS)
