"""Split views taken to somebody senior, and the information that goes with a referral for charge (CHG-1)."""

from datetime import date, datetime

from sqlmodel import Session

from panel.access import Actor
from panel.decisions.recording import digest_of, kept
from panel.decisions.standing import escalations_of, information_of
from panel.decisions.standing_models import ChildInformation, Escalation
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.meetings.queries import lock_case
from panel.packs.earlier import earlier_disposals, earlier_words
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.queries import child_of
from panel.rulings import commands as c
from panel.rulings.actions import words_of


def escalate(db: Session, referral: Referral, command: c.Escalate, *, by: Actor, at: datetime) -> Escalation:
    """Write down that a split view was taken to somebody senior, and to whom."""
    row = Escalation(
        referral_id=referral.id, **command.model_dump(), by_id=by.id, by_words=words_of(by), at=at
    )
    db.add(row)
    db.flush()
    tell(db, referral, "escalate", by=by, at=at, said={"to": f"{command.to_name}, {command.to_post}"})
    return row


def raised_at(db: Session, referral_id: int, place: int) -> Escalation:
    """An escalation without an answer yet, by its place in the case, from 1. Raises `Missing`."""
    found = escalations_of(db, referral_id)
    if not 1 <= place <= len(found) or found[place - 1][1] is not None:
        raise Missing()
    return found[place - 1][0]


def answer(
    db: Session, referral: Referral, raised: Escalation, command: c.Answer, *, by: Actor, at: datetime
) -> None:
    """Write down what was answered."""
    db.add(
        Escalation(
            referral_id=referral.id,
            answers_id=raised.id,
            to_name=raised.to_name,
            to_post=raised.to_post,
            **command.model_dump(),
            by_id=by.id,
            by_words=words_of(by),
            at=at,
        )
    )
    db.flush()
    to = f"{raised.to_name}, {raised.to_post}"
    tell(db, referral, "answer_escalation", by=by, at=at, said={"to": to})


def known(db: Session, referral: Referral) -> dict[str, str]:
    """What the case knows already for the form; of the victim only what the police told us, so nothing."""
    child = child_of(db, referral)
    return {
        "looked_after": "Yes, looked after by the local authority" if child.looked_after else "No",
        "earlier": "; ".join(earlier_words(earlier_disposals(db, referral))),
    }


def fill_in(
    db: Session, referral: Referral, command: c.Information, *, by: Actor, at: datetime
) -> ChildInformation:
    """Keep the form as it is filled in now, under the next number."""
    lock_case(db, referral)
    before = information_of(db, referral.id)
    content = kept(command.model_dump())
    row = ChildInformation(
        referral_id=referral.id,
        number=before[0].number + 1 if before else 1,
        content=content,
        digest=digest_of(content),
        by_id=by.id,
        by_words=words_of(by),
        at=at,
    )
    db.add(row)
    db.flush()
    tell(db, referral, "information", by=by, at=at, said={"version": str(row.number)})
    return row


def send(db: Session, referral: Referral, command: c.Send, *, by: Actor, at: datetime) -> ChildInformation:
    """Write down to whom the newest form was sent: a disclosure, with its recipient, in the access log."""
    lock_case(db, referral)
    before = information_of(db, referral.id)
    if not before:
        raise Missing()
    row = ChildInformation(
        referral_id=referral.id,
        number=before[0].number + 1,
        content=before[0].content,
        digest=before[0].digest,
        **command.model_dump(),
        by_id=by.id,
        by_words=words_of(by),
        at=at,
    )
    db.add(row)
    db.flush()
    chain, page = case_chain(referral.id), "rulings.send"
    log_access(db, Operation.DISCLOSURE, chain, by=by, at=at, page=page, recipients=command.sent_to)
    tell(db, referral, "send_information", by=by, at=at, said={"to": command.sent_to})
    return row


def is_sent(rows: list[ChildInformation]) -> date | None:
    """The day on which the form was sent last."""
    return next((row.sent_on for row in rows if row.sent_on), None)
