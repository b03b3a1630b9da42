"""What follows from a caution: first-time entrant, duty to assess, bar of a conditional discharge."""

from datetime import date

import pytest

from workflows.aftermath import Before, assessment_mandatory, discharge_barred_until, first_time_entrant
from workflows.vocabulary import Outcome

GIVEN = date(2026, 11, 17)
YC, YCC, CR = (Before(outcome, date(2026, 1, 5)) for outcome in (Outcome.YC, Outcome.YCC, Outcome.CR))


@pytest.mark.parametrize(
    ("outcome", "before", "first"),
    [
        (Outcome.YC, [], True),
        (Outcome.YCC, [CR], True),  # a community resolution does not count
        (Outcome.YC, [YC], False),
        (Outcome.YC, [CR, YCC], False),
        (Outcome.CR, [], False),
        (Outcome.O22, [], False),
    ],
)
def test_the_first_caution_makes_a_first_time_entrant(
    outcome: Outcome, before: list[Before], first: bool
) -> None:
    assert first_time_entrant(outcome, before) is first


@pytest.mark.parametrize(
    ("outcome", "before", "must"),
    [
        (Outcome.YC, [], False),
        (Outcome.YC, [CR], False),
        (Outcome.YC, [YC], True),
        (Outcome.YC, [YCC], True),
        (Outcome.YCC, [], True),
        (Outcome.CR, [YC], None),
    ],
)
def test_the_yot_must_assess_after_a_second_caution_or_a_conditional_one(
    outcome: Outcome, before: list[Before], must: bool | None
) -> None:
    assert assessment_mandatory(outcome, before) is must


@pytest.mark.parametrize(
    ("outcome", "before", "until"),
    [
        (Outcome.YC, [], None),
        (Outcome.YC, [CR], None),
        (Outcome.YC, [YC], date(2028, 11, 16)),
        (Outcome.YC, [YCC], date(2028, 11, 16)),
        (Outcome.YCC, [], date(2028, 11, 16)),
        (Outcome.CR, [YC], None),
    ],
)
def test_a_conditional_discharge_is_barred_for_two_years(
    outcome: Outcome, before: list[Before], until: date | None
) -> None:
    assert discharge_barred_until(outcome, GIVEN, before) == until


def test_two_years_from_a_leap_day_end_with_february() -> None:
    assert discharge_barred_until(Outcome.YCC, date(2028, 2, 29), []) == date(2030, 2, 27)
