"""Which invented cases there are: where each one has got to and what is special about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from panel.demo.stories import KINDS, OUTCOMES, Kind, Person, person
from workflows.calendar import add_working_days, is_working_day
from workflows.case import Status
from workflows.source import Source
from workflows.vocabulary import Outcome

TUESDAY = 1
# How far each recent case has got and how many working days ago it was sent, per area: (north, south).
RECENT: tuple[tuple[Status, tuple[int, ...], tuple[int, ...]], ...] = (
    (Status.DRAFT, (1, 2), (1,)),
    (Status.SUBMITTED, (1, 2, 12), (1,)),
    (Status.SENT_BACK, (3, 8), (4,)),
    (Status.ACCEPTED, (3, 5, 9, 14, 16), (6, 13)),
    (Status.ASSESSED, (11, 12, 18), (12,)),
    (Status.LISTED, (12, 13, 13, 13, 14, 14, 15, 15, 16), (14,)),
    (Status.DEFERRED, (24,), (25,)),
    (Status.DECIDED, (18, 19, 20, 34), (19,)),
    (Status.GIVEN, (30, 32, 45), (33,)),
    (Status.NOTIFIED, (30, 34, 38, 41, 44, 48, 52, 55, 60, 64), (35, 42, 50, 58)),
    (Status.WITHDRAWN, (22, 70), (60,)),
    (Status.REJECTED, (21,), (26,)),
)
# By their number in the list above: cases that did not come as a referral of the police, per area.
SOURCES: tuple[dict[int, Source], dict[int, Source]] = (
    {3: Source.COURT, 8: Source.PRE_CHARGE, 9: Source.LIAISON, 10: Source.TRANSFER, 13: Source.COURT},
    {3: Source.COURT, 4: Source.TRANSFER},
)
# A draft that is half written, and a referral that was sent back and has come again.
SECOND_GO = (1, 4)


@dataclass
class Profile:
    """One invented case."""

    stop: Status
    sent_on: date
    child: Person
    born: date
    kind: Kind
    outcome: Outcome
    looked_after: bool
    unsigned: bool
    victim: bool
    source: Source = Source.POLICE
    second_go: bool = False
    panel_on: date | None = None
    referral_id: int = field(default=0)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour, minute), UTC)


def later(day: date, working_days: int) -> date:
    """Some working days on."""
    return add_working_days(day, working_days)


def earlier(day: date, working_days: int) -> date:
    """Some working days back."""
    while working_days:
        day -= timedelta(days=1)
        working_days -= is_working_day(day)
    return day


def next_tuesday(day: date) -> date:
    """The next panel day, not before `day`."""
    return day + timedelta(days=(TUESDAY - day.weekday()) % 7)


def profiles(draw: Random, share: int, *, today: date, north: bool) -> Iterator[Profile]:
    """The cases of one area: the recent ones in every state, the rest closed over two years."""
    recent = [(stop, days) for stop, *both in RECENT for days in both[0 if north else 1]]
    for number, (stop, days) in enumerate(recent):
        profile = _profile(draw, stop, earlier(today, days), number, today=today)
        profile.source = SOURCES[0 if north else 1].get(number, Source.POLICE)
        profile.second_go = north and number in SECOND_GO
        yield profile
    rest = share - len(recent)
    for number in range(rest):
        back = timedelta(days=100 + number * 630 // max(1, rest - 1))
        yield _profile(draw, Status.CLOSED, earlier(today - back, 0), number, today=today)


def _profile(draw: Random, stop: Status, sent_on: date, number: int, *, today: date) -> Profile:
    while not is_working_day(sent_on):
        sent_on += timedelta(days=1)
    kind = draw.choice(KINDS)
    age_days = draw.randint(11 * 365, 17 * 365)
    born = sent_on - timedelta(days=age_days)
    if stop in (Status.DECIDED, Status.ACCEPTED) and number % 3 == 0:
        born = today.replace(year=today.year - 18) + timedelta(days=19)
    outcome = draw.choice(
        OUTCOMES[:5] if stop in (Status.DECIDED, Status.GIVEN, Status.NOTIFIED) else OUTCOMES
    )
    profile = Profile(
        stop=stop,
        sent_on=sent_on,
        child=person(draw),
        born=born,
        kind=kind,
        outcome=outcome,
        looked_after=draw.random() < 0.12,
        unsigned=outcome in (Outcome.CR, Outcome.O22) and draw.random() < 0.5,
        victim=kind.has_victim,
    )
    if stop in AFTER_LISTING:
        profile.panel_on = _panel_day(profile, today)
    return profile


AFTER_LISTING = (
    Status.LISTED,
    Status.DEFERRED,
    Status.DECIDED,
    Status.GIVEN,
    Status.NOTIFIED,
    Status.CLOSED,
)


def _panel_day(profile: Profile, today: date) -> date:
    ready = later(profile.sent_on, 11)
    if profile.stop is Status.LISTED:
        return next_tuesday(today + timedelta(days=1))
    return next_tuesday(ready) if next_tuesday(ready) < today else next_tuesday(ready) - timedelta(days=7)
