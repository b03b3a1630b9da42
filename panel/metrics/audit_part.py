"""How an audited case stands in the metrics, for the page on which the answers of its auditors are read."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from panel.audits.mirrors import STANDING, Stands
from panel.audits.results import Read
from panel.figures.in_python import answer_of
from panel.figures.kinds import AUDIT, AUDITED, CASE, MEETING, POLICE, Kind
from panel.figures.measure import Measure
from panel.metrics.words import SIDES
from workflows.quarters import Quarter

# What these count is no case.
OTHERS = {POLICE: "It counts disposals of the police", MEETING: "It counts meetings"}
OPENS = {side: f"{says}, in" for side, says in SIDES.items()}


def standing(db: Session, one: Read) -> Mapping[str, Stands]:
    """Each metric in which the case of an audit appears, with the list on which it is found."""
    case = one.case
    subjects: tuple[tuple[Kind, Collection[int]], ...] = (
        (CASE, [case.referral_id]),
        (AUDITED, [case.id]),
        (AUDIT, [audit.id for audit in one.audits]),
    )
    found = {measure.id: Stands(says, "") for kind, says in OTHERS.items() for measure in kind.measures}
    for kind, numbers in subjects:
        rows = db.execute(select(kind.model).where(col(kind.model.subject_id).in_(numbers))).scalars()
        held = [row.model_dump() for row in rows]
        for measure in kind.measures:
            sides = [_side(measure, row) for row in held if answer_of(measure.within)(row)]
            worst = next((side for side in SIDES for row_side in sides if row_side == side), None)
            if worst is not None:
                found[measure.id] = _stands(measure, worst, held)
    return found


def _side(measure: Measure, row: dict[str, Any]) -> str | None:
    met, counted, left = (
        answer_of(part)(row) for part in (measure.met_part, measure.counted_part, measure.excluded_part)
    )
    if counted and (met > 0 if measure.fewer else met < counted):
        return "failing"
    return "passing" if counted else "excluded" if left else None


def _stands(measure: Measure, side: str, rows: list[dict[str, Any]]) -> Stands:
    day = max(answer_of(measure.day)(row) for row in rows if answer_of(measure.within)(row))
    quarter = Quarter.of(day)
    href = url_for("metrics.listing", metric=measure.id, side=side, quarter=quarter.key)
    return Stands(f"{OPENS[side]} {quarter.words}", href)


STANDING.append(standing)
