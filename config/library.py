"""The library of conditions and plan steps, by object; each entry asks its own questions (CON-1, CON-2)."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("library.toml")
GROUPS = {
    "rehabilitative": "Rehabilitative: helps the child to stop offending",
    "reparative": "Reparative: puts something right",
    "punitive": "Punitive: only where the others do not fit",
    "restrictive": "Restrictive: limits where the child may be or whom they may meet",
}


@dataclass(frozen=True)
class Entry:
    """One entry, offered from `since` until `until`.

    `objects` are the lawful purposes that it may have, `kind` what sort of thing it is, `asks` its questions,
    `hints` what stands under them; `example` is a good wording of what the child does.
    """

    key: str
    group: str
    title: str
    kind: str
    objects: tuple[str, ...]
    asks: tuple[str, ...]
    example: str
    since: date
    attends: bool = False
    words: str = ""
    until: date | None = None
    questions: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def holds(self, on: date) -> bool:
        """Whether the entry may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def found_by(self, text: str) -> bool:
        """Whether every word of a search stands in the entry."""
        said = f"{self.title} {self.example} {self.words} {self.group}".lower()
        return all(part in said for part in text.lower().split())


@cache
def _list() -> tuple[Entry, ...]:
    with LIST.open("rb") as file:
        rows = tomllib.load(file)["entry"]
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**row | {name: tuple(row[name]) for name in ("objects", "asks")})


def entries(on: date, *, group: str = "", text: str = "") -> tuple[Entry, ...]:
    """The entries of a group, or of all, that hold on a day and have every word of the text."""
    return tuple(e for e in _list() if e.holds(on) and group in ("", e.group) and e.found_by(text))


def entry(key: str) -> Entry | None:
    """One entry by its key, also one that has ended; None for one that never was."""
    return next((found for found in _list() if found.key == key), None)
