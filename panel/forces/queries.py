"""Which force speaks for which area."""

from sqlmodel import Session, col, select

from panel.forces.models import Force, ForceArea


def force_of(db: Session, area_id: int) -> Force | None:
    """The force of an area, once an administrator has named it."""
    of_area = select(Force).join(ForceArea, col(ForceArea.force_id) == Force.id)
    return db.exec(of_area.where(ForceArea.area_id == area_id)).first()


def areas_of(db: Session, force_id: int) -> list[int]:
    """The areas for which a force speaks, in order."""
    areas = select(ForceArea.area_id).where(ForceArea.force_id == force_id)
    return list(db.exec(areas.order_by(col(ForceArea.area_id))).all())
