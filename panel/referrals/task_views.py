"""The referral as a whole: the list of its pages, check your answers, the page to print, and what follows."""

from typing import Any

from flask import redirect, request, url_for

from panel.codes.queries import ethnicity_words
from panel.documents.expected import expected
from panel.documents.models import Kind
from panel.documents.queries import papers as papers_of
from panel.errors import Missing, expect_version
from panel.forms import overrides_from
from panel.pages import page
from panel.referrals import actions
from panel.referrals import forms as f
from panel.referrals.drafts import BEING_WRITTEN, written
from panel.referrals.models import Referral
from panel.referrals.origins import origin_of
from panel.referrals.parts import Done, PartDone, count_done, parts_done
from panel.referrals.queries import carer_of, child_of, header_of, offences_of
from panel.referrals.rounds import open_round, rounds_of
from panel.referrals.said import said_about
from panel.referrals.summary import check_rows
from panel.referrals.views import blueprint, case, draft_page, mine
from panel.referrals.words import STATUS
from panel.referrals.writers import may_write
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.calendar import deadline, today_in_london
from workflows.case import CASE
from workflows.vocabulary import words

COLOURS = {Done.TO_DO: "blue", Done.TO_PUT_RIGHT: "red", Done.OPTIONAL: "grey"}


def groups_of(referral: Referral, *, changing: bool) -> list[dict[str, Any]]:
    """Everything on the referral in groups of rows."""
    child, offences = child_of(db(), referral), offences_of(db(), referral)
    listed = papers_of(db(), referral.id, kinds=(Kind.POLICE_PAPER,))
    return check_rows(
        referral,
        child,
        carer_of(db(), referral),
        offences,
        listed,
        expected(listed, today()),
        ethnicity=ethnicity_words(db(), child.ethnicity, today()),
        numbers=may_write(referral, actor().roles_in(referral.area_id), actor().id),
        origin=origin_of(db(), referral.id),
        said=said_about(db(), referral, offences),
        changing=changing,
    )


@blueprint.get("/cases/<reference>/tasks")
def tasks(reference: str) -> Any:
    """The pages of the referral, each with how far it is."""
    referral = mine(reference)
    if referral.status not in BEING_WRITTEN:
        raise Missing()
    parts = parts_done(written(db(), [referral], today=today())[0])
    return page(
        "referrals/tasks.html",
        referral=referral,
        child=child_of(db(), referral),
        groups=_task_groups(parts, reference),
        done=count_done(parts),
        total=len(parts),
        asked=open_round(db(), referral),
    )


def _task_groups(parts: list[PartDone], reference: str) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in parts:
        colour, said = COLOURS.get(one.done), words(one.done)
        groups.setdefault(one.part.group, []).append(
            {
                "text": one.part.title,
                "href": f"{url_for(one.part.endpoint, reference=reference)}?from=tasks",
                "status": {"text": said, "colour": colour} if colour else said,
            }
        )
    return [{"title": title, "items": items} for title, items in groups.items()]


@blueprint.route("/cases/<reference>/check", methods=["GET", "POST"])
def check(reference: str) -> Any:
    """Check your answers, then send the referral."""
    referral = mine(reference)
    form = f.PressForm(version=referral.version)
    if form.is_submitted():
        expect_version(referral, form.seen, {"version": referral.version})
        actions.submit(db(), referral, by=actor(), at=at(), overrides=overrides_from(request.form))
        return redirect(url_for("referrals.sent", reference=reference), 303)
    facts = actions.submit_facts(db(), referral, by=actor(), at=at())
    return draft_page(
        "referrals/check.html",
        referral,
        form=form,
        groups=groups_of(referral, changing=True),
        refusals=refusal_items(CASE.refusals("submit", referral.status, facts)),
        asked=open_round(db(), referral),
        typed={},
    )


@blueprint.get("/cases/<reference>/sent")
def sent(reference: str) -> Any:
    """The referral has been sent: its reference, what happens next and by when, who is told."""
    referral = mine(reference)
    if referral.submitted_at is None:
        raise Missing()
    header = header_of(db(), referral, today=today())
    day = today_in_london(referral.submitted_at)
    return page(
        "referrals/sent.html",
        header=header,
        accept_by=deadline("accept_due", day, "Accept").due,
        clocks=header.deadlines,
        again=bool(rounds_of(db(), [referral])),
    )


@blueprint.get("/cases/<reference>/print")
def printed(reference: str) -> Any:
    """The whole referral on one clean page."""
    referral = case(reference)
    return page(
        "referrals/print.html",
        referral=referral,
        child=child_of(db(), referral),
        stands=STATUS[referral.status].text,
        groups=groups_of(referral, changing=False),
        back={"href": url_for("cases.offence", reference=reference), "text": "The case"},
    )
