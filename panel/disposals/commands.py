"""What a disposal may be told."""

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from panel.commands import Command, Text, asked, chosen, optional
from workflows.vocabulary import Adult, Advice, Relationship


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


class Explain(Command):
    """How the disposal was explained, and how we know that the child understood."""

    adult_here: bool = Field(default=False, title="The appropriate adult is here now")
    explained_place: Text = asked("Where are you?", "Say where you are", longest=200)
    method: Text = asked(
        "How did you explain it, and in which language?", "Say how you explained it", longest=200
    )
    advice: Annotated[Advice, BeforeValidator(lambda said: said or Advice.NOT_RECORDED)] = Field(
        default=Advice.NOT_RECORDED, title="Was free, independent legal advice offered?"
    )
    admitted_again: bool = Field(default=False, title="The child has told me that they did it")
    warned: bool = Field(
        default=False,
        title="I have warned the child that they may be taken to court if they do not keep a condition",
    )
    childs_words: Text = optional("In the child's own words", longest=2000)
    case_manager_present: bool = chosen(
        "Is the case manager here too?", "Say whether the case manager is here too"
    )


class Lapse(Command):
    """Why the disposal will not be given."""

    reason: Text = asked("Why will it not be given?", "Say why it will not be given", longest=300)
