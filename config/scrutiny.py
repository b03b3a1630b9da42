"""What scrutineers judge: criteria in editions, each from its first day on."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("scrutiny.toml")


@dataclass(frozen=True)
class Criterion:
    """One question to which a scrutineer answers."""

    key: str
    says: str
    since: date


@cache
def _read() -> tuple[Criterion, ...]:
    with FILE.open("rb") as file:
        return tuple(Criterion(**row) for row in tomllib.load(file)["criteria"])


def edition(on: date) -> date:
    """The first day of the edition in force on a day. ValueError before the first one."""
    return max(criterion.since for criterion in _read() if criterion.since <= on)


def criteria(of: date) -> tuple[Criterion, ...]:
    """The criteria of one edition, in order."""
    return tuple(criterion for criterion in _read() if criterion.since == of)
