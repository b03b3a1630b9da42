"""The forms of the review of a pair."""

from panel.forms import PanelForm, long, one_of
from panel.linking import commands as c
from workflows.police import Verdict


class JudgeForm(PanelForm):
    """The same, not the same, or cannot be said yet."""

    verdict = one_of(c.Judge, "verdict", (Verdict.SAME, Verdict.APART, Verdict.UNSURE))
    reason = long(c.Judge, "reason", "For example: the school confirmed the spelling", rows=2)


class TakeBackForm(PanelForm):
    """A reason."""

    reason = long(c.TakeBack, "reason", rows=3)
