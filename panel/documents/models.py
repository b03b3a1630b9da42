"""Papers of a case and the bytes behind them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.tables import Row


class Kind(StrEnum):
    """What a paper is."""

    POLICE_PAPER = "police_paper"
    DISPOSAL = "disposal_document"
    SIGNED_COPY = "signed_copy"
    SIGNATURE = "signature"


KIND_WORDS = {
    Kind.POLICE_PAPER: "Police paper",
    Kind.DISPOSAL: "Disposal document",
    Kind.SIGNED_COPY: "Signed copy",
    Kind.SIGNATURE: "Signature",
}


class StoredFile(Row, table=True):
    """Bytes, once, under their SHA-256; never changed."""

    __tablename__ = "stored_file"
    digest: str = line(64, unique=True)
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Document(Row, table=True):
    """A paper on a case: a title of ours, never the name that a file came with."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)
    referral_id: int = link("referral.id")
    number: int
    kind: Kind = word(Kind)
    title: str = line(160)
    filename: str = line(160)
    media_type: str = line(80)
    digest: str = line(64, index=True)
    size: int
    added_by_id: int = link("user_account.id", index=False)
    added_at: datetime = moment()
