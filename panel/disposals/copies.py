"""Signed copies that are missing or altered, and papers that are found later (need of the inspection)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Engine, tuple_
from sqlmodel import Session, and_, col, func, or_, select, update

from panel.access import Actor
from panel.children.models import Child
from panel.counting import Number, many
from panel.db import transaction
from panel.disposals import commands as c
from panel.disposals.day_models import FoundCopy
from panel.disposals.models import Disposal
from panel.disposals.paper import title_of
from panel.disposals.queries import disposal_for, intact
from panel.documents.models import Document
from panel.documents.signed import keep_signed
from panel.documents.uploads import CleanFile
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.queries import scope
from workflows.calendar import add_months, today_in_london
from workflows.disposal import Status
from workflows.flow import NotYours, Refusal, Refused
from workflows.roles import POLICE, Role
from workflows.vocabulary import SIGNED_OUTCOMES, Signer

PAGE = 25
QUARTER_MONTHS = 3
BATCH = 50
ADDERS = (*POLICE, Role.CASE_MANAGER, Role.YOT_MANAGER)
MISSING, QUARTER, THERE = "missing", "quarter", "there"
NOT_WANTED = Refusal(
    "copy_not_wanted",
    "A signed copy is added here once a disposal that needs one was given.",
    "YC-9",
    "Youth Cautions: guidance for police and youth offending teams, 2013",
    True,
)
BEFORE_IT_EXISTED = Refusal(
    "copy_too_early",
    "It cannot have been signed before the document was made.",
    "EXP-3",
    "What was signed is what was shown",
    True,
)


@dataclass(frozen=True)
class Line:
    """One given disposal whose signed copy is wanted."""

    id: int
    reference: str
    child_name: str
    title: str
    given_on: date
    altered: bool


@dataclass(frozen=True)
class Part:
    """One page of a list; `after` is the key of the next."""

    lines: tuple[Line, ...]
    after: str | None


def _wanted(actor: Actor) -> ColumnElement[bool]:
    return and_(scope(actor), _given())


def _given() -> ColumnElement[bool]:
    return and_(
        col(Disposal.status) == Status.GIVEN,
        col(Disposal.outcome).in_(SIGNED_OUTCOMES),
        col(Disposal.withdrawn_at).is_(None),
    )


def _lately(today: date) -> ColumnElement[bool]:
    return col(Disposal.given_on) > add_months(today, -QUARTER_MONTHS)


def _lacking() -> ColumnElement[bool]:
    return or_(col(Disposal.signed_document_id).is_(None), col(Disposal.copy_altered_at).is_not(None))


def _where(actor: Actor, name: str, today: date) -> ColumnElement[bool]:
    lately = _lately(today)
    more: Mapping[str, ColumnElement[bool]] = {
        MISSING: _lacking(),
        QUARTER: lately,
        THERE: and_(lately, ~_lacking()),
    }
    return and_(_wanted(actor), more[name])


def count(db: Session, actor: Actor, name: str, *, today: date) -> int:
    """How many disposals a list holds."""
    query = select(func.count(col(Disposal.id))).join(Referral, col(Referral.id) == Disposal.referral_id)
    return int(db.exec(query.where(_where(actor, name, today))).one())


def missing_counted(actor: Actor) -> Number:
    """How many copies are missing, up to `MOST`, to be asked with others."""
    # From the few to their cases, one by one: PostgreSQL takes them for many, and a join reads all cases.
    case = select(Referral.id).where(Referral.id == Disposal.referral_id, scope(actor)).scalar_subquery()
    return many(select(Disposal.id).where(_given(), _lacking(), case.is_not(None)))


def given_lately(db: Session, actor: Actor, *, today: date) -> tuple[int, int]:
    """Of how many disposals of three months a signed copy is wanted, and how many have it."""
    # From the few of three months to their cases, which are many more.
    mine = select(Referral.id).where(Referral.id == Disposal.referral_id, scope(actor)).exists()
    query = select(func.count(), func.count().filter(~_lacking())).select_from(Disposal)
    return db.exec(query.where(mine, _given(), _lately(today))).one()


def listed(db: Session, actor: Actor, name: str, *, today: date, after: str | None = None) -> Part:
    """A page of a list, the oldest giving first."""
    query = (
        select(Disposal, Referral.reference, Child)
        .join(Referral, col(Referral.id) == Disposal.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(_where(actor, name, today))
        .order_by(col(Disposal.given_on), col(Disposal.id))
        .limit(PAGE + 1)
    )
    if key := _key(after):
        query = query.where(tuple_(col(Disposal.given_on), col(Disposal.id)) > key)
    rows = db.exec(query).all()
    lines = tuple(
        Line(
            row.id,
            reference,
            child.name,
            title_of(row.outcome),
            row.given_on or today,
            row.signed_document_id is not None and row.copy_altered_at is not None,
        )
        for row, reference, child in rows[:PAGE]
    )
    more = f"{lines[-1].given_on}_{lines[-1].id}" if len(rows) > PAGE else None
    return Part(lines, more)


def _key(after: str | None) -> tuple[date, int] | None:
    try:
        day, number = (after or "").split("_")
        return date.fromisoformat(day), min(int(number), 2**31 - 1)
    except ValueError:
        return None


def found(
    db: Session, referral: Referral, command: c.Found, scan: CleanFile, *, by: Actor, at: datetime
) -> Document:
    """Add a signed paper that came later, with its story; what was there before stays as it is."""
    if not by.roles_in(referral.area_id) & set(ADDERS):
        raise NotYours("disposal.found")
    disposal = disposal_for(db, referral)
    if disposal.status is not Status.GIVEN or disposal.outcome not in SIGNED_OUTCOMES:
        raise Refused("disposal", "found", (NOT_WANTED,))
    _expect_after_document(db, disposal, command.signed_on)
    document = keep_signed(
        db,
        referral_id=referral.id,
        subject=f"disposal:{disposal.id}",
        title=f"{title_of(disposal.outcome)}, found later",
        file=scan,
        shown_digest=disposal.document_digest,
        story=command.story,
        by=by,
        at=at,
    )
    who = {
        Signer.CHILD: command.child_signed,
        Signer.ADULT: command.adult_signed,
        Signer.OFFICER: command.officer_signed,
    }
    row = FoundCopy(
        disposal_id=disposal.id,
        document_id=document.id,
        signed_by=[signer.value for signer, signed in who.items() if signed],
        by_id=by.id,
        by_name=by.name,
        at=at,
        **command.model_dump(include={"signed_on", "found_by", "found_where", "story"}),
    )
    db.add(row)
    disposal.signed_document_id, disposal.copy_altered_at = document.id, None
    db.add(disposal)
    tell(db, referral, "found_copy", by=by, at=at, said={"found_by": command.found_by})
    return document


def _expect_after_document(db: Session, disposal: Disposal, signed_on: date) -> None:
    made = db.exec(select(Document.added_at).where(Document.id == disposal.document_id)).first()
    if made is not None and signed_on < today_in_london(made):
        raise Refused("disposal", "found", (BEFORE_IT_EXISTED,))


def found_of(db: Session, disposal_id: int) -> list[FoundCopy]:
    """The stories of the papers that were found later, the last first."""
    query = select(FoundCopy).where(FoundCopy.disposal_id == disposal_id)
    return list(db.exec(query.order_by(col(FoundCopy.id).desc())))


def check_copies(engine: Engine, *, at: datetime) -> int:
    """Read every signed copy of the last year again and mark those that were altered; how many are marked."""
    since, last, marked = add_months(today_in_london(at), -12), 0, 0
    while True:
        with transaction(engine) as db:
            query = (
                select(Disposal.id, Disposal.signed_document_id, Disposal.copy_altered_at)
                .where(
                    col(Disposal.id) > last,
                    col(Disposal.given_on) >= since,
                    col(Disposal.signed_document_id).is_not(None),
                )
                .order_by(col(Disposal.id))
                .limit(BATCH)
            )
            rows = db.exec(query).all()
            if not rows:
                return marked
            for number, document_id, before in rows:
                last, whole = number, intact(db, document_id)
                marked += not whole
                if whole == (before is not None):
                    # Not through the row: its version stays, so nobody who has it open is told of a change.
                    seen = None if whole else at
                    changed = update(Disposal).where(col(Disposal.id) == number)
                    db.execute(changed.values(copy_altered_at=seen))
