"""Keeping the register, and taking and giving back places."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.errors import Missing, expect_version
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.placements.commands import PlacementDetails
from panel.placements.models import Booking, Placement
from panel.placements.queries import Option, judged, need_of, placement_chain
from panel.referrals.models import Referral
from panel.referrals.moves import LISTENERS
from panel.referrals.queries import child_of
from panel.steps import StepFields
from workflows.calendar import today_in_london
from workflows.case import ENDED, Status
from workflows.flow import Step
from workflows.placements import WEEKEND


def add(db: Session, command: PlacementDetails, area_id: int, *, by: Actor, at: datetime) -> Placement:
    """Put a placement into the register."""
    place = Placement(area_id=area_id, changed_at=at, **_values(command))
    db.add(place)
    db.flush()
    _wrote(db, place, "placement.add", Operation.COLLECTION, by=by, at=at)
    return place


def change(
    db: Session, place: Placement, command: PlacementDetails, *, seen: int | None, by: Actor, at: datetime
) -> None:
    """Change a placement, or end it with its last day. Raises `Stale`."""
    lock(db, [place.id])
    expect_version(place, seen, place.model_dump())
    place.sqlmodel_update(_values(command))
    place.changed_at = at
    db.add(place)
    db.flush()
    _wrote(db, place, "placement.change", Operation.ALTERATION, by=by, at=at)


def _values(command: PlacementDetails) -> dict[str, Any]:
    days = [day.value for day in command.days]
    return command.model_dump() | {"days": days, "weekend": bool(WEEKEND & set(command.days))}


def _wrote(
    db: Session, place: Placement, verb: str, operation: Operation, *, by: Actor, at: datetime
) -> None:
    chain, said = placement_chain(place.id), {"name": place.name}
    if verb == "placement.add":
        note(db, "placement.add", chain=chain, by=by, at=at, facts=said)
    else:
        note(db, "placement.change", chain=chain, by=by, at=at, facts=said)
    log_access(db, operation, chain, by=by, at=at, page=verb)


def lock(db: Session, ids: Collection[int]) -> list[Placement]:
    """These placements as they are now; whoever would change them or book there waits. Raises `Missing`."""
    if not ids:
        return []
    query = select(Placement).where(col(Placement.id).in_(ids)).order_by(col(Placement.id))
    found = list(db.exec(query.with_for_update().execution_options(populate_existing=True)))
    if len(found) != len(set(ids)):
        raise Missing()
    return found


def fits(
    db: Session, referral: Referral, steps: Iterable[StepFields], *, today: date, locked: bool = False
) -> dict[int, Option]:
    """How each chosen placement fits the child from today until the last day that it is needed.

    With `locked` nobody else can book there before this transaction ends.
    """
    until: dict[int, date] = {}
    for step in steps:
        if step.placement_id is not None:
            until[step.placement_id] = max(step.due_on, until.get(step.placement_id, today))
    if not until:
        return {}
    child = child_of(db, referral)
    places = lock(db, until) if locked else _places(db, until)
    needs = {place.id: need_of(child, today, until[place.id]) for place in places}
    return {o.placement.id: o for o in judged(db, places, needs, besides=referral.id)}


def _places(db: Session, ids: Collection[int]) -> list[Placement]:
    return list(db.exec(select(Placement).where(col(Placement.id).in_(ids))))


def book(db: Session, referral: Referral, decided: Iterable[tuple[int, StepFields]], *, today: date) -> None:
    """Take a place for each decided condition, by its number, until it is due."""
    db.add_all(
        Booking(
            placement_id=step.placement_id,
            referral_id=referral.id,
            condition_id=number,
            from_on=today,
            until_on=step.due_on,
        )
        for number, step in decided
        if step.placement_id is not None
    )
    db.flush()


def release(db: Session, referral_id: int, *, on: date, why: str) -> int:
    """Give back every place that a case still has, for a plan that is over or a decision that falls."""
    query = select(Booking).where(Booking.referral_id == referral_id, col(Booking.released_on).is_(None))
    rows = list(db.exec(query))
    for row in rows:
        row.released_on, row.released_why = on, why
    db.add_all(rows)
    return len(rows)


def listen(db: Session, referral: Referral, step: Step[Status], at: datetime) -> None:
    """However a case ends, and when its decision is rescinded, its places are free again."""
    if step.after in ENDED or step.move == "rescind":
        why = "The decision was rescinded" if step.move == "rescind" else f"The case is over ({step.move})"
        release(db, referral.id, on=today_in_london(at), why=why)


if listen not in LISTENERS:
    LISTENERS.append(listen)
