"""Keeping papers: the bytes once under their digest, the title by us."""

import hashlib
from datetime import datetime

from sqlmodel import Session, func, select

from panel.access import Actor
from panel.documents.keeping import keeping_of
from panel.documents.models import Document, Kind, StoredFile
from workflows.papers import Paper


def keep(
    db: Session,
    *,
    referral_id: int,
    kind: Kind,
    title: str,
    filename: str,
    media_type: str,
    data: bytes,
    by: Actor,
    at: datetime,
    paper: Paper | None = None,
) -> Document:
    """Add a paper to a case and give it its number there; the bytes are stored once.

    Raises `StoreUnreachable` when they lie outside the database and cannot be kept there.
    """
    digest, _ = keep_bytes(db, data)
    last = db.exec(select(func.max(Document.number)).where(Document.referral_id == referral_id)).one()
    document = Document(
        referral_id=referral_id,
        number=(last or 0) + 1,
        kind=kind,
        paper=paper,
        title=title,
        filename=filename,
        media_type=media_type,
        digest=digest,
        size=len(data),
        added_by_id=by.id,
        added_at=at,
    )
    db.add(document)
    db.flush()
    return document


def keep_bytes(db: Session, data: bytes) -> tuple[str, int]:
    """Store bytes once under their SHA-256; the digest, and the number of the stored file.

    Raises `StoreUnreachable` when they lie outside the database and cannot be kept there.
    """
    digest = hashlib.sha256(data).hexdigest()
    held = db.exec(select(StoredFile.id).where(StoredFile.digest == digest)).first()
    if held is not None:
        return digest, held
    store = keeping_of(db).store
    place = "" if store is None else store.put(digest, data)
    stored = StoredFile(digest=digest, size=len(data), content=b"" if place else data, place=place)
    db.add(stored)
    db.flush()
    return digest, stored.id


def withdraw(db: Session, document: Document, why: str, *, by: Actor, at: datetime) -> None:
    """Take a paper off its case: nobody is shown it any more; its row says who took it off and why."""
    document.removed_by_id, document.removed_at, document.removed_why = by.id, at, why
    db.add(document)
    db.flush()
