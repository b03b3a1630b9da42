"""What officers do with the papers of a referral."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.documents.actions import keep, withdraw
from panel.documents.models import Document, Kind
from panel.documents.queries import paper as paper_at
from panel.documents.uploads import CleanFile, safe_filename
from panel.errors import Missing
from panel.referrals import commands as c
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.writers import editable
from workflows.case import Status
from workflows.flow import Refusal, Refused
from workflows.vocabulary import words

NOT_SENT = (Status.DRAFT, Status.SENT_BACK)


def add_paper(
    db: Session, referral: Referral, command: c.PaperDetails, clean: CleanFile, *, by: Actor, at: datetime
) -> Document:
    """Add a police paper that has been checked."""
    editable(referral, by)
    title = command.title or words(command.kind)
    document = keep(
        db,
        referral_id=referral.id,
        kind=Kind.POLICE_PAPER,
        paper=command.kind,
        title=title,
        filename=safe_filename(f"{referral.reference} police paper", clean.extension),
        media_type=clean.media_type,
        data=clean.data,
        by=by,
        at=at,
    )
    tell(db, referral, "add_paper", by=by, at=at, said={"paper": title})
    return document


def own_paper(db: Session, referral: Referral, number: int, *, by: Actor) -> Document:
    """A police paper that this person added. Raises `Missing` for any other."""
    document = paper_at(db, referral.id, number)
    if document.kind is not Kind.POLICE_PAPER or document.added_by_id != by.id:
        raise Missing()
    return document


def remove_paper(
    db: Session, referral: Referral, number: int, command: c.WithReason, *, by: Actor, at: datetime
) -> None:
    """Take a wrong paper off a referral that is not sent; that it was there, and why it went, stays known."""
    document = own_paper(db, referral, number, by=by)
    if referral.status not in NOT_SENT:
        says = "The referral has been sent, so its papers stay. Ask the YOT manager to send it back first."
        refusal = Refusal("sent", says, "PAN-5", "Decision record minimum", True)
        raise Refused("case", "remove_paper", (refusal,))
    withdraw(db, document, command.reason, by=by, at=at)
    tell(db, referral, "remove_paper", by=by, at=at, said={"paper": document.title, "reason": command.reason})
