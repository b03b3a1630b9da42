"""What a referral may be told."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows import identifiers
from workflows.vocabulary import Admission, Advice, Gender, ModeOfTrial, Relationship

PastDay = Annotated[Day, AfterValidator(not_future)]


class ChildDetails(Command):
    """Who the child is."""

    given_name: Text = asked("First names", "Enter the child's first names", longest=100)
    surname: Text = asked("Last name", "Enter the child's last name", longest=100)
    date_of_birth: PastDay = chosen("Date of birth", "Enter the child's date of birth")
    gender: Gender = chosen("Gender", "Choose the child's gender, or not stated")
    address: Text = optional("Address", longest=300)
    postcode: Text = optional("Postcode", longest=10)
    school: Text = optional("School, college or work", longest=160)
    looked_after: bool = chosen(
        "Is the child looked after by a local authority?", "Say whether the child is looked after"
    )
    needs: Text = optional("Language, interpreter or other needs", longest=1000)
    other_names: Text = optional(
        "Other names, such as a name they go by or an earlier last name", longest=200
    )
    pnc_id: Text = optional("PNC ID", longest=20)
    cro_number: Text = optional("CRO number", longest=20)
    upn: Text = optional("Unique pupil number (UPN)", longest=20)
    nhs_number: Text = optional("NHS number", longest=20)

    @field_validator("postcode")
    @classmethod
    def _one_way_to_write_a_postcode(cls, value: str) -> str:
        return identifiers.postcode(value)

    @field_validator("pnc_id")
    @classmethod
    def _pnc_id(cls, value: str, info: ValidationInfo) -> str:
        today = (info.context or {}).get("today") or date.max
        like = (
            "does not check: it looks like 2019/0412345P or 19/412345P, and the last letter is a check letter"
        )
        return _kept(value, identifiers.pnc_id(value, today=today), like)

    @field_validator("cro_number")
    @classmethod
    def _cro_number(cls, value: str) -> str:
        like = (
            "does not check: it looks like 265416/21G or SF21/12345A, and the last letter is a check letter"
        )
        return _kept(value, identifiers.cro_number(value), like)

    @field_validator("upn")
    @classmethod
    def _upn(cls, value: str) -> str:
        like = "does not check: it is a letter and 12 digits, such as B801200005001; the school has it"
        return _kept(value, identifiers.pupil_number(value), like)

    @field_validator("nhs_number")
    @classmethod
    def _nhs_number(cls, value: str) -> str:
        like = "does not check: it has 10 digits, such as 943 476 5919, and the last is a check digit"
        return _kept(value, identifiers.nhs_number(value), like)


def _kept(typed: str, kept: str | None, like: str) -> str:
    """The one form in which a number is kept; empty when none is known (ID-1, ID-2)."""
    if typed and kept is None:
        raise ValueError(like)
    return kept or ""


class CarerDetails(Command):
    """Who cares for the child."""

    name: Text = optional("Name of the parent or carer", longest=160)
    relationship: Relationship | None = Field(default=None, title="Relationship to the child")
    phone: Text = optional("Telephone", longest=40)
    email: Text = optional("Email", longest=200)
    address: Text = optional("Address, if it differs from the child's", longest=300)
    no_carer_reason: Text = optional("If there is nobody to name, say why", longest=300)


class OffenceDetails(Command):
    """One offence."""

    title: Text = asked("Offence", "Enter the offence", longest=200)
    code: Text = optional("CJS offence code, if you know it", longest=12)
    mode: ModeOfTrial = chosen(
        "How would an adult be tried for it?", "Choose how an adult would be tried for it"
    )
    committed_on: PastDay = chosen("Date of the offence", "Enter the date of the offence")
    location: Text = asked("Place", "Enter where it happened", longest=200)
    gravity: int = Field(
        ge=1, le=5, title="Gravity score", json_schema_extra={"ask": "Enter the gravity score"}
    )
    gravity_reason: Text = optional("Why this score?", longest=300)
    cps_authority: bool = Field(
        default=False, title="The Crown Prosecution Service has authorised an out-of-court disposal"
    )


class Circumstances(Command):
    """What happened."""

    circumstances: Text = asked("What happened?", "Say what happened", longest=6000)
    bailed_on: date | None = Field(default=None, title="Date of bail, if the child was bailed")


class AdmissionDetails(Command):
    """What the child said about the offence."""

    admission: Admission = chosen("What did the child say about the offence?", "Choose what the child said")
    admitted_on: PastDay | None = Field(default=None, title="When did the child say this?")
    admitted_to: Text = optional("To whom?", longest=160)
    admission_adult_present: bool | None = Field(default=None, title="Was an appropriate adult there?")
    admission_advice: Advice = chosen(
        "Was free legal advice offered?", "Say whether legal advice was offered"
    )

    @field_validator("admission")
    @classmethod
    def _something_was_said(cls, value: Admission) -> Admission:
        if value is Admission.NONE:
            raise ValueError("Choose what the child said")
        return value


class Accept(Command):
    """Take the referral and say who will assess."""

    case_manager_id: int = chosen("Case manager", "Choose the case manager who will assess the child")


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=1000)


class Paper(Command):
    """A police paper to add; the file itself is checked apart."""

    title: Text = asked("What is this paper?", "Say what this paper is", longest=120)
