"""How a disposal was explained, signed and given."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.disposal import Status
from workflows.vocabulary import Adult, Advice, Answer, Outcome, Relationship, Signer

WITHOUT_COPY = "withdrawn_at IS NULL AND (signed_document_id IS NULL OR copy_altered_at IS NOT NULL)"


class Disposal(Versioned, table=True):
    """One disposal of one case."""

    __tablename__ = "disposal"
    __table_args__ = (
        # One that was withdrawn with its decision stays; there is one at a time.
        Index(
            "uq_disposal_in_use",
            "referral_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "ix_disposal_without_copy",
            "status",
            "outcome",
            "given_on",
            "id",
            sqlite_where=text(WITHOUT_COPY),
            postgresql_where=text(WITHOUT_COPY),
        ),
        # Holds all that the figure of signed copies looks at, so that counting reads no row.
        Index(
            "ix_disposal_by_giving",
            *("given_on", "id", "status", "outcome"),
            *("withdrawn_at", "signed_document_id", "copy_altered_at", "referral_id"),
        ),
    )
    referral_id: int = link("referral.id")
    decision_id: int = link("decision.id")
    status: Status = word(Status, default=Status.PREPARED)
    outcome: Outcome = word(Outcome)
    document_id: int | None = link("document.id", null=True, index=False)
    document_digest: str = line(64)
    child_reasons: str = prose("the panel's reasons in words for the child, as the document has them")

    explained_at: datetime | None = moment(null=True)
    explained_by_id: int | None = link("user_account.id", null=True, index=False)
    explained_digest: str = line(64)
    explained_place: str = line(200)
    method: str = line(200)
    adult: Adult | None = word(Adult, null=True)
    adult_name: str = line(160)
    adult_relationship: Relationship | None = word(Relationship, null=True)
    adult_aged_18: bool = False
    adult_is_police: bool = False
    adult_involved: bool = False
    adult_phone: str = line(40)
    adult_order_reason: str = line(300)
    adult_interprets: bool = False
    adult_advises: bool = False
    adult_objected: bool = False
    adult_was_told: bool = False
    advice: Advice = word(Advice, default=Advice.NOT_RECORDED)
    childs_words: str = prose("how the child explained it back")
    warned: bool = False
    admitted_again: bool = False
    consented: bool = False
    case_manager_present: bool = False

    signed_at: datetime | None = moment(null=True)
    signed_document_id: int | None = link("document.id", null=True, index=False)
    given_on: date | None = Field(default=None)
    given_at: datetime | None = moment(null=True)
    given_late_reason: str = line(300)
    copy_altered_at: datetime | None = moment(null=True)
    given_by_id: int | None = link("user_account.id", null=True, index=False)
    reason: str = line(300)
    withdrawn_at: datetime | None = moment(null=True)


class Signature(Row, table=True):
    """One signature, drawn or on paper, on the document with this digest."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("disposal_id", "signer"),)
    disposal_id: int = link("disposal.id")
    signer: Signer = word(Signer)
    name: str = line(160)
    at: datetime = moment()
    document_digest: str = line(64)
    image_document_id: int | None = link("document.id", null=True, index=False)
    on_paper: bool = False


class NotSigned(Row, table=True):
    """Somebody who was asked and did not sign: refused or unable, why, and who says so; never changed."""

    __tablename__ = "not_signed"
    __table_args__ = (UniqueConstraint("disposal_id", "signer"),)
    disposal_id: int = link("disposal.id")
    signer: Signer = word(Signer)
    name: str = line(160)
    answer: Answer = word(Answer)
    why: str = line(300)
    document_digest: str = line(64)
    witness_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class FamilyPaper(Row, table=True):
    """A paper that is made for the family together with the document of a disposal; never changed."""

    __tablename__ = "family_paper"
    disposal_id: int = link("disposal.id")
    document_id: int = link("document.id", unique=True)
    made_with_id: int = link("document.id", index=False)


class PaperHanded(Row, table=True):
    """A paper that the family took home; never changed."""

    __tablename__ = "paper_handed"
    __table_args__ = (UniqueConstraint("disposal_id", "document_id"),)
    disposal_id: int = link("disposal.id")
    document_id: int = link("document.id", index=False)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
