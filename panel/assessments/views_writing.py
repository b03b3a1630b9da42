"""Writing an assessment: the task list, and one page for each thing."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import flash, jsonify, redirect, request, url_for

from panel.assessments import actions, writing
from panel.assessments import part_commands as c
from panel.assessments import part_forms as f
from panel.assessments.completeness import Task, count_words, facts_of, is_raised, shown, task_groups
from panel.assessments.marks import expect_mark, mark_of
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of
from panel.assessments.reading import everything, section_of
from panel.assessments.summary import turn
from panel.assessments.telling import author_words, source_of
from panel.assessments.views import BASE, blueprint, header, my_case
from panel.casepage import case_page
from panel.commands import Command
from panel.errors import Missing
from panel.forms import PanelForm
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from workflows.assessment import ASSESSMENT, Status
from workflows.assessment_parts import BY_KEY, JUDGED, SECTIONS
from workflows.calendar import clock_words
from workflows.vocabulary import words

C = TypeVar("C", bound=Command)


def to_write(reference: str) -> tuple[Referral, Assessment | None]:
    """The case and its assessment, if this person may write it now."""
    referral = my_case(reference)
    assessment = assessment_of(db(), referral.id)
    actions.writable(referral, assessment)
    return referral, assessment


def saved_reply(form: PanelForm, command: Command, then: str) -> Any:
    """The answer to a saved page: a moment and a mark for the script, or on to the next page."""
    if request.headers.get("X-Autosave"):
        said = clock_words(at()).rsplit(" ", 1)[1]
        return jsonify(saved=said, version=str(mark_of(command.model_dump())))
    flash("Saved.", "success")
    return redirect(then, 303)


def read_marked(form: PanelForm, command: type[C], saved: Mapping[str, Any]) -> C | None:
    """The command, if it was sent and what it was made from still stands. Raises `Stale`."""
    typed = form.read(command, today=today())
    if typed is not None:
        expect_mark(saved, form.seen, typed.model_dump())
    return typed


def filled(form: Callable[..., PanelForm], saved: Mapping[str, Any]) -> Any:
    """A form made from what is saved, with its mark."""
    return form(data=dict(saved), version=mark_of(saved))


@blueprint.get(f"{BASE}/write")
def write(reference: str) -> Any:
    """The task list."""
    referral, saved = to_write(reference)
    assessment = saved or Assessment(referral_id=referral.id, author_id=actor().id)
    written = everything(db(), referral, assessment, today=today())
    groups, frame = task_groups(written), header(referral)
    facts = facts_of(written, by=actor(), referral=referral)

    def address(task: Task) -> str:
        where: dict[str, Any] = {"reference": reference, **dict(task.values)}
        return url_for(f"assessments.{task.endpoint}", **where)

    return case_page(
        "assessments/write.html",
        frame,
        groups=shown(groups, address),
        counted=count_words(groups),
        ready=saved is not None and not ASSESSMENT.refusals("submit", assessment.status, facts),
        turn=turn(referral, saved, frame.worker_name, today=today()),
        returned_because=assessment.comment if assessment.status is Status.RETURNED else "",
    )


@blueprint.route(f"{BASE}/sections/<key>", methods=["GET", "POST"])
def section(reference: str, key: str) -> Any:
    """One section: what the author found, beside what we know."""
    referral, assessment = to_write(reference)
    before = section_of(db(), assessment, key)
    saved = {"text": before.text if before else ""}
    form = filled(f.SectionForm, saved)
    about = BY_KEY[key]
    form["text"].label.text = "Their own words" if about.own_words else "What you found"
    form["text"].description = about.prompt
    if command := read_marked(form, c.SectionText, saved):
        writing.section(db(), referral, key, command, by=actor(), at=at())
        return saved_reply(form, command, _after_section(reference, key))
    written = everything(db(), referral, assessment or Assessment(author_id=actor().id), today=today())
    known = [
        {
            "number": s.id,
            "text": s.text,
            "basis": words(s.basis).split(":")[0],
            "colour": {"fact": "green", "opinion": "yellow", "reported": "blue"}[s.basis.value],
            "source": source_of(s, written.sources),
            "said_by": s.said_by,
            "said_on": s.said_on,
        }
        for s in written.statements
        if s.section == key
    ]
    return case_page(
        "assessments/section.html",
        header(referral),
        form=form,
        section=about,
        known=known,
        author=author_words(written, about) if before and before.text else "",
        screen=words(about.screen) if about.screen else "",
    )


def _after_section(reference: str, key: str) -> str:
    keys = [section.key for section in SECTIONS]
    place = keys.index(key) + 1
    if request.form.get("then") == "list" or place == len(keys):
        return url_for("assessments.write", reference=reference)
    return url_for("assessments.section", reference=reference, key=keys[place])


@blueprint.route(f"{BASE}/judgements/<name>", methods=["GET", "POST"])
def judgement(reference: str, name: str) -> Any:
    """One of the three judgements."""
    referral, assessment = to_write(reference)
    saved = writing.judged(assessment, name)
    form = filled(f.JudgeForm, saved)
    if name == "reoffending":
        del form.who
    elif name == "safety":
        form.who.label.text, form.who.description = "From whom, or from what, is the child at risk?", ""
    else:
        form.who.label.text = "Which person or group is at risk?"
        form.who.description = "Do not name the victim: say “the victim of this offence”"
    if command := read_marked(form, c.Judging, saved):
        writing.judge(db(), referral, name, command, by=actor(), at=at())
        names = list(JUDGED)
        place = names.index(name) + 1
        then = url_for("assessments.write", reference=reference)
        if place < len(names):
            then = url_for("assessments.judgement", reference=reference, name=names[place])
        return saved_reply(form, command, then)
    return case_page("assessments/judgement.html", header(referral), form=form, title=JUDGED[name])


@blueprint.route(f"{BASE}/recommendation", methods=["GET", "POST"])
def recommendation(reference: str) -> Any:
    """What the case manager recommends."""
    says = "Say which outcome fits what happened, the child and the time that there is."
    return _filled(reference, f.RecommendForm, c.Recommending, "Recommendation", says, "steps")


@blueprint.route(f"{BASE}/contingency", methods=["GET", "POST"])
def contingency(reference: str) -> Any:
    """What happens when things get worse."""
    _, assessment = to_write(reference)
    raised = assessment is not None and is_raised(assessment)
    says = (
        "A judgement is medium or above, so this page has to be filled in."
        if raised
        else "Every judgement so far is low. You may leave this page empty."
    )
    return _filled(reference, f.ContingencyForm, c.Contingency, "If things get worse", says, "write")


def _filled(
    reference: str,
    form_class: type[PanelForm],
    command_class: type[c.Recommending] | type[c.Contingency],
    title: str,
    says: str,
    then: str,
) -> Any:
    referral, assessment = to_write(reference)
    found = assessment or Assessment()
    saved = {name: getattr(found, name) for name in command_class.model_fields}
    form = filled(form_class, saved)
    if command := read_marked(form, command_class, saved):
        writing.fill(db(), referral, command, by=actor(), at=at())
        return saved_reply(form, command, url_for(f"assessments.{then}", reference=reference))
    return case_page("assessments/filled.html", header(referral), form=form, title=title, says=says)


def must_exist(assessment: Assessment | None) -> Assessment:
    """The assessment. Raises `Missing` before it was started."""
    if assessment is None:
        raise Missing()
    return assessment
