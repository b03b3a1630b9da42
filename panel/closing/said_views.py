"""What child and parent think of it: noted by a worker, or on the tablet by themselves."""

from typing import Any, cast

from flask import Response, current_app, redirect, request, session, url_for

from config.feedback import questions
from panel.accounts.sessions import Locked
from panel.assessments import part_commands, part_forms, tablet
from panel.closing import actions, queries
from panel.closing import commands as c
from panel.closing import forms as f
from panel.closing.papers import Copy, summary_pdf
from panel.closing.views import BASE, back, blueprint
from panel.errors import expect_version
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.referrals.frame import case, shows
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import WITHOUT_SESSION, PanelApp
from workflows.closing import Side
from workflows.vocabulary import words

HANDED_OVER = "feedback"
ON_THE_TABLET = frozenset({"closing.own", "closing.thanks", "closing.take_back"})
SIDE = "<any(child,parent):side>"
WRONG = "This is not your password"


@blueprint.before_app_request
def _stay_with_the_family() -> Any:
    """While the family has the tablet, every other address leads back to their page."""
    if HANDED_OVER not in session or request.endpoint in ON_THE_TABLET | WITHOUT_SESSION:
        return None
    if request.endpoint in ("accounts.sign_in", "accounts.sign_out"):
        return None
    return redirect(url_for("closing.thanks"), 303)


@blueprint.route(f"{BASE}/feedback/{SIDE}", methods=["GET", "POST"])
def feedback(reference: str, side: str) -> Any:
    """Write down what somebody said, or hand the tablet over."""
    referral = case(reference)
    asked = questions(side, today())
    form = f.said_form(f.WorkerSaidForm, asked, version=referral.version)
    if command := form.read(c.SaidToWorker, today=today(), answers=form.answers()):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.say(db(), referral, Side(side), command, by=actor(), at=at())
        return back(reference, "It is on the case.")
    press = f.PressForm(formdata=None, version=referral.version)
    who = words(Side(side))
    names = f.question_names(form)
    return shows("closing/feedback.html", referral, form=form, side=side, who=who, press=press, names=names)


@blueprint.post(f"{BASE}/feedback/{SIDE}/tablet")
def hand_over(reference: str, side: str) -> Any:
    """Give the tablet to the child or the parent."""
    case(reference)
    session[HANDED_OVER] = [reference, side]
    return redirect(url_for("closing.own"), 303)


@blueprint.route("/your-view", methods=["GET", "POST"])
def own() -> Any:
    """The questions in large type, one page, everything may be left out."""
    handed = session.get(HANDED_OVER)
    if not handed:
        return redirect(url_for("home.index"), 303)
    reference, side = handed
    referral = case(reference)
    form = f.said_form(f.SaidForm, questions(side, today()))
    if command := form.read(c.Said, today=today(), answers=form.answers(), given_on=today()):
        actions.say(db(), referral, Side(side), command, by=actor(), at=at())
        return redirect(url_for("closing.thanks"), 303)
    names = f.question_names(form)
    return page("closing/own.html", form=form, names=names, child=side == Side.CHILD.value)


@blueprint.get("/your-view/thank-you")
def thanks() -> Any:
    """They are done: give the tablet back."""
    if HANDED_OVER not in session:
        return redirect(url_for("home.index"), 303)
    return page("closing/thanks.html")


@blueprint.route("/your-view/worker", methods=["GET", "POST"])
def take_back() -> Any:
    """The worker takes the tablet back: only their own password leads on."""
    handed = session.get(HANDED_OVER)
    if not handed:
        return redirect(url_for("home.index"), 303)
    form = part_forms.ResumeForm()
    if command := form.read(part_commands.Resuming):
        if _is_worker(form, command.password):
            session.pop(HANDED_OVER)
            return redirect(url_for("closing.view", reference=handed[0]), 303)
        db().commit()  # the wrong try counts even though the page is an error
    return page("assessments/resume.html", form=form)


def _is_worker(form: Any, password: str) -> bool:
    try:
        if tablet.is_worker(db(), password, by=actor(), at=at()):
            return True
        form.complain("password", WRONG)
    except Locked as locked:
        form.complain("password", f"Too many wrong tries. Wait {locked.minutes} minutes, then try again")
    return False


@blueprint.get(f"{BASE}/summary/<int(max=2147483647):number>-<any(file,child):sheet>.pdf")
def printed(reference: str, number: int, sheet: Copy) -> Any:
    """One version of the summary on paper."""
    referral = case(reference)
    version = queries.summary_at(db(), referral.id, number)
    subject = f"{case_chain(referral.id)}:closing:{number}:{sheet}"
    log_access(db(), Operation.DISCLOSURE, subject, by=actor(), at=at(), page=here(), recipients=actor().name)
    data = summary_pdf(db(), referral, version, sheet, demo=cast(PanelApp, current_app).settings.demo)
    response = Response(data, mimetype="application/pdf")
    name = f"closing-{referral.reference}-{number}-{sheet}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
