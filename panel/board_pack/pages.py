"""What packs tell of a quarter, and what the pages of the metrics and of the gap show of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from config.metrics import definitions
from panel.board_pack.figures import Figure
from panel.board_pack.showing import hidden_lines
from panel.board_pack.told import Told, told
from panel.gap.board import METRIC, board_gap, told_with
from panel.metrics.models import BoardReading
from panel.metrics.pinned import GAP, METRICS, NOTHING_KNOWN, TOLD, Reading, shown_of
from workflows.metrics import numbers_shown
from workflows.nested import ALSO, Number, numbers_of, told_of
from workflows.quarters import Quarter
from workflows.vocabulary import Outcome


def everything(db: Session, area_id: int, *, on: date, least: int) -> Told:
    """Everything that the board reads of an area, in packs and on pages."""
    query = select(BoardReading).where(BoardReading.area_id == area_id).order_by(col(BoardReading.id))
    rows: dict[str, dict[str, BoardReading]] = {}
    for row in db.exec(query):
        rows.setdefault(row.quarter, {})[row.what] = row
    return replace(told(db, area_id), pages={key: _numbers(key, of, on, least) for key, of in rows.items()})


def _numbers(key: str, of: dict[str, BoardReading], on: date, least: int) -> list[Number]:
    quarter, row = Quarter.read(key), of.get(METRICS)
    if quarter is None or row is None:
        return []
    before = told_of(of[TOLD].content) if TOLD in of else NOTHING_KNOWN
    reading = Reading(row.content, row.taken_on, before)
    found = numbers_shown(shown_of(reading, definitions(on), quarter, least))
    if GAP in of:
        told_then = told_with(of[GAP].content)
        gap = board_gap(of[GAP].content, least, told_then, [*told_then.numbers, *found]).total
        found += numbers_of(METRIC, gap.whole, gap.part) if gap is not None else []
    return found


def to_keep(known: Told, quarter: Quarter) -> dict[str, Any]:
    """What packs told of a quarter, to be kept with what its pages show."""
    last = known.last(quarter)
    lines = {metric: pair for metric in ALSO if (pair := _pair(last, metric)) is not None}
    return {
        "numbers": sorted([name, many] for name, many in known.numbers(quarter)),
        "lines": {metric: list(pair) if pair else None for metric, pair in lines.items()},
        "hidden": sorted({name for one in known.of(quarter) for name in _hidden(one.get("outcomes"))}),
    }


def _pair(said: Any, metric: str) -> Sequence[int] | None:
    """Met and counted as a pack has them, empty where it withholds them; None where it has none."""
    name, other_side = ALSO[metric]
    key, _, line = name.partition("|")
    figure: Figure | None = said.get(key)
    if figure is None or not figure["lines"]:
        return None
    found = next((one for one in figure["lines"] if one["key"] == line), None) if line else figure["total"]
    if line and found is None:
        return None
    if found is None or found["part"] is None:
        return ()
    return (found["whole"] - found["part"] if other_side else found["part"], found["whole"])


def _hidden(outcomes: Figure | None) -> Sequence[str]:
    if outcomes is None or not outcomes["lines"]:
        return ()
    return hidden_lines(outcomes) if outcomes["total"] is not None else [one.value for one in Outcome]
