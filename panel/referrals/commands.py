"""What a referral may be told."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.said import ADVICE, SOURCES, LegalAdvice, SaidIn
from workflows.source import Source
from workflows.vocabulary import Admission, Adult, Gender, ModeOfTrial, Relationship

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


class SourceDetails(Command):
    """How the case came to us."""

    source: Source = chosen("How did this case come to us?", "Choose how this case came to us")
    who: Text = optional("Who", longest=200)
    charge: Text = optional("The charge", longest=300)
    source_on: PastDay | None = Field(default=None, title="The day")
    source_due_on: date | None = Field(default=None, title="The day of the answer")
    stands: Text = optional("Where the case stands", longest=2000)
    why: Text = optional("Why does the case come to us?", longest=2000)

    def missing(self) -> dict[str, str]:
        """A sentence for each answer that this source needs and does not have."""
        return {name: ask for name, ask in NEEDED[self.source].items() if not getattr(self, name)}


# What each source cannot do without (RET-1, PAN-3); the police referral needs nothing beyond its own pages.
NEEDED: dict[Source, dict[str, str]] = {
    Source.POLICE: {},
    Source.COURT: {
        "who": "Enter the court",
        "charge": "Enter the charge",
        "source_on": "Enter the day of the hearing",
        "why": "Say why the court sent the case back",
    },
    Source.PRE_CHARGE: {
        "who": "Say who asks",
        "source_on": "Enter the day on which they asked",
        "why": "Say what they want to know",
    },
    Source.LIAISON: {
        "who": "Say which worker saw the child",
        "source_on": "Enter the day on which the child was seen",
        "why": "Say why the case comes to us",
    },
    Source.TRANSFER: {
        "who": "Enter the team from which the case comes",
        "source_on": "Enter the day on which they asked",
        "stands": "Say where the case stands",
        "why": "Say why the case is transferred",
    },
}


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


class Paper(Command):
    """A police paper to add; the file itself is checked apart."""

    title: Text = asked("What is this paper?", "Say what this paper is", longest=120)
