"""Variations of the conditions of a caution: each is a new version with its own adult and signatures."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.steps import StepFields
from panel.tables import Row, Versioned
from workflows.variation import Status, VariedBy
from workflows.vocabulary import Adult, Advice, Answer, Relationship, Signer

FIELDS = tuple(name for name in StepFields.model_fields if name != "place")


class Change(StrEnum):
    """What a variation does to a condition."""

    KEPT = "kept"
    MODIFIED = "modified"
    ADDED = "added"
    OMITTED = "omitted"


class Variation(Versioned, table=True):
    """One variation; `number` is the version of the document, of which the first was the caution's own."""

    __tablename__ = "variation"
    __table_args__ = (UniqueConstraint("disposal_id", "number"),)
    referral_id: int = link("referral.id")
    disposal_id: int = link("disposal.id", index=False)
    number: int
    status: Status = word(Status, default=Status.PREPARED)
    reason: str = prose("why the conditions are varied, for the file")
    child_reasons: str = prose("why, in words for the child, as the document has them")
    authority: VariedBy | None = word(VariedBy, null=True)
    authority_name: str = line(160)
    authority_rank: str = line(80)
    begun_by_id: int = link("user_account.id", index=False)
    begun_at: datetime = moment()

    document_id: int | None = link("document.id", null=True, index=False)
    document_digest: str = line(64)
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

    explained_at: datetime | None = moment(null=True)
    explained_by_id: int | None = link("user_account.id", null=True, index=False)
    explained_digest: str = line(64)
    explained_place: str = line(200)
    method: str = line(200)
    advice: Advice = word(Advice, default=Advice.NOT_RECORDED)
    childs_words: str = prose("how the child explained it back")
    warned: bool = False
    case_manager_present: bool = False

    consented: bool = False
    signed_at: datetime | None = moment(null=True)
    signed_document_id: int | None = link("document.id", null=True, index=False)
    in_force_on: date | None = Field(default=None)
    withdrawn_why: str = line(300)


class VariedCondition(Row, StepFields, table=True):
    """One condition of a variation; `number` is the step of the plan that it is, 0 for a new one."""

    __tablename__ = "varied_condition"
    variation_id: int = link("variation.id")
    number: int = 0
    change: Change = word(Change, default=Change.KEPT)
    starts_on: date | None = Field(default=None)


class VariationSignature(Row, table=True):
    """What one person did who was asked to sign the document of a variation; never changed."""

    __tablename__ = "variation_signature"
    __table_args__ = (UniqueConstraint("variation_id", "signer"),)
    variation_id: int = link("variation.id", index=False)
    signer: Signer = word(Signer)
    name: str = line(160)
    at: datetime = moment()
    document_digest: str = line(64)
    answer: Answer = word(Answer, default=Answer.SIGNED)
    why: str = line(300)
    witness_id: int | None = link("user_account.id", null=True, index=False)
    image_document_id: int | None = link("document.id", null=True, index=False)
    on_paper: bool = False
