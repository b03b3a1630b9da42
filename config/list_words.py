"""Words by which the columns of a force's list, and the words in its cells, are recognised."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("list_words.toml")
_SIGNS = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Small letters and digits with one space between words: how two headings or words are compared."""
    return _SIGNS.sub(" ", text.lower()).strip()


@cache
def headings() -> Mapping[str, str]:
    """The field that each known heading stands for."""
    return {plain(said): name for name, words in _read()["headings"].items() for said in words}


@cache
def values(field: str) -> Mapping[str, str]:
    """What each known word in the cells of a field stands for; nothing for a field without such words."""
    known = _read().get(field, {})
    return {plain(said): value for value, words in known.items() for said in words}


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
