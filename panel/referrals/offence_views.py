"""The pages of the offences: find one in the list, describe it, say how serious it is."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.codes.models import CodeRow
from panel.codes.queries import mode_of, search, version_on
from panel.errors import expect_version
from panel.forms import offer
from panel.pages import page
from panel.referrals import commands as c
from panel.referrals import forms as f
from panel.referrals import offences as actions
from panel.referrals.models import Offence
from panel.referrals.offence_words import gravity_rows, offence_lines
from panel.referrals.queries import offences_of
from panel.referrals.views import address_onward, draft_page, mine
from panel.request import actor, at, db, today
from workflows.codes import CodeList
from workflows.gravity import Factor, Matrix, presumed, worked_out
from workflows.vocabulary import SERIOUSNESS, words

blueprint = Blueprint("offences", __name__)
BASE = "/cases/<reference>/offences"
ONE = f"{BASE}/<int(max=2147483647):number>"
BY_HAND = ("title", "by_hand_reason")


def _back(reference: str) -> Any:
    return redirect(url_for("offences.index", reference=reference), 303)


@blueprint.get(BASE)
def index(reference: str) -> Any:
    """The offences so far."""
    referral = mine(reference)
    return draft_page(
        "offences/index.html",
        referral,
        press=f.PressForm(formdata=None, version=referral.version),
        offences=[
            {
                "number": o.id,
                "title": o.title,
                "lines": offence_lines(o)[1:],
                "gravity": gravity_rows(o),
                "scored": o.gravity is not None,
            }
            for o in offences_of(db(), referral)
        ],
        onward=address_onward(referral, "referrals.circumstances"),
    )


@blueprint.get(f"{BASE}/find")
def find(reference: str) -> Any:
    """Search the list in force; `change` is the offence that another code is chosen for."""
    mine(reference)
    text, change = request.args.get("q", "").strip()[:100], request.args.get("change", type=int)
    count, found = search(db(), text, today())
    results = [
        {
            "href": _chosen(reference, row.code, change),
            "title": row.title,
            "hint": f"{row.code}. {words(mode_of(row))}",
        }
        for row in found
    ]
    version = version_on(db(), CodeList.OFFENCES, today())
    return page(
        "offences/find.html",
        reference=reference,
        text=text,
        change=change,
        count=count,
        results=results,
        list_name=version.name if version else "",
        by_hand=_chosen(reference, None, change),
    )


def _chosen(reference: str, code: str | None, change: int | None) -> str:
    if change:
        return url_for("offences.change", reference=reference, number=change, code=code or "")
    return url_for("offences.add", reference=reference, code=code)


@blueprint.route(f"{BASE}/new", methods=["GET", "POST"])
def add(reference: str) -> Any:
    """Describe an offence that was chosen from the list, or type one that is not in it."""
    referral = mine(reference)
    listed = _listed(request.args.get("code", ""))
    form = _form(listed, f.OffenceForm(mode=_mode(listed), version=referral.version))
    if command := _read(form, listed):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            offence = actions.add_offence(db(), referral, command, by=actor(), at=at())
        except actions.Unfit as unfit:
            _complain(form, unfit)
        else:
            return redirect(url_for("offences.gravity", reference=reference, number=offence.id), 303)
    return _details(form, reference, listed, None)


@blueprint.route(ONE, methods=["GET", "POST"])
def change(reference: str, number: int) -> Any:
    """Change an offence; `code` in the address takes another one from the list, an empty one none."""
    referral = mine(reference)
    offence = actions.offence_of(db(), referral, number)
    listed = _listed(request.args.get("code", offence.code if offence.code_version_id else ""), offence)
    form = _form(listed, f.OffenceForm(obj=offence, version=referral.version))
    if listed is not None and listed.code != offence.code and not form.is_submitted():
        form.mode.data, form.mode_reason.data = mode_of(listed).value, ""
    if command := _read(form, listed):
        expect_version(referral, form.seen, offence.model_dump() | {"version": referral.version})
        try:
            actions.change_offence(db(), referral, offence, command, by=actor(), at=at())
        except actions.Unfit as unfit:
            _complain(form, unfit)
        else:
            flash("The offence has been changed.", "success")
            return _back(reference)
    return _details(form, reference, listed, offence)


def _listed(code: str, offence: Offence | None = None) -> CodeRow | None:
    day = (offence.ended_on or offence.committed_on) if offence else None
    return actions.listed_offence(db(), code, day, today()) if code else None


def _mode(listed: CodeRow | None) -> str | None:
    return mode_of(listed).value if listed else None


def _form(listed: CodeRow | None, form: f.OffenceForm) -> f.OffenceForm:
    for name in BY_HAND if listed else ("mode_reason",):
        delattr(form, name)
    return form


def _read(form: f.OffenceForm, listed: CodeRow | None) -> c.OffenceDetails | None:
    more = {"code": listed.code, "title": listed.title} if listed else {}
    return form.read(c.OffenceDetails, today=today(), **more)


def _complain(form: Any, unfit: actions.Unfit) -> None:
    for name, sentence in unfit.sentences.items():
        form.complain(name, sentence)


def _details(form: f.OffenceForm, reference: str, listed: CodeRow | None, offence: Offence | None) -> Any:
    months = listed.details["prosecute_months"] if listed else None
    return page(
        "offences/details.html",
        form=form,
        reference=reference,
        listed=listed,
        listed_mode=words(mode_of(listed)) if listed else "",
        months=months,
        number=offence.id if offence else None,
        rare=_rare_open(form, months),
    )


def _rare_open(form: f.OffenceForm, months: int | None) -> bool:
    """Whether what is rarely needed is shown at once."""
    names = [name for name in f.RARE if name in form]
    return bool(months) or any(form[name].errors or form[name].data for name in names if name != "mode")


@blueprint.post(f"{ONE}/remove")
def remove(reference: str, number: int) -> Any:
    """Take an offence off the referral."""
    referral = mine(reference)
    actions.remove_offence(db(), referral, number, by=actor(), at=at())
    flash("The offence has been removed.", "success")
    return _back(reference)


@blueprint.route(f"{ONE}/gravity", methods=["GET", "POST"])
def gravity(reference: str, number: int) -> Any:
    """Give an offence its gravity score, by the matrix that is in force today."""
    referral = mine(reference)
    offence = actions.offence_of(db(), referral, number)
    matrix = actions.matrix_for(db(), offence, today())
    if matrix is None:
        return page("offences/no_matrix.html", reference=reference, offence=offence)
    form = _gravity_form(offence, matrix, referral.version)
    if command := form.read(c.GravityDetails):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            actions.give_gravity(db(), referral, offence, command, by=actor(), at=at())
        except actions.Unfit as unfit:
            _complain(form, unfit)
        else:
            return _back(reference)
    return page(
        "offences/gravity.html",
        form=form,
        reference=reference,
        offence=offence,
        matrix=matrix,
        scale=[{"score": score, "presumes": _presumed(matrix, score)} for score in matrix.scale],
    )


def _gravity_form(offence: Offence, matrix: Matrix, version: int) -> f.GravityForm:
    ticked = [factor["key"] for factor in offence.gravity_factors]
    given = offence.gravity_base is not None
    base = offence.gravity_base if given else matrix.listed
    saved = {
        "base": "" if base is None else str(base),
        "aggravating": ticked,
        "mitigating": ticked,
        "adjustment": str(offence.gravity_adjustment) if given else None,
        "final": str(offence.gravity) if given and _set_by_hand(offence, matrix) else "",
        "reason": offence.gravity_reason,
        "version": version,
    }
    form = f.GravityForm(data=saved)
    offer(form.aggravating, _pairs([factor for factor in matrix.factors if factor.aggravates]))
    offer(form.mitigating, _pairs([factor for factor in matrix.factors if not factor.aggravates]))
    offer(form.adjustment, [(step, _step(step)) for step in reversed(matrix.adjustments)])
    return form


def _set_by_hand(offence: Offence, matrix: Matrix) -> bool:
    base = offence.gravity_base
    return base is not None and offence.gravity != worked_out(matrix, base, offence.gravity_adjustment)


def _pairs(factors: list[Factor]) -> list[tuple[str, str]]:
    return [(factor.key, factor.words) for factor in factors]


def _step(step: int) -> str:
    if step == 0:
        return "Leave it as it is"
    return f"{'Raise' if step > 0 else 'Lower'} it by {abs(step)}"


def _presumed(matrix: Matrix, score: int) -> str:
    outcomes = sorted(presumed(matrix, score), key=SERIOUSNESS.index)
    return " or ".join(words(outcome).lower() for outcome in outcomes) or "nothing"
