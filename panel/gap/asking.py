"""Asking the force about disposals of which we know only from its list, and writing down what it answers."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case
from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.errors import Missing
from panel.gap import commands as c
from panel.gap.models import ForceAnswer, ForceQuery, ForceQueryRow
from panel.gap.scope import Filter, is_open
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.police import actions as police
from panel.police.commands import DisposalSaid, SetAside
from panel.police.models import PoliceDisposal, SaidOfIt
from panel.police.queries import police_chain
from panel.references import new_reference
from workflows.calendar import long_date, today_in_london
from workflows.flow import NotYours
from workflows.gap_work import ASKERS, AnswerFacts, Reply, allow_answer
from workflows.police import Heard, Standing
from workflows.roles import Role
from workflows.vocabulary import words

PREFIX = "FQ"
MOST_AT_ONCE = 500
READERS = (Role.YOT_MANAGER, Role.SECONDED, Role.INSPECTOR)


def query_chain(query_id: int) -> str:
    """The chain of a query."""
    return f"force_query:{query_id}"


def _waits() -> ColumnElement[bool]:
    """Whether a row waits for the force; told another way, or set aside, it does not wait any more."""
    return and_(col(ForceQueryRow.answered_on).is_(None), is_open())


def waits(row: ForceQueryRow, disposal: PoliceDisposal) -> bool:
    """The same for one row that was read."""
    return not row.answered_on and not disposal.told_on and disposal.status is Standing.COUNTED


def settled_by(row: ForceQueryRow, disposal: PoliceDisposal) -> str:
    """What has settled a row to which the force has given no answer; nothing while it waits."""
    if row.answered_on or waits(row, disposal):
        return ""
    if disposal.status is not Standing.COUNTED:
        return "Settled without an answer: it does not count any more."
    assert disposal.told_on  # else it would wait
    how = words(disposal.told_how or Heard.FORM)
    return f"Settled without an answer to this query, on {long_date(disposal.told_on)}: {how.lower()}."


def to_ask(db: Session, chosen: Filter, picked: Sequence[str], *, today: date) -> list[PoliceDisposal]:
    """Those of a figure that may be asked about: picked ones or all, without those that wait already."""
    asked = select(ForceQueryRow.disposal_id).where(col(ForceQueryRow.answered_on).is_(None))
    query = select(PoliceDisposal).where(
        chosen.where(today), col(PoliceDisposal.id).not_in(asked.scalar_subquery())
    )
    if picked:
        query = query.where(col(PoliceDisposal.reference).in_(picked))
    return list(db.exec(query.order_by(col(PoliceDisposal.id)).limit(MOST_AT_ONCE).with_for_update()))


def ask(
    db: Session, disposals: Sequence[PoliceDisposal], answer_by: date, *, by: Actor, at: datetime
) -> ForceQuery:
    """Ask the force about these; who is told of from that day on was told only after we asked."""
    if not disposals:
        raise Missing()
    first, today = disposals[0], today_in_london(at)
    if not set(ASKERS) & by.roles_in(first.area_id):
        raise NotYours("gap.ask")
    query = ForceQuery(
        reference=new_reference(PREFIX),
        force_id=first.force_id,
        area_id=first.area_id,
        asked_on=today,
        answer_by=answer_by,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(query)
    db.flush()
    note(
        db,
        "force_query.ask",
        chain=query_chain(query.id),
        by=by,
        at=at,
        facts={"count": str(len(disposals))},
    )
    for disposal in disposals:
        _ask_one(db, query, disposal, by=by, at=at)
    return query


def _ask_one(db: Session, query: ForceQuery, disposal: PoliceDisposal, *, by: Actor, at: datetime) -> None:
    db.add(ForceQueryRow(query_id=query.id, disposal_id=disposal.id, area_id=query.area_id))
    disposal.asked_on = disposal.asked_on or query.asked_on
    disposal.changed_at = at
    db.add(disposal)
    chain, facts = police_chain(disposal.id), {"query": query.reference}
    note(db, "police_disposal.ask", chain=chain, by=by, at=at, facts=facts)


def answer(
    db: Session,
    query: ForceQuery,
    row: ForceQueryRow,
    command: c.AnswerOfForce,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write down what the force answers about one disposal. Raises `Refused`."""
    if not set(ASKERS) & by.roles_in(query.area_id):
        raise NotYours("gap.answer")
    facts = AnswerFacts(
        reply=command.reply,
        asked_on=query.asked_on,
        answered_on=command.answered_on,
        answered=row.answered_on is not None,
        why=command.not_ours,
    )
    allow_answer(facts)
    disposal = db.get_one(PoliceDisposal, row.disposal_id)
    if command.reply is Reply.TOLD:
        _heard(db, disposal, command, by=by, at=at)
    elif command.not_ours is not None and command.reply is Reply.NOT_OURS:
        aside = SetAside(not_ours=command.not_ours, reason=command.said, duplicate_of=command.duplicate_of)
        police.set_aside(db, disposal, aside, by=by, at=at)
    if command.reply is not Reply.UNKNOWN:
        row.answered_on = command.answered_on
        db.add(row)
    db.add(
        ForceAnswer(
            row_id=row.id,
            reply=command.reply,
            answered_on=command.answered_on,
            said=command.said,
            by_id=by.id,
            by_words=f"{by.name} ({by.role_words})",
            at=at,
        )
    )
    note(
        db,
        "force_query.answer",
        chain=query_chain(query.id),
        by=by,
        at=at,
        facts={"reference": disposal.reference},
    )


def _heard(
    db: Session, disposal: PoliceDisposal, command: c.AnswerOfForce, *, by: Actor, at: datetime
) -> None:
    told = command.model_dump(include={"date_of_birth", "officer", "support"})
    known = {name: getattr(disposal, name) for name in SaidOfIt.model_fields}
    known |= {name: value for name, value in told.items() if not known[name]}
    police.hear(
        db,
        DisposalSaid.model_validate(known),
        force_id=disposal.force_id,
        area_id=disposal.area_id,
        how=Heard.ANSWER,
        by=by,
        at=at,
        said_on=command.answered_on,
        held=disposal,
    )


def query_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> ForceQuery:
    """The query with this reference, if the person may see it. Raises `Missing`; logs the look."""
    here = actor.areas_as(*READERS)
    query = select(ForceQuery).where(ForceQuery.reference == reference, col(ForceQuery.area_id).in_(here))
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, query_chain(found.id), by=actor, at=at, page=page)
    return found


def row_for(db: Session, query: ForceQuery, number: int) -> ForceQueryRow:
    """One row of a query, locked. Raises `Missing`."""
    chosen = select(ForceQueryRow).where(ForceQueryRow.query_id == query.id, ForceQueryRow.id == number)
    found = db.exec(chosen.with_for_update()).first()
    if found is None:
        raise Missing()
    return found


Pair = tuple[ForceQueryRow, PoliceDisposal]


def rows_of(db: Session, query: ForceQuery) -> list[Pair]:
    """The rows of a query with their disposals, in the order of the letter."""
    chosen = select(ForceQueryRow, PoliceDisposal).join(
        PoliceDisposal, col(PoliceDisposal.id) == ForceQueryRow.disposal_id
    )
    ordered = chosen.where(ForceQueryRow.query_id == query.id).order_by(col(ForceQueryRow.id))
    return list(db.exec(ordered).all())


def answers_of(db: Session, query: ForceQuery) -> list[ForceAnswer]:
    """Everything that the force answered to a query, in order."""
    chosen = select(ForceAnswer).join(ForceQueryRow, col(ForceQueryRow.id) == ForceAnswer.row_id)
    return list(db.exec(chosen.where(ForceQueryRow.query_id == query.id).order_by(col(ForceAnswer.id))))


def queries_of(
    db: Session, area_ids: Sequence[int], *, limit: int, before: int | None = None
) -> list[tuple[ForceQuery, int, int]]:
    """A page of the queries of some areas, the newest first: each with its rows and those that wait."""
    query = select(ForceQuery).where(col(ForceQuery.area_id).in_(area_ids))
    if before is not None:
        query = query.where(col(ForceQuery.id) < before)
    found = list(db.exec(query.order_by(col(ForceQuery.id).desc()).limit(limit)))
    counted = (
        select(ForceQueryRow.query_id, func.count(), func.count(case((_waits(), 1))))
        .join(PoliceDisposal, col(PoliceDisposal.id) == ForceQueryRow.disposal_id)
        .where(col(ForceQueryRow.query_id).in_([one.id for one in found]))
    )
    counts = {
        number: (every, open_)
        for number, every, open_ in db.exec(counted.group_by(col(ForceQueryRow.query_id)))
    }
    return [(one, *counts[one.id]) for one in found]
