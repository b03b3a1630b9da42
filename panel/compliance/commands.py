"""What may be written down when something was not kept."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.curfew import Found
from workflows.keeping import Barrier, Choice, Level, Way
from workflows.ruling import Authority

PastDay = Annotated[Day, AfterValidator(not_future)]


class Dated(Command):
    """An entry of the record: on a day."""

    happened_on: PastDay = chosen("On which day?", "Enter the day on which it happened")


class Miss(Dated):
    """What was missed."""

    said: Text = asked("What was missed?", "Say what was missed", longest=2000)


class Answer(Dated):
    """How somebody spoke with the child and family."""

    way: Way = chosen("How were they reached?", "Say how they were reached")
    who: Text = asked("Whom did you speak with?", "Say whom you spoke with", longest=200)
    said: Text = asked("What do they say?", "Write down what they say", longest=2000)


class Warn(Dated):
    """A warning, in the words that the child reads."""

    level: Level = chosen("Which warning is it?", "Say whether it is the first or the final warning")
    said: Text = asked(
        "What happened, in words for the child", "Say what happened, in words for the child", longest=2000
    )
    must: Text = asked(
        "What has to happen now, and by when", "Say what has to happen now, and by when", longest=1000
    )
    help: Text = asked(
        "Who helps, and how to reach them", "Say who helps, and how to reach them", longest=400
    )
    who: Text = asked("To whom was it given?", "Say to whom it was given", longest=200)


class Meet(Dated):
    """A meeting to get going again."""

    who: Text = asked("Who was there?", "Say who was there", longest=200)
    said: Text = asked("What stood in the way?", "Say what stood in the way", longest=2000)
    barriers: tuple[Barrier, ...] = Field(
        min_length=1,
        title="What kind of thing was it?",
        json_schema_extra={"ask": "Choose what kind of thing it was"},
    )
    needs: Text = optional("What does the child need to be able to take part?", longest=2000)
    changes: Text = asked("What changes from now on?", "Say what changes, or that nothing does", longest=2000)


class Said(Dated):
    """An end, with its reason."""

    said: Text = asked("Why?", "Say why", longest=4000)


class Allege(Dated):
    """A possible breach, as it is reported to the police."""

    happened_on: PastDay = chosen(
        "On which day did you conclude that it may be a breach?",
        "Enter the day on which you concluded that it may be a breach",
    )
    conditions: tuple[int, ...] = Field(
        default=(), title="Which condition was not kept?", json_schema_extra={"ask": "Choose a condition"}
    )
    contacts: tuple[int, ...] = Field(default=(), title="Which appointments were missed?")
    said: Text = asked("What happened?", "Say what happened", longest=4000)
    tried: Text = asked("What was tried?", "Say what was tried", longest=2000)
    childs_side: Text = asked(
        "What do the child and family say about it?",
        "Say what the child and family say, or that they could not be asked",
        longest=2000,
    )


class Named(Command):
    """Who decides for the police (YCC-1)."""

    name: Text = asked("Who decides?", "Enter the name of the officer or prosecutor", longest=120)
    rank: Text = asked("Rank or post", "Enter their rank or post", longest=60)
    collar: Text = optional("Collar number", longest=20)
    authority: Authority = chosen("By what authority?", "Choose by what authority they decide")


class Excuse(Dated, Named):
    """Whether the excuse was reasonable."""

    excused: bool = chosen(
        "Was there a reasonable excuse?", "Say whether there was a reasonable excuse", validate_default=True
    )
    said: Text = asked("Reasons", "Give the reasons", longest=4000)


class Decide(Dated, Named):
    """What the police decide."""

    choice: Choice = chosen("What do the police decide?", "Say what the police decide")
    said: Text = asked("Reasons", "Give the reasons", longest=4000)


class Proceedings(Dated, Named):
    """That proceedings were started."""

    happened_on: PastDay = chosen(
        "On which day were proceedings started?", "Enter the day on which proceedings were started"
    )
    said: Text = asked(
        "Charge or requisition, with its reference", "Enter what was issued, with its reference", longest=300
    )


class Check(Command):
    """One check of a curfew."""

    step: int = chosen("Which condition was checked?", "Choose the condition")
    checked_on: PastDay = chosen("On which day?", "Enter the day of the check")
    checked_at: Annotated[str, Field(pattern=r"^([01]?\d|2[0-3])[:.][0-5]\d$")] = Field(
        title="At what time?", json_schema_extra={"ask": "Enter the time of the check"}
    )
    team: Text = asked("Neighbourhood team", "Enter the neighbourhood team", longest=160)
    officer: Text = asked("Name of the officer", "Enter the name of the officer", longest=160)
    collar: Text = optional("Collar number", longest=20)
    found: Found = chosen("What did they find?", "Say what they found")
    followed: Text = optional("What followed from it?", longest=1000)

    @model_validator(mode="after")
    def _says_what_followed(self) -> Self:
        if self.found is not Found.IN and not self.followed:
            raise ValueError("Say what followed when the child was not in or it could not be checked")
        return self
