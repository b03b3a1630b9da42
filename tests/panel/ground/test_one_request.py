"""One request, one transaction: all or nothing, once, and nothing typed is lost."""

import re
import threading

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.history.verify import verify
from panel.notifications.models import Notification
from panel.once import ActKey
from panel.referrals import actions, returns
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.conftest import Visit, make, rows, signed_in
from tests.support.visitor import Page, Visitor
from tests.support.world import World, accepted, draft, submitted
from workflows.case import Status


def status(engine: Engine, reference: str) -> Status:
    """The status that stands in the database."""
    (row,) = rows(engine, select(Referral).where(Referral.reference == reference))
    assert isinstance(row, Referral)
    return row.status


def test_an_act_its_event_its_log_line_and_its_task_are_written_together(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, draft, world)
    visit("officer").send(f"/cases/{reference}/check", button="Send the referral to the YOT")
    assert status(engine, reference) is Status.SUBMITTED
    assert len(rows(engine, select(Event).where(Event.verb == "case.submit"))) == 1
    assert len(rows(engine, select(Notification))) == 1
    log = rows(engine, select(AccessEntry).where(AccessEntry.page == "case.submit"))
    assert [entry.operation for entry in log] == [Operation.ALTERATION]  # type: ignore[attr-defined]
    assert verify(engine) == []


def test_when_the_last_write_fails_none_of_it_is_written(
    engine: Engine, world: World, app: PanelApp, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = make(engine, draft, world)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("the queue is gone")

    monkeypatch.setattr(actions, "notify", broken)
    page = visit("officer").send(
        f"/cases/{reference}/check", button="Send the referral to the YOT", status=500
    )
    assert re.search(r"E-[0-9A-F]{8}", page.text)
    assert status(engine, reference) is Status.DRAFT
    assert rows(engine, select(Event).where(Event.verb == "case.submit")) == []
    assert rows(engine, select(Notification)) == []
    assert rows(engine, select(ActKey)) == []


def test_a_double_click_is_carried_out_once_and_both_see_the_same_result(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, draft, world)
    officer = visit("officer")
    page = officer.open(f"/cases/{reference}/check")
    first = officer.send(page, button="Send the referral to the YOT")
    second = officer.send(page, button="Send the referral to the YOT")
    assert first.location == second.location
    assert len(rows(engine, select(Event).where(Event.verb == "case.submit"))) == 1
    assert len(rows(engine, select(Notification))) == 1


def test_many_clicks_at_the_same_moment_are_carried_out_once(
    engine: Engine, world: World, app: PanelApp
) -> None:
    reference = make(engine, draft, world)
    visitors = [signed_in(app, "officer") for _ in range(6)]
    page = visitors[0].open(f"/cases/{reference}/offences/new?code=ZT68003")
    key = page.form(button="Add this offence").filled["act_key"]
    answers: list[Page] = []
    start = threading.Barrier(len(visitors))

    def click(visitor: Visitor) -> None:
        own = visitor.open(f"/cases/{reference}/offences/new?code=ZT68003")
        values = {"committed_on": ["1", "11", "2026"], "location": "Mill Row", "act_key": key}
        start.wait(30)
        answers.append(visitor.send(own, values, button="Add this offence", status=None))

    threads = [threading.Thread(target=click, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [answer.status for answer in answers] == [303] * len(visitors)
    assert len(rows(engine, select(Event).where(Event.verb == "case.add_offence"))) == 2


def test_a_key_that_comes_back_with_other_contents_is_refused_and_the_text_is_kept(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, submitted, world)
    manager = visit("manager")
    page = manager.open(f"/cases/{reference}/send-back")
    manager.send(page, {"codes": ["other"], "reason": "The interview record is missing."})
    again = manager.send(page, {"codes": ["other"], "reason": "Something else entirely."}, status=409)
    assert "Something else entirely." in again.text
    assert "saved" in again.text


def test_a_form_without_its_key_is_refused(world: World, app: PanelApp) -> None:
    officer = signed_in(app, "officer")
    token = officer.open("/referrals/new").form().filled["csrf_token"]
    response = officer.client.post("/referrals/new", data={"csrf_token": token})
    assert response.status_code == 400


def test_the_loser_of_a_race_sees_both_versions_and_keeps_what_was_typed(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, draft, world)
    first, second = visit("officer"), visit("officer")
    path = f"/cases/{reference}/circumstances"
    one, two = first.open(path), second.open(path)
    first.send(one, {"circumstances": "Robin pushed the door."})
    lost = second.send(two, {"circumstances": "Robin kicked\nthe glass."}, status=409)
    assert "Robin pushed the door." in lost.text
    assert "Robin kicked the glass." in lost.text
    second.send(lost, button="Save what I typed")
    (row,) = rows(engine, select(Referral).where(Referral.reference == reference))
    assert row.circumstances.splitlines() == ["Robin kicked", "the glass."]  # type: ignore[attr-defined]


def test_reading_a_case_writes_who_looked_before_the_page_leaves(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, accepted, world)
    visit("manager").open(f"/cases/{reference}/offence")
    seen = rows(engine, select(AccessEntry).where(AccessEntry.page == "cases.offence"))
    assert [(e.user_id, e.operation) for e in seen] == [  # type: ignore[attr-defined]
        (world.users["manager"], Operation.CONSULTATION)
    ]


def test_a_page_that_cannot_be_logged_is_not_shown(
    engine: Engine, world: World, app: PanelApp, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = make(engine, accepted, world)
    manager = visit("manager")
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def full(_engine: object, _db: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("panel.web.finish_reading", full)
    page = manager.open(f"/cases/{reference}/offence", status=500)
    assert "Robin" not in page.html


def test_an_error_page_gives_back_everything_that_was_typed(
    engine: Engine, world: World, app: PanelApp, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = make(engine, submitted, world)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    manager = visit("manager")
    page = manager.open(f"/cases/{reference}/send-back")

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("Robin Fielding must not be in the log")

    with monkeypatch.context() as patch:
        patch.setattr(returns, "move", broken)
        lost = manager.send(page, {"codes": ["other"], "reason": "A long reason\nin two lines."}, status=500)
    assert "A long reason" in lost.text
    manager.send(lost, button="Try again")
    assert status(engine, reference) is Status.SENT_BACK


def test_a_forged_form_is_refused_with_its_text_kept(engine: Engine, world: World, visit: Visit) -> None:
    reference = make(engine, submitted, world)
    manager = visit("manager")
    page = manager.open(f"/cases/{reference}/send-back")
    lost = manager.send(
        page, {"codes": ["other"], "reason": "Typed with care.", "csrf_token": "forged"}, status=400
    )
    assert "Typed with care." in lost.text
    manager.send(lost, button="Send it again")
    assert status(engine, reference) is Status.SENT_BACK


def test_a_form_from_another_site_is_refused(world: World, app: PanelApp) -> None:
    officer = signed_in(app, "officer")
    form = officer.open("/referrals/new").form().filled
    response = officer.client.post("/referrals/new", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 400


def test_the_log_of_a_failure_names_no_person(
    engine: Engine,
    world: World,
    app: PanelApp,
    visit: Visit,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reference = make(engine, submitted, world)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("Robin Fielding")

    monkeypatch.setattr(returns, "move", broken)
    visit("manager").send(
        f"/cases/{reference}/send-back", {"codes": ["other"], "reason": "About Robin Fielding"}, status=500
    )
    logged = capsys.readouterr()
    assert "RuntimeError" in logged.out + logged.err
    assert "Robin" not in logged.out + logged.err


def test_every_answer_carries_the_protecting_headers(world: World, app: PanelApp) -> None:
    client = app.test_client()
    for path in ("/", "/sign-in", "/no-such-page", "/healthz", "/static/app.css"):
        response = client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert ("no-store" in response.headers.get("Cache-Control", "")) == (not path.startswith("/static"))
