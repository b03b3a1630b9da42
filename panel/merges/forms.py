"""The pages on which two records are merged, or told apart."""

from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from panel.forms import PanelForm, long, one_of, short
from panel.merges import commands as c
from workflows.matching import Verdict

FIRST, SECOND, PREFIX = "first", "second", "which_"


class ProposalForm(PanelForm):
    """Which value stays, field by field, and why it is one child; made by `proposal_form`."""

    reason = long(c.Proposal, "reason", "For example: the school confirmed both addresses", rows=3)

    def taken(self) -> list[str] | None:
        """The fields whose second value stays, or None with a sentence at each that was not answered."""
        asked = [field for name, field in self._fields.items() if name.startswith(PREFIX)]
        silent = [field for field in asked if field.data not in (FIRST, SECOND)]
        for field in silent:
            self.complain(field.name, f"Choose what stays: {field.label.text.lower()}")
        if silent:
            return None
        return [field.name.removeprefix(PREFIX) for field in asked if field.data == SECOND]


def proposal_form(rows: Mapping[str, tuple[str, str, str]]) -> ProposalForm:
    """The form for these fields: by name its words, the value of the first record, that of the second."""
    fields: dict[str, Any] = {
        PREFIX + name: RadioField(
            label,
            widget=GovRadioInput(),
            choices=[
                SelectChoice(FIRST, f"{first or 'Nothing'} (first record)"),
                SelectChoice(SECOND, f"{second or 'Nothing'} (second record)"),
            ],
            validate_choice=False,
        )
        for name, (label, first, second) in rows.items()
    }
    form: ProposalForm = type("ProposalFormHere", (ProposalForm,), fields)()
    return form


class ApartForm(PanelForm):
    """These are two children."""

    verdict = one_of(c.Apart, "verdict", (Verdict.RELATED, Verdict.DIFFERENT))


class PressForm(PanelForm):
    """A button: nothing to type."""


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", rows=3)


class TwoCasesForm(PanelForm):
    """Two cases to look at."""

    first = short(c.TwoCases, "first", width="10")
    second = short(c.TwoCases, "second", width="10")
