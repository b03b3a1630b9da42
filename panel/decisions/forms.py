"""The pages of the panel that ask something."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from panel.decisions import commands as c
from panel.forms import PanelForm, choice, long, one_of
from panel.referrals.models import Offence
from workflows.calendar import long_date
from workflows.vocabulary import Outcome, words

PREFIX = "outcome_"


class PositionForm(PanelForm):
    """What one member thinks."""

    member_id = choice(c.PositionTaken, "member_id", "For a member who is here and asks you to write it down")
    outcome = one_of(c.PositionTaken, "outcome", Outcome)
    comment = long(c.PositionTaken, "comment", "Part of the record. Do not name the victim.", rows=3)


class DraftForm(PanelForm):
    """The decision, with one set of radio buttons for each offence; made by `draft_form`."""

    reasons = long(
        c.Draft,
        "reasons",
        "Why this outcome and not another one. The family may read this.",
        rows=8,
    )

    def chosen(self) -> dict[int, Any]:
        """The outcome that was chosen for each offence, where one was."""
        fields = {name: field.data for name, field in self._fields.items() if name.startswith(PREFIX)}
        return {int(name.removeprefix(PREFIX)): value for name, value in fields.items() if value}


def draft_form(
    offences: Sequence[Offence], hints: Mapping[int, Mapping[Outcome, str]], *, data: Mapping[str, Any]
) -> DraftForm:
    """The form of a decision about these offences; `hints` say what stands against an outcome."""

    class ForTheseOffences(DraftForm):
        pass

    for offence in offences:
        setattr(ForTheseOffences, f"{PREFIX}{offence.id}", _outcome_field(offence, hints[offence.id]))
    return ForTheseOffences(data=dict(data))


def _outcome_field(offence: Offence, hints: Mapping[Outcome, str]) -> RadioField:
    items = [{"hint": {"text": hints[outcome]}} if hints.get(outcome) else {} for outcome in Outcome]
    return RadioField(
        f"Outcome for {offence.title}, {long_date(offence.committed_on)}",
        widget=GovRadioInput(),
        choices=[SelectChoice(outcome.value, words(outcome)) for outcome in Outcome],
        validate_choice=False,
        render_kw={"params": {"items": items}},
    )


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", "What is missing, and who gets it. Do not name the victim.")


class PressForm(PanelForm):
    """A button: nothing to type."""
