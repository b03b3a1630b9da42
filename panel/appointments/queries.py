"""Reading appointments; the caller has looked the case up for its reader."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, or_, select

from panel.accounts.models import Membership, User
from panel.appointments.models import Appointment, AppointmentChange
from panel.db import once
from workflows.appointment import Status
from workflows.roles import POLICE


def planned_for(db: Session, referral_id: int) -> Appointment | None:
    """The appointment that is planned, if one is."""
    query = select(Appointment).where(
        Appointment.referral_id == referral_id, Appointment.status == Status.PLANNED
    )
    return once(db, Appointment, ("planned", referral_id), lambda: db.exec(query).first())


def appointments_of(db: Session, referral_id: int) -> list[Appointment]:
    """Every appointment of a case, the last first."""
    query = select(Appointment).where(Appointment.referral_id == referral_id)
    return list(db.exec(query.order_by(col(Appointment.id).desc())))


def changes_of(db: Session, appointments: Sequence[Appointment]) -> list[AppointmentChange]:
    """Every act on these appointments, the last first."""
    query = select(AppointmentChange).where(
        col(AppointmentChange.appointment_id).in_([one.id for one in appointments])
    )
    return list(db.exec(query.order_by(col(AppointmentChange.id).desc())))


def officers(db: Session, area_id: int, *, today: date) -> list[tuple[int, str]]:
    """The police officers of an area who may give a disposal, by name."""
    query = (
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            col(Membership.role).in_(POLICE),
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
        .distinct()
        .order_by(col(User.name), col(User.id))
    )
    return [(int(number), str(name)) for number, name in db.exec(query)]
