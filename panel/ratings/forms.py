"""The pages of the ratings on which something is typed."""

from panel.forms import PanelForm, choice, day, long, one_of, pick, short, tick
from panel.ratings import commands as c
from workflows.ratings import Framework


class StartForm(PanelForm):
    """A self-inspection."""

    title = short(c.Started, "title", "For example: Out-of-court work, summer 2026")
    framework = one_of(c.Started, "framework", Framework)
    first_on = day(c.Started, "first_on")
    last_on = day(c.Started, "last_on")
    audit_round_id = pick(
        c.Started,
        "audit_round_id",
        "Its answers rate domain three; without one you enter the counts yourself",
    )
    with_court = tick(c.Started, "with_court", "Its counts are always entered by you")


class AnswerForm(PanelForm):
    """The answers to one key question."""

    yes = short(c.Answered, "yes", width="4")
    no = short(c.Answered, "no", width="4")
    not_applicable = short(c.Answered, "not_applicable", "These cases are in no percentage", width="4")
    source = long(c.Answered, "source", "For example: the audit of 12 court cases in June 2026", rows=2)


class JudgeForm(PanelForm):
    """A rating by judgement."""

    rating = choice(c.Judged, "rating")
    reason = long(c.Judged, "reason", "What you looked at, and what it showed", rows=5)


class LiftForm(PanelForm):
    """Why a rating is lifted."""

    reason = long(c.Lifted, "reason", rows=5)


class TextsForm(PanelForm):
    """The words of a report."""

    summary = long(c.Texts, "summary", rows=6)
    strengths = long(c.Texts, "strengths", "One to a line. No names.", rows=8)
    areas = long(c.Texts, "areas", "One to a line. No names.", rows=8)
    examples = long(
        c.Texts,
        "examples",
        "What was done well or badly, without names, days or places. One to a line.",
        rows=8,
    )


class PressForm(PanelForm):
    """A button: nothing to type."""
