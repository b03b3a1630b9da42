"""What can go wrong for a person, as values that the error pages know how to explain."""

from typing import Any

from werkzeug.exceptions import NotFound


class Missing(NotFound):
    """There is no such thing, or it is a stranger's: nobody can tell which."""


class ShutOut(Exception):
    """The person has declared a conflict of interest in this case, or the chair recorded one for them."""

    def __init__(self, reference: str) -> None:
        super().__init__("has a conflict of interest in this case")
        self.reference = reference


class Stale(Exception):
    """Somebody else changed the row after the page was shown; `saved` is what stands there now."""

    def __init__(self, saved: dict[str, Any] | None = None) -> None:
        super().__init__("changed by somebody else")
        self.saved = saved or {}


def expect_version(row: Any, seen: int | None, saved: dict[str, Any] | None = None) -> None:
    """Raise `Stale` unless the row still has the version that the form was made from."""
    if row.version != seen:
        raise Stale(saved)
