"""What the board was told of an area so far: of each quarter and of each year, in the order of telling."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from panel.board_pack.figures import Figure
from panel.board_pack.later_facts import QUARTERS_BACK
from panel.board_pack.models import BoardPack, BoardPackVersion
from panel.board_pack.showing import numbers_told
from workflows.board_pack import Shape
from workflows.nested import Number
from workflows.quarters import Quarter

Figures = Mapping[str, Figure]
AGAIN = "reoffending"


@dataclass(frozen=True)
class Told:
    """By quarter every statement of its figures, also those in packs of later quarters; by year the first."""

    quarters: Mapping[str, Sequence[Figures]]
    years: Mapping[tuple[str, str], Figure]
    # By quarter what the pages of the metrics and of the gap show.
    pages: Mapping[str, Collection[Number]] = field(default_factory=dict)

    def of(self, quarter: Quarter) -> Sequence[Figures]:
        """What was said of a quarter, the first statement first."""
        return self.quarters.get(quarter.key, ())

    def last(self, quarter: Quarter) -> Figures:
        """What was said of a quarter last; empty where nothing was."""
        said = self.of(quarter)
        return said[-1] if said else {}

    def numbers(self, quarter: Quarter) -> set[Number]:
        """Every number that was told of a quarter: in packs, on pages, and of its cases a year later."""
        later = self.of(quarter.moved(QUARTERS_BACK))
        said = [one for figures in self.of(quarter) for one in figures.values() if one["key"] != AGAIN]
        said += [figures[AGAIN] for figures in later if AGAIN in figures]
        return {number for one in said for number in numbers_told(one)} | set(self.pages.get(quarter.key, ()))

    def year(self, key: str, period: str) -> Figure | None:
        """What was said of a whole year; it is said once."""
        return self.years.get((key, period))


def by_key(figures: Sequence[Figure]) -> dict[str, Figure]:
    """Figures by their keys."""
    return {figure["key"]: figure for figure in figures}


def told(db: Session, area_id: int) -> Told:
    """Everything that was published of an area."""
    query = (
        select(BoardPackVersion)
        .join(BoardPack, col(BoardPack.id) == BoardPackVersion.pack_id)
        .where(BoardPack.area_id == area_id)
        .options(defer(BoardPackVersion.behind))  # type: ignore[arg-type]
        .order_by(col(BoardPackVersion.id))
    )
    quarters: dict[str, list[Figures]] = {}
    years: dict[tuple[str, str], Figure] = {}
    for version in db.exec(query):
        _add(version.content, quarters, years)
    return Told(quarters, years)


def _add(
    content: Mapping[str, Any], quarters: dict[str, list[Figures]], years: dict[tuple[str, str], Figure]
) -> None:
    of_quarters = {content["quarter"]: content["figures"], **content.get("past", {})}
    for key, figures in of_quarters.items():
        quarters.setdefault(key, []).append(by_key(figures))
    rates = [one for one in content["figures"] if one["shape"] == Shape.RATES]
    for one in [*rates, *content.get("together", ())]:
        years.setdefault((one["key"], one["period"]), one)
