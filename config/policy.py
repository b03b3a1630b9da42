"""Policy figures: what a committee could change, with its source and the day from which it holds."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Value = int | str | tuple[str, ...]
Strength = Literal["hard", "soft", "configure"]
Book = Mapping[str, tuple["Figure", ...]]

FOLDER = Path(__file__).parent / "policy"
UNITS = frozenset(
    {
        "working days",
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "minutes",
        "pounds",
        "characters",
        "attempts",
        "children",
        "roles",
        "papers",
        "points",
        "words",
        "per cent",
        "pairs",
        "cases",
        "meetings",
    }
)
_TEXTS = ("unit", "says", "rule", "source", "strength")
_FIELDS = frozenset({"value", "since", "starts", *_TEXTS})


class PolicyError(Exception):
    """A policy file is wrong, or a figure is asked for a day or in a shape that it does not have."""


@dataclass(frozen=True)
class Figure:
    """One figure as it holds from `since` on; `starts` names the event that a clock runs from."""

    key: str
    value: Value
    unit: str
    says: str
    rule: str
    source: str
    strength: Strength
    since: date
    starts: str = ""


def figure(key: str, on: date) -> Figure:
    """The figure in force on a day. KeyError: no such key. PolicyError: a day before its first entry."""
    book = _book()
    if key not in book:
        raise KeyError(f"no policy figure {key!r}; known: {', '.join(sorted(book))}")
    return pick(book[key], on)


def pick(entries: tuple[Figure, ...], on: date) -> Figure:
    """The newest entry that holds on a day; `entries` by `since`. PolicyError if none holds yet."""
    held = [entry for entry in entries if entry.since <= on]
    if not held:
        first = entries[0]
        raise PolicyError(f"{first.key} has no entry for {on}: its first begins on {first.since}")
    return held[-1]


def number(key: str, on: date) -> int:
    """The value of a figure in its own unit. PolicyError if it is not a whole number."""
    value = figure(key, on).value
    if not isinstance(value, int):
        raise PolicyError(f"{key} is not a number but {value!r}")
    return value


def names(key: str, on: date) -> tuple[str, ...]:
    """The value of a figure that lists names. PolicyError if it is not a list."""
    value = figure(key, on).value
    if not isinstance(value, tuple):
        raise PolicyError(f"{key} is not a list but {value!r}")
    return value


def all_figures() -> tuple[Figure, ...]:
    """Every entry of every figure, past ones too, by key and then by day."""
    book = _book()
    return tuple(entry for key in sorted(book) for entry in book[key])


def read_folder(folder: Path) -> Book:
    """Reads and checks every TOML file of a folder. PolicyError names the file and the key that is wrong."""
    book: dict[str, tuple[Figure, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        for key, entries in _tables(path).items():
            if key in book:
                raise PolicyError(f"{path.name}: {key}: is already in another file")
            book[key] = _history(path.name, key, entries)
    if not book:
        raise PolicyError(f"{folder}: no policy figures found")
    return book


@cache
def _book() -> Book:
    return read_folder(FOLDER)


def _tables(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: cannot be read as TOML: {error}") from error


def _history(file: str, key: str, entries: object) -> tuple[Figure, ...]:
    rows = entries if isinstance(entries, list) else [entries]
    figures = sorted((_entry(file, key, row) for row in rows), key=lambda entry: entry.since)
    if not figures or len({entry.since for entry in figures}) < len(figures):
        raise PolicyError(f"{file}: {key}: each entry needs its own `since`")
    return tuple(figures)


def _entry(file: str, key: str, row: object) -> Figure:
    def wrong(what: str) -> PolicyError:
        return PolicyError(f"{file}: {key}: {what}")

    if not isinstance(row, dict):
        raise wrong("is not a table")
    if strange := sorted(set(row) - _FIELDS):
        raise wrong(f"unknown field {strange[0]}")
    for name in _TEXTS:
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise wrong(f"{name} is missing")
    if row["unit"] not in UNITS:
        raise wrong(f"unit {row['unit']!r} is not one of {', '.join(sorted(UNITS))}")
    if row["strength"] not in get_args(Strength):
        raise wrong(f"strength {row['strength']!r} is not one of {', '.join(get_args(Strength))}")
    # A TOML date-time is a `date` too, but cannot be compared with one.
    if type(row.get("since")) is not date:
        raise wrong("since is missing or not a date")
    if not isinstance(row.get("starts", ""), str):
        raise wrong("starts is not text")
    value = _value(row.get("value"))
    if value is None:
        raise wrong("value is missing, or not a whole number above 0, a text or a list of texts")
    return Figure(
        key,
        value,
        row["unit"],
        row["says"],
        row["rule"],
        row["source"],
        row["strength"],
        row["since"],
        row.get("starts", ""),
    )


def _value(raw: object) -> Value | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw if raw > 0 else None
    if isinstance(raw, str):
        return raw.strip() or None
    if isinstance(raw, list) and raw and all(isinstance(item, str) and item for item in raw):
        return tuple(raw)
    return None
