"""Looks for disposals whose papers are not those that were shown and signed."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from panel.disposals.models import Disposal
from panel.documents.models import Document, SignedCopy
from panel.history.models import Event
from panel.history.record import case_chain


def verify(engine: Engine) -> list[str]:
    """One sentence for each disposal that points to another paper than it should; empty when all is well."""
    with Session(engine) as db:
        query = select(Disposal).where(
            or_(col(Disposal.document_id).is_not(None), col(Disposal.signed_document_id).is_not(None))
        )
        return [problem for disposal in db.exec(query).all() for problem in _wrong(db, disposal)]


def _wrong(db: Session, disposal: Disposal) -> Iterator[str]:
    name = f"case:{disposal.referral_id}: the disposal"
    shown = db.exec(select(Document).where(Document.id == disposal.document_id)).first()
    if shown is not None and (shown.digest != disposal.document_digest or not _made(db, disposal, shown)):
        yield f"{name} leads to another document than the one that was made and shown"
    if disposal.signed_document_id is None:
        return
    query = select(SignedCopy).where(SignedCopy.document_id == disposal.signed_document_id)
    copy = db.exec(query.where(SignedCopy.subject == f"disposal:{disposal.id}")).first()
    if copy is None:
        yield f"{name} leads to a signed copy that is not its own"
    elif copy.shown_digest != disposal.document_digest:
        yield f"{name} leads to a signed copy of another document than the one that was shown"


def _made(db: Session, disposal: Disposal, shown: Document) -> bool:
    """Whether the history says that this paper was made with these bytes."""
    query = select(Event.facts).where(
        Event.chain == case_chain(disposal.referral_id), Event.verb == "case.prepare_disposal"
    )
    told = [(facts.get("paper"), facts.get("digest")) for facts in db.exec(query)]
    # Papers that were made before digests stood in the history have none there.
    return (str(shown.number), shown.digest) in told or not any(digest for _, digest in told)
