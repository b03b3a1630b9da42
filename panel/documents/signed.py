"""Signed copies: sealed, kept as versions and never overwritten, checked whenever one is opened (X7)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.documents import seal
from panel.documents.actions import keep
from panel.documents.keeping import keeping_of
from panel.documents.models import Document, Kind, SignedCopy
from panel.documents.queries import Altered, content
from panel.documents.scans import scan_pdf
from panel.documents.uploads import CleanFile, safe_filename
from panel.history.record import case_chain, note
from workflows.calendar import clock_words, today_in_london

PDF = "application/pdf"
NOT_SEALED = "Not sealed: this installation has no certificate for it. Its digest stands in the history."
_found_whole: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class Opened:
    """What a check of a signed copy found: who sealed it and when, and whether it is unchanged."""

    copy: SignedCopy
    whole: bool

    @property
    def says(self) -> str:
        """The finding, in words."""
        when = clock_words(self.copy.at)
        if not self.whole:
            return (
                f"Altered since it was kept on {when}. Do not rely on it, and tell whoever runs this service."
            )
        if not self.copy.fingerprint:
            return f"Kept on {when}, unchanged. {NOT_SEALED}"
        made = " (a certificate made by this demonstration itself)" if self.copy.self_made else ""
        return f"Sealed on {when} by {self.copy.holder}{made}, unchanged."


def keep_signed(
    db: Session,
    *,
    referral_id: int,
    subject: str,
    title: str,
    file: CleanFile,
    shown_digest: str,
    by: Actor,
    at: datetime,
    story: str = "",
    kind: Kind = Kind.SIGNED_COPY,
) -> Document:
    """Seal a signed paper and keep it as the next version for its subject, such as "disposal:7".

    A picture of a paper becomes a page that says who uploaded it. The digests of what was shown and of
    what is kept go into the history of the case. Raises `UploadRefused` for a PDF that cannot be sealed.
    """
    before = versions_of(db, subject)
    version = len(before) + 1
    title = f"{title}, signed copy" + (f" {version}" if version > 1 else "")
    data = file.data
    if file.media_type != PDF:
        data = scan_pdf(file, title=title, by=by.name, on=today_in_london(at))
    sealer = keeping_of(db).sealer
    sealed = seal.SealedBytes(data, "", "") if sealer is None else sealer.sealed(data)
    document = keep(
        db,
        referral_id=referral_id,
        kind=kind,
        title=title,
        filename=safe_filename(title, "pdf"),
        media_type=PDF,
        data=sealed.data,
        by=by,
        at=at,
    )
    copy = SignedCopy(
        referral_id=referral_id,
        document_id=document.id,
        subject=subject,
        version=version,
        shown_digest=shown_digest,
        digest=document.digest,
        holder=sealed.holder,
        fingerprint=sealed.fingerprint,
        self_made=sealer is not None and sealer.self_made,
        story=story,
        by_id=by.id,
        at=at,
    )
    db.add(copy)
    db.flush()
    note(
        db,
        "document.keep_signed",
        chain=case_chain(referral_id),
        by=by,
        at=at,
        facts=facts_of(document, copy),
    )
    return document


def facts_of(document: Document, copy: SignedCopy) -> dict[str, str]:
    """What the history says of a signed copy, so that no pointer can be moved to another file unseen."""
    return {
        "title": document.title,
        "paper": str(document.number),
        "subject": copy.subject,
        "version": str(copy.version),
        "shown": copy.shown_digest,
        "digest": copy.digest,
        "seal": f"sealed by {copy.holder}" if copy.fingerprint else "not sealed",
    }


def versions_of(db: Session, subject: str) -> list[SignedCopy]:
    """Every signed copy of a subject, the first first."""
    query = select(SignedCopy).where(SignedCopy.subject == subject)
    return list(db.exec(query.order_by(col(SignedCopy.version))))


def copy_behind(db: Session, document: Document) -> SignedCopy | None:
    """The record of a signed copy, or None for any other paper."""
    return db.exec(select(SignedCopy).where(SignedCopy.document_id == document.id)).first()


def opened(db: Session, document: Document) -> bytes:
    """The bytes of a paper, digest and seal checked. Raises `Altered`, `StoreUnreachable`."""
    data = content(db, document)
    copy = copy_behind(db, document)
    if copy is not None and (copy.digest != document.digest or not _seal_holds(copy, data)):
        raise Altered(document.digest)
    return data


def looked_at(db: Session, document: Document) -> Opened | None:
    """What opening a signed copy finds now; None for a paper that was not signed."""
    copy = copy_behind(db, document)
    if copy is None:
        return None
    try:
        opened(db, document)
    except Altered:
        return Opened(copy, whole=False)
    return Opened(copy, whole=True)


def _seal_holds(copy: SignedCopy, data: bytes) -> bool:
    # The digest has been compared: the same bytes under the same certificate need no second look.
    known = (copy.digest, copy.fingerprint)
    if copy.fingerprint and known not in _found_whole:
        if not seal.unbroken(data, copy.fingerprint):
            return False
        _found_whole.add(known)
    return True
