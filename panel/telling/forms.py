"""The filter of the list of notifications, and buttons."""

from panel.forms import PanelForm


class PressForm(PanelForm):
    """A button: nothing to type."""
