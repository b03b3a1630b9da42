"""What a disposal may be told."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from config.explaining import methods
from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.requirements import RightToGive
from workflows.vocabulary import Adult, Advice, Relationship

LONGEST_SAID = 2000


class Prepare(Command):
    """Who will be the appropriate adult, and the reasons in words for the child, as the document has them."""

    adult: Adult | None = Field(default=None, title="Who is the appropriate adult?")
    adult_name: Text = Field(default="", max_length=160, title="Their name", validate_default=True)
    adult_relationship: Relationship | None = Field(default=None, title="Who they are to the child")
    adult_aged_18: bool = Field(default=False, title="They are 18 or over")
    adult_is_police: bool = Field(default=False, title="They are a police officer or work for the police")
    adult_involved: bool = Field(
        default=False, title="They are the victim, a witness, or involved in the offence in another way"
    )
    adult_phone: Text = optional("How to reach them", longest=40)
    adult_interprets: bool = Field(default=False, title="They are also the interpreter")
    adult_advises: bool = Field(default=False, title="They are the child's lawyer")
    adult_objected: bool = Field(
        default=False, title="They are an estranged parent, and the child does not want them here"
    )
    adult_was_told: bool = Field(
        default=False, title="The child admitted the offence to them before, not as appropriate adult"
    )
    adult_order_reason: Text = optional("Why nobody earlier in the list could come", longest=300)
    child_reasons: Text = asked(
        "Why this was decided, in words for the child", "Say why this was decided, in words for the child"
    )

    @field_validator("adult_name")
    @classmethod
    def _name_of_somebody(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("adult") is None:
            return ""
        if not value:
            raise ValueError("is missing: enter the name of the appropriate adult")
        return value


class Authorise(Command):
    """What an officer answers for before a caution is explained (YC-1)."""

    rank: Text = asked("Your rank", "Enter your rank", longest=60)
    collar: Text = asked("Your collar number", "Enter your collar number", longest=20)
    evidence: Text = asked(
        "What evidence is there that the child did it?", "Say what evidence there is", longest=2000
    )
    sufficient: bool = Field(default=False, title="There is sufficient evidence to charge")
    decision: Text = asked(
        "Why is this right, and neither prosecution nor a youth conditional caution?",
        "Say why this is right",
        longest=2000,
    )
    cps_reference: Text = optional("Reference of the Crown Prosecution Service", longest=60)

    @field_validator("sufficient")
    @classmethod
    def _is_sufficient(cls, value: bool) -> bool:
        if not value:
            raise ValueError("must be ticked: without it a caution cannot be given")
        return value


class AuthoriseConditional(Authorise):
    """The same for a conditional caution, with by what right and after what consultation (YCC-1, YCC-2)."""

    authority: RightToGive = chosen("By what right do you give it?", "Say by what right you give it")
    exception: Text = optional(
        "Why it is given although the panel decided otherwise, and what the YOT said to it", longest=2000
    )


class Explain(Command):
    """How the disposal was explained, and how we know that the child understood."""

    adult_here: bool = Field(default=False, title="The appropriate adult is here now")
    explained_place: Text = asked("Where are you?", "Say where you are", longest=200)
    ways: tuple[str, ...] = Field(default=(), title="How do you explain it?")
    method: Text = Field(
        default="", max_length=200, title="More about how you explain it", validate_default=True
    )
    language: Text = Field(default="English", max_length=80, title="In which language?")
    interpreter: Text = Field(
        default="", max_length=160, title="Name of the interpreter", validate_default=True
    )
    others: Text = optional("Who else is here, with their role", longest=500)
    advice: Annotated[Advice, BeforeValidator(lambda said: said or Advice.NOT_RECORDED)] = Field(
        default=Advice.NOT_RECORDED, title="Was free, independent legal advice offered?"
    )
    admitted_again: bool = Field(default=False, title="The child has told me that they did it")
    warned: bool = Field(
        default=False,
        title="I have warned the child that they may be taken to court if they do not keep a condition",
    )
    ticked: tuple[str, ...] = Field(default=(), title="What I have explained")
    said: dict[str, str] = Field(default_factory=dict, title="What the child said back")
    childs_words: Text = optional("Anything else that the child said", longest=2000)
    case_manager_present: bool = chosen(
        "Is the case manager here too?", "Say whether the case manager is here too"
    )

    @field_validator("ways")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if set(value) - set(methods()):
            raise ValueError("must be from the list")
        return value

    @field_validator("method")
    @classmethod
    def _somehow(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("ways", ("?",)):
            raise ValueError("is missing: say how you explain it")
        return value

    @field_validator("interpreter")
    @classmethod
    def _named(cls, value: str, info: ValidationInfo) -> str:
        if not value and "interpreter" in info.data.get("ways", ()):
            raise ValueError("is missing: enter who interprets")
        return value

    @field_validator("said")
    @classmethod
    def _not_too_long(cls, value: dict[str, str]) -> dict[str, str]:
        if any(len(words) > LONGEST_SAID for words in value.values()):
            raise ValueError("must be 2,000 characters or fewer in each part")
        return {key: words.strip() for key, words in value.items() if words.strip()}


class Lapse(Command):
    """Why the disposal will not be given."""

    reason: Text = asked("Why will it not be given?", "Say why it will not be given", longest=300)


class Give(Command):
    """On which day it was given, when it is recorded only now (X6)."""

    took_place_on: Annotated[Day, AfterValidator(not_future)] = chosen(
        "On which day is it given?", "Enter the day on which it is given"
    )
    late_reason: Text = optional("Why it is recorded only now, when that was before yesterday", longest=300)


class ChildWithdraws(Command):
    """A child takes the consent to a conditional caution back (YCC-5)."""

    said_on: Annotated[Day, AfterValidator(not_future)] = chosen(
        "When did the child say so?", "Enter the day on which the child said so"
    )
    reason: Text = asked("What did the child say?", "Write down what the child said", longest=1000)


class Found(Command):
    """The story of a signed paper that comes to the case late."""

    signed_on: Annotated[Day, AfterValidator(not_future)] = chosen(
        "When was it signed?", "Enter the day on which it was signed"
    )
    child_signed: bool = Field(default=False, title="The child signed it")
    adult_signed: bool = Field(default=False, title="The appropriate adult signed it")
    officer_signed: bool = Field(default=False, title="The officer signed it")
    found_by: Text = asked("Who found it?", "Say who found it", longest=160)
    found_where: Text = asked("Where was it?", "Say where it was", longest=300)
    story: Text = asked("Why was it not on the case before?", "Say why it was not on the case", longest=2000)
