"""What a count of a metric says, and what nobody may work out from what is shown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.metrics import Metric, definitions
from workflows.metrics import Measured, change_words, for_totals, held, lines_for_totals
from workflows.nested import Told
from workflows.ratings import Rating

ALL = {metric.id: metric for metric in definitions(date(2026, 11, 30))}


def measured(name: str, met: int, counted: int, target: int | None = 90) -> Measured:
    """A count of a metric with a target of its own."""
    return Measured(replace(ALL[name], target=target), met, counted)


def test_a_count_reads_as_a_sentence() -> None:
    found = measured("M13", 9, 12)
    assert found.sentence == "9 of 12 assessments due came by the day on which they were due (75 %)."
    assert (found.bad, found.limits(95), found.points()) == (3, (46, 92), 100 / 12)


@pytest.mark.parametrize(
    ("name", "met", "counted", "target", "short"),
    [
        ("M13", 9, 10, 90, 0),
        ("M13", 8, 10, 90, 1),
        ("M13", 89, 100, 90, 1),
        ("M13", 8, 9, 90, 1),
        ("M13", 899, 1000, 90, 1),  # reads 90 % and is not
        ("M13", 0, 3, 100, 3),
        ("M1", 0, 40, 0, 0),
        ("M1", 1, 40, 0, 1),
        ("M1", 2, 40, 5, 0),
        ("M1", 3, 40, 5, 1),
    ],
)
def test_the_target_is_reached_or_so_many_more_would_have_had_to_go_well(
    name: str, met: int, counted: int, target: int, short: int
) -> None:
    found = measured(name, met, counted, target)
    assert (found.short, found.on_target) == (short, short == 0)


def test_target_words_say_which_way_is_better() -> None:
    assert measured("M1", 1, 40, 0).target_words == "Target: 0 %. 1 more would have had to go well."
    assert measured("M1", 1, 40, 5).target_words == "Target: at most 5 %. It is reached."
    assert measured("M13", 8, 10).target_words == "Target: at least 90 %. 1 more would have had to go well."
    assert measured("M30", 1, 4, None).target_words == ""
    assert measured("M30", 1, 4, None).on_target is None
    assert measured("M30", 1, 4, None).short == 0


def test_a_change_is_said_with_its_direction_and_whether_it_may_be_chance() -> None:
    def says(name: str, now: tuple[int, int], before: tuple[int, int]) -> str:
        return change_words(measured(name, *now), measured(name, *before), "spring", 95)

    assert says("M13", (15, 20), (14, 20)) == "Better: up 5 points from 70 % in spring, which may be chance."
    assert says("M13", (5, 20), (18, 20)) == "Worse: down 65 points from 90 % in spring."
    assert says("M1", (18, 20), (5, 20)) == "Worse: up 65 points from 25 % in spring."
    assert says("M1", (4, 100), (5, 100)) == "Better: down 1 point from 5 % in spring, which may be chance."
    assert says("M13", (7, 10), (70, 100)) == "As in spring (70 %)."
    assert says("M13", (0, 20), (10, 20)) == "Worse: down 50 points from 50 % in spring."
    assert says("M13", (10, 20), (0, 20)) == "Better: up 50 points from 0 % in spring."
    none = change_words(measured("M13", 1, 2), None, "spring", 95)
    assert none == "There is no figure for spring to compare it with."


def test_the_lowest_metric_holds_a_standard_down_and_few_cases_give_no_band() -> None:
    found = held([measured("M20", 68, 100), measured("M23", 8, 17), measured("M24", 0, 4)])
    assert found is not None
    assert (found.rating, found.lowest.id) == (Rating.INADEQUATE, "M23")
    assert found.sentence.endswith("One case more or less would make it Requires improvement.")
    steady = held([measured("M20", 70, 100)])
    assert steady is not None
    assert steady.sentence == (
        f"Good, held down by “{ALL['M20'].name}” (M20). One case more or less would not change that."
    )
    five = held([measured("M24", 5, 5)])
    assert five is not None
    assert five.rating is Rating.OUTSTANDING
    assert held([measured("M24", 0, 4)]) is None
    assert held([]) is None
    upside_down = held([measured("M3", 4, 28)])
    assert upside_down is not None
    assert upside_down.rating is Rating.OUTSTANDING


@pytest.mark.parametrize(
    ("name", "counts", "shown"),
    [
        ("M13", {"M13": (5, 10)}, True),
        ("M13", {"M13": (4, 10)}, False),
        ("M13", {"M13": (6, 10)}, False),
        ("M13", {"M13": (0, 40)}, False),
        ("M12", {"M12": (10, 25), "M3": (5, 30)}, True),
        ("M12", {"M12": (10, 26), "M3": (5, 30)}, False),  # 4 were given by the police alone
        ("M12", {"M12": (10, 30), "M3": (5, 30)}, False),
        ("M12", {"M12": (10, 26)}, True),
    ],
)
def test_totals_hide_small_numbers_and_what_two_denominators_would_tell(
    name: str, counts: dict[str, tuple[int, int]], shown: bool
) -> None:
    found = for_totals({key: measured(key, *count) for key, count in counts.items()}, 5)
    assert (found[name] is not None) is shown


def test_what_a_pack_told_is_told_again_and_few_beside_it_are_withheld() -> None:
    found = {name: measured(name, 20, 70) for name in ("M1", "M2", "M3", "M4", "M13")}

    def shown(told: Told) -> dict[str, tuple[int, int] | None]:
        return {name: one and (one.met, one.counted) for name, one in for_totals(found, 5, told).items()}

    assert shown(Told()) == dict.fromkeys(found, (20, 70)) | {"M2": (20, 70)}
    assert shown(Told(lines={"M1": (23, 70)}))["M1"] == (23, 70)
    assert shown(Told(lines={"M1": None}))["M1"] is None
    few = shown(Told(numbers=[("given community_resolution", 74)]))
    assert [name for name, pair in few.items() if pair is None] == ["M1", "M2"]
    enough = shown(Told(numbers=[("given community_resolution", 75)]))
    assert None not in enough.values()
    sum_of_both = shown(Told(numbers=[("given community_resolution", 92)]))
    assert [name for name, pair in sum_of_both.items() if pair is None] == ["M2"], "20 and 70 are two fewer"
    follows = shown(Told(hidden=("youth_caution",)))
    assert [name for name, pair in follows.items() if pair is None] == ["M3", "M4"]
    unknown = shown(Told(anything=False))
    assert [name for name, pair in unknown.items() if pair is not None] == ["M13"]


def test_metrics_of_the_same_cases_do_not_differ_by_a_few() -> None:
    for counted, is_shown in ((70, True), (69, False), (66, False), (65, True)):
        found = for_totals({"M10": measured("M10", 20, 70), "M21": measured("M21", 20, counted)}, 5)
        assert (found["M21"] is not None) is is_shown
        assert found["M10"] is not None


@pytest.mark.parametrize(
    ("near", "withheld"),
    [
        ({"A": 30, "B": 40, "C": 31}, ""),
        ({"A": 33, "B": 40, "C": 33}, "AC"),  # three more are in A, and two in C
        ({"A": 35, "B": 40, "C": 31}, ""),
        ({"A": 33, "B": 40, "C": 31}, "ABC"),  # three more are in A, and in all that is left
        ({"A": 30, "B": 40, "C": 31, "D": 3}, "ABC"),  # three are left over
        ({"A": 30, "B": 40, "C": 31, "D": 5}, ""),
    ],
)
def test_no_line_and_nothing_that_is_left_differs_by_a_few(near: dict[str, int], withheld: str) -> None:
    found = {name: measured("M21", 9, counted) for name, counted in (("A", 30), ("B", 40), ("C", 31))}
    beside = {name: measured("M10", counted // 2, counted) for name, counted in near.items()}
    told = lines_for_totals(found, [], 5, [beside])
    assert {name for name, one in told.items() if one is None} == set(withheld)


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_no_rest_of_two_metrics_that_are_shown_is_small(numbers: list[int]) -> None:
    outer, inner = numbers[0] + numbers[1], min(numbers[2], numbers[0] + numbers[1])
    counts = {"M21": measured("M21", numbers[0], max(outer, 1)), "M23": measured("M23", inner // 2, inner)}
    told = for_totals({name: one for name, one in counts.items() if one.counted}, 5)
    seen = [one for one in told.values() if one is not None]
    for one in seen:
        assert one.met >= 5
        assert one.counted - one.met >= 5
    if len(seen) == 2:
        assert counts["M21"].counted - counts["M23"].counted >= 5


@pytest.mark.parametrize(
    ("lines", "around", "withheld"),
    [
        ({"A": (5, 10), "B": (20, 40)}, {}, ""),
        ({"A": (4, 10), "B": (20, 40), "C": (9, 30)}, {}, "AC"),  # the smallest of the others goes with it
        ({"A": (6, 10), "B": (20, 40), "C": (9, 30)}, {}, "AC"),  # four did not
        ({"A": (2, 4), "B": (2, 6), "C": (9, 30), "D": (9, 40)}, {}, "ABC"),  # two with four together
        ({"A": (3, 6), "B": (3, 6), "C": (9, 30)}, {}, "AB"),  # six and six together
        ({"A": (4, 10)}, {}, "A"),
        ({"A": (9, 30), "B": (20, 40), "C": (9, 31)}, {"A": 34}, "AC"),  # 4 of A are only in what is wider
        ({"A": (9, 30), "B": (20, 40), "C": (9, 31)}, {"A": 35}, ""),
        ({"A": (9, 30), "B": (20, 40), "C": (9, 31)}, {"A": 30}, "AC"),
        ({"A": (9, 30), "B": (20, 40), "C": (9, 31)}, {"A": 29, "D": 12}, ""),
    ],
)
def test_lines_that_would_tell_a_small_number_are_withheld_and_never_one_alone(
    lines: dict[str, tuple[int, int]], around: dict[str, int], withheld: str
) -> None:
    """DP-13, on both sides of five: a line, its rest, the rest of a wider metric, all that is withheld."""
    found = {name: measured("M12", *counts) for name, counts in lines.items()}
    wider = {name: measured("M3", counted // 2, counted) for name, counted in around.items()}
    told = lines_for_totals(found, [wider], 5)
    assert {name for name, one in told.items() if one is None} == set(withheld)
    assert list(told) == list(lines)


def test_every_metric_reads_well() -> None:
    for metric in ALL.values():
        assert isinstance(metric, Metric)
        said = Measured(metric, 3, 4).sentence
        assert said.startswith("3 of 4 ")
        assert "  " not in said
