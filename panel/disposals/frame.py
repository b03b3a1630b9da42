"""What the pages of giving a disposal share."""

from typing import Any, cast

from flask import Blueprint, current_app, url_for

from panel.decisions.standing import conditions_standing
from panel.disposals import family, standing
from panel.disposals.copies import found_of
from panel.disposals.day_shown import checklist, shown_explanation
from panel.disposals.explaining import explanations_of
from panel.disposals.follows import rows_after
from panel.disposals.models import Disposal
from panel.disposals.paper import Issuer, binds, title_of
from panel.disposals.queries import (
    document_at,
    not_signed_of,
    signatures_of,
    standing_requirements,
    user_name,
)
from panel.disposals.withdrawing import withdrawal_of
from panel.documents.models import Document
from panel.documents.signed import looked_at
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


def _with_seal(referral: Referral, document: Document) -> dict[str, Any]:
    """A document as a link and, when it was signed, what a check of its bytes and its seal finds now."""
    found = looked_at(db(), document)
    finding = {"seal": found.says if found else "", "whole": found is None or found.whole}
    return (paper_link(referral, document) or {}) | finding


def told(referral: Referral, disposal: Disposal | None) -> dict[str, Any]:
    """The documents, how it was explained and signed, and what follows for records."""
    if disposal is None:
        empty: tuple[str, ...] = ("papers", "rows", "records", "requirements", "explanations", "found")
        return {name: [] for name in empty} | {"withdrawal": None}
    documents = [document_at(db(), i) for i in (disposal.document_id, disposal.signed_document_id)]
    documents += [one.document for one in family.papers_for(db(), disposal)]
    listed = {document.id: document for document in documents if document is not None}
    explained_by = user_name(db(), disposal.explained_by_id)
    signed = (signatures_of(db(), disposal.id), not_signed_of(db(), disposal.id))
    rows = standing.told_rows(disposal, *signed, explained_by)
    plan = plan_of(db(), referral.id)
    decided = max((step.due_on for step in conditions_standing(db(), disposal.decision_id)), default=None)
    ends = plan.ends_on if plan else decided  # a variation moves the end
    return {
        "papers": [_with_seal(referral, document) for document in listed.values()],
        "rows": rows,
        "records": rows_after(db(), referral, disposal, ends, today=today()),
        "requirements": checklist(disposal.outcome, standing_requirements(db(), disposal)),
        "explanations": [shown_explanation(one) for one in explanations_of(db(), disposal.id)],
        "withdrawal": withdrawal_of(db(), disposal.id),
        "found": found_of(db(), disposal.id),
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
