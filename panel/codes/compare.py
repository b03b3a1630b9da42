"""What a file would change in a list: told before it is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass

from panel.codes.models import CodeRow
from panel.codes.shapes import Entry

MOST_NAMED = 10


@dataclass(frozen=True)
class Change:
    """One sort of change: how many codes, and the first of them by name."""

    title: str
    count: int
    examples: tuple[str, ...]


def differences(entries: Sequence[Entry], rows: Sequence[CodeRow]) -> tuple[Change, ...]:
    """New, changed and missing codes of a file beside the version that it follows."""
    before = {(row.part, row.code): (row.title, dict(row.details)) for row in rows}
    after = {(entry.part, entry.code): (entry.title, dict(entry.details)) for entry in entries}
    sorts = {
        "New": [key for key in after if key not in before],
        "Changed": [key for key in after if key in before and after[key] != before[key]],
        "No longer in the list": [key for key in before if key not in after],
    }
    both = before | after
    return tuple(
        Change(title, len(keys), tuple(_named(key, both[key][0]) for key in keys[:MOST_NAMED]))
        for title, keys in sorts.items()
    )


def _named(key: tuple[str, str], title: str) -> str:
    part, code = key
    return f"{part} {code}: {title}".strip(" :") if part else f"{code}: {title}"
