"""A refusal put at the field that mends it, so that nobody loses the page on which they are typing."""

from panel.forms import PanelForm
from workflows.flow import Refused

FIELDS = {
    "adult_here": "adult_here",
    "admits_to_officer": "admitted_again",
    "understood": "childs_words",
    "warned": "warned",
    "consents": "consented",
    "child_signed": "child_how",
}


def complain_about(form: PanelForm, refused: Refused) -> None:
    """Put each hard rule at its field; raises `Refused` again when only reasons are asked for.

    Guidance is left to the page that asks for a reason, which comes once nothing hard is in the way.
    """
    hard = [refusal for refusal in refused.refusals if refusal.hard]
    if not hard:
        raise refused
    for refusal in hard:
        form.complain(FIELDS.get(refusal.name, ""), refusal.says)
