"""A meeting as a file for the calendar (RFC 5545 and 5546): when and where, and nothing else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr

from workflows.calendar import LONDON

MAKER = "-//Out-of-court disposal panel//Panel meeting//EN"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one person's calendar is told; `uid` stays and `sequence` rises from change to change."""

    uid: str
    sequence: int
    cancelled: bool
    summary: str
    held_on: date
    starts_at: time
    minutes: int
    place: str
    link: str
    organizer: str
    attendee: str
    stamped_at: datetime

    @property
    def method(self) -> str:
        """What the calendar is asked to do."""
        return "CANCEL" if self.cancelled else "REQUEST"

    @property
    def starts(self) -> datetime:
        """The start as an instant: the clock on the wall in London, also across its changes."""
        return datetime.combine(self.held_on, self.starts_at, LONDON).astimezone(UTC)


def calendar_file(entry: Entry) -> bytes:
    """The file. Times are instants in UTC, so no calendar has to know when London changes its clocks."""
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.starts + timedelta(minutes=entry.minutes))
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("organizer", f"mailto:{parseaddr(entry.organizer)[1]}")
    event.add("attendee", f"mailto:{entry.attendee}")
    if entry.link:
        event.add("url", entry.link)
    found = Calendar()
    found.add("prodid", MAKER)
    found.add("version", "2.0")
    found.add("method", entry.method)
    found.add_component(event)
    made: bytes = found.to_ical()
    return made
