"""A change of a plan while it is written: a draft that becomes the next version, or is dropped."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, select

from panel.access import Actor
from panel.errors import Missing
from panel.plans import change_commands as c
from panel.plans.content import FIELDS, PARTS, Content, new_key
from panel.plans.models import ExitNote, Plan, PlanDraft, PlanVersion
from panel.plans.queries import every_step_of
from panel.plans.versions import content_now, revise
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.steps import StepFields
from panel.victims.screening import places_that_tell
from workflows.flow import NotYours, Refused
from workflows.plan import OVER, WORKERS, Status

NAMES = {"steps": "number", "contingencies": "key", "links": "key", "exits": "key"}


class NamesVictim(Exception):
    """The plan would tell who the victim is or where; `places` say which part does."""

    def __init__(self, places: list[str]) -> None:
        super().__init__("; ".join(places))
        self.places = places


def draft_of(db: Session, plan: Plan) -> PlanDraft | None:
    """The change that is being written, if there is one."""
    return db.exec(select(PlanDraft).where(PlanDraft.plan_id == plan.id)).first()


def content_for(db: Session, plan: Plan) -> Content:
    """What the pages of a change show: the draft, or the plan as it stands."""
    draft = draft_of(db, plan)
    return draft.content if draft else content_now(db, plan)


def row_in(content: Content, part: str, key: int) -> dict[str, Any]:
    """One row of a part. Raises `Missing`."""
    found = next((row for row in content[part] if row[NAMES[part]] == key), None)
    if found is None:
        raise Missing()
    return dict(found)


def set_step(
    db: Session,
    referral: Referral,
    plan: Plan,
    number: int | None,
    command: c.PlannedStep,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Add a step, or change one that is no condition of a caution. Raises `NamesVictim` or `Missing`."""
    said = {name: _plain(value) for name, value in command.model_dump().items()}
    _screen(db, referral, "a step", said)

    def change(content: Content) -> None:
        steps = content["steps"]
        above = max((step.place for step in every_step_of(db, referral.id)), default=0)
        key = number or new_key(steps, "number", above)
        row = _blank() if number is None else row_in(content, "steps", number)
        if row["binding"]:
            raise Missing()
        _put(steps, "number", row | said | {"number": key})

    _write(db, referral, plan, change, by=by, at=at)


def set_owner(
    db: Session, referral: Referral, plan: Plan, number: int, command: c.StepOwned, *, by: Actor, at: datetime
) -> None:
    """Say who is responsible for a step, from when on, and what it serves."""
    said = {name: _plain(value) for name, value in command.model_dump().items()}
    _screen(db, referral, "a step", said)

    def change(content: Content) -> None:
        _put(content["steps"], "number", row_in(content, "steps", number) | said)

    _write(db, referral, plan, change, by=by, at=at)


def set_row(
    db: Session,
    referral: Referral,
    plan: Plan,
    part: str,
    key: int | None,
    command: c.Contingency | c.Linked | c.Exit,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Add or change what is done when things get worse, a link, or a way out. Raises `NamesVictim`."""
    said = {name: _plain(value) for name, value in command.model_dump().items()}
    _screen(db, referral, "the plan", said)

    def change(content: Content) -> None:
        rows = content[part]
        if key is not None:
            row_in(content, part, key)
        noted = db.exec(select(ExitNote.exit_key).where(ExitNote.plan_id == plan.id)).all()
        above = max(noted, default=0) if part == "exits" else 0
        _put(rows, "key", said | {"key": key or new_key(rows, above=above)})

    _write(db, referral, plan, change, by=by, at=at)


def move_step(
    db: Session, referral: Referral, plan: Plan, number: int, *, earlier: bool, by: Actor, at: datetime
) -> None:
    """Put a step one place earlier or later; conditions too: their order is the plan's."""

    def change(content: Content) -> None:
        steps = content["steps"]
        place = steps.index(row_in(content, "steps", number))
        other = place + (-1 if earlier else 1)
        if 0 <= other < len(steps):
            steps[place], steps[other] = steps[other], steps[place]

    _write(db, referral, plan, change, by=by, at=at)


def remove(
    db: Session, referral: Referral, plan: Plan, part: str, key: int, *, by: Actor, at: datetime
) -> None:
    """Take a row out; a condition of a caution stays. Raises `Missing`."""

    def change(content: Content) -> None:
        row = row_in(content, part, key)
        if row.get("binding"):
            raise Missing()
        content[part].remove(row)

    _write(db, referral, plan, change, by=by, at=at)


def drop(db: Session, referral: Referral, plan: Plan, *, by: Actor, at: datetime) -> None:
    """Forget the change that was being written."""
    _may(referral, plan, by)
    if draft := draft_of(db, plan):
        db.delete(draft)
        db.flush()
        tell(db, referral, "drop_plan_change", by=by, at=at)


def publish(
    db: Session,
    referral: Referral,
    plan: Plan,
    why: str,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> PlanVersion:
    """Make the draft the next version of the plan. Raises `Refused` or `NamesVictim`."""
    content = content_for(db, plan)
    expect_silent(db, referral, content)
    version = revise(db, referral, plan, content, why, by=by, at=at, overrides=overrides)
    if draft := draft_of(db, plan):
        db.delete(draft)
        db.flush()
    return version


def note_exit(
    db: Session, referral: Referral, plan: Plan, key: int, command: c.ExitDone, *, by: Actor, at: datetime
) -> None:
    """Write down whether a way into mainstream services was taken (3.3.1e). Raises `Missing`."""
    if not by.roles_in(referral.area_id) & set(WORKERS):
        raise NotYours("plan.note_exit")
    row = row_in(content_now(db, plan), "exits", key)
    db.add(ExitNote(plan_id=plan.id, exit_key=key, by_id=by.id, at=at, **command.model_dump()))
    tell(db, referral, "note_exit", by=by, at=at, said={"service": row["service"]})


def _write(
    db: Session, referral: Referral, plan: Plan, change: Callable[[Content], None], *, by: Actor, at: datetime
) -> None:
    _may(referral, plan, by)
    draft = draft_of(db, plan) or PlanDraft(
        plan_id=plan.id, content=content_now(db, plan), by_id=by.id, at=at
    )
    content = deepcopy(draft.content)
    change(content)
    draft.content, draft.by_id, draft.at = content, by.id, at
    db.add(draft)
    tell(db, referral, "write_plan_change", by=by, at=at)


def _may(referral: Referral, plan: Plan, by: Actor) -> None:
    if not by.roles_in(referral.area_id) & set(WORKERS):
        raise NotYours("plan.revise")
    if plan.status is not Status.UNDER_WAY:
        raise Refused("plan", "revise", (OVER,))


def _put(rows: list[dict[str, Any]], name: str, row: dict[str, Any]) -> None:
    """Replace the row with this number, or add it at the end."""
    place = next((n for n, old in enumerate(rows) if old[name] == row[name]), None)
    if place is None:
        rows.append(row)
    else:
        rows[place] = row


def _blank() -> dict[str, Any]:
    empty = StepFields(due_on=date.min).model_dump()
    known = {name: _plain(empty[name]) for name in FIELDS}
    return known | {"starts_on": None, "owner": "", "serves": "desistance", "binding": False}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _screen(db: Session, referral: Referral, place: str, said: Mapping[str, Any]) -> None:
    if places := places_that_tell(db, referral, {place: [v for v in said.values() if isinstance(v, str)]}):
        raise NamesVictim(places)


def expect_silent(db: Session, referral: Referral, content: Content) -> None:
    """Raises `NamesVictim` when a plan would tell who or where a victim is, as is known by now."""
    if places := places_that_tell(db, referral, {"the plan": _texts(content)}):
        raise NamesVictim(places)


def _texts(content: Content) -> list[str]:
    return [v for part in PARTS for row in content[part] for v in row.values() if isinstance(v, str)]
