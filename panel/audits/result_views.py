"""What audits found: answers side by side, settling, feeding back, and system against auditor."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for

from config.audit_form import prompts, questions
from config.metrics import Metric
from panel.agreed_actions.models import AgreedAction
from panel.agreed_actions.queries import people
from panel.audits import actions, differences, mirrors, queries
from panel.audits import commands as c
from panel.audits import forms as f
from panel.audits import rows as r
from panel.audits.models import AuditRound
from panel.audits.results import TITLES, Read, judged_items, read, value_words
from panel.audits.views import blueprint, round_
from panel.casepage import case_page
from panel.errors import Missing, ShutOut, expect_version
from panel.forms import offer
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.referrals.conflicts import conflicted_in
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, names_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.audit import AUDITED_CASE, CaseStatus, RoundStatus
from workflows.calendar import deadline
from workflows.roles import Role

NUMBER = "<int(max=2147483647):number>"


def _read(made: AuditRound, number: int) -> Read:
    """A case whose audits are all finished. Raises `Missing` before: nobody sees the other's answers.

    Raises `ShutOut` for somebody with a conflict of interest in the case (PAN-6).
    """
    (one,) = read(db(), [queries.case_at(db(), made.id, number)])
    if actor().id in conflicted_in(db(), one.case.referral_id):
        raise ShutOut(db().get_one(Referral, one.case.referral_id).reference)
    log_access(
        db(), Operation.CONSULTATION, case_chain(one.case.referral_id), by=actor(), at=at(), page=here()
    )
    if not one.complete:
        raise Missing()
    return one


@blueprint.get(f"/audits/<reference>/{NUMBER}/result")
def result(reference: str, number: int) -> Any:
    """The answers of every auditor side by side, with how they were settled and what follows."""
    made = round_(reference)
    one = _read(made, number)
    names = names_of(db(), [audit.auditor_id for audit in one.audits])
    judged = judged_items(made.framework.value)
    facts = actions.sampled_facts(
        db(), made, one, by=actor(), settled=frozenset(one.differing(judged)), said="?"
    )
    may = AUDITED_CASE.moves_from(one.case.status, actor().roles_in(made.area_id))
    case = db().get_one(Referral, one.case.referral_id)
    tables = r.answer_table(made, one, names, mirrors.by_item(made.framework.value, on=today()))
    few = request.args.get("show") == "calling"
    told = actions.sampled_facts(db(), made, one, by=actor(), said="?")
    return page(
        "audits/result.html",
        round=made,
        one=one,
        reference=case.reference,
        names=[names[audit.auditor_id] for audit in one.audits],
        comments=[(names[audit.auditor_id], audit.comment) for audit in one.audits if audit.comment],
        tables=r.calling(tables) if few else tables,
        few=few,
        answers=[sum(len(part["lines"]) for part in which) for which in (tables, r.calling(tables))],
        action=_action(one),
        mirrors=mirrors.mirrors(db(), made.framework.value, one, on=today()),
        recorded=r.recorded(one.audits[0]),
        differing=len(one.differing(judged)),
        dropped=made.status is RoundStatus.DROPPED,
        judged=mirrors.JUDGED,
        may=may,
        settling=refusal_items(AUDITED_CASE.refusals("moderate", one.case.status, facts))
        if "moderate" in may
        else [],
        telling=refusal_items(AUDITED_CASE.refusals("feed_back", one.case.status, told))
        if "feed_back" in may
        else [],
    )


@blueprint.route(f"/audits/<reference>/{NUMBER}/settle", methods=["GET", "POST"])
def settle(reference: str, number: int) -> Any:
    """A third person settles what two auditors see differently."""
    made = round_(reference)
    one = _read(made, number)
    differing = one.differing(judged_items(made.framework.value))
    asked = {
        item: (_title(made, item), [(v, value_words(item, v)) for v in both])
        for item, both in differing.items()
    }
    form = f.settle_form(asked, version=one.case.version)
    command = form.read(c.Settled)
    # All that is missing is said at once.
    values = form.settled(list(differing)) if form.is_submitted() else None
    if command and values is not None:
        expect_version(one.case, form.seen, {"version": one.case.version})
        actions.moderate(db(), made, number, values, command, by=actor(), at=at())
        flash(f"Case {number} is settled. The original answers stay as they are.", "success")
        return redirect(url_for("audits.result", reference=reference, number=number), 303)
    facts = actions.sampled_facts(db(), made, one, by=actor(), settled=frozenset(differing), said="?")
    refusals = refusal_items(AUDITED_CASE.refusals("moderate", one.case.status, facts))
    return page(
        "audits/settle.html",
        form=form,
        round=made,
        case=one.case,
        notes={item: _notes(one, item, both) for item, both in differing.items()},
        refusals=refusals,
    )


def _action(one: Read) -> AgreedAction | None:
    return None if one.case.action_id is None else db().get(AgreedAction, one.case.action_id)


def _notes(one: Read, item: str, both: Sequence[str]) -> list[str]:
    """What each auditor wrote beside an answer, with the answer that it belongs to."""
    noted = zip(both, (one.notes[audit.id].get(item, "") for audit in one.audits), strict=False)
    return [f"Beside “{value_words(item, value)}”: {note}" for value, note in noted if note]


def _title(made: AuditRound, item: str) -> str:
    found = {q.key: f"{q.key} {q.says}" for q in questions(made.framework.value)}
    return TITLES.get(item) or found[item]


@blueprint.route(f"/audits/<reference>/{NUMBER}/feed-back", methods=["GET", "POST"])
def feed_back(reference: str, number: int) -> Any:
    """Tell the case manager what was found."""
    made = round_(reference)
    one = _read(made, number)
    comments = "\n\n".join(audit.comment for audit in one.audits if audit.comment)
    due = deadline("action_days", today(), "Done by").due
    form = f.FeedBackForm(data={"words": comments, "due_on": due}, version=one.case.version)
    offer(form.holder_id, people(db(), made.area_id, today=today()), first="Nobody")
    if command := form.read(c.FedBack, today=today()):
        expect_version(one.case, form.seen, {"version": one.case.version})
        actions.feed_back(db(), made, number, command, by=actor(), at=at())
        flash("The case manager has been told.", "success")
        return redirect(url_for("audits.view", reference=reference), 303)
    return page("audits/feed_back.html", form=form, round=made, case=one.case)


@blueprint.get("/audits/<reference>/differences")
def differing(reference: str) -> Any:
    """System against auditor: where they disagree, both ways, and the cases behind each number."""
    made = round_(reference)
    kept = [case for case in queries.cases_of(db(), made.id) if case.status is not CaseStatus.EXCLUDED]
    # Only what is complete: a single audit of a pair would tell the other auditor.
    reads = [one for one in read(db(), kept) if one.complete]
    found = list(differences.compared(reads))
    lines = differences.lines(found)
    show, item = _chosen(lines)
    if item is not None:
        return page(
            "audits/difference.html",
            round=made,
            line=item,
            show=show,
            cases=[one for one in found if one.item == item.item and show.holds(one.way)],
            metrics=_mirroring(made, item.item),
            ways=r.way_words(item.item),
        )
    return page(
        "audits/differences.html",
        round=made,
        audits=sum(len(one.audits) for one in reads),
        lines=[line for line in lines if line.count(show)],
        compared=len(lines),
        show=show,
        shows=[(one, says, sum(bool(line.count(one)) for line in lines)) for one, says in r.SHOWN.items()],
    )


def _chosen(lines: Sequence[differences.Line]) -> tuple[differences.Show, differences.Line | None]:
    said, item = request.args.get("show") or "differ", request.args.get("item", "")
    line = next((line for line in lines if line.item == item), None)
    if said not in set(differences.Show) or (item and line is None):
        raise Missing()
    return differences.Show(said), line


def _mirroring(made: AuditRound, item: str) -> Sequence[Metric]:
    """The metrics that mirror an item, or the key question to which it belongs."""
    prompt = prompts().get(item)
    found = mirrors.by_item(made.framework.value, on=today())
    return found.get(prompt.question if prompt else item, [])


@blueprint.route("/cases/<reference>/audit", methods=["GET", "POST"])
def of_case(reference: str) -> Any:
    """What audits found about a case, for its case manager; who may answer once it was fed back."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    told = queries.told_of(db(), referral.id)
    form = f.ReplyForm(version=told[0].version if told else 0)
    theirs = Role.CASE_MANAGER in actor().roles and referral.case_manager_id == actor().id
    open_ = bool(told) and theirs and told[0].replied_at is None
    if form.is_submitted() and not open_:
        raise Missing()
    if open_ and (command := form.read(c.Replied)):
        expect_version(told[0], form.seen, {"version": told[0].version})
        actions.reply(db(), referral, told[0], command, by=actor(), at=at())
        flash("Thank you. Your answer is kept, and the task is off your list.", "success")
        return redirect(url_for("audits.of_case", reference=reference), 303)
    return case_page(
        "audits/of_case.html",
        header_of(db(), referral, today=today()),
        form=form if open_ else None,
        told=told,
        rounds=queries.references_of(db(), [case.round_id for case in told]),
        reference=reference,
    )
