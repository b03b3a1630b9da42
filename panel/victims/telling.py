"""The officer's pages about victims: short, and only until the referral is sent."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.errors import Missing
from panel.pages import page
from panel.referrals.frame import case
from panel.referrals.models import Referral
from panel.request import actor, at, db
from panel.victims import actions
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims.desk import BASE, blueprint, unchanged
from panel.victims.models import Victim
from panel.victims.queries import contact_of, told_by, victims_of
from panel.victims.taking_over import take_over, to_take_over


@blueprint.route(f"{BASE}/tell", methods=["GET", "POST"])
def tell(reference: str) -> Any:
    """Is there a victim? Afterwards: who has been named so far."""
    referral = case(reference)
    actions.writable(referral, actor())
    named = victims_of(db(), referral.id)
    form = f.IsThereForm(data={"is_there": referral.victim_identified, "version": referral.version})
    if command := form.read(c.IsThere):
        unchanged(referral, form, {"is_there": referral.victim_identified})
        if named:
            raise Missing()
        actions.answer(db(), referral, is_there=command.is_there, by=actor(), at=at())
        return _to("victims.tell_add", reference) if command.is_there else _onward(reference)
    if not named:
        source, own = to_take_over(db(), referral, actor())
        press = f.PressForm(formdata=None, version=referral.version)
        found = {"source": source, "count": len(own), "press": press}
        return page("victims/is_there.html", form=form, reference=reference, found=found if own else None)
    return page(
        "victims/named.html",
        reference=reference,
        victims=_cards(referral, named),
        onward=_onward_url(reference),
        press=f.PressForm(formdata=None, version=referral.version),
    )


def _cards(referral: Referral, named: list[Victim]) -> list[dict[str, Any]]:
    own = {victim.id for victim in told_by(named, referral, actor())}
    return [
        {
            "place": victim.place,
            "mine": victim.id in own,
            "text": _says(victim) if victim.id in own else "",
            "removable": not victim.taken_up,
        }
        for victim in named
    ]


def _says(victim: Victim) -> str:
    if victim.objects_to_sharing:
        return "Objects to their details being passed on"
    return victim.name or "No name yet"


@blueprint.post(f"{BASE}/tell/same")
def tell_same(reference: str) -> Any:
    """Name the victims whom one named in the case of another child of the incident."""
    referral = case(reference)
    actions.writable(referral, actor())
    unchanged(referral, f.PressForm(), {"is_there": referral.victim_identified})
    take_over(db(), referral, by=actor(), at=at())
    flash("Taken over. Look at each of them: whether they live with this child is asked anew.", "success")
    return _to("victims.tell", reference)


@blueprint.route(f"{BASE}/tell/add", methods=["GET", "POST"])
def tell_add(reference: str) -> Any:
    """Who was harmed, and how to reach them."""
    return _tell_one(case(reference), None, {})


@blueprint.route(f"{BASE}/tell/<int(max=9999):place>", methods=["GET", "POST"])
def tell_one(reference: str, place: int) -> Any:
    """Change what one typed of a victim."""
    referral = case(reference)
    actions.writable(referral, actor())
    own = {v.place: v for v in told_by(victims_of(db(), referral.id), referral, actor())}
    if place not in own:
        raise Missing()
    return _tell_one(referral, place, typed_before(own[place]))


def typed_before(victim: Victim) -> dict[str, Any]:
    """What a form about a victim starts with."""
    contact = contact_of(db(), victim)
    return contact.model_dump() | victim.model_dump() | {"objects": victim.objects_to_sharing}


def _tell_one(referral: Referral, place: int | None, before: dict[str, Any]) -> Any:
    actions.writable(referral, actor())
    form = f.TellForm(data=before | {"version": referral.version})
    if command := form.read(c.Told):
        unchanged(referral, form, before)
        actions.tell(db(), referral, command, by=actor(), at=at(), place=place)
        return _to("victims.tell", referral.reference)
    return page("victims/tell.html", form=form, reference=referral.reference, place=place)


@blueprint.post(f"{BASE}/tell/<int(max=9999):place>/remove")
def tell_remove(reference: str, place: int) -> Any:
    """Take a victim off the referral."""
    referral = case(reference)
    actions.remove(db(), referral, place, by=actor(), at=at())
    flash("The victim has been removed.", "success")
    return _to("victims.tell", reference)


def _to(endpoint: str, reference: str) -> Any:
    # Where the officer came from is kept while several pages are filled in.
    where = {"from": request.args["from"]} if "from" in request.args else {}
    values: dict[str, Any] = {"reference": reference, **where}
    return redirect(url_for(endpoint, **values), 303)


def _onward(reference: str) -> Any:
    return redirect(_onward_url(reference), 303)


def _onward_url(reference: str) -> str:
    came_from = request.args.get("from", "")
    endpoint = f"referrals.{came_from}" if came_from in ("check", "tasks") else "referrals.papers"
    return url_for(endpoint, reference=reference)
