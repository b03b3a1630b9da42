"""Asking others about the child: asked, chased, answered; and what their lateness does to the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from config.policy import names
from panel.access import Actor
from panel.assessments.actions import begun
from panel.assessments.models import Assessment
from panel.assessments.part_commands import Answering, Asking, Contact
from panel.assessments.reading import row_of, sources_of
from panel.assessments.written import AgencyContact, Chase, Source
from panel.children.models import Child
from panel.errors import Missing
from panel.notifications.letters import Letter, post
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.assessment_parts import Answer
from workflows.calendar import add_working_days, deadline, today_in_london
from workflows.case import Status as CaseStatus
from workflows.roles import Role
from workflows.stopped_clock import Late, counted
from workflows.vocabulary import words

ANSWER_WITHIN = 2  # working days that a reminder gives


def ask(
    db: Session,
    referral: Referral,
    commands: Sequence[Asking],
    *,
    by: Actor,
    at: datetime,
) -> list[Source]:
    """Write down who was asked, or why somebody was not (ASM-3)."""
    assessment = begun(db, referral, by=by)
    sources = [_asked(assessment, command) for command in commands]
    db.add_all(sources)
    db.flush()
    _retime(db, referral, assessment, at=at)
    tell(db, referral, "source", by=by, at=at)
    return sources


def _asked(assessment: Assessment, command: Asking) -> Source:
    source = Source(assessment_id=assessment.id)
    _fill(source, command)
    return source


def _fill(source: Source, command: Asking) -> None:
    source.kind, source.who, source.asked_on = command.kind, command.who, command.asked_on
    if command.asked_on is None:
        source.answer, source.reason, source.due_on = Answer.NOT_ASKED, command.not_asked_because, None
        return
    if source.answer is Answer.NOT_ASKED:
        source.answer, source.reason = Answer.WAITING, ""
    source.due_on = deadline("source_due", command.asked_on, "Answer due").due


def change(db: Session, referral: Referral, number: int, command: Asking, *, by: Actor, at: datetime) -> None:
    """Put right who was asked and when."""
    assessment = begun(db, referral, by=by)
    _fill(row_of(db, Source, assessment, number), command)
    _retime(db, referral, assessment, at=at)
    tell(db, referral, "source", by=by, at=at)


def answer(
    db: Session, referral: Referral, number: int, command: Answering, *, by: Actor, at: datetime
) -> None:
    """Write down what became of asking."""
    assessment = begun(db, referral, by=by)
    source = row_of(db, Source, assessment, number)
    source.answer, source.reason = command.answer, command.reason
    source.answered_on = None if command.answer is Answer.WAITING else command.answered_on
    _retime(db, referral, assessment, at=at)
    tell(db, referral, "source", by=by, at=at)


def chase(db: Session, referral: Referral, number: int, *, by: Actor, at: datetime) -> Chase:
    """Remind a source; the agency gets a mail when the area's directory has its address."""
    assessment = begun(db, referral, by=by)
    source, today = row_of(db, Source, assessment, number), today_in_london(at)
    if source.answer is not Answer.WAITING or source.asked_on is None:
        raise Missing()
    times = db.exec(select(func.count()).select_from(Chase).where(Chase.source_id == source.id)).one()
    contact = contact_for(db, referral.area_id, source)
    letter = None
    if contact is not None:
        letter = post(
            db,
            Letter(
                key=f"{referral.reference}-chase-{source.id}-{times + 1}",
                address=contact.email,
                reference=referral.reference,
                asked_on=source.asked_on,
                answer_by=add_working_days(today, ANSWER_WITHIN),
                queued_at=at,
            ),
        )
    made = Chase(source_id=source.id, chased_on=today, by_id=by.id, letter_id=letter.id if letter else None)
    db.add(made)
    _retime(db, referral, assessment, at=at)
    tell(db, referral, "chase", by=by, at=at, said={"agency": words(source.kind)})
    return made


def _retime(db: Session, referral: Referral, assessment: Assessment, *, at: datetime) -> None:
    today = today_in_london(at)
    kinds = names("stop_clock_kinds", today)
    stopping = [
        source
        for source in sources_of(db, assessment.id)
        if source.kind.value in kinds and source.due_on is not None
    ]
    late = [Late(source.due_on, source.answered_on) for source in stopping if source.due_on]
    referral.assessment_stopped_days, referral.assessment_stopped_since = counted(late, today)
    kept_waiting = dict.fromkeys(
        words(s.kind).lower() for s in stopping if s.due_on and (s.answered_on or date.max) > s.due_on
    )
    referral.assessment_stopped_for = " and ".join(kept_waiting)[:120]


def contact_for(db: Session, area_id: int, source: Source) -> AgencyContact | None:
    """The address of an agency of this kind in the area, the first one that was entered."""
    query = select(AgencyContact).where(AgencyContact.area_id == area_id, AgencyContact.kind == source.kind)
    return db.exec(query.order_by(col(AgencyContact.id))).first()


def contacts(db: Session, actor: Actor) -> list[AgencyContact]:
    """The directory of the areas in which the person is a manager."""
    query = select(AgencyContact).where(col(AgencyContact.area_id).in_(actor.areas_as(Role.YOT_MANAGER)))
    return list(db.exec(query.order_by(col(AgencyContact.kind), col(AgencyContact.name))))


def contact_of(db: Session, actor: Actor, number: int) -> AgencyContact:
    """One entry of the directory. Raises `Missing`, also for one of another area."""
    found = next((c for c in contacts(db, actor) if c.id == number), None)
    if found is None:
        raise Missing()
    return found


def keep_contact(
    db: Session, command: Contact, before: AgencyContact | None, *, area_id: int
) -> AgencyContact:
    """Add an agency to the directory, or change it."""
    contact = before or AgencyContact(area_id=area_id)
    contact.sqlmodel_update(command.model_dump())
    db.add(contact)
    db.flush()
    return contact


@dataclass(frozen=True)
class Overdue:
    """An answer that is overdue in one of the person's own cases."""

    reference: str
    child_name: str
    kind: str
    due_on: date


def overdue(db: Session, actor: Actor, today: date, limit: int = 20) -> list[Overdue]:
    """The overdue answers of the cases that the person is assessing, the oldest first."""
    areas = actor.areas_as(Role.CASE_MANAGER)
    if not areas:
        return []
    query = (
        select(Source, Referral.reference, Child)
        .join(Assessment, col(Assessment.id) == Source.assessment_id)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(
            Referral.case_manager_id == actor.id,
            col(Referral.area_id).in_(areas),
            Referral.status == CaseStatus.ACCEPTED,
            Source.answer == Answer.WAITING,
            col(Source.due_on) < today,
        )
        .order_by(col(Source.due_on), col(Source.id))
        .limit(limit)
    )
    return [
        Overdue(reference, child.name, words(source.kind), source.due_on)
        for source, reference, child in db.exec(query)
        if source.due_on
    ]
