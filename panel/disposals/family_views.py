"""What the family can have on paper now, and what of it was handed over."""

from typing import Any

from flask import flash, redirect, url_for

from panel.casepage import case_page
from panel.disposals import family
from panel.disposals.frame import blueprint, case, checked, paper_link
from panel.disposals.paper import title_of
from panel.disposals.queries import disposal_for
from panel.disposals.sign_commands import HandOver
from panel.documents.models import Kind
from panel.forms import PanelForm, offer, several
from panel.referrals.queries import child_of, header_of
from panel.request import actor, at, db, today
from workflows.calendar import clock_words
from workflows.roles import POLICE, Role

HANDS_OVER = frozenset({*POLICE, Role.CASE_MANAGER})
ABOUT = {
    Kind.CHILD_COPY: "The signed paper: the child keeps this copy",
    Kind.SIGNED_COPY: "The paper as it was signed by hand",
    Kind.DISPOSAL: "The paper as it was shown",
    Kind.EASY_READ: "Short sentences, big letters, two sides at most",
    Kind.PARENT_PAGE: "What it means, what you can do, dates, who to call, how to complain",
}


class HandOverForm(PanelForm):
    """Which papers the family took with them."""

    papers = several(HandOver, "papers")


@blueprint.route("/cases/<reference>/disposal/papers", methods=["GET", "POST"])
def papers(reference: str) -> Any:
    """You can have this on paper now: every paper for the family, to print."""
    referral = case(reference, lock=True)
    disposal = disposal_for(db(), referral)
    found = family.papers_for(db(), disposal)
    waiting = [one.document for one in found if one.handed_at is None]
    form = HandOverForm(version=referral.version)
    offer(form.papers, [(document.number, document.title) for document in waiting])
    if command := form.read(HandOver):
        checked(referral, form)
        family.hand_over(db(), referral, disposal, command.papers, by=actor(), at=at())
        flash("Written down: the family has these papers.", "success")
        return redirect(url_for("disposals.papers", reference=reference), 303)
    return case_page(
        "disposals/papers.html",
        header_of(db(), referral, today=today()),
        form=form,
        title=title_of(disposal.outcome),
        child=child_of(db(), referral),
        papers=[
            {
                "link": paper_link(referral, one.document),
                "about": ABOUT.get(one.document.kind, ""),
                "handed": clock_words(one.handed_at) if one.handed_at else "",
            }
            for one in found
        ],
        hands_over=bool(waiting) and bool(actor().roles_in(referral.area_id) & HANDS_OVER),
    )
