"""Children who are recorded twice: found, looked at side by side, merged by two people, taken back."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.children.actions import judge_pair, pair_of
from panel.errors import expect_version
from panel.forms import overrides_from
from panel.history.sentences import events_of, told
from panel.merges import actions, queries, shown
from panel.merges import commands as c
from panel.merges import forms as f
from panel.merges.models import Merge
from panel.merges.records import differing, snapshot
from panel.pages import page
from panel.referrals.matching import log_looks
from panel.referrals.queries import referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from panel.troubles import refusal_items
from workflows.matching import Verdict
from workflows.merge import MERGE, Status

blueprint = Blueprint("merges", __name__)


@blueprint.get("/merges")
def index() -> Any:
    """Who may be recorded twice, which merges wait, and which were made."""
    return _index(f.TwoCasesForm(formdata=None))


def _index(form: f.TwoCasesForm) -> Any:
    pairs = queries.likely_pairs(db(), actor(), today=today())
    numbers = {child.id for pair in pairs for child in (pair.first, pair.second)}
    log_looks(db(), sorted(numbers), by=actor(), at=at(), page=here())
    counts = queries.case_count(db(), sorted(numbers))
    waiting, done = (
        [
            shown.merge_row(merge, child, url_for("merges.view", reference=merge.reference))
            for merge, child in queries.merges(db(), actor(), *states)
        ]
        for states in ((Status.PROPOSED,), (Status.CONFIRMED, Status.DECLINED, Status.UNDONE))
    )
    rows = [shown.pair_row(p, url_for("merges.compare", number=p.row.id), counts) for p in pairs]
    total = queries.count_likely(db(), actor())
    return page("merges/index.html", form=form, pairs=rows, total=total, waiting=waiting, done=done)


@blueprint.post("/merges")
def find() -> Any:
    """Look at the children of two cases beside each other."""
    form = f.TwoCasesForm()
    command = form.read(c.TwoCases)
    if command is None:
        return _index(form)
    one, other = (
        referral_for(db(), actor(), reference.upper(), at=at(), page=here()).child_id
        for reference in (command.first, command.second)
    )
    if one == other:
        form.complain("second", "Both cases are of one and the same record already")
        return _index(form)
    pair = pair_of(db(), one, other) or judge_pair(db(), one, other, Verdict.LIKELY, by_id=None, at=at())
    return redirect(url_for("merges.compare", number=pair.id), 303)


@blueprint.route("/merges/pairs/<int(max=2147483647):number>", methods=["GET", "POST"])
def compare(number: int) -> Any:
    """Two records side by side: one child or two?"""
    pair = queries.pair_for(db(), actor(), number)
    log_looks(db(), [pair.first.id, pair.second.id], by=actor(), at=at(), page=here())
    before = snapshot(db(), pair.first, pair.second)
    rows = {row["label"]: row for row in shown.rows(before)}
    names = {name: rows[shown.label(name)] for name in differing(before)}
    form = f.proposal_form({n: (row["label"], row["first"], row["second"]) for n, row in names.items()})
    command = form.read(c.Proposal)
    taken = form.taken() if form.is_submitted() else None
    if command and taken is not None:
        merge = actions.propose(db(), pair, taken, command.reason, by=actor(), at=at())
        flash("The merge has been proposed. A second person, a YOT manager, confirms it.", "success")
        return redirect(url_for("merges.view", reference=merge.reference), 303)
    counts = queries.case_count(db(), [pair.first.id, pair.second.id])
    return page(
        "merges/compare.html",
        form=form,
        apart=f.ApartForm(formdata=None),
        pair=pair,
        rows=[*rows.values()],
        counts=(counts.get(pair.first.id, 0), counts.get(pair.second.id, 0)),
        number=number,
    )


@blueprint.post("/merges/pairs/<int(max=2147483647):number>/apart")
def apart(number: int) -> Any:
    """These are two children."""
    pair = queries.pair_for(db(), actor(), number)
    form = f.ApartForm()
    if command := form.read(c.Apart):
        actions.tell_apart(db(), pair, command.verdict, by=actor(), at=at())
        flash("The two children stay apart. Nobody is asked about them again.", "success")
        return redirect(url_for("merges.index"), 303)
    flash("Say whether they are related or not.", "error")
    return redirect(url_for("merges.compare", number=number), 303)


@blueprint.get("/merges/<reference>")
def view(reference: str) -> Any:
    """One merge: both records, who proposed it and why, what became of it."""
    merge = queries.merge_for(db(), actor(), reference)
    log_looks(db(), [merge.survivor_id, merge.merged_id], by=actor(), at=at(), page=here())
    survivor, merged = queries.children_of(db(), merge)
    facts = actions.facts_of(db(), merge, survivor, merged, by=actor(), reason="given later")
    roles = actor().roles_in(merge.area_id)
    may = {name: MERGE.may(name, merge.status, roles) for name in ("confirm", "decline", "undo")}
    unmet = MERGE.refusals("confirm", merge.status, facts) if may["confirm"] else ()
    return page(
        "merges/view.html",
        form=f.PressForm(formdata=None, version=merge.version) if may["confirm"] else None,
        merge=merge,
        name=survivor.name,
        colour=shown.COLOURS[merge.status],
        rows=shown.rows(merge.before, merge.taken),
        cases=[len(merge.before["cases"][side]) for side in ("survivor", "merged")],
        refusals=refusal_items(unmet),
        hard=[refusal for refusal in unmet if refusal.hard],
        may=may,
        typed={},
        events=told(events_of(db(), actions.merge_chain(merge.id)), RULE_SENTENCES),
    )


@blueprint.post("/merges/<reference>/confirm")
def confirm(reference: str) -> Any:
    """Confirm a merge that somebody else proposed."""
    merge = queries.merge_for(db(), actor(), reference, lock=True)
    form = f.PressForm()
    expect_version(merge, form.seen, {"version": merge.version})
    actions.confirm(db(), merge, by=actor(), at=at(), overrides=overrides_from(request.form))
    flash("The two records are one now. It can be taken back here.", "success")
    return redirect(url_for("merges.view", reference=reference), 303)


@blueprint.route("/merges/<reference>/decline", methods=["GET", "POST"])
def decline(reference: str) -> Any:
    """Decline a merge with a reason."""
    merge = queries.merge_for(db(), actor(), reference, lock=request.method == "POST")
    form = f.ReasonForm(version=merge.version)
    if command := form.read(c.WithReason):
        expect_version(merge, form.seen, {"version": merge.version})
        actions.decline(db(), merge, command.reason, by=actor(), at=at())
        flash("The merge has been declined. The two records stay apart.", "success")
        return redirect(url_for("merges.view", reference=reference), 303)
    return _reason(merge, form, "Decline this merge", "The two records stay apart.")


@blueprint.route("/merges/<reference>/undo", methods=["GET", "POST"])
def undo(reference: str) -> Any:
    """Take a merge back with a reason."""
    merge = queries.merge_for(db(), actor(), reference, lock=request.method == "POST")
    form = f.ReasonForm(version=merge.version)
    if command := form.read(c.WithReason):
        expect_version(merge, form.seen, {"version": merge.version})
        kept, added = actions.undo(
            db(),
            merge,
            command.reason,
            by=actor(),
            at=at(),
            overrides=overrides_from(request.form),
        )
        flash(_undone(kept, added), "success")
        return redirect(url_for("merges.view", reference=reference), 303)
    says = (
        "Both records become what they were, each with its own cases. Cases that were added since, and "
        "details that were changed since, stay with the record that was kept."
    )
    return _reason(merge, form, "Take this merge back", says)


def _undone(kept: list[str], added: int) -> str:
    parts = ["The merge has been taken back: there are two records again."]
    if kept:
        labels = ", ".join(shown.label(name).lower() for name in kept)
        parts.append(f"Changed since the merge, so kept as it is now: {labels}.")
    if added:
        parts.append(f"Cases added since the merge stay with the record that was kept: {added}.")
    return " ".join(parts)


def _reason(merge: Merge, form: f.ReasonForm, title: str, says: str) -> Any:
    return page("merges/reason.html", form=form, reference=merge.reference, title=title, says=says)
