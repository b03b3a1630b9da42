"""Two windows on one page do not overwrite each other: a form carries a mark of what it was made from."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from panel.errors import Stale


def mark_of(values: Mapping[str, Any]) -> int:
    """A number that changes when any of these values does."""
    text = json.dumps(dict(values), sort_keys=True, default=str)
    return zlib.crc32(text.encode())


def expect_mark(saved: Mapping[str, Any], seen: int | None, typed: Mapping[str, Any]) -> None:
    """Raise `Stale` when what is saved has changed since, unless it is what was typed anyway."""
    mark = mark_of(saved)
    if seen != mark and dict(typed) != dict(saved):
        raise Stale({**saved, "version": mark})
