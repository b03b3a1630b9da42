"""The frame of a case: its header and the tabs that this reader may open."""

from typing import Any, cast

from flask import current_app, request, url_for

from panel.forms import PanelForm
from panel.pages import page
from panel.request import actor
from panel.web import PanelApp

TABS = (
    ("Overview", "cases.overview"),
    ("Offence", "cases.offence"),
    ("Victims", "victims.view"),
    ("Assessment", "assessments.view"),
    ("Safety", "concerns.index"),
    ("Panel", "decisions.view"),
    ("Disposal", "disposals.view"),
    ("Plan", "plans.view"),
    ("Documents", "cases.documents"),
    ("History", "cases.history"),
)

# A page of its own that belongs to a tab with several.
PAGES_OF = {"cases.history": "telling.case"}
# Pages that stand apart in the code and belong to a tab for the reader.
UNDER = {
    "countersigning": "assessments",
    "reopening": "assessments",
    "packs": "decisions",
    "rulings": "decisions",
    "before_panel": "decisions",
    "telling": "cases",
    "appointments": "disposals",
    "compliance": "plans",
    "closing": "plans",
    "liaison": "plans",
    "contacts": "plans",
    "variations": "plans",
}


def tabs(reference: str) -> list[dict[str, Any]]:
    """The tabs of a case that the signed-in person may open."""
    gates = cast(PanelApp, current_app).gates
    here = (request.endpoint or "").split(".")[0]
    here = UNDER.get(here, here)
    return [
        {
            "text": text,
            "href": url_for(endpoint, reference=reference),
            "current": request.endpoint in (endpoint, PAGES_OF.get(endpoint))
            or (here != "cases" and endpoint.startswith(f"{here}.")),
        }
        for text, endpoint in TABS
        if gates[endpoint].lets_in(actor().roles, "GET")
    ]


def case_page(
    template: str, header: Any, *, form: PanelForm | None = None, status: int = 200, **context: Any
) -> Any:
    """A page of one case: `template` extends `case.html`."""
    return page(template, form=form, status=status, header=header, tabs=tabs(header.reference), **context)
