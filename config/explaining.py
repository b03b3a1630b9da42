"""How a disposal is explained: groups of topics, what the child says back, and the ways of explaining."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("explaining.toml")


@dataclass(frozen=True)
class Group:
    """Some topics that are talked about together; `ask` is empty when nothing is to be said back."""

    key: str
    title: str
    topics: tuple[str, ...]
    ask: str = ""


@cache
def _file() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def groups() -> tuple[Group, ...]:
    """The groups in their order."""
    return tuple(Group(**row | {"topics": tuple(row["topics"])}) for row in _file()["group"])


@cache
def methods() -> dict[str, str]:
    """The ways of explaining: their words by their key."""
    return {row["key"]: row["says"] for row in _file()["method"]}
