"""Looks for files whose bytes are not those that were kept, and for signed copies that were exchanged."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.documents.keeping import keeping_of
from panel.documents.models import Document, SignedCopy, StoredFile
from panel.documents.queries import bytes_of
from panel.documents.seal import unbroken
from panel.documents.signed import facts_of
from panel.documents.stores import StoreUnreachable
from panel.history.models import Event
from panel.history.record import case_chain


def verify(engine: Engine) -> list[str]:
    """One sentence for each paper that is gone, altered or exchanged; empty when all is well."""
    with Session(engine) as db:
        return [*_files(db), *_gone(db), *_signed(db)]


def left_over(engine: Engine) -> list[str]:
    """One sentence for each object of the store that no paper has: an act broke off after it was written.

    It is no sign of tampering, and the same act done again may still take it up.
    """
    with Session(engine) as db:
        store = keeping_of(db).store
        if store is None:
            return []
        try:
            # Read before the rows: what is kept in between has its row by then.
            there = sorted(store.places())
        except StoreUnreachable as trouble:
            return [f"the file store cannot be listed ({trouble}): what is left over in it is not known"]
        named = set(db.exec(select(StoredFile.place).where(StoredFile.place != "")))
    return [f"no paper has the object {place}" for place in there if place not in named]


def _files(db: Session) -> Iterator[str]:
    """Files whose bytes are not what their digest says, by the papers that they are."""
    seals: dict[str, list[SignedCopy]] = defaultdict(list)
    for copy in db.exec(select(SignedCopy)):
        seals[copy.digest].append(copy)
    reached = True
    for number in db.exec(select(StoredFile.id).order_by(col(StoredFile.id))).all():
        stored = db.exec(select(StoredFile).where(StoredFile.id == number)).one()
        if stored.place and not reached:
            continue
        try:
            data = bytes_of(db, stored)
        except StoreUnreachable as trouble:
            reached = False
            yield f"the file store cannot be reached ({trouble}): {number} and later were not looked at"
            continue
        if data is None:
            yield from _named(db, stored, "is gone")
        elif hashlib.sha256(data).hexdigest() != stored.digest:
            yield from _named(db, stored, "was altered")
        elif any(copy.fingerprint and not unbroken(data, copy.fingerprint) for copy in seals[stored.digest]):
            yield from _named(db, stored, "does not carry the seal that it was kept with")
        db.expunge(stored)


def _named(db: Session, stored: StoredFile, what: str) -> Iterator[str]:
    papers = select(Document.referral_id, Document.number).where(Document.digest == stored.digest)
    found = db.exec(papers).all()
    for case, number in found:
        yield f"case:{case}: the file of paper {number} {what}"
    if not found:
        yield f"stored file {stored.id} {what}, and no paper has it"


def _gone(db: Session) -> Iterator[str]:
    missing = select(Document.referral_id, Document.number).where(
        col(Document.digest).not_in(select(StoredFile.digest))
    )
    for case, number in db.exec(missing):
        yield f"case:{case}: the file of paper {number} is gone"


def _signed(db: Session) -> Iterator[str]:
    """Signed copies that are not what the history says was kept."""
    told = {
        (event.chain, event.facts["subject"], event.facts["version"]): event.facts
        for event in db.exec(select(Event).where(Event.verb == "document.keep_signed"))
    }
    rows = db.exec(select(SignedCopy, Document).join(Document, col(Document.id) == SignedCopy.document_id))
    for copy, document in rows.all():
        name = f"case:{copy.referral_id}: signed copy {copy.version} of {copy.subject}"
        said = told.pop((case_chain(copy.referral_id), copy.subject, str(copy.version)), None)
        if document.digest != copy.digest or document.referral_id != copy.referral_id:
            yield f"{name}: paper {document.number} leads to another file than the one that was kept"
        elif said != facts_of(document, copy):
            yield f"{name} is not what the history says was kept"
    for chain, subject, version in told:
        yield f"{chain}: signed copy {version} of {subject} is gone"
