"""The pages of a force that ask something."""

from panel.forces import commands as c
from panel.forms import PanelForm, several, short


class ForceForm(PanelForm):
    """A force and its areas."""

    name = short(c.ForceDetails, "name")
    code = short(
        c.ForceDetails, "code", "For example, 13. Leave it empty if they do not begin alike.", width="4"
    )
    areas = several(c.ForceDetails, "areas", "An area has one force. Areas of another force are not offered.")


class SystemForm(PanelForm):
    """A system that gets a token."""

    name = short(c.SystemDetails, "name", "So that the history can say who told us, for example “Niche RMS”")


class PressForm(PanelForm):
    """A button: nothing to type."""
