"""The page about the source of a case: the same questions with the words of each source."""

from typing import Any

from panel.forms import PanelForm, day, long, short
from panel.referrals.origins import CALLED
from panel.referrals.source_commands import SourceDetails
from workflows.source import Source

HINTS: dict[Source, dict[str, str]] = {
    Source.COURT: {
        "who": "For example: Kelder Youth Court",
        "charge": "As it stands on the charge sheet",
        "source_due_on": "If the child has to be back in court. The court has our answer before that day.",
        "why": "In plain words, as far as the court said it",
    },
    Source.PRE_CHARGE: {
        "who": "Name, and the police or the Crown Prosecution Service",
        "source_due_on": "If they named a day. Otherwise we answer within five working days.",
        "why": "For example: whether the panel would take the case before a charge is decided",
    },
    Source.LIAISON: {"why": "What the worker saw, without anything that the panel need not know"},
    Source.TRANSFER: {
        "who": "The youth justice team, and who to ask there",
        "stands": "For example: assessed, not decided; the plan runs until March",
    },
}


class DetailsForm(PanelForm):
    """What the source needs; made by `details_form`."""

    who = short(SourceDetails, "who")
    charge = short(SourceDetails, "charge")
    source_on = day(SourceDetails, "source_on")
    source_due_on = day(SourceDetails, "source_due_on")
    stands = long(SourceDetails, "stands", rows=4)
    why = long(SourceDetails, "why", rows=4)


def details_form(source: Source, data: dict[str, Any]) -> DetailsForm:
    """The questions of one source, in its own words."""
    form = DetailsForm(data=data)
    for field in form.visible():
        if field.name not in CALLED[source]:
            del form[field.name]
            continue
        field.label.text = CALLED[source][field.name]
        field.description = HINTS.get(source, {}).get(field.name, field.description)
    return form
