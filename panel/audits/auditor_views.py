"""Case audits for auditors: my sample, the form, nothing else."""

from typing import Any

from flask import flash, redirect, url_for

from config.audit_form import Standard, form, standards
from panel.audits import auditing, queries
from panel.audits import commands as c
from panel.audits import forms as f
from panel.audits import rows as r
from panel.audits.models import AuditedCase, AuditRound, CaseAudit
from panel.audits.reading import file_of
from panel.audits.seeing import Looked, look
from panel.audits.views import blueprint
from panel.errors import Missing, ShutOut, expect_version
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.audit import CASE_AUDIT, AuditStatus, RoundStatus
from workflows.calendar import long_date
from workflows.vocabulary import words

NUMBER, OVERALL = "<int(max=2147483647):number>", "overall"
CHAPTER = f"<any({', '.join(repr(key) for key in (*standards(), OVERALL))}):chapter>"


def _sample(reference: str) -> AuditRound:
    return queries.sample_for(db(), actor(), reference, at=at(), page=here())


def _case(reference: str, number: int) -> tuple[AuditRound, AuditedCase, Referral]:
    """A case of the auditor's sample to which they have no tie. Raises `Missing`, or `ShutOut` with one."""
    made = _sample(reference)
    case = queries.case_at(db(), made.id, number)
    referral = db().get_one(Referral, case.referral_id)
    was = queries.ties(db(), [case.referral_id], actor().id).get(case.referral_id, ())
    if was:
        only_conflict = was == (queries.CONFLICT,)
        raise ShutOut(referral.reference, () if only_conflict else was)
    log_access(db(), Operation.CONSULTATION, case_chain(referral.id), by=actor(), at=at(), page=here())
    return made, case, referral


@blueprint.get("/audits/sample/<reference>")
def sample(reference: str) -> Any:
    """My cases: those that wait for me, and those that I have finished."""
    made = _sample(reference)
    cases = queries.sample_of(db(), made.id)
    audits = {
        a.case_id: a for a in queries.audits_of(db(), [c.id for c in cases]) if a.auditor_id == actor().id
    }
    waiting = {case.id for case in queries.waiting_for(db(), actor(), made.id)}
    tied = queries.ties(db(), [case.referral_id for case in cases], actor().id)
    rows = [
        {
            "href": url_for("audits.case", reference=reference, number=case.place),
            "cells": [
                f"Case {case.place}",
                "Two people" if case.twice else "One person",
                _mine(audits.get(case.id)),
            ],
        }
        for case in cases
        if case.id in audits or case.id in waiting
    ]
    return page(
        "audits/sample.html",
        round=made,
        tag=r.tag_of(made),
        rows=rows,
        waiting=len(waiting),
        over=made.status is not RoundStatus.OPEN,
        tied=len(tied),
        others=len(cases) - len(rows) - len(tied),
    )


def _mine(audit: CaseAudit | None) -> dict[str, str]:
    if audit is None:
        return {"text": "To begin", "tag": "yellow"}
    done = audit.status is AuditStatus.FINISHED
    return {"text": words(audit.status), "tag": "green" if done else "blue"}


@blueprint.get(f"/audits/sample/<reference>/{NUMBER}")
def case(reference: str, number: int) -> Any:
    """One case: what it is, the parts of the form, and what is missing before it is finished."""
    made, one, referral = _case(reference, number)
    audit = queries.own_audit(db(), one, actor())
    facts = auditing.facts_of(db(), made, one, audit, by=actor())
    move = "begin" if audit is None else "finish"
    state = AuditStatus.NEW if audit is None else audit.status
    refusals = [] if state is AuditStatus.FINISHED else CASE_AUDIT.refusals(move, state, facts)
    return page(
        "audits/case.html",
        round=made,
        case=one,
        audit=audit,
        finished=state is AuditStatus.FINISHED,
        summary=_summary(referral),
        opens=_opens(referral),
        parts=r.parts_row(made, _draft(audit)) if audit else [],
        refusals=refusal_items(tuple(refusals)),
        lacking=(facts.unanswered, facts.without_note) if audit else ((), ()),
        press=f.PressForm(formdata=None, version=audit.version if audit else one.version),
    )


def _draft(audit: CaseAudit | None) -> dict[str, Any]:
    return audit.draft if audit else {}


def _summary(referral: Referral) -> list[dict[str, str]]:
    given = long_date(referral.given_on) if referral.given_on else "not given"
    return [
        {"key": "Case", "value": referral.reference},
        {"key": "Disposal", "value": words(referral.outcome) if referral.outcome else "None"},
        {"key": "Given on", "value": given},
    ]


def _opens(referral: Referral) -> str | None:
    """The address of the case for those whose role opens it; everybody reads the paper of the case here."""
    seen = queries.opens(db(), referral.id, actor())
    return url_for("cases.overview", reference=referral.reference) if seen else None


@blueprint.post(f"/audits/sample/<reference>/{NUMBER}/begin")
def begin(reference: str, number: int) -> Any:
    """Take the case to audit."""
    made, _, _ = _case(reference, number)
    auditing.begin(db(), made, number, by=actor(), at=at())
    return redirect(url_for("audits.case", reference=reference, number=number), 303)


def _standard(made: AuditRound, chapter: str) -> Standard:
    found = next((one for one in form(made.framework.value) if one.key == chapter), None)
    if found is None:
        raise Missing()
    return found


def _writing(reference: str, number: int) -> tuple[AuditRound, AuditedCase, CaseAudit, Looked]:
    made, one, referral = _case(reference, number)
    audit = queries.own_audit(db(), one, actor())
    if audit is None:
        raise Missing()
    return made, one, audit, look(db(), referral, today=today())


@blueprint.route(f"/audits/sample/<reference>/{NUMBER}/form/{CHAPTER}", methods=["GET", "POST"])
def part(reference: str, number: int, chapter: str) -> Any:
    """One standard of the form, with hints beside its prompts."""
    made, one, audit, looked = _writing(reference, number)
    if chapter == OVERALL:
        return _overall(made, one, audit, looked)
    standard = _standard(made, chapter)
    items = f.items_of(standard)
    hints = {key: r.hint_words(hint) for key, hint in looked.hints.items()}
    typed = f.part_form(standard, audit.draft, hints, version=audit.version)
    if (given := typed.given(items)) is not None:
        expect_version(audit, typed.seen, {"version": audit.version})
        auditing.write_part(db(), made, number, items, given, by=actor(), at=at())
        flash(f"{standard.title} is kept.", "success")
        return redirect(url_for("audits.case", reference=reference, number=number), 303)
    return page("audits/part.html", form=typed, round=made, case=one, standard=standard)


def _overall(made: AuditRound, one: AuditedCase, audit: CaseAudit, looked: Looked) -> Any:
    typed = f.OverallForm(data=audit.draft, version=audit.version)
    if command := typed.read(c.Overall):
        expect_version(audit, typed.seen, {"version": audit.version})
        auditing.write_overall(db(), made, one.place, command, by=actor(), at=at())
        flash("The case as a whole is kept.", "success")
        return redirect(url_for("audits.case", reference=made.reference, number=one.place), 303)
    assessment = looked.assessment
    recorded = {
        "Safety and wellbeing": assessment.safety if assessment else None,
        "Risk of serious harm": assessment.harm if assessment else None,
    }
    return page("audits/overall.html", form=typed, round=made, case=one, recorded=recorded)


@blueprint.post(f"/audits/sample/<reference>/{NUMBER}/finish")
def finish(reference: str, number: int) -> Any:
    """Sign the audit off; nothing of it changes afterwards."""
    made, one, _ = _case(reference, number)
    audit = queries.own_audit(db(), one, actor())
    if audit is None:
        raise Missing()
    expect_version(audit, f.PressForm().seen)
    auditing.finish(db(), made, number, by=actor(), at=at())
    flash(f"Your audit of case {number} is finished. Nobody can change it.", "success")
    return redirect(url_for("audits.sample", reference=reference), 303)


@blueprint.get(f"/audits/sample/<reference>/{NUMBER}/file")
def file(reference: str, number: int) -> Any:
    """The case to read: what was decided, planned, done, and what the panel read."""
    made, one, referral = _case(reference, number)
    return page("audits/file.html", round=made, case=one, **file_of(db(), referral))


@blueprint.get(f"/audits/sample/<reference>/{NUMBER}/paper")
def paper(reference: str, number: int) -> Any:
    """The whole form on one page to print: with my answers so far, and room to write."""
    made, one, referral = _case(reference, number)
    audit = queries.own_audit(db(), one, actor())
    draft = _draft(audit)
    hints = {} if audit is None else look(db(), referral, today=today()).hints
    return page(
        "audits/paper.html",
        round=made,
        case=one,
        summary=_summary(referral),
        standards=form(made.framework.value),
        answers=draft.get("answers") or {},
        notes=draft.get("notes") or {},
        hints={key: r.hint_row(hint) for key, hint in hints.items()},
        own=r.own_rows(draft),
    )
