"""The pages on which a plan is changed: a draft part by part, then one version with its reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import PanelForm, overrides_from
from panel.plans import change_commands as c
from panel.plans import change_forms as f
from panel.plans import drafting
from panel.plans.content import PARTS, TITLES, Content, differences, lines_of
from panel.plans.forms import PressForm
from panel.plans.models import Plan
from panel.plans.queries import plan_of
from panel.plans.versions import change_facts, content_now, versions_of
from panel.plans.views import blueprint, case
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, names_of
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.calendar import clock_words
from workflows.plan import PLAN, Status

BASE = "/cases/<reference>/plan/change"
KEY = "<int(max=2147483647):item>"
# The parts that have a form of their own, beside the steps.
ROWS: dict[str, tuple[type[PanelForm], type[Any], str]] = {
    "contingencies": (f.ContingencyForm, c.Contingency, "If things get worse"),
    "links": (f.LinkedForm, c.Linked, "A plan of another service"),
    "exits": (f.ExitForm, c.Exit, "A way into mainstream services"),
}
# What a step that binds nobody is never asked for.
NOT_ASKED = ("kind", "placement_id", "amount_pence", "payee", "pay_how", "checked_by", "at_childs_home")


def running(reference: str, *, lock: bool = True) -> tuple[Referral, Plan]:
    """A case whose plan is under way. Raises `Missing`."""
    referral = case(reference, lock=lock)
    plan = plan_of(db(), referral.id)
    if plan is None or plan.status is not Status.UNDER_WAY:
        raise Missing()
    return referral, plan


def _saved(form: PanelForm, referral: Referral, act: Callable[[], Any], field: str) -> bool:
    """Do it, or put a sentence at a field when the plan would tell of a victim."""
    expect_version(referral, form.seen, {"version": referral.version})
    try:
        act()
    except drafting.NamesVictim as names:
        where = " and ".join(names.places)
        form.complain(field, f"The plan would tell about the victim: look at {where}. Say it without that.")
        return False
    return True


def _to_change(reference: str) -> Any:
    return redirect(url_for("plans.change", reference=reference), 303)


@blueprint.route(BASE, methods=["GET", "POST"])
def change(reference: str) -> Any:
    """The draft of a change: its parts, what is different, what the rules say; then it becomes a version."""
    referral, plan = running(reference)
    form = f.WhyForm(version=referral.version)
    if (command := form.read(c.Why)) and _saved(
        form,
        referral,
        lambda: drafting.publish(
            db(), referral, plan, command.why, by=actor(), at=at(), overrides=overrides_from(request.form)
        ),
        "why",
    ):
        flash("The plan has a new version.", "success")
        return redirect(url_for("plans.view", reference=reference), 303)
    before, content = content_now(db(), plan), drafting.content_for(db(), plan)
    facts = change_facts(db(), referral, plan, content, "asked here")
    refusals = [r for r in PLAN.refusals("revise", plan.status, facts) if r.name != "something_changed"]
    return case_page(
        "plans/change.html",
        header_of(db(), referral, today=today()),
        form=form,
        press=PressForm(formdata=None, version=referral.version),
        parts=_parts(content),
        different=differences(before, content),
        drafted=before != content,
        refusals=refusal_items(refusals),
    )


def _parts(content: Content) -> list[dict[str, Any]]:
    return [
        {
            "name": part,
            "title": TITLES[part],
            "rows": [
                {
                    "key": row[drafting.NAMES[part]],
                    "text": text,
                    "first": place == 0,
                    "last": place == len(content[part]) - 1,
                    "binding": row.get("binding", False),
                }
                for place, (row, text) in enumerate(zip(content[part], lines_of(content, part), strict=True))
            ],
        }
        for part in PARTS
    ]


@blueprint.route(f"{BASE}/steps/add", methods=["GET", "POST"], defaults={"item": None})
@blueprint.route(f"{BASE}/steps/{KEY}", methods=["GET", "POST"])
def change_step(reference: str, item: int | None) -> Any:
    """Add a step, change one, or say who is responsible for a condition."""
    referral, plan = running(reference)
    row = drafting.row_in(drafting.content_for(db(), plan), "steps", item) if item else None
    if row and row["binding"]:
        return _owned(referral, plan, row)
    data = _typed(row) | {"version": referral.version}
    form = f.PlannedForm(data=data)
    for name in NOT_ASKED:
        del form[name]
    kept = {name: row[name] for name in NOT_ASKED if name != "amount_pence"} if row else {}
    if row:
        kept["amount_pence"] = int(row["amount_pence"])
    if (command := form.read(c.PlannedStep, today=today(), **kept)) and _saved(
        form,
        referral,
        lambda: drafting.set_step(db(), referral, plan, item, command, by=actor(), at=at()),
        "what",
    ):
        return _to_change(reference)
    title = "Change a step" if row else "Add a step"
    return case_page("plans/part.html", header_of(db(), referral, today=today()), form=form, title=title)


def _owned(referral: Referral, plan: Plan, row: dict[str, Any]) -> Any:
    form = f.OwnedForm(data=_typed(row) | {"version": referral.version})
    if (command := form.read(c.StepOwned)) and _saved(
        form,
        referral,
        lambda: drafting.set_owner(db(), referral, plan, row["number"], command, by=actor(), at=at()),
        "owner",
    ):
        return _to_change(referral.reference)
    says = (
        "This is a condition of the caution. What the child has to do is only changed by a variation: with "
        "the child's consent, the appropriate adult and a new signature."
    )
    header = header_of(db(), referral, today=today())
    return case_page("plans/part.html", header, form=form, title=row["what"], says=says)


def _typed(row: dict[str, Any] | None) -> dict[str, Any]:
    """A row as a form shows it: days are days again."""
    days = ("due_on", "starts_on", "by_when")
    return {k: date.fromisoformat(v) if k in days and v else v for k, v in (row or {}).items()}


@blueprint.route(
    f"{BASE}/<any(contingencies, links, exits):section>/add", methods=["GET", "POST"], defaults={"item": None}
)
@blueprint.route(f"{BASE}/<any(contingencies, links, exits):section>/{KEY}", methods=["GET", "POST"])
def change_part(reference: str, section: str, item: int | None) -> Any:
    """Add or change what is done when things get worse, a link to another plan, or a way out."""
    referral, plan = running(reference)
    row = drafting.row_in(drafting.content_for(db(), plan), section, item) if item else None
    made, asks, title = ROWS[section]
    form = made(data=_typed(row) | {"version": referral.version})
    if (command := form.read(asks)) and _saved(
        form,
        referral,
        lambda: drafting.set_row(db(), referral, plan, section, item, command, by=actor(), at=at()),
        form.visible()[0].name,
    ):
        return _to_change(reference)
    return case_page("plans/part.html", header_of(db(), referral, today=today()), form=form, title=title)


@blueprint.post(f"{BASE}/steps/{KEY}/move")
def move_planned(reference: str, item: int) -> Any:
    """Put a step one place earlier or later."""
    referral, plan = running(reference)
    expect_version(referral, PressForm().seen, {"version": referral.version})
    earlier = request.form.get("to") == "earlier"
    drafting.move_step(db(), referral, plan, item, earlier=earlier, by=actor(), at=at())
    return _to_change(reference)


@blueprint.post(f"{BASE}/<any(steps, contingencies, links, exits):section>/{KEY}/remove")
def remove_part(reference: str, section: str, item: int) -> Any:
    """Take a row out of the draft."""
    referral, plan = running(reference)
    expect_version(referral, PressForm().seen, {"version": referral.version})
    drafting.remove(db(), referral, plan, section, item, by=actor(), at=at())
    flash("Taken out of the draft.", "success")
    return _to_change(reference)


@blueprint.post(f"{BASE}/drop")
def drop_change(reference: str) -> Any:
    """Forget the draft."""
    referral, plan = running(reference)
    expect_version(referral, PressForm().seen, {"version": referral.version})
    drafting.drop(db(), referral, plan, by=actor(), at=at())
    flash("The change was dropped. The plan is as it was.", "success")
    return redirect(url_for("plans.view", reference=reference), 303)


@blueprint.get("/cases/<reference>/plan/versions")
def versions(reference: str) -> Any:
    """Every version with who made it and why, and what changed from one to the next, side by side."""
    referral = case(reference)
    plan = plan_of(db(), referral.id)
    if plan is None:
        raise Missing()
    found = versions_of(db(), plan.id)
    names = names_of(db(), [version.by_id for version in found])
    before = [None, *found]
    lines = [
        {
            "number": version.number,
            "why": version.why,
            "by": names.get(version.by_id, ""),
            "at": clock_words(version.at),
            "digest": version.digest[:12],
            "different": differences(old.content, version.content) if old else [],
        }
        for old, version in zip(before, found, strict=False)
    ]
    return case_page("plans/versions.html", header_of(db(), referral, today=today()), versions=lines[::-1])


@blueprint.route(f"/cases/<reference>/plan/exits/{KEY}", methods=["GET", "POST"])
def note_exit(reference: str, item: int) -> Any:
    """Write down what became of a way into mainstream services."""
    referral, plan = running(reference)
    row = drafting.row_in(content_now(db(), plan), "exits", item)
    form = f.ExitDoneForm(version=referral.version)
    if command := form.read(c.ExitDone, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        drafting.note_exit(db(), referral, plan, item, command, by=actor(), at=at())
        flash("Written down.", "success")
        return redirect(url_for("plans.view", reference=reference), 303)
    return case_page(
        "plans/part.html", header_of(db(), referral, today=today()), form=form, title=row["service"]
    )
