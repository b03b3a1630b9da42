"""Who the child is: typed, looked for among the children known here, and changed later."""

from typing import Any

from flask import Blueprint, redirect, request, url_for

from panel.codes.queries import ethnicities, ethnicity_code
from panel.errors import expect_version
from panel.forms import offer
from panel.pages import page
from panel.referrals import commands as c
from panel.referrals import forms as f
from panel.referrals import starting
from panel.referrals.match_pages import details_page, match_page
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.case import Status
from workflows.roles import POLICE

NUMBERS = ("pnc_id", "cro_number", "upn", "nhs_number")


def install(blueprint: Blueprint) -> None:
    """Add these pages to the room."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/referrals/new", view_func=start, methods=both)
    blueprint.add_url_rule("/referrals/new/<reference>", view_func=match, methods=both)
    blueprint.add_url_rule(
        "/referrals/new/<reference>/<int(max=2147483647):number>", view_func=match_details, methods=both
    )
    blueprint.add_url_rule("/cases/<reference>/child", view_func=child, methods=both)


def start() -> Any:
    """Refer a child: who the child is."""
    form = f.ChildForm()
    if command := form.read(c.ChildDetails, today=today()):
        areas = actor().areas_as(*POLICE)
        asked, near = starting.search(db(), command, areas[0], by=actor(), at=at())
        if near:
            return redirect(url_for("referrals.match", reference=asked.token), 303)
        return redirect(_carer(starting.begin_new(db(), command, areas[0], by=actor(), at=at())), 303)
    return child_page(form)


def offer_ethnicities(form: f.ChildForm) -> None:
    """Offer the codes in force; a code of an older list stands for the one that replaced it."""
    listed = ethnicities(db(), today())
    offer(
        form.ethnicity, [(code, f"{code} – {said}") for code, said in listed.items()], first="Not asked yet"
    )
    if form.ethnicity.data and form.ethnicity.data not in listed:
        form.ethnicity.data = ethnicity_code(db(), form.ethnicity.data, today()) or ""


def child_page(form: f.ChildForm, reference: str | None = None, beside: str | None = None) -> Any:
    """The page that asks who the child is; `beside` is the case that another child took part in."""
    offer_ethnicities(form)
    filled = any(form[name].data or form[name].errors for name in NUMBERS)
    return page(
        "referrals/child.html", form=form, reference=reference, beside=beside, numbers=NUMBERS, filled=filled
    )


def match(reference: str) -> Any:
    """Is the typed child one of those known here?"""
    return match_page(reference, done=_carer, details=_details)


def match_details(reference: str, number: int) -> Any:
    """It is a child known here: which details are right?"""
    back = url_for("referrals.match", reference=reference)
    return details_page(reference, number, done=_carer, back=back)


def _details(token: str, number: int) -> str:
    return url_for("referrals.match_details", reference=token, number=number)


def _carer(referral: Referral) -> str:
    return url_for("referrals.carer", reference=referral.reference)


def child(reference: str) -> Any:
    """Who the child is."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    person = child_of(db(), referral)
    form = f.ChildForm(obj=person, version=referral.version)
    if command := form.read(c.ChildDetails, today=today()):
        expect_version(referral, form.seen, person.model_dump() | {"version": referral.version})
        starting.save_child(db(), referral, command, by=actor(), at=at())
        return redirect(_after_child(referral), 303)
    return child_page(form, reference)


def _after_child(referral: Referral) -> str:
    drafting = referral.status in (Status.DRAFT, Status.SENT_BACK)
    endpoint = "referrals.carer" if drafting else "cases.offence"
    if drafting and request.args.get("from") == "check":
        endpoint = "referrals.check"
    return url_for(endpoint, reference=referral.reference)
