"""What people do with actions: agree one, do it, carry it over, drop it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Area
from panel.agreed_actions import commands as c
from panel.agreed_actions.models import AgreedAction
from panel.agreed_actions.queries import action_chain, people
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.notifications.actions import finish_path, notify
from panel.notifications.models import Why
from panel.references import new_reference
from workflows.action import ACTION, ActionFacts
from workflows.calendar import long_date, today_in_london
from workflows.roles import Role


@dataclass(frozen=True)
class Origin:
    """Where an action comes from; `begun` says whether that meeting or round has begun."""

    area_id: int
    begun: bool
    chain: str
    meeting_id: int | None = None
    round_id: int | None = None


def agree(
    db: Session, command: c.Agreed, origin: Origin, referral_id: int | None, *, by: Actor, at: datetime
) -> AgreedAction:
    """Write an action down; whoever holds it gets a task at once."""
    code = db.exec(select(Area.code).where(Area.id == origin.area_id)).one()
    action = AgreedAction(
        reference=new_reference(f"A{code}"),
        area_id=origin.area_id,
        meeting_id=origin.meeting_id,
        round_id=origin.round_id,
        referral_id=referral_id,
        what=command.what,
        holder_id=command.holder_id,
        outside_owner=command.outside_owner,
        due_on=command.due_on,
        chase_on=command.due_on,
        raised_by_id=by.id,
        raised_at=at,
        changed_at=at,
    )
    facts = _facts(db, action, by=by, at=at, begun=origin.begun)
    step = ACTION.step("agree", action.status, facts, by.roles_in(origin.area_id))
    db.add(action)
    db.flush()
    said = {"reference": action.reference, "due_on": long_date(action.due_on)}
    record(db, action, step, flow="action", chain=action_chain(action.id), by=by, at=at, facts=said)
    note(db, "action.agree", chain=origin.chain, by=by, at=at, facts=said)
    log_access(db, Operation.COLLECTION, action_chain(action.id), by=by, at=at, page="action.agree")
    _give(db, action, at=at)
    return action


def _facts(
    db: Session,
    action: AgreedAction,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    due_on: date | None = None,
    holder_id: int | None = None,
    begun: bool = True,
) -> ActionFacts:
    today, holder = today_in_london(at), holder_id or action.holder_id
    manages = Role.YOT_MANAGER in by.roles_in(action.area_id)
    return ActionFacts(
        today=today,
        due_on=due_on or action.due_on,
        begun=begun,
        works_here=holder in dict(people(db, action.area_id, today=today)),
        theirs=manages or by.id == action.holder_id,
        words=words,
    )


def _give(db: Session, action: AgreedAction, *, at: datetime) -> None:
    notify(
        db,
        why=Why.ACTION_AGREED,
        area_id=action.area_id,
        referral_id=None,
        key=f"{action.reference}-{Why.ACTION_AGREED.value}-{action.version}",
        at=at,
        to_user=action.holder_id,
        due_on=action.due_on,
        path=path_of(action),
    )


def path_of(action: AgreedAction) -> str:
    """The page of an action."""
    return f"/actions/{action.reference}"


def do(db: Session, action: AgreedAction, command: c.Done, *, by: Actor, at: datetime) -> None:
    """It is done, and this is what was done."""
    _close(db, action, "do", command.words, by=by, at=at)


def drop(db: Session, action: AgreedAction, command: c.Dropped, *, by: Actor, at: datetime) -> None:
    """It is not to be done any more."""
    _close(db, action, "drop", command.words, by=by, at=at)


def _close(db: Session, action: AgreedAction, move: str, words: str, *, by: Actor, at: datetime) -> None:
    facts = _facts(db, action, by=by, at=at, words=words)
    step = ACTION.step(move, action.status, facts, by.roles_in(action.area_id))
    action.words, action.closed_by_id, action.closed_at = words, by.id, at
    said = {"reference": action.reference}
    record(db, action, step, flow="action", chain=action_chain(action.id), by=by, at=at, facts=said)
    finish_path(db, path_of(action), by=by, at=at)
    _touch(db, action, by=by, at=at, page=f"action.{move}")


def carry(db: Session, action: AgreedAction, command: c.Carried, *, by: Actor, at: datetime) -> None:
    """Give it another day, or to another person, with the reason; reminders begin anew."""
    facts = _facts(
        db, action, by=by, at=at, words=command.words, due_on=command.due_on, holder_id=command.holder_id
    )
    step = ACTION.step("carry", action.status, facts, by.roles_in(action.area_id))
    action.due_on = action.chase_on = command.due_on
    action.holder_id, action.words = command.holder_id, command.words
    said = {"reference": action.reference, "due_on": long_date(action.due_on)}
    record(db, action, step, flow="action", chain=action_chain(action.id), by=by, at=at, facts=said)
    finish_path(db, path_of(action), by=by, at=at)
    _touch(db, action, by=by, at=at, page="action.carry")
    _give(db, action, at=at)


def _touch(db: Session, action: AgreedAction, *, by: Actor, at: datetime, page: str) -> None:
    action.changed_at = at
    db.add(action)
    log_access(db, Operation.ALTERATION, action_chain(action.id), by=by, at=at, page=page)
    db.flush()
