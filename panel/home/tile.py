"""One tile of a home page, and what has to be known for it."""

from collections.abc import Callable
from dataclasses import dataclass

from panel.counting import Number, up_to


@dataclass(frozen=True)
class Tile:
    """A count that opens the list behind it."""

    count: str
    text: str
    href: str
    hint: str
    tone: str


@dataclass(frozen=True)
class Asked:
    """A tile whose numbers are asked for in one question with those of all others; None is no tile."""

    numbers: tuple[Number, ...]
    tile: Callable[..., Tile | None]


def counting(number: Number, text: str, href: str, hint: str, *, warns: bool = False) -> Asked:
    """A tile of one number; `warns` says that it should count nothing."""
    return Asked((number,), lambda found: Tile(up_to(found), text, href, hint, tone(found, warns=warns)))


def tone(found: int, *, warns: bool = True) -> str:
    """How a tile looks."""
    return "warn" if found and warns else "normal"
