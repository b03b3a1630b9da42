"""A figure over eight quarters: the same in picture and table, withheld as withheld, and how it moved."""

import re
from typing import Any

import pytest

from panel.board_pack.queries import words_of
from panel.board_pack.trend import Back
from panel.board_pack.words import page_of
from tests.support.board import SUMMER
from workflows.board_pack import Shape

SAYS = words_of(SUMMER)


def timeliness(part: int | None, whole: int | None = 20) -> dict[str, Any]:
    """One share of the figure about time."""
    lines = [{"key": "assessed", "part": part, "whole": whole}]
    return {"key": "timeliness", "shape": Shape.SHARES, "period": "Q", "lines": lines, "total": None}


NONE: dict[str, Any] = timeliness(None) | {"lines": []}


def shown(now: dict[str, Any], *before: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The page of a figure after some quarters, the one before it last."""
    past = {SUMMER.moved(-back).key: {one["key"]: one} for back, one in enumerate(reversed(before), 1)}
    return page_of(now, SAYS[now["key"]], Back(SUMMER, past, **more))


def tables(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The table of a page, and those that are folded away."""
    return [page["table"], *page["more"]["tables"]]


def texts(page: dict[str, Any], table: int) -> list[list[str]]:
    """The rows of a table."""
    return [[row["name"], *(cell["text"] for cell in row["cells"])] for row in tables(page)[table]["rows"]]


def test_a_figure_without_a_past_has_its_bars_and_no_trend() -> None:
    page = page_of(timeliness(12), SAYS["timeliness"], Back(SUMMER))
    assert [table["title"] for table in tables(page)] == ["On time"]
    assert tables(page)[0]["heads"] == ["", "On time", "Of", "Share", "Target"]
    assert texts(page, 0) == [["Assessment finished", "12", "20", "60 %", "at least 90 %"]]
    assert page["reading"] == ""


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (timeliness(12), timeliness(12), "the same"),
        (timeliness(13), timeliness(12), "up 5 points, which may be chance"),
        (timeliness(2), timeliness(18), "down 80 points"),
        (timeliness(101, 200), timeliness(99, 200), "up 1 point, which may be chance"),
        (timeliness(None, None), timeliness(12), "–"),
        (timeliness(12), timeliness(None, None), "–"),
        (timeliness(12), NONE, "–"),
    ],
)
def test_how_it_moved_since_the_quarter_before(
    now: dict[str, Any], before: dict[str, Any], said: str
) -> None:
    page = shown(now, before)
    head = "Since the quarter before"
    if said != "–" or now["lines"][0]["part"] is not None:
        assert tables(page)[0]["heads"][4] == head
        assert tables(page)[0]["rows"][0]["cells"][3]["text"] == said
    else:
        assert head not in tables(page)[0]["heads"]


def test_the_change_is_never_taken_over_a_quarter_that_is_missing() -> None:
    past = {SUMMER.moved(-2).key: {"timeliness": timeliness(2)}}
    page = page_of(timeliness(18), SAYS["timeliness"], Back(SUMMER, past))
    assert "Since the quarter before" not in tables(page)[0]["heads"]


def test_picture_and_table_say_the_same_of_each_quarter() -> None:
    before = [timeliness(4), NONE, timeliness(None, None), timeliness(0), timeliness(20), timeliness(5)]
    page = shown(timeliness(12), *before)
    rows = texts(page, 1)
    assert [row[0] for row in rows][-1] == "July to September 2026"
    assert [row[1] for row in rows] == [
        *("4 of 20 (20 %)", "–", "withheld", "0 of 20 (0 %)", "20 of 20 (100 %)", "5 of 20 (25 %)"),
        "12 of 20 (60 %)",
    ]
    picture = page["picture"]
    said = re.search(r"<desc[^>]*>(.*?)</desc>", picture)
    assert said is not None
    assert said[1] == (
        "Assessment finished: Jan 2025 20 %, Apr 2025 –, Jul 2025 withheld, Oct 2025 0 %, Jan 2026 100 %, "
        "Apr 2026 25 %, Jul 2026 60 %."
    )
    assert picture.count("-hatch)") == 5
    assert picture.count('fill="none" stroke-dasharray="4 4"') == 1
    assert "Dashed line: the target of 90 %" in picture


def test_what_is_withheld_is_in_no_picture_and_no_table() -> None:
    hidden = timeliness(None, None)
    page = shown(hidden, hidden, hidden)
    told = page["picture"] + str(tables(page))
    assert not re.search(
        r"\d+ of \d+|\d %(?!\))", told.replace("target of 90 %", "").replace("at least 90 %", "")
    )


def test_four_quarters_together_stand_under_the_quarters() -> None:
    year = timeliness(12, 21) | {"period": "1 April 2025 to 31 March 2026"}
    hidden = timeliness(None, None)
    page = shown(hidden, hidden, together={"timeliness": year})
    together = ["Four quarters together: 1 April 2025 to 31 March 2026", "12 of 21 (57 %)"]
    assert texts(page, 1) == [["Each of the last eight quarters", "withheld"], together]
    two = timeliness(None, None) | {"lines": [*hidden["lines"], {"key": "given", "part": 9, "whole": 20}]}
    rows = texts(shown(two, hidden, together={"timeliness": year}), 1)
    assert [row[0] for row in rows[:2]] == ["April to June 2026", "July to September 2026"]
    assert rows[-1] == [together[0], together[1], "told by quarter"]
