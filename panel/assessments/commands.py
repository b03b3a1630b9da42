"""What an assessment may be told. A draft may be incomplete: what is missing is reported by the rules."""

from pydantic import Field

from panel.commands import Command, Text, asked, optional
from workflows.vocabulary import Level, Outcome

LONGEST = 8000


class Writing(Command):
    """Everything that the case manager writes, as far as it is written."""

    offence_analysis: Text = optional("Why the offence happened", longest=LONGEST)
    diversity: Text = optional("Who the child is", longest=LONGEST)
    family: Text = optional("Family and home", longest=LONGEST)
    strengths: Text = optional("Strengths", longest=LONGEST)
    worries: Text = optional("Worries", longest=LONGEST)
    education_health: Text = optional("Education and health", longest=LONGEST)
    child_words: Text = optional("What the child says, in their own words", longest=LONGEST)
    parent_words: Text = optional("What the parent or carer says, in their own words", longest=LONGEST)
    sources: Text = optional("Who else was asked, and when", longest=LONGEST)

    reoffending: Level | None = Field(default=None, title="How likely is the child to offend again?")
    reoffending_why: Text = optional("Why this judgement on offending again?", longest=LONGEST)
    safety: Level | None = Field(
        default=None, title="How great is the risk to the child's own safety and wellbeing?"
    )
    safety_why: Text = optional("Why this judgement on safety and wellbeing?", longest=LONGEST)
    harm: Level | None = Field(default=None, title="How great is the risk of serious harm to others?")
    harm_why: Text = optional("Why this judgement on harm to others?", longest=LONGEST)

    recommended: Outcome | None = Field(default=None, title="Which outcome do you recommend?")
    recommended_why: Text = optional("Why do you recommend it?", longest=LONGEST)


class Comment(Command):
    """What the manager judged."""

    comment: Text = asked("Comment", "Say in a comment what you judged", longest=2000)
