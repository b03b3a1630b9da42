"""The room of one case: who is here, whose position is read by whom, what is new, and what is never lost."""

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, func, select, update

from panel.accounts.models import SignIn
from panel.db import transaction
from panel.history.models import AccessEntry
from panel.meetings import actions as meetings
from panel.meetings.agenda import meeting_of, open_item
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.conftest import make
from tests.support.assessed import enter
from tests.support.decided import decided, heard, here, open_meeting, published, ready, wrote
from tests.support.visitor import Page, Visitor
from tests.support.world import NOW, World, build
from workflows.vocabulary import Outcome


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def begin(app: PanelApp, stage: object) -> tuple[World, str]:
    with transaction(app.engine) as db:
        world = build(db)
    return world, f"/cases/{make(app.engine, stage, world)}/panel"  # type: ignore[arg-type]


def part(page: Page) -> tuple[str, str]:
    """The mark of the live part, and what it says in one sentence."""
    box = next(e for e in page.tree.iter("div") if e.get("data-live-part") is not None)
    return box.get("data-mark", ""), box.get("data-said", "")


def asks(visitor: Visitor, base: str, mark: str) -> Page:
    return visitor.open(f"{base}?live={mark}", status=None)


def says(visitor: Visitor, base: str, comment: str = "") -> None:
    sent = {"outcome": "youth_caution", "comment": comment}
    visitor.send(base, sent, action="/position")


def leaves(app: PanelApp, world: World, base: str, **absent: bool) -> None:
    with transaction(app.engine) as db:
        case = db.exec(select(Referral).where(Referral.reference == base.split("/")[2])).one()
        item = open_item(db, case)
        assert item is not None
        meeting = meeting_of(db, item)
        meetings.attendance(db, meeting, here(world, **absent), by=world.actor("chair"), at=NOW)


def test_a_position_is_read_by_the_others_when_they_have_spoken(sqlite_app: PanelApp) -> None:
    _, base = begin(sqlite_app, open_meeting)
    police, victims = enter(sqlite_app, "seconded"), enter(sqlite_app, "victim_worker")
    says(police, base, "It was planned")
    assert "It was planned" in police.open(base).text, "one's own is always there"
    page = victims.open(base)
    assert "It was planned" not in page.html
    assert "Sam Reed (Police): has spoken" in page.text
    assert "It was planned" not in enter(sqlite_app, "chair").open(base + "/decision").html
    assert "Youth caution" not in enter(sqlite_app, "inspector").open(base.replace("panel", "history")).text
    says(victims, base)
    assert "It was planned" in victims.open(base).text
    screen = enter(sqlite_app, "chair").open(base + "/screen")
    assert "It was planned" not in screen.html
    assert "2 of 3 have spoken" in part(screen)[1]
    says(enter(sqlite_app, "chair"), base)
    screen = enter(sqlite_app, "chair").open(base + "/screen")
    assert "It was planned" in screen.text
    assert "Robin" not in screen.html


def test_nothing_new_is_an_empty_answer_with_few_questions_and_no_line_in_the_log(app: PanelApp) -> None:
    _, base = begin(app, open_meeting)
    police = enter(app, "seconded")
    mark, _ = part(police.open(base))
    with Session(app.engine) as db:
        before = db.exec(select(func.count()).select_from(AccessEntry)).one()
    asked: list[str] = []
    event.listen(app.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    page = asks(police, base, mark)
    assert (page.status, page.response.get_data()) == (204, b"")
    assert 0 < len([q for q in asked if q.startswith("SELECT")]) == len(set(asked) - {"BEGIN"}) <= 4, asked
    with Session(app.engine) as db:
        assert db.exec(select(func.count()).select_from(AccessEntry)).one() == before
    says(enter(app, "victim_worker"), base)
    page = asks(police, base, mark)
    assert page.status == 200
    assert "1 of 3 have spoken" in part(page)[1]
    assert "<form" not in page.html
    assert asks(police, base, part(page)[0]).status == 204


def test_asking_for_news_keeps_no_session_alive_and_tells_a_stranger_nothing(sqlite_app: PanelApp) -> None:
    _, base = begin(sqlite_app, open_meeting)
    police = enter(sqlite_app, "seconded")
    mark, _ = part(police.open(base))
    early = NOW.replace(hour=9, minute=50)
    with transaction(sqlite_app.engine) as db:
        db.execute(update(SignIn).values(seen_at=early))
    assert asks(police, base, mark).status == 204
    with Session(sqlite_app.engine) as db:
        assert set(db.exec(select(SignIn.seen_at))) == {early}
    police.open(base)
    with Session(sqlite_app.engine) as db:
        assert NOW in set(db.exec(select(SignIn.seen_at).order_by(col(SignIn.id))))
    assert asks(enter(sqlite_app, "far_manager"), base, mark).status == 404
    assert asks(enter(sqlite_app, "officer"), base, mark).status == 403


def test_whoever_gets_a_conflict_recorded_is_shut_out_at_the_next_question(sqlite_app: PanelApp) -> None:
    world, base = begin(sqlite_app, heard)
    police = enter(sqlite_app, "seconded")
    mark, _ = part(police.open(base))
    conflict = {"kind": "knows", "text": "Neighbour", "user_id": str(world.users["seconded"])}
    enter(sqlite_app, "chair").send(base.replace("/panel", "/conflict"), conflict)
    assert asks(police, base, mark).status == 205
    page = enter(sqlite_app, "victim_worker").open(base)
    assert "Sam Reed (Police): Youth conditional caution Set aside: conflict" in page.text
    assert "Missing: police." in page.text


def test_a_case_that_was_decided_says_so_to_whoever_still_looks_at_the_room(sqlite_app: PanelApp) -> None:
    _, base = begin(sqlite_app, ready)
    police, chair = enter(sqlite_app, "seconded"), enter(sqlite_app, "chair")
    mark, _ = part(police.open(base))
    chair.send(base + "/check")
    page = asks(police, base, mark)
    assert "Decided, to be given." in part(page)[1]
    assert "Decided: Youth conditional caution" in chair.open(base + "/screen").text


TYPED = "First line\nsecond “line” & <b>third</b>\n  with spaces"


def kept(page: Page) -> list[str]:
    """Every text that the page shows or would send again, to the byte."""
    shown = ["".join(e.itertext()) for tag in ("textarea", "dd") for e in page.tree.iter(tag)]
    return shown + [e.get("value", "") for e in page.tree.iter("input")]


def test_a_member_who_leaves_while_the_decision_is_typed_costs_no_word(app: PanelApp) -> None:
    world, base = begin(app, open_meeting)
    chair = enter(app, "chair")
    for key in ("seconded", "victim_worker", "chair"):
        says(enter(app, key), base)
    with transaction(app.engine) as db:
        case = db.exec(select(Referral)).one()
        case.victim_identified = True
        published(db, world, case)
        wrote(db, world, case, Outcome.YC)
    page = chair.open(base + "/check")
    assert "override-victim_view" in page.form().names
    leaves(app, world, base, police=False)
    page = chair.send(page, {"override-victim_view": TYPED}, status=409)
    assert "The panel is not complete" in page.text
    assert TYPED in kept(page)
    leaves(app, world, base)
    assert chair.send(page, status=303).location == base


@pytest.mark.parametrize("path", ["/decision", "/defer", "/condition", "/position"])
def test_what_is_typed_about_a_withdrawn_case_is_given_back(sqlite_app: PanelApp, path: str) -> None:
    _, base = begin(sqlite_app, ready)
    chair, officer = enter(sqlite_app, "chair"), enter(sqlite_app, "officer")
    page = chair.open(base if path == "/position" else base + path)
    officer.send(base.replace("/panel", "/withdraw"), {"reason": "New evidence"})
    field = {"/decision": "reasons", "/defer": "reason", "/condition": "what", "/position": "comment"}[path]
    button = {"/decision": "Save and check", "/condition": "Save the condition"}.get(path, "")
    action = path if path == "/position" else ""
    page = chair.send(page, {field: TYPED}, action=action, button=button, status=409)
    assert "does not wait for a panel now" in page.text
    assert TYPED in kept(page)


def test_the_record_keeps_a_position_with_its_time_and_account(sqlite_app: PanelApp) -> None:
    _, base = begin(sqlite_app, decided)
    text = enter(sqlite_app, "inspector").open(base).text
    assert "Sam Reed (Police): Youth conditional caution 17 November 2026 at 10:00" in text
