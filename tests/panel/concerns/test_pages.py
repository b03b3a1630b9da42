"""The pages of events, safeguarding and second readings, each with the eyes of a role."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.countersigning import criteria
from panel.assessments import second_reads
from panel.concerns.models import SignificantEvent
from panel.db import transaction
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support.assessed import CANARIES, VICTIM_NAME, assessed, enter, handed_in
from tests.support.decided import listed
from tests.support.world import NOW, accepted, build
from workflows.case import Status

EVENT = {"kind": "arrest", "happened_on": ["16", "11", "2026"], "what": "Arrested.", "source": "Police"}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(microseconds=next(ticks)))


def begin(engine: Engine, stage: Callable[..., Any], **more: object) -> str:
    """The address of a new case at this stage."""
    with transaction(engine) as db:
        reference = stage(db, build(db), **more).reference
    return f"/cases/{reference}"


def test_an_event_is_recorded_flagged_answered_and_told_in_the_history(app: PanelApp) -> None:
    base = begin(app.engine, assessed)
    police, manager = enter(app, "seconded"), enter(app, "manager")
    page = police.send(f"{base}/events/new", {}, status=422)
    assert "Choose what kind of event it is" in page.errors
    page = police.send(page, EVENT | {"happened_on": ["18", "11", "2026"]}, status=422)
    assert page.errors == ["Must be today or in the past"]
    page = police.follow(police.send(page, EVENT))
    assert page.heading == "Safeguarding"
    page = police.send(page, {"answer": "not_needed"}, status=422)
    assert page.errors == ["Say why a referral is not needed"]
    police.send(page, {"answer": "already_open", "reason": "Her social worker knows."})
    page = manager.open(base)
    assert "Significant event on 16 November 2026, not answered yet" in page.html
    assert "There has been a significant event since the assessment" in page.text
    page = manager.open(f"{base}/events")
    follow = page.links["Say what follows"]
    manager.send(follow, {"follows": "no_change", "why": "Released."})
    assert "not answered yet" not in manager.open(base).html
    said = manager.open(f"{base}/history").text
    assert "Recorded a significant event: Arrested" in said
    assert "Said what follows from a significant event (Arrested): No change is needed" in said


def test_assessing_again_from_the_page_of_the_event_takes_the_case_off_the_agenda(app: PanelApp) -> None:
    base = begin(app.engine, listed)
    worker, chair = enter(app, "case_manager"), enter(app, "chair")
    worker.send(f"{base}/events/new", EVENT)
    page = worker.open(worker.open(f"{base}/events").links["Say what follows"])
    assert "the case leaves the agenda of" in page.text
    page = worker.follow(worker.send(page, {"follows": "reassess", "why": "A second arrest."}))
    assert "The assessment is open again." in page.text
    assert "Void" in page.text
    assert "A second arrest." in page.text
    page = enter(app, "seconded").open(f"{base}/assessment")
    assert "The assessment is being written again." in page.text
    assert "Version 1, submitted on" in page.text
    page = chair.open(f"{base}/panel")
    assert "The assessment is being written again." in page.text
    assert "A case left the agenda" in chair.open("/tasks").text
    with Session(app.engine) as db:
        assert db.exec(select(Referral.status)).one() is Status.ACCEPTED


def test_what_tells_who_the_victim_is_is_not_kept_and_not_lost(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, assessed, victim=True)
    worker = enter(sqlite_app, "case_manager")
    page = worker.send(f"{base}/events/new", EVENT | {"what": f"Met {VICTIM_NAME}."}, status=422)
    assert page.errors == ["Leave out what tells who the victim is: other people read this"]
    assert f"Met {VICTIM_NAME}." in page.text
    with Session(sqlite_app.engine) as db:
        assert db.exec(select(SignificantEvent)).all() == []


@pytest.mark.parametrize(
    ("key", "reads", "records", "follows"),
    [
        ("officer", 403, 200, 403),
        ("other_officer", 403, 404, 403),
        ("seconded", 200, 200, 403),
        ("case_manager", 200, 200, 200),
        ("other_case_manager", 404, 404, 404),
        ("manager", 200, 200, 200),
        ("far_manager", 404, 404, 404),
        ("victim_worker", 200, 200, 403),
        ("inspector", 200, 403, 403),
        ("liaison", 403, 403, 403),
        ("board", 403, 403, 403),
        ("admin", 403, 403, 403),
    ],
)
def test_everybody_opens_exactly_their_own_pages(
    sqlite_app: PanelApp, key: str, reads: int, records: int, follows: int
) -> None:
    base = begin(sqlite_app.engine, assessed, victim=True)
    enter(sqlite_app, "manager").send(f"{base}/events/new", EVENT)
    person = enter(sqlite_app, key)
    pages = {
        "/events": reads,
        "/events/new": records,
        "/safeguarding": records,
        "/events/1/follow": follows,
        "/assessment/reopen": follows,
    }
    for path, status in pages.items():
        page = person.open(base + path, status=status)
        assert not [word for word in CANARIES if word in page.html]


def test_the_officer_does_not_read_what_others_wrote_about_the_childs_home(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, assessed)
    officer = enter(sqlite_app, "officer")
    assert "No sign of harm" not in officer.open(f"{base}/safeguarding").html
    assert "No sign of harm" in enter(sqlite_app, "seconded").open(f"{base}/safeguarding").html
    page = officer.send(f"{base}/events/new", EVENT)
    page = officer.send(officer.follow(page), {"answer": "not_needed", "reason": "Told the duty team."})
    assert page.location == base


def test_a_safeguarding_referral_waits_on_its_list_and_leaves_it_with_the_answer(app: PanelApp) -> None:
    base = begin(app.engine, accepted)
    worker = enter(app, "case_manager")
    answer = {"answer": "made", "made_on": ["13", "11", "2026"], "made_to": "Front door"}
    worker.send(f"{base}/safeguarding", answer)
    page = worker.open("/safeguarding")
    assert "1 referral, the oldest first" in page.text
    assert "Late: an answer was due on 16 November 2026" in page.text
    worker.send(page.links["Robin Fielding"], {"replied_on": ["17", "11", "2026"], "reply": "A visit."})
    assert "has answered every referral" in worker.open("/safeguarding").text


def test_two_people_who_answer_at_once_do_not_overwrite_each_other(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted)
    one, other = enter(sqlite_app, "case_manager"), enter(sqlite_app, "manager")
    first, second = one.open(f"{base}/safeguarding"), other.open(f"{base}/safeguarding")
    one.send(first, {"answer": "already_open", "reason": "Known to the north team."})
    page = other.send(second, {"answer": "not_needed", "reason": "No sign."}, status=409)
    assert "Known to the north team." in page.text


def test_managers_see_what_waits_with_its_days_and_case_managers_what_came_back(
    sqlite_app: PanelApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = begin(sqlite_app.engine, handed_in)
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(days=3))
    manager, worker = enter(sqlite_app, "manager"), enter(sqlite_app, "case_manager")
    page = manager.open("/countersigning")
    assert "3 working days" in page.text
    assert "Late" in page.text
    back = {"comment": "Ask the school.", "reasons": ["sources"]}
    manager.send(f"{base}/assessment/give-back", back)
    assert "No assessment waits" in manager.open("/countersigning").text
    page = worker.open("/")
    assert "Assessments given back to you" in page.text
    assert "Sources are missing" in page.text


def test_the_second_reader_sees_the_first_judgement_only_afterwards(
    app: PanelApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_reads, "lot", lambda _reference: 0)
    base = begin(app.engine, assessed)
    chair = enter(app, "chair")
    for path in ("/assessment", "/assessment/versions"):
        page = chair.open(base + path)
        assert "A second reading of this case is waiting." in page.text
        assert "Clear and fair; the school was asked." not in page.html
    enter(app, "manager").open(f"{base}/assessment/second-reading", status=404)
    page = chair.open(chair.open("/countersigning").links["Robin Fielding"])
    answers = {f"judged_{c.key}": "met" for c in criteria()} | {"judged_barriers": "partly"}
    wrong = chair.send(page, answers, status=422)
    assert "Say whether you would have countersigned it" in wrong.errors
    done = chair.send(wrong, {"would_sign": "yes", "comment": "Fair."})
    page = chair.follow(done)
    assert "They agree on 15 of 16 criteria. Would have countersigned it too." in page.text
    assert "Clear and fair; the school was asked." in page.text
    page = chair.open("/consistency")
    assert "two managers judged 15 of 16 criteria alike" in page.text
    assert "1 disagreement" in page.text
    assert page.links[base.removeprefix("/cases/")].endswith("/versions")
