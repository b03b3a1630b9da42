"""The first administrator of a new installation; everybody after that is added on a page."""

from sqlmodel import Session, select

from panel import clock
from panel.accounts import actions
from panel.accounts.commands import AccountDetails
from panel.accounts.models import Area
from workflows.roles import Role


def has_area(db: Session, name: str) -> bool:
    """Whether an area of this name is there already."""
    return db.exec(select(Area.id).where(Area.name == name.strip())).first() is not None


def add_area(db: Session, *, name: str, code: str, duty_mailbox: str) -> None:
    """Add the area of one youth offending team."""
    db.add(Area(name=name.strip(), code=code.strip().upper()[:4], duty_mailbox=duty_mailbox.strip()))
    db.flush()


def create(db: Session, *, name: str, email: str, area: str) -> str:
    """Create an administrator of an area that is there; the password, to be shown once.

    Raises `Refused` when the address is taken, `pydantic.ValidationError` when it is none.
    """
    area_id = db.exec(select(Area.id).where(Area.name == area.strip())).one()
    details = AccountDetails(name=name, email=email, area_id=area_id, role=Role.ADMIN)
    return actions.add(db, details, by=None, at=clock.now()).password
