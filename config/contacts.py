"""Why an appointment was missed, excused, cancelled or moved: a local list of coded reasons."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

LIST = Path(__file__).with_name("contacts.toml")
Fault = Literal["child", "family", "ours", "agency", "nobody"]
FAULT_WORDS: dict[Fault, str] = {
    "child": "the child's",
    "family": "the family's",
    "ours": "ours",
    "agency": "another agency's",
    "nobody": "nobody's",
}


@dataclass(frozen=True)
class Reason:
    """One reason, offered from `since` until `until` for the ends in `used_for`."""

    key: str
    says: str
    used_for: tuple[str, ...]
    fault: Fault
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        """ValueError for a fault that is nobody's word."""
        if self.fault not in get_args(Fault):
            raise ValueError(f"{self.key}: {self.fault!r} is not one of {', '.join(get_args(Fault))}")

    def holds(self, on: date) -> bool:
        """Whether the reason may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def _list() -> dict[str, Reason]:
    with LIST.open("rb") as file:
        rows = tomllib.load(file)["reason"]
    return {row["key"]: Reason(**row | {"used_for": tuple(row["used_for"])}) for row in rows}


def reasons(used_for: str, on: date) -> tuple[Reason, ...]:
    """The reasons that may be chosen for an end on a day, in the order of the file."""
    return tuple(r for r in _list().values() if r.holds(on) and used_for in r.used_for)


def reason(key: str) -> Reason:
    """One reason by its key, also one that has ended. KeyError for one that never was."""
    return _list()[key]
