"""What an assessment may be told. A draft may be incomplete: what is missing is reported by the rules."""

from pydantic import Field

from panel.commands import Command, Text, asked, optional
from workflows.vocabulary import Level, Outcome

LONGEST = 8000


class Writing(Command):
    """Everything that the case manager writes, in one go, as far as it is written."""

    child_words: Text = optional("What the child says, in their own words", longest=LONGEST)
    parent_words: Text = optional("What the parent or carer says, in their own words", longest=LONGEST)
    offence_analysis: Text = optional("Why the offence happened", longest=LONGEST)
    responsibility: Text = optional("Responsibility and attitude", longest=LONGEST)
    pattern: Text = optional("Earlier behaviour and pattern", longest=LONGEST)
    victim_awareness: Text = optional("What the child understands of the harm done", longest=LONGEST)
    diversity: Text = optional("Who the child is", longest=LONGEST)
    family: Text = optional("Family and social setting", longest=LONGEST)
    barriers: Text = optional("Barriers that are not of the child's making", longest=LONGEST)
    education: Text = optional("School, college or work", longest=LONGEST)
    health: Text = optional("Health and feelings", longest=LONGEST)
    substance: Text = optional("Alcohol and drugs", longest=LONGEST)
    speech: Text = optional("Speech, language and understanding", longest=LONGEST)
    exploitation: Text = optional("Exploitation", longest=LONGEST)
    maturity: Text = optional("Maturity, ability and motivation", longest=LONGEST)
    worries: Text = optional("What are we worried about?", longest=LONGEST)
    strengths: Text = optional("What is working well?", longest=LONGEST)
    needs: Text = optional("What needs to happen?", longest=LONGEST)

    reoffending: Level | None = Field(default=None, title="How likely is the child to offend again?")
    reoffending_why: Text = optional("Why this judgement on offending again?", longest=LONGEST)
    reoffending_up: Text = optional("What would raise it?")
    reoffending_down: Text = optional("What would lower it?")
    safety: Level | None = Field(
        default=None, title="How great is the risk to the child's own safety and wellbeing?"
    )
    safety_why: Text = optional("Why this judgement on safety and wellbeing?", longest=LONGEST)
    safety_who: Text = optional("From whom, or from what?")
    safety_up: Text = optional("What would raise it?")
    safety_down: Text = optional("What would lower it?")
    harm: Level | None = Field(default=None, title="How great is the risk of serious harm to others?")
    harm_why: Text = optional("Why this judgement on harm to others?", longest=LONGEST)
    harm_who: Text = optional("Who is at risk?")
    harm_up: Text = optional("What would raise it?")
    harm_down: Text = optional("What would lower it?")

    recommended: Outcome | None = Field(default=None, title="Which outcome do you recommend?")
    recommended_why: Text = optional("Why do you recommend it?", longest=LONGEST)
    contingency_signs: Text = optional("What would tell us that things are getting worse?")
    contingency_actions: Text = optional("Who then does what, and by when?")
    social_care_open: bool | None = Field(
        default=None, title="Does children's social care work with this child?"
    )


class Comment(Command):
    """What the manager judged."""

    comment: Text = asked("Comment", "Say in a comment what you judged", longest=2000)
