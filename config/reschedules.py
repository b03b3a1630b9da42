"""Why the day on which a disposal is given is moved: a local list of coded reasons."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("reschedules.toml")


@dataclass(frozen=True)
class Code:
    """One reason, offered from `since` until `until`."""

    key: str
    says: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the reason may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def _list() -> dict[str, Code]:
    with LIST.open("rb") as file:
        return {row["key"]: Code(**row) for row in tomllib.load(file)["reason"]}


def codes(on: date) -> tuple[Code, ...]:
    """The reasons that may be chosen on a day, in the order of the file."""
    return tuple(code for code in _list().values() if code.holds(on))


def code(key: str) -> Code:
    """One reason by its key, also one that has ended. KeyError for one that never was."""
    return _list()[key]
