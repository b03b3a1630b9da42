"""Why the police decide otherwise than the panel: a local list of coded reasons (PAN-2)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("rulings.toml")


@dataclass(frozen=True)
class PoliceReason:
    """One reason, offered from `since` until `until`."""

    key: str
    says: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the reason may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def _list() -> tuple[PoliceReason, ...]:
    with LIST.open("rb") as file:
        return tuple(PoliceReason(**row) for row in tomllib.load(file)["police"])


def police_reasons(on: date) -> tuple[PoliceReason, ...]:
    """The reasons that may be chosen on a day, in the order of the file."""
    return tuple(reason for reason in _list() if reason.holds(on))


def police_reason(key: str) -> PoliceReason:
    """One reason by its key, also one that has ended. KeyError for one that never was."""
    return {reason.key: reason for reason in _list()}[key]
