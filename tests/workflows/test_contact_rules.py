"""When an appointment fits, on both sides of each boundary."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from workflows.contact import (
    CONTACT,
    OFFERED,
    Attendance,
    Busy,
    BusyTime,
    ContactFacts,
    Slot,
)

NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)  # a Tuesday
THURSDAY = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
FITS = ContactFacts(
    now=NOW,
    asked=True,
    at_school=True,
    school_starts=time(9),
    school_ends=time(15),
    coded=True,
    done="Talked",
)


def slot(starts_at: datetime = THURSDAY, minutes: int = 60) -> Slot:
    return Slot(starts_at=starts_at, minutes=minutes)


def refused(move: str, facts: ContactFacts, state: Attendance = OFFERED) -> list[str]:
    return [refusal.name for refusal in CONTACT.refusals(move, state, facts)]


@pytest.mark.parametrize(
    ("starts", "minutes", "stopped"),
    [
        ("08:00", 60, False),  # over when school begins
        ("08:00", 61, True),
        ("14:59", 30, True),
        ("15:00", 60, False),  # begins when school is over
        ("12:00", 30, True),
    ],
)
def test_school_hours_end_where_they_end(starts: str, minutes: int, stopped: bool) -> None:
    at = datetime.combine(THURSDAY.date(), time.fromisoformat(starts), UTC)
    found = refused("offer", replace(FITS, slots=(slot(at, minutes),)))
    assert ("not_in_school" in found) is stopped


@pytest.mark.parametrize(
    ("day", "stopped"),
    [(20, True), (21, False), (22, False)],  # Friday, Saturday, Sunday
)
def test_only_school_days_have_school_hours(day: int, stopped: bool) -> None:
    facts = replace(FITS, slots=(slot(datetime(2026, 11, day, 11, 0, tzinfo=UTC)),))
    assert ("not_in_school" in refused("offer", facts)) is stopped


def test_a_bank_holiday_has_no_school_hours() -> None:
    christmas = replace(FITS, slots=(slot(datetime(2026, 12, 25, 11, 0, tzinfo=UTC)),))
    assert "not_in_school" not in refused("offer", christmas)


def test_who_is_not_at_school_or_not_the_child_has_no_school_hours() -> None:
    morning = replace(FITS, slots=(slot(datetime(2026, 11, 19, 11, 0, tzinfo=UTC)),))
    assert "not_in_school" in refused("offer", morning)
    assert "not_in_school" not in refused("offer", replace(morning, at_school=False))
    assert "not_in_school" not in refused("offer", replace(morning, with_the_child=False))


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Busy.FAITH, "not_against_faith"), (Busy.WORK, "not_at_work"), (Busy.CARE, "not_at_work")],
)
def test_a_time_that_the_family_named_is_warned_of_and_only_that_time(kind: Busy, name: str) -> None:
    inside = BusyTime(kind, 3, time(16, 30), time(18))
    assert refused("offer", replace(FITS, slots=(slot(),), busy=(inside,))) == [name]
    behind = replace(inside, starts=time(17))
    other_day = replace(inside, weekday=4)
    assert refused("offer", replace(FITS, slots=(slot(),), busy=(behind, other_day))) == []


def test_the_clock_is_the_one_in_london_also_in_summer() -> None:
    summer = slot(datetime(2026, 7, 16, 14, 0, tzinfo=UTC))  # 15:00 on the wall
    before = slot(datetime(2026, 7, 16, 13, 59, tzinfo=UTC))
    early = replace(FITS, now=datetime(2026, 7, 1, tzinfo=UTC))
    assert refused("offer", replace(early, slots=(summer,))) == []
    assert refused("offer", replace(early, slots=(before,))) == ["not_in_school"]


def test_a_worker_is_double_booked_only_when_two_appointments_overlap() -> None:
    before = Slot(starts_at=THURSDAY - timedelta(minutes=60), minutes=60)
    assert refused("offer", replace(FITS, slots=(slot(),), taken=(before,))) == []
    longer = replace(before, minutes=61)
    assert refused("offer", replace(FITS, slots=(slot(),), taken=(longer,))) == ["worker_free"]


def test_the_family_is_asked_first_and_it_is_guidance() -> None:
    (found,) = CONTACT.refusals("offer", OFFERED, replace(FITS, slots=(slot(),), asked=False))
    assert (found.name, found.hard) == ("availability_asked", False)


def test_an_appointment_is_offered_for_a_time_to_come_and_noted_when_it_began() -> None:
    assert refused("offer", replace(FITS, slots=(slot(NOW),), at_school=False)) == ["contact_ahead"]
    assert refused("offer", replace(FITS, slots=(slot(THURSDAY),), runs=False)) == ["plan_runs"]
    assert refused("miss", replace(FITS, began=False)) == ["contact_began"]
    assert refused("miss", FITS) == []


def test_missing_excusing_and_cancelling_need_a_coded_reason_and_attending_what_was_done() -> None:
    for move in ("miss", "excuse", "cancel"):
        assert refused(move, replace(FITS, coded=False)) == ["contact_coded"]
    assert refused("attend", replace(FITS, done=" ")) == ["says_what"]
