"""How meetings and their seats are called and coloured."""

from datetime import date, time

from panel.referrals.words import Tag
from workflows.calendar import day_date
from workflows.meeting import Status
from workflows.roles import SEAT_WORDS, Seat

STATUS: dict[Status, Tag] = {
    Status.PLANNED: Tag("Planned", "blue"),
    Status.OPEN: Tag("Open now", "green"),
    Status.CLOSED: Tag("Over", "grey"),
    Status.CANCELLED: Tag("Cancelled", "red"),
}


def when_words(held_on: date, starts_at: time) -> str:
    """'Tuesday 24 November 2026 at 10:00'."""
    return f"{day_date(held_on)} at {starts_at:%H:%M}"


def count_words(count: int, thing: str) -> str:
    """'1 case', '2 cases', 'no cases'."""
    return f"{count or 'no'} {thing}{'' if count == 1 else 's'}"


def quorum_words(missing: tuple[Seat, ...]) -> str:
    """Whether the panel may decide, in one sentence."""
    if not missing:
        return "The panel is complete."
    return f"Missing: {', '.join(SEAT_WORDS[seat].lower().replace('yot', 'YOT') for seat in missing)}."
