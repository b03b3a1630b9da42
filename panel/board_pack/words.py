"""Figures as page, paper and workbook show them: tables with their heads, and the picture of each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from config.board_pack import FigureWords
from panel.board_pack import chart, rates, trend
from panel.board_pack.figures import Figure, line_words
from panel.board_pack.sentences import WITHHELD, share
from panel.board_pack.trend import ALL_TOGETHER, NONE, TOTAL, Back
from workflows.board_pack import Shape
from workflows.gap import per_cent
from workflows.relative_rate import SAYS

Href = Callable[[str, str, str], str]
MUTE = (
    "In none of the last eight quarters can the numbers be shown, and four of them together cannot be shown "
    "either."
)
EXACT = "The board reads these counts rounded, so the rates that it reads differ from these a little."
READING = (
    "Each column is one quarter, named by its first month; the last one is the quarter of this pack. An "
    "empty dashed box is a number that is withheld, and – says that nothing was recorded."
)


def page_of(
    figure: Figure, says: FigureWords, back: Back, *, text: str = "", href: Href | None = None
) -> dict[str, Any]:
    """Everything that the pack shows of a figure; `href` gives the list behind (figure, line, side).

    `table` and `picture` stand on its page, `sparks` beside the rows of the table; `more` is folded away
    under the words of `more_words`.
    """
    unequal = figure["shape"] == Shape.RATES
    seen = _rates(figure, says) if unequal else _lines(figure, says, back, href)
    notes = (figure.get("note", "") or (EXACT if unequal else ""), MUTE if seen.pop("mute") else "")
    return {
        "key": figure["key"],
        "title": says.title,
        "period": figure["period"],
        "text": text or figure.get("text", ""),
        "note": " ".join(filter(None, notes)),
        "counts": says.counts,
        "cannot": says.cannot,
        "source": says.source,
        "caveat": f"{figure['caveat']} {SAYS}" if unequal else "",
        **seen,
    }


def _rates(figure: Figure, says: FigureWords) -> dict[str, Any]:
    return {
        "table": rates.table(figure),
        "picture": rates.picture(figure, says),
        "sparks": [],
        "reading": "",
        "more_words": "Every comparison",
        "more": {"pictures": rates.pictures(figure, says), "tables": rates.tables(figure)},
        "mute": False,
    }


def _lines(figure: Figure, says: FigureWords, back: Back, href: Href | None) -> dict[str, Any]:
    looks_back = bool(back.past) and any(one and one["lines"] for _, one in back.over(figure))
    mute = looks_back and trend.says_nothing(figure, back)
    drawn = trend.picture(figure, says, back) if looks_back else _bars(figure, says)
    table, sparks = _table(figure, says, back, href), trend.sparks(figure, says, back)
    for number, row in enumerate(table["rows"]):
        numbers = row["cells"][: len(_heads(says, mix=figure["shape"] == Shape.MIX)) - 1]
        drawn_too = bool(sparks and sparks[number]["picture"])
        row["withheld"] = not drawn_too and all(cell["text"] == WITHHELD for cell in numbers)
    return {
        "table": table,
        "picture": drawn,
        "sparks": sparks,
        "reading": READING if looks_back and drawn else "",
        "more_words": "The numbers of each quarter",
        "more": {
            "pictures": [],
            "tables": [trend.table(figure, says, back)] if looks_back and not mute else [],
        },
        "mute": mute,
    }


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


def _bars(figure: Figure, says: FigureWords) -> str:
    rows = tuple(
        chart.Bar(
            line_words(says, line["key"]),
            None if line["part"] is None else (line["part"] / line["whole"] if line["whole"] else 0.0),
            share(line),
        )
        for line in figure["lines"]
    )
    # Where everything is withheld there is nothing to draw.
    if all(row.share is None for row in rows):
        return ""
    return chart.bars(figure["key"], f"{says.title}, {figure['period']}", rows)


def lines_of_sheet(figure: Mapping[str, Any]) -> list[list[str]]:
    """One page of the pack as rows of a workbook."""
    rows = [[figure["title"], figure["period"]], [figure["text"]], [figure["note"]] if figure["note"] else []]
    for table in (figure["table"], *figure["more"]["tables"]):
        rows += [[], [table["title"]], table["heads"]]
        rows += [[row["name"], *(cell["text"] for cell in row["cells"])] for row in table["rows"]]
    said: Sequence[str] = (figure["counts"], figure["cannot"], figure["caveat"], figure["source"])
    return [row for row in rows if row] + [[]] + [[one] for one in said if one]
