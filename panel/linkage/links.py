"""Two lists held against each other: which line of the one is which line of the other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panel.linkage.judging import all_alone, held_back
from panel.linkage.keys import keys_of, shared
from panel.linkage.people import Person, Record, tidy
from panel.linkage.scoring import scored, shipped

# Two candidates of one person whose weights are not this many bits apart are not told apart by them.
APART = 3.0


@dataclass(frozen=True)
class Pair:
    """Two people who may be one: places in their lists, weight, and what keeps them from being linked."""

    left: int
    right: int
    weight: float
    given: str
    held: str

    @property
    def score(self) -> float:
        """The likelihood that both are one person; a pair that is held back is never beyond a half."""
        likely: float = 1 / (1 + 2.0 ** -min(self.weight, 60.0))
        return round(min(likely, 0.5) if self.held else likely, 4)


@dataclass(frozen=True)
class Link:
    """A line of the one list that is a line of the other."""

    left_id: str
    right_id: str
    score: float


def link(left: Sequence[Record], right: Sequence[Record], *, at_least: float | None = None) -> list[Link]:
    """One-to-one, the best first; neither the order of the lines nor of the lists matters."""
    at_least = shipped()["thresholds"]["link"] if at_least is None else at_least
    turned = _content(right) < _content(left)
    mine, theirs = (
        [tidy(r) for r in sorted(side, key=_line)] for side in ((right, left) if turned else (left, right))
    )
    chosen = one_to_one([p for p in pairs(mine, theirs) if p.score >= at_least], mine, theirs)
    found = [(mine[pair.left].id, theirs[pair.right].id, pair.score) for pair in chosen]
    links = [Link(b, a, score) if turned else Link(a, b, score) for a, b, score in found]
    return sorted(links, key=lambda each: (each.left_id, each.right_id))


def _line(record: Record) -> tuple[str, ...]:
    return (
        record.id,
        record.given_name,
        record.surname,
        record.date_of_birth,
        record.address,
        record.postcode,
    )


def _content(records: Iterable[Record]) -> list[tuple[str, ...]]:
    return sorted(_line(record) for record in records)


def pairs(left: list[Person], right: list[Person]) -> list[Pair]:
    """Every pair that is more likely one person than a third, the best first."""
    keys = [keys_of(person) for person in left], [keys_of(person) for person in right]
    asked = shared(*keys)
    kept = [own & asked for own in keys[0]], [own & asked for own in keys[1]]
    alone = all_alone(left) and all_alone(right)
    found = []
    for mine, theirs, weight, met in scored(left, right, kept, shipped()["weights"], at_least=-1.0):
        held = held_back(left[mine], right[theirs], met, alone=alone)
        found.append(Pair(mine, theirs, weight, met["given"], held))
    return sorted(found, key=lambda pair: (-pair.weight, left[pair.left].id, right[pair.right].id))


def one_to_one(found: Sequence[Pair], left: Sequence[Person], right: Sequence[Person]) -> list[Pair]:
    """The best pairs in which nobody stands twice; who cannot be told from a rival stays alone."""
    chosen: list[Pair] = []
    waiting = list(found)
    while waiting:
        by_left, by_right = defaultdict(list), defaultdict(list)
        for pair in waiting:
            by_left[pair.left].append(pair)
            by_right[pair.right].append(pair)
        taken = [
            pair
            for pair in waiting
            if by_left[pair.left][0] is pair is by_right[pair.right][0]
            and not any(
                _rival(pair, other, right[pair.right], right[other.right]) for other in by_left[pair.left][1:]
            )
            and not any(
                _rival(pair, other, left[pair.left], left[other.left]) for other in by_right[pair.right][1:]
            )
        ]
        if not taken:
            return chosen
        chosen += taken
        mine, theirs = {pair.left for pair in taken}, {pair.right for pair in taken}
        waiting = [pair for pair in waiting if pair.left not in mine and pair.right not in theirs]
    return chosen


def _rival(best: Pair, other: Pair, one: Person, two: Person) -> bool:
    """Whether another candidate fits as well, and is not the same child listed twice."""
    near = best.weight - other.weight < APART and best.given == other.given
    return near and not (one.given == two.given and one.born == two.born)
