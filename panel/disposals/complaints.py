"""A refusal put at the field that mends it, so that nobody loses the page on which they are typing."""

from panel.forms import PanelForm
from workflows.flow import Refused

FIELDS = {
    "adult_here": "adult_here",
    "admits_to_officer": "admitted_again",
    "understood": "childs_words",
    "warned": "warned",
    "advice_had": "advice",
    "everything_explained": "ticked",
    "given_by_now": "took_place_on",
    "given_after_decision": "took_place_on",
    "given_after_signing": "took_place_on",
    "given_late_explained": "late_reason",
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


def complain_about_day(form: PanelForm, refused: Refused) -> None:
    """Put what is wrong with the day at its field; raises `Refused` again for anything else."""
    if any(FIELDS.get(r.name, "") not in ("took_place_on", "late_reason") for r in refused.refusals):
        raise refused
    for refusal in refused.refusals:
        form.complain(FIELDS[refusal.name], refusal.says)
