"""Reading plans; the caller has looked the case up for its reader."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from config.policy import number
from panel.accounts.models import User
from panel.errors import Missing
from panel.plans.models import Plan, PlanStep, StepState
from workflows.calendar import Deadline, State, long_date
from workflows.plan_rules import PlanFacts
from workflows.vocabulary import words

STEP_RULE = "Each step has the day that was decided for it."


@dataclass(frozen=True)
class StepLine:
    """One step as a page shows it."""

    number: int
    position: int
    what: str
    who: str
    owner: str
    serves: str
    binding: bool
    starts_words: str
    where: str
    when: str
    done_when: str
    due_words: str
    state: StepState
    late: State
    became: str
    evidence: str
    noted_by: str


def plan_of(db: Session, referral_id: int) -> Plan | None:
    """The plan of a case; there is one as soon as the disposal was given."""
    return db.exec(select(Plan).where(Plan.referral_id == referral_id)).first()


def steps_of(db: Session, referral_id: int) -> list[PlanStep]:
    """The steps of a case's plan, in their order; none that a version took out."""
    return [step for step in every_step_of(db, referral_id) if step.state is not StepState.REMOVED]


def every_step_of(db: Session, referral_id: int) -> list[PlanStep]:
    """The steps of a case's plan, in their order, also those that a version took out."""
    query = select(PlanStep).join(Plan).where(Plan.referral_id == referral_id)
    return list(db.exec(query.order_by(col(PlanStep.position), col(PlanStep.place))))


def step_of(db: Session, referral_id: int, place: int) -> PlanStep:
    """One step by its place in the plan, from 1. Raises `Missing`."""
    found = [step for step in steps_of(db, referral_id) if step.place == place]
    if not found:
        raise Missing()
    return found[0]


def open_steps(db: Session, referral_id: int) -> int:
    """How many steps are neither done nor ended."""
    query = select(func.count()).select_from(PlanStep).join(Plan)
    return db.exec(query.where(Plan.referral_id == referral_id, PlanStep.state == StepState.TO_DO)).one()


def next_step_due(db: Session, referral_id: int) -> date | None:
    """The nearest day of a step that is still to do."""
    query = select(func.min(PlanStep.due_on)).select_from(PlanStep).join(Plan)
    return db.exec(query.where(Plan.referral_id == referral_id, PlanStep.state == StepState.TO_DO)).one()


def facts_of(steps: list[PlanStep], reason: str = "") -> PlanFacts:
    """The steps as the rules see them."""
    return PlanFacts(
        steps_open=sum(step.state is StepState.TO_DO for step in steps),
        steps_not_done=sum(step.state is StepState.ENDED for step in steps),
        reason=reason,
    )


def lines_of(db: Session, steps: list[PlanStep], *, today: date) -> list[StepLine]:
    """The steps for a page, late ones marked."""
    people = {step.noted_by_id for step in steps if step.noted_by_id}
    names = dict(db.exec(select(User.id, User.name).where(col(User.id).in_(people))).all())
    return [_line(step, names.get(step.noted_by_id or 0, ""), today) for step in steps]


def _line(step: PlanStep, noted_by: str, today: date) -> StepLine:
    due = Deadline(
        "step",
        "Step",
        step.due_on,
        STEP_RULE,
        "Youth Conditional Caution Code of Practice 2013",
        "configure",
        "days",
    )
    to_do = step.state is StepState.TO_DO
    became = f"Done on {long_date(step.done_on)}" if step.done_on else "Ended without being done"
    return StepLine(
        number=step.place,
        position=step.position or step.place,
        what=step.what,
        who=step.who,
        owner=step.owner,
        serves=words(step.serves),
        binding=step.binding,
        starts_words=f"from {long_date(step.starts_on)}" if step.starts_on else "",
        where=step.where_at,
        when=step.when_at,
        done_when=step.done_when,
        due_words=due.words(today) if to_do else f"was due by {long_date(step.due_on)}",
        state=step.state,
        late=due.state(today, number("due_soon", today)) if to_do else "ok",
        became="" if to_do else became,
        evidence=step.evidence,
        noted_by=noted_by,
    )
