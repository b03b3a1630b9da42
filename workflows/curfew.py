"""Curfew checks: what the neighbourhood team found at the door (CON-6)."""

from enum import StrEnum

from workflows.vocabulary import register


class Found(StrEnum):
    """What a check found."""

    IN = "in"
    NOT_IN = "not_in"
    NOT_CHECKED = "not_checked"


register(
    (
        (Found.IN, "The child was in"),
        (Found.NOT_IN, "The child was not in"),
        (Found.NOT_CHECKED, "It could not be checked"),
    )
)
