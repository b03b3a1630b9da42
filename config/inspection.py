"""The standards of each inspection framework and what was published elsewhere, each with its mark."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("inspection.toml")
PUBLISHED = Path(__file__).with_name("bradford_2020.csv")
MARKS: Mapping[str, str] = {
    "S": "from the inspection report of January 2020 on Bradford",
    "P": "from its press release",
    "R": "read in another public text",
    "C": "worked out here",
    "K": "general knowledge, not checked against the published standards",
}


@dataclass(frozen=True)
class FrameworkWords:
    """A framework in words: when it was used, whether it has a total, how sure we are of it."""

    key: str
    title: str
    used: str
    mark: str
    scored: bool
    note: str


@dataclass(frozen=True)
class StandardWords:
    """A standard of a framework; without key questions it is rated by judgement."""

    key: str
    domain: int
    title: str
    questions: Mapping[str, str]
    in_total: bool

    @property
    def name(self) -> str:
        """'3.1 Out-of-court disposals: assessment'."""
        return f"{self.key} {self.title}" if self.key[:1].isdigit() else self.title


@dataclass(frozen=True)
class Comparator:
    """What was found elsewhere: never what is typical."""

    where: str
    found: str
    mark: str


@cache
def _read() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def frameworks() -> Mapping[str, FrameworkWords]:
    """Every framework by its key, the oldest first."""
    return {key: FrameworkWords(key=key, **row) for key, row in _read()["frameworks"].items()}


@cache
def standards(framework: str) -> tuple[StandardWords, ...]:
    """The standards of a framework, in order."""
    return tuple(
        StandardWords(
            key=row["key"],
            domain=row["domain"],
            title=row["title"],
            questions={f"{row['key']}.{n}": says for n, says in enumerate(row.get("questions", ()), 1)},
            in_total=row.get("in_total", True),
        )
        for row in _read()["standards"]
        if framework in row["frameworks"]
    )


def standard_called(framework: str, said: str) -> StandardWords | None:
    """The standard that somebody calls '3.1', '3.1 Assessment' or, where it has no number, by its title."""
    words = said.casefold().split()
    for one in standards(framework):
        title = one.name.casefold().split()
        if words[:1] == [one.key.casefold()] or words[: len(title)] == title:
            return one
    return None


@cache
def comparators() -> tuple[Comparator, ...]:
    """What was found elsewhere."""
    return tuple(Comparator(**row) for row in _read()["comparators"])


@cache
def published() -> Mapping[str, int]:
    """Per cent of each key question in the inspection of Bradford in 2020 (framework of 2018)."""
    with PUBLISHED.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row["key_question"]: int(row["percent_yes"]) for row in rows if row["percent_yes"]}


@cache
def published_ratings() -> Mapping[str, str]:
    """The rating of each standard in that inspection."""
    with PUBLISHED.open(newline="", encoding="utf-8") as file:
        return {row["standard"].split()[0]: row["standard_rating"] for row in csv.DictReader(file)}
