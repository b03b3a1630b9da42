"""Was the YOT told, and when: each state on both sides of its boundary; what may be set aside."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflows.police import POLICE_DISPOSAL, Notice, NotOurs, PoliceFacts, Standing, notice
from workflows.roles import Role

BY = date(2026, 11, 3)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("told_on", "asked_on", "counted", "today", "state"),
    [
        (None, None, True, BY, Notice.STILL_TIME),
        (None, None, True, BY + DAY, Notice.NOT_NOTIFIED),
        (None, BY, True, BY + DAY, Notice.NOT_NOTIFIED),
        (BY, None, True, BY + DAY, Notice.IN_TIME),
        (BY + DAY, None, True, BY + DAY, Notice.LATE),
        (BY + DAY, BY + 2 * DAY, True, BY + 9 * DAY, Notice.LATE),
        (BY + 2 * DAY, BY + 2 * DAY, True, BY + 9 * DAY, Notice.AFTER_ASKING),
        (BY + 3 * DAY, BY + 2 * DAY, True, BY + 9 * DAY, Notice.AFTER_ASKING),
        (None, None, False, BY + DAY, Notice.NOT_OURS),
        (BY, None, False, BY + DAY, Notice.NOT_OURS),
    ],
)
def test_the_state_follows_from_four_days(
    told_on: date | None, asked_on: date | None, counted: bool, today: date, state: Notice
) -> None:
    said = notice(told_on=told_on, tell_by=BY, asked_on=asked_on, counted=counted, today=today)
    assert said is state


READY = PoliceFacts(why=NotOurs.OTHER_AREA, reason="He lives in South Kelder.")


@pytest.mark.parametrize(
    ("rule", "inside", "outside"),
    [
        ("reason_given", READY, replace(READY, reason=" ")),
        (
            "adult_by_birthday",
            replace(READY, why=NotOurs.ADULT, age=18),
            replace(READY, why=NotOurs.ADULT, age=17),
        ),
        (
            "under_ten_by_birthday",
            replace(READY, why=NotOurs.UNDER_TEN, age=11, oldest_under_ten=11),
            replace(READY, why=NotOurs.UNDER_TEN, age=12, oldest_under_ten=11),
        ),
        (
            "duplicate_named",
            replace(READY, why=NotOurs.DUPLICATE, other=True),
            replace(READY, why=NotOurs.DUPLICATE),
        ),
    ],
)
def test_what_may_be_set_aside(rule: str, inside: PoliceFacts, outside: PoliceFacts) -> None:
    assert POLICE_DISPOSAL.refusals("set_aside", Standing.COUNTED, inside) == ()
    refused = POLICE_DISPOSAL.refusals("set_aside", Standing.COUNTED, outside)
    assert [refusal.name for refusal in refused] == [rule]
    assert all(refusal.hard for refusal in refused)


@pytest.mark.parametrize("why", [NotOurs.ADULT, NotOurs.UNDER_TEN])
def test_an_age_without_a_date_of_birth_is_a_persons_word(why: NotOurs) -> None:
    facts = replace(READY, why=why, age=None)
    assert POLICE_DISPOSAL.step("set_aside", Standing.COUNTED, facts, {Role.SECONDED}).after is (
        Standing.SET_ASIDE
    )
