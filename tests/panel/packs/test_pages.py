"""The papers on the pages and on paper: who reads them, who may not, and what a PDF of them is."""

import io
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.conflict_commands import Declaration
from panel.meetings.conflicts import declare
from panel.packs.models import Mark, PackReading
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.conftest import make, rows
from tests.panel.documents.disposal_papers import text_of
from tests.panel.ground.test_pages_stay_quick import counted
from tests.panel.packs.test_making import event, published
from tests.support.assessed import CANARIES, CLEARED, enter
from tests.support.decided import decided, listed, planned
from tests.support.visitor import Visitor
from tests.support.world import NOW, World
from workflows.conflict import ConflictKind


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def papers_at(reference: str) -> str:
    return f"/cases/{reference}/papers-for-panel"


def meeting_at(engine: Engine, reference: str) -> str:
    """The papers of the meeting on whose agenda this case is."""
    with Session(engine) as db:
        referral = db.exec(select(Referral).where(Referral.reference == reference)).one()
        item = open_item(db, referral)
        assert item is not None
        return f"/meetings/{meeting_of(db, item).reference}/papers"


def changed(engine: Engine, world: World, reference: str) -> None:
    """Something happens in a case that is on an agenda."""
    with transaction(engine) as db:
        referral = db.exec(select(Referral).where(Referral.reference == reference)).one()
        event(db, world, referral)


def pdf_of(visitor: Visitor, path: str) -> bytes:
    response = visitor.client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/pdf"), response.text
    return response.get_data()


def test_a_member_opens_reads_and_has_read_until_there_is_a_new_version(
    app: PanelApp, engine: Engine, world: World
) -> None:
    reference = make(engine, listed, world)
    member, chair = enter(app, "seconded"), enter(app, "chair")
    assert "Papers to read" in member.open("/").text
    assert "Not opened" in member.open("/papers-to-read").text
    page = member.open(papers_at(reference))
    assert "Papers as of Tuesday 17 November 2026 at 10:00, version 1, digest" in page.text
    assert [mark.mark for mark in rows(engine, select(PackReading))] == [Mark.OPENED]  # type: ignore[attr-defined]
    assert "Opened, not read" in member.open("/papers-to-read").text
    page = member.follow(member.send(page, button="I have read these papers (version 1)"))
    assert "You have read version 1." in page.text
    assert "You have read everything" in member.open("/papers-to-read").text
    changed(engine, world, reference)
    manager = enter(app, "manager")
    page = manager.open(papers_at(reference))
    assert "New: Significant events" in page.text
    page = manager.follow(manager.send(page, button="Publish the papers again"))
    assert "Version 2 of the papers is published." in page.text
    page = chair.open(papers_at(reference))
    assert "OpenedVersion 1, 17 November 2026 at 10:00 Read Version 1 only" in page.text
    assert "Version 2" in member.open("/papers-to-read").text


def test_a_stale_pack_is_told_on_the_panels_page_which_shows_what_was_published(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, listed, small_world)
    changed(sqlite_engine, small_world, reference)
    page = enter(sqlite_app, "victim_worker").open(f"/cases/{reference}/panel")
    assert "The case has changed since these papers were made." in page.text
    assert "Stopped with a bicycle." not in page.text
    page = enter(sqlite_app, "victim_worker").open(papers_at(reference))
    assert "A YOT manager publishes them again" in page.text
    assert [form for form in page.forms() if "publish" in form.action] == []


def test_the_record_shows_the_papers_that_the_panel_decided_on(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, decided, small_world)
    before = enter(sqlite_app, "manager").open(f"/cases/{reference}/panel").text
    changed(sqlite_engine, small_world, reference)
    after = enter(sqlite_app, "manager").open(f"/cases/{reference}/panel").text
    assert "version 1, digest" in after
    assert after.split("The papers")[-1] == before.split("The papers")[-1]


def test_a_part_is_struck_out_on_its_page_and_readers_see_that_and_why(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, listed, small_world)
    manager, member = enter(sqlite_app, "manager"), enter(sqlite_app, "seconded")
    path = f"{papers_at(reference)}/parts/who-was-heard"
    assert "Say why, for everybody who reads" in manager.send(path, {"reason": ""}, status=422).text
    page = manager.follow(manager.send(path, {"reason": "It is about his sister."}))
    assert "Struck out by Ruth Okoro on 17 November 2026: It is about his sister." in page.text
    words = "I was stupid. I want to put it right."
    for where in ("", "/1"):
        assert words not in member.open(papers_at(reference) + where).text
    assert words in manager.open(f"{papers_at(reference)}/1").text
    assert words not in text_of(pdf_of(member, f"{papers_at(reference)}/1/pdf"))
    member.open(path, status=403)


STRANGERS = {"officer": 403, "liaison": 403, "board": 403, "admin": 403, "other_case_manager": 404}


def test_nobody_else_reads_the_papers(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, listed, small_world)
    for key, status in STRANGERS.items():
        for where in ("", "/1", "/1/pdf"):
            enter(sqlite_app, key).open(papers_at(reference) + where, status=status)
    enter(sqlite_app, "far_manager").open(meeting_at(sqlite_engine, reference), status=404)


def test_a_case_that_is_on_no_agenda_says_so(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    from tests.support.assessed import assessed

    reference = make(sqlite_engine, assessed, small_world)
    assert "No papers were made for a panel." in enter(sqlite_app, "manager").open(papers_at(reference)).text


@pytest.mark.parametrize("whole", [False, True])
def test_the_pdf_is_accessible_and_says_who_printed_it_and_nothing_about_a_victim(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, tmp_path: Path, whole: bool
) -> None:
    from pdfua import validate

    reference = make(sqlite_engine, listed, small_world, victim=True)
    path = meeting_at(sqlite_engine, reference) if whole else f"{papers_at(reference)}/1"
    member = enter(sqlite_app, "seconded")
    data = pdf_of(member, f"{path}/pdf")
    file = tmp_path / "papers.pdf"
    file.write_bytes(data)
    report = validate(str(file))
    assert report.exit_code == 0, report.findings
    with pikepdf.open(io.BytesIO(data)) as opened:
        described = opened.open_metadata()
        assert (described["pdfaid:part"], described["pdfaid:conformance"]) == ("2", "A")
        assert described["pdfuaid:part"] == "1"
    said = text_of(data)
    assert "Restricted: papers of the out-of-court disposal panel" in said
    assert "Printed by Sam Reed on 17 November 2026 at 10:00" in said
    assert CLEARED in said
    assert [word for word in CANARIES if word in said] == []
    assert pdf_of(member, f"{path}/pdf") == data
    response = member.client.get(f"{path}/pdf")
    assert "Robin" not in response.headers["Content-Disposition"]
    given_out = [e for e in rows(sqlite_engine, select(AccessEntry)) if e.operation is Operation.DISCLOSURE]  # type: ignore[attr-defined]
    assert len(given_out) == 3


def test_an_answer_that_never_came_is_a_gap_on_the_page_and_on_paper(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    from panel.packs.contents import _with_gap

    waiting = {
        "key": "Health",
        "value": ["Asked on 3 November 2026", "Waiting for an answer, due on 10 November"],
    }
    assert _with_gap(waiting)["gap"] == "Not received"
    assert "gap" not in _with_gap({"key": "School", "value": ["Answer received, 5 November 2026"]})
    assert _with_gap({"key": "Sources", "value": "Nobody has been asked yet"})["gap"] == "Not received"
    reference = make(sqlite_engine, listed, small_world)
    assert "Missing" in enter(sqlite_app, "manager").open(papers_at(reference)).text, "the PNC record"


def test_a_member_with_a_conflict_does_not_get_the_case_in_the_papers_of_the_meeting(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    own = Declaration(kind=ConflictKind.KNOWS, text="We sing in one choir")
    with transaction(sqlite_engine) as db:
        meeting = planned(db, small_world)
        mine, other = (listed(db, small_world, meeting=meeting, victim=True) for _ in range(2))
        first, second, path = mine.reference, other.reference, f"/meetings/{meeting.reference}/papers"
        declare(db, mine, own, by=small_world.actor("seconded"), at=NOW)
    seconded, chair = enter(sqlite_app, "seconded"), enter(sqlite_app, "chair")
    for said in (seconded.open(path).text, text_of(pdf_of(seconded, f"{path}/pdf"))):
        assert said.count(CLEARED) == 1
        assert "You have a conflict of interest in this case: its papers are not for you." in said
        assert said.count("version 1, digest") >= 1
        assert second in said
    with Session(sqlite_engine) as db:
        number = db.exec(select(Referral.id).where(Referral.reference == first)).one()
        query = select(AccessEntry).where(AccessEntry.subject == f"case:{number}")
        seen = db.exec(query.where(AccessEntry.user_id == small_world.users["seconded"])).all()
        assert [entry.page for entry in seen if entry.page.startswith("packs.")] == [], "it was given out"
    assert chair.open(path).text.count(CLEARED) == 2


def test_the_papers_of_nine_cases_ask_as_many_questions_as_those_of_one(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        meeting = planned(db, small_world)
        referral = listed(db, small_world, meeting=meeting)
        reference, path = referral.reference, f"/meetings/{meeting.reference}/papers"
        number = meeting.id
    manager = enter(sqlite_app, "manager")
    manager.open(path)
    with counted(sqlite_engine) as few:
        manager.open(path)
    with transaction(sqlite_engine) as db:
        from panel.meetings.models import Meeting

        for _ in range(8):
            listed(db, small_world, meeting=db.get_one(Meeting, number))
    with counted(sqlite_engine) as many:
        page = manager.open(path)
    assert len(many) == len(few)
    assert len(many) <= 25
    assert page.text.index(reference) < page.text.index("9. Robin Fielding")
    changed(sqlite_engine, small_world, reference)
    assert "Look whether they changed" in manager.open(path).text
    with transaction(sqlite_engine) as db:
        published(db, small_world, db.exec(select(Referral).where(Referral.reference == reference)).one())
    assert "version 2, digest" in manager.open(path).text
