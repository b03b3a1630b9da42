"""Which force speaks for which area, and which of its systems may speak to us."""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import Area, User
from panel.errors import Missing
from panel.forces.models import Force, ForceArea, ForceSystem


def force_chain(force_id: int) -> str:
    """The chain of a force."""
    return f"force:{force_id}"


def force_of(db: Session, area_id: int) -> Force | None:
    """The force of an area, once an administrator has named it."""
    of_area = select(Force).join(ForceArea, col(ForceArea.force_id) == Force.id)
    return db.exec(of_area.where(ForceArea.area_id == area_id)).first()


def areas_of(db: Session, force_id: int) -> list[int]:
    """The areas for which a force speaks, in order."""
    areas = select(ForceArea.area_id).where(ForceArea.force_id == force_id)
    return list(db.exec(areas.order_by(col(ForceArea.area_id))).all())


def forces(db: Session) -> list[tuple[Force, list[str]]]:
    """Every force with the names of its areas."""
    found = db.exec(select(Force).order_by(col(Force.name))).all()
    named: dict[int, list[str]] = {force.id: [] for force in found}
    query = select(ForceArea.force_id, Area.name).join(Area, col(Area.id) == ForceArea.area_id)
    for force_id, name in db.exec(query.order_by(col(Area.name))):
        named[force_id].append(name)
    return [(force, named[force.id]) for force in found]


def force_at(db: Session, number: int, *, lock: bool = False) -> Force:
    """One force. Raises `Missing`."""
    query = select(Force).where(Force.id == number)
    found = db.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise Missing()
    return found


def area_names(db: Session, force_id: int) -> list[str]:
    """The names of the areas of a force."""
    query = select(Area.name).join(ForceArea, col(ForceArea.area_id) == Area.id)
    return list(db.exec(query.where(ForceArea.force_id == force_id).order_by(col(Area.name))))


def areas_to_offer(
    db: Session, actor: Actor, force_id: int | None, mine: list[Area]
) -> list[tuple[int, str]]:
    """The areas that somebody administers and that no other force has."""
    taken = select(ForceArea.area_id).where(ForceArea.force_id != (force_id or 0))
    others = set(db.exec(taken))
    return [(area.id, area.name) for area in mine if area.id not in others]


@dataclass(frozen=True)
class SystemLine:
    """A system of a force with who made its token."""

    system: ForceSystem
    made_by: str


def systems_of(db: Session, force_id: int) -> list[SystemLine]:
    """The systems of a force, the newest first."""
    query = select(ForceSystem, User.name).join(User, col(User.id) == ForceSystem.made_by_id)
    rows = db.exec(query.where(ForceSystem.force_id == force_id).order_by(col(ForceSystem.id).desc()))
    return [SystemLine(system, name) for system, name in rows]


def digest_of(token: str) -> str:
    """What is kept of a token; it is long and random, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def system_with(db: Session, token: str) -> tuple[ForceSystem, Force] | None:
    """The system to which a token belongs, unless it was ended."""
    query = select(ForceSystem, Force).join(Force, col(Force.id) == ForceSystem.force_id)
    held = query.where(ForceSystem.token_digest == digest_of(token), col(ForceSystem.ended_at).is_(None))
    return db.exec(held).first()
