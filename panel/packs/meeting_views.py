"""The papers of a meeting: a cover, then every case in the order of the agenda."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlmodel import select

from panel.accounts.models import Area
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.meetings.agenda import on_agenda
from panel.meetings.models import Meeting
from panel.meetings.queries import chair_name, meeting_for, members_of
from panel.meetings.words import count_words, when_words
from panel.packs import shown
from panel.packs.agenda import CasePapers, digest_of, papers_of, written_since
from panel.packs.paper import CaseSheet, Cover, pack_pdf
from panel.packs.queries import marks_of
from panel.packs.views import as_file, blueprint, printed
from panel.pages import page
from panel.request import actor, at, db
from panel.request import page as here
from workflows.roles import SEAT_WORDS


@blueprint.get("/meetings/<reference>/papers")
def meeting(reference: str) -> Any:
    """All papers of a meeting on one page."""
    found = meeting_for(db(), actor(), reference, at=at(), page=here())
    cases = papers_of(db(), actor(), found)
    for one in cases:
        if one.shown:
            subject = case_chain(one.referral.id)
            log_access(db(), Operation.CONSULTATION, subject, by=actor(), at=at(), page=here())
    return page(
        "packs/meeting.html",
        meeting=found,
        back={"href": url_for("meetings.view", reference=reference), "text": "The meeting"},
        **_cover(found, cases),
        sheets=[_sheet(one) for one in cases],
        rows=_rows(found, cases),
    )


@blueprint.get("/meetings/<reference>/papers/pdf")
def meeting_print_out(reference: str) -> Any:
    """All papers of a meeting as a PDF."""
    found = meeting_for(db(), actor(), reference, at=at(), page=here())
    cases = papers_of(db(), actor(), found)
    words = _cover(found, cases)
    cover = Cover(
        [("Date", words["when"]), ("Place", found.location), ("Chair", words["chair"])],
        words["members"],
        [_agenda_line(one) for one in cases],
        " ".join([words["note"], words["digest"]]).strip(),
    )
    area = db().exec(select(Area.name).where(Area.id == found.area_id)).one()
    return as_file(
        [one.referral for one in cases if one.shown],
        f"{reference}-panel-papers.pdf",
        lambda: pack_pdf(
            f"Papers for the panel: {words['when']}",
            [_sheet(one) for one in cases],
            area=area,
            cover=cover,
            **printed(),
        ),
        url_for("packs.meeting", reference=reference),
    )


def _cover(found: Meeting, cases: Sequence[CasePapers]) -> dict[str, Any]:
    members = [f"{m.name} ({SEAT_WORDS[m.seat]})" for m in members_of(db(), found.id)]
    hidden = on_agenda(db(), found.id) - len(cases)
    note = f"{count_words(hidden, 'case').capitalize()} not yours to see: left out here." if hidden else ""
    return {
        "when": when_words(found.held_on, found.starts_at),
        "chair": chair_name(db(), found),
        "members": members,
        "note": note,
        "digest": f"Digest of these papers together: {digest_of(cases)}." if cases else "",
    }


def _agenda_line(one: CasePapers) -> str:
    """The cover's line of a case; of one that is left out only its reference."""
    if one.shut_out:
        return f"{one.referral.reference}: left out, you have a conflict of interest"
    papers = f"papers version {one.pack.number}" if one.pack else "no papers published"
    return f"{one.child_name}, {one.referral.reference}: {papers}"


def _sheet(one: CasePapers) -> CaseSheet:
    reference, pack = one.referral.reference, one.shown
    if one.shut_out:
        says = "You have a conflict of interest in this case: its papers are not for you."
        return CaseSheet(reference, f"{one.place}. {reference}", "", "", [], says)
    title = f"{one.place}. {one.child_name}"
    if pack is None:
        return CaseSheet(reference, title, "", "", [], "No papers of this case were published.")
    return CaseSheet(reference, title, shown.as_of(pack), pack.digest, shown.sections(pack))


def _rows(found: Meeting, cases: Sequence[CasePapers]) -> list[dict[str, Any]]:
    """The agenda with the reader's own standing, and whether something was written since."""
    marks, since = marks_of(db(), [one.referral.id for one in cases]), written_since(db(), cases)
    rows = []
    for one in cases:
        mine = marks.get((one.referral.id, actor().id))
        read = bool(one.shown and mine and mine.read and mine.read[0] == one.shown.number)
        papers = shown.as_of(one.shown) if one.shown else ""
        rows.append(
            {
                "href": url_for("packs.view", reference=one.referral.reference),
                "cells": [
                    {
                        "text": f"{one.place}. {'' if one.shut_out else one.child_name}".strip(),
                        "hint": one.referral.reference,
                    },
                    papers or ("Conflict of interest" if one.shut_out else "Not published"),
                    _mine(one, read),
                    "Look whether they changed" if one.referral.id in since else "As published",
                ],
            }
        )
    return rows


def _mine(one: CasePapers, read: bool) -> Any:
    if not one.shown:
        return None
    return {"text": "Read" if read else "Not read", "tag": "green" if read else "grey"}
