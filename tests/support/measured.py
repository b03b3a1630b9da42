"""Subjects of the metrics as they are kept, and the counts made from them, without the cases behind them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col, delete

from panel.figures.definitions import MEASURES
from panel.figures.models import Figure, FigureDay, MeetingMilestone, Milestone, PoliceMilestone
from panel.figures.queries import value_of
from panel.figures.slices import BREAKDOWNS, number_of
from tests.support.world import World
from workflows.gap import Place
from workflows.quarters import Quarter

SUMMER = Quarter(2026, 3)
DAY = date(2026, 8, 4)
FIRST_NUMBER = 70_000  # no case of a test has so high a number


def case(world: World, number: int, *, area: str = "north", day: date = DAY, **facts: Any) -> Milestone:
    """A case whose every date lies on one day, or near it, and in which everything was done."""
    done: dict[str, Any] = {
        "status": "notified",
        "outcome": "youth_caution",
        "gender": "male",
        "ethnicity": "W1",
        "age": 15,
        "care": "not_looked_after",
        "assessed_on": day,
        "assessment_due_on": day,
        "submitted_on": day,
        "countersigned_on": day,
        "countersign_due_on": day,
        "countersigned_by_other": True,
        "referred_on": day - timedelta(days=20),
        "decided_on": day,
        "given_on": day,
        "child_heard": True,
        "carer_heard": True,
        "agencies_heard": True,
        "reasons_given": True,
        "police_view": True,
        "yot_view": True,
        "followed": "yes",
        "explained_child": True,
        "explained_adult": True,
        "copy_on_file": True,
        "case_manager_present": True,
        "plans": 1,
        "plan_signed": True,
        "strengths": 1,
        "safety": "low",
        "harm": "low",
    }
    reference = f"NK-T{number:05d}"[:12]
    return Milestone(
        subject_id=FIRST_NUMBER + number,
        reference=reference,
        area_id=world.areas[area],
        **{**done, **facts},
    )


def told(world: World, number: int, place: Place, *, day: date = DAY, **facts: Any) -> PoliceMilestone:
    """A community resolution that stands in one place of the gap."""
    usual: dict[str, Any] = {
        "outcome": "community_resolution",
        "gender": "male",
        "ethnicity": "W1",
        "age": 14,
    }
    return PoliceMilestone(
        subject_id=FIRST_NUMBER + number,
        reference=f"PD-T{number:05d}"[:12],
        area_id=world.areas["north"],
        given_on=day,
        place=place.value,
        told_in_time=place is Place.IN_TIME,
        **{**usual, **facts},
    )


def held(world: World, number: int, *, day: date = DAY, **seats: bool) -> MeetingMilestone:
    """A meeting that was held, with every seat taken unless it is said."""
    taken = {"police": True, "yot_manager": True, "victim_worker": True, **seats}
    return MeetingMilestone(
        subject_id=FIRST_NUMBER + number, area_id=world.areas["north"], status="closed", held_on=day, **taken
    )


def kept(db: Session, subjects: Iterable[Any], *, on: date) -> None:
    """Write these subjects, and count everything that is there anew."""
    for subject in subjects:
        db.add(subject)
    db.flush()
    db.execute(delete(Figure))
    for one in MEASURES.values():
        model, day = one.model, one.day
        for by in ("", *BREAKDOWNS):
            value = value_of(model, by) if by else func.coalesce(None, "")
            parts = (one.met_part, one.counted_part, one.excluded_part)
            rows = select(col(model.area_id), day, col(model.outcome), value, *parts).where(one.within)
            _add(db, one.id, by, db.execute(rows).all())
    db.merge(FigureDay(id=1, day=on))
    db.flush()


def _add(db: Session, metric: str, by: str, rows: Iterable[Any]) -> None:
    sums: dict[tuple[Any, ...], list[int]] = {}
    for area, day, outcome, value, *parts in rows:
        key = area, number_of(Quarter.of(day)), outcome, value
        sums[key] = [a + b for a, b in zip(sums.get(key, [0, 0, 0]), parts, strict=True)]
    for (area, quarter, outcome, value), (met, counted, excluded) in sums.items():
        db.add(
            Figure(
                metric=metric,
                by=by,
                area_id=area,
                quarter=quarter,
                outcome=outcome,
                value=value,
                version=1,
                met=met,
                counted=counted,
                excluded=excluded,
            )
        )
