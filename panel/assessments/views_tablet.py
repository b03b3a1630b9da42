"""The child's own pages: large type, one question each, and no way from them into the case."""

from typing import Any

from flask import redirect, request, session, url_for

from panel.accounts.sessions import Locked
from panel.assessments import part_commands as c
from panel.assessments import part_forms as f
from panel.assessments import tablet
from panel.assessments.marks import mark_of
from panel.assessments.reading import answers_of, own_answers_of
from panel.assessments.views import BASE, blueprint, header, my_case
from panel.assessments.views_writing import to_write
from panel.casepage import case_page
from panel.pages import page
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.web import WITHOUT_SESSION

HANDED_OVER = "tablet"
FOR_THE_CHILD = frozenset({"assessments.question", "assessments.finished", "assessments.resume"})
WRONG = "This is not your password"


@blueprint.before_app_request
def _stay_with_the_child() -> Any:
    """While the child has the tablet, every other address leads back to the child's page."""
    if HANDED_OVER not in session or request.endpoint in FOR_THE_CHILD | WITHOUT_SESSION:
        return None
    if request.endpoint in ("accounts.sign_in", "accounts.sign_out"):
        return None
    return redirect(url_for("assessments.finished"), 303)


@blueprint.route(f"{BASE}/child", methods=["GET", "POST"])
def child(reference: str) -> Any:
    """Before the tablet is given to the child: who helps, on which day."""
    referral, assessment = to_write(reference)
    own = own_answers_of(db(), assessment) if assessment else None
    answers = answers_of(db(), own) if own else []
    day = own.started_on if own and not own.given_back_at else today()
    form = f.HandForm(data={"helper": own.helper if own else "", "started_on": day})
    if command := form.read(c.Handing, today=today()):
        tablet.hand_over(db(), referral, command, by=actor(), at=at())
        session[HANDED_OVER] = reference
        return redirect(url_for("assessments.question", place=1), 303)
    said = {answer.key: answer.text for answer in answers}
    rows = [
        {"key": q.text, "value": said[q.key] or "The child left this out."}
        for q in tablet.asked()
        if q.key in said
    ]
    return case_page(
        "assessments/child.html",
        header(referral),
        form=form,
        rows=rows,
        own=own,
        asked=len(tablet.asked()),
    )


def _handed_over() -> Referral | None:
    """The case whose child has this tablet."""
    reference = session.get(HANDED_OVER)
    return my_case(reference) if reference else None


@blueprint.route("/questions/<int(max=99):place>", methods=["GET", "POST"])
def question(place: int) -> Any:
    """One question for the child."""
    referral = _handed_over()
    if referral is None:
        return redirect(url_for("home.index"), 303)
    asked = tablet.question(place)
    answer = tablet.answer_of(db(), tablet.own_of(db(), referral, by=actor()), asked.key)
    saved = {"text": answer.text if answer else ""}
    form = f.SayForm(data=saved, version=mark_of(saved))
    form["text"].label.text = asked.text
    if command := form.read(c.ChildSays):
        text = "" if request.form.get("then") == "skip" else command.text
        tablet.say(db(), referral, place, text, by=actor(), at=at())
        return redirect(_after(place), 303)
    return page(
        "assessments/question.html",
        form=form,
        place=place,
        last=len(tablet.asked()),
        back=url_for("assessments.question", place=place - 1) if place > 1 else "",
        stop=url_for("assessments.finished"),
    )


def _after(place: int) -> str:
    if request.form.get("then") == "back" and place > 1:
        return url_for("assessments.question", place=place - 1)
    if place < len(tablet.asked()):
        return url_for("assessments.question", place=place + 1)
    return url_for("assessments.finished")


@blueprint.get("/questions/thank-you")
def finished() -> Any:
    """The child is done, or wants to stop: give the tablet back."""
    if _handed_over() is None:
        return redirect(url_for("home.index"), 303)
    return page("assessments/finished.html", on=url_for("assessments.question", place=1))


@blueprint.route("/questions/worker", methods=["GET", "POST"])
def resume() -> Any:
    """The worker takes the tablet back: only their own password leads on."""
    referral = _handed_over()
    if referral is None:
        return redirect(url_for("home.index"), 303)
    form = f.ResumeForm()
    if command := form.read(c.Resuming):
        if _is_worker(form, command):
            tablet.take_back(db(), referral, by=actor(), at=at())
            session.pop(HANDED_OVER)
            return redirect(url_for("assessments.child", reference=referral.reference), 303)
        db().commit()  # the wrong try counts even though the page is an error
    return page("assessments/resume.html", form=form)


def _is_worker(form: Any, command: c.Resuming) -> bool:
    try:
        if tablet.is_worker(db(), command.password, by=actor(), at=at()):
            return True
        form.complain("password", WRONG)
    except Locked as locked:
        form.complain("password", f"Too many wrong tries. Wait {locked.minutes} minutes, then try again")
    return False
