"""The search for what came on a list, queued when that is done; each morning for what was told since."""

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_
from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import User
from panel.db import transaction
from panel.jobs import enqueue
from panel.linking.actions import CHUNK, let_go, link_all
from panel.lists.importing import DONE
from panel.lists.undoing import OFF_LISTS
from panel.police.models import PoliceDisposal, PoliceList
from workflows.police import Fit, Standing

LINK = "link_disposals"


def queue_search(db: Session, one: PoliceList, _at: datetime) -> None:
    """Queue the search for what a list brought, with the commit that ends its import."""
    enqueue(db, LINK, f"link:{one.id}", one.id)


DONE.append(queue_search)
OFF_LISTS.append(let_go)


def link_waiting(engine: Engine, *, at: datetime) -> int:
    """Search for whatever nobody looked for yet, area by area; how many disposals that were."""
    with transaction(engine) as db:
        areas = db.exec(select(PoliceDisposal.area_id).where(_waiting()).distinct()).all()
    found = 0
    for area in areas:
        while linked := _link_area(engine, area, at=at):
            found += linked
    return found


def _waiting() -> ColumnElement[bool]:
    fit, status = col(PoliceDisposal.fit), col(PoliceDisposal.status)
    return and_(fit == Fit.NOT_LOOKED, status == Standing.COUNTED)


def _link_area(engine: Engine, area_id: int, *, at: datetime) -> int:
    """One chunk of them, in a transaction of its own; how many, 0 when none is left.

    An area without a list has nothing to be held against what it was told.
    """
    with transaction(engine) as db:
        by = _who(db, area_id)
        if by is None:
            return 0
        new = select(PoliceDisposal.id, col(PoliceDisposal.listed_on))
        new = new.where(_waiting(), PoliceDisposal.area_id == area_id)
        rows = db.exec(new.order_by(col(PoliceDisposal.id)).limit(CHUNK)).all()
        if not rows:
            return 0
        ids = {number for number, _ in rows}
        if any(listed_on is None for _, listed_on in rows):
            ids |= _untold(db, area_id)
        link_all(db, ids, by=by, at=at)
        return len(rows)


def _untold(db: Session, area_id: int) -> set[int]:
    """What stands on a list only: one of these may be what somebody has told since."""
    query = select(PoliceDisposal.id).where(
        PoliceDisposal.area_id == area_id,
        PoliceDisposal.status == Standing.COUNTED,
        col(PoliceDisposal.told_on).is_(None),
        col(PoliceDisposal.listed_on).is_not(None),
    )
    return set(db.exec(query.order_by(col(PoliceDisposal.given_on).desc()).limit(CHUNK)))


def _who(db: Session, area_id: int) -> Actor | None:
    """Who took the area's newest list over: the search is part of that act."""
    query = (
        select(User.id, User.name)
        .join(PoliceList, col(PoliceList.by_id) == col(User.id))
        .where(PoliceList.area_id == area_id, col(PoliceList.done_at).is_not(None))
    )
    found = db.exec(query.order_by(col(PoliceList.id).desc()).limit(1)).first()
    return None if found is None else Actor(found[0], f"The search after the list of {found[1]}", (), {})
