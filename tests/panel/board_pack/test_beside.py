"""Tables of a pack, of later packs and the pages beside them tell of no few by differences (DP-13)."""

from typing import Any

import pytest

from config.board_pack import figure_words
from panel.board_pack.looking_back import past_for_board
from panel.board_pack.pages import to_keep
from panel.board_pack.showing import LISTS, Known, for_board, numbers_told
from panel.board_pack.told import Told
from tests.panel.board_pack.test_showing import LEAST, by_key, line, shares, told
from tests.support.world import TODAY
from workflows.board_pack import Shape
from workflows.nested import Number
from workflows.quarters import Quarter

SPRING, NEXT_SPRING = Quarter(2026, 1), Quarter(2027, 1)


def adds_up(key: str, shape: Shape, **parts: int) -> dict[str, Any]:
    """A figure whose lines add up: all of each line is its part."""
    whole = sum(parts.values())
    lines = [line(name, many, whole if shape == Shape.MIX else many) for name, many in parts.items()]
    return {
        "key": key,
        "shape": shape,
        "period": "Q",
        "lines": lines,
        "total": {"part": whole, "whole": whole},
    }


def outcomes(**more: int) -> dict[str, Any]:
    """137 disposals, or others."""
    counts = {"community_resolution": 102, "youth_caution": 20, "no_further_action": 15}
    return adds_up("outcomes", Shape.MIX, **(counts | more))


def board(*figures: dict[str, Any], numbers: list[Number] | None = None) -> dict[str, dict[str, Any]]:
    """The figures as the board reads them."""
    return by_key(for_board(figures, Known(numbers=numbers or []), LEAST))


@pytest.mark.parametrize(
    ("listed", "shown"), [(102, 102), (101, None), (98, None), (97, 102), (103, None), (107, 102)]
)
def test_resolutions_on_no_list_of_the_force_do_not_follow_from_two_tables(
    listed: int, shown: int | None
) -> None:
    found = board(shares("exceptions", ("untold", 26, listed)), outcomes())
    assert told(found["exceptions"]) == {"untold": 26}
    assert told(found["outcomes"])["community_resolution"] == shown
    # One line alone would follow from the total.
    assert told(found["outcomes"])["no_further_action"] == (15 if shown else None)
    assert found["outcomes"]["total"]["whole"] == 137


def test_what_a_pack_told_before_is_not_told_beside_another_number() -> None:
    said = numbers_told(outcomes())
    assert told(board(shares("exceptions", ("untold", 26, 98)), numbers=said)["exceptions"]) == {
        "untold": None
    }
    assert told(board(shares("exceptions", ("untold", 26, 97)), numbers=said)["exceptions"]) == {"untold": 26}
    page: list[Number] = [("listed", 98)]
    assert told(board(outcomes(), numbers=page)["outcomes"])["community_resolution"] is None
    total: list[Number] = [("for the panel", 135)]
    assert board(outcomes(), numbers=total)["outcomes"]["total"] is None
    cautions: list[Number] = [("cautions", 21)]
    assert told(board(outcomes(), numbers=cautions)["outcomes"])["youth_caution"] is None


def test_few_of_a_rest_do_not_follow_from_the_resolutions_that_are_withheld_together() -> None:
    figures = shares("exceptions", ("untold", 26, 98)), outcomes(youth_caution=0, no_further_action=1)
    assert board(*figures)["outcomes"]["total"] is not None, "five of them are of two kinds"
    figures = shares("exceptions", ("untold", 26, 99)), outcomes(youth_caution=0, no_further_action=1)
    assert board(*figures)["outcomes"]["total"] is None


def test_cases_that_were_late_in_another_step_alone_do_not_follow() -> None:
    late = shares("exceptions", ("late", 23, 50))
    assert told(board(late, shares("timeliness", ("assessed", 29, 50)))["timeliness"]) == {"assessed": None}
    assert told(board(late, shares("timeliness", ("assessed", 32, 50)))["timeliness"]) == {"assessed": 32}


def test_a_mix_of_the_same_cases_is_withheld_where_its_total_would_tell_of_a_few() -> None:
    late = shares("exceptions", ("late", 23, 50))
    week = adds_up("education", Shape.MIX, school=40, neet=13)
    assert board(late, week)["education"]["total"] is None
    assert set(told(board(late, week)["education"])) == set(LISTS["education"])
    assert board(late, adds_up("education", Shape.MIX, school=40, neet=15))["education"]["total"] is not None


@pytest.mark.parametrize(("key", "few", "enough"), [("victims", 18, 15), ("needs", 18, 15)])
def test_those_who_gave_no_answer_or_no_sign_do_not_follow(key: str, few: int, enough: int) -> None:
    first, second = ("answered", "seen") if key == "victims" else ("speech", "speech_met")
    for whole, shown in ((few, None), (enough, 8)):
        found = board(shares(key, (first, 20, 60), (second, 8, whole)))
        assert told(found[key]) == {first: 20, second: shown}


def test_the_cases_of_a_year_ago_are_beside_what_was_told_of_them_then() -> None:
    again = adds_up("reoffending", Shape.PARTS, community_resolution=40, youth_caution=30)
    for one in again["lines"]:
        one["part"] //= 2
    again["total"]["part"] = 35

    def read(ago: list[Number]) -> dict[str, Any]:
        return for_board([again], Known(ago=ago), LEAST)[0]

    assert read([])["total"] == {"part": 35, "whole": 70}
    assert read([("given community_resolution", 43)])["total"] is None
    assert read([("given community_resolution", 45)])["total"] is not None
    assert read([("cases", 72)])["total"] is None


def test_an_earlier_quarter_is_told_beside_what_is_known_of_it_a_year_later() -> None:
    later = adds_up("reoffending", Shape.PARTS, community_resolution=101)
    known = Told({NEXT_SPRING.key: [{"reoffending": later}]}, {})
    assert ("case community_resolution", 101) in known.numbers(SPRING)
    assert not known.numbers(NEXT_SPRING)
    shown = by_key(past_for_board({SPRING.key: [outcomes()]}, known, LEAST)[SPRING.key])
    assert told(shown["outcomes"])["community_resolution"] is None


def test_of_a_line_that_is_withheld_nobody_knows_whether_there_is_one() -> None:
    few = board(adds_up("education", Shape.MIX, school=3))["education"]
    assert told(few) == dict.fromkeys(LISTS["education"])
    assert few["total"] is None
    enough = board(adds_up("education", Shape.MIX, school=30, neet=20))["education"]
    assert told(enough) == {"school": 30, "neet": 20}
    nothing = adds_up("education", Shape.MIX)
    assert board(nothing)["education"]["lines"] == []


def test_the_lists_of_lines_are_those_of_the_words() -> None:
    for says in figure_words(TODAY):
        if says.shape in (Shape.MIX, Shape.PARTS) and says.line:
            assert tuple(LISTS[says.key]) == tuple(says.line)
        if says.shape in (Shape.MIX, Shape.PARTS):
            assert says.key in LISTS


def test_pages_keep_what_packs_told_of_their_quarter() -> None:
    exceptions = shares("exceptions", ("untold", 26, 98), ("unsigned", 9, 40))
    hidden = outcomes() | {"lines": [line("youth_caution", 3, 137) | {"part": None, "whole": None}]}
    said = {"exceptions": exceptions, "outcomes": hidden, "countersigning": shares("countersigning")}
    kept = to_keep(Told({SPRING.key: [said]}, {}), SPRING)
    assert kept["lines"] == {"M1": [26, 98], "M11": [31, 40]}
    assert kept["hidden"] == ["youth_caution"]
    assert ["listed", 98] in kept["numbers"]
    again = {"exceptions": board(shares("exceptions", ("untold", 2, 98)))["exceptions"]}
    kept = to_keep(Told({SPRING.key: [said, again]}, {}), SPRING)
    assert kept["lines"] == {"M1": None}
    assert ["listed", 98] in kept["numbers"]
