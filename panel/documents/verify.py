"""Looks for files whose bytes are no longer those that were kept."""

import hashlib

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.documents.models import Document, StoredFile


def verify(engine: Engine) -> list[str]:
    """One sentence for each paper whose file is gone or altered; empty when all is well."""
    problems: list[str] = []
    with Session(engine) as db:
        held = set()
        for number in db.exec(select(StoredFile.id)).all():
            stored = db.exec(select(StoredFile).where(StoredFile.id == number)).one()
            held.add(stored.digest)
            if hashlib.sha256(stored.content).hexdigest() != stored.digest:
                problems.append(f"stored file {number} was altered")
            db.expunge(stored)
        missing = select(Document.referral_id, Document.number).where(col(Document.digest).not_in(held))
        problems += [f"case:{case}: the file of paper {number} is gone" for case, number in db.exec(missing)]
    return problems
