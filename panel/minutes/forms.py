"""The form of the minutes."""

from panel.forms import PanelForm, long
from panel.minutes import commands as c


class WriteForm(PanelForm):
    """What the chair adds."""

    other_matters = long(c.Written, "other_matters", "Stands in the copy with names only")
    public_note = long(
        c.Written,
        "public_note",
        "What everybody may read about actions and other matters: no names, no places, nothing by which "
        "somebody could be recognised",
        rows=4,
    )


class ChangeForm(WriteForm):
    """The same, with the reason of the change."""

    reason = long(c.Changed, "reason", "The earlier version stays beside the new one", rows=2)


class PressForm(PanelForm):
    """A button: nothing to type."""
