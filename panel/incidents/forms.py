"""The pages of an incident with several children."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField

from panel.forms import PanelForm, long, short, tick
from panel.incidents import commands as c
from panel.referrals.models import Offence
from workflows.calendar import long_date

PREFIX = "offence_"


class LinkForm(PanelForm):
    """A case to link."""

    reference = short(c.Reference, "reference", "For example, NK-7T3M9Q", width="10")


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", rows=3)


class CopyForm(PanelForm):
    """What to copy; made by `copy_form`."""

    circumstances = tick(c.Copying, "circumstances")

    def ticked(self) -> set[int]:
        """The numbers of the offences to copy."""
        chosen = {name: field.data for name, field in self._fields.items() if name.startswith(PREFIX)}
        return {int(name.removeprefix(PREFIX)) for name, data in chosen.items() if data}


def copy_form(offences: Sequence[Offence], *, with_circumstances: bool, version: int) -> CopyForm:
    """The form for these offences of the linked case, all of them ticked."""
    fields: dict[str, Any] = {
        f"{PREFIX}{offence.id}": BooleanField(
            f"{offence.title}, {long_date(offence.committed_on)}, {offence.location}",
            widget=GovCheckboxInput(),
            default=True,
        )
        for offence in offences
    }
    form: CopyForm = type("CopyFormHere", (CopyForm,), fields)(version=version)
    if not with_circumstances:
        del form.circumstances
    return form
