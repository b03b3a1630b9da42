"""What the board may see: small numbers, other tables, earlier versions and quarters tell no more."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.board_pack.showing import Known, for_board
from workflows.board_pack import Shape

LEAST = 5
KINDS = (
    "no_further_action",
    "community_resolution",
    "outcome_22",
    "youth_caution",
    "youth_conditional_caution",
)
CAUTIONS = KINDS[3:]


def line(key: str, part: int, whole: int) -> dict[str, Any]:
    """One line of a figure."""
    return {"key": key, "part": part, "whole": whole}


def pack(counts: list[int], outside: int = 0, first: int = 0) -> list[dict[str, Any]]:
    """The figures that are about the same disposals: exceptions, first-time entrants, outcomes."""
    by = dict(zip(KINDS, counts, strict=True))
    cautions, whole = sum(by[key] for key in CAUTIONS), sum(counts)
    shares = [line("outside", min(outside, cautions), cautions)]
    entrants = [line(key, min(first, by[key]), by[key]) for key in CAUTIONS]
    total = {"part": sum(one["part"] for one in entrants), "whole": cautions}
    mix = [line(key, many, whole) for key, many in by.items() if many]
    return [
        {"key": "exceptions", "shape": Shape.SHARES, "period": "Q", "lines": shares, "total": None},
        {"key": "entrants", "shape": Shape.PARTS, "period": "Q", "lines": entrants, "total": total},
        {
            "key": "outcomes",
            "shape": Shape.MIX,
            "period": "Q",
            "lines": mix,
            "total": {"part": whole, "whole": whole},
        },
    ]


def by_key(figures: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Figures by their keys."""
    return {one["key"]: one for one in figures}


def told(figure: dict[str, Any]) -> dict[str, int | None]:
    """The counts of a figure as they are shown."""
    return {one["key"]: one["part"] for one in figure["lines"]}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=5, max_size=5), st.integers(0, 30), st.integers(0, 30))
def test_no_withheld_outcome_follows_from_another_table(counts: list[int], outside: int, first: int) -> None:
    shown = by_key(for_board(pack(counts, outside, first), Known(), LEAST))
    mix, real = told(shown["outcomes"]), dict(zip(KINDS, counts, strict=True))
    hidden = {key for key, many in mix.items() if many is None and real.get(key)}
    # What can be known of sums of hidden lines: all of them, and the cautions where another table says them.
    sums = [hidden] if shown["outcomes"]["total"] is not None else []
    caution = [one["whole"] for one in shown["exceptions"]["lines"]] + [
        one["whole"] for one in shown["entrants"]["lines"]
    ]
    if any(value is not None for value in caution) or shown["entrants"]["total"] is not None:
        sums += [hidden & set(CAUTIONS), hidden - set(CAUTIONS)]
    for group in sums:
        if group:
            assert len(group) > 1
            assert sum(real[key] for key in group) >= LEAST


def test_one_small_outcome_takes_another_one_with_it() -> None:
    shown = by_key(for_board(pack([7, 20, 0, 12, 3], outside=10, first=6), Known(), LEAST))
    assert told(shown["outcomes"]) == {
        "no_further_action": None,
        "community_resolution": 20,
        "youth_caution": 12,
        "youth_conditional_caution": None,
        # Nobody knows from the list of lines what there was.
        "outcome_22": None,
        "outcome_22_deferred": None,
        "outcome_23": None,
    }
    # The cautions together would give the three away.
    assert told(shown["exceptions"]) == {"outside": None}
    assert shown["entrants"]["total"] is None
    assert set(told(shown["entrants"]).values()) == {None}


def test_where_every_outcome_is_shown_the_tables_that_follow_are_too() -> None:
    shown = by_key(for_board(pack([7, 20, 6, 22, 13], outside=10, first=7), Known(), LEAST))
    assert None not in told(shown["outcomes"]).values()
    assert told(shown["exceptions"]) == {"outside": 10}
    assert shown["entrants"]["total"] == {"part": 14, "whole": 35}


def test_a_new_version_says_again_what_changed_too_little_and_says_so() -> None:
    first = by_key(for_board(pack([7, 20, 6, 22, 13], 10, 7), Known(), LEAST))
    again = by_key(for_board(pack([7, 21, 6, 22, 13], 11, 7), Known(versions=[first]), LEAST))
    assert told(again["outcomes"]) == told(first["outcomes"])
    assert again["outcomes"]["note"].startswith("As told before")
    assert told(again["exceptions"]) == {"outside": None}
    more = by_key(for_board(pack([7, 25, 6, 22, 13], 15, 7), Known(versions=[first, again]), LEAST))
    assert told(more["outcomes"])["community_resolution"] == 25
    assert more["outcomes"]["note"] == ""


def test_what_was_withheld_of_a_quarter_is_withheld_of_the_same_cases_a_year_later() -> None:
    ago = {"lines": [line("youth_caution", 30, 50) | {"part": None}, line("community_resolution", 20, 50)]}
    lines = [line(key, 10, 30) for key in ("youth_caution", "community_resolution", "outcome_22")]
    figure = {
        "key": "reoffending",
        "shape": Shape.PARTS,
        "period": "Q",
        "lines": lines,
        "total": {"part": 30, "whole": 90},
    }
    shown = for_board([figure], Known(year_ago=ago), LEAST)[0]
    assert told(shown)["youth_caution"] is None
    assert [told(shown)[one["key"]] for one in lines].count(None) == 2


def rate(part: int, before: int | None, group: str = "White") -> dict[str, Any]:
    """One line of the rates."""
    return line(f"given|group|{group}", part, 9400) | {
        "point": "given",
        "by": "group",
        "group": group,
        "before": before,
    }


def test_rates_are_rounded_small_ones_withheld_and_a_year_is_said_once() -> None:
    figure = {
        "key": "disproportionality",
        "shape": Shape.RATES,
        "period": "Y",
        "lines": [rate(42, 63), rate(4, 63, "Mixed"), rate(60, 63, "Other")],
        "total": None,
    }
    shown = for_board([figure], Known(), LEAST)[0]
    assert [one["part"] for one in shown["lines"]] == [40, None, None]
    assert [one["before"] for one in shown["lines"]] == [65, None, None]
    later = figure | {"lines": [rate(43, 63), rate(9, 63, "Mixed"), rate(20, 63, "Other")]}
    assert for_board([later], Known(year=shown), LEAST)[0]["lines"] == shown["lines"]
    other = for_board([later | {"period": "Z"}], Known(year=shown), LEAST)[0]
    assert [one["part"] for one in other["lines"]] == [45, 10, 20]


def test_wholes_of_the_same_cases_that_differ_by_a_few_are_not_both_shown() -> None:
    def shares(least: int) -> list[int | None]:
        lines = [line("assessed", 20, 40 - least), line("given", 20, 40)]
        figure = {"key": "timeliness", "shape": Shape.SHARES, "period": "Q", "lines": lines, "total": None}
        return [one["whole"] for one in for_board([figure], Known(), LEAST)[0]["lines"]]

    assert shares(0) == [40, 40]
    assert shares(1) == [39, None]
    assert shares(4) == [36, None]
    assert shares(5) == [35, 40]


def shares(key: str, *lines: tuple[str, int, int]) -> dict[str, Any]:
    """A figure whose lines are shares by themselves."""
    made = [line(*one) for one in lines]
    return {"key": key, "shape": Shape.SHARES, "period": "Q", "lines": made, "total": None}


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(5, 20, 5), (4, 20, None), (15, 20, 15), (16, 20, None), (18, 20, None), (0, 40, None)],
)
def test_a_share_is_withheld_when_it_or_what_is_left_of_it_is_small(
    part: int, whole: int, shown: int | None
) -> None:
    """DP-13."""
    assert told(for_board([shares("victims", ("seen", part, whole))], Known(), LEAST)[0]) == {"seen": shown}


def test_one_outcome_for_everybody_is_its_total_and_no_small_rest() -> None:
    mix = {"key": "outcomes", "shape": Shape.MIX, "period": "Q", "total": {"part": 50, "whole": 50}}
    only = mix | {"lines": [line("community_resolution", 50, 50)]}
    assert told(for_board([only], Known(versions=[{}]), LEAST)[0]) == {"community_resolution": 50}
    most = mix | {"lines": [line("community_resolution", 45, 50), line("youth_caution", 5, 50)]}
    assert told(for_board([most], Known(), LEAST)[0]) == {"community_resolution": 45, "youth_caution": 5}


def test_what_follows_is_withheld_also_in_a_pack_without_first_time_entrants() -> None:
    exceptions, _, outcomes = pack([7, 20, 0, 12, 3], outside=10)
    shown = by_key(for_board([exceptions, outcomes], Known(), LEAST))
    assert told(shown["exceptions"]) == {"outside": None}


@pytest.mark.parametrize(
    ("part", "before", "shown"),
    [
        (5, 10, (5, 10)),
        (4, 10, (None, None)),
        (5, 9, (None, None)),
        (6, 10, (None, None)),
        (42, None, (40, None)),
    ],
)
def test_a_rate_is_withheld_when_few_or_all_but_few_went_on(
    part: int, before: int | None, shown: tuple[int | None, int | None]
) -> None:
    """DP-13; at the first point of decision there is no step before."""
    lines = [rate(part, before)]
    figure = {"key": "disproportionality", "shape": Shape.RATES, "period": "Y", "lines": lines, "total": None}
    (one,) = for_board([figure], Known(), LEAST)[0]["lines"]
    assert (one["part"], one["before"]) == shown


def test_only_lines_about_the_same_cases_are_kept_apart() -> None:
    figures = [
        shares("timeliness", ("assessed", 20, 41), ("given", 4, 40), ("told", 20, 46)),
        shares("exceptions", ("outside", 20, 42), ("late", 20, 47), ("unsigned", 20, 51)),
    ]
    shown = by_key(for_board(figures, Known(), LEAST))
    assert told(shown["timeliness"]) == {"assessed": 20, "given": None, "told": 20}
    # Those outside of the panel are others; 47 are one more than the 46, and 51 are five more.
    assert told(shown["exceptions"]) == {"outside": 20, "late": None, "unsigned": 20}
