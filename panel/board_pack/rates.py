"""The rates as a page shows them: those that differ by more than chance, and every comparison behind them."""

from collections.abc import Mapping
from typing import Any

from config.board_pack import FigureWords
from panel.board_pack import chart
from panel.board_pack.disparity import AGAINST, point_words
from panel.board_pack.figures import Figure
from panel.board_pack.sentences import WITHHELD, against, group_words
from panel.board_pack.trend import NONE
from workflows.relative_rate import Index

CONFIDENCE = "95 %"
ON_A_PAGE = 9
BY_CHANCE = 20  # of so many comparisons one differs at 95 % though nothing is unequal
Row = tuple[Mapping[str, Any], Index]


def table(figure: Figure) -> dict[str, Any]:
    """The comparisons that differ by more than chance alone could make, the widest first."""
    found = compared(figure)
    rows = [
        {
            "name": f"{_name(line)} against {group_words(AGAINST[line['by']])}",
            "cells": _told(line, one),
            "withheld": False,
        }
        for line, one in _widest(found)
    ]
    return {"title": _title(len(rows), len(found)), "heads": ["", *_HEADS], "rows": rows}


_HEADS = ("Children's cases", f"Times as often ({CONFIDENCE} interval)")


def _title(many: int, of: int) -> str:
    return (
        f"{many} of {of} comparisons differ by more than chance alone could make, the widest first; "
        f"of {BY_CHANCE} one does where nothing is unequal"
    )


def _told(line: Mapping[str, Any], one: Index) -> list[dict[str, str]]:
    return [{"text": f"{line['part']:,}"}, {"text": one.words}]


def picture(figure: Figure, says: FigureWords) -> str:
    """The same as points with their intervals."""
    rows = _widest(compared(figure))
    return _drawn(f"{figure['key']}-widest", figure, says, rows) if rows else ""


def pictures(figure: Figure, says: FigureWords) -> list[str]:
    """Every comparison, in pictures that each fit on a page."""
    rows = compared(figure)
    pieces = [rows[first : first + ON_A_PAGE] for first in range(0, len(rows), ON_A_PAGE)]
    return [_drawn(f"{figure['key']}-{n}", figure, says, piece) for n, piece in enumerate(pieces, 1)]


def compared(figure: Figure) -> list[Row]:
    """The lines that can be set against who lives here."""
    found = ((line, against(figure, line, "whole")) for line in figure["lines"])
    return [(line, one) for line, one in found if one is not None]


def _widest(rows: list[Row]) -> list[Row]:
    wide = [(line, one) for line, one in rows if one.differs]
    return sorted(wide, key=lambda row: -max(row[1].value, 1 / row[1].value))[:ON_A_PAGE]


def _name(line: Mapping[str, Any]) -> str:
    return f"{point_words(line['point'])}, {group_words(line['group'])}"


def _drawn(key: str, figure: Figure, says: FigureWords, rows: list[Row]) -> str:
    title = f"{says.title}, {figure['period']}: times as often as the comparison group"
    spans = (chart.Span(_name(line), one.low, one.value, one.high, one.words) for line, one in rows)
    return chart.spans(key, title, tuple(spans))


def tables(figure: Figure) -> list[dict[str, Any]]:
    """One table for each point of decision and each way to group."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in figure["lines"]:
        found.setdefault((line["by"], line["point"]), []).append(line)
    return [
        {
            "title": point_words(point),
            "heads": _heads(by),
            "rows": [{"name": group_words(one["group"]), "cells": _cells(figure, one)} for one in lines],
        }
        for (by, point), lines in found.items()
    ]


def _heads(by: str) -> list[str]:
    to = group_words(AGAINST[by])
    return [
        "Ethnic group" if by == "group" else "Gender",
        "Children's cases",
        "Children who live here",
        "For each 1,000",
        f"Times as often as {to} ({CONFIDENCE} interval), by who lives here",
        f"Times as often as {to} ({CONFIDENCE} interval), by the step before",
    ]


def _cells(figure: Figure, line: Mapping[str, Any]) -> list[dict[str, str]]:
    part, lives = line["part"], line["whole"]
    rate = f"{1000 * part / lives:.1f}" if part is not None and lives else NONE
    found = [against(figure, line, base) for base in ("whole", "before")]
    compared_with = "compared with" if line["group"] == AGAINST[line["by"]] else NONE
    count = WITHHELD if part is None else f"{part:,}"
    cells = [count, f"{lives:,}" if lives else NONE, rate]
    return [{"text": text} for text in [*cells, *(one.words if one else compared_with for one in found)]]
