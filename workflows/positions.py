"""When one member's position may be read by the others, as the panel's policy says (PAN-5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.policy import PolicyError, figure


class Visible(StrEnum):
    """What the policy may say."""

    AT_ONCE = "at once"
    AFTER_MINE = "when I have spoken"
    AFTER_ALL = "when all have spoken"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: have they spoken themselves, and has everybody who must?"""

    has_spoken: bool
    all_spoken: bool


READS: dict[Visible, Callable[[Reader], bool]] = {
    Visible.AT_ONCE: lambda reader: True,
    Visible.AFTER_MINE: lambda reader: reader.has_spoken or reader.all_spoken,
    Visible.AFTER_ALL: lambda reader: reader.all_spoken,
}


def policy(on: date) -> Visible:
    """What holds on a day. PolicyError when the figure says something else."""
    value = figure("positions_visible", on).value
    try:
        return Visible(str(value))
    except ValueError as error:
        raise PolicyError(f"positions_visible cannot be {value!r}") from error


def may_read(on: date, reader: Reader, *, own: bool) -> bool:
    """Whether this reader may read a position now; one's own, and what one wrote down, always."""
    return own or READS[policy(on)](reader)
