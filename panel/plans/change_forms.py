"""The pages on which a plan is changed and agreed."""

from typing import Any

from wtforms import HiddenField

from panel.forms import PanelForm, day, file, long, one_of, short, tick, yes_no
from panel.plans import change_commands as c
from panel.stepform import StepForm
from workflows.plan_parts import LinkKind, Risk, Serves


class Drawing(HiddenField):  # type: ignore[misc]
    """A signature as the pad posts it; the signature box writes its own input."""

    @staticmethod
    def widget(_field: Any, **_kwargs: Any) -> str:
        """Nothing: see `components/signature.html`."""
        return ""


class OwnedForm(PanelForm):
    """What the plan adds to a step."""

    owner = short(c.StepOwned, "owner", "A person by name: a worker, a carer, or somebody of another agency")
    starts_on = day(c.StepOwned, "starts_on", "Leave it empty when it starts at once")
    serves = one_of(c.StepOwned, "serves", Serves, "A step that protects somebody never names them")


class PlannedForm(StepForm):
    """A step that is agreed and binds nobody."""

    owner = short(c.StepOwned, "owner", "A person by name: a worker, a carer, or somebody of another agency")
    starts_on = day(c.StepOwned, "starts_on", "Leave it empty when it starts at once")
    serves = one_of(c.StepOwned, "serves", Serves, "A step that protects somebody never names them")


class ContingencyForm(PanelForm):
    """What is done when things get worse."""

    trigger = long(
        c.Contingency,
        "trigger",
        "For example: he stays out after ten, or is seen with the older group",
        rows=3,
    )
    action = long(c.Contingency, "action", "A named action. Do not name the victim.", rows=4)
    who = short(c.Contingency, "who", "A person by name and role")
    risk = one_of(c.Contingency, "risk", Risk)


class LinkedForm(PanelForm):
    """A plan of another service."""

    kind = one_of(c.Linked, "kind", LinkKind)
    held_by = short(c.Linked, "held_by", "For example: children's social care, north team")
    contact = short(c.Linked, "contact", "For example: Ana Reyes, social worker")
    fit = long(
        c.Linked, "fit", "For example: one joint meeting each month; no two appointments on one day", rows=3
    )


class ExitForm(PanelForm):
    """A way into mainstream services."""

    service = short(c.Exit, "service", "For example: Kelder Boxing Club")
    what_for = short(
        c.Exit, "what_for", "For example: somewhere to be on Friday nights, with a coach he trusts"
    )
    who = short(c.Exit, "who", "A person by name")
    by_when = day(c.Exit, "by_when")


class ExitDoneForm(PanelForm):
    """What became of it."""

    happened = yes_no(c.ExitDone, "happened")
    happened_on = day(c.ExitDone, "happened_on")
    said = long(c.ExitDone, "said", "For example: he went twice and likes the coach", rows=3)


class WhyForm(PanelForm):
    """Why the plan is changed."""

    why = long(c.Why, "why", "Read with every version. Do not name the victim.", rows=3)


class AgreeNames(PanelForm):
    """Names beside the signatures."""

    child_name = short(c.Agree, "child_name")
    adult_name = short(c.Agree, "adult_name")
    not_signed = long(c.Agree, "not_signed", "Leave it empty when both signed", rows=2)


class AgreeForm(AgreeNames):
    """Signatures drawn on the screen."""

    child_drawing = Drawing("The child's signature")
    adult_drawing = Drawing("The adult's signature")


class AgreeOnPaperForm(AgreeNames):
    """Who signed the paper, and a scan or photo of it."""

    child_signed = tick(c.AgreeOnPaper, "child_signed")
    adult_signed = tick(c.AgreeOnPaper, "adult_signed")
    scan = file(
        "Scan or photo of the signed paper", "PDF, JPEG or PNG, up to 25 MB. Every page must be on it."
    )
