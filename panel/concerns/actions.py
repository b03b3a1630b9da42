"""Recording significant events, what follows from them, and what was done to safeguard the child."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.concerns import commands as c
from panel.concerns.models import SafeguardingAnswer, SignificantEvent
from panel.concerns.queries import RUNNING, answers_of, event_of, open_events
from panel.errors import Missing
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.victims.screening import places_that_tell
from workflows.case import Status
from workflows.concerns import FOR_THE_POLICE, Follows, Safeguarding
from workflows.flow import Refusal, Refused
from workflows.roles import Role
from workflows.vocabulary import words

SOURCE = "HM Inspectorate of Probation, Bradford inspection, January 2020"


class NotCleared(Exception):
    """A text would tell who the victim is; `fields` are its names."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__("a text gives the victim away")
        self.fields = fields


def record_event(
    db: Session, referral: Referral, command: c.EventDetails, *, by: Actor, at: datetime
) -> SignificantEvent:
    """Record a significant event and tell the people who must know (ASM-5)."""
    if referral.status not in RUNNING:
        says = "An event is recorded while the YOT has the case: from its sending until it is closed."
        _refuse("record_event", says)
    _cleared(db, referral, what=command.what, source=command.source)
    event = SignificantEvent(
        referral_id=referral.id, recorded_by_id=by.id, recorded_at=at, **command.model_dump()
    )
    db.add(event)
    db.flush()
    _keep_flag(db, referral)
    tell(db, referral, "record_event", by=by, at=at, said={"kind": words(command.kind)})
    _tell_people(db, referral, event, by=by, at=at)
    return event


def _refuse(act: str, says: str) -> None:
    raise Refused("case", act, (Refusal("wrong_time", says, "ASM-5", SOURCE, True),))


def _cleared(db: Session, referral: Referral, **texts: str) -> None:
    told = tuple(name for name, text in texts.items() if places_that_tell(db, referral, {name: [text]}))
    if told:
        raise NotCleared(told)


def _keep_flag(db: Session, referral: Referral) -> None:
    days = [event.happened_on for event in open_events(db, referral.id)]
    referral.event_open_on = min(days, default=None)


def _tell_people(
    db: Session, referral: Referral, event: SignificantEvent, *, by: Actor, at: datetime
) -> None:
    to: dict[str, dict[str, int | Role]] = {"managers": {"to_role": Role.YOT_MANAGER}}
    if referral.case_manager_id not in (None, by.id):
        to["worker"] = {"to_user": referral.case_manager_id or 0}
    if event.kind in FOR_THE_POLICE and Role.SECONDED not in by.roles_in(referral.area_id):
        to["police"] = {"to_role": Role.SECONDED}
    for who, target in to.items():
        notify(
            db,
            why=Why.SIGNIFICANT_EVENT,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-{Why.SIGNIFICANT_EVENT.value}-{event.id}-{who}",
            at=at,
            **target,  # type: ignore[arg-type]
        )


def follow(
    db: Session, referral: Referral, number: int, command: c.FollowUp, *, by: Actor, at: datetime
) -> None:
    """Write down what follows from an event, other than that the child is assessed again."""
    event = event_of(db, referral.id, number)
    if event.follows is not None:
        _refuse("follow_event", "Somebody has already said what follows from this event.")
    _cleared(db, referral, why=command.why)
    _answer(event, command.follows, command.why, by=by, at=at)
    _after_answers(db, referral, by=by, at=at)
    tell(db, referral, "follow_event", by=by, at=at, said=_said(event))


def _said(event: SignificantEvent) -> Mapping[str, str]:
    return {"kind": words(event.kind), "follows": words(event.follows) if event.follows else ""}


def _answer(event: SignificantEvent, follows: Follows, why: str, *, by: Actor, at: datetime) -> None:
    event.follows, event.follows_why = follows, why
    event.follows_by_id, event.follows_at = by.id, at


def answer_all(
    db: Session, referral: Referral, follows: Follows, why: str, *, by: Actor, at: datetime
) -> None:
    """Every open event is answered by one act: the assessment is opened again, or was just submitted."""
    events = open_events(db, referral.id)
    for event in events:
        _answer(event, follows, why, by=by, at=at)
    if events:
        _after_answers(db, referral, by=by, at=at)


def _after_answers(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    db.flush()
    _keep_flag(db, referral)
    if referral.event_open_on is None:
        finish_for_case(db, referral.id, (Why.SIGNIFICANT_EVENT,), by=by, at=at)


def safeguard(
    db: Session,
    referral: Referral,
    command: c.SafeguardingDetails,
    number: int | None = None,
    *,
    by: Actor,
    at: datetime,
) -> SafeguardingAnswer:
    """Answer whether children's social care was told, about an event or about the child (ASM-6)."""
    if referral.status is Status.WITHDRAWN and number is None:
        _refuse("safeguard", "The referral was withdrawn.")
    if number is not None:
        event_of(db, referral.id, number)
    _cleared(db, referral, reason=command.reason)
    answer = answers_of(db, referral.id).get(number)
    answer = answer or SafeguardingAnswer(referral_id=referral.id, event_id=number)
    answer.sqlmodel_update(command.model_dump() | {"answered_by_id": by.id, "answered_at": at})
    if command.answer is not Safeguarding.MADE:
        answer.made_on, answer.made_to, answer.reference = None, "", ""
    db.add(answer)
    tell(db, referral, "safeguard", by=by, at=at, said={"answer": words(command.answer)})
    return answer


def reply(
    db: Session, referral: Referral, number: int | None, command: c.Reply, *, by: Actor, at: datetime
) -> None:
    """Write down what children's social care answered. Raises `Missing` when there is no such referral."""
    answer = answers_of(db, referral.id).get(number)
    if answer is None or answer.answer is not Safeguarding.MADE:
        raise Missing()
    if answer.made_on is not None and command.replied_on < answer.made_on:
        _refuse("safeguarding_reply", "The answer cannot be older than the referral itself.")
    _cleared(db, referral, reply=command.reply)
    answer.reply, answer.replied_on = command.reply, command.replied_on
    tell(db, referral, "safeguarding_reply", by=by, at=at)
