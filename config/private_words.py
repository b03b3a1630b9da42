"""Words that tell a victim about the child's life, from `private_words.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path


def tells_of_life(text: str) -> tuple[str, ...]:
    """What a text tells of the child's life, such as health or school; empty when nothing."""
    plain = text.replace("’", "'")
    return tuple(says for says, pattern in _patterns() if pattern.search(plain))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple((part["says"], _pattern(part["words"])) for part in data["about"])


def _pattern(words: list[str]) -> re.Pattern[str]:
    found = (re.escape(word.strip()) + (r"\b" if word.endswith(" ") else "") for word in words)
    return re.compile(rf"\b(?:{'|'.join(found)})", re.IGNORECASE)
