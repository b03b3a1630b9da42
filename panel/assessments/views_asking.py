"""Who is asked about the child, and the directory of the agencies that take our mail."""

from typing import Any

from flask import flash, redirect, url_for

from panel.assessments import asking
from panel.assessments import part_commands as c
from panel.assessments import part_forms as f
from panel.assessments.forms import PressForm
from panel.assessments.marks import expect_mark, mark_of
from panel.assessments.models import Assessment
from panel.assessments.reading import Written, everything, row_of
from panel.assessments.telling import source_lines, source_name
from panel.assessments.views import BASE, blueprint, header, my_case
from panel.assessments.views_steps import NUMBER
from panel.assessments.views_writing import to_write
from panel.assessments.written import AgencyContact, Source
from panel.casepage import case_page
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.assessment_parts import AGENCIES, NEEDS_REASON, Answer
from workflows.roles import Role
from workflows.vocabulary import words


@blueprint.get(f"{BASE}/sources")
def sources(reference: str) -> Any:
    """Everybody who was asked, and what became of it."""
    referral, assessment = to_write(reference)
    found = assessment or Assessment(referral_id=referral.id, author_id=actor().id)
    written = everything(db(), referral, found, today=today())
    asked = {source.kind for source in written.sources}
    return case_page(
        "assessments/sources.html",
        header(referral),
        sources=[_shown(written, source) for source in written.sources],
        not_yet=[words(kind) for kind in AGENCIES if kind not in asked],
        press=PressForm(formdata=None),
    )


def _shown(written: Written, source: Source) -> dict[str, Any]:
    waiting = source.answer is Answer.WAITING
    overdue = waiting and source.due_on is not None and source.due_on < today()
    colour = "red" if overdue else "blue" if waiting else "grey" if source.answer in NEEDS_REASON else "green"
    return {
        "number": source.id,
        "title": source_name(source),
        "lines": source_lines(written, source),
        "state": "Overdue" if overdue else words(source.answer),
        "colour": colour,
        "waiting": waiting,
        "asked": source.answer is not Answer.NOT_ASKED,
    }


@blueprint.route(f"{BASE}/source", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/sources/{NUMBER}", methods=["GET", "POST"])
def source(reference: str, number: int | None) -> Any:
    """Write down who is asked, or put it right."""
    referral, assessment = to_write(reference)
    before = row_of(db(), Source, assessment, number) if number else None
    saved: dict[str, Any] = {}
    if before is not None:
        reason = before.reason if before.answer is Answer.NOT_ASKED else ""
        saved = {"kind": before.kind, "who": before.who, "asked_on": before.asked_on}
        saved["not_asked_because"] = reason
    form = f.AskForm(data=saved, version=mark_of(saved))
    if command := form.read(c.Asking, today=today()):
        expect_mark(saved, form.seen, command.model_dump())
        if number is None:
            asking.ask(db(), referral, [command], by=actor(), at=at())
        else:
            asking.change(db(), referral, number, command, by=actor(), at=at())
        flash("Saved.", "success")
        return redirect(url_for("assessments.sources", reference=reference), 303)
    return case_page("assessments/source.html", header(referral), form=form, new=before is None)


@blueprint.route(f"{BASE}/sources/{NUMBER}/answer", methods=["GET", "POST"])
def answer(reference: str, number: int) -> Any:
    """Write down what became of asking."""
    referral, assessment = to_write(reference)
    before = row_of(db(), Source, assessment, number)
    saved = {"answer": before.answer, "answered_on": before.answered_on, "reason": before.reason}
    form = f.AnswerForm(data=saved, version=mark_of(saved))
    if command := form.read(c.Answering, today=today()):
        expect_mark(saved, form.seen, command.model_dump())
        asking.answer(db(), referral, number, command, by=actor(), at=at())
        flash("Saved. What was said belongs into the sections, as statements with this source.", "success")
        return redirect(url_for("assessments.sources", reference=reference), 303)
    return case_page("assessments/answer.html", header(referral), form=form, source=source_name(before))


@blueprint.post(f"{BASE}/sources/{NUMBER}/chase")
def chase(reference: str, number: int) -> Any:
    """Remind an agency."""
    made = asking.chase(db(), my_case(reference), number, by=actor(), at=at())
    flash(
        "The reminder has been noted and a mail is on its way to the agency."
        if made.letter_id
        else "The reminder has been noted. No mail address of this agency is known: call or write to them.",
        "success",
    )
    return redirect(url_for("assessments.sources", reference=reference), 303)


@blueprint.get("/agencies")
def agencies() -> Any:
    """The directory: where agencies take mail about requests."""
    found = asking.contacts(db(), actor())
    return page("assessments/agencies.html", rows=[_entry(contact) for contact in found])


def _entry(contact: AgencyContact) -> dict[str, Any]:
    address = url_for("assessments.agency", number=contact.id)
    return {"href": address, "cells": [contact.name, words(contact.kind), contact.email]}


@blueprint.route("/agency", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"/agencies/{NUMBER}", methods=["GET", "POST"])
def agency(number: int | None) -> Any:
    """Add an agency to the directory, or change it."""
    before = asking.contact_of(db(), actor(), number) if number else None
    saved = {name: getattr(before, name) for name in c.Contact.model_fields} if before else {}
    form = f.ContactForm(data=saved, version=mark_of(saved))
    if command := form.read(c.Contact):
        expect_mark(saved, form.seen, command.model_dump())
        area = before.area_id if before else actor().areas_as(Role.YOT_MANAGER)[0]
        asking.keep_contact(db(), command, before, area_id=area)
        flash("The directory has been changed.", "success")
        return redirect(url_for("assessments.agencies"), 303)
    return page("assessments/agency.html", form=form, new=before is None)
