"""The pages of the board pack that ask something."""

from panel.board_pack import commands as c
from panel.forms import PanelForm, day, long, one_of, short
from workflows.board_pack import Answer

NOBODY = "Nothing by which a child can be recognised, and no number that is withheld below"


class FrontForm(PanelForm):
    """The first page."""

    sentence_1 = long(c.Front, "sentence_1", NOBODY, rows=2)
    sentence_2 = long(c.Front, "sentence_2", rows=2)
    sentence_3 = long(c.Front, "sentence_3", rows=2)
    sentence_4 = long(c.Front, "sentence_4", rows=2)
    sentence_5 = long(c.Front, "sentence_5", rows=2)
    decision_1 = long(c.Front, "decision_1", "Leave empty what you do not ask for", rows=2)
    decision_2 = long(c.Front, "decision_2", rows=2)
    decision_3 = long(c.Front, "decision_3", rows=2)


class TextForm(PanelForm):
    """The words under a figure."""

    text = long(c.Text2, "text", NOBODY, rows=4)


class PressForm(PanelForm):
    """A button: nothing to type."""


class AskedForm(PanelForm):
    """What the board asked for."""

    wish = long(c.Asked, "wish", "The board reads it: nothing by which a child can be recognised", rows=3)
    owner = short(c.Asked, "owner", "An agency or a role")
    due_on = day(c.Asked, "due_on")


class ClosedForm(PanelForm):
    """What became of it."""

    answer = one_of(c.Closed, "answer", Answer)
    said = long(c.Closed, "said", "The board reads it", rows=3)
    closed_on = day(c.Closed, "closed_on")
