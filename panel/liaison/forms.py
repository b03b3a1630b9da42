"""The pages of liaison and diversion."""

from typing import Any

from config.liaison import NeedAsked
from panel.forms import PanelForm, day, long, one_of, short, yes_no
from panel.liaison import commands as c
from workflows.keeping import Way
from workflows.liaison import Need, Result

PREFIX = "n_"


class AttemptForm(PanelForm):
    """An attempt to reach the child."""

    happened_on = day(c.Attempt, "happened_on")
    way = one_of(c.Attempt, "way", Way)
    reached = yes_no(c.Attempt, "reached")
    said = long(c.Attempt, "said", "Do not name the victim.", rows=3)


class AssessForm(PanelForm):
    """A short assessment; made by `assess_form`."""

    happened_on = day(c.Assess, "happened_on")
    said = long(c.Assess, "said", "In their own words where you can. Do not name the victim.")
    worry = yes_no(c.Assess, "worry")
    agrees = yes_no(c.Assess, "agrees", "It is voluntary, and nothing follows from a no.")

    def needs(self) -> dict[str, str]:
        """The needs that were answered."""
        given = {name: field.data for name, field in self._fields.items() if name.startswith(PREFIX)}
        return {name.removeprefix(PREFIX): value for name, value in given.items() if value}


class OfferForm(PanelForm):
    """Help that is offered."""

    happened_on = day(c.Offer, "happened_on")
    said = long(c.Offer, "said", rows=3)
    who = short(c.Offer, "who")
    where_at = short(c.Offer, "where_at")
    when_at = short(c.Offer, "when_at", "A time that fits school, work and faith")


class FinishForm(PanelForm):
    """How the work ended."""

    happened_on = day(c.Finish, "happened_on")
    result = one_of(c.Finish, "result", Result)
    passed_to = short(c.Finish, "passed_to")
    said = long(c.Finish, "said", "Do not name the victim.", rows=4)


def assess_form(asked: tuple[NeedAsked, ...], **more: Any) -> AssessForm:
    """The form with its kinds of need first."""
    fields = {f"{PREFIX}{need.key}": one_of(c.Attempt, "way", Need) for need in asked}
    form: AssessForm = type("AssessFormHere", (AssessForm,), fields)(**more)
    for need in asked:
        form._fields[f"{PREFIX}{need.key}"].label.text = need.says
    return form
