"""What was found: statements with their source, the screens, plans of other services, the full AssetPlus."""

from typing import Any

from flask import flash, redirect, url_for

from config.screens import questions
from panel.assessments import part_commands as c
from panel.assessments import part_forms as f
from panel.assessments import screens, writing
from panel.assessments.marks import expect_mark, mark_of
from panel.assessments.models import Assessment
from panel.assessments.reading import everything, row_of, section_of, sources_of
from panel.assessments.telling import assetplus_rows, plan_lines, source_name
from panel.assessments.views import BASE, blueprint, header, my_case
from panel.assessments.views_steps import NUMBER
from panel.assessments.views_writing import filled, read_marked, to_write
from panel.assessments.written import AssetPlus, LinkedPlan, Statement
from panel.casepage import case_page
from panel.errors import Missing
from panel.forms import PanelForm, offer
from panel.request import actor, at, db, today
from workflows import screening
from workflows.assessment_parts import BY_KEY, Screen
from workflows.vocabulary import words


@blueprint.route(f"{BASE}/sections/<key>/known", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/sections/<key>/known/{NUMBER}", methods=["GET", "POST"])
def statement(reference: str, key: str, number: int | None) -> Any:
    """Add a statement to a section, or change one."""
    referral, assessment = to_write(reference)
    section_of(db(), assessment, key)
    before = row_of(db(), Statement, assessment, number) if number else None
    saved = {name: getattr(before, name) for name in c.Known.model_fields} if before else {}
    form = f.KnownForm(data=saved, version=mark_of(saved))
    sources = sources_of(db(), assessment.id) if assessment else []
    offer(form.source_id, [(s.id, source_name(s)) for s in sources], first="None of these")
    if command := form.read(c.Known, today=today()):
        expect_mark(saved, form.seen, command.model_dump())
        writing.know(db(), referral, key, command, number, by=actor(), at=at())
        flash("The statement has been saved.", "success")
        return redirect(url_for("assessments.section", reference=reference, key=key, _anchor="known"), 303)
    return case_page(
        "assessments/statement.html", header(referral), form=form, section=BY_KEY[key], new=before is None
    )


@blueprint.post(f"{BASE}/known/{NUMBER}/remove")
def remove_statement(reference: str, number: int) -> Any:
    """Take a statement away."""
    key = writing.forget(db(), my_case(reference), Statement, number, by=actor(), at=at())
    flash("The statement has been removed.", "success")
    return redirect(url_for("assessments.section", reference=reference, key=key, _anchor="known"), 303)


@blueprint.route(f"{BASE}/screens/<kind>", methods=["GET", "POST"])
def screen(reference: str, kind: str) -> Any:
    """The questions of one screen."""
    if kind not in set(Screen):
        raise Missing()
    which, (referral, assessment) = Screen(kind), to_write(reference)
    before, asked = screens.screen_of(db(), assessment, which), questions(kind)
    saved: dict[str, Any] = {"referred": None, "note": "", "not_done_reason": ""}
    if before is not None:
        parts = {"referred": before.referred, "note": before.note, "not_done_reason": before.not_done_reason}
        saved = {**before.answers, **parts}
    form = f.screen_form(which)(data=saved, version=mark_of(saved))
    answers = _answers(form, which)
    demands = {
        "answers": answers,
        "asks": tuple(question.key for question in asked.items),
        "decides": which is not Screen.ALCOHOL,
        "warned_by": screening.Seen.YES.value if which is Screen.EXPLOITATION else "",
    }
    if command := form.read(c.Screened, today=today(), **demands):
        expect_mark(saved, form.seen, {**answers, **command.model_dump(include=set(saved) - set(answers))})
        score = screens.score_of(which, answers)
        writing.screen(db(), referral, which, command, score=score, by=actor(), at=at())
        flash("The answers have been saved.", "success")
        return redirect(url_for("assessments.screen", reference=reference, kind=kind), 303)
    return case_page(
        "assessments/screen.html",
        header(referral),
        form=form,
        title=words(which),
        asked=asked,
        keys=[question.key for question in asked.items],
        decides=[name for name in ("referred", "note") if name in form],
        result=screens.result_words(before, today()) if before else "",
        section=which.value if which is not Screen.ALCOHOL else "substance",
    )


def _answers(form: PanelForm, kind: Screen) -> dict[str, str]:
    """The answers that are among the choices of their question."""
    found = {}
    for question in questions(kind.value).items:
        field = form[question.key]
        if field.data in {choice.value for choice in field.choices}:
            found[question.key] = str(field.data)
    return found


@blueprint.route(f"{BASE}/plans", methods=["GET", "POST"])
def plans(reference: str) -> Any:
    """Whether social care works with the child, and the plans of other services."""
    referral, assessment = to_write(reference)
    found = assessment or Assessment(referral_id=referral.id, author_id=actor().id)
    saved = {"social_care_open": found.social_care_open}
    form = filled(f.SocialCareForm, saved)
    if command := read_marked(form, c.SocialCare, saved):
        writing.fill(db(), referral, command, by=actor(), at=at())
        flash("Saved.", "success")
        return redirect(url_for("assessments.plans", reference=reference), 303)
    written = everything(db(), referral, found, today=today())
    rows = [{"number": p.id, "title": words(p.kind), "lines": plan_lines(p)} for p in written.plans]
    return case_page(
        "assessments/plans.html",
        header(referral),
        form=form,
        plans=rows,
        needed=written.social_care_open and not rows,
    )


@blueprint.route(f"{BASE}/plan", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/plans/{NUMBER}", methods=["GET", "POST"])
def plan(reference: str, number: int | None) -> Any:
    """Link a plan of another service, or change one."""
    referral, assessment = to_write(reference)
    before = row_of(db(), LinkedPlan, assessment, number) if number else None
    saved = {name: getattr(before, name) for name in c.Linking.model_fields} if before else {}
    form = f.LinkForm(data=saved, version=mark_of(saved))
    if command := form.read(c.Linking, today=today()):
        expect_mark(saved, form.seen, command.model_dump())
        writing.link_plan(db(), referral, command, number, by=actor(), at=at())
        flash("The plan has been linked.", "success")
        return redirect(url_for("assessments.plans", reference=reference), 303)
    return case_page("assessments/plan.html", header(referral), form=form, new=before is None)


@blueprint.post(f"{BASE}/plans/{NUMBER}/remove")
def remove_plan(reference: str, number: int) -> Any:
    """Take a linked plan away."""
    writing.forget(db(), my_case(reference), LinkedPlan, number, by=actor(), at=at())
    flash("The plan is no longer linked.", "success")
    return redirect(url_for("assessments.plans", reference=reference), 303)


@blueprint.route(f"{BASE}/assetplus", methods=["GET", "POST"])
def assetplus(reference: str) -> Any:
    """The full AssetPlus: why it is asked for, where it is, how it judged."""
    referral, assessment = to_write(reference)
    found = assessment or Assessment(referral_id=referral.id, author_id=actor().id)
    written = everything(db(), referral, found, today=today())
    before: AssetPlus | None = written.asset_plus
    saved = {name: getattr(before, name) for name in c.Full.model_fields} if before else {}
    form = f.FullForm(data=saved, version=mark_of(saved))
    if command := form.read(c.Full, today=today()):
        expect_mark(saved, form.seen, command.model_dump())
        writing.full(db(), referral, command, before, by=actor(), at=at())
        flash("The AssetPlus has been saved.", "success")
        return redirect(url_for("assessments.assetplus", reference=reference), 303)
    return case_page(
        "assessments/assetplus.html",
        header(referral),
        form=form,
        because=written.assetplus_because,
        rows=assetplus_rows(written)[1:] if before else [],
    )
