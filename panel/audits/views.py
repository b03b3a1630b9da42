"""Rounds of case audits for those who run and read them."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from config.audit_form import framework, frameworks, questions
from config.metrics import definitions
from config.policy import number
from panel.areas import area_name, choose_area, managed_area
from panel.audits import actions, auditing, doubles, drawing, queries
from panel.audits import commands as c
from panel.audits import forms as f
from panel.audits import rows as r
from panel.audits.mirrors import JUDGED
from panel.audits.models import AuditRound
from panel.audits.results import agreed, judged_items, read
from panel.errors import expect_version
from panel.forms import offer
from panel.history.models import Event
from panel.history.sentences import events_of, told
from panel.pages import page
from panel.referrals.queries import names_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rounds.queries import READERS
from panel.rules import RULE_SENTENCES
from panel.troubles import refusal_items
from workflows.audit import AUDIT_ROUND, CaseStatus, RoundStatus
from workflows.roles import ROLE_WORDS, Role

blueprint = Blueprint("audits", __name__)


def round_(reference: str) -> AuditRound:
    """The round of an address, for its readers."""
    return queries.round_for(db(), actor(), reference, at=at(), page=here())


@blueprint.get("/audits")
def index() -> Any:
    """My sample first, then the rounds of the area."""
    after, mine_after = (request.args.get(name, "") for name in ("after", "mine_after"))
    found = queries.rounds(db(), actor().areas_as(*READERS), after=after)
    mine = queries.audited_by(db(), actor(), after=mine_after)
    return page(
        "audits/index.html",
        mine=[r.round_row(one, url_for("audits.sample", reference=one.reference)) for one in mine.rounds],
        mine_next=url_for("audits.index", mine_after=mine.onward) if mine.onward else None,
        waiting=len(queries.waiting_for(db(), actor())),
        rows=[r.round_row(one, url_for("audits.view", reference=one.reference)) for one in found.rounds],
        next_href=url_for("audits.index", after=found.onward) if found.onward else None,
        reads=bool(actor().roles & set(READERS)),
        may_open=Role.YOT_MANAGER in actor().roles,
    )


@blueprint.route("/audits/new", methods=["GET", "POST"])
def open_round() -> Any:
    """Draw a sample and invite the auditors."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("Open a round of case audits")
    since, until = drawing.usual_period(today())
    able = queries.able(db(), area_id, today=today())
    first = {
        "since": since,
        "until": until,
        "framework": "2018",
        "confidence": str(number("audit_confidence", today())),
        "margin": str(number("audit_margin", today())),
        "share": str(number("audit_out_of_court_per_cent", today())),
    }
    form = f.OpenForm(data=first)
    offer(form.framework, f.framework_choices())
    offer(form.members, [(user, f"{name} ({ROLE_WORDS[role]})") for user, name, role in able])
    if command := form.read(c.Opened, today=today()):
        made = drawing.open_round(db(), command, area_id, by=actor(), at=at())
        flash("The sample is drawn, and the auditors have been told.", "success")
        if short := doubles.reach(db(), made, queries.cases_of(db(), made.id), at=at()).says:
            flash(short, "info")
        return redirect(url_for("audits.view", reference=made.reference), 303)
    return page(
        "audits/open.html",
        form=form,
        area_name=area_name(area_id),
        nobody=not able,
        without_form=[one for one in frameworks() if not questions(one.key)],
        again_months=number("audit_again_months", today()),
    )


@blueprint.get("/audits/<reference>")
def view(reference: str) -> Any:
    """One round: how it was drawn, how far it is, how far two auditors agree."""
    made = round_(reference)
    cases, listed = queries.cases_of(db(), made.id), drawing.listed(db(), made.id)
    reads = read(db(), cases)
    begun = auditing.begun(db(), [case.id for case in cases])
    left_out = r.left_out(listed, drawing.not_listed(db(), made))
    reach = doubles.reach(db(), made, cases, at=at())
    manages = Role.YOT_MANAGER in actor().roles_in(made.area_id)
    facts = actions.round_facts(db(), made, at=at(), said="?")
    moves = AUDIT_ROUND.moves_from(made.status, actor().roles_in(made.area_id))
    kept = [one for one in reads if one.case.status is not CaseStatus.EXCLUDED]
    return page(
        "audits/view.html",
        round=made,
        framework=framework(made.framework.value),
        tag=r.tag_of(made),
        cases=[
            r.case_row(
                made,
                one,
                manages=manages,
                begun=begun.get(one.case.id, 0),
                lacking=reach.lacking.get(one.case.id),
            )
            for one in reads
        ],
        short=reach.says,
        in_sample=len(kept),
        complete=sum(one.complete for one in kept),
        dropped=made.status is RoundStatus.DROPPED,
        judging=[metric for metric in definitions(today()) if metric.id in JUDGED],
        agreement=r.kappa_words(agreed(reads, _questions(made))),
        sized=r.size_rows(made),
        margins=r.margins(listed, cases),
        left_out=left_out,
        given=made.population + sum(int(count) for _, count in left_out),
        again=drawing.drawn_again(made, listed, cases),
        members=queries.members_of(db(), made.id),
        opened_by=names_of(db(), [made.opened_by_id])[made.opened_by_id],
        moves={name: refusal_items(AUDIT_ROUND.refusals(name, made.status, facts)) for name in moves},
        events=told(_events(made), RULE_SENTENCES),
    )


def _events(made: AuditRound) -> list[Event]:
    """What happened in a round, without each time that an auditor kept an answer."""
    return [one for one in events_of(db(), queries.audit_chain(made.id)) if one.verb != "case_audit.write"]


def _questions(made: AuditRound) -> list[str]:
    return [item for item in judged_items(made.framework.value) if item[0].isdigit()]


@blueprint.route("/audits/<reference>/<int(max=2147483647):number>/leave-out", methods=["GET", "POST"])
def exclude(reference: str, number: int) -> Any:
    """Leave a case out of the sample, with its reason; another takes its place."""
    made = round_(reference)
    case = queries.case_at(db(), made.id, number)
    form = f.ExcludeForm(version=case.version)
    if command := form.read(c.Excluded):
        expect_version(case, form.seen, {"version": case.version})
        other = drawing.exclude(db(), made, number, command, by=actor(), at=at())
        says = f"Case {other.place} takes its place." if other else "No other case was left."
        flash(f"Case {number} is left out. {says}", "success")
        return redirect(url_for("audits.view", reference=reference), 303)
    return page("audits/reason.html", form=form, round=made, title=f"Leave case {number} out", lead="")


@blueprint.route("/audits/<reference>/<any(finish, drop):ending>", methods=["GET", "POST"])
def end(reference: str, ending: str) -> Any:
    """Say what is learned and finish the round, or why it is dropped."""
    made = round_(reference)
    form = f.WordsForm(version=made.version)
    if command := form.read(c.Words):
        expect_version(made, form.seen, {"version": made.version})
        act = actions.finish if ending == "finish" else actions.drop
        act(db(), made, command, by=actor(), at=at())
        flash(f"The round is {'finished' if ending == 'finish' else 'dropped'}.", "success")
        return redirect(url_for("audits.view", reference=reference), 303)
    title = "Finish the round" if ending == "finish" else "Drop the round"
    lead = "Say what is learned." if ending == "finish" else _dropping(made)
    return page("audits/reason.html", form=form, round=made, title=title, lead=lead)


def _dropping(made: AuditRound) -> str:
    done = sum(one.complete for one in read(db(), queries.sample_of(db(), made.id)))
    audited = (
        f"{done} case{' is' if done == 1 else 's are'} fully audited" if done else "No case is fully audited"
    )
    stays = "What was answered stays, and can be read and told to the case manager." if done else ""
    return f"{audited}. {stays} Then the sample counts in no figure and no self-inspection. Say why."
