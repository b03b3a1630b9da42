"""What a change of a plan may be told."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from panel.stepcommand import StepCommand
from workflows.plan_parts import LinkKind, Risk, Serves, says_too_little


class StepOwned(Command):
    """What the plan adds to a step: who is responsible, from when on, what it serves."""

    owner: Text = asked(
        "Who is responsible that it happens?", "Say who is responsible that it happens", longest=160
    )
    starts_on: Day | None = Field(default=None, title="From which day?")
    serves: Serves = chosen("What is it for?", "Say what it is for")


class PlannedStep(StepCommand, StepOwned):
    """A step that is agreed and binds nobody."""


def _named_action(value: str) -> str:
    if says_too_little(value):
        raise ValueError(
            "Say who does what. “Review” or “tell the manager” alone is no plan for that day. "
            "For example: Priya phones his aunt, who takes him in that night, and tells his social worker"
        )
    return value


class Contingency(Command):
    """What is done when things get worse."""

    trigger: Text = asked("What would tell us that things get worse?", "Say what would tell us", longest=500)
    action: Annotated[Text, AfterValidator(_named_action)] = asked(
        "What is then done?", "Say what is then done", longest=1000
    )
    who: Text = asked("Who does it?", "Say who does it", longest=200)
    risk: Risk = chosen("Whose safety is it about?", "Say whose safety it is about")


class Linked(Command):
    """A plan of another service, and how ours fits."""

    kind: LinkKind = chosen("Which plan is it?", "Say which plan it is")
    held_by: Text = asked("Who holds it?", "Say who holds it", longest=160)
    contact: Text = asked("Whom there do we speak to, in which role?", "Say whom we speak to", longest=160)
    fit: Text = asked("How are the two plans lined up?", "Say how the two plans are lined up", longest=1000)


class Exit(Command):
    """A way into mainstream services that lasts when we are gone."""

    service: Text = asked("Which service or club?", "Say which service or club", longest=200)
    what_for: Text = asked("What for?", "Say what for", longest=300)
    who: Text = asked("Who refers the child?", "Say who refers the child", longest=160)
    by_when: Day = chosen("By when?", "Enter the day by which the child is referred")


class ExitDone(Command):
    """What became of it."""

    happened: bool = chosen("Was the child referred?", "Say whether the child was referred")
    happened_on: Annotated[date, AfterValidator(not_future)] = chosen("On which day?", "Enter the day")
    said: Text = asked("What came of it?", "Say what came of it", longest=1000)


class Why(Command):
    """Why the plan is changed."""

    why: Text = asked("Why is the plan changed?", "Say why the plan is changed", longest=1000)


class Agree(Command):
    """Who agreed the plan, by name; the drawings or the scan are checked apart."""

    child_name: Text = asked("Name of the child", "Enter the name of the child", longest=160)
    adult_name: Text = asked(
        "Name of the parent, carer or other adult", "Enter the name of the adult", longest=160
    )
    not_signed: Text = optional("If one of them could not or would not sign, say why", longest=500)


class AgreeOnPaper(Agree):
    """Who signed on paper."""

    child_signed: bool = Field(default=False, title="The child signed the paper")
    adult_signed: bool = Field(default=False, title="The adult signed the paper")
