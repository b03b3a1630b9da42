"""Local lists of coded reasons: each offered from its first day to its last, and never deleted."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Code:
    """One reason, offered from `since` until `until`; `page` is where what it says is put right."""

    key: str
    says: str
    since: date
    page: str = ""
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the reason may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class CodedList:
    """One table of one file in this folder, in the order of the file."""

    file: str
    table: str

    def codes(self, on: date) -> tuple[Code, ...]:
        """The reasons that may be chosen on a day."""
        return tuple(code for code in _read(self.file)[self.table] if code.holds(on))

    def code(self, key: str) -> Code:
        """One reason by its key, also one that has ended. KeyError for one that never was."""
        return {code.key: code for code in _read(self.file)[self.table]}[key]


@cache
def _read(file: str) -> dict[str, tuple[Code, ...]]:
    with (FOLDER / file).open("rb") as toml:
        return {table: tuple(Code(**row) for row in rows) for table, rows in tomllib.load(toml).items()}


# Why the panel puts a case off.
DEFERRALS = CodedList("deferrals.toml", "reason")
# Why the police decide otherwise than the panel (PAN-2).
POLICE_REASONS = CodedList("rulings.toml", "police")
# Why a referral is sent back, or turned down.
SENT_BACK = CodedList("returns.toml", "send_back")
TURNED_DOWN = CodedList("returns.toml", "reject")
# Why the day on which a disposal is given is moved.
RESCHEDULES = CodedList("reschedules.toml", "reason")
# Why a disposal was given without the YOT, although the joint policy asks for it (YC-5, YCC-2).
EXCEPTIONS = CodedList("exceptions.toml", "reason")
