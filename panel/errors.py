"""What can go wrong for a person, as values that the error pages know how to explain."""

from typing import Any

from werkzeug.exceptions import NotFound


class Missing(NotFound):
    """There is no such thing, or it is a stranger's: nobody can tell which."""


class ShutOut(Exception):
    """Takes no part in this case: for a conflict of interest, or for what they were in it (`was`)."""

    def __init__(self, reference: str, was: tuple[str, ...] = ()) -> None:
        super().__init__("takes no part in this case")
        self.reference, self.was = reference, was


class Stale(Exception):
    """Somebody else changed the row after the page was shown; `saved` is what stands there now."""

    def __init__(self, saved: dict[str, Any] | None = None) -> None:
        super().__init__("changed by somebody else")
        self.saved = saved or {}


def expect_version(row: Any, seen: int | None, saved: dict[str, Any] | None = None) -> None:
    """Raise `Stale` unless the row still has the version that the form was made from."""
    if row.version != seen:
        raise Stale(saved)
