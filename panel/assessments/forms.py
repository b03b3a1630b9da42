"""The forms of an assessment; those that only press a button carry the version of the case."""

from panel.assessments.commands import Comment, Writing
from panel.forms import PanelForm, long, one_of
from workflows.vocabulary import Level, Outcome


class WritingForm(PanelForm):
    """The whole assessment on one page."""

    child_words = long(Writing, "child_words", "Quote the child. Say when you spoke, and who was there.")
    parent_words = long(Writing, "parent_words", "Quote them. Say when you spoke.")
    sources = long(
        Writing, "sources", "Police, school, health, social care, others: who said what, and on which day"
    )
    offence_analysis = long(
        Writing, "offence_analysis", "What led to it, the child's part, attitude and motives"
    )
    diversity = long(
        Writing, "diversity", "Culture, faith, language, speech, disability, maturity, being treated unfairly"
    )
    family = long(Writing, "family", "Who the child lives with, what home and the neighbourhood are like")
    education_health = long(
        Writing, "education_health", "School or work, physical and mental health, alcohol and drugs"
    )
    strengths = long(Writing, "strengths", "What and who protects the child; what they are good at and want")
    worries = long(Writing, "worries", "What stands in the child's way, and what could go wrong")

    reoffending = one_of(Writing, "reoffending", Level)
    reoffending_why = long(Writing, "reoffending_why")
    safety = one_of(Writing, "safety", Level)
    safety_why = long(Writing, "safety_why")
    harm = one_of(Writing, "harm", Level)
    harm_why = long(Writing, "harm_why", "Name who could be harmed and how")

    recommended = one_of(Writing, "recommended", Outcome)
    recommended_why = long(Writing, "recommended_why", "Do not name the victim")


class PressForm(PanelForm):
    """A button: nothing to type."""


class CommentForm(PanelForm):
    """A comment."""

    comment = long(Comment, "comment", "What you agree with, and what you checked")


class GiveBackForm(PanelForm):
    """A comment that tells the author what to do."""

    comment = long(
        Comment, "comment", "What is missing or has to change. The case manager sees this on top of the page."
    )
