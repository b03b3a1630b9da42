"""The page on which it is typed why cases leave the service."""

from panel.forms import PanelForm, day, one_of, short
from panel.gap.commands import Kind
from panel.metrics import commands as c


class MilestonesForm(PanelForm):
    """Which cases leave the service, and why."""

    first = day(c.Milestones, "first")
    last = day(c.Milestones, "last")
    kind = one_of(c.Milestones, "kind", Kind)
    reason = short(c.Milestones, "reason", "For example: the audit of the third quarter, for the auditor")
