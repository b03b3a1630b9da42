"""The work lists of the victim worker: whom to ask before the panel, whom to tell of a decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, DateTime, Integer, String, column, table
from sqlmodel import Session, col, func, or_, select

from panel.access import Actor
from panel.counting import Number, answers, many
from panel.referrals.models import Referral
from panel.victims.models import Victim, VictimClearing, VictimUpdate
from workflows.case import BEFORE_DECISION, Status
from workflows.roles import Role
from workflows.victim import Happened
from workflows.vocabulary import View

# The rooms of the meeting and the decision are above this one: read by name, not by class.
ITEM = table(
    "agenda_item",
    column("referral_id", Integer),
    column("meeting_id", Integer),
    column("finished_at", DateTime),
)
MEETING = table("meeting", column("id", Integer), column("held_on", Date))
DECISION = table("decision", column("id", Integer), column("referral_id", Integer), column("reasons", String))
ASKING = tuple(status for status in BEFORE_DECISION if status not in (Status.DRAFT, Status.SENT_BACK))


@dataclass(frozen=True)
class ToTell:
    """One decision of which a victim waits to hear."""

    reference: str
    place: int
    happened: Happened
    happened_on: date
    due_on: date


@dataclass(frozen=True)
class ToAsk:
    """One victim with whom the panel cannot go ahead yet."""

    reference: str
    place: int
    view: View
    panel_on: date | None


def to_tell(db: Session, actor: Actor, *, limit: int = 200) -> list[ToTell]:
    """The victims to tell in the areas of a victim worker, the earliest due first."""
    update = VictimUpdate
    shown: Any = (Referral.reference, Victim.place, update.happened, update.happened_on, update.due_on)
    query = _telling(select(*shown), actor).order_by(col(VictimUpdate.due_on), col(VictimUpdate.id))
    return [ToTell(*row) for row in db.exec(query.limit(limit))]


def count_to_tell(db: Session, actor: Actor) -> int:
    """How many decisions wait to be told, counted up to a limit."""
    return int(answers(db, [telling_counted(actor)])[0])


def telling_counted(actor: Actor) -> Number:
    """The same, to be asked with others."""
    return many(_telling(select(VictimUpdate.id), actor))


def _telling(query: Any, actor: Actor) -> Any:
    return (
        query.select_from(VictimUpdate)
        .join(Victim, col(Victim.id) == VictimUpdate.victim_id)
        .join(Referral, col(Referral.id) == Victim.referral_id)
        .where(
            col(Referral.area_id).in_(actor.areas_as(Role.VICTIM_WORKER)),
            col(VictimUpdate.told_on).is_(None),
            col(VictimUpdate.not_owed).is_(None),
        )
    )


def to_ask(db: Session, actor: Actor, *, limit: int = 200) -> list[ToAsk]:
    """The victims to deal with before a panel, those with the nearest panel first."""
    listed: Any = (
        select(ITEM.c.referral_id, func.min(MEETING.c.held_on).label("held_on"))
        .join(MEETING, MEETING.c.id == ITEM.c.meeting_id)
        .where(ITEM.c.finished_at.is_(None))
        .group_by(ITEM.c.referral_id)
        .subquery()
    )
    shown: Any = (Referral.reference, Victim.place, Victim.view, listed.c.held_on)
    query = _asking(select(*shown), actor).join(listed, listed.c.referral_id == Referral.id, isouter=True)
    query = query.order_by(listed.c.held_on.is_(None), listed.c.held_on, col(Referral.due_on), col(Victim.id))
    return [ToAsk(*row) for row in db.exec(query.limit(limit))]


def count_to_ask(db: Session, actor: Actor) -> int:
    """How many victims a panel waits for, counted up to a limit."""
    return int(answers(db, [asking_counted(actor)])[0])


def asking_counted(actor: Actor) -> Number:
    """The same, to be asked with others."""
    return many(_asking(select(Victim.id), actor))


def _asking(query: Any, actor: Actor) -> Any:
    # The same question as `queries.is_dealt_with`, asked of the database.
    is_cleared = (
        select(VictimClearing.id)
        .where(
            VictimClearing.id
            == select(func.max(VictimClearing.id))
            .where(VictimClearing.victim_id == Victim.id)
            .correlate(Victim)
            .scalar_subquery(),
            VictimClearing.view == Victim.view,
        )
        .correlate(Victim)
        .exists()
    )
    unheard = (col(Victim.view) == View.NOT_YET) | ((col(Victim.view) != View.DECLINED) & ~is_cleared)
    without_plan = col(Victim.same_household) & (func.trim(col(Victim.safety_plan)) == "")
    return (
        query.select_from(Victim)
        .join(Referral, col(Referral.id) == Victim.referral_id)
        .where(
            col(Referral.area_id).in_(actor.areas_as(Role.VICTIM_WORKER)),
            col(Referral.status).in_(ASKING),
            col(Victim.objects_to_sharing).is_(False),
            or_(unheard, without_plan),
        )
    )


def reasons_of(db: Session, referral: Referral) -> str:
    """The reasons that the panel gave, if it has decided."""
    query: Any = select(DECISION.c.reasons).where(DECISION.c.referral_id == referral.id)
    return str(db.exec(query.order_by(DECISION.c.id.desc()).limit(1)).first() or "")
