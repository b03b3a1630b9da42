"""Who the child is: typed, looked for among the children known here, and changed later."""

from typing import Any

from flask import redirect, url_for

from panel.codes.queries import ethnicities, ethnicity_code
from panel.errors import expect_version
from panel.forms import offer
from panel.pages import page
from panel.referrals import commands as c
from panel.referrals import forms as f
from panel.referrals import starting
from panel.referrals.match_pages import details_page, match_page
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.referrals.summary import NUMBERS
from panel.referrals.views import blueprint, draft_page, mine, onward, saved
from panel.request import actor, at, db, today
from workflows.roles import REFERRERS


@blueprint.route("/referrals/new", methods=["GET", "POST"])
def start() -> Any:
    """Refer a child: who the child is."""
    form = f.ChildForm()
    if command := form.read(c.ChildDetails, today=today()):
        areas = actor().areas_as(*REFERRERS)
        asked, near = starting.search(db(), command, areas[0], by=actor(), at=at())
        if near:
            return redirect(url_for("referrals.match", reference=asked.token), 303)
        return redirect(_source(starting.begin_new(db(), command, areas[0], by=actor(), at=at())), 303)
    return child_page(form)


def offer_ethnicities(form: Any) -> None:
    """Offer the codes in force; a code of an older list stands for the one that replaced it."""
    listed = ethnicities(db(), today())
    offer(
        form.ethnicity, [(code, f"{code} – {said}") for code, said in listed.items()], first="Not asked yet"
    )
    if form.ethnicity.data and form.ethnicity.data not in listed:
        form.ethnicity.data = ethnicity_code(db(), form.ethnicity.data, today()) or ""


def child_page(form: f.ChildForm, beside: str | None = None) -> Any:
    """The page that asks who a new child is; `beside` is the case in which this child took part too."""
    return page("referrals/child.html", form=form, reference=None, writing=False, **_asked(form, beside))


def _asked(form: f.ChildForm, beside: str | None = None) -> dict[str, Any]:
    offer_ethnicities(form)
    filled = any(form[name].data or form[name].errors for name in NUMBERS)
    return {"beside": beside, "numbers": NUMBERS, "filled": filled}


@blueprint.route("/referrals/new/<reference>", methods=["GET", "POST"])
def match(reference: str) -> Any:
    """Is the typed child one of those known here?"""
    return match_page(reference, done=_source, details=_details)


@blueprint.route("/referrals/new/<reference>/<int(max=2147483647):number>", methods=["GET", "POST"])
def match_details(reference: str, number: int) -> Any:
    """It is a child known here: which details are right?"""
    back = url_for("referrals.match", reference=reference)
    return details_page(reference, number, done=_source, back=back)


def _details(token: str, number: int) -> str:
    return url_for("referrals.match_details", reference=token, number=number)


def _source(referral: Referral) -> str:
    return url_for("referrals.source", reference=referral.reference)


@blueprint.route("/cases/<reference>/child", methods=["GET", "POST"])
def child(reference: str) -> Any:
    """Who the child is."""
    referral = mine(reference)
    person = child_of(db(), referral)
    form = f.ChildForm(obj=person, version=referral.version)
    if command := form.read(c.ChildDetails, today=today()):
        expect_version(referral, form.seen, saved(person, referral))
        starting.save_child(db(), referral, command, by=actor(), at=at())
        return onward(referral, "referrals.source")
    return draft_page("referrals/child.html", referral, form=form, **_asked(form))
