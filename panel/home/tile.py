"""One tile of a home page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """A count that opens the list behind it."""

    count: str
    text: str
    href: str
    hint: str
    tone: str
