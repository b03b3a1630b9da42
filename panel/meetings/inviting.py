"""Who is invited to a meeting, and the mails that tell them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from config.policy import number
from panel.accounts.models import Membership, User
from panel.errors import Missing
from panel.meetings import commands as c
from panel.meetings.models import AgendaItem, Guest, Meeting, Member, OutsidePerson
from panel.notifications.invitations import Invitation, Kind, invite
from panel.referrals.models import Referral
from workflows.calendar import today_in_london
from workflows.case import Status
from workflows.meeting import Reply
from workflows.roles import Role


@dataclass(frozen=True)
class To:
    """One person to write to: an account, or somebody outside with an address."""

    user_id: int | None
    address: str = ""
    person_id: int | None = None

    @property
    def key(self) -> str:
        """A number for the key of the mail, in place of the address."""
        return f"u{self.user_id}" if self.user_id else f"p{self.person_id}"


def seat_members(db: Session, meeting: Meeting, command: c.Members) -> None:
    """Write down who has which seat, with their deputies; the meeting has nobody yet."""
    for seat, user_id in command.seats.items():
        deputy = command.deputies.get(seat)
        db.add(Member(meeting_id=meeting.id, user_id=user_id, seat=seat, deputy_id=deputy))
    db.flush()


def set_guests(db: Session, meeting: Meeting, wanted: Collection[int]) -> tuple[list[To], list[To]]:
    """Invite exactly these outside people; who came new and who went. Raises `Missing` for a stranger."""
    known = {
        person.id: person
        for person in db.exec(select(OutsidePerson).where(OutsidePerson.area_id == meeting.area_id))
    }
    before = set(db.exec(select(Guest.person_id).where(Guest.meeting_id == meeting.id)))
    if any(i not in known or known[i].ended_at is not None for i in set(wanted) - before):
        raise Missing()
    gone = before - set(wanted)
    db.exec(delete(Guest).where(col(Guest.meeting_id) == meeting.id, col(Guest.person_id).in_(gone)))
    db.add_all(Guest(meeting_id=meeting.id, person_id=i) for i in sorted(set(wanted) - before))
    db.flush()
    return [_outside(known[i]) for i in sorted(set(wanted) - before)], [_outside(known[i]) for i in gone]


def _outside(person: OutsidePerson) -> To:
    return To(None, person.email, person.id)


def audience(db: Session, meeting: Meeting) -> list[To]:
    """Everybody who should have the meeting in their calendar, each once; who declined is left alone."""
    sits = select(Member.user_id).where(Member.meeting_id == meeting.id, Member.reply != Reply.DECLINED)
    people = {meeting.chair_id, *db.exec(sits), *presenters(db, meeting)}
    guests = (
        select(OutsidePerson)
        .join(Guest, col(Guest.person_id) == OutsidePerson.id)
        .where(Guest.meeting_id == meeting.id, Guest.reply != Reply.DECLINED)
        .order_by(col(OutsidePerson.id))
    )
    return [*(To(i) for i in sorted(people)), *(_outside(person) for person in db.exec(guests))]


def presenters(db: Session, meeting: Meeting) -> set[int]:
    """The case managers whose cases are on the agenda: they present, and do not decide (PAN-1)."""
    query = (
        select(Referral.case_manager_id)
        .join(AgendaItem, col(AgendaItem.referral_id) == Referral.id)
        .where(
            AgendaItem.meeting_id == meeting.id,
            col(AgendaItem.finished_at).is_(None),
            Referral.status == Status.LISTED,
            col(Referral.case_manager_id).is_not(None),
        )
    )
    return {number for number in db.exec(query) if number is not None}


def invite_all(db: Session, meeting: Meeting, kind: Kind, *, at: datetime) -> None:
    """Write to everybody who is invited."""
    write_to(db, meeting, kind, audience(db, meeting), at=at)


def write_to(
    db: Session, meeting: Meeting, kind: Kind, people: Iterable[To], *, at: datetime, mark: str = ""
) -> None:
    """Queue one mail to each of these, as the meeting stands now; its link to join stays in the service."""
    for person in people:
        mail = Invitation(
            kind=kind,
            reference=meeting.reference,
            to_key=person.key,
            user_id=person.user_id,
            address=person.address,
            sequence=meeting.sequence,
            held_on=meeting.held_on,
            starts_at=meeting.starts_at,
            minutes=number("panel_meeting_minutes", today_in_london(at)),
            location=meeting.location,
            queued_at=at,
        )
        invite(db, mail, mark=mark)


def managers_of(db: Session, area_id: int) -> list[int]:
    """The YOT managers of an area who have an account now."""
    query = (
        select(Membership.user_id)
        .join(User, col(User.id) == Membership.user_id)
        .where(
            Membership.area_id == area_id,
            Membership.role == Role.YOT_MANAGER,
            col(User.disabled_at).is_(None),
        )
    )
    return sorted(set(db.exec(query)))
