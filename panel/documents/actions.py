"""Keeping papers: the bytes once under their digest, the title by us."""

import hashlib
from datetime import datetime

from sqlmodel import Session, func, select

from panel.access import Actor
from panel.documents.models import Document, Kind, StoredFile


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
) -> Document:
    """Add a paper to a case and give it its number there; the bytes are stored once."""
    digest = hashlib.sha256(data).hexdigest()
    if db.exec(select(StoredFile.id).where(StoredFile.digest == digest)).first() is None:
        db.add(StoredFile(digest=digest, size=len(data), content=data))
    last = db.exec(select(func.max(Document.number)).where(Document.referral_id == referral_id)).one()
    document = Document(
        referral_id=referral_id,
        number=(last or 0) + 1,
        kind=kind,
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
