"""The page on which a case is handed over."""

from panel.forms import PanelForm, pick, short
from panel.handovers import commands as c


class PressForm(PanelForm):
    """A button: nothing to type."""


class HandOverForm(PanelForm):
    """Who takes the case over, and why."""

    case_manager_id = pick(c.HandOver, "case_manager_id", "With the number of open cases that each has")
    reason = short(
        c.HandOver, "reason", "Everybody who reads the case reads this. Nothing about anybody’s health."
    )
