"""What the pages of giving a disposal share."""

from typing import Any, cast

from flask import Blueprint, current_app, url_for

from panel.decisions.standing import conditions_standing
from panel.disposals import standing
from panel.disposals.models import Disposal
from panel.disposals.paper import Issuer, binds, title_of
from panel.disposals.queries import (
    document_at,
    signatures_of,
    user_name,
)
from panel.documents.models import Document
from panel.errors import expect_version
from panel.forms import PanelForm
from panel.plans.queries import plan_of
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import mended_at
from panel.web import PanelApp
from workflows.flow import Refusal

blueprint = Blueprint("disposals", __name__)


def case(reference: str, *, lock: bool = False) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def issuer() -> Issuer:
    """Who issues documents here."""
    settings = cast(PanelApp, current_app).settings
    return Issuer(settings.force_name, settings.demo)


def checked(referral: Referral, form: PanelForm) -> None:
    """Raise `Stale` when somebody changed the case after the page was shown."""
    expect_version(referral, form.seen, {"version": referral.version})


def shown(refusals: tuple[Refusal, ...]) -> list[dict[str, Any]]:
    """Refusals as the pages show them."""
    return [
        {
            "name": r.name,
            "says": r.says,
            "hard": r.hard,
            "source": f"{r.source} ({r.rule})",
            "href": mended_at(r.where),
        }
        for r in refusals
    ]


def paper_link(referral: Referral, document: Document | None) -> dict[str, Any] | None:
    """A document as a link."""
    if document is None:
        return None
    href = url_for("cases.document", reference=referral.reference, number=document.number)
    return {"text": document.title, "href": href, "media_type": document.media_type}


def told(referral: Referral, disposal: Disposal | None) -> dict[str, Any]:
    """The documents, how it was explained and signed, and what follows for records."""
    if disposal is None:
        return {"papers": [], "rows": [], "records": []}
    documents = [document_at(db(), i) for i in (disposal.document_id, disposal.signed_document_id)]
    explained_by = user_name(db(), disposal.explained_by_id)
    rows = standing.told_rows(disposal, signatures_of(db(), disposal.id), explained_by)
    plan = plan_of(db(), referral.id)
    decided = max((step.due_on for step in conditions_standing(db(), disposal.decision_id)), default=None)
    ends = plan.ends_on if plan else decided  # a variation moves the end
    given = disposal.given_on
    return {
        "papers": [paper for document in documents if (paper := paper_link(referral, document))],
        "rows": rows,
        "records": standing.record_rows(disposal.outcome, given, ends, today=today()) if given else [],
    }


def frame(referral: Referral, disposal: Disposal) -> dict[str, Any]:
    """What every page of giving shows."""
    return {
        "reference": referral.reference,
        "disposal": disposal,
        "child": child_of(db(), referral),
        "title": title_of(disposal.outcome),
        "binding": binds(disposal.outcome),
        "paper": paper_link(referral, document_at(db(), disposal.document_id)),
    }
