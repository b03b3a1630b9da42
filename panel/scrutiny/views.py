"""Scrutiny for those who run it: draw a sample, clear its texts, feed the learning back."""

from datetime import timedelta
from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for

from config.policy import number
from panel.agreed_actions.queries import people
from panel.areas import area_name, choose_area, managed_area
from panel.errors import expect_version
from panel.forms import offer
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.history.sentences import events_of, told
from panel.pages import page
from panel.referrals.queries import names_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rounds.queries import READERS
from panel.rules import RULE_SENTENCES
from panel.scrutiny import actions, drawing, queries
from panel.scrutiny import commands as c
from panel.scrutiny import forms as f
from panel.scrutiny.anonymising import known_of, proposed, texts_of
from panel.scrutiny.models import ScrutinyRound
from panel.scrutiny.report import report_of, report_pdf
from panel.scrutiny.rows import case_row, round_row
from panel.troubles import refusal_items
from panel.web import PanelApp
from workflows.calendar import deadline
from workflows.masking import tells
from workflows.roles import Role
from workflows.scrutiny import ROUND, CaseStatus

blueprint = Blueprint("scrutiny", __name__)


def _round(reference: str) -> ScrutinyRound:
    return queries.round_for(db(), actor(), reference, at=at(), page=here())


@blueprint.get("/scrutiny")
def index() -> Any:
    """The rounds, the newest first."""
    found = queries.rounds(db(), actor().areas_as(*READERS), after=request.args.get("after", ""))
    return page(
        "scrutiny/index.html",
        rows=[round_row(one, url_for("scrutiny.view", reference=one.reference)) for one in found.rounds],
        next_href=url_for("scrutiny.index", after=found.onward) if found.onward else None,
        may_draw=Role.YOT_MANAGER in actor().roles,
    )


@blueprint.route("/scrutiny/new", methods=["GET", "POST"])
def draw() -> Any:
    """Draw a sample."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("Draw a sample")
    able = queries.independent(db(), area_id, today=today())
    first = {
        "since": today() - timedelta(days=91),
        "until": today() - timedelta(days=1),
        "per_cent": str(number("scrutiny_per_cent", today())),
        "members": [str(number) for number, _ in able],
    }
    form = f.DrawForm(data=first)
    offer(form.members, able)
    if command := form.read(c.Drawn, today=today()):
        drawn = drawing.draw_round(db(), command, area_id, by=actor(), at=at())
        flash("The sample is drawn. Now a person reads each text before scrutineers see it.", "success")
        return redirect(url_for("scrutiny.view", reference=drawn.reference), 303)
    return page("scrutiny/draw.html", form=form, area_name=area_name(area_id), nobody=not able)


@blueprint.get("/scrutiny/rounds/<reference>")
def view(reference: str) -> Any:
    """One round: how it was drawn, its cases, and what comes next."""
    drawn = _round(reference)
    cases = queries.cases_of(db(), drawn.id)
    scores = queries.scores_of(db(), [case.id for case in cases])
    manages = Role.YOT_MANAGER in actor().roles_in(drawn.area_id)
    facts = actions.facts_of(db(), drawn, at=at(), said="?")
    moves = ROUND.moves_from(drawn.status, actor().roles_in(drawn.area_id))
    return page(
        "scrutiny/view.html",
        round=drawn,
        cases=[case_row(drawn, case, scores, manages=manages) for case in cases],
        members=queries.members_of(db(), drawn.id),
        report=report_of(db(), drawn),
        again=drawing.drawn_again(db(), drawn),
        drawn_by=names_of(db(), [drawn.drawn_by_id])[drawn.drawn_by_id],
        moves={name: refusal_items(ROUND.refusals(name, drawn.status, facts)) for name in moves},
        press=f.PressForm(formdata=None, version=drawn.version),
        events=told(events_of(db(), queries.scrutiny_chain(drawn.id)), RULE_SENTENCES),
    )


@blueprint.route("/scrutiny/rounds/<reference>/<int(max=2147483647):number>/clear", methods=["GET", "POST"])
def clear(reference: str, number: int) -> Any:
    """Read the two texts of a case and take out what tells who or where."""
    drawn = _round(reference)
    case = queries.case_at(db(), drawn.id, number)
    offences, reasons = (case.offences, case.reasons) if case.cleared_at else proposed(db(), case)
    form = f.ClearForm(data={"offences": offences, "reasons": reasons}, version=case.version)
    command = form.read(c.Cleared)
    known = known_of(db(), case)
    for name in ("offences", "reasons") if command else ():
        if found := tells(getattr(command, name), known):
            form.complain(name, f"This text still tells {', '.join(found)}: take that out")
    if command and not form.error_list():
        expect_version(case, form.seen, {"version": case.version})
        actions.clear(db(), drawn, number, command, by=actor(), at=at())
        flash(f"Case {number} is cleared.", "success")
        return redirect(_next_to_clear(drawn), 303)
    written = dict(zip(("Offence", "Reasons of the panel"), texts_of(db(), case), strict=True))
    return page("scrutiny/clear.html", form=form, round=drawn, case=case, written=written)


def _next_to_clear(drawn: ScrutinyRound) -> str:
    waiting = [one for one in queries.sample_of(db(), drawn.id) if one.status is CaseStatus.DRAWN]
    if not waiting:
        return url_for("scrutiny.view", reference=drawn.reference)
    return url_for("scrutiny.clear", reference=drawn.reference, number=waiting[0].place)


@blueprint.route(
    "/scrutiny/rounds/<reference>/<int(max=2147483647):number>/leave-out", methods=["GET", "POST"]
)
def exclude(reference: str, number: int) -> Any:
    """Leave a case out of the sample, with its reason; the next one by lot takes its place."""
    drawn = _round(reference)
    case = queries.case_at(db(), drawn.id, number)
    form = f.ReasonForm(version=case.version)
    if command := form.read(c.Reason):
        expect_version(case, form.seen, {"version": case.version})
        again = drawing.exclude(db(), drawn, number, command, by=actor(), at=at())
        says = "Another case takes its place." if again else "No other case of this outcome was left."
        flash(f"Case {number} is left out. {says}", "success")
        return redirect(url_for("scrutiny.view", reference=reference), 303)
    return page("scrutiny/reason.html", form=form, round=drawn, title=f"Leave case {number} out")


@blueprint.post("/scrutiny/rounds/<reference>/begin")
def begin(reference: str) -> Any:
    """Give the sample to the scrutineers."""
    drawn = _round(reference)
    expect_version(drawn, f.PressForm().seen)
    actions.begin(db(), drawn, by=actor(), at=at())
    flash("The scrutineers have been told.", "success")
    return redirect(url_for("scrutiny.view", reference=reference), 303)


@blueprint.route("/scrutiny/rounds/<reference>/finish", methods=["GET", "POST"])
def finish(reference: str) -> Any:
    """Say what is learned and close the round."""
    drawn = _round(reference)
    form = f.FinishForm(version=drawn.version)
    command = form.read(c.Finished)
    if command and (found := actions.themes_tell(db(), drawn, command.words)):
        form.complain("words", f"Scrutineers read this too, and it still tells {', '.join(found)}")
        command = None
    if command:
        expect_version(drawn, form.seen, {"version": drawn.version})
        actions.finish(db(), drawn, command, by=actor(), at=at())
        flash("The round is finished.", "success")
        return redirect(url_for("scrutiny.view", reference=reference), 303)
    return page("scrutiny/reason.html", form=form, round=drawn, title="Finish the round")


@blueprint.route("/scrutiny/rounds/<reference>/drop", methods=["GET", "POST"])
def drop(reference: str) -> Any:
    """End the round without a result."""
    drawn = _round(reference)
    form = f.ReasonForm(version=drawn.version)
    if command := form.read(c.Reason):
        expect_version(drawn, form.seen, {"version": drawn.version})
        actions.drop(db(), drawn, command, by=actor(), at=at())
        flash("The round is dropped.", "success")
        return redirect(url_for("scrutiny.view", reference=reference), 303)
    return page("scrutiny/reason.html", form=form, round=drawn, title="Drop the round")


@blueprint.route("/scrutiny/rounds/<reference>/<int(max=2147483647):number>/learn", methods=["GET", "POST"])
def feed_back(reference: str, number: int) -> Any:
    """Tell case manager and chair what is learned."""
    drawn = _round(reference)
    case = queries.case_at(db(), drawn.id, number)
    due = deadline("action_days", today(), "Done by").due
    form = f.FeedBackForm(data={"words": case.found_words, "due_on": due}, version=case.version)
    offer(form.holder_id, people(db(), drawn.area_id, today=today()), first="Nobody")
    if command := form.read(c.FedBack, today=today()):
        expect_version(case, form.seen, {"version": case.version})
        actions.feed_back(db(), drawn, number, command, by=actor(), at=at())
        flash("Case manager and chair have been told.", "success")
        return redirect(url_for("scrutiny.view", reference=reference), 303)
    return page("scrutiny/learn.html", form=form, round=drawn, case=case)


@blueprint.get("/scrutiny/rounds/<reference>/report.pdf")
def printed(reference: str) -> Any:
    """The report as a file."""
    return send_report(_round(reference))


def send_report(drawn: ScrutinyRound) -> Response:
    """The report of a round as a PDF; the download is logged."""
    chain = f"{queries.scrutiny_chain(drawn.id)}:report"
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients=actor().name)
    demo = cast(PanelApp, current_app).settings.demo
    response = Response(
        report_pdf(report_of(db(), drawn), day=today(), demo=demo), mimetype="application/pdf"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="scrutiny-{drawn.reference}.pdf"'
    return response
