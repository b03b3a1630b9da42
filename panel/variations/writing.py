"""Writing a variation: begun from the conditions in force, changed one by one, made into its document."""

from datetime import datetime

from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import User
from panel.disposals.actions import NamesVictim
from panel.disposals.paper import Issuer, tells_of_victim
from panel.documents.actions import keep
from panel.documents.models import Document, Kind
from panel.documents.typeset import disposal_pdf
from panel.documents.uploads import safe_filename
from panel.errors import Missing
from panel.plans.models import PlanStep, StepState
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.stepcommand import StepCommand
from panel.variations import commands as c
from panel.variations.models import FIELDS, Change, Variation, VariedCondition
from panel.variations.paper import paper_of_version, title_of_version
from panel.variations.queries import (
    OPEN,
    bound,
    caution_of,
    conditions_in,
    same,
    variation_facts,
    variations_of,
)
from workflows.calendar import today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.roles import POLICE
from workflows.variation import OF_A_CAUTION, STILL_RUNS, Status

ONE_AT_A_TIME = Refusal(
    "one_at_a_time",
    "Another variation is being prepared: finish it or withdraw it first.",
    "VAR-1",
    "The variation flow of this service",
    True,
)
TOO_LATE = Refusal(
    "too_late",
    "This variation was signed or is over: what was signed is what was shown.",
    "VAR-1",
    "Crime and Disorder Act 1998 s.66D",
    True,
)


def begin(db: Session, referral: Referral, *, by: Actor, at: datetime) -> Variation:
    """Start a variation from the conditions in force. Raises `Refused` or `NotYours`."""
    _police(referral, by)
    disposal, before = caution_of(db, referral), variations_of(db, referral.id)
    if any(one.status in OPEN for one in before):
        raise Refused("variation", "begin", (ONE_AT_A_TIME,))
    number = max((one.number for one in before), default=1) + 1
    variation = Variation(
        referral_id=referral.id, disposal_id=disposal.id, number=number, begun_by_id=by.id, begun_at=at
    )
    db.add(variation)
    db.flush()
    for step in bound(db, referral.id):
        values = {name: getattr(step, name) for name in FIELDS}
        row = VariedCondition(variation_id=variation.id, place=step.position, number=step.place, **values)
        row.starts_on = step.starts_on
        db.add(row)
    db.flush()
    facts = variation_facts(db, referral, variation, today=today_in_london(at))
    stops = [g for g in (OF_A_CAUTION, STILL_RUNS) if not g.test(facts)]
    if stops:
        shown = tuple(Refusal(g.name, g.says, g.rule, g.source, g.hard, g.where) for g in stops)
        raise Refused("variation", "begin", shown)
    tell(db, referral, "begin_variation", by=by, at=at, said={"number": str(number)})
    return variation


def set_condition(
    db: Session,
    referral: Referral,
    variation: Variation,
    row_id: int | None,
    command: StepCommand,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Add a condition, or change one; the document has to be made again. Raises `Missing`."""
    _writable(referral, variation, by)
    rows = conditions_in(db, variation)
    row = _row(db, referral, rows, row_id) if row_id is not None else None
    if row is None:
        place = max((one.place for one in rows), default=0) + 1
        row = VariedCondition(
            variation_id=variation.id, place=place, due_on=command.due_on, change=Change.ADDED
        )
    for name, value in command.model_dump().items():
        setattr(row, name, value)
    if row.change is not Change.ADDED:
        step = _step(db, referral, row.number)
        row.change = Change.KEPT if same(row, step) else Change.MODIFIED
    db.add(row)
    _stale(db, referral, variation, by=by, at=at)


def omit(
    db: Session, referral: Referral, variation: Variation, row_id: int, *, by: Actor, at: datetime
) -> None:
    """Leave a condition out, or take it in again; one that was only added goes. Raises `Missing`."""
    _writable(referral, variation, by)
    row = _row(db, referral, conditions_in(db, variation), row_id)
    if row.change is Change.ADDED:
        db.delete(row)
    elif row.change is Change.OMITTED:
        row.change = Change.KEPT if same(row, _step(db, referral, row.number)) else Change.MODIFIED
        db.add(row)
    else:
        row.change = Change.OMITTED
        db.add(row)
    _stale(db, referral, variation, by=by, at=at)


def prepare(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: c.PrepareVariation,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
) -> Document:
    """Make the document of this version; again when something on it changes, until it is signed.

    Raises `IncompletePaper` when it would be half a document and `NamesVictim` when it may not be shown.
    """
    _writable(referral, variation, by)
    variation.sqlmodel_update(command.model_dump())
    officer = db.exec(select(User).where(User.id == by.id)).one()
    paper = paper_of_version(db, referral, variation, issuer, officer=officer, on=today_in_london(at))
    if places := tells_of_victim(db, referral, paper):
        raise NamesVictim(places)
    title = title_of_version(variation, caution_of(db, referral))
    document = keep(
        db,
        referral_id=referral.id,
        kind=Kind.DISPOSAL,
        title=title,
        filename=safe_filename(title, "pdf"),
        media_type="application/pdf",
        data=disposal_pdf(paper),
        by=by,
        at=at,
    )
    variation.document_id, variation.document_digest = document.id, document.digest
    db.add(variation)
    tell(db, referral, "prepare_variation", by=by, at=at, said={"document": title})
    return document


def _police(referral: Referral, by: Actor) -> None:
    if not by.roles_in(referral.area_id) & set(POLICE):
        raise NotYours("variation.prepare")


def _writable(referral: Referral, variation: Variation, by: Actor) -> None:
    _police(referral, by)
    if variation.status not in (Status.PREPARED, Status.EXPLAINED):
        raise Refused("variation", "prepare", (TOO_LATE,))


def _row(db: Session, referral: Referral, rows: list[VariedCondition], row_id: int) -> VariedCondition:
    """A condition that can still be changed: one that was done stays as it was."""
    found = next((row for row in rows if row.id == row_id), None)
    step = _step(db, referral, found.number) if found else None
    if found is None or (step is not None and step.state is not StepState.TO_DO):
        raise Missing()
    return found


def _step(db: Session, referral: Referral, number: int) -> PlanStep | None:
    return next((step for step in bound(db, referral.id) if step.place == number), None)


def _stale(db: Session, referral: Referral, variation: Variation, *, by: Actor, at: datetime) -> None:
    """A document that says something else is no document any more; its paper stays on the case."""
    variation.document_id, variation.document_digest = None, ""
    db.add(variation)
    db.flush()
    tell(db, referral, "write_variation", by=by, at=at, said={"number": str(variation.number)})
