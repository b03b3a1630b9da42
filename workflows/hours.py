"""Hours of attendance and reparation: what was decided, what was done, and the cap (CON-4, CON-7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.policy import number
from workflows.calendar import age_on
from workflows.vocabulary import Outcome, Purpose

OLDER = 14


@dataclass(frozen=True)
class StepHours:
    """One step that asks for hours: decided, done in minutes, and at which place."""

    number: int
    what: str
    purpose: Purpose
    decided: int
    minutes: int
    sessions: int
    place: str

    @property
    def capped(self) -> bool:
        """Whether its hours count towards the cap."""
        return self.purpose is not Purpose.REHABILITATION

    @property
    def over(self) -> bool:
        """Whether more was done than was decided."""
        return self.decided > 0 and self.minutes > 60 * self.decided


@dataclass(frozen=True)
class HoursOf:
    """The hours of a case."""

    steps: tuple[StepHours, ...]
    cap: int | None
    at_home: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        """The minutes that count towards the cap."""
        return sum(step.minutes for step in self.steps if step.capped)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at now."""
        said = [f"Step {s.number} has more hours than were decided." for s in self.steps if s.over]
        if self.cap is not None and self.counted > 60 * self.cap:
            said.append(
                f"More than {self.cap} hours that are not for rehabilitation: the law allows no more in one "
                "youth conditional caution (CON-4, Crime and Disorder Act 1998 s.66A(5))."
            )
        said += [
            f"{when} was put at the child's own home: putting things right is not done there (CON-7)."
            for when in self.at_home
        ]
        return tuple(said)


def cap_of(outcome: Outcome | None, date_of_birth: date, given_on: date | None, today: date) -> int | None:
    """The most hours that are not for rehabilitation; None where there is no cap (CON-4)."""
    if outcome is not Outcome.YCC:
        return None
    day = given_on or today
    most = number("ycc_nonrehabilitative_hours", day)
    if age_on(date_of_birth, day) < OLDER:
        return min(most, number("ycc_nonrehabilitative_hours_10_to_13", day))
    return most


def is_home(where: str, address: str, postcode: str) -> bool:
    """Whether a place is the child's home: it names it, or its postcode or first line of address."""
    said = _plain(where)
    lines: Sequence[str] = (postcode, address.split(",")[0])
    return any(len(_plain(line)) > 4 and _plain(line) in said for line in lines) or said in (
        "home",
        "athome",
        "childshome",
    )


def clock(minutes: int) -> str:
    """90 minutes as '1 hour 30 minutes'."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours != 1 else ''}"] if hours or not rest else []
    return " ".join([*parts, *([f"{rest} minutes"] if rest else [])])


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
