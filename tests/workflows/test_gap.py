"""How rates of the gap are worked out and said, and what is written down about it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.flow import Refused
from workflows.gap import Basis, Group, Place, Tally, delay, interval, per_cent, place, rate, rates
from workflows.gap_work import (
    ANSWER_RULES,
    FOLLOW_RULES,
    AnswerFacts,
    Became,
    FollowFacts,
    Reply,
    allow_answer,
    allow_follow_up,
)
from workflows.periods import Cover, Coverage, Period, coverage, quarter_of, quarters
from workflows.police import Fit, Notice, NotOurs

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
WHOLE = Coverage(SUMMER, (), (date(2026, 10, 12),), Cover.WHOLE)
DAY = date(2026, 10, 1)
ANSWER = {"reply": Reply.NOT_OURS, "asked_on": DAY, "answered_on": DAY, "why": NotOurs.ADULT}
AGAIN = {
    "became": Became.REOFFENDED,
    "given_on": DAY,
    "told_on": DAY + timedelta(days=9),
    "happened_on": DAY,
    "state": Notice.AFTER_ASKING,
    "crime_reference": "13260001234",
}


AFTER_WE_KNEW = {"happened_on": DAY + timedelta(days=10)}


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (39, 118, "33 %"),
        (39, 168, "23 %"),
        (1, 8, "13 %"),
        (0, 40, "0 %"),
        (1, 300, "less than 1 %"),
        (299, 300, "more than 99 %"),
        (40, 40, "100 %"),
        (1, 200, "1 %"),
    ],
)
def test_a_share_is_rounded_halves_up_and_never_to_nothing_or_all(part: int, whole: int, says: str) -> None:
    assert per_cent(part, whole) == says


IN_PLACE = (
    # state, on a list, fit, where it stands
    (Notice.IN_TIME, True, Fit.NOTHING, Place.IN_TIME),
    (Notice.LATE, True, Fit.NOTHING, Place.LATE),
    (Notice.AFTER_ASKING, True, Fit.NOTHING, Place.AFTER_ASKING),
    (Notice.NOT_NOTIFIED, True, Fit.NOTHING, Place.UNTOLD),
    (Notice.NOT_NOTIFIED, True, Fit.TO_REVIEW, Place.UNMATCHED),
    (Notice.AFTER_ASKING, True, Fit.TO_REVIEW, Place.UNMATCHED),
    (Notice.IN_TIME, True, Fit.TO_REVIEW, Place.IN_TIME),
    (Notice.LATE, True, Fit.TO_REVIEW, Place.LATE),
    (Notice.STILL_TIME, True, Fit.NOTHING, Place.RUNNING),
    (Notice.STILL_TIME, True, Fit.TO_REVIEW, Place.RUNNING),
    (Notice.STILL_TIME, False, Fit.NOTHING, Place.ON_NO_LIST),
    (Notice.NOT_NOTIFIED, False, Fit.NOTHING, Place.ON_NO_LIST),
    (Notice.IN_TIME, False, Fit.NOTHING, Place.ONLY_OURS),
    (Notice.LATE, False, Fit.TO_REVIEW, Place.ONLY_OURS),
    (Notice.AFTER_ASKING, False, Fit.NOTHING, Place.ONLY_OURS),
    (Notice.NOT_OURS, True, Fit.NOTHING, Place.SET_ASIDE),
    (Notice.NOT_OURS, False, Fit.TO_REVIEW, Place.SET_ASIDE),
)


@pytest.mark.parametrize(("state", "listed", "fit", "where"), IN_PLACE)
def test_each_disposal_stands_in_one_place(state: Notice, listed: bool, fit: Fit, where: Place) -> None:
    assert place(state, listed=listed, fit=fit) is where


def test_each_place_is_tried_and_each_group_counts_its_own_places() -> None:
    assert {row[3] for row in IN_PLACE} == set(Place)
    tally = Tally({one: 10**number for number, one in enumerate(Place)})

    def of(*places: Place) -> int:
        return sum(tally.counts[one] for one in places)

    listed = (Place.UNTOLD, Place.AFTER_ASKING, Place.UNMATCHED, Place.LATE, Place.IN_TIME)
    assert {group: tally.of(group) for group in Group} == {
        Group.MISSED: of(Place.UNTOLD, Place.AFTER_ASKING),
        Group.UNTOLD: of(Place.UNTOLD),
        Group.AFTER_ASKING: of(Place.AFTER_ASKING),
        Group.LATE: of(Place.LATE),
        Group.IN_TIME: of(Place.IN_TIME),
        Group.UNMATCHED: of(Place.UNMATCHED),
        Group.LISTED: of(*listed),
        Group.KNOWN: of(*listed, Place.ONLY_OURS),
        Group.ONLY_OURS: of(Place.ONLY_OURS),
        Group.RUNNING: of(Place.RUNNING),
        Group.SET_ASIDE: of(Place.SET_ASIDE),
    }


def test_the_two_rates_have_one_numerator_and_each_its_own_denominator() -> None:
    tally = Tally({Place.UNTOLD: 2, Place.AFTER_ASKING: 1, Place.LATE: 1, Place.ONLY_OURS: 4})
    of_list, of_all = rates(tally, WHOLE)
    assert (of_list.sentence, of_all.sentence) == ("3 of 4 (75 %).", "3 of 8 (38 %).")
    assert (of_list.definition.name[0], of_all.definition.name[0]) == ("A", "B")
    one = rate(Basis.LISTED, Tally({Place.UNTOLD: 1, Place.UNMATCHED: 1}), WHOLE)
    assert one.sentence == "1 of 2 (50 %). 1 is still to be matched: it may be up to 2."
    nothing = rate(Basis.KNOWN, Tally({}), WHOLE)
    assert nothing.sentence.endswith("so there is no rate.")


@pytest.mark.parametrize(
    ("part", "whole", "limits"),
    [(39, 118, (25, 42)), (0, 10, (0, 28)), (10, 10, (72, 100)), (0, 0, (0, 100))],
)
def test_the_interval_is_wilsons(part: int, whole: int, limits: tuple[int, int]) -> None:
    assert interval(part, whole, 95) == limits


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = interval(part, whole, 95)
    assert low <= 100 * part / whole <= high


def test_what_is_still_to_be_matched_is_said_as_a_range() -> None:
    found = rate(Basis.LISTED, Tally({Place.UNTOLD: 39, Place.UNMATCHED: 4, Place.IN_TIME: 75}), WHOLE)
    assert found.sentence == "39 of 118 (33 %). 4 are still to be matched: it may be up to 43."


def test_without_a_list_there_is_no_rate_and_never_nought_per_cent() -> None:
    none = coverage(SUMMER, [(date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 4))])
    assert not rate(Basis.KNOWN, Tally({Place.ONLY_OURS: 5}), none).known
    found = rate(Basis.LISTED, Tally({Place.UNTOLD: 1, Place.IN_TIME: 4}), none)
    assert (found.known, found.per_cent) == (False, "")
    assert found.sentence == "The force sent no list for 1 July to 30 September 2026."


def test_an_empty_list_gives_no_rate_either() -> None:
    found = rate(Basis.LISTED, Tally({}), WHOLE)
    assert not found.known
    assert "0 %" not in found.sentence


@pytest.mark.parametrize(
    ("lists", "cover", "missing"),
    [
        ([(1, 30)], Cover.WHOLE, []),
        ([(1, 10), (11, 30)], Cover.WHOLE, []),
        ([(1, 10), (12, 29)], Cover.PART, ["11 September 2026", "30 September 2026"]),
        ([(2, 30)], Cover.PART, ["1 September 2026"]),
        ([], Cover.NONE, ["September 2026"]),
    ],
)
def test_days_that_no_list_has_are_named(
    lists: list[tuple[int, int]], cover: Cover, missing: list[str]
) -> None:
    month = Period(date(2026, 9, 1), date(2026, 9, 30))
    sent = [(date(2026, 9, a), date(2026, 9, b), DAY) for a, b in lists]
    found = coverage(month, sent)
    assert (found.cover, [one.words for one in found.missing]) == (cover, missing)


def test_days_to_come_are_not_missing() -> None:
    month = Period(date(2026, 9, 1), date(2026, 9, 30))
    sent = [(date(2026, 9, 1), date(2026, 9, 9), DAY)]
    assert coverage(month, sent, today=date(2026, 9, 9)).cover is Cover.WHOLE
    assert coverage(month, sent, today=date(2026, 9, 10)).cover is Cover.PART


def test_the_delay_is_in_working_days_by_nearest_rank() -> None:
    friday = date(2026, 10, 2)
    pairs = {(friday, friday + timedelta(days=n)): 1 for n in range(11)}
    found = delay(pairs)
    assert found is not None
    assert (found.told, found.median, found.ninetieth) == (11, 3, 5)
    assert delay({}) is None
    one = delay({(friday, friday + timedelta(days=3)): 1})
    assert one is not None
    assert (one.told, one.median, one.ninetieth) == (1, 1, 1)
    # The 101st of 202 is the first that took a day.
    many = delay({(friday, friday): 100, (friday, friday + timedelta(days=3)): 102})
    assert many is not None
    assert many.median == 1


def test_quarters_run_back_without_a_hole() -> None:
    found = quarters(date(2026, 1, 15), 3)
    assert found[0].words == "1 January to 31 March 2026"
    assert all(later.first - earlier.last == timedelta(days=1) for later, earlier in pairwise(found))
    assert quarter_of(date(2026, 12, 31)).first == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("answered_after_asking", {"answered_on": DAY - timedelta(days=1)}, {"answered_on": DAY}),
        ("not_yet_answered", {"answered": True}, {"answered": False}),
        ("not_ours_coded", {"why": None}, {"why": None, "reply": Reply.TOLD}),
    ],
)
def test_each_rule_of_an_answer_on_both_sides(
    name: str, bad: dict[str, object], good: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        allow_answer(AnswerFacts(**(ANSWER | bad)))  # type: ignore[arg-type]
    assert [one.name for one in refused.value.refusals] == [name]
    allow_answer(AnswerFacts(**(ANSWER | good)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("of_the_gap", {"state": Notice.LATE}, {"state": Notice.NOT_NOTIFIED}),
        ("after_the_giving", {"happened_on": DAY - timedelta(days=1)}, {"happened_on": DAY}),
        (
            "before_we_knew",
            {"happened_on": DAY + timedelta(days=10)},
            {"happened_on": DAY + timedelta(days=9)},
        ),
        ("before_we_knew", AFTER_WE_KNEW, AFTER_WE_KNEW | {"became": Became.ACCEPTED}),
        ("before_we_knew", AFTER_WE_KNEW, AFTER_WE_KNEW | {"told_on": None, "state": Notice.NOT_NOTIFIED}),
        ("crime_named", {"crime_reference": ""}, {"crime_reference": "", "became": Became.REACHED}),
    ],
)
def test_each_rule_of_following_up_on_both_sides(
    name: str, bad: dict[str, object], good: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        allow_follow_up(FollowFacts(**(AGAIN | bad)))  # type: ignore[arg-type]
    assert [one.name for one in refused.value.refusals] == [name]
    allow_follow_up(FollowFacts(**(AGAIN | good)))  # type: ignore[arg-type]


def test_every_rule_is_tried_above() -> None:
    assert [rule.name for rule in (*ANSWER_RULES, *FOLLOW_RULES)] == [
        *("answered_after_asking", "not_yet_answered", "not_ours_coded"),
        *("of_the_gap", "after_the_giving", "before_we_knew", "crime_named"),
    ]
