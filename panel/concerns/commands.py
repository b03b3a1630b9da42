"""What may be told about a significant event and about safeguarding."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.concerns import EventKind, Follows, Safeguarding

PastDay = Annotated[Day, AfterValidator(not_future)]
CHOICES = (Follows.REASSESS, Follows.NO_CHANGE, Follows.ELSEWHERE)


class EventDetails(Command):
    """What happened."""

    kind: EventKind = chosen("What kind of event is it?", "Choose what kind of event it is")
    happened_on: PastDay = chosen("When did it happen?", "Enter the day on which it happened")
    what: Text = asked("What happened?", "Say what happened")
    source: Text = asked("How do you know?", "Say how you know", longest=300)


class FollowUp(Command):
    """What follows from an event."""

    follows: Follows = chosen("What follows from this?", "Choose what follows from this")
    why: Text = asked("Why?", "Say why", longest=2000)

    @field_validator("follows")
    @classmethod
    def _a_person_chose_it(cls, value: Follows) -> Follows:
        if value not in CHOICES:
            raise ValueError("must be one of the choices")
        return value


class SafeguardingDetails(Command):
    """Whether children's social care was told."""

    answer: Safeguarding = chosen(
        "Has the child to be referred to children's social care?",
        "Say whether the child has to be referred to children's social care",
    )
    made_on: PastDay | None = Field(default=None, title="When was the referral made?")
    made_to: Text = optional("To whom was it made?", longest=200)
    reference: Text = optional("Their reference, if they gave one", longest=60)
    reason: Text = optional("If it is not needed or there is one already, say why or who", longest=2000)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.answer is Safeguarding.MADE and not (self.made_on and self.made_to):
            raise ValueError("Enter when the referral was made, and to whom")
        if self.answer is Safeguarding.NOT_NEEDED and not self.reason:
            raise ValueError("Say why a referral is not needed")
        if self.answer is Safeguarding.ALREADY_OPEN and not self.reason:
            raise ValueError("Say who in children's social care is involved already")
        return self


class Reply(Command):
    """What children's social care answered."""

    replied_on: PastDay = chosen("When did they answer?", "Enter the day on which they answered")
    reply: Text = asked("What did they answer?", "Say what they answered", longest=2000)
