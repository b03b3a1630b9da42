"""A figure over up to eight quarters: the picture, the table beside it, the change and the target."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.board_pack import FigureWords
from panel.board_pack import chart
from panel.board_pack.figures import Figure, line_words
from panel.board_pack.sentences import WITHHELD, share
from workflows.board_pack import Shape
from workflows.gap import per_cent
from workflows.quarters import Quarter
from workflows.ratings import percent
from workflows.wilson import differ

NONE = "–"
TOTAL = "total"
ALL_TOGETHER = "All together"
BY_QUARTER = "told by quarter"
EACH_QUARTER = "Each of the last eight quarters"


@dataclass(frozen=True)
class Back:
    """What stands beside the figures of a quarter: those of the quarters before, and of a year together."""

    quarter: Quarter
    past: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    together: Mapping[str, Figure] = field(default_factory=dict)

    def over(self, figure: Figure) -> list[tuple[Quarter, Figure | None]]:
        """The quarters in their order, the last of them that of the pack."""
        earlier = [(Quarter.read(key), of.get(figure["key"])) for key, of in sorted(self.past.items())]
        return [*((quarter, one) for quarter, one in earlier if quarter), (self.quarter, figure)]

    def before(self, figure: Figure) -> Figure | None:
        """The same of the quarter before."""
        return self.past.get(self.quarter.moved(-1).key, {}).get(figure["key"])


def line_of(figure: Figure | None, key: str) -> Mapping[str, Any] | None:
    """One line of a figure, or its total; None where there is nothing of it."""
    if figure is None:
        return None
    if key == TOTAL:
        empty = {"part": None, "whole": None} if figure["lines"] else None
        return figure["total"] if figure["total"] is not None and figure["total"]["whole"] else empty
    return next((line for line in figure["lines"] if line["key"] == key), None)


def change(figure: Figure, key: str, back: Back) -> str:
    """'up 5 points, which may be chance': since the quarter before."""
    now, was = line_of(figure, key), line_of(back.before(figure), key)
    if not (_known(now) and _known(was)) or now is None or was is None:
        return NONE
    pair = (now["part"], now["whole"]), (was["part"], was["whole"])
    points = (percent(*pair[0]) or 0) - (percent(*pair[1]) or 0)
    if not points:
        return "the same"
    chance = "" if differ(*pair) else ", which may be chance"
    return f"{'up' if points > 0 else 'down'} {abs(points)} point{'' if abs(points) == 1 else 's'}{chance}"


def _known(line: Mapping[str, Any] | None) -> bool:
    return line is not None and line["part"] is not None and bool(line["whole"])


def series_of(figure: Figure, over: Sequence[tuple[Quarter, Figure | None]]) -> list[str]:
    """The lines of which a trend is drawn: of what adds up and has shares, the total alone."""
    if figure["shape"] == Shape.PARTS:
        return [TOTAL]
    found: list[str] = []
    for _, one in reversed(over):
        found += [line["key"] for line in (one["lines"] if one else ()) if line["key"] not in found]
    return found


def name_of(says: FigureWords, key: str) -> str:
    """What a series is called."""
    return says.part if key == TOTAL else line_words(says, key)


def target_words(says: FigureWords, key: str, quarter: Quarter) -> str:
    """'at most 10 %'; nothing without a target."""
    target = says.target_of(key, quarter.last)
    if target is None:
        return NONE
    if says.better == "fewer":
        return f"at most {target} %" if target else "none"
    return f"at least {target} %" if target < 100 else "all"


def picture(figure: Figure, says: FigureWords, back: Back) -> str:
    """Each series as columns, one for each quarter."""
    over = back.over(figure)
    rows = tuple(
        _series(key, over, says, back)
        for key in series_of(figure, over)
        # Of what is withheld in every quarter there is nothing to draw; the table says that it is withheld.
        if any(_known(line_of(one, key)) for _, one in over)
    )
    title = f"{says.title}, {over[0][0].words} to {back.quarter.words}, by quarter"
    return chart.columns(figure["key"], title, rows) if rows else ""


def sparks(figure: Figure, says: FigureWords, back: Back) -> list[dict[str, str]]:
    """For each row of the table of a figure its quarters as a small picture with words; empty without any."""
    over = back.over(figure)
    drawn: list[dict[str, str]] = []
    keys = [one["key"] for one in figure["lines"]]
    for key in [*keys, TOTAL] if len(keys) > 1 and figure["total"] is not None else keys:
        row = _series(key, over, says, back)
        told = any(one.share is not None for one in row.quarters)
        told = told and key != (TOTAL if figure["shape"] == Shape.MIX else "")
        name = f"{figure['key']}-spark-{len(drawn)}"
        picture = chart.spark(name, f"{row.name}, by quarter", row) if told else ""
        alt = f"{row.name}: " + ", ".join(f"{one.month} {one.year} {one.says}" for one in row.quarters)
        drawn.append({"picture": picture, "alt": alt})
    return drawn if any(one["picture"] for one in drawn) else []


def _series(
    key: str, over: Sequence[tuple[Quarter, Figure | None]], says: FigureWords, back: Back
) -> chart.Series:
    return chart.Series(
        name_of(says, key),
        tuple(_column(quarter, line_of(one, key)) for quarter, one in over),
        says.target_of(key, back.quarter.last),
    )


def _column(quarter: Quarter, line: Mapping[str, Any] | None) -> chart.Column:
    label = f"{quarter.first:%b}", f"{quarter.first:%Y}"
    if line is None:
        return chart.Column(*label, None, NONE)
    if not _known(line):
        return chart.Column(*label, None, WITHHELD if line["part"] is None or line["whole"] is None else NONE)
    return chart.Column(*label, line["part"] / line["whole"], per_cent(line["part"], line["whole"]))


def says_nothing(figure: Figure, back: Back) -> bool:
    """Whether every quarter is withheld, and the four quarters together too."""
    over, year = back.over(figure), back.together.get(figure["key"])
    seen = [*(one for _, one in over), year]
    return not any(_known(line_of(one, key)) for one in seen for key in series_of(figure, over))


def table(figure: Figure, says: FigureWords, back: Back) -> dict[str, Any]:
    """The numbers of the picture, and of four quarters together where they are told."""
    over = back.over(figure)
    keys = series_of(figure, over)
    rows = [_row(quarter.words, one, keys) for quarter, one in over]
    year = back.together.get(figure["key"])
    told = {key for key in keys if any(_known(line_of(one, key)) for _, one in over)}
    if not told and year is not None:
        # One row says what eight rows of withheld numbers would.
        rows = [{"name": EACH_QUARTER, "cells": [{"text": WITHHELD} for _ in keys]}]
    if year is not None:
        rows.append(_row(f"Four quarters together: {year['period']}", year, keys, told))
    return {
        "title": f"{says.title}, by quarter",
        "folded": True,
        "heads": ["Quarter", *(name_of(says, key) for key in keys)],
        "rows": rows,
    }


def _row(name: str, figure: Figure | None, keys: Sequence[str], told: Collection[str] = ()) -> dict[str, Any]:
    """A row of the table; `told` are series that are not added up because their quarters are told."""
    cells = [BY_QUARTER if key in told else _text(line_of(figure, key)) for key in keys]
    return {"name": name, "cells": [{"text": text} for text in cells]}


def _text(line: Mapping[str, Any] | None) -> str:
    if line is None:
        return NONE
    if line["part"] is not None and line["whole"] is None:
        return f"{line['part']:,}"
    return share(line) if line["part"] is None or line["whole"] else NONE
