"""Pages of the day beyond document and signature: authorising, a withdrawal, a copy that is found."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.accounts.models import User
from panel.casepage import case_page
from panel.db import row_at
from panel.decisions.models import Decision
from panel.decisions.standing import police_of
from panel.disposals import authorising, copies, withdrawing
from panel.disposals import commands as c
from panel.disposals import day_forms as f
from panel.disposals.actions import NamesVictim
from panel.disposals.frame import blueprint, case, checked, frame, paper_link
from panel.disposals.models import Disposal
from panel.disposals.paper import title_of
from panel.disposals.queries import (
    decided_on,
    disposal_for,
    document_at,
    indictable_only,
    intact,
    standing_requirements,
)
from panel.documents.refused import UploadRefused
from panel.documents.uploads import CleanFile
from panel.errors import Missing
from panel.forms import PanelForm
from panel.pages import page
from panel.plans.signed_forms import scanned
from panel.referrals.models import Referral
from panel.referrals.queries import header_of
from panel.request import actor, at, db, today
from workflows.calendar import deadline, long_date, working_days_between
from workflows.disposal import Status
from workflows.requirements import BEFOREHAND, Requirement
from workflows.vocabulary import CAUTIONS, Outcome, words


@blueprint.route("/cases/<reference>/disposal/authorise", methods=["GET", "POST"])
def authorise(reference: str) -> Any:
    """Say that there is evidence and that this caution is right, before it is explained."""
    referral = case(reference, lock=True)
    disposal = disposal_for(db(), referral)
    if disposal.outcome not in CAUTIONS:
        raise Missing()
    police = police_of(db(), disposal.decision_id)
    indictable = indictable_only(db(), referral, disposal)
    form = f.AuthoriseForm(data=_said_before(disposal) | {"version": referral.version})
    form.fit(disposal.outcome, indictable=indictable, against_panel=police is not None)
    command = c.AuthoriseConditional if disposal.outcome is Outcome.YCC else c.Authorise
    if said := form.read(command):
        checked(referral, form)
        try:
            authorising.authorise(db(), referral, said, by=actor(), at=at())
        except NamesVictim as names:
            where = " and ".join(names.places)
            form.complain("evidence", f"The child may see this page: say it without the victim in {where}.")
        else:
            return redirect(url_for("disposals.explain", reference=reference), 303)
    return page(
        "disposals/authorise.html",
        form=form,
        asked=[words(one) for one in BEFOREHAND[disposal.outcome]],
        consulted=police is None,
        number=row_at(db(), Decision, disposal.decision_id).number,
        decided=long_date(decided_on(db(), disposal)),
        **frame(referral, disposal),
    )


def _said_before(disposal: Disposal) -> dict[str, Any]:
    """What was said before, to say it again; else the collar number of the account."""
    met = standing_requirements(db(), disposal)
    evidence = met.get(Requirement.R1) or met.get(Requirement.EVIDENCE)
    right = met.get(Requirement.R2) or met.get(Requirement.RIGHT)
    if evidence is None or right is None or evidence.by_id != actor().id:
        return {"collar": row_at(db(), User, actor().id).collar_number}
    same = ("rank", "collar", "authority", "cps_reference", "exception")
    said: dict[str, Any] = {name: getattr(right, name) for name in same}
    return said | {"evidence": evidence.ground, "decision": right.ground, "sufficient": True}


@blueprint.route("/cases/<reference>/disposal/child-withdraws", methods=["GET", "POST"])
def child_withdraws(reference: str) -> Any:
    """Write down that the child withdraws; the police decide what follows."""
    referral = case(reference, lock=True)
    disposal = disposal_for(db(), referral)
    if disposal.outcome is not Outcome.YCC:
        raise Missing()
    form = f.ChildWithdrawsForm(said_on=today(), version=referral.version)
    if command := form.read(c.ChildWithdraws, today=today()):
        checked(referral, form)
        withdrawing.child_withdraws(db(), referral, command, by=actor(), at=at())
        flash("Written down. The police have been told, and decide what follows.", "success")
        return redirect(url_for("disposals.view", reference=reference), 303)
    header = header_of(db(), referral, today=today())
    given = disposal.status is Status.GIVEN
    return case_page("disposals/child_withdraws.html", header, form=form, given=given)


@blueprint.route("/cases/<reference>/disposal/found", methods=["GET", "POST"])
def found(reference: str) -> Any:
    """Add a signed paper that came later, with its story."""
    referral = case(reference, lock=True)
    disposal = disposal_for(db(), referral)
    form = f.FoundForm(version=referral.version)
    if not disposal.adult_name:
        del form.adult_signed
    if command := form.read(c.Found, today=today()):
        checked(referral, form)
        scan = scanned(form)
        if scan is not None and _kept(referral, form, command, scan):
            flash("The signed copy is on the case. What was there before is kept beside it.", "success")
            return redirect(url_for("disposals.view", reference=reference), 303)
    held = document_at(db(), disposal.signed_document_id)
    return case_page(
        "disposals/found.html",
        header_of(db(), referral, today=today()),
        form=form,
        title=title_of(disposal.outcome),
        held=paper_link(referral, held),
        altered=held is not None and not intact(db(), held.id),
    )


def _kept(referral: Referral, form: PanelForm, command: c.Found, scan: CleanFile) -> bool:
    try:
        copies.found(db(), referral, command, scan, by=actor(), at=at())
    except UploadRefused as no:  # a PDF to which no seal can be added
        form.complain("scan", no.sentence)
        return False
    return True


LISTS = {
    copies.MISSING: ("Signed copies missing", "Every disposal that needs a signed copy has one."),
    copies.QUARTER: (
        "Given in the last three months",
        "No disposal that is signed was given in the last three months.",
    ),
    copies.THERE: (
        "Given in the last three months, with a signed copy",
        "No disposal with a signed copy was given in the last three months.",
    ),
}


@blueprint.get("/signed-copies")
def signed_copies() -> Any:
    """Disposals given without a signed copy, or with an altered one, the oldest first; and the figure."""
    name = request.args.get("list", copies.MISSING)
    if name not in LISTS:
        raise Missing()
    after = request.args.get("after")
    part = copies.listed(db(), actor(), name, today=today(), after=after)
    title, empty = LISTS[name]
    all_given, with_copy = copies.given_lately(db(), actor(), today=today())
    known = {copies.QUARTER: all_given, copies.THERE: with_copy}
    return page(
        "disposals/signed_copies.html",
        title=title,
        empty=empty,
        name=name,
        rows=[_line(line, name) for line in part.lines],
        total=known[name] if name in known else copies.count(db(), actor(), name, today=today()),
        with_copy=with_copy,
        all_given=all_given,
        rule=deadline("signed_copy", today(), "Signed copy").rule,
        onward=url_for("disposals.signed_copies", list=name, after=part.after) if part.after else None,
        first=url_for("disposals.signed_copies", list=name) if after else None,
    )


def _line(line: copies.Line, name: str) -> dict[str, Any]:
    due = deadline("signed_copy", line.given_on, "Signed copy").due
    days = working_days_between(line.given_on, today())
    late = {"text": "Late", "tag": "red"} if today() > due else {"text": "Due", "tag": "yellow"}
    what = {"text": "Altered", "tag": "red"} if line.altered else late
    return {
        "href": url_for("disposals.view", reference=line.reference),
        "cells": [
            {"text": line.child_name, "hint": line.reference},
            line.title,
            {"text": long_date(line.given_on), "hint": f"{days} working day{'' if days == 1 else 's'} ago"},
            *([what] if name == copies.MISSING else []),
        ],
    }


def may_add(referral: Referral) -> bool:
    """Whether the reader may add a signed paper that is found."""
    return bool(actor().roles_in(referral.area_id) & set(copies.ADDERS))
