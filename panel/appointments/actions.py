"""What people do with an appointment: plan it, move it, call it off; giving the disposal keeps it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from config.coded import RESCHEDULES
from config.policy import number
from panel.access import Actor
from panel.appointments import commands as c
from panel.appointments.models import Appointment, AppointmentChange
from panel.appointments.queries import officers, planned_for
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.invitations import Invitation, Kind, invite
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import settle
from panel.referrals.queries import child_of
from panel.victims.screening import places_that_tell
from workflows.appointment import APPOINTMENT, AppointmentFacts, AskedBy
from workflows.calendar import birthday, day_date, today_in_london
from workflows.case import Status as CaseStatus
from workflows.flow import Refusal, Refused, Step
from workflows.vocabulary import CAUTIONS, words

ENDED = "The case does not go on to the giving."
PLANNED_ALREADY = Refusal(
    "appointment_planned",
    "An appointment is planned already: move it instead.",
    "EXP-2",
    "The appointment flow of this service",
    True,
)


class TellsOfVictim(Exception):
    """A text that the family reads would tell who the victim is or where; `places` say which."""

    def __init__(self, places: list[str]) -> None:
        super().__init__("; ".join(places))
        self.places = places


def plan(db: Session, referral: Referral, command: c.Plan, *, by: Actor, at: datetime) -> Appointment:
    """Plan when the disposal is given; officer and case manager get it into their calendars."""
    if planned_for(db, referral.id) is not None:
        raise Refused("appointment", "plan", (PLANNED_ALREADY,))
    _expect(db, referral, command, at)
    row = Appointment(referral_id=referral.id, changed_at=at, **_values(referral, command))
    row.sequence = _next_sequence(db, referral)
    step = APPOINTMENT.step("plan", row.status, _facts(db, referral, command, at), _roles(referral, by))
    db.add(row)
    db.flush()
    _keep(db, referral, row, step, by=by, at=at, said={"when": when_words(row)})
    _invite(db, referral, row, Kind.APPOINTED, _people(row), at=at)
    return row


def reschedule(
    db: Session, referral: Referral, command: c.Reschedule, *, by: Actor, at: datetime
) -> Appointment:
    """Move it, or change who is there, with the reason; how it stood before stays on record."""
    row = _planned(db, referral)
    _expect(db, referral, command, at)
    known = {one.key for one in RESCHEDULES.codes(today_in_london(at))}
    facts = _facts(db, referral, command, at, coded=command.code in known)
    step = APPOINTMENT.step("reschedule", row.status, facts, _roles(referral, by))
    before = _people(row)
    row.sqlmodel_update(_values(referral, command))
    row.moved, row.sequence = row.moved + 1, row.sequence + 1
    said = {
        "when": when_words(row),
        "reason": RESCHEDULES.code(command.code).says.lower(),
        "asked_by": words(command.asked_by).lower(),
    }
    _keep(db, referral, row, step, by=by, at=at, said=said, command=command)
    finish_for_case(db, referral.id, (Why.APPOINTMENT_PLANNED,), by=by, at=at)
    _invite(db, referral, row, Kind.APPOINTED_CHANGED, _people(row), at=at)
    _invite(db, referral, row, Kind.APPOINTED_CANCELLED, before - _people(row), at=at, mark="left")
    return row


def cancel(db: Session, referral: Referral, command: c.Cancel, *, by: Actor, at: datetime) -> None:
    """Call it off; another one has to be planned while the case is decided."""
    _cancel(db, referral, _planned(db, referral), command.asked_by, command.reason, by=by, at=at)


def keep(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """The disposal is given: the appointment, if there is one, was kept."""
    row = planned_for(db, referral.id)
    if row is None:
        return
    step = APPOINTMENT.step("keep", row.status, _facts(db, referral, row, at), _roles(referral, by))
    _keep(db, referral, row, step, by=by, at=at, said={})
    finish_for_case(db, referral.id, (Why.APPOINTMENT_PLANNED,), by=by, at=at)


def _cancel(
    db: Session,
    referral: Referral,
    row: Appointment,
    asked_by: AskedBy | None,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    facts = _facts(db, referral, row, at, reason=reason)
    step = APPOINTMENT.step("cancel", row.status, facts, _roles(referral, by))
    row.sequence += 1
    _keep(db, referral, row, step, by=by, at=at, said={"reason": reason}, asked_by=asked_by, reason=reason)
    _invite(db, referral, row, Kind.APPOINTED_CANCELLED, _people(row), at=at)
    finish_for_case(db, referral.id, (Why.APPOINTMENT_PLANNED,), by=by, at=at)


def end(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Nothing is given any more: what was planned for it is called off."""
    row = planned_for(db, referral.id)
    if row is not None:
        _cancel(db, referral, row, None, ENDED, by=by, at=at)


def _planned(db: Session, referral: Referral) -> Appointment:
    row = planned_for(db, referral.id)
    if row is None:
        raise Missing()
    return row


def _roles(referral: Referral, by: Actor) -> Any:
    return by.roles_in(referral.area_id)


def _expect(db: Session, referral: Referral, command: c.Plan, at: datetime) -> None:
    """Raises `Missing` for an officer who is not one here, `TellsOfVictim` for words of the letter."""
    if command.officer_id not in dict(officers(db, referral.area_id, today=today_in_london(at))):
        raise Missing()
    if told := places_that_tell(db, referral, words_of(command)):
        raise TellsOfVictim(told)


def words_of(said: c.Plan | Appointment) -> dict[str, list[str]]:
    """What the family reads of an appointment, by where it was typed."""
    return {
        "the place": [said.place],
        "the needs": [said.needs],
        "who comes": [said.adult_name, said.interpreter, said.language],
    }


def _values(referral: Referral, command: c.Plan) -> dict[str, Any]:
    plain = set(c.Plan.model_fields) - {"joint"}
    manager = referral.case_manager_id if command.joint else None
    return command.model_dump(include=plain) | {"case_manager_id": manager}


def _facts(
    db: Session,
    referral: Referral,
    when: c.Plan | Appointment,
    at: datetime,
    *,
    coded: bool = False,
    reason: str = "",
) -> AppointmentFacts:
    today = today_in_london(at)
    born = child_of(db, referral).date_of_birth
    return AppointmentFacts(
        today=today,
        held_on=when.held_on,
        decided=referral.status is CaseStatus.DECIDED,
        turns_18_on=birthday(born, number("adult_age", today)) if referral.outcome in CAUTIONS else None,
        coded=coded,
        reason=reason,
    )


def _next_sequence(db: Session, referral: Referral) -> int:
    """Above everything that calendars were told before: all appointments of a case share one entry."""
    last = select(func.max(Appointment.sequence)).where(col(Appointment.referral_id) == referral.id)
    highest = db.exec(last).one()
    return 0 if highest is None else int(highest) + 1


def _keep(
    db: Session,
    referral: Referral,
    row: Appointment,
    step: Step[Any],
    *,
    by: Actor,
    at: datetime,
    said: dict[str, str],
    command: c.Reschedule | None = None,
    asked_by: AskedBy | None = None,
    reason: str = "",
) -> None:
    record(db, row, step, flow="appointment", chain=case_chain(referral.id), by=by, at=at, facts=said)
    row.changed_at = at
    db.add(row)
    db.flush()
    content = row.model_dump(mode="json", exclude={"id", "version", "referral_id", "changed_at"})
    count = select(func.count()).where(col(AppointmentChange.appointment_id) == row.id)
    db.add(
        AppointmentChange(
            appointment_id=row.id,
            number=db.exec(count).one() + 1,
            move=step.move,
            code=command.code if command else "",
            asked_by=command.asked_by if command else asked_by,
            reason=command.reason if command else reason,
            content=content,
            by_id=by.id,
            at=at,
        )
    )
    referral.appointed_on = row.held_on if step.move in ("plan", "reschedule", "keep") else None
    settle(db, referral, by=by, at=at, page=f"appointment.{step.move}")


def when_words(row: Appointment) -> str:
    """'Tuesday 24 November 2026 at 16:30'."""
    return f"{day_date(row.held_on)} at {row.starts_at:%H:%M}"


def _people(row: Appointment) -> set[int]:
    return {i for i in (row.officer_id, row.case_manager_id) if i is not None}


def _invite(
    db: Session,
    referral: Referral,
    row: Appointment,
    kind: Kind,
    people: set[int],
    *,
    at: datetime,
    mark: str = "",
) -> None:
    """A mail with a calendar file to each, and a task; the place may be a home, so no mail names it."""
    for user_id in sorted(people):
        mail = Invitation(
            kind=kind,
            reference=referral.reference,
            to_key=f"u{user_id}",
            user_id=user_id,
            address="",
            sequence=row.sequence,
            held_on=row.held_on,
            starts_at=row.starts_at,
            minutes=row.minutes,
            location="",
            queued_at=at,
        )
        invite(db, mail, mark=mark)
        if kind is Kind.APPOINTED_CANCELLED:
            continue
        notify(
            db,
            why=Why.APPOINTMENT_PLANNED,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-appointment-{row.id}-{row.sequence}-{user_id}",
            at=at,
            to_user=user_id,
            due_on=row.held_on,
            mailed=False,
            path=f"/cases/{referral.reference}/appointment",
        )
