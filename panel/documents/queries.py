"""Reading papers of one case; the caller has looked the case up for its reader."""

import hashlib
from collections.abc import Sequence

from sqlmodel import Session, col, select

from panel.documents.keeping import keeping_of
from panel.documents.models import Document, Kind, StoredFile
from panel.documents.stores import StoreUnreachable
from panel.errors import Missing
from workflows.papers import Paper

# A paper that was taken off again is shown to nobody.
THERE = col(Document.removed_at).is_(None)


class Altered(Exception):
    """The stored bytes no longer have the digest that was written down for them."""


def papers(db: Session, referral_id: int, *, kinds: tuple[Kind, ...] = tuple(Kind)) -> list[Document]:
    """The papers of a case of these kinds, newest first."""
    query = select(Document).where(Document.referral_id == referral_id, col(Document.kind).in_(kinds), THERE)
    return list(db.exec(query.order_by(col(Document.number).desc())))


def paper(db: Session, referral_id: int, number: int) -> Document:
    """One paper of a case. Raises `Missing`."""
    query = select(Document).where(Document.referral_id == referral_id, Document.number == number, THERE)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def content(db: Session, document: Document) -> bytes:
    """The bytes of a paper, checked against its digest. Raises `Altered`, `StoreUnreachable`."""
    stored = db.exec(select(StoredFile).where(StoredFile.digest == document.digest)).first()
    data = None if stored is None else bytes_of(db, stored)
    if data is None or hashlib.sha256(data).hexdigest() != document.digest:
        raise Altered(document.digest)
    return data


def bytes_of(db: Session, stored: StoredFile) -> bytes | None:
    """The bytes of a stored file as they lie in its place, unchecked; None when they are gone."""
    if not stored.place:
        return stored.content
    store = keeping_of(db).store
    if store is None:
        raise StoreUnreachable("FILE_STORE names no bucket, and papers lie in one")
    return store.get(stored.place)


def police_papers_there(db: Session, referral_id: int) -> frozenset[Paper]:
    """What kinds of police paper a case has."""
    query = select(col(Document.paper)).where(Document.referral_id == referral_id, THERE).distinct()
    return frozenset(filter(None, db.exec(query)))


def papers_there(db: Session, referral_ids: Sequence[int]) -> dict[int, frozenset[Paper]]:
    """What kinds of police paper each of these cases has, in one query for all of them."""
    query = select(Document.referral_id, col(Document.paper)).where(
        col(Document.referral_id).in_(referral_ids), THERE
    )
    there: dict[int, set[Paper]] = {number: set() for number in referral_ids}
    for number, paper in db.exec(query.distinct()):
        if paper is not None:
            there[number].add(paper)
    return {number: frozenset(papers) for number, papers in there.items()}
