"""Reading police disposals: who may see which, and the state of each, as in `workflows.police`."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import Session, col, false, select

from panel.access import Actor
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.police.models import PoliceDisposal, PoliceReport
from workflows.police import Notice, Standing
from workflows.roles import POLICE, Role

PATH = "/police-disposals/"
WHOLE_AREA = (Role.YOT_MANAGER, Role.SECONDED, Role.CASE_MANAGER, Role.LIAISON, Role.INSPECTOR)


def police_chain(disposal_id: int) -> str:
    """The chain of a police disposal."""
    return f"police:{disposal_id}"


def path_of(reference: str) -> str:
    """The page of a record, to which the tasks about it lead."""
    return f"{PATH}{reference}"


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which of them a person may see: the YOT those of its area, an officer what that officer told."""
    whole = actor.areas_as(*WHOLE_AREA)
    ways: list[ColumnElement[bool]] = [col(PoliceDisposal.area_id).in_(whole)] if whole else []
    if own := actor.areas_as(*POLICE):
        told = select(PoliceReport.disposal_id).where(PoliceReport.by_id == actor.id)
        ways.append(and_(col(PoliceDisposal.area_id).in_(own), col(PoliceDisposal.id).in_(told)))
    return or_(*ways) if ways else false()


def disposal_for(
    db: Session, actor: Actor, reference: str, *, at: datetime, page: str, lock: bool = False
) -> PoliceDisposal:
    """The record with this reference, if the person may see it. Raises `Missing`; logs the look."""
    query = select(PoliceDisposal).where(PoliceDisposal.reference == reference, scope(actor))
    found = db.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, police_chain(found.id), by=actor, at=at, page=page)
    return found


def notice_column(today: date) -> ColumnElement[str]:
    """The state of each record on a day, as the value of a `Notice`."""
    told, by = col(PoliceDisposal.told_on), col(PoliceDisposal.tell_by)
    asked = col(PoliceDisposal.asked_on)
    return case(
        (col(PoliceDisposal.status) != Standing.COUNTED, Notice.NOT_OURS.value),
        (and_(told.is_(None), by >= today), Notice.STILL_TIME.value),
        (told.is_(None), Notice.NOT_NOTIFIED.value),
        (and_(asked.is_not(None), told >= asked), Notice.AFTER_ASKING.value),
        (told <= by, Notice.IN_TIME.value),
        else_=Notice.LATE.value,
    )


def reports_of(db: Session, disposal: PoliceDisposal) -> list[PoliceReport]:
    """Each time somebody told of it, the first one first."""
    told = select(PoliceReport).where(PoliceReport.disposal_id == disposal.id)
    return list(db.exec(told.order_by(col(PoliceReport.id))).all())
