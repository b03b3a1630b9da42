"""The pages of a variation."""

from panel.disposals.forms import PrepareForm
from panel.forms import PanelForm, long, one_of, short
from panel.stepform import StepForm
from panel.variations import commands as c
from workflows.variation import VariedBy


class ConditionForm(StepForm):
    """A condition that is added or changed."""


class PrepareVariationForm(PrepareForm):
    """Why, by whose authority, and who is there."""

    reason = long(c.PrepareVariation, "reason", "For the file: what changed in the child's life", rows=4)
    authority = one_of(
        c.PrepareVariation, "authority", VariedBy, "Either may, also where the other set the conditions"
    )
    authority_name = short(c.PrepareVariation, "authority_name")
    child_reasons = long(
        c.PrepareVariation,
        "child_reasons",
        "Why the conditions change, as you would say it to the child. Do not name the victim.",
        rows=6,
    )
    authority_rank = short(
        c.PrepareVariation, "authority_rank", "For example: sergeant; empty for a prosecutor"
    )


class WithdrawForm(PanelForm):
    """Why the conditions stay as they are."""

    reason = long(c.Withdraw, "reason", "For example: the child does not agree.", rows=3)


class PressForm(PanelForm):
    """A button: nothing to type."""
