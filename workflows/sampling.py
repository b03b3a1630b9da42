"""A random sample that anybody can draw again: from a list, a size and a seed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

Listed = Sequence[tuple[int, str]]


def digest_of(listed: Listed) -> str:
    """SHA-256 of the list that a sample is drawn from, whatever its order."""
    text = json.dumps(sorted([key, stratum] for key, stratum in listed), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def size_of(population: int, *, size: int | None, per_cent: int | None) -> int:
    """How many to draw: the size or the share, rounded up, never above the population."""
    wanted = size if size is not None else -(-population * (per_cent or 0) // 100)
    return min(population, max(wanted, 0))


def order_of(listed: Listed, seed: str) -> dict[str, list[int]]:
    """For each stratum its keys in the order in which they are drawn; later ones are the replacements."""
    strata: dict[str, list[int]] = defaultdict(list)
    for key, stratum in listed:
        strata[stratum].append(key)
    return {name: sorted(keys, key=lambda key: _rank(seed, key)) for name, keys in sorted(strata.items())}


def quotas(counts: Mapping[str, int], size: int, seed: str) -> dict[str, int]:
    """The places of each stratum: its share rounded down, the rest to the largest fractions by seeded lot."""
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 0)
    shares = {name: Fraction(size * count, total) for name, count in counts.items()}
    given = {name: int(share) for name, share in shares.items()}
    by_fraction = sorted(shares, key=lambda name: (given[name] - shares[name], _rank(seed, name)))
    for name in by_fraction[: size - sum(given.values())]:
        given[name] += 1
    return given


def draw(listed: Listed, size: int, seed: str) -> list[int]:
    """The keys of the sample; the same list, size and seed give the same sample.

    Each stratum's part is within one of its share. ValueError when the size exceeds the list.
    """
    if not 0 <= size <= len(listed):
        raise ValueError("a sample is no larger than what it is drawn from")
    ordered = order_of(listed, seed)
    places = quotas({name: len(keys) for name, keys in ordered.items()}, size, seed)
    return [key for name, keys in ordered.items() for key in keys[: places[name]]]


def _rank(seed: str, key: object) -> str:
    # A digest and not `random`: the order must not depend on the version of a library.
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()
