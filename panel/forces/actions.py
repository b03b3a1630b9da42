"""What administrators do with forces: name one, say for which areas it speaks, make and end tokens."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from panel.access import Actor
from panel.accounts.models import Area
from panel.forces import commands as c
from panel.forces.models import Force, ForceArea, ForceSystem
from panel.forces.queries import areas_of, digest_of, force_chain
from panel.history.record import note
from workflows.flow import NotYours
from workflows.roles import Role

# Rooms above this one that have something to do once an area has its force are heard here.
Listener = Callable[[Session, int, Actor, datetime], None]
LISTENERS: list[Listener] = []


def add_force(db: Session, command: c.ForceDetails, *, by: Actor, at: datetime) -> Force:
    """Name a force and its areas."""
    force = Force(name=command.name, code=command.code)
    db.add(force)
    db.flush()
    names = _set_areas(db, force, command.areas, by=by, at=at)
    facts = {"force": force.name, "areas": names}
    note(db, "force.add", chain=force_chain(force.id), by=by, at=at, facts=facts)
    return force


def change_force(db: Session, force: Force, command: c.ForceDetails, *, by: Actor, at: datetime) -> None:
    """Another name, or other areas; areas that the person does not administer stay as they are."""
    force.name, force.code = command.name, command.code
    db.add(force)
    names = _set_areas(db, force, command.areas, by=by, at=at)
    facts = {"force": force.name, "areas": names}
    note(db, "force.change", chain=force_chain(force.id), by=by, at=at, facts=facts)


def _set_areas(db: Session, force: Force, wanted: Collection[int], *, by: Actor, at: datetime) -> str:
    mine, held = set(by.areas_as(Role.ADMIN)), set(areas_of(db, force.id))
    if set(wanted) - mine - held:
        raise NotYours("force.areas")
    gone, new = (held & mine) - set(wanted), set(wanted) - held
    if gone:
        of_force = delete(ForceArea).where(col(ForceArea.force_id) == force.id)
        db.execute(of_force.where(col(ForceArea.area_id).in_(gone)))
    db.add_all(ForceArea(force_id=force.id, area_id=area) for area in sorted(new))
    db.flush()
    for area in sorted(new):
        for listen in LISTENERS:
            listen(db, area, by, at)
    names = select(Area.name).where(col(Area.id).in_((held - gone) | new)).order_by(col(Area.name))
    return ", ".join(db.exec(names)) or "none"


def may_make_tokens(db: Session, force: Force, by: Actor) -> bool:
    """Whether somebody administers an area of the force."""
    return bool(set(by.areas_as(Role.ADMIN)) & set(areas_of(db, force.id)))


def make_token(db: Session, force: Force, command: c.SystemDetails, *, by: Actor, at: datetime) -> str:
    """A token for a system: given back this once, and kept as its digest only. Raises `NotYours`."""
    if not may_make_tokens(db, force, by):
        raise NotYours("force.token")
    token = secrets.token_urlsafe(32)
    system = ForceSystem(
        force_id=force.id, name=command.name, token_digest=digest_of(token), made_by_id=by.id, made_at=at
    )
    db.add(system)
    db.flush()
    facts = {"system": command.name}
    note(db, "force.make_token", chain=force_chain(force.id), by=by, at=at, facts=facts)
    return token


def end_token(db: Session, force: Force, system: ForceSystem, *, by: Actor, at: datetime) -> None:
    """End a token: from now on nobody gets in with it. Raises `NotYours`."""
    if not may_make_tokens(db, force, by):
        raise NotYours("force.token")
    if system.ended_at is None:
        system.ended_at = at
        db.add(system)
        facts = {"system": system.name}
        note(db, "force.end_token", chain=force_chain(force.id), by=by, at=at, facts=facts)


def used(db: Session, system: ForceSystem, *, at: datetime) -> None:
    """Keep when a token was used last. Not through the row: its version stays for whoever may end it."""
    db.execute(update(ForceSystem).where(col(ForceSystem.id) == system.id).values(used_at=at))
