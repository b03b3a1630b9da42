"""What children, parents and victims are asked at the end: a list that an area may change."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("feedback.toml")
ANSWERS = {"yes": "Yes", "partly": "Partly", "no": "No"}


@dataclass(frozen=True)
class Question:
    """One question, and whom it is for."""

    key: str
    sides: tuple[str, ...]
    text: str
    since: date
    until: date | None = None


@cache
def _all() -> tuple[Question, ...]:
    with FILE.open("rb") as file:
        rows = tomllib.load(file)["question"]
    return tuple(Question(**row | {"sides": tuple(row["sides"])}) for row in rows)


def questions(side: str, on: date) -> tuple[Question, ...]:
    """What one side is asked on a day."""
    return tuple(
        q for q in _all() if side in q.sides and q.since <= on and (q.until is None or on <= q.until)
    )
