"""The pages of the appointment at which a disposal is given."""

from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, url_for
from sqlmodel import select

from config.coded import RESCHEDULES
from config.policy import number
from panel.accounts.models import Area
from panel.appointments import actions, queries
from panel.appointments import commands as c
from panel.appointments import forms as f
from panel.appointments.letter import letter_pdf
from panel.appointments.models import Appointment, AppointmentChange
from panel.casepage import case_page
from panel.documents.typst import IncompletePaper
from panel.errors import Missing, expect_version
from panel.forms import offer
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of, header_of, names_of, referral_for
from panel.referrals.words import Tag
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.victims.screening import places_that_tell
from panel.web import PanelApp
from workflows.appointment import APPOINTMENT, PLANNERS, Status
from workflows.calendar import clock_words, day_date
from workflows.case import Status as CaseStatus
from workflows.vocabulary import words

blueprint = Blueprint("appointments", __name__)
TAGS = {
    Status.NEW: Tag("Being planned", "grey"),
    Status.PLANNED: Tag("Planned", "blue"),
    Status.KEPT: Tag("Kept", "green"),
    Status.CANCELLED: Tag("Called off", "grey"),
}
PASSED = Tag("The day has passed", "red")


def _case(reference: str, *, lock: bool = False) -> Referral:
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def _planned(referral: Referral) -> Appointment:
    row = queries.planned_for(db(), referral.id)
    if row is None:
        raise Missing()
    return row


def _header(referral: Referral) -> Any:
    return header_of(db(), referral, today=today())


@blueprint.get("/cases/<reference>/appointment")
def view(reference: str) -> Any:
    """When, where and with whom the disposal is given, and what became of earlier times."""
    referral = _case(reference)
    rows = queries.appointments_of(db(), referral.id)
    shown = rows[0] if rows and rows[0].status in (Status.PLANNED, Status.KEPT) else None
    changes = queries.changes_of(db(), rows)
    people = [i for row in rows for i in (row.officer_id, row.case_manager_id)]
    names = names_of(db(), [*people, *(change.by_id for change in changes)])
    roles = actor().roles_in(referral.area_id)
    acts = referral.status is CaseStatus.DECIDED and bool(roles & set(PLANNERS))
    passed = shown is not None and shown.status is Status.PLANNED and shown.held_on < today()
    return case_page(
        "appointments/view.html",
        _header(referral),
        shown=shown,
        tag=PASSED if passed else TAGS[shown.status] if shown else None,
        passed=passed,
        rows=_rows(shown, names) if shown else [],
        moved=sum(row.moved for row in rows),
        changes=[_told(change, names) for change in changes],
        acts=acts,
        may=set(APPOINTMENT.moves_from(shown.status, roles)) if shown and acts else set(),
    )


def _rows(row: Appointment, names: dict[int, str]) -> list[dict[str, Any]]:
    language = row.language or "English"
    found = [
        ("When", f"{actions.when_words(row)}, for {row.minutes} minutes"),
        ("Where", row.place),
        ("Officer", names.get(row.officer_id, "")),
        ("Case manager", names.get(row.case_manager_id or 0, "") or "Does not come"),
        ("Appropriate adult", row.adult_name or "Not known yet"),
        ("How to reach them", row.adult_phone or "Not known yet"),
        ("Language", f"{language}, interpreter: {row.interpreter}" if row.interpreter else language),
        ("Easy-read page", "Needed" if row.easy_read else "Not needed"),
        ("Other needs", row.needs or "None known"),
    ]
    return [{"key": key, "value": value} for key, value in found]


MOVES = {
    "plan": "Planned",
    "reschedule": "Moved or changed",
    "keep": "Kept",
    "cancel": "Called off",
}


def _told(change: AppointmentChange, names: dict[int, str]) -> dict[str, Any]:
    why = [RESCHEDULES.code(change.code).says] if change.code else []
    why += [f"Asked by: {words(change.asked_by).lower()}"] if change.asked_by else []
    why += [change.reason] if change.reason else []
    stood = change.content
    place = f"{stood['place']}, officer {names.get(stood['officer_id'], '')}"
    day = day_date(type(change.at).fromisoformat(stood["held_on"]).date())
    return {
        "title": f"{MOVES[change.move]}: {day} at {stood['starts_at'][:5]}, {place}",
        "why": ". ".join(why),
        "by": f"{names.get(change.by_id, '')}, {clock_words(change.at)}",
    }


@blueprint.route("/cases/<reference>/appointment/plan", methods=["GET", "POST"])
def plan(reference: str) -> Any:
    """Plan when, where and with whom the disposal is given."""
    referral = _case(reference, lock=True)
    form = f.PlanForm(data=_expected(referral) | {"version": referral.version})
    _offer(form, referral)
    if command := form.read(c.Plan, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            actions.plan(db(), referral, command, by=actor(), at=at())
        except actions.TellsOfVictim as told:
            _complain(form, told)
        else:
            flash("The appointment is planned. Who is to be there has it in the calendar.", "success")
            return redirect(url_for("appointments.view", reference=reference), 303)
    return case_page("appointments/plan.html", _header(referral), form=form)


def _expected(referral: Referral) -> dict[str, Any]:
    """What is most likely: the carer, and what the child is known to need."""
    carer, child = carer_of(db(), referral), child_of(db(), referral)
    return {
        "minutes": number("appointment_minutes", today()),
        "adult_name": carer.name if carer else "",
        "adult_phone": carer.phone if carer else "",
        "needs": child.needs,
        "joint": True,
    }


def _offer(form: f.PlanForm, referral: Referral) -> None:
    offer(form.officer_id, queries.officers(db(), referral.area_id, today=today()))
    if isinstance(form, f.RescheduleForm):
        offer(form.code, [(one.key, one.says) for one in RESCHEDULES.codes(today())])


def _complain(form: Any, told: actions.TellsOfVictim) -> None:
    where = " and ".join(told.places)
    form.complain("place", f"The family would read about the victim: look at {where}. Say it without that.")


@blueprint.route("/cases/<reference>/appointment/move", methods=["GET", "POST"])
def move(reference: str) -> Any:
    """Move it to another time, or change who is there, with the reason."""
    referral = _case(reference, lock=True)
    row = _planned(referral)
    now = row.model_dump() | {"starts_at": f"{row.starts_at:%H:%M}", "joint": row.case_manager_id is not None}
    form = f.RescheduleForm(data=now | {"version": referral.version})
    _offer(form, referral)
    if command := form.read(c.Reschedule, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            actions.reschedule(db(), referral, command, by=actor(), at=at())
        except actions.TellsOfVictim as told:
            _complain(form, told)
        else:
            flash("The appointment has changed. Who is to be there is told; print a new letter.", "success")
            return redirect(url_for("appointments.view", reference=reference), 303)
    return case_page("appointments/move.html", _header(referral), form=form)


@blueprint.route("/cases/<reference>/appointment/cancel", methods=["GET", "POST"])
def cancel(reference: str) -> Any:
    """Call it off."""
    referral = _case(reference, lock=True)
    _planned(referral)
    form = f.CancelForm(version=referral.version)
    if command := form.read(c.Cancel):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.cancel(db(), referral, command, by=actor(), at=at())
        flash("The appointment is called off. Plan another one.", "success")
        return redirect(url_for("appointments.view", reference=reference), 303)
    return case_page("appointments/cancel.html", _header(referral), form=form)


@blueprint.get("/cases/<reference>/appointment/letter.pdf")
def letter(reference: str) -> Any:
    """The letter to the family, to print and post or hand over."""
    referral = _case(reference)
    row, settings = _planned(referral), cast(PanelApp, current_app).settings
    area = db().exec(select(Area.name).where(Area.id == referral.area_id)).one()
    if told := places_that_tell(db(), referral, actions.words_of(row)):
        flash(
            f"The letter would tell about the victim: look at {' and '.join(told)}. Move the appointment.",
            "success",
        )
        return redirect(url_for("appointments.view", reference=reference), 303)
    try:
        data = letter_pdf(db(), referral, row, area, force_name=settings.force_name, demo=settings.demo)
    except IncompletePaper as lacks:
        flash(str(lacks), "success")
        return redirect(url_for("appointments.view", reference=reference), 303)
    headers = {"Content-Disposition": f'inline; filename="invitation-{reference}.pdf"'}
    return Response(data, mimetype="application/pdf", headers=headers)
