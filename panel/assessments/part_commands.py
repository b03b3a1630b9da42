"""What each page of an assessment may be told; what is missing for submission is reported by the rules."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from panel.stepcommand import StepCommand
from workflows.assessment_parts import NEEDS_REASON, Answer, Basis, Part, PlanKind, SourceKind
from workflows.screening import Referral as Referred
from workflows.vocabulary import Level, Outcome

LONGEST = 8000
Past = Annotated[Day, AfterValidator(not_future)]


class SectionText(Command):
    """The text of one section."""

    text: Text = optional("What you found", longest=LONGEST)


class Judging(Command):
    """One of the three judgements."""

    level: Level | None = Field(default=None, title="Your judgement")
    why: Text = optional("Why? Say what it rests on", longest=LONGEST)
    who: Text = optional("Who is at risk?", longest=2000)
    up: Text = optional("What would raise it?", longest=2000)
    down: Text = optional("What would lower it?", longest=2000)


class Recommending(Command):
    """What the case manager recommends to the panel."""

    recommended: Outcome | None = Field(default=None, title="Which outcome do you recommend?")
    recommended_why: Text = optional("Why do you recommend it?", longest=LONGEST)


class Contingency(Command):
    """What happens when things get worse."""

    contingency_signs: Text = optional("What would tell us that things are getting worse?", longest=2000)
    contingency_actions: Text = optional("Who then does what, and by when?", longest=2000)


class Known(Command):
    """One statement with where it comes from (DP-6)."""

    text: Text = asked("What do we know?", "Say what we know", longest=2000)
    basis: Basis = chosen("What kind of statement is it?", "Choose what kind of statement it is")
    source_id: int | None = Field(default=None, title="Which source does it come from?")
    source_words: Text = optional("If it is not in the list, where does it come from?", longest=200)
    said_by: Text = optional("Who said it?", longest=160)
    said_on: Past | None = Field(default=None, title="When was it said or seen?")

    @model_validator(mode="after")
    def _with_source(self) -> "Known":
        if self.basis is not Basis.OPINION and self.source_id is None and not self.source_words:
            raise ValueError("Say where it comes from: choose a source, or name one")
        return self


class Asking(Command):
    """Somebody who is asked about the child, or the reason for not asking."""

    kind: SourceKind = chosen("Who is it?", "Choose who it is")
    who: Text = optional("Name of the service and of the person asked", longest=160)
    asked_on: Past | None = Field(default=None, title="Asked on")
    not_asked_because: Text = optional("If you do not ask them, why not?", longest=300)

    @model_validator(mode="after")
    def _asked_or_why_not(self) -> "Asking":
        if self.asked_on is None and not self.not_asked_because:
            raise ValueError("Enter the day on which you asked, or say why you do not ask them")
        return self


class Answering(Command):
    """What became of asking."""

    answer: Answer = chosen("What became of it?", "Choose what became of it")
    answered_on: Past | None = Field(default=None, title="On which day?")
    reason: Text = optional("If they did not answer, why?", longest=300)

    @model_validator(mode="after")
    def _whole(self) -> "Answering":
        if self.answer in NEEDS_REASON and not self.reason:
            raise ValueError("Say why there is no answer")
        if self.answer is not Answer.WAITING and self.answered_on is None:
            raise ValueError("Enter the day of the answer, or the day on which you stopped waiting")
        return self


class Contact(Command):
    """Where an agency takes mail about requests."""

    kind: SourceKind = chosen("What kind of agency is it?", "Choose the kind of agency")
    name: Text = asked("Name of the agency", "Enter the name of the agency", longest=160)
    email: Text = Field(
        pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$",
        max_length=200,
        title="Mail address",
        json_schema_extra={"ask": "Enter the mail address"},
    )


class Screened(Command):
    """The answers of a screen, or why it was not done; a person decides on a referral, never the answers."""

    answers: dict[str, str] = Field(default_factory=dict)
    asks: tuple[str, ...] = ()
    decides: bool = False
    warned_by: str = ""
    referred: Referred | None = Field(default=None, title="Is a referral needed?")
    note: Text = optional(
        "What you decided and why, and the day of the referral if there is one", longest=2000
    )
    not_done_reason: Text = optional("If it was not done, why not?", longest=300)

    @model_validator(mode="after")
    def _done_or_why_not(self) -> "Screened":
        if self.not_done_reason:
            return self
        if set(self.asks) - set(self.answers):
            raise ValueError("Answer every question, or say why this was not done")
        warned = not self.warned_by or self.warned_by in self.answers.values()
        if self.decides and warned and self.referred is None:
            raise ValueError("Decide whether a referral is needed: the answers do not decide it for you")
        return self


class SocialCare(Command):
    """Whether children's social care works with the child."""

    social_care_open: bool = chosen(
        "Does children's social care work with this child now?",
        "Say whether children's social care works with this child now",
    )


class Linking(Command):
    """A plan of another service."""

    kind: PlanKind = chosen("What kind of plan is it?", "Choose the kind of plan")
    lead_worker: Text = asked("Who leads it?", "Enter who leads it", longest=160)
    next_review_on: Day | None = Field(default=None, title="Next review")
    fit: Text = asked("How does our plan fit with it?", "Say how our plan fits with it", longest=2000)


class Full(Command):
    """The full AssetPlus."""

    reference: Text = asked("Its reference", "Enter the reference of the AssetPlus", longest=60)
    started_on: Past | None = Field(default=None, title="Started on")
    completed_on: Past | None = Field(default=None, title="Completed on")
    reoffending: Level | None = Field(default=None, title="AssetPlus: likelihood of reoffending")
    safety: Level | None = Field(default=None, title="AssetPlus: safety and wellbeing")
    harm: Level | None = Field(default=None, title="AssetPlus: risk of serious harm")

    @model_validator(mode="after")
    def _in_order(self) -> "Full":
        if self.started_on and self.completed_on and self.completed_on < self.started_on:
            raise ValueError("It cannot be completed before it was started")
        return self


class Proposing(StepCommand):
    """A step of the plan that the case manager proposes (inspection 3.2.1a)."""

    how: Text = optional("How? What happens, in plain words", longest=300)
    part: Part = Field(default=Part.CHILD, title="Whose part is it?")
    strength: Text = optional("Which strength does it build on?", longest=200)


class Handing(Command):
    """The tablet is handed to the child."""

    helper: Text = optional("Who helps the child?", longest=160)
    started_on: Past = chosen("On which day?", "Enter the day")


class ChildSays(Command):
    """The child's words to one question."""

    text: Text = optional("Your answer", longest=4000)


class Resuming(Command):
    """The worker takes the tablet back."""

    password: str = Field(
        min_length=1, title="Your password", json_schema_extra={"ask": "Enter your password"}
    )
