"""Quarters, months and other periods at their edges, and what a figure says of the lists it rests on."""

from datetime import date

import pytest

from workflows.periods import Cover, Period, coverage, month_of, quarter_of, quarters
from workflows.quarters import Quarter

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("day", "key", "first", "last"),
    [
        (date(2026, 1, 1), "2026-1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), "2026-1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), "2026-2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), "2026-3", date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), "2026-4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_holds_its_first_and_its_last_day(day: date, key: str, first: date, last: date) -> None:
    found = Quarter.of(day)
    assert (found.key, found.first, found.last) == (key, first, last)
    assert quarter_of(day) == Period(first, last)
    assert Quarter.read(key) == found


@pytest.mark.parametrize(
    ("by", "key"),
    [(0, "2026-3"), (1, "2026-4"), (2, "2027-1"), (-2, "2026-1"), (-3, "2025-4"), (8, "2028-3")],
)
def test_quarters_run_on_over_the_end_of_a_year(by: int, key: str) -> None:
    assert Quarter(2026, 3).moved(by).key == key
    assert Quarter(2026, 3).words == "July to September 2026"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2013-1", Quarter(2013, 1)),
        ("2012-4", None),
        ("9998-4", Quarter(9998, 4)),
        ("9999-1", None),
        ("2026-0", None),
        ("2026-5", None),
        ("2026-3 ", None),
        ("٢٠٢٦-3", None),
        ("", None),
    ],
)
def test_only_a_quarter_of_our_time_is_read(text: str, found: Quarter | None) -> None:
    assert Quarter.read(text) == found


def test_the_months_of_a_period_are_cut_to_it_and_follow_each_other() -> None:
    over = Period(date(2026, 12, 15), date(2027, 2, 3)).months()
    assert [(one.first, one.last) for one in over] == [
        (date(2026, 12, 15), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)),
        (date(2027, 2, 1), date(2027, 2, 3)),
    ]
    assert month_of(date(2028, 2, 29)) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert [len(quarters(date(2026, 1, 15), most)) for most in (1, 2, 8)] == [1, 2, 8]


@pytest.mark.parametrize(
    ("lists", "cover", "says"),
    [
        ([(1, 30, 2)], Cover.WHOLE, "It rests on the force's list supplied on 2 October 2026."),
        (
            [(1, 10, 2), (11, 20, 3), (21, 30, 4)],
            Cover.WHOLE,
            "It rests on the force's list supplied on 2 October 2026, 3 October 2026 and 4 October 2026.",
        ),
        (
            [(1, 29, 2)],
            Cover.PART,
            "It rests on the force's list supplied on 2 October 2026. "
            "These days are on no list: 30 September 2026.",
        ),
    ],
)
def test_a_figure_says_which_lists_it_rests_on(
    lists: list[tuple[int, int, int]], cover: Cover, says: str
) -> None:
    """CR-7: neither a list of the month before nor one of the month after is named, not even by a day."""
    sent = [(date(2026, 9, a), date(2026, 9, b), date(2026, 10, day)) for a, b, day in lists]
    beside = [
        (date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 9)),
        (date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 9)),
    ]
    found = coverage(SEPTEMBER, [*beside, *sent])
    assert (found.cover, found.sentence) == (cover, says)
    touching = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 9, 9))
    assert coverage(SEPTEMBER, [touching]).supplied == (date(2026, 9, 9),)
    wider = coverage(SEPTEMBER, [(date(2026, 8, 20), date(2026, 10, 10), date(2026, 10, 12))])
    assert (wider.cover, wider.supplied) == (Cover.WHOLE, (date(2026, 10, 12),))
