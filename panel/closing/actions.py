"""What is done at the end: complete, release the code 22, sum up, ask what people think of it."""

import hashlib
import json
from datetime import date, datetime

from sqlmodel import Session

from config.feedback import ANSWERS, questions
from panel.access import Actor
from panel.closing import commands as c
from panel.closing.models import ClosingSummary, CodeRelease, Completion, Feedback
from panel.closing.queries import activity_of, completion_of, facts_of, release_of, summaries_of
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.plans.actions import ENDINGS
from panel.plans.models import StepState
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.victims.screening import places_that_tell
from panel.victims.updates import owe
from workflows.calendar import deadline, long_date, today_in_london
from workflows.closing import CODE_22, TO_COMPLETE, TO_RELEASE, ClosingFacts, Side, refusals
from workflows.flow import NotYours, Refusal, Refused
from workflows.plan import WORKERS
from workflows.roles import Role
from workflows.victim import Happened
from workflows.vocabulary import words

RELEASERS = (Role.YOT_MANAGER, Role.SECONDED)
ALREADY = Refusal(
    "already_done", "Somebody has done this already.", "BR-6", "The record of this service", True
)


class NotCleared(Exception):
    """A text that the child or family may read would tell who the victim is; `fields` are its names."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__("a text gives the victim away")
        self.fields = fields


def complete(db: Session, referral: Referral, command: c.Complete, *, by: Actor, at: datetime) -> Completion:
    """Record that the plan is over, with the evidence of each step; tell police and victim (BR-6, VIC-5)."""
    _may(referral, by, WORKERS, "complete")
    day = today_in_london(at)
    if completion_of(db, referral.id) is not None:
        raise Refused("case", "complete", (ALREADY,))
    if unmet := refusals(TO_COMPLETE, facts_of(db, referral, today=day)):
        raise Refused("case", "complete", unmet)
    steps = steps_of(db, referral.id)
    in_full = all(step.state is StepState.DONE for step in steps)
    due = deadline("completion_told", day, "Tell the police").due
    row = Completion(
        referral_id=referral.id,
        completed_on=day,
        in_full=in_full,
        steps=[
            [step.what, f"Done on {long_date(step.done_on)}" if step.done_on else "Not done", step.evidence]
            for step in steps
        ],
        said=command.said,
        police_due_on=due,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    how = "everything was done" if in_full else "not everything was done"
    tell(db, referral, "complete", by=by, at=at, said={"how": how})
    _tell(db, referral, Why.PLAN_COMPLETED, at, to_role=Role.SECONDED, due_on=due)
    owe(db, referral, Happened.COMPLETED, at=at)
    if referral.outcome in CODE_22 and facts_of(db, referral, today=day).activity:
        _tell(db, referral, Why.CODE_TO_RELEASE, at, to_role=Role.YOT_MANAGER)
    return row


def _may(referral: Referral, by: Actor, roles: tuple[Role, ...], what: str) -> None:
    if not by.roles_in(referral.area_id) & set(roles):
        raise NotYours(f"closing.{what}")


def _tell(
    db: Session,
    referral: Referral,
    why: Why,
    at: datetime,
    *,
    to_role: Role | None = None,
    to_user: int | None = None,
    due_on: date | None = None,
) -> None:
    notify(
        db,
        why=why,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{why.value}",
        at=at,
        to_role=to_role,
        to_user=to_user,
        due_on=due_on,
    )


def seen_by_police(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """The police say that they know of the completion."""
    _may(referral, by, (Role.SECONDED,), "seen")
    finish_for_case(db, referral.id, (Why.PLAN_COMPLETED,), by=by, at=at)
    tell(db, referral, "completion_seen", by=by, at=at)


def release(db: Session, referral: Referral, command: c.Release, *, by: Actor, at: datetime) -> CodeRelease:
    """Let the code 22 be recorded, now that an activity took place (O22-1)."""
    _may(referral, by, RELEASERS, "release")
    if release_of(db, referral.id) is not None:
        raise Refused("case", "release_code", (ALREADY,))
    if unmet := refusals(TO_RELEASE, facts_of(db, referral, today=today_in_london(at))):
        raise Refused("case", "release_code", unmet)
    row = CodeRelease(
        referral_id=referral.id,
        evidence=activity_of(db, referral.id),
        said=command.said,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    tell(db, referral, "release_code", by=by, at=at)
    finish_for_case(db, referral.id, (Why.CODE_TO_RELEASE,), by=by, at=at)
    _tell(db, referral, Why.CODE_RELEASED, at, to_user=referral.referred_by_id)
    return row


def sum_up(db: Session, referral: Referral, command: c.Summary, *, by: Actor, at: datetime) -> ClosingSummary:
    """Write the next version of the closing summary. Raises `NotCleared` when it tells of the victim."""
    _may(referral, by, WORKERS, "sum_up")
    content = command.model_dump()
    _cleared(db, referral, content)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    before = summaries_of(db, referral.id)
    row = ClosingSummary(
        referral_id=referral.id,
        number=len(before) + 1,
        content=content,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    tell(db, referral, "closing_summary", by=by, at=at, said={"number": str(row.number)})
    return row


def _cleared(db: Session, referral: Referral, texts: dict[str, str]) -> None:
    told = tuple(name for name, text in texts.items() if places_that_tell(db, referral, {name: [text]}))
    if told:
        raise NotCleared(told)


def answered(side: str, answers: dict[str, str], on: date) -> list[list[str]]:
    """The answers with their questions, as they are kept: what was left out stays out."""
    return [
        [question.key, question.text, ANSWERS[answers[question.key]]]
        for question in questions(side, on)
        if answers.get(question.key) in ANSWERS
    ]


def say(db: Session, referral: Referral, side: Side, command: c.Said, *, by: Actor, at: datetime) -> Feedback:
    """Keep what the child or the parent thinks of it, or that they would rather not say."""
    _may(referral, by, WORKERS, "say")
    row = Feedback(
        referral_id=referral.id,
        side=side,
        declined=command.declined,
        answers=[] if command.declined else answered(side.value, command.answers, command.given_on),
        words="" if command.declined else command.words,
        means=command.means,
        given_on=command.given_on,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    who = words(side)
    tell(db, referral, "feedback", by=by, at=at, said={"who": f"{who[:1].lower()}{who[1:]}"})
    return row


class TheEnd:
    """What closing a case asks of this room (`plans.actions.ENDINGS`)."""

    def facts(self, db: Session, referral: Referral, *, today: date) -> ClosingFacts:
        """What closing looks at."""
        return facts_of(db, referral, today=today)

    def complete(self, db: Session, referral: Referral, said: str, *, by: Actor, at: datetime) -> None:
        """Whoever closes a case completes it, so that nobody forgets police and victim."""
        goes_on = facts_of(db, referral, today=today_in_london(at)).goes_on
        if goes_on and completion_of(db, referral.id) is None:
            complete(db, referral, c.Complete(said=said), by=by, at=at)


if not ENDINGS:
    ENDINGS.append(TheEnd())
