"""The pages of a plan."""

from panel.forms import PanelForm, choice, day, long
from panel.plans import commands as c
from panel.plans.models import StepState

BECAME = ((StepState.DONE, "Done"), (StepState.ENDED, "Ended without being done"))


class PressForm(PanelForm):
    """A button: nothing to type."""


class StepForm(PanelForm):
    """What became of one step."""

    state = choice(c.StepNote, "state")
    done_on = day(c.StepNote, "done_on", "For example, 27 3 2026. Leave it empty when the step was ended.")
    evidence = long(
        c.StepNote, "evidence", "For example: the worker read the letter. Do not name the victim.", rows=4
    )


class CloseForm(PanelForm):
    """How it ended."""

    reason = long(
        c.Close,
        "reason",
        "Two or three sentences that somebody who takes up the file in a year can understand.",
        rows=4,
    )
