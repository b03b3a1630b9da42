"""Figures as page, paper and workbook show them: tables with their heads, and the picture of each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from config.board_pack import FigureWords
from panel.board_pack import chart, trend
from panel.board_pack.disparity import AGAINST, point_words
from panel.board_pack.figures import Figure, line_words
from panel.board_pack.sentences import WITHHELD, against, group_words, share
from panel.board_pack.trend import ALL_TOGETHER, NONE, TOTAL, Back
from workflows.board_pack import Shape
from workflows.gap import per_cent
from workflows.relative_rate import SAYS

Href = Callable[[str, str, str], str]
CONFIDENCE = "95 %"
ON_A_PAGE = 9
MUTE = (
    "In each of the last eight quarters the numbers are too small to be shown, and four of them together "
    "cannot be shown either."
)
READING = (
    "Each column is one quarter, named by its first month; the last one is the quarter of this pack. An "
    "empty dashed box is a number that is withheld, and – says that nothing was recorded."
)


def page_of(
    figure: Figure, says: FigureWords, back: Back, *, text: str = "", href: Href | None = None
) -> dict[str, Any]:
    """Everything that one page of the pack shows; `href` gives the list behind (figure, line, side)."""
    rates = figure["shape"] == Shape.RATES
    tables = _rate_tables(figure) if rates else [_table(figure, says, back, href)]
    looks_back = not rates and bool(back.past) and any(one and one["lines"] for _, one in back.over(figure))
    mute = looks_back and trend.says_nothing(figure, back)
    looks_back = looks_back and not mute
    if looks_back:
        tables.append(trend.table(figure, says, back))
    pictures = _pictures(figure, says, back, looks_back=looks_back)
    return {
        "key": figure["key"],
        "title": says.title,
        "period": figure["period"],
        "text": text or figure.get("text", ""),
        "note": " ".join(filter(None, (figure.get("note", ""), MUTE if mute else ""))),
        "counts": says.counts,
        "cannot": says.cannot,
        "source": says.source,
        "caveat": f"{figure['caveat']} {SAYS}" if rates else "",
        "tables": [table for table in tables if table["rows"]],
        "pictures": pictures,
        "reading": READING if looks_back and pictures else "",
    }


def _pictures(figure: Figure, says: FigureWords, back: Back, *, looks_back: bool) -> list[str]:
    if figure["shape"] == Shape.RATES:
        return _spans(figure, says)
    if not looks_back:
        return _bars(figure, says)
    return [picture] if (picture := trend.picture(figure, says, back)) else []


def _table(figure: Figure, says: FigureWords, back: Back, href: Href | None) -> dict[str, Any]:
    key = figure["key"]
    rows = [_row(line_words(says, one["key"]), one, figure, href, key) for one in figure["lines"]]
    names = [one["key"] for one in figure["lines"]]
    if figure["total"] is not None and len(rows) > 1:
        rows.append(_row(ALL_TOGETHER, figure["total"] | {"key": ""}, figure, href, key))
        names.append(TOTAL)
    mix = figure["shape"] == Shape.MIX
    heads = _heads(says, mix=mix)
    if back.before(figure) is not None and any(line["part"] is not None for line in figure["lines"]):
        heads.append("Since the quarter before")
        for name, row in zip(names, rows, strict=True):
            row["cells"].append({"text": NONE if mix and name == TOTAL else trend.change(figure, name, back)})
    if says.target:
        heads.append("Target")
        for name, row in zip(names, rows, strict=True):
            row["cells"].append({"text": trend.target_words(says, name, back.quarter)})
    return {"title": says.title, "heads": heads, "rows": rows}


def _heads(says: FigureWords, *, mix: bool) -> list[str]:
    return ["", says.part, "Share"] if mix else ["", says.part, says.whole, "Share"]


def _row(name: str, line: Mapping[str, Any], figure: Figure, href: Href | None, key: str) -> dict[str, Any]:
    mix = figure["shape"] == Shape.MIX
    numbers = ("part",) if mix else ("part", "whole")
    cells = [_cell(line, side, name, href, key) for side in numbers]
    known = line["part"] is not None and line["whole"]
    rate = per_cent(line["part"], line["whole"]) if known else (WITHHELD if line["part"] is None else NONE)
    if mix and figure["total"] is None and line["part"] is not None:
        rate = WITHHELD
    return {"name": name, "cells": [*cells, {"text": rate}]}


def _cell(line: Mapping[str, Any], side: str, name: str, href: Href | None, key: str) -> dict[str, str]:
    value = line[side]
    if value is None:
        return {"text": WITHHELD}
    opens = href(key, line["key"], side) if href is not None and value else ""
    return {"text": f"{value:,}", "href": opens, "about": name}


def _bars(figure: Figure, says: FigureWords) -> list[str]:
    rows = tuple(
        chart.Bar(
            line_words(says, line["key"]),
            None if line["part"] is None else (line["part"] / line["whole"] if line["whole"] else 0.0),
            share(line),
        )
        for line in figure["lines"]
    )
    return [chart.bars(figure["key"], f"{says.title}, {figure['period']}", rows)] if rows else []


def _spans(figure: Figure, says: FigureWords) -> list[str]:
    """The rates in pictures that each fit on a page."""
    rows = []
    for line in figure["lines"]:
        found = against(figure, line, "whole")
        if found is not None:
            name = f"{point_words(line['point'])}, {group_words(line['group'])}"
            rows.append(chart.Span(name, found.low, found.value, found.high, found.words))
    title = f"{says.title}, {figure['period']}: times as often as the comparison group"
    pieces = [rows[first : first + ON_A_PAGE] for first in range(0, len(rows), ON_A_PAGE)]
    return [chart.spans(f"{figure['key']}-{n}", title, tuple(piece)) for n, piece in enumerate(pieces, 1)]


def _rate_tables(figure: Figure) -> list[dict[str, Any]]:
    """One table for each point of decision and each way to group."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in figure["lines"]:
        found.setdefault((line["by"], line["point"]), []).append(line)
    return [
        {
            "title": point_words(point),
            "heads": _rate_heads(by),
            "rows": [{"name": group_words(one["group"]), "cells": _rate_cells(figure, one)} for one in lines],
        }
        for (by, point), lines in found.items()
    ]


def _rate_heads(by: str) -> list[str]:
    to = group_words(AGAINST[by])
    return [
        "Ethnic group" if by == "group" else "Gender",
        "Children's cases",
        "Children who live here",
        "For each 1,000",
        f"Times as often as {to} ({CONFIDENCE} interval), by who lives here",
        f"Times as often as {to} ({CONFIDENCE} interval), by the step before",
    ]


def _rate_cells(figure: Figure, line: Mapping[str, Any]) -> list[dict[str, str]]:
    part, lives = line["part"], line["whole"]
    rate = f"{1000 * part / lives:.1f}" if part is not None and lives else NONE
    found = [against(figure, line, base) for base in ("whole", "before")]
    compared = "compared with" if line["group"] == AGAINST[line["by"]] else NONE
    count = WITHHELD if part is None else f"{part:,}"
    cells = [count, f"{lives:,}" if lives else NONE, rate]
    return [{"text": text} for text in [*cells, *(one.words if one else compared for one in found)]]


def lines_of_sheet(figure: Mapping[str, Any]) -> list[list[str]]:
    """One page of the pack as rows of a workbook."""
    rows = [[figure["title"], figure["period"]], [figure["text"]], [figure["note"]] if figure["note"] else []]
    for table in figure["tables"]:
        rows += [[], [table["title"]], table["heads"]]
        rows += [[row["name"], *(cell["text"] for cell in row["cells"])] for row in table["rows"]]
    said: Sequence[str] = (figure["counts"], figure["cannot"], figure["caveat"], figure["source"])
    return [row for row in rows if row] + [[]] + [[one] for one in said if one]
