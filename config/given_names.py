"""First names that are names of their own: one letter apart, two of them are two people and no slip."""

import tomllib
from functools import cache
from pathlib import Path

from config.nicknames import groups_of

FILE = Path(__file__).parent / "given_names.toml"


def is_name(word: str) -> bool:
    """Whether a word in small letters without accents is a first name that we know."""
    return word in _names() or bool(groups_of(word))


@cache
def _names() -> frozenset[str]:
    lists = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return frozenset(name for names in lists.values() for name in names.split())
