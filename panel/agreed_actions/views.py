"""The pages of actions: agreed at a meeting, listed, done, carried over, dropped."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.accounts.models import User
from panel.agreed_actions import actions, queries
from panel.agreed_actions import commands as c
from panel.agreed_actions import forms as f
from panel.agreed_actions.models import AgreedAction
from panel.agreed_actions.rows import action_row, owner_words, tag_of
from panel.db import row_at
from panel.errors import Missing, expect_version
from panel.forms import PanelForm, offer
from panel.history.record import meeting_chain
from panel.history.sentences import events_of, told
from panel.meetings.agenda import agenda_of, item_on
from panel.meetings.models import Meeting
from panel.meetings.queries import meeting_for
from panel.meetings.words import when_words
from panel.pages import page
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from panel.request import actor, at, behind, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from workflows.action import ACTION, AGREES, HOLDERS
from workflows.calendar import deadline, long_date
from workflows.meeting import Status as MeetingStatus
from workflows.roles import Role

blueprint = Blueprint("actions", __name__)
LISTS = {
    queries.MINE: ("My actions", "Nobody has given you an action."),
    queries.AREA: ("All open actions", "No action is open. The panel agrees them at its meetings."),
    queries.LATE: ("Late", "No action is late."),
    queries.CLOSED: ("Done or dropped", "No action has been done or dropped yet."),
}


@blueprint.get("/actions")
def index() -> Any:
    """A list of actions, the most urgent first."""
    name = request.args.get("list") or (queries.MINE if actor().roles & set(HOLDERS) else queries.AREA)
    if name not in LISTS:
        raise Missing()
    after = behind()
    lines = queries.listed(db(), actor(), name, today=today(), after=after, limit=queries.PAGE + 1)
    last = lines[queries.PAGE - 1].action if len(lines) > queries.PAGE else None
    onward = url_for("actions.index", list=name, after=f"{last.due_on}.{last.id}") if last else None
    return page(
        "agreed_actions/index.html",
        title=LISTS[name][0],
        empty=LISTS[name][1],
        name=name,
        lists=[(key, title, url_for("actions.index", list=key)) for key, (title, _) in LISTS.items()],
        rows=[action_row(line, today()) for line in lines[: queries.PAGE]],
        total=queries.count(db(), actor(), name, today=today()),
        onward=onward,
        first=url_for("actions.index", list=name) if after else None,
    )


@blueprint.get("/actions/<reference>")
def view(reference: str) -> Any:
    """One action: what, who, by when, and what became of it."""
    action = _action(reference)
    roles = actor().roles_in(action.area_id)
    may = set(ACTION.moves_from(action.status, roles)) if _theirs(action) else set()
    return page(
        "agreed_actions/view.html",
        action=action,
        tag=tag_of(action.status, action.due_on, today()),
        rows=_facts(action),
        may=may,
        events=told(events_of(db(), queries.action_chain(action.id)), RULE_SENTENCES),
    )


def _action(reference: str) -> AgreedAction:
    return queries.action_for(db(), actor(), reference, at=at(), page=here())


def _theirs(action: AgreedAction) -> bool:
    return action.holder_id == actor().id or Role.YOT_MANAGER in actor().roles_in(action.area_id)


def _facts(action: AgreedAction) -> list[dict[str, str]]:
    holder = row_at(db(), User, action.holder_id).name
    case = row_at(db(), Referral, action.referral_id).reference if action.referral_id else None
    rows = [
        ("What", action.what),
        ("Who", owner_words(queries.Line(action, holder, case))),
        ("Done by", long_date(action.due_on)),
        ("Case", case or "No case"),
    ]
    if action.meeting_id:
        meeting = row_at(db(), Meeting, action.meeting_id)
        rows.append(("Agreed at", f"The panel of {when_words(meeting.held_on, meeting.starts_at)}"))
    else:
        rows.append(("Agreed at", "A round of independent scrutiny"))
    if action.words:
        rows.append(("What was said last", action.words))
    return [{"key": key, "value": value} for key, value in rows]


@blueprint.route("/meetings/<reference>/actions/new", methods=["GET", "POST"])
def agree(reference: str) -> Any:
    """Write down an action that the meeting agreed."""
    meeting = meeting_for(db(), actor(), reference, at=at(), page=here())
    proposed = deadline("action_days", today(), "Done by").due
    form = f.AgreeForm(data={"due_on": proposed, "case": request.args.get("case", "")})
    offer(form.holder_id, queries.people(db(), meeting.area_id, today=today()))
    cases = [(p.reference, f"{p.number}. {p.child_name}") for p in agenda_of(db(), actor(), meeting)]
    offer(form.case, [*cases, ("", "No case")])
    if command := form.read(c.Agreed, today=today()):
        begun = meeting.status in (MeetingStatus.OPEN, MeetingStatus.CLOSED)
        origin = actions.Origin(meeting.area_id, begun, meeting_chain(meeting.id), meeting_id=meeting.id)
        actions.agree(db(), command, origin, _case(meeting, command.case), by=actor(), at=at())
        flash("The action is agreed. Whoever does it has been told.", "success")
        return redirect(url_for("meetings.view", reference=reference, _anchor="actions"), 303)
    when = when_words(meeting.held_on, meeting.starts_at)
    return page("agreed_actions/agree.html", form=form, meeting=meeting, when=when)


def _case(meeting: Meeting, reference: str) -> int | None:
    if not reference:
        return None
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    if item_on(db(), meeting.id, referral.id) is None:
        raise Missing()
    return referral.id


@blueprint.route("/actions/<reference>/done", methods=["GET", "POST"])
def do(reference: str) -> Any:
    """Say that it is done, and what was done."""
    return _ask(reference, f.DoneForm, c.Done, actions.do, "Say that it is done", "The action is done.")


@blueprint.route("/actions/<reference>/drop", methods=["GET", "POST"])
def drop(reference: str) -> Any:
    """Say that it is not to be done any more."""
    return _ask(reference, f.DropForm, c.Dropped, actions.drop, "Drop the action", "The action is dropped.")


@blueprint.route("/actions/<reference>/carry", methods=["GET", "POST"])
def carry(reference: str) -> Any:
    """Another day, or another person."""
    done = "The action is carried over. Whoever does it has been told."
    return _ask(reference, f.CarryForm, c.Carried, actions.carry, "Carry the action over", done)


def _ask(
    reference: str, kind: type[PanelForm], command_kind: Any, act: Callable[..., None], title: str, done: str
) -> Any:
    action = _action(reference)
    if not actor().roles_in(action.area_id) & set(HOLDERS):
        raise Missing()
    proposed = max(deadline("action_days", today(), "Done by").due, action.due_on)
    data = {"due_on": proposed, "holder_id": str(action.holder_id)}
    form = kind(data=data, version=action.version)
    if "holder_id" in form:
        offer(form.holder_id, queries.people(db(), action.area_id, today=today()))
    if command := form.read(command_kind, today=today()):
        expect_version(action, form.seen, {"version": action.version, "words": action.words})
        act(db(), action, command, by=actor(), at=at())
        flash(done, "success")
        return redirect(_back(action), 303)
    return page("agreed_actions/ask.html", form=form, action=action, title=title, back=_back(action))


def _back(action: AgreedAction) -> str:
    """Back to the meeting that goes through the actions, or to the action."""
    meeting = request.args.get("meeting", "")
    if meeting and actor().roles & set(AGREES):
        return url_for("meetings.view", reference=meeting, _anchor="actions")
    return url_for("actions.view", reference=action.reference)
