"""How meetings and their seats are called and coloured."""

from datetime import date, time

from panel.referrals.words import Tag
from workflows.calendar import day_date
from workflows.meeting import Reply, Status
from workflows.roles import SEAT_WORDS, Seat

STATUS: dict[Status, Tag] = {
    Status.PLANNED: Tag("Planned", "blue"),
    Status.OPEN: Tag("Open now", "green"),
    Status.CLOSED: Tag("Over", "grey"),
    Status.CANCELLED: Tag("Cancelled", "red"),
}


REPLY: dict[Reply, str] = {
    Reply.NONE: "No answer yet",
    Reply.ACCEPTED: "Comes",
    Reply.DECLINED: "Cannot come",
}
REPLY_COLOUR = {Reply.NONE: "grey", Reply.ACCEPTED: "green", Reply.DECLINED: "orange"}


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


def place_words(location: str, joining: str) -> str:
    """'Room 2', 'Online', 'Room 2 and online'."""
    if not location:
        return "Online"
    return f"{location} and online" if joining else location


def here_words(names: dict[Seat, str]) -> str:
    """'Alan Pike (YOT manager) and Sam Reed (Police) are here.'"""
    said = [f"{name} ({SEAT_WORDS[seat]})" for seat, name in names.items()]
    if not said:
        return "Nobody is here yet."
    start, last = ", ".join(said[:-1]), said[-1]
    return f"{start} and {last} are here." if start else f"{last} is here."


def left_words(cases: int, minutes: int) -> str:
    """'2 cases left, about 12 minutes.'"""
    return f"{count_words(cases, 'case').capitalize()} left, about {minutes} minutes." if cases else ""


def room_words(cases: int, capacity: int) -> str:
    """'7 of 9 places are taken.'"""
    if cases >= capacity:
        return f"The meeting is full: {cases} of {capacity} places are taken."
    return f"{cases or 'None'} of {capacity} places {'is' if cases == 1 else 'are'} taken."


def waiting_words(count: int, area: str, areas: int) -> str:
    """'3 cases are ready or wait for a meeting.'"""
    where = f" in {area}" if areas > 1 else ""
    return (
        f"{count_words(count, 'case').capitalize()}{where} {'waits' if count == 1 else 'wait'} for a meeting."
    )
