"""Why a referral is sent back or turned down: a local list of coded reasons."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

LIST = Path(__file__).with_name("returns.toml")
ReasonKind = Literal["send_back", "reject"]


@dataclass(frozen=True)
class Code:
    """One reason, offered from `since` until `until`; `page` is where it is put right."""

    key: str
    says: str
    since: date
    page: str = ""
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the reason may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def _list() -> dict[str, tuple[Code, ...]]:
    with LIST.open("rb") as file:
        return {kind: tuple(Code(**row) for row in rows) for kind, rows in tomllib.load(file).items()}


def codes(kind: ReasonKind, on: date) -> tuple[Code, ...]:
    """The reasons that may be chosen on a day, in the order of the file."""
    return tuple(code for code in _list()[kind] if code.holds(on))


def code(kind: ReasonKind, key: str) -> Code:
    """One reason by its key, also one that has ended. KeyError for one that never was."""
    return {found.key: found for found in _list()[kind]}[key]
