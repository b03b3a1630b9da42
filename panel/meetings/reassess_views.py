"""The pages on which an assessment is opened again, by itself or because of an event."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.assessments.countersign_commands import Reopening
from panel.assessments.countersign_forms import ReopeningForm
from panel.assessments.queries import assessment_of
from panel.casepage import case_page
from panel.concerns import shown
from panel.concerns.actions import NotCleared
from panel.concerns.commands import FollowUp
from panel.concerns.forms import FollowForm
from panel.concerns.queries import event_of
from panel.concerns.views import complain_of_victim
from panel.errors import Missing, expect_version
from panel.meetings import reassessing
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.words import when_words
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.roles import Role

blueprint = Blueprint("reopening", __name__)
BASE = "/cases/<reference>"


def case(reference: str) -> Referral:
    """The case of this page, for its case manager or a manager. Raises `Missing` otherwise."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    manages = Role.YOT_MANAGER in actor().roles_in(referral.area_id)
    if not manages and referral.case_manager_id != actor().id:
        raise Missing()
    return referral


def _on(referral: Referral) -> str:
    item = open_item(db(), referral)
    if item is None:
        return ""
    meeting = meeting_of(db(), item)
    return when_words(meeting.held_on, meeting.starts_at)


@blueprint.route(f"{BASE}/assessment/reopen", methods=["GET", "POST"])
def reopen(reference: str) -> Any:
    """Open the assessment again."""
    referral = case(reference)
    if assessment_of(db(), referral.id) is None:
        raise Missing()
    form = ReopeningForm(version=referral.version)
    if command := form.read(Reopening):
        expect_version(referral, form.seen, {"version": referral.version})
        reassessing.reassess(db(), referral, command.reason, by=actor(), at=at())
        flash("The assessment is open again. Its countersignature is void and is kept.", "success")
        return redirect(url_for("assessments.view", reference=reference), 303)
    header = header_of(db(), referral, today=today())
    return case_page("assessments/reopen.html", header, form=form, meeting=_on(referral))


@blueprint.route(f"{BASE}/events/<int(max=2147483647):number>/follow", methods=["GET", "POST"])
def follow(reference: str, number: int) -> Any:
    """Say what follows from an event."""
    referral = case(reference)
    event = event_of(db(), referral.id, number)
    form = FollowForm(version=referral.version)
    if command := form.read(FollowUp):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            again = reassessing.follow(db(), referral, number, command, by=actor(), at=at())
        except NotCleared as no:
            complain_of_victim(form, no)
        else:
            flash("The assessment is open again." if again else "What follows has been saved.", "success")
            endpoint = "assessments.view" if again else "concerns.index"
            return redirect(url_for(endpoint, reference=reference), 303)
    cards = shown.event_cards(db(), referral, acts=False)
    card = next(card for card in cards if card["number"] == event.id)
    header = header_of(db(), referral, today=today())
    return case_page("concerns/follow.html", header, form=form, event=card, meeting=_on(referral))
