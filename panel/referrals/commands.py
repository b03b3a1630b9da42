"""What a referral may be told."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows import identifiers
from workflows.papers import Paper
from workflows.said import ADVICE, SOURCES, LegalAdvice, SaidIn
from workflows.vocabulary import Admission, Adult, Gender, ModeOfTrial, Relationship

PastDay = Annotated[Day, AfterValidator(not_future)]


class ChildDetails(Command):
    """Who the child is."""

    given_name: Text = asked("First names", "Enter the child's first names", longest=100)
    surname: Text = asked("Last name", "Enter the child's last name", longest=100)
    date_of_birth: PastDay = chosen("Date of birth", "Enter the child's date of birth")
    gender: Gender = chosen("Gender", "Choose the child's gender, or not stated")
    ethnicity: Text = optional("Ethnic group, as the child describes it", longest=4)
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


def _whole_number(value: Any) -> Any:
    return None if value in ("", None) else value


Number = Annotated[int | None, BeforeValidator(_whole_number)]


class OffenceDetails(Command):
    """One offence: from the list by its code, or by hand with the reason why it is not in the list."""

    code: Text = optional("Offence code", longest=12)
    title: Text = asked("Offence", "Enter the offence", longest=200)
    by_hand_reason: Text = Field(
        default="",
        max_length=300,
        title="Why is it not in the list?",
        validate_default=True,
        json_schema_extra={"ask": "Say why it is not in the list"},
    )
    committed_on: PastDay = chosen("Date of the offence", "Enter the date of the offence")
    ended_on: PastDay | None = Field(default=None, title="Last day, if it went on over time")
    location: Text = asked("Place", "Enter where it happened", longest=200)
    crime_reference: Text = optional("Crime reference", longest=30)
    asn: Text = optional("Arrest summons number", longest=40)
    mode: ModeOfTrial = chosen(
        "How would an adult be tried for it?", "Choose how an adult would be tried for it"
    )
    mode_reason: Text = optional("If that is not what the list says, why?", longest=300)
    prosecute_by: Day | None = Field(default=None, title="Last day to prosecute, set by hand")
    prosecute_source: Text = Field(
        default="",
        max_length=200,
        title="Which law sets this day?",
        validate_default=True,
        json_schema_extra={"ask": "Say which law sets the last day to prosecute"},
    )
    prosecute_reason: Text = Field(
        default="",
        max_length=300,
        title="Why does it apply here?",
        validate_default=True,
        json_schema_extra={"ask": "Say why that law applies here"},
    )
    cps_authority: bool = Field(
        default=False, title="The Crown Prosecution Service has authorised an out-of-court disposal"
    )

    @field_validator("by_hand_reason")
    @classmethod
    def _reason_by_hand(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("code"):
            raise ValueError("must be given")
        return value

    @field_validator("ended_on", "prosecute_by")
    @classmethod
    def _not_before_it_began(cls, value: date | None, info: ValidationInfo) -> date | None:
        began = info.data.get("committed_on")
        if value is not None and began is not None and value < began:
            raise ValueError("must not be before the date of the offence")
        return value

    @field_validator("crime_reference")
    @classmethod
    def _crime_reference(cls, value: str) -> str:
        kept = identifiers.crime_reference(value)
        if value and kept is None:
            raise ValueError("must have 11 digits, such as 13190000000")
        return kept or ""

    @field_validator("asn")
    @classmethod
    def _arrest_summons_number(cls, value: str) -> str:
        kept = identifiers.arrest_summons_number(value)
        if value and kept is None:
            raise ValueError(
                "is not right. It looks like 11/01ZD/01/448754K, and its last letter checks the rest: look "
                "for a slip in a digit or letter"
            )
        return kept or ""

    @field_validator("prosecute_source", "prosecute_reason")
    @classmethod
    def _said_with_the_day(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("prosecute_by"):
            raise ValueError("must be given")
        return value


class GravityDetails(Command):
    """How serious the offence is (GM-1); the service works the final score out."""

    base: int = Field(title="Base score", json_schema_extra={"ask": "Enter the base score"})
    aggravating: frozenset[str] = Field(default=frozenset(), title="What makes it more serious?")
    mitigating: frozenset[str] = Field(default=frozenset(), title="What makes it less serious?")
    adjustment: int = Field(
        title="What do these factors do to the score?",
        json_schema_extra={"ask": "Choose what the factors do to the score"},
    )
    final: Number = Field(default=None, title="Final score, only if it is not what comes out")
    reason: Text = optional("Reason, where you depart from the matrix", longest=1000)


class Circumstances(Command):
    """What happened."""

    circumstances: Text = asked("What happened?", "Say what happened", longest=6000)
    bailed_on: date | None = Field(default=None, title="Date of bail, if the child was bailed")


class AdmissionDetails(Command):
    """What the child said about each offence, and how we know."""

    states: dict[int, Admission] = Field(default_factory=dict, title="What the child said")
    source: SaidIn = chosen("How do we know what the child said?", "Choose how we know what the child said")
    said_on: PastDay | None = Field(default=None, title="When did the child say this?")
    told_name: Text = optional("To whom? Rank and name", longest=160)
    told_collar: Text = optional("Collar number", longest=20)
    adult_present: bool | None = Field(default=None, title="Was an appropriate adult there?")
    adult: Adult | None = Field(default=None, title="Who is the appropriate adult to the child?")
    adult_name: Text = optional("Name of the appropriate adult", longest=160)
    adult_aged_18: bool = Field(default=False, title="They are 18 or over")
    adult_is_police: bool = Field(default=False, title="They are a police officer or work for the police")
    adult_involved: bool = Field(
        default=False, title="They are the victim, a witness, or involved in the offence"
    )
    advice: LegalAdvice = chosen("Was free legal advice offered?", "Say whether legal advice was offered")
    advice_on: PastDay | None = Field(default=None, title="When was it offered?")
    defence_raised: bool | None = Field(
        default=None, title="Did the child say anything that could be a defence?"
    )
    offered_first: bool | None = Field(
        default=None, title="Did anybody promise an outcome before the child admitted anything?"
    )
    reason: Text = optional("Why is what the child said changed now?", longest=1000)

    @field_validator("source")
    @classmethod
    def _from_a_known_source(cls, value: SaidIn) -> SaidIn:
        if value not in SOURCES:
            raise ValueError("must be one of the sources offered")
        return value

    @field_validator("advice")
    @classmethod
    def _known_of_the_advice(cls, value: LegalAdvice) -> LegalAdvice:
        if value not in ADVICE:
            raise ValueError("must be one of the answers offered")
        return value

    @field_validator("states")
    @classmethod
    def _something_was_said(cls, value: dict[int, Admission]) -> dict[int, Admission]:
        if Admission.NONE in value.values():
            raise ValueError("must be something that the child said")
        return value


class Accept(Command):
    """Take the referral and say who will assess."""

    case_manager_id: int = chosen("Case manager", "Choose the case manager who will assess the child")


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=1000)


class SendBack(Command):
    """What has to be put right before the YOT can take the case."""

    codes: tuple[str, ...] = Field(
        min_length=1, title="What has to be put right?", json_schema_extra={"ask": "Choose what to put right"}
    )
    reason: Text = asked("In your own words", "Write what you ask for", longest=1000)


class Reject(Command):
    """Why the case is not for this panel."""

    code: str = chosen("Why is this case not for the panel?", "Choose why the case is not for the panel")
    reason: Text = asked("In your own words", "Write why the case is turned down", longest=1000)
    told_social_care: Text = optional(
        "If the child was under 10: whom in children's social care did you tell, and when?", longest=300
    )


class Confirm(Command):
    """Why nothing has to change."""

    reason: Text = asked("Why does nothing have to change?", "Say why nothing has to change", longest=300)


class PaperDetails(Command):
    """A police paper to add; the file itself is checked apart."""

    kind: Paper = chosen("What is this paper?", "Choose what this paper is")
    title: Text = Field(default="", max_length=120, title="Title", validate_default=True)

    @field_validator("title")
    @classmethod
    def _another_paper_has_a_title(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("kind") is Paper.OTHER and not value:
            raise ValueError("must say what this paper is")
        return value
