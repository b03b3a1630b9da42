"""A small area with a case in it, and whoever a notification can be for. Every person is invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from config.settings import Settings
from panel.access import Actor
from panel.accounts.models import Area, Membership, User
from panel.children.models import Child
from panel.db import transaction
from panel.notifications.actions import notify
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from workflows.roles import Role

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
# Whatever is known about the child, the offence or the staff; none of it may stand in a mail.
CANARIES = ("Zebedee", "Quillfeather", "12 Canary Row", "ZZ1 1ZZ", "Stole a canary", "Ottoline", "Inkpen")


@dataclass(frozen=True)
class World:
    """The row numbers of a case and its people."""

    area_id: int
    other_area_id: int
    referral_id: int
    reference: str
    officer_id: int


def build(engine: Engine) -> World:
    """One case, referred by one officer, in the first of two areas."""
    with transaction(engine) as db:
        area, other = Area(name="Northmoor", code="NM"), Area(name="Southmoor", code="SM")
        officer = User(email="officer@example.org", name="Ottoline Inkpen")
        child = Child(
            given_name="Zebedee",
            surname="Quillfeather",
            date_of_birth=date(2011, 5, 6),
            address="12 Canary Row",
            postcode="ZZ1 1ZZ",
        )
        db.add_all([area, other, officer, child])
        db.flush()
        referral = Referral(
            reference="NM-2026-0001",
            area_id=area.id,
            child_id=child.id,
            referred_by_id=officer.id,
            circumstances="Stole a canary",
            created_at=AT,
            changed_at=AT,
        )
        db.add_all([referral, Membership(user_id=officer.id, area_id=area.id, role=Role.OFFICER)])
        db.flush()
        return World(area.id, other.id, referral.id, referral.reference, officer.id)


def add_person(
    db: Session, address: str, role: Role, area_id: int, *, ends_on: date | None = None, closed: bool = False
) -> int:
    """Somebody with one role in one area; the number of the account."""
    user = User(email=address, name="Ottoline Inkpen", disabled_at=AT if closed else None)
    db.add(user)
    db.flush()
    db.add(Membership(user_id=user.id, area_id=area_id, role=role, ends_on=ends_on))
    db.flush()
    return user.id


def tell(
    db: Session, world: World, key: str, *, user: int | None = None, role: Role | None = None
) -> Notification:
    """One notification about the case."""
    return notify(
        db,
        why=Why.REFERRAL_SENT,
        area_id=world.area_id,
        referral_id=world.referral_id,
        key=key,
        at=AT,
        to_user=user,
        to_role=role,
    )


def actor(user_id: int, *memberships: tuple[int, Role]) -> Actor:
    """A signed-in person."""
    return Actor(user_id, "Ottoline Inkpen", memberships, {})


def mail_settings(url: str, port: int, folder: Path) -> dict[str, str]:
    """The environment of an installation that sends its mail to a port of this machine."""
    return {
        "DATABASE_URL": url,
        "SECRET_KEY": "only for tests, never for an installation",
        "BASE_URL": "https://panel.example.org",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_FROM": "panel@example.org",
        "SMTP_STARTTLS": "0",
        "QUIET_HOURS": "0",
        "DATA_DIR": str(folder),
    }


def settings_with(url: str, port: int, folder: Path) -> Settings:
    """Those settings, read."""
    return Settings.from_environment(mail_settings(url, port, folder))
