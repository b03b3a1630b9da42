"""What an administrator does with accounts."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from config.policy import number
from panel.access import Actor
from panel.accounts.commands import AccountDetails, AreaDetails, PasswordChange
from panel.accounts.models import Area, AreaSetting, Membership, User
from panel.accounts.passwords import hash_password, is_right
from panel.accounts.sessions import end_all
from panel.history.record import account_chain, note
from workflows.calendar import add_months, today_in_london
from workflows.flow import Refusal, Refused
from workflows.roles import ROLE_WORDS, Role


@dataclass(frozen=True)
class NewAccount:
    """An account and the password that is shown once."""

    user: User
    password: str


def _refuse(name: str, says: str) -> Refused:
    return Refused("account", name, (Refusal(name, says, "X2", "Access policy of this service", True),))


def new_password(today: date) -> str:
    """A password that nobody has to think of, longer than the policy asks."""
    return secrets.token_urlsafe(max(12, number("password_min", today)))


def add(db: Session, command: AccountDetails, *, by: Actor | None, at: datetime) -> NewAccount:
    """Add a person with one role; the password is returned once and kept only as a hash.

    Raises `Refused` when the address is taken. `by` is None only for the very first administrator.
    """
    if db.exec(select(User.id).where(User.email == command.email)).first() is not None:
        raise _refuse("address_taken", "Somebody already has an account with this email address.")
    today = today_in_london(at)
    password = new_password(today)
    user = User(
        email=command.email,
        name=command.name,
        collar_number=command.collar_number,
        password_hash=hash_password(password),
    )
    db.add(user)
    db.flush()
    _give_role(db, user, command, today)
    _tell(db, user, "add", command, by, at)
    return NewAccount(user, password)


def change(db: Session, user: User, command: AccountDetails, *, by: Actor, at: datetime) -> None:
    """Change a person's name or role; what they held in that area before ends, and so do their sessions.

    Raises `Refused` for one's own account: nobody gives themselves a role (A9).
    """
    if user.id == by.id:
        raise _refuse("own_account", "Nobody changes their own account: ask another administrator.")
    taken = db.exec(select(User.id).where(User.email == command.email, User.id != user.id)).first()
    if taken is not None:
        raise _refuse("address_taken", "Somebody else has an account with this email address.")
    user.sqlmodel_update(command.model_dump(include={"name", "email", "collar_number"}))
    for held in db.exec(select(Membership).where(Membership.user_id == user.id)):
        db.delete(held)
    db.flush()
    _give_role(db, user, command, today_in_london(at))
    end_all(db, user.id, at=at)
    _tell(db, user, "change", command, by, at)


def change_password(
    db: Session, user: User, command: PasswordChange, *, by: Actor, at: datetime
) -> str | None:
    """Change one's own password and end every session; a sentence when it is not possible."""
    if not is_right(user.password_hash, command.current):
        return "Your password now is not right"
    shortest = number("password_min", today_in_london(at))
    if len(command.new) < shortest:
        return f"New password must be {shortest} characters or more"
    if command.new.lower() in (user.email, user.name.lower()) or len(set(command.new)) < 5:
        return "New password is too easy to guess"
    user.password_hash = hash_password(command.new)
    end_all(db, user.id, at=at)
    note(db, "account.password", chain=account_chain(user.id), by=by, at=at, facts={"person": user.name})
    return None


def disable(db: Session, user: User, *, by: Actor, at: datetime) -> None:
    """End an account: no sign-in any more, every session is over. Raises `Refused` for one's own."""
    if user.id == by.id:
        raise _refuse("own_account", "Nobody ends their own account: ask another administrator.")
    user.disabled_at = at
    end_all(db, user.id, at=at)
    note(db, "account.end", chain=account_chain(user.id), by=by, at=at, facts={"person": user.name})


def set_area(
    db: Session, area: Area, setting: AreaSetting, command: AreaDetails, *, by: Actor, at: datetime
) -> None:
    """Keep whom an area tells."""
    area.duty_mailbox = command.duty_mailbox
    setting.sqlmodel_update(command.model_dump(include={"social_care_mailbox", "phone", "head_id"}))
    db.add_all((area, setting))
    note(db, "account.area", chain=f"area:{area.id}", by=by, at=at, facts={"area": area.name})


def _give_role(db: Session, user: User, command: AccountDetails, today: date) -> None:
    ends = command.ends_on
    if command.role is Role.SECONDED and ends is None:
        ends = add_months(today, number("seconded_months", today))
    db.add(Membership(user_id=user.id, area_id=command.area_id, role=command.role, ends_on=ends))


def _tell(
    db: Session, user: User, verb: str, command: AccountDetails, by: Actor | None, at: datetime
) -> None:
    actor = by or Actor(user.id, user.name, (), {})
    facts = {"person": user.name, "role": ROLE_WORDS[command.role]}
    note(db, f"account.{verb}", chain=account_chain(user.id), by=actor, at=at, facts=facts)
