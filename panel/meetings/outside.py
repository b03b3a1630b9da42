"""People of other agencies whom the panel may invite: name, agency and address, no account and no papers."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.meetings import commands as c
from panel.meetings.models import OutsidePerson
from workflows.flow import NotYours
from workflows.roles import INVITED_WORDS, Role


def area_chain(area_id: int) -> str:
    """The chain of what is kept for an area."""
    return f"area:{area_id}"


def people_outside(db: Session, area_id: int) -> list[OutsidePerson]:
    """Whom the panel of an area may invite now, by agency and name."""
    query = select(OutsidePerson).where(
        OutsidePerson.area_id == area_id, col(OutsidePerson.ended_at).is_(None)
    )
    return list(db.exec(query.order_by(col(OutsidePerson.agency), col(OutsidePerson.name))))


def add_person(db: Session, command: c.Outsider, area_id: int, *, by: Actor, at: datetime) -> OutsidePerson:
    """Add somebody; the same address in the same area is the same person, with the new name and agency."""
    _yours(area_id, by)
    same = select(OutsidePerson).where(
        OutsidePerson.area_id == area_id, func.lower(OutsidePerson.email) == command.email
    )
    person = db.exec(same).first() or OutsidePerson(area_id=area_id, email=command.email)
    person.name, person.agency, person.ended_at = command.name, command.agency, None
    db.add(person)
    db.flush()
    _keep(db, "add", person, by=by, at=at)
    return person


def end_person(db: Session, person_id: int, *, by: Actor, at: datetime) -> OutsidePerson:
    """Invite somebody no more; meetings to which they are invited already keep them."""
    person = db.get(OutsidePerson, person_id)
    if person is None or person.area_id not in by.areas_as(Role.YOT_MANAGER):
        raise Missing()
    if person.ended_at is None:
        person.ended_at = at
        db.add(person)
        _keep(db, "end", person, by=by, at=at)
    return person


def _yours(area_id: int, by: Actor) -> None:
    if Role.YOT_MANAGER not in by.roles_in(area_id):
        raise NotYours("meeting.outside")


def _keep(db: Session, verb: str, person: OutsidePerson, *, by: Actor, at: datetime) -> None:
    chain, facts = area_chain(person.area_id), {"name": person.name, "agency": INVITED_WORDS[person.agency]}
    note(db, f"outside.{verb}", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=f"outside.{verb}")
