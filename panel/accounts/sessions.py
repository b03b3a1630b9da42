"""Signing in and out. The cookie holds a random token; everything else is judged on the server."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask_login import UserMixin
from sqlmodel import Session, col, func, or_, select, update

from config.policy import number
from panel.access import Actor
from panel.accounts.models import Area, Attempt, Membership, SignIn, User
from panel.accounts.passwords import is_right
from panel.db import write_along
from workflows.calendar import today_in_london

SEEN_EVERY = timedelta(minutes=1)


class Locked(Exception):
    """Too many wrong passwords; `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"locked for {minutes} minutes")
        self.minutes = minutes


class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login carries through a request: the person and the token of this browser."""

    def __init__(self, actor: Actor, token: str) -> None:
        self.actor, self.token = actor, token

    def get_id(self) -> str:
        """The token, never the person: ending the session ends the sign-in."""
        return self.token


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sign_in(db: Session, email: str, password: str, *, at: datetime) -> str | None:
    """A new token for a right password, None for a wrong one. Raises `Locked` after too many."""
    address = _digest(email.strip().lower())
    today = today_in_london(at)
    lock = timedelta(minutes=number("lock_minutes", today))
    wrong = db.exec(
        select(func.count())
        .select_from(Attempt)
        .where(Attempt.email_digest == address, Attempt.at > at - lock)
    ).one()
    if wrong >= number("login_failures", today):
        raise Locked(number("lock_minutes", today))
    user = db.exec(
        select(User).where(User.email == email.strip().lower(), col(User.disabled_at).is_(None))
    ).first()
    if not is_right(user.password_hash if user else None, password) or user is None:
        db.add(Attempt(email_digest=address, at=at))
        return None
    token = secrets.token_urlsafe(32)
    db.add(SignIn(user_id=user.id, token_digest=_digest(token), started_at=at, seen_at=at))
    return token


def sign_out(db: Session, token: str, *, at: datetime) -> None:
    """End the session on the server; the cookie is worthless from now on."""
    row = db.exec(select(SignIn).where(SignIn.token_digest == _digest(token))).first()
    if row is not None:
        row.ended_at = at


def end_all(db: Session, user_id: int, *, at: datetime) -> None:
    """End every session of a person, wherever they are signed in."""
    for row in db.exec(select(SignIn).where(SignIn.user_id == user_id, col(SignIn.ended_at).is_(None))):
        row.ended_at = at


def who(db: Session, token: str, *, at: datetime, active: bool = True) -> Actor | None:
    """The person behind a token, or None when the session or the account is over.

    Only what a person does (`active`) keeps the session from ending after a while of idleness.
    """
    today = today_in_london(at)
    found = db.exec(
        select(SignIn, User)
        .join(User, col(User.id) == SignIn.user_id)
        .where(
            SignIn.token_digest == _digest(token),
            col(SignIn.ended_at).is_(None),
            col(User.disabled_at).is_(None),
            SignIn.seen_at > at - timedelta(minutes=number("idle_minutes", today)),
            SignIn.started_at > at - timedelta(hours=number("absolute_hours", today)),
        )
    ).first()
    if found is None:
        return None
    signed_in, user = found
    if active:
        _touch(db, signed_in, at)
    held = db.exec(
        select(Membership, Area)
        .join(Area, col(Area.id) == Membership.area_id)
        .where(
            Membership.user_id == user.id,
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
        .order_by(col(Area.name))
    ).all()
    return Actor(
        user.id,
        user.name,
        tuple((membership.area_id, membership.role) for membership, _ in held),
        {area.id: area.name for _, area in held},
        signed_in.id,
    )


def _touch(db: Session, signed_in: SignIn, at: datetime) -> None:
    if at - signed_in.seen_at < SEEN_EVERY:
        return
    seen = update(SignIn).where(col(SignIn.id) == signed_in.id).values(seen_at=at)
    write_along(db, partial(_run, seen))


def _run(statement: Any, db: Session) -> None:
    db.execute(statement)
