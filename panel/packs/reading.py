"""Who opened and who read which version of the papers."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.db import write_along
from panel.errors import Stale
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, note
from panel.meetings.queries import lock_case
from panel.notifications.actions import INSERTS, finish_key
from panel.packs.making import task_key
from panel.packs.models import Mark, Pack, PackReading
from panel.packs.queries import is_member, latest
from panel.referrals.models import Referral
from workflows.flow import NotYours


def opened(db: Session, pack: Pack, *, by: Actor, at: datetime) -> None:
    """Remember that a member opened these papers; the page itself only reads."""
    if is_member(db, pack.meeting_id, by.id):
        write_along(db, lambda session: _mark(session, pack.id, by.id, Mark.OPENED, at))


def read(db: Session, referral: Referral, *, seen: int | None, by: Actor, at: datetime) -> Pack:
    """Write down that a member has read the papers. Raises `Stale` when newer ones are there."""
    # The lock keeps the order of the history; the case's version stays, so that no form goes stale.
    lock_case(db, referral, expect=False)
    pack = latest(db, referral.id)
    if pack is None or not is_member(db, pack.meeting_id, by.id):
        raise NotYours("case.read_papers")
    if pack.number != seen:
        raise Stale({"version": pack.number})
    _mark(db, pack.id, by.id, Mark.OPENED, at)
    _mark(db, pack.id, by.id, Mark.READ, at)
    chain = case_chain(referral.id)
    note(db, "case.read_papers", chain=chain, by=by, at=at, facts={"version": str(pack.number)})
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="case.read_papers")
    finish_key(db, task_key(referral, pack.number, by.id), by=by, at=at)
    return pack


def _mark(db: Session, pack_id: int, user_id: int, mark: Mark, at: datetime) -> None:
    """One row for each version, person and mark, whoever else may be writing it now."""
    insert = INSERTS[db.get_bind().dialect.name](PackReading)
    row = insert.values(pack_id=pack_id, user_id=user_id, mark=mark, at=at)
    db.execute(row.on_conflict_do_nothing(index_elements=["pack_id", "user_id", "mark"]))
