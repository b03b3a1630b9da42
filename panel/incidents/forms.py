"""The pages of an incident with several children."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from panel.forms import PanelForm, long, short, tick
from panel.incidents import commands as c
from panel.referrals.models import Offence

PREFIX = "gravity_"


class LinkForm(PanelForm):
    """A case to link."""

    reference = short(c.Reference, "reference", "For example, NK-7T3M9Q", width="10")


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", rows=3)


class CopyForm(PanelForm):
    """What to copy; made by `copy_form`."""

    circumstances = tick(c.Copying, "circumstances")

    def scored(self) -> dict[int, int] | None:
        """The gravity score of each offence to copy, or None with a sentence at one that is wrong."""
        found: dict[int, int] = {}
        for name, field in self._fields.items():
            typed = (field.data or "").strip() if name.startswith(PREFIX) else ""
            if typed in ("1", "2", "3", "4", "5"):
                found[int(name.removeprefix(PREFIX))] = int(typed)
            elif typed:
                self.complain(name, "The gravity score must be a whole number from 1 to 5")
        return None if self.errors else found


def copy_form(offences: Sequence[Offence], *, with_circumstances: bool, version: int) -> CopyForm:
    """The form for these offences of the linked case."""
    widget = {"params": {"classes": "govuk-input--width-2"}, "autocomplete": "off"}
    fields: dict[str, Any] = {
        f"{PREFIX}{offence.id}": StringField(
            f"Gravity score of this child for: {offence.title}",
            widget=GovTextInput(),
            description="1 to 5, for what this child did. Left empty, the offence is not copied.",
            render_kw=widget,
        )
        for offence in offences
    }
    form: CopyForm = type("CopyFormHere", (CopyForm,), fields)(version=version)
    if not with_circumstances:
        del form.circumstances
    return form
