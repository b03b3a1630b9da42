"""People who may sign in, what they are where, and where they are signed in."""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.tables import Row, Versioned
from workflows.roles import Role


class Area(Row, table=True):
    """The area of one youth offending team."""

    __tablename__ = "area"
    name: str = line(100, unique=True)
    code: str = line(4, unique=True)
    duty_mailbox: str = line(200)


class AreaSetting(Versioned, table=True):
    """Whom an area tells outside of the service, and who hears last of what nobody answers."""

    __tablename__ = "area_setting"
    area_id: int = link("area.id", unique=True)
    social_care_mailbox: str = line(200)
    phone: str = line(40)
    head_id: int | None = link("user_account.id", null=True)


class User(Versioned, table=True):
    """A person with an account."""

    __tablename__ = "user_account"
    email: str = line(200, unique=True)
    name: str = line(120)
    collar_number: str = line(20)
    password_hash: str = line(200)
    disabled_at: datetime | None = moment(null=True)


class Membership(Row, table=True):
    """One role of one person in one area, until it ends."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "area_id", "role"),)
    user_id: int = link("user_account.id")
    area_id: int = link("area.id")
    role: Role = word(Role)
    ends_on: date | None = Field(default=None)


class SignIn(Row, table=True):
    """One signed-in browser; the cookie holds a token of which only the digest is kept here."""

    __tablename__ = "sign_in"
    user_id: int = link("user_account.id")
    token_digest: str = line(64, unique=True)
    started_at: datetime = moment()
    seen_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class Attempt(Row, table=True):
    """A failed sign-in, kept to slow down guessing; the address is stored as a digest."""

    __tablename__ = "sign_in_attempt"
    email_digest: str = line(64, index=True)
    at: datetime = moment(index=True)
