"""Reading the end of a case; the caller has looked the case up for its reader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from panel.access import Actor
from panel.children.models import Child
from panel.closing.models import ClosingSummary, CodeRelease, Completion, Feedback
from panel.compliance.queries import matters_of, open_matter
from panel.contacts.models import Attendance, Contact
from panel.counting import Number, answers, many
from panel.errors import Missing
from panel.notifications.models import Notification, Why
from panel.plans.models import Plan, PlanStep, StepState
from panel.plans.queries import steps_of
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import scope
from workflows.calendar import long_date, today_in_london
from workflows.case import Status
from workflows.closing import ACTIVITIES, CODE_22, WITH_A_STEP, ClosingFacts, Side, is_activity
from workflows.keeping import Status as MatterStatus
from workflows.vocabulary import words

READY, RELEASED, WAITING = "ready", "released", "waiting"
CODE_LISTS = {
    READY: "Ready for the code 22",
    WAITING: "Code 22 not to be recorded yet",
    RELEASED: "Code 22 released",
}
AFTER_GIVING = (Status.GIVEN, Status.NOTIFIED, Status.CLOSED)


def completion_of(db: Session, referral_id: int) -> Completion | None:
    """The completion, once it is recorded."""
    return db.exec(select(Completion).where(Completion.referral_id == referral_id)).first()


def release_of(db: Session, referral_id: int) -> CodeRelease | None:
    """The release of the code 22."""
    return db.exec(select(CodeRelease).where(CodeRelease.referral_id == referral_id)).first()


def police_wait(db: Session, referral_id: int) -> bool:
    """Whether the police have not confirmed yet that they know of the completion."""
    query = select(Notification.id).where(
        Notification.referral_id == referral_id,
        Notification.why == Why.PLAN_COMPLETED,
        col(Notification.done_at).is_(None),
    )
    return db.exec(query).first() is not None


def summaries_of(db: Session, referral_id: int) -> list[ClosingSummary]:
    """Every version of the closing summary, the newest first."""
    query = select(ClosingSummary).where(ClosingSummary.referral_id == referral_id)
    return list(db.exec(query.order_by(col(ClosingSummary.number).desc())))


def summary_at(db: Session, referral_id: int, number: int) -> ClosingSummary:
    """One version. Raises `Missing`."""
    for version in summaries_of(db, referral_id):
        if version.number == number:
            return version
    raise Missing()


def feedback_of(db: Session, referral_id: int) -> list[Feedback]:
    """What child and parent said, the newest first."""
    query = select(Feedback).where(Feedback.referral_id == referral_id)
    return list(db.exec(query.order_by(col(Feedback.id).desc())))


def activity_of(db: Session, referral_id: int) -> list[list[str]]:
    """The evidence that something took place: steps done, sessions with what was done (O22-1)."""
    found = [
        [step.what, f"Done on {long_date(step.done_on)}. {step.evidence}"]
        for step in steps_of(db, referral_id)
        if step.state is StepState.DONE and step.done_on is not None and step.evidence.strip()
    ]
    query = select(Contact).where(Contact.referral_id == referral_id, Contact.state == Attendance.ATTENDED)
    for contact in db.exec(query.order_by(col(Contact.starts_at))):
        if contact.done.strip() and is_activity(contact.kind, contact.step_place):
            day = long_date(today_in_london(contact.starts_at))
            found.append([f"{words(contact.kind)} on {day}", contact.done])
    return found


# After these the agreement is not how the case ends.
AGAINST = (MatterStatus.RETURNED, MatterStatus.PROSECUTED, MatterStatus.PROCEEDINGS)


def facts_of(db: Session, referral: Referral, *, today: date) -> ClosingFacts:
    """The end of a case as the rules see it."""
    sides = {row.side for row in feedback_of(db, referral.id)}
    steps = steps_of(db, referral.id)
    return ClosingFacts(
        today=today,
        has_steps=bool(steps),
        outcome=referral.outcome,
        notified=referral.status in (Status.NOTIFIED, Status.CLOSED),
        steps_open=sum(step.state is StepState.TO_DO for step in steps),
        matter_open=open_matter(db, referral.id) is not None,
        goes_on=not any(matter.status in AGAINST for matter in matters_of(db, referral.id)),
        activity=len(activity_of(db, referral.id)),
        summary=bool(summaries_of(db, referral.id)),
        child_asked=Side.CHILD in sides,
        parent_asked=Side.PARENT in sides,
    )


@dataclass(frozen=True)
class CodeLine:
    """One case of outcome 22 in a list."""

    reference: str
    child_name: str
    given_on: date | None
    released_on: date | None
    referral_id: int


def code_lines(db: Session, actor: Actor, name: str, *, limit: int, after: int = 0) -> list[CodeLine]:
    """The cases of outcome 22 in one list, in the order in which they were started."""
    # Of each case that is shown: as a join it is made for all of them, before the page is cut off.
    released = select(CodeRelease.at).where(CodeRelease.referral_id == Referral.id).scalar_subquery()
    query: Any = _codes(select(Referral, Child, released), actor, name)
    query = query.join(Child, col(Child.id) == Referral.child_id).where(col(Referral.id) > after)
    return [
        CodeLine(
            case.reference,
            child.name,
            case.given_on,
            today_in_london(released) if released else None,
            case.id,
        )
        for case, child, released in db.exec(query.order_by(col(Referral.id)).limit(limit))
    ]


def count_codes(db: Session, actor: Actor, name: str) -> int:
    """How many cases one list holds, counted up to a limit."""
    return int(answers(db, [codes_counted(actor, name)])[0])


def codes_counted(actor: Actor, name: str) -> Number:
    """The same, to be asked with others."""
    return many(_codes(select(Referral.id), actor, name))


def crime_references(db: Session, referral_ids: list[int]) -> dict[int, list[str]]:
    """The crime references of cases, for the export."""
    found: dict[int, list[str]] = {number: [] for number in referral_ids}
    query = select(Offence.referral_id, Offence.crime_reference, Offence.title)
    query = query.where(col(Offence.referral_id).in_(found), col(Offence.outcome).in_(CODE_22))
    for number, reference, title in db.exec(query.order_by(col(Offence.id))):
        found[number].append(reference or title)
    return found


def _codes(query: Any, actor: Actor, name: str) -> Any:
    # The same question as `activity_of`, asked of the database.
    step = (
        select(PlanStep.id)
        .join(Plan, col(Plan.id) == PlanStep.plan_id)
        .where(
            Plan.referral_id == Referral.id,
            PlanStep.state == StepState.DONE,
            col(PlanStep.done_on).is_not(None),
            func.trim(PlanStep.evidence) != "",
        )
        .limit(1)
    )
    contact = (
        select(Contact.id)
        .where(
            Contact.referral_id == Referral.id,
            Contact.state == Attendance.ATTENDED,
            func.trim(Contact.done) != "",
            or_(
                col(Contact.kind).in_(ACTIVITIES),
                and_(col(Contact.kind).in_(WITH_A_STEP), Contact.step_place > 0),
            ),
        )
        .limit(1)
    )
    # Asked before the evidence, which is the longer way: most codes of the past are released.
    released = col(Referral.id).in_(select(CodeRelease.referral_id))
    # Of each case that is left: with EXISTS PostgreSQL reads all steps and contacts that there are.
    done = or_(*(one.correlate(Referral).scalar_subquery().is_not(None) for one in (step, contact)))
    lists: dict[str, list[Any]] = {
        READY: [~released, done],
        WAITING: [~released, ~done],
        RELEASED: [released],
    }
    return query.select_from(Referral).where(
        scope(actor),
        col(Referral.outcome).in_(CODE_22),
        col(Referral.status).in_(AFTER_GIVING),
        *lists[name],
    )
