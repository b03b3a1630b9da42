"""The pages of an action that ask something."""

from panel.agreed_actions import commands as c
from panel.forms import PanelForm, choice, day, long, pick, short


class AgreeForm(PanelForm):
    """A new action."""

    what = long(c.Agreed, "what", "What, where and how one sees that it is done", rows=3)
    holder_id = pick(c.Agreed, "holder_id", "Gets a task now, and a reminder on the day and after it")
    outside_owner = short(
        c.Agreed, "outside_owner", "Only for somebody without an account: the person above chases them"
    )
    due_on = day(c.Agreed, "due_on")
    case = choice(c.Agreed, "case", "If it belongs to one")


class DoneForm(PanelForm):
    """What was done."""

    words = long(c.Done, "words", rows=3)


class CarryForm(PanelForm):
    """Another day or person."""

    due_on = day(c.Carried, "due_on")
    holder_id = pick(c.Carried, "holder_id")
    words = long(c.Carried, "words", rows=3)


class DropForm(PanelForm):
    """Why it is dropped."""

    words = long(c.Dropped, "words", rows=3)
