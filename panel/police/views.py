"""Telling the YOT of a disposal, and the page of a record."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from sqlmodel import Session, col, select

from config.coded import EXCEPTIONS
from config.joint_policy import Route, Side, policy
from panel.access import Actor
from panel.accounts.models import User
from panel.codes.queries import ethnicities
from panel.errors import Missing, expect_version
from panel.forces.queries import force_of
from panel.forms import PanelForm, offer
from panel.history.sentences import events_of, told
from panel.notifications.words import WORDS
from panel.pages import page
from panel.police import actions, listing, telling, words
from panel.police import commands as c
from panel.police import forms as f
from panel.police.models import PoliceDisposal
from panel.police.queries import WHOLE_AREA, disposal_for, police_chain
from panel.police.record_parts import parts_of
from panel.police.told_command import Told
from panel.referrals.models import Referral
from panel.referrals.queries import scope as cases_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from workflows.calendar import clock_words, day_date, long_date
from workflows.police import POLICE_DISPOSAL, Heard, NotOurs, Standing
from workflows.roles import POLICE
from workflows.vocabulary import Outcome
from workflows.vocabulary import words as said

blueprint = Blueprint("police", __name__)
NO_FORCE = (
    "No police force is named for this area yet, so it cannot be recorded. Ask an administrator of the YOT"
)


@blueprint.route("/police-disposals/new", methods=["GET", "POST"])
def tell() -> Any:
    """Tell the YOT of a disposal that was given: the two-minute form."""
    form = f.TellForm(data=_prefilled())
    areas = _areas(actor())
    offer(form.area_id, areas)
    listed = ethnicities(db(), today())
    offer(form.ethnicity, [(code, f"{code} – {text}") for code, text in listed.items()], first="Not asked")
    offer(form.exception, [(code.key, code.says) for code in EXCEPTIONS.codes(today())])
    form.consulted.description = _asked_for()
    if command := form.read(Told, today=today()):
        area_id = _area(form, dict(areas))
        force = force_of(db(), area_id) if area_id else None
        if area_id and force is None:
            form.complain("", NO_FORCE)
        if force and _age_is_meant(form, command):
            disposal = telling.tell(
                db(),
                command,
                force_id=force.id,
                area_id=area_id,
                how=Heard.FORM,
                by=actor(),
                at=at(),
                today=today(),
            )
            return redirect(url_for("police.sent", reference=disposal.reference), 303)
    return page(
        "police/tell.html", form=form, several=len(areas) > 1, age=form.age_checked.data or _age_asked(form)
    )


def _prefilled() -> dict[str, Any]:
    me = db().get_one(User, actor().id)
    last = listing.last_told(db(), actor())
    return {
        "officer": f"{me.name} {me.collar_number}".strip(),
        "station": last.station if last else "",
        "team": last.team if last else "",
        "gender": "not_stated",
    }


def _areas(person: Actor) -> list[tuple[int, str]]:
    return [(area, person.area_names[area]) for area in person.areas_as(*POLICE)]


def _area(form: f.TellForm, areas: dict[int, str]) -> int:
    if len(areas) == 1:
        return next(iter(areas))
    chosen = int(form.area_id.data) if str(form.area_id.data or "").isdigit() else 0
    if chosen not in areas:
        form.complain("area_id", "Choose the area in which the child lives")
        return 0
    return chosen


def _age_is_meant(form: f.TellForm, command: Told) -> bool:
    if not command.age_says or form.age_checked.data:
        return True
    form.complain("date_of_birth", f"{command.age_says}. Put it right, or say below that it is right")
    return False


def _age_asked(form: f.TellForm) -> bool:
    return any("say below that it is right" in str(error) for error in form.date_of_birth.errors)


def _asked_for() -> str:
    """For which outcomes the joint policy of today asks for the YOT."""
    rules = policy(Side.JOINT, today()).rules
    named = [said(Outcome(key)).lower() for key, rule in rules.items() if rule.route is not Route.ALONE]
    return f"Answer for: {', '.join(named)}. The joint policy asks for it there."


@blueprint.get("/police-disposals/<reference>/sent")
def sent(reference: str) -> Any:
    """What happens next, after somebody told us."""
    disposal = _record(reference)
    return page(
        "police/sent.html",
        disposal=disposal,
        next_items=words.next_words(disposal, today()),
        state=words.tag_of(disposal, today()),
    )


@blueprint.get("/police-disposals/<reference>")
def view(reference: str) -> Any:
    """Everything that is known of one disposal."""
    disposal = _record(reference)
    listed = ethnicities(db(), disposal.given_on)
    ethnicity = listed.get(disposal.ethnicity, disposal.ethnicity)
    may = POLICE_DISPOSAL.moves_from(disposal.status, actor().roles_in(disposal.area_id))
    return page(
        "police/view.html",
        disposal=disposal,
        state=words.tag_of(disposal, today()),
        rows=words.said_rows(disposal, ethnicity),
        exception=words.exception_words(disposal) if disposal.exception else None,
        parts=parts_of(db(), disposal, actor(), today()),
        case=_case(db(), disposal, actor()),
        notified=[_notified(one) for one in listing.notified_of(db(), disposal, actor())],
        may=set(may),
        lists=bool(actor().roles & set(WHOLE_AREA)),
        events=told(events_of(db(), police_chain(disposal.id)), RULE_SENTENCES),
    )


def _record(reference: str, *, lock: bool = False) -> PoliceDisposal:
    return disposal_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def _case(session: Session, disposal: PoliceDisposal, person: Actor) -> str | None:
    """The reference of the case to which a record belongs, if this person may open it."""
    query = select(Referral.reference).where(Referral.id == (disposal.referral_id or 0), cases_of(person))
    return session.exec(query.where(col(Referral.id).is_not(None))).first()


def _notified(one: listing.Notified) -> dict[str, Any]:
    row = one.row
    if one.read_at:
        state = {"text": f"Acknowledged by {one.read_by}", "hint": clock_words(one.read_at)}
    elif row.acknowledge_by is not None and today() > row.acknowledge_by:
        state = {"text": "Late", "tag": "red", "hint": f"Was due by {day_date(row.acknowledge_by)}"}
    elif row.acknowledge_by is not None:
        state = {
            "text": "Not acknowledged",
            "tag": "yellow",
            "hint": f"Due by {day_date(row.acknowledge_by)}",
        }
    else:
        state = {"text": "Told"}
    return {
        "id": row.id,
        "what": WORDS[row.why],
        "when": clock_words(row.queued_at),
        "whom": one.whom,
        "state": state,
        "press": f.PressForm(formdata=None) if one.mine else None,
        "for_others": row.party is not None,
    }


@blueprint.post("/police-disposals/<reference>/told/<int(max=2147483647):number>")
def acknowledge(reference: str, number: int) -> Any:
    """Acknowledge what one was told of this disposal."""
    disposal = _record(reference)
    row = listing.notification_of(db(), disposal, number)
    if row is None:
        raise Missing()
    telling.acknowledge(db(), disposal, row, by=actor(), at=at())
    flash("You have acknowledged this.", "success")
    return redirect(url_for("police.view", reference=reference), 303)


@blueprint.route("/police-disposals/<reference>/set-aside", methods=["GET", "POST"])
def set_aside(reference: str) -> Any:
    """Take a record out of the figures, with a coded reason."""
    disposal = _record(reference)
    form = f.SetAsideForm(version=disposal.version)
    if command := form.read(c.SetAside, today=today()):
        expect_version(disposal, form.seen, {"version": disposal.version})
        if _names_one(form, disposal, command):
            actions.set_aside(db(), disposal, command, by=actor(), at=at())
            flash("The record is set aside. It stays here, and can be counted again.", "success")
            return redirect(url_for("police.view", reference=reference), 303)
    return _ask(
        form, disposal, "Set the record aside", "It then counts in no figure of the area. Nothing is deleted."
    )


def _names_one(form: f.SetAsideForm, disposal: PoliceDisposal, command: c.SetAside) -> bool:
    if command.not_ours is not NotOurs.DUPLICATE:
        return True
    query = select(PoliceDisposal.id).where(
        PoliceDisposal.reference == command.duplicate_of,
        PoliceDisposal.area_id == disposal.area_id,
        PoliceDisposal.id != disposal.id,
        PoliceDisposal.status == Standing.COUNTED,
    )
    if db().exec(query).first() is not None:
        return True
    form.complain("duplicate_of", "Enter the reference of the record that stays; it counts in the same area")
    return False


@blueprint.route("/police-disposals/<reference>/count-again", methods=["GET", "POST"])
def count_again(reference: str) -> Any:
    """Put a record back into the figures."""
    disposal = _record(reference)
    form = f.CountAgainForm(version=disposal.version)
    if command := form.read(c.CountAgain, today=today()):
        expect_version(disposal, form.seen, {"version": disposal.version})
        actions.count_again(db(), disposal, command, by=actor(), at=at())
        flash("The record counts again.", "success")
        return redirect(url_for("police.view", reference=reference), 303)
    return _ask(form, disposal, "Count the record again", "It then counts in the figures of the area again.")


def _ask(form: PanelForm, disposal: PoliceDisposal, title: str, says: str) -> Any:
    name = f"{disposal.given_name} {disposal.surname}"
    what = f"{said(disposal.outcome)} to {name}, given on {long_date(disposal.given_on)}"
    return page("police/ask.html", form=form, disposal=disposal, title=title, says=says, what=what)
