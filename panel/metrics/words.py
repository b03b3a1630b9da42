"""Values and lists of the metrics in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from panel.codes.queries import ethnicities
from workflows.quarters import Quarter
from workflows.vocabulary import Gender, Outcome
from workflows.vocabulary import words as said_of

BY = {
    "outcome": "Disposal",
    "gender": "Gender",
    "ethnicity": "Ethnic group",
    "age": "Age",
    "care": "Care status",
}
CARE = {"looked_after": "Looked after", "not_looked_after": "Not looked after"}
KINDS: dict[str, type[StrEnum]] = {"outcome": Outcome, "gender": Gender}
SIDES = {"failing": "To look at", "passing": "In order", "excluded": "Left out"}


def named(db: Session, by: str, day: Any) -> Mapping[str, str]:
    """The words of the values of a breakdown that have a list."""
    if by == "ethnicity":
        return ethnicities(db, day)
    if by in KINDS:
        return {one.value: said_of(one) for one in KINDS[by]}
    return CARE if by == "care" else {}


def can_be(by: str, value: str) -> bool:
    """Whether a breakdown may have this value; a code that a list of the past had is not refused."""
    if not value or by == "ethnicity":
        return True
    if by == "age":
        return value.isascii() and value.isdigit() and len(value) < 3
    return value in (list(CARE) if by == "care" else [one.value for one in KINDS[by]])


def order(by: str, value: str, names: Mapping[str, str]) -> tuple[bool, int, str]:
    """The place of a value among the others: as its list has it or by age, what is not recorded last."""
    listed = list(names)
    if by == "age":
        return not value, int(value) if value.isdigit() else 0, value
    return not value, listed.index(value) if value in listed else len(listed), value


def value_words(by: str, value: str, names: Mapping[str, str]) -> str:
    """One value in words."""
    if not value:
        return "None yet" if by == "outcome" else "Not recorded"
    return f"{value} years old" if by == "age" else names.get(value, value)


def short(quarter: Quarter) -> str:
    """'Jul–Sep 26': a quarter beside a bar."""
    return f"{quarter.first:%b}–{quarter.last:%b %y}"
