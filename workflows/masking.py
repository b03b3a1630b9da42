"""Takes out of a text what tells who or where somebody is; a machine proposes, a person clears."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from config.nicknames import alike
from workflows.calendar import age_on

# What gives somebody away whatever the case: written so by nature.
PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("email address", "[an email address]", re.compile(r"[^\s,;<>]+@[^\s,;<>]+")),
    ("postcode", "[a place]", re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)),
    ("telephone number", "[a telephone number]", re.compile(r"\+?\(?\d[\d\s().\-/]{7,}\d")),
    (
        "reference",
        "[a reference]",
        re.compile(r"\b[A-Z]{1,5}\d{0,2}-[A-Z0-9]{6}\b|\b\d{2}[A-Z]{2,3}/\d+/\d{2}\b"),
    ),
    (
        "date",
        "[a day]",
        re.compile(
            r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:january|february|march|april|may|june|july|august|"
            r"september|october|november|december)(?:\s+\d{4})?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
            re.IGNORECASE,
        ),
    ),
)
# Words that stand in names of places and people and say nothing by themselves.
COMMON = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "dr", "the", "and", "of", "at", "in", "on", "for", "near", "with"),
        *("road", "street", "lane", "row", "avenue", "close", "drive", "park", "house", "flat", "station"),
        *("school", "academy", "college", "high", "primary", "home", "shop", "store", "police", "centre"),
        *(
            "not",
            "known",
            "none",
            "room",
            "civic",
            "youth",
            "court",
            "town",
            "city",
            "education",
            "from",
            "bus",
        ),
    }
)
BANDS = ((10, 12), (13, 14), (15, 17))


@dataclass(frozen=True)
class Known:
    """One thing that gives somebody away: what it is called, what stands for it, and how it is written."""

    kind: str
    instead: str
    text: str
    parts: bool = True


def names(kind: str, instead: str, *texts: str) -> list[Known]:
    """Names of people; each of their words alone gives them away too."""
    return [Known(kind, instead, text) for text in texts if text.strip()]


def places(kind: str, instead: str, *texts: str) -> list[Known]:
    """Names of places: as a whole, each part between commas, and each word that is not common."""
    return [Known(kind, instead, text) for text in texts if text.strip()]


def mask(text: str, known: Iterable[Known]) -> str:
    """The text with everything replaced that tells who or where; letter case makes no difference."""
    for _, instead, pattern in _all(known):
        text = pattern.sub(instead, text)
    return text


def tells(text: str, known: Iterable[Known]) -> tuple[str, ...]:
    """What a text still gives away, in words; empty when nothing that is known."""
    return tuple(dict.fromkeys(kind for kind, _, pattern in _all(known) if pattern.search(text)))


def _all(known: Iterable[Known]) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    yield from PATTERNS
    # Long ones first: what is left of a name that was replaced in part would still tell.
    found = {(written, one.kind, one.instead) for one in known for written in _written(one)}
    for written, kind, instead in sorted(found, key=lambda item: (-len(item[0]), item)):
        yield kind, instead, _pattern(written)


def _written(one: Known) -> Iterator[str]:
    whole = one.text.strip()
    yield whole
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", whole)]
    yield from (piece for piece in pieces if len(piece) > 2 and piece.casefold() not in COMMON)
    if one.parts:
        for word in re.findall(r"[^\W\d_][^\W\d_'’]{2,}", whole):
            if word.casefold() not in COMMON:
                yield word
                yield from alike(word.casefold())


def _pattern(written: str) -> re.Pattern[str]:
    # Between the words of a name people write what they like; accents are often left off.
    words = [_loose(word) for word in re.findall(r"\w+", written)]
    return re.compile(r"(?<!\w)" + r"[\W_]*".join(words) + r"(?!\w)", re.IGNORECASE)


def _loose(word: str) -> str:
    plain = "".join(s for s in unicodedata.normalize("NFD", word) if not unicodedata.combining(s))
    return re.escape(word) if plain == word else f"(?:{re.escape(word)}|{re.escape(plain)})"


def age_band(born: date, on: date) -> str:
    """'13 to 14': an age as a band of the ages that a panel deals with."""
    age = age_on(born, on)
    for first, last in BANDS:
        if age <= last:
            return f"{first} to {last}"
    return "18 or over"
