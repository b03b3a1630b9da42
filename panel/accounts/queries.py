"""Reading accounts, for administrators."""

from datetime import date

from sqlmodel import Session, col, or_, select

from panel.access import Actor
from panel.accounts.models import Area, AreaSetting, Membership, User
from panel.errors import Missing
from workflows.roles import Role


def areas_of(db: Session, actor: Actor) -> list[Area]:
    """The areas that a person administers."""
    query = select(Area).where(col(Area.id).in_(actor.areas_as(Role.ADMIN)))
    return list(db.exec(query.order_by(col(Area.name))))


def area_with(db: Session, actor: Actor, code: str) -> tuple[Area, AreaSetting]:
    """One area that a person administers, and its settings. Raises `Missing`."""
    for area in areas_of(db, actor):
        if area.code == code:
            query = select(AreaSetting).where(AreaSetting.area_id == area.id)
            return area, db.exec(query).first() or AreaSetting(area_id=area.id)
    raise Missing()


def managers_of(db: Session, area_id: int, today: date) -> list[tuple[int, str]]:
    """The YOT managers of an area, by name."""
    return holders_of(db, area_id, Role.YOT_MANAGER, today)


def holders_of(db: Session, area_id: int, role: Role, today: date) -> list[tuple[int, str]]:
    """Who holds a role in an area on a day, by name; closed accounts left out."""
    query = (
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            Membership.role == role,
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
    )
    return [(int(i), str(name)) for i, name in db.exec(query.order_by(col(User.name)))]


def people(db: Session, actor: Actor) -> list[tuple[User, Membership, Area]]:
    """Everybody in the areas that a person administers, with their role there."""
    query = (
        select(User, Membership, Area)
        .join(Membership, col(Membership.user_id) == User.id)
        .join(Area, col(Area.id) == Membership.area_id)
        .where(col(Membership.area_id).in_(actor.areas_as(Role.ADMIN)))
        .order_by(col(User.name), col(User.id))
    )
    return list(db.exec(query).all())


def person(db: Session, actor: Actor, user_id: int) -> tuple[User, Membership]:
    """One person of the areas that somebody administers. Raises `Missing`."""
    for user, membership, _ in people(db, actor):
        if user.id == user_id:
            return user, membership
    raise Missing()


def myself(db: Session, actor: Actor) -> User:
    """The account of the signed-in person."""
    return db.exec(select(User).where(User.id == actor.id)).one()
