"""What is written of a police disposal: heard for the first time or again, set aside, counted again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from config.joint_policy import Side, rule_for
from config.policy import number
from panel.access import Actor
from panel.accounts.models import Area
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.police import commands as c
from panel.police.models import PoliceDisposal, PoliceReport, SaidOfIt
from panel.police.queries import police_chain
from panel.references import new_reference
from workflows.calendar import add_working_days, age_on
from workflows.police import POLICE_DISPOSAL, Heard, PoliceFacts, Standing
from workflows.vocabulary import Outcome

PREFIX = "PD"


def tell_by(outcome: Outcome, given_on: date, area_code: str = "") -> date:
    """The last day on which telling the YOT is in time, by the joint policy of area and day of giving."""
    return add_working_days(given_on, rule_for(Side.JOINT, outcome.value, given_on, area_code).days)


def fresh(
    said: c.DisposalSaid, *, force_id: int, area_id: int, at: datetime, area_code: str = ""
) -> PoliceDisposal:
    """A new record of what was said; nothing is written yet."""
    last = tell_by(said.outcome, said.given_on, area_code)
    return PoliceDisposal(**fresh_values(said, force_id=force_id, area_id=area_id, last=last, at=at))


def fresh_values(
    said: c.DisposalSaid, *, force_id: int, area_id: int, last: date, at: datetime
) -> dict[str, Any]:
    """The values of a new record, for one or for thousands of them; `last` is its `tell_by`."""
    return {
        **{name: getattr(said, name) for name in SaidOfIt.model_fields},
        "reference": new_reference(PREFIX),
        "force_id": force_id,
        "area_id": area_id,
        "status": Standing.COUNTED,
        "tell_by": last,
        "made_at": at,
        "changed_at": at,
    }


def known_as(db: Session, said: c.DisposalSaid, *, force_id: int, area_id: int) -> PoliceDisposal | None:
    """The record of the same event that is held: by the force's number, or crime, outcome and name."""
    here = select(PoliceDisposal).where(
        PoliceDisposal.force_id == force_id, PoliceDisposal.area_id == area_id
    )
    by_crime = (
        (col(PoliceDisposal.crime_reference) == said.crime_reference)
        & (col(PoliceDisposal.outcome) == said.outcome)
        & (col(PoliceDisposal.surname) == said.surname)
        & (col(PoliceDisposal.given_name) == said.given_name)
    )
    ways: list[ColumnElement[bool]] = [by_crime] if said.crime_reference else []
    if said.force_reference:
        ways.append(col(PoliceDisposal.force_reference) == said.force_reference)
    if not ways:
        return None
    return db.exec(here.where(or_(*ways)).order_by(col(PoliceDisposal.id)).with_for_update()).first()


def hear(
    db: Session,
    said: c.DisposalSaid,
    *,
    force_id: int,
    area_id: int,
    how: Heard,
    by: Actor,
    at: datetime,
    said_on: date,
    system_id: int | None = None,
    held: PoliceDisposal | None = None,
) -> PoliceDisposal:
    """The police, or our own panel, tell of one disposal: a new record, or one more word on one that is held.

    `held` is that record where the caller knows it. The first word that is not a list is the day on which the
    YOT was told; a later word never moves it.
    """
    held = held or known_as(db, said, force_id=force_id, area_id=area_id)
    disposal = held or fresh(said, force_id=force_id, area_id=area_id, at=at, area_code=code_of(db, area_id))
    if held is not None:
        fill_gaps(held, said)
    if disposal.told_on is None:
        disposal.told_on, disposal.told_how = said_on, how
    disposal.changed_at = at
    db.add(disposal)
    db.flush()
    db.add(
        PoliceReport(
            disposal_id=disposal.id,
            how=how,
            said_on=said_on,
            said=said.model_dump(mode="json"),
            system_id=system_id,
            by_id=by.id if system_id is None else None,
            at=at,
        )
    )
    chain = police_chain(disposal.id)
    note(db, "police_disposal.hear", chain=chain, by=by, at=at, facts={"how": how.value})
    log_access(db, Operation.COLLECTION, chain, by=by, at=at, page="police.hear")
    return disposal


def code_of(db: Session, area_id: int) -> str:
    """The code of an area, by which the policies name it."""
    return db.exec(select(Area.code).where(Area.id == area_id)).one()


def fill_gaps(disposal: PoliceDisposal, said: c.DisposalSaid) -> None:
    """Take over what was not known before; what two words say differently stays as the first one said it."""
    for name in SaidOfIt.model_fields:
        if getattr(disposal, name) in ("", None) and getattr(said, name) not in ("", None):
            setattr(disposal, name, getattr(said, name))


def set_aside(db: Session, disposal: PoliceDisposal, command: c.SetAside, *, by: Actor, at: datetime) -> None:
    """Take a record out of the figures with a coded reason. Raises `Refused`, `Missing` for no such other."""
    other = _other(db, disposal, command.duplicate_of) if command.duplicate_of else None
    born = disposal.date_of_birth
    facts = PoliceFacts(
        why=command.not_ours,
        reason=command.reason,
        age=None if born is None else age_on(born, disposal.given_on),
        oldest_under_ten=number("police_oldest_under_ten", disposal.given_on),
        other=other is not None,
    )
    _move(db, disposal, "set_aside", facts, command.reason, by=by, at=at)
    disposal.not_ours = command.not_ours
    disposal.duplicate_of_id = None if other is None else other.id


def count_again(
    db: Session, disposal: PoliceDisposal, command: c.CountAgain, *, by: Actor, at: datetime
) -> None:
    """Put a record that was set aside back into the figures. Raises `Refused`."""
    _move(db, disposal, "count_again", PoliceFacts(reason=command.reason), command.reason, by=by, at=at)
    disposal.not_ours = disposal.duplicate_of_id = None


def _other(db: Session, disposal: PoliceDisposal, reference: str) -> PoliceDisposal:
    same = select(PoliceDisposal).where(
        PoliceDisposal.reference == reference,
        PoliceDisposal.area_id == disposal.area_id,
        PoliceDisposal.id != disposal.id,
        PoliceDisposal.status == Standing.COUNTED,
    )
    found = db.exec(same).first()
    if found is None:
        raise Missing()
    return found


def _move(
    db: Session,
    disposal: PoliceDisposal,
    name: str,
    facts: PoliceFacts,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    chain = police_chain(disposal.id)
    step = POLICE_DISPOSAL.step(name, disposal.status, facts, by.roles_in(disposal.area_id))
    record(db, disposal, step, flow="police_disposal", chain=chain, by=by, at=at, facts={"reason": reason})
    disposal.changed_at = at
    db.add(disposal)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=f"police.{name}")
