"""The pages on which a rung is written down."""

from panel.compliance import commands as c
from panel.forms import PanelForm, day, long, one_of, pick, several, short, yes_no
from workflows.curfew import Found
from workflows.keeping import Barrier, Choice, Level, Way
from workflows.ruling import Authority

NOT_THE_VICTIM = "Do not name the victim."


class MissForm(PanelForm):
    """What was missed."""

    happened_on = day(c.Miss, "happened_on")
    said = long(c.Miss, "said", f"Which appointment or condition. {NOT_THE_VICTIM}", rows=3)


class AnswerForm(PanelForm):
    """How somebody spoke with the child and family."""

    happened_on = day(c.Answer, "happened_on")
    way = one_of(c.Answer, "way", Way)
    who = short(c.Answer, "who", "For example: the child and her mother")
    said = long(c.Answer, "said", "Their own words, and what was agreed")


class WarnForm(PanelForm):
    """A warning."""

    happened_on = day(c.Warn, "happened_on")
    level = one_of(c.Warn, "level", Level)
    said = long(c.Warn, "said", f"Plain words: the child reads this. {NOT_THE_VICTIM}", rows=4)
    must = long(c.Warn, "must", "For example: come to the youth centre on Monday 7 December at 4pm", rows=3)
    help = short(c.Warn, "help", "A name and a telephone number that the family can use")
    who = short(c.Warn, "who", "For example: the child, with her mother")


class MeetForm(PanelForm):
    """A meeting to get going again."""

    happened_on = day(c.Meet, "happened_on")
    who = short(c.Meet, "who")
    said = long(c.Meet, "said", "The reason that the child gives, and what the family says", rows=4)
    barriers = several(c.Meet, "barriers")
    needs = long(c.Meet, "needs", rows=3)
    changes = long(c.Meet, "changes", "Another time, another place, help to get there, pictures", rows=3)


class SaidForm(PanelForm):
    """An end, with its reason."""

    happened_on = day(c.Said, "happened_on")
    said = long(c.Said, "said", NOT_THE_VICTIM)


class AllegeForm(PanelForm):
    """A possible breach."""

    happened_on = day(c.Allege, "happened_on")
    conditions = several(c.Allege, "conditions")
    contacts = several(c.Allege, "contacts")
    said = long(c.Allege, "said", NOT_THE_VICTIM)
    tried = long(c.Allege, "tried", "Calls, warnings, meetings, and what was changed for the child", rows=4)
    childs_side = long(c.Allege, "childs_side", rows=4)


class ExcuseForm(PanelForm):
    """Whether there was a reasonable excuse."""

    happened_on = day(c.Excuse, "happened_on")
    excused = yes_no(c.Excuse, "excused")
    said = long(c.Excuse, "said", "What was looked at, and why it is or is not enough")
    name = short(c.Excuse, "name")
    rank = short(c.Excuse, "rank", width="10")
    collar = short(c.Excuse, "collar", width="10")
    authority = one_of(c.Excuse, "authority", Authority)


class DecideForm(PanelForm):
    """What the police decide."""

    happened_on = day(c.Decide, "happened_on")
    choice = one_of(c.Decide, "choice", Choice)
    said = long(c.Decide, "said")
    name = short(c.Decide, "name")
    rank = short(c.Decide, "rank", width="10")
    collar = short(c.Decide, "collar", width="10")
    authority = one_of(c.Decide, "authority", Authority)


class ProceedingsForm(PanelForm):
    """That proceedings were started."""

    happened_on = day(c.Proceedings, "happened_on")
    said = short(c.Proceedings, "said")
    name = short(c.Proceedings, "name")
    rank = short(c.Proceedings, "rank", width="10")
    collar = short(c.Proceedings, "collar", width="10")
    authority = one_of(c.Proceedings, "authority", Authority)


class CheckForm(PanelForm):
    """One check of a curfew."""

    step = pick(c.Check, "step")
    checked_on = day(c.Check, "checked_on")
    checked_at = short(c.Check, "checked_at", "For example, 21:40", width="5")
    team = short(c.Check, "team")
    officer = short(c.Check, "officer", width="20")
    collar = short(c.Check, "collar", width="10")
    found = one_of(c.Check, "found", Found)
    followed = long(c.Check, "followed", "Needed unless the child was in", rows=3)


BARRIERS = tuple(Barrier)
