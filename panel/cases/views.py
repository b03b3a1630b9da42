"""The case as a whole: overview, offence, documents, history; and the lists of cases."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session

from panel.audits.queries import told_of
from panel.casepage import case_page
from panel.cases import queries
from panel.cases.missing import missing_for
from panel.cases.next_steps import may_withdraw, turn_of
from panel.cases.related import related
from panel.codes.queries import ethnicity_words
from panel.concerns.queries import RUNNING
from panel.db import write_along
from panel.documents.expected import expected
from panel.documents.models import Document, Kind, paper_words
from panel.documents.queries import Altered, paper, papers
from panel.documents.signed import opened
from panel.errors import Missing
from panel.forms import PanelForm
from panel.handovers.actions import HELD
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, note
from panel.history.sentences import Told, events_of, told
from panel.pages import page
from panel.referrals.models import Referral
from panel.referrals.origins import origin_of
from panel.referrals.queries import carer_of, child_of, header_of, offences_of, referral_for
from panel.referrals.rounds import Asked, rounds_of
from panel.referrals.said import said_about
from panel.referrals.summary import check_rows
from panel.referrals.words import STATUS
from panel.referrals.writers import may_write
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from panel.scrutiny.queries import learning_of
from panel.troubles import refusal_items
from workflows.calendar import day_date
from workflows.case import BEFORE_DECISION, CASE, Status
from workflows.roles import POLICE, Role

blueprint = Blueprint("cases", __name__)
# The operational officer and the liaison worker need the disposal, not the rest of the file.
ALL_PAPERS = frozenset(
    {Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER, Role.INSPECTOR}
)
# Here it matters what was asked and what became of it; later the history tells it.
ASKED_ABOUT = (Status.SENT_BACK, Status.SUBMITTED, Status.REJECTED)
# What the history says of the plan and of how it is kept to is for those who help the child.
OF_THE_PLAN = (
    *("plan.revise", "case.step_done", "case.step_ended", "case.note_exit", "case.feedback"),
    *("contact.", "matter.", "liaison."),
)
FOR_FAMILY = (Kind.CHILD_COPY, Kind.EASY_READ, Kind.PARENT_PAGE)
OWN_PAPERS = (Kind.POLICE_PAPER, Kind.DISPOSAL, Kind.SIGNED_COPY, *FOR_FAMILY)
# A letter to a victim opens in the room of the victims and nowhere else.
CASE_PAPERS = tuple(kind for kind in Kind if kind is not Kind.VICTIM_LETTER)


class PressForm(PanelForm):
    """A button: nothing to type."""


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here())


@blueprint.get("/cases")
def index() -> Any:
    """A list of cases, the nearest deadline first."""
    lists = queries.filters(actor(), today=today())
    name = request.args.get("list", "open")
    if name not in lists:
        raise Missing()
    title, where = lists[name]
    part = queries.cases(db(), actor(), where, after=request.args.get("after"))
    total = queries.count(db(), actor(), where)
    rows = [
        {
            "href": url_for("cases.overview", reference=line.reference),
            "cells": [
                {"text": line.child_name, "hint": line.reference},
                {"text": STATUS[line.status].text, "tag": STATUS[line.status].colour},
                _due(line),
                line.worker or "Nobody yet",
            ],
        }
        for line in part.lines
    ]
    onward = url_for("cases.index", list=name, after=part.after) if part.after else None
    return page(
        "cases/index.html",
        title=title,
        rows=rows,
        total=total,
        onward=onward,
        name=name,
        lists=_offered(lists),
    )


def _due(line: queries.Line) -> Any:
    if line.due_on is None:
        return {"text": "Nothing due"}
    late = line.due_on < today()
    return {"text": day_date(line.due_on), "hint": "Late" if late else ""}


def _offered(lists: dict[str, Any]) -> list[dict[str, str]]:
    return [{"text": words, "href": url_for("cases.index", list=name)} for name, (words, _) in lists.items()]


@blueprint.get("/cases/<reference>")
def overview(reference: str) -> Any:
    """Where the case stands, what happens next and whose turn it is."""
    referral = case(reference)
    roles = actor().roles_in(referral.area_id)
    turn, mine = turn_of(referral, roles, actor().id)
    buttons = [
        {"text": text, "href": url_for(endpoint, reference=reference), "primary": number == 0}
        for number, (text, endpoint) in enumerate(turn.buttons)
        if mine
    ]
    what_next = {
        "sentence": turn.sentence,
        "whose": "Your turn" if mine else turn.whose,
        "actions": buttons,
        "missing": refusal_items(missing_for(db(), referral, today=today())),
    }
    return case_page(
        "cases/overview.html",
        header_of(db(), referral, today=today()),
        next=what_next,
        referral=referral,
        rounds=_rounds(referral),
        press=PressForm(version=referral.version) if mine and referral.status is Status.GIVEN else None,
        withdrawing=may_withdraw(referral, roles, actor().id),
        handing_over=Role.YOT_MANAGER in roles and referral.status in HELD,
        given_alone=CASE.may("police_gave", referral.status, roles),
        related=related(db(), actor(), referral),
        event_record=_event_link(referral, roles),
        learned=_learned(referral, roles),
        audited=_audited(referral, roles),
        events=_story(referral, limit=5),
    )


def _learned(referral: Referral, roles: frozenset[Role]) -> str | None:
    """Where independent scrutiny fed something back, for those whom it concerns."""
    reads = roles & {Role.CASE_MANAGER, Role.YOT_MANAGER, Role.INSPECTOR}
    if not reads or referral.decided_at is None or not learning_of(db(), referral.id):
        return None
    return url_for("scrutiny.learning", reference=referral.reference)


def _audited(referral: Referral, roles: frozenset[Role]) -> str | None:
    """Where audits fed something back, for those whom it concerns."""
    reads = roles & {Role.CASE_MANAGER, Role.YOT_MANAGER, Role.INSPECTOR}
    if not reads or referral.given_on is None or not told_of(db(), referral.id):
        return None
    return url_for("audits.of_case", reference=referral.reference)


def _event_link(referral: Referral, roles: frozenset[Role]) -> str | None:
    tells = roles & {*POLICE, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER}
    if not tells or referral.status not in RUNNING:
        return None
    return url_for("concerns.record", reference=referral.reference)


def _rounds(referral: Referral) -> list[Asked]:
    if referral.status not in ASKED_ABOUT:
        return []
    return rounds_of(db(), [referral]).get(referral.id, [])


@blueprint.get("/cases/<reference>/offence")
def offence(reference: str) -> Any:
    """What the police told us."""
    referral = case(reference)
    writes = may_write(referral, actor().roles_in(referral.area_id), actor().id)
    child = child_of(db(), referral)
    offences = offences_of(db(), referral)
    listed = papers(db(), referral.id, kinds=(Kind.POLICE_PAPER,))
    groups = check_rows(
        referral,
        child,
        carer_of(db(), referral),
        offences,
        listed,
        expected(listed, today()),
        ethnicity=ethnicity_words(db(), child.ethnicity, today()),
        origin=origin_of(db(), referral.id),
        said=said_about(db(), referral, offences),
        numbers=writes,
        changing=writes and referral.status in BEFORE_DECISION,
    )
    return case_page("cases/offence.html", header_of(db(), referral, today=today()), groups=groups)


@blueprint.get("/cases/<reference>/documents")
def documents(reference: str) -> Any:
    """The papers on the case."""
    referral = case(reference)
    listed = papers(db(), referral.id, kinds=_kinds(referral))
    return case_page(
        "cases/documents.html",
        header_of(db(), referral, today=today()),
        papers=[(paper, paper_words(paper)) for paper in listed],
        expected=expected(listed, today()),
    )


@blueprint.get("/cases/<reference>/documents/<int(max=2147483647):number>")
def document(reference: str, number: int) -> Any:
    """One paper, as a file to keep."""
    referral = case(reference)
    found = paper(db(), referral.id, number)
    if found.kind not in _kinds(referral):
        raise Missing()
    try:
        data = opened(db(), found)
    except Altered:
        return _altered(referral, found)
    subject = f"{case_chain(referral.id)}:paper:{number}"
    log_access(db(), Operation.DISCLOSURE, subject, by=actor(), at=at(), page=here(), recipients=actor().name)
    response = Response(data, mimetype=found.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.filename}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _altered(referral: Referral, found: Document) -> Any:
    """Say that a paper is not what was kept, never show it, and write down that it was asked for."""
    chain, by, when, said = case_chain(referral.id), actor(), at(), {"title": found.title}

    def _write(session: Session) -> None:
        note(session, "document.found_altered", chain=chain, by=by, at=when, facts=said)

    write_along(db(), _write)
    return case_page(
        "cases/altered.html", header_of(db(), referral, today=today()), status=409, title=found.title
    )


def _kinds(referral: Referral) -> tuple[Kind, ...]:
    roles = actor().roles_in(referral.area_id)
    return CASE_PAPERS if roles & ALL_PAPERS else OWN_PAPERS


def _story(referral: Referral, limit: int = 500) -> list[Told]:
    """What happened; whoever may not open the plan does not read here what is written in it."""
    events = events_of(db(), case_chain(referral.id), limit=limit)
    if not actor().roles_in(referral.area_id) & (ALL_PAPERS | {Role.LIAISON}):
        events = [one for one in events if not one.verb.startswith(OF_THE_PLAN)]
    return told(events, RULE_SENTENCES)


@blueprint.get("/cases/<reference>/history")
def history(reference: str) -> Any:
    """The whole story, newest first."""
    referral = case(reference)
    events = _story(referral)
    return case_page("cases/history.html", header_of(db(), referral, today=today()), events=events)
