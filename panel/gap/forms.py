"""The pages of the gap on which something is typed."""

from panel.forms import PanelForm, day, long, one_of, short
from panel.gap import commands as c
from workflows.gap_work import Became, Reply
from workflows.police import BY_A_PERSON


class PeriodForm(PanelForm):
    """Between which days the figures lie."""

    first = day(c.Choice, "first", "For example, 1 7 2026")
    last = day(c.Choice, "last", "For example, 30 9 2026")


class ExportForm(PanelForm):
    """Why figures leave the service."""

    kind = one_of(c.Export, "kind", c.Kind)
    reason = short(c.Export, "reason", "For example: the meeting with the superintendent on 3 December")


class AskForm(PanelForm):
    """By when the force is asked to answer."""

    answer_by = day(c.Ask, "answer_by")


class AnswerForm(PanelForm):
    """What the force answers about one disposal."""

    reply = one_of(c.AnswerOfForce, "reply", Reply)
    answered_on = day(c.AnswerOfForce, "answered_on")
    said = long(c.AnswerOfForce, "said", rows=3)
    not_ours = one_of(c.AnswerOfForce, "not_ours", BY_A_PERSON, "Only if it does not belong on our list")
    duplicate_of = short(c.AnswerOfForce, "duplicate_of", "For example, PD-7T3M9Q", width="10")
    date_of_birth = day(c.AnswerOfForce, "date_of_birth")
    officer = short(c.AnswerOfForce, "officer")
    support = short(c.AnswerOfForce, "support")


class FollowForm(PanelForm):
    """What became of a child of whom we were not told."""

    became = one_of(c.FollowUp, "became", Became)
    happened_on = day(c.FollowUp, "happened_on")
    crime_reference = short(c.FollowUp, "crime_reference", width="10")
    said = long(c.FollowUp, "said", rows=3)
