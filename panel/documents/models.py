"""Papers of a case and the bytes behind them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.papers import Paper
from workflows.vocabulary import words


class Kind(StrEnum):
    """What a paper is."""

    POLICE_PAPER = "police_paper"
    DISPOSAL = "disposal_document"
    SIGNED_COPY = "signed_copy"
    SIGNATURE = "signature"
    CHILD_COPY = "child_copy"
    EASY_READ = "easy_read_page"
    PARENT_PAGE = "parent_page"
    VICTIM_LETTER = "victim_letter"
    PLAN_COPY = "plan_copy"


KIND_WORDS = {
    Kind.POLICE_PAPER: "Police paper",
    Kind.DISPOSAL: "Disposal document",
    Kind.SIGNED_COPY: "Signed copy",
    Kind.SIGNATURE: "Signature",
    Kind.CHILD_COPY: "The child's own copy",
    Kind.EASY_READ: "Page for the child",
    Kind.PARENT_PAGE: "Page for the parent or carer",
    Kind.VICTIM_LETTER: "Letter to a victim",
    Kind.PLAN_COPY: "Signed plan",
}


class StoredFile(Row, table=True):
    """Bytes, once, under their SHA-256; never changed. Those with a `place` lie there and have no content."""

    __tablename__ = "stored_file"
    digest: str = line(64, unique=True)
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    place: str = line(300)


class Document(Row, table=True):
    """A paper on a case: a title of ours, never the name that a file came with."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)
    referral_id: int = link("referral.id")
    number: int
    kind: Kind = word(Kind)
    paper: Paper | None = word(Paper, null=True)
    title: str = line(160)
    filename: str = line(160)
    media_type: str = line(80)
    digest: str = line(64, index=True)
    size: int
    added_by_id: int = link("user_account.id", index=False)
    added_at: datetime = moment()
    removed_by_id: int | None = link("user_account.id", null=True, index=False)
    removed_at: datetime | None = moment(null=True)
    removed_why: str = prose("why a wrong paper was taken off again")


class SignedCopy(Row, table=True):
    """One version of what was signed: which paper was shown, and the file that is kept; never changed."""

    __tablename__ = "signed_copy"
    __table_args__ = (UniqueConstraint("subject", "version"),)
    referral_id: int = link("referral.id")
    document_id: int = link("document.id", unique=True)
    subject: str = line(60)
    version: int
    shown_digest: str = line(64)
    digest: str = line(64)
    holder: str = line(160)
    fingerprint: str = line(64)
    self_made: bool = False
    story: str = prose("how a copy came that was added later")
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


def paper_words(document: Document) -> str:
    """What a paper is, in words: 'Police paper: interview record'."""
    kind = KIND_WORDS[document.kind]
    return kind if document.paper in (None, Paper.OTHER) else f"{kind}: {words(document.paper)}"
