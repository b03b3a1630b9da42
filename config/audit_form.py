"""The form of a case audit as data: frameworks, standards, key questions and their prompts."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("audit_form.toml")


@dataclass(frozen=True)
class Framework:
    """One inspection framework; `rated` are the standards that are judged from cases."""

    key: str
    says: str
    since: date
    rated: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True)
class Prompt:
    """One thing to look for; `looks` says what recorded data can show of it."""

    key: str
    question: str
    says: str
    looks: tuple[str, ...]
    seen: bool


@dataclass(frozen=True)
class Question:
    """One key question; `without` is when it does not apply, empty when it always does."""

    key: str
    says: str
    prompts: tuple[Prompt, ...]
    without: str = ""

    @property
    def standard(self) -> str:
        """The standard that it belongs to: 3.1 of 3.1.2."""
        return self.key.rpartition(".")[0]


@dataclass(frozen=True)
class Standard:
    """One standard with its key questions."""

    key: str
    title: str
    says: str
    questions: tuple[Question, ...]


@cache
def _read() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework, the oldest first."""
    return tuple(Framework(**row | {"rated": tuple(row["rated"])}) for row in _read()["framework"])


def framework(key: str) -> Framework:
    """One framework. KeyError for one that there is not."""
    return {one.key: one for one in frameworks()}[key]


@cache
def prompts() -> dict[str, Prompt]:
    """Every prompt by its key, in the order of the form."""
    return {row["key"]: Prompt(**row | {"looks": tuple(row["looks"])}) for row in _read()["prompt"]}


@cache
def form(of: str) -> tuple[Standard, ...]:
    """The standards of a framework with everything in them; empty where its questions were not read."""
    questions = tuple(
        Question(**row, prompts=tuple(p for p in prompts().values() if p.question == row["key"]))
        for row in _read()["question"]
    )
    return tuple(
        Standard(
            row["key"], row["title"], row["says"], tuple(q for q in questions if q.standard == row["key"])
        )
        for row in _read()["standard"]
        if of in row["frameworks"]
    )


def questions(of: str) -> tuple[Question, ...]:
    """The key questions of a framework, in order."""
    return tuple(question for standard in form(of) for question in standard.questions)
