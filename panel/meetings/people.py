"""Reading who is invited to a meeting, what they have answered, and who would come in their place."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from panel.accounts.models import User
from panel.meetings.models import Guest, Member, OutsidePerson
from workflows.meeting import Reply
from workflows.roles import Invited, Seat


@dataclass(frozen=True)
class Invitee:
    """Somebody in a seat, with their deputy."""

    user_id: int
    name: str
    seat: Seat
    present: bool
    reply: Reply
    deputy_id: int | None
    deputy: str


@dataclass(frozen=True)
class Outsider:
    """Somebody from outside who is invited."""

    person_id: int
    name: str
    agency: Invited
    reply: Reply


def invitees(db: Session, meeting_id: int) -> list[Invitee]:
    """Everyone with a seat, in the order of the seats; a deputy who was asked comes after their member."""
    deputy = aliased(User)
    query = (
        select(Member, User.name, deputy.name)
        .join(User, col(User.id) == Member.user_id)
        .outerjoin(deputy, col(deputy.id) == Member.deputy_id)
        .where(Member.meeting_id == meeting_id)
        .order_by(col(Member.id))
    )
    found = [
        Invitee(m.user_id, name, m.seat, m.present, m.reply, m.deputy_id, other or "")
        for m, name, other in db.exec(query)
    ]
    return sorted(found, key=lambda one: list(Seat).index(one.seat))


def guests_of(db: Session, meeting_id: int) -> list[Outsider]:
    """Everyone from outside who is invited, by agency and name."""
    query = (
        select(Guest, OutsidePerson)
        .join(OutsidePerson, col(OutsidePerson.id) == Guest.person_id)
        .where(Guest.meeting_id == meeting_id)
        .order_by(col(OutsidePerson.agency), col(OutsidePerson.name), col(OutsidePerson.id))
    )
    return [Outsider(p.id, p.name, p.agency, guest.reply) for guest, p in db.exec(query)]
