"""The pages of the papers that ask something."""

from panel.forms import PanelForm, long
from panel.packs import commands as c


class StrikeForm(PanelForm):
    """Why."""

    reason = long(
        c.Striking, "reason", "It stands in the papers for all to read. Do not name the victim.", rows=3
    )


class PressForm(PanelForm):
    """A button: nothing to type."""
