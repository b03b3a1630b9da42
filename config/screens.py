"""The questions of the screens and of the child's own page, as they stand in `screens.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("screens.toml")


@dataclass(frozen=True)
class Question:
    """One question; `choices` are its answers in their order, empty where the page gives its own."""

    key: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Questions:
    """A list of questions with its source and what to bear in mind."""

    source: str
    note: str
    items: tuple[Question, ...]


@cache
def questions(name: str) -> Questions:
    """One list. KeyError for a name that is not in the file."""
    found = _file()[name]
    return Questions(found["source"], found.get("note", ""), tuple(_items(found["questions"])))


@cache
def _file() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _items(raw: Any) -> list[Question]:
    if isinstance(raw, dict):
        return [Question(key, text) for key, text in raw.items()]
    return [Question(f"q{n}", row["text"], tuple(row["choices"])) for n, row in enumerate(raw, 1)]
