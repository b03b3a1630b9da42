"""What may be told about a victim, and what the victim worker may record."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.victim import Agreement, Answer, Ground, How, Kind, Meeting, Recipient, Result, Statement
from workflows.vocabulary import View

WITHOUT_ASKING = (View.NOT_CONTACTABLE, View.NOT_SOUGHT)
PastDay = Annotated[Day, AfterValidator(not_future)]


def _asked_later(title: str, ask: str, longest: int = 4000) -> Any:
    """A text that must be given only after some answers."""
    return Field(
        default="", max_length=longest, title=title, json_schema_extra={"ask": ask}, validate_default=True
    )


class IsThere(Command):
    """Whether anybody was harmed."""

    is_there: bool = chosen("Is there a victim?", "Say whether there is a victim")


class Contact(Command):
    """Who a victim is and how to reach them."""

    name: Text = optional("Name of the victim", longest=160)
    speak_with: Text = optional("Person to speak to", longest=160)
    phone: Text = optional("Telephone", longest=80)
    email: Text = optional("Email address", longest=200)
    address: Text = optional("Address", longest=300)

    @property
    def reachable(self) -> bool:
        """Whether there is a name and some way to reach them."""
        return bool(self.name and (self.phone or self.email or self.address))


class Told(Contact):
    """What the police know of one victim."""

    kind: Kind = chosen("Who is it?", "Say whether it is a person or a business", validate_default=True)
    objects: bool = Field(default=False, title="They object to their details being passed on")
    under_18: bool = Field(default=False, title="They are under 18")
    adult_suspected: bool = Field(
        default=False, title="Their parent or guardian is suspected, so do not speak to them"
    )
    same_household: bool = Field(default=False, title="They live with the child who did it")

    @property
    def named(self) -> bool:
        """Whether the worker can act on it: name and contact are given, or the victim objects (VIC-4)."""
        through = self.kind is Kind.PERSON or bool(self.speak_with)
        return self.objects or (self.reachable and through)


class Corrected(Contact):
    """Name and contact as the victim worker found them to be."""

    under_18: bool = Field(default=False, title="They are under 18")
    adult_suspected: bool = Field(
        default=False, title="Their parent or guardian is suspected, so do not speak to them"
    )
    same_household: bool = Field(default=False, title="They live with the child who did it")
    safe_ways: Text = optional("Ways and times at which it is safe to reach them")
    language: Text = optional("Language, interpreter or other needs", longest=200)


class Attempt(Command):
    """One attempt to reach a victim."""

    made_on: PastDay = chosen("Date", "Enter the date of the attempt")
    how: How = chosen("How did you try?", "Choose how you tried")
    result: Result = chosen("What became of it?", "Choose what became of it")
    note: Text = optional("Note", longest=1000)


class Viewed(Command):
    """What became of asking a victim for their view (VIC-2)."""

    view: View = chosen("Have they been asked for their view?", "Choose where asking them stands")
    view_reason: Text = _asked_later("Reason", "Say why they were not asked or could not be reached", 1000)
    few_attempts: Text = optional("Why so few attempts are enough", longest=1000)

    @field_validator("view")
    @classmethod
    def _was_dealt_with(cls, value: View) -> View:
        if value is View.NOT_YET:
            raise ValueError("must say what became of it")
        return value

    @field_validator("view_reason")
    @classmethod
    def _why_not_asked(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("view") in WITHOUT_ASKING:
            raise ValueError("must be given")
        return value


class OwnWords(Command):
    """What the victim said, and their personal statement (VIC-7)."""

    statement: Statement = chosen(
        "Did you offer a victim personal statement?", "Say what became of the offer"
    )
    own_words: Text = optional("The victim's own words", longest=6000)


class Impact(Command):
    """What the offence did to them."""

    impact: Text = asked("What did it do to them?", "Say what it did to them, or that they did not say")


class Safety(Command):
    """What they are afraid of, and how they stay safe (VIC-10)."""

    safety: Text = asked("Safety concerns", "Say what they are afraid of, or that there is nothing")
    safety_plan: Text = optional("Safety plan")


class Justice(Command):
    """Whether restorative justice is offered, and why (VIC-5)."""

    justice_offered: bool = chosen(
        "Is restorative justice offered?", "Say whether restorative justice is offered"
    )
    justice_reason: Text = asked("Why, or why not?", "Say why it is or is not offered", longest=2000)
    justice_answer: Answer | None = _asked_later("What do they answer?", "Choose what they answer")

    @field_validator("justice_answer", mode="before")
    @classmethod
    def _nothing_is_none(cls, value: Any) -> Any:
        return value or None

    @field_validator("justice_answer")
    @classmethod
    def _answers_an_offer(cls, value: Answer | None, info: ValidationInfo) -> Answer | None:
        if value is None and info.data.get("justice_offered"):
            raise ValueError("must be chosen")
        return value if info.data.get("justice_offered") else None


class Wishes(Command):
    """What they wish: reparation, and contact with the child (CON-8, VIC-10)."""

    wants_reparation: bool = chosen(
        "Do they wish for any reparation?", "Say whether they wish for any reparation"
    )
    reparation: Text = _asked_later("What do they wish?", "Say what they wish", 2000)
    meeting: Meeting = chosen(
        "What contact with the child do they wish?", "Choose what contact with the child they wish"
    )
    reparation_at_home: bool | None = Field(
        default=None, title="Do they agree to reparation in their own home?"
    )

    @field_validator("reparation")
    @classmethod
    def _what(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("wants_reparation"):
            raise ValueError("must be given")
        return value


class Rights(Command):
    """Enhanced rights, with their ground (VIC-3)."""

    enhanced: bool = chosen("Do they have enhanced rights?", "Say whether they have enhanced rights")
    ground: Ground | None = _asked_later("On what ground?", "Choose the ground")
    enhanced_why: Text = optional("What is that based on?", longest=1000)

    @field_validator("ground", mode="before")
    @classmethod
    def _nothing_is_none(cls, value: Any) -> Any:
        return value or None

    @field_validator("ground")
    @classmethod
    def _on_a_ground(cls, value: Ground | None, info: ValidationInfo) -> Ground | None:
        if value is None and info.data.get("enhanced"):
            raise ValueError("must be chosen")
        return value if info.data.get("enhanced") else None


class Updates(Command):
    """Whether and how they want to be told what happens (VIC-1), and what support they have."""

    wants_updates: bool = chosen(
        "Do they want to be told what happens?", "Say whether they want to be told what happens"
    )
    updates_how: Text = optional("How do they want to be told?", longest=300)
    support: Text = optional("Support that they asked for and were given", longest=2000)


class Cleared(Command):
    """What the panel may read."""

    text: Text = _asked_later("What the panel may read", "Write what the panel may read")
    reparation: Text = optional("What they wish by way of reparation, as the panel may read it")


class Consented(Command):
    """What they agreed to."""

    agreement: Agreement = chosen("What do they agree to?", "Choose what they agree to")
    agreed_on: PastDay = chosen("Date", "Enter the date on which they agreed")
    note: Text = optional("Note", longest=500)


class Objects(Command):
    """They no longer want to be contacted (VIC-4)."""

    sure: bool = Field(default=False, title="They object to contact and to their details being used")

    @field_validator("sure")
    @classmethod
    def _said_so(cls, value: bool) -> bool:
        if not value:
            raise ValueError("must be ticked")
        return value


class ToldOf(Command):
    """What a victim was told of a decision, when and how (Right 6)."""

    told: bool = chosen("Were they told?", "Say whether they were told")
    told_on: date | None = Field(
        default=None,
        title="Date",
        json_schema_extra={"ask": "Enter the date on which they were told"},
        validate_default=True,
    )
    how: How | None = _asked_later("How were they told?", "Choose how they were told")
    what: Text = asked(
        "What did you tell them, or why could they not be told?",
        "Write down what you told them, or why they could not be told",
    )
    late_reason: Text = optional("Why they were told late", longest=1000)

    @field_validator("how", mode="before")
    @classmethod
    def _nothing_is_none(cls, value: Any) -> Any:
        return value or None

    @field_validator("told_on", "how")
    @classmethod
    def _when_told(cls, value: Any, info: ValidationInfo) -> Any:
        if not info.data.get("told"):
            return None
        if value is None:
            raise ValueError("must be given")
        return not_future(value, info) if isinstance(value, date) else value


class ThinksOfIt(Command):
    """What a victim says at the end; each answer may be left out."""

    declined: bool = Field(default=False, title="They would rather not say anything")
    answers: dict[str, str] = Field(default_factory=dict)
    words: Text = optional("In their own words", longest=2000)
    given_on: PastDay = chosen("On which day?", "Enter the day on which they were asked")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.declined and not self.answers and not self.words:
            raise ValueError("Answer a question, write something, or tick that they would rather not")
        return self


class LetterText(Command):
    """To whom a letter goes, and the reasons in words for the victim."""

    recipient: Recipient = chosen("Who does it go to?", "Choose who the letter goes to")
    reasons: Text = asked(
        "Why it was decided, in words for the victim", "Say why it was decided", longest=3000
    )


class SendLetter(Command):
    """The letter was read and sent."""

    late_reason: Text = optional("Why they are told late", longest=1000)
