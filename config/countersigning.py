"""What managers judge in an assessment and why they give one back: lists that an area may change."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("countersigning.toml")


@dataclass(frozen=True)
class Criterion:
    """One criterion; `question` is the prompt of the inspection framework that it mirrors."""

    key: str
    question: str
    group: str
    short: str
    says: str
    looks_at: tuple[str, ...]
    part: str


@dataclass(frozen=True)
class Reason:
    """One reason for giving an assessment back; `part` is where it is mended."""

    code: str
    says: str
    part: str


@cache
def _read() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every criterion, in the order in which managers judge."""
    return tuple(Criterion(**row | {"looks_at": tuple(row["looks_at"])}) for row in _read()["criteria"])


@cache
def reasons() -> dict[str, Reason]:
    """Every reason by its code."""
    return {row["code"]: Reason(**row) for row in _read()["reasons"]}


def seed() -> str:
    """What the drawing of second readings starts from."""
    return str(_read()["seed"])
