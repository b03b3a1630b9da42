"""Sending a referral back, turning it down, and confirming that nothing has to change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from config.coded import SENT_BACK, TURNED_DOWN, Code
from panel.access import Actor
from panel.errors import Missing
from panel.history.models import Event
from panel.history.record import case_chain
from panel.notifications.actions import finish_for_case
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.referrals.actions import tell_person
from panel.referrals.commands import Confirm, Reject, SendBack
from panel.referrals.models import Referral, ReferralReturn
from panel.referrals.moves import move, tell
from panel.referrals.queries import case_facts
from panel.referrals.rounds import open_round
from panel.referrals.writers import editable
from workflows.calendar import today_in_london
from workflows.returns import Round


def send_back(db: Session, referral: Referral, command: SendBack, *, by: Actor, at: datetime) -> None:
    """Return the referral to whoever sent it, with coded reasons and words."""
    today = today_in_london(at)
    chosen = [code for code in SENT_BACK.codes(today) if code.key in command.codes]
    facts = replace(
        case_facts(db, referral, today=today, reason=command.reason),
        codes=tuple(code.key for code in chosen),
    )
    referral.reason = command.reason
    said = {"reason": f"{_sentence(chosen)} {command.reason}"}
    move(db, referral, "send_back", facts, by=by, at=at, said=said)
    _keep(db, referral, Round.SENT_BACK, chosen, command.reason, by=by, at=at)
    tell_person(db, referral, Why.REFERRAL_SENT_BACK, referral.referred_by_id, at)
    finish_for_case(db, referral.id, (Why.REFERRAL_SENT,), by=by, at=at)


def reject(db: Session, referral: Referral, command: Reject, *, by: Actor, at: datetime) -> None:
    """Turn the case down for good; whoever sent it is told (AGE-1 for a child under 10)."""
    today = today_in_london(at)
    chosen = [code for code in TURNED_DOWN.codes(today) if code.key == command.code]
    facts = replace(
        case_facts(db, referral, today=today, reason=command.reason),
        codes=tuple(code.key for code in chosen),
        social_care_told=bool(command.told_social_care),
    )
    referral.reason = command.reason
    said = {"reason": f"{_sentence(chosen)} {command.reason}"}
    move(db, referral, "reject", facts, by=by, at=at, said=said)
    row = _keep(db, referral, Round.REJECTED, chosen, command.reason, by=by, at=at)
    row.told_social_care = command.told_social_care
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    tell_person(db, referral, Why.REFERRAL_REJECTED, referral.referred_by_id, at)


def confirm(db: Session, referral: Referral, key: str, command: Confirm, *, by: Actor, at: datetime) -> None:
    """Say why a thing that was asked for needs no change. Raises `Missing` when it was not asked for."""
    editable(referral, by)
    asked = open_round(db, referral)
    found = [point.code for point in asked.points if point.code.key == key] if asked else []
    if not found:
        raise Missing()
    said = {"code": key, "asked": found[0].says, "reason": command.reason}
    tell(db, referral, "confirm", by=by, at=at, said=said)


def _sentence(chosen: Sequence[Code]) -> str:
    return "; ".join(code.says for code in chosen) + "."


def _keep(
    db: Session,
    referral: Referral,
    kind: Round,
    chosen: Sequence[Code],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> ReferralReturn:
    last = select(Event.seq).where(Event.chain == case_chain(referral.id))
    row = ReferralReturn(
        referral_id=referral.id,
        kind=kind,
        codes=" ".join(code.key for code in chosen),
        reason=reason,
        by_id=by.id,
        by_name=by.name,
        at=at,
        event_seq=db.exec(last.order_by(col(Event.seq).desc()).limit(1)).one(),
    )
    db.add(row)
    db.flush()
    return row
