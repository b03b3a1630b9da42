"""The pages of contacts: offered, moved, what became of them, and a worker's own day."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from config.contacts import Reason, reasons
from config.policy import number
from panel.casepage import case_page
from panel.contacts import actions
from panel.contacts import commands as c
from panel.contacts import forms as f
from panel.contacts.models import Attendance, Contact
from panel.contacts.queries import (
    Line,
    availability_of,
    busy_of,
    contact_of,
    contacts_of,
    counts_of,
    first_attended,
    first_contact,
    my_contacts,
    to_note,
)
from panel.errors import Missing, expect_version
from panel.forms import PanelForm, offer, overrides_from
from panel.pages import page
from panel.plans.queries import plan_of, steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, names_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.calendar import clock_time, long_date, today_in_london
from workflows.contact import CASE_TEAM
from workflows.plan import Status as PlanStatus
from workflows.vocabulary import words

blueprint = Blueprint("contacts", __name__)
BASE = "/cases/<reference>/contacts"
ONE = f"{BASE}/<int(max=2147483647):contact_id>"
COLOURS = {
    Attendance.OFFERED: "blue",
    Attendance.ATTENDED: "green",
    Attendance.MISSED: "red",
    Attendance.EXCUSED: "yellow",
    Attendance.CANCELLED: "grey",
}
WEEK = 7


def case(reference: str, *, lock: bool = False) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def _works(referral: Referral) -> bool:
    return bool(actor().roles_in(referral.area_id) & set(CASE_TEAM))


@blueprint.get("/contacts")
def mine() -> Any:
    """The reader's own contacts today, this week, and those that wait to be written down."""
    todays = my_contacts(db(), actor(), today=today(), days=1)
    return page(
        "contacts/mine.html",
        todays=[_shown(line) for line in todays],
        week=[_shown(line) for line in my_contacts(db(), actor(), today=today(), days=WEEK)][len(todays) :],
        waiting=[_shown(line) for line in to_note(db(), actor(), now=at())],
    )


@blueprint.get(BASE)
def index(reference: str) -> Any:
    """All contacts of a case, counted by what became of them."""
    referral = case(reference)
    chosen = _state(request.args.get("state", ""))
    steps = {step.place: step.what for step in steps_of(db(), referral.id)}
    plan, said = plan_of(db(), referral.id), availability_of(db(), referral.id)
    counts = counts_of(db(), referral.id)
    return case_page(
        "contacts/index.html",
        header_of(db(), referral, today=today()),
        lines=[_shown(line, steps) for line in contacts_of(db(), referral.id, chosen)],
        counts=[{"state": one.value, "text": words(one), "count": counts[one]} for one in Attendance],
        total=counts.total(),
        chosen=chosen,
        works=_works(referral) and plan is not None and plan.status is PlanStatus.UNDER_WAY,
        asked=said is not None,
        first=_first(referral),
    )


def _first(referral: Referral) -> dict[str, Any] | None:
    """The clock of the first contact (section 8)."""
    if referral.given_on is None:
        return None
    clock, was = first_contact(referral.given_on), first_attended(db(), referral.id)
    if was is not None:
        late = was > clock.due
        return {"text": f"First contact on {long_date(was)}", "late": late, "rule": clock.rule}
    near = clock.state(today(), number("due_soon", today()))
    return {"text": f"First contact {clock.words(today())}", "late": near == "late", "rule": clock.rule}


def _state(value: str) -> Attendance | None:
    return Attendance(value) if value in {one.value for one in Attendance} else None


def _shown(line: Line, steps: dict[int, str] | None = None) -> dict[str, Any]:
    contact = line.contact
    over = contact.starts_at <= at()
    return {
        "id": contact.id,
        "reference": line.reference,
        "child": line.child,
        "when": line.when,
        "minutes": contact.minutes,
        "kind": words(contact.kind),
        "where": contact.where_at,
        "worker": line.worker,
        "others": contact.others,
        "step": (steps or {}).get(contact.step_place, ""),
        "state": words(contact.state),
        "colour": COLOURS[contact.state],
        "why": line.why,
        "reason": contact.reason,
        "done": contact.done,
        "counted": contact.counted_minutes,
        "waits": contact.state is Attendance.OFFERED and over,
        "open": contact.state is Attendance.OFFERED,
        "may_excuse": contact.state is Attendance.MISSED,
    }


@blueprint.route(f"{BASE}/offer", methods=["GET", "POST"])
def offer_one(reference: str) -> Any:
    """Offer an appointment, or a series of them."""
    referral = case(reference, lock=True)
    steps, people = steps_of(db(), referral.id), actions.workers(db(), referral.area_id, today=today())
    form = f.OfferForm(
        version=referral.version, worker_id=_usual(referral, people), step_place=_step(), times=1, every=1
    )
    offer(form.step_place, [(0, "None"), *((s.place, s.what) for s in steps)])
    offer(form.worker_id, people)
    if command := form.read(c.Offer, today=today()):
        most = number("contact_series_most", today())
        if command.times > most:
            form.complain("times", f"At most {most} appointments are planned in one go")
        elif made := _kept(
            form,
            referral,
            lambda: actions.offer(
                db(), referral, command, by=actor(), at=at(), overrides=overrides_from(request.form)
            ),
        ):
            flash(f"{len(made)} appointment{'s' if len(made) != 1 else ''} offered.", "success")
            return redirect(url_for("contacts.index", reference=reference), 303)
    return case_page(
        "contacts/offer.html", header_of(db(), referral, today=today()), form=form, **times(referral)
    )


def _usual(referral: Referral, people: list[tuple[int, str]]) -> int | None:
    known = {number for number, _ in people}
    return next((n for n in (actor().id, referral.case_manager_id) if n in known), None)


def _step() -> int:
    asked = request.args.get("step", "")
    return int(asked) if asked.isdigit() and len(asked) < 6 else 0


def _kept(form: PanelForm, referral: Referral, act: Callable[[], Any]) -> Any:
    """What the act gives back, or None with a sentence at the place that would tell of a victim."""
    expect_version(referral, form.seen, {"version": referral.version})
    try:
        return act()
    except actions.TellsOfVictim as tells:
        where = " and ".join(tells.places)
        form.complain(
            "where_at", f"The family would learn about the victim from {where}. Say it without that."
        )
        return None


@blueprint.route(f"{ONE}/move", methods=["GET", "POST"])
def move(reference: str, contact_id: int) -> Any:
    """Move an appointment to another day, time or place."""
    referral = case(reference, lock=True)
    contact = contact_of(db(), referral.id, contact_id)
    if contact.state is not Attendance.OFFERED:
        raise Missing()
    now_at = {"on": today_in_london(contact.starts_at), "starts": clock_time(contact.starts_at)}
    form = f.RescheduleForm(
        data=contact.model_dump(exclude={"reason"}) | now_at | {"version": referral.version}
    )
    offer(form.reason_code, _codes("reschedule"))
    if (command := form.read(c.Reschedule, today=today())) and _kept(
        form,
        referral,
        lambda: actions.reschedule(
            db(), referral, contact_id, command, by=actor(), at=at(), overrides=overrides_from(request.form)
        ),
    ):
        flash("The appointment was moved. Give the family the new calendar.", "success")
        return redirect(url_for("contacts.index", reference=reference), 303)
    header = header_of(db(), referral, today=today())
    return case_page("contacts/move.html", header, form=form, line=_line(contact), **times(referral))


@blueprint.route(f"{ONE}/note", methods=["GET", "POST"])
def note(reference: str, contact_id: int) -> Any:
    """Write down what became of an appointment."""
    referral = case(reference, lock=True)
    contact = contact_of(db(), referral.id, contact_id)
    if contact.state not in (Attendance.OFFERED, Attendance.MISSED):
        raise Missing()
    form = f.NoteForm(version=referral.version)
    codes = {code.key: code for used in ("miss", "excuse", "cancel") for code in reasons(used, today())}
    offer(form.reason_code, [(code.key, _said(code)) for code in codes.values()])
    if command := form.read(c.Note, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        allowed = {code.key for code in reasons(actions.MOVES[command.became], today())}
        if command.reason_code and command.reason_code not in allowed:
            form.complain(
                "reason_code", f"This reason is not for “{words(command.became).lower()}”: choose another"
            )
        else:
            actions.note(db(), referral, contact_id, command, by=actor(), at=at())
            flash(f"{words(command.became)}: written down.", "success")
            return redirect(url_for("contacts.index", reference=reference), 303)
    header = header_of(db(), referral, today=today())
    return case_page("contacts/note.html", header, form=form, line=_line(contact))


def _said(code: Reason) -> str:
    ends = " or ".join(
        {"miss": "missed", "excuse": "excused", "cancel": "cancelled"}[u]
        for u in code.used_for
        if u != "reschedule"
    )
    return f"{code.says} ({ends})"


def _codes(used_for: str) -> list[tuple[str, str]]:
    return [(code.key, code.says) for code in reasons(used_for, today())]


def _line(contact: Contact) -> dict[str, Any]:
    names = names_of(db(), [contact.worker_id])
    return _shown(Line(contact, names.get(contact.worker_id, "")))


def times(referral: Referral) -> dict[str, Any]:
    """What the family said about times, for the pages on which a time is chosen."""
    said = availability_of(db(), referral.id)
    hours = f"{number('school_hours_start', today())}:00 to {number('school_hours_end', today())}:00"
    return {
        "asked": said is not None,
        "note": said.note if said else "",
        "school": f"School days, {hours}" if said and said.at_school else "",
        "busy": [
            {
                "id": row.id,
                "text": f"{c.DAYS[row.weekday]}s, {row.starts:%H:%M} to {row.ends:%H:%M}: "
                f"{words(row.kind).lower()}",
            }
            for row in busy_of(db(), referral.id)
        ],
    }
