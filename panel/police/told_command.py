"""What somebody of the police says when they tell us of a disposal themselves: strict where a list is not."""

from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from config.coded import EXCEPTIONS
from config.joint_policy import Route, Side, rule_for
from panel.commands import Text, optional
from panel.police.commands import OLDEST, YOUNGEST, DisposalSaid
from workflows import identifiers

ASKED = "Say whether the YOT was consulted before it was given: the joint policy asks for that"
REASONED = "Choose why the YOT was not consulted"
IN_WORDS = "Say in a sentence why the YOT was not consulted"


class Told(DisposalSaid):
    """A disposal that an officer, or a system of the force, tells of."""

    consulted: bool | None = Field(
        default=None, title="Was the YOT consulted before it was given?", validate_default=True
    )
    exception: str | None = Field(
        default=None, title="Why was the YOT not consulted?", max_length=40, validate_default=True
    )
    exception_reason: Text = Field(default="", title="What happened?", max_length=300, validate_default=True)
    force_reference: Text = optional("Number of the disposal in the force's system", longest=40)

    @field_validator("crime_reference")
    @classmethod
    def _crime_reference(cls, value: str) -> str:
        plain = identifiers.crime_reference(value) if value else ""
        if plain is None:
            raise ValueError("must have 11 digits, or be left empty")
        return plain

    @field_validator("consulted")
    @classmethod
    def _asked_where_the_policy_asks(cls, value: bool | None, info: ValidationInfo) -> bool | None:
        if value is None and needs_the_yot(info.data):
            raise ValueError(ASKED)
        return value

    @field_validator("exception")
    @classmethod
    def _reason_for_an_exception(cls, value: str | None, info: ValidationInfo) -> str:
        if not is_exception(info.data):
            return ""
        today = (info.context or {}).get("today") or info.data["given_on"]
        if value not in {code.key for code in EXCEPTIONS.codes(today)}:
            raise ValueError(REASONED)
        return value

    @field_validator("exception_reason")
    @classmethod
    def _a_sentence_for_an_exception(cls, value: str, info: ValidationInfo) -> str:
        if not is_exception(info.data):
            return ""
        if not value:
            raise ValueError(IN_WORDS)
        return value

    @property
    def age_says(self) -> str:
        """What has to be said of the child's age; empty from 10 to 17, and without a date of birth."""
        if self.age is None or YOUNGEST <= self.age <= OLDEST:
            return ""
        if self.age < YOUNGEST:
            return (
                f"By this date of birth the child was {self.age} on that day. Under {YOUNGEST} there is no "
                "disposal of any kind (AGE-1)"
            )
        return (
            f"By this date of birth the person was {self.age} on that day, and so is not for the YOT: "
            f"it deals with children from {YOUNGEST} to {OLDEST} (AGE-2)"
        )


def needs_the_yot(data: dict[str, Any]) -> bool:
    """Whether the joint policy of the day asks for the YOT before this is given."""
    if "outcome" not in data or "given_on" not in data:
        return False
    try:
        rule = rule_for(Side.JOINT, data["outcome"].value, data["given_on"])
    except LookupError:
        return False
    return rule.route is not Route.ALONE


def is_exception(data: dict[str, Any]) -> bool:
    """Whether it was given without the YOT although the joint policy of the day asks for it."""
    return data.get("consulted") is False and needs_the_yot(data)
