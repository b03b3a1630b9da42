"""Somebody of the police tells: the record, the exception, who is told of it, all in one go."""

from datetime import date, datetime

from sqlmodel import Session, select

from config.coded import EXCEPTIONS
from panel.access import Actor
from panel.forces.models import Force
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.notifications import acknowledging
from panel.notifications.actions import acknowledge_by
from panel.notifications.duties import About, tell_all
from panel.notifications.models import Notification, Why
from panel.notifications.words import WORDS
from panel.police.actions import hear
from panel.police.known import find_child, flag_known
from panel.police.models import PoliceDisposal
from panel.police.queries import path_of, police_chain
from panel.police.told_command import Told
from workflows.flow import NotYours
from workflows.police import Heard
from workflows.vocabulary import Outcome


def tell(
    db: Session,
    told: Told,
    *,
    force_id: int,
    area_id: int,
    how: Heard,
    by: Actor,
    at: datetime,
    today: date,
    system_id: int | None = None,
) -> PoliceDisposal:
    """Write down what was told and tell the YOT; a second word of the same event tells nobody again."""
    one_at_a_time(db, force_id)
    disposal = hear(
        db,
        told,
        force_id=force_id,
        area_id=area_id,
        how=how,
        by=by,
        at=at,
        said_on=today,
        system_id=system_id,
    )
    _consultation(db, disposal, told, by=by, at=at)
    tell_the_yot(db, disposal, at=at)
    find_child(db, disposal, by=by, at=at)
    flag_known(db, disposal, at=at)
    return disposal


def one_at_a_time(db: Session, force_id: int) -> None:
    """Let two words of one event, at the same moment, not make two records: the second waits here."""
    db.exec(select(Force.id).where(Force.id == force_id).with_for_update()).one()


def _consultation(db: Session, disposal: PoliceDisposal, told: Told, *, by: Actor, at: datetime) -> None:
    """Keep the first word on whether the YOT was asked, and the exception that follows from it."""
    if disposal.consulted is None:
        disposal.consulted = told.consulted
    if told.exception and disposal.consulted is False and not disposal.exception:
        disposal.exception, disposal.exception_reason = told.exception, told.exception_reason
        chain = police_chain(disposal.id)
        facts = {"reason": EXCEPTIONS.code(told.exception).says}
        note(db, "police_disposal.exception", chain=chain, by=by, at=at, facts=facts)
    db.add(disposal)
    db.flush()


def tell_the_yot(db: Session, disposal: PoliceDisposal, *, at: datetime) -> None:
    """Tell everybody to whom the duties say so; each once for one record, however often it is told."""
    _event(db, Why.POLICE_TOLD, disposal, "told", at)
    if disposal.exception:
        _event(db, Why.POLICE_EXCEPTION, disposal, "exception", at)


def _event(db: Session, why: Why, disposal: PoliceDisposal, mark: str, at: datetime) -> None:
    """One event of the table of duties."""
    about = About(
        area_id=disposal.area_id,
        referral_id=None,
        reference=disposal.reference,
        path=path_of(disposal.reference),
        community_resolution=disposal.outcome is Outcome.CR,
        mark=mark,
    )
    tell_all(db, why, about, at=at, due_on=acknowledge_by(why, at))


def acknowledge(db: Session, disposal: PoliceDisposal, row: Notification, *, by: Actor, at: datetime) -> None:
    """Say that one knows of it, for oneself, for one's role, or for the duty mailbox."""
    if not acknowledging.may_acknowledge(row, by):
        raise NotYours("notification.acknowledge")
    if acknowledging.acknowledge(db, row, by=by, at=at):
        chain = police_chain(disposal.id)
        facts = {"what": WORDS[row.why]}
        note(db, "police_disposal.acknowledge", chain=chain, by=by, at=at, facts=facts)
        log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="police_disposal.acknowledge")
