"""The pages of the police papers: those so far, one more, and a wrong one taken off."""

from typing import Any

from flask import flash, redirect, url_for

from panel.documents.expected import expected
from panel.documents.models import Kind
from panel.documents.queries import papers as papers_of
from panel.documents.refused import UploadRefused
from panel.errors import expect_version
from panel.pages import page
from panel.receiving import received
from panel.referrals import commands as c
from panel.referrals import filing
from panel.referrals import forms as f
from panel.referrals.views import blueprint, draft_page, mine
from panel.request import actor, at, db, today


@blueprint.route("/cases/<reference>/papers", methods=["GET", "POST"])
def papers(reference: str) -> Any:
    """The police papers so far, and one more."""
    referral = mine(reference)
    form = f.PaperForm(version=referral.version)
    if command := form.read(c.PaperDetails):
        try:
            clean = received("paper", "Choose a file")
        except UploadRefused as no:
            form.complain("paper", no.sentence)
        else:
            added = filing.add_paper(db(), referral, command, clean, by=actor(), at=at())
            flash(f"{added.title}: the paper has been added.", "success")
            return redirect(url_for("referrals.papers", reference=reference), 303)
    listed = papers_of(db(), referral.id, kinds=(Kind.POLICE_PAPER,))
    removable = referral.status in filing.NOT_SENT
    return draft_page(
        "referrals/papers.html",
        referral,
        form=form,
        papers=[(paper, removable and paper.added_by_id == actor().id) for paper in listed],
        expected=expected(listed, today()),
    )


@blueprint.route("/cases/<reference>/papers/<int(max=2147483647):number>/remove", methods=["GET", "POST"])
def remove_paper(reference: str, number: int) -> Any:
    """Take a wrong paper off the referral, with the reason."""
    referral = mine(reference)
    paper = filing.own_paper(db(), referral, number, by=actor())
    form = f.ReasonForm(version=referral.version)
    if command := form.read(c.WithReason):
        expect_version(referral, form.seen, {"version": referral.version})
        filing.remove_paper(db(), referral, number, command, by=actor(), at=at())
        flash(f"{paper.title}: the paper has been removed.", "success")
        return redirect(url_for("referrals.papers", reference=reference), 303)
    return page("referrals/remove_paper.html", form=form, reference=reference, paper=paper)
