"""The forms of an assessment; those that only press a button carry the version of the case."""

from panel.assessments.commands import Comment
from panel.forms import PanelForm, long


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
