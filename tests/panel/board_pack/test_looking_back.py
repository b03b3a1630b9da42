"""Earlier quarters and four quarters together tell no more of a small number than the quarters do."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.board_pack.looking_back import added_up, past_for_board, quarters_of, together_for_board
from panel.board_pack.showing import Known, for_board
from panel.board_pack.told import Told
from workflows.board_pack import Shape
from workflows.periods import Period
from workflows.quarters import Quarter

LEAST = 5
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
QUARTERS = quarters_of(YEAR)
LAST = date(2026, 9, 30)
NOTHING = Told({}, {})
Pair = tuple[int, int]


def shares(key: str, **lines: Pair) -> dict[str, Any]:
    """A figure whose lines are shares by themselves."""
    said = [{"key": name, "part": part, "whole": whole} for name, (part, whole) in lines.items() if whole]
    return {"key": key, "shape": Shape.SHARES, "period": "Q", "lines": said, "total": None}


def mix(key: str, *counts: int) -> dict[str, Any]:
    """A figure whose lines add up."""
    whole = sum(counts)
    said = [{"key": f"k{n}", "part": many, "whole": whole} for n, many in enumerate(counts) if many]
    return {
        "key": key,
        "shape": Shape.MIX,
        "period": "Q",
        "lines": said,
        "total": {"part": whole, "whole": whole},
    }


def told_together(quarters: list[list[dict[str, Any]]], known: Told = NOTHING) -> dict[str, dict[str, Any]]:
    """What is told of the year, by figure."""
    counted = dict(zip(QUARTERS, quarters, strict=True))
    shown = past_for_board(counted, known, LEAST)
    return {one["key"]: one for one in together_for_board(counted, shown, LAST, known, LEAST)}


def test_the_quarters_of_a_year_go_from_april_to_march() -> None:
    assert QUARTERS == ["2025-2", "2025-3", "2025-4", "2026-1"]


def test_what_every_quarter_withholds_is_told_of_four_of_them_together() -> None:
    found = told_together([[shares("victims", answered=(3, 6))] for _ in QUARTERS])
    assert found["victims"]["lines"] == [{"key": "answered", "part": 12, "whole": 24}]
    assert found["victims"]["period"] == "1 April 2025 to 31 March 2026"


@pytest.mark.parametrize("shown", range(4))
def test_a_line_that_one_quarter_tells_is_not_added_up(shown: int) -> None:
    quarters = [[shares("exceptions", breach=(9, 20) if n == shown else (3, 6))] for n in range(4)]
    assert told_together(quarters) == {}


def test_a_sum_of_one_quarter_alone_or_a_small_one_is_not_told() -> None:
    empty_victims = shares("victims")
    assert told_together([[shares("victims", answered=(1, 3))] for _ in QUARTERS]) == {}
    withheld = shares("victims", answered=(3, 6))
    withheld["lines"] = [{"key": "answered", "part": None, "whole": None}]
    known = Told({QUARTERS[0]: [{"victims": withheld}]}, {})
    later = [[shares("victims", answered=(12, 24))], [empty_victims], [empty_victims], [empty_victims]]
    assert told_together(later, known) == {}, "more came in since, but of one quarter alone"
    two = [
        [shares("victims", answered=(4, 9))],
        [shares("victims", answered=(4, 9))],
        [empty_victims],
        [empty_victims],
    ]
    assert told_together(two)["victims"]["lines"][0]["part"] == 8


def test_of_the_same_cases_no_line_is_added_up_where_another_one_is_told_by_quarter() -> None:
    def quarter(whole: int) -> list[dict[str, Any]]:
        return [shares("timeliness", given=(8, 20), decided=(3, whole))]

    assert told_together([quarter(19) for _ in QUARTERS]) == {}
    alone = [[shares("timeliness", decided=(3, 19))] for _ in QUARTERS]
    assert told_together(alone)["timeliness"]["lines"][0] == {"key": "decided", "part": 12, "whole": 76}


def test_a_mix_is_added_up_only_where_no_quarter_told_even_its_total() -> None:
    assert told_together([[mix("education", 2, 1)] for _ in QUARTERS])["education"]["total"]["whole"] == 12
    assert told_together([[mix("education", 2, 1)]] * 3 + [[mix("education", 9, 8)]]) == {}


def test_cautions_and_first_time_entrants_follow_from_outcomes_and_are_not_added_up() -> None:
    figures = [shares("exceptions", outside=(3, 6), breach=(3, 6)), shares("entrants", youth_caution=(3, 6))]
    found = told_together([figures for _ in QUARTERS])
    assert list(found) == ["exceptions"]
    assert {line["key"]: line["part"] for line in found["exceptions"]["lines"]} == {
        "outside": None,
        "breach": 12,
    }


def test_a_year_is_told_once_and_its_quarters_stay_withheld_from_then_on() -> None:
    quarters = [[shares("victims", answered=(3, 6))] for _ in QUARTERS]
    first = told_together(quarters)["victims"]
    known = Told({}, {("victims", first["period"]): first})
    more = [[shares("victims", answered=(6, 12))] for _ in QUARTERS]
    assert told_together(more, known)["victims"] == first
    for key in QUARTERS:
        quarter = Quarter.read(key)
        assert quarter is not None
        hidden = added_up(quarter, known)
        assert "answered" in hidden["victims"]
        again = for_board([shares("victims", answered=(6, 12))], Known(hidden=hidden), LEAST)[0]
        assert again["lines"][0]["part"] is None
    assert added_up(Quarter(2026, 2), known) == {}
    assert added_up(Quarter(2025, 1), known) == {}


def test_what_was_told_of_a_quarter_is_told_again_as_it_was() -> None:
    said = shares("victims", answered=(10, 20))
    known = Told({"2026-1": [{"victims": said}]}, {})
    shown = past_for_board({"2026-1": [shares("victims", answered=(11, 21))]}, known, LEAST)
    assert shown["2026-1"][0]["lines"] == said["lines"]


COUNT = st.tuples(st.integers(0, 14), st.integers(0, 14)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=4, max_size=4))
def test_no_quarter_that_is_withheld_follows_from_the_year(counts: list[tuple[Pair, Pair]]) -> None:
    quarters = [[shares("victims", answered=one, kept=two)] for one, two in counts]
    shown = past_for_board(dict(zip(QUARTERS, quarters, strict=True)), NOTHING, LEAST)
    year = told_together(quarters).get("victims")
    for line in year["lines"] if year else ():
        if line["part"] is None:
            continue
        by_quarter = [
            one for figures in shown.values() for one in figures[0]["lines"] if one["key"] == line["key"]
        ]
        unknown = [one for one in by_quarter if one["part"] is None]
        rest = line["part"] - sum(one["part"] or 0 for one in by_quarter)
        assert len(unknown) > 1
        assert rest >= LEAST
        assert line["whole"] - line["part"] >= LEAST
