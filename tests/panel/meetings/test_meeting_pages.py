"""The pages of meetings, each with the eyes of their role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.accounts.models import Membership
from panel.db import transaction
from panel.meetings.models import Meeting
from panel.web import PanelApp
from tests.support.assessed import assessed, enter
from tests.support.decided import decided, listed, planned
from tests.support.world import NOW, TODAY, World, build
from workflows.meeting import Status
from workflows.roles import Role

DETAILS = {"starts_at": "10:00", "location": "Room 2, Civic Centre"}
DAY = ["24", "11", "2026"]


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def begin(engine: Engine, stage: Callable[..., Any] = planned, **more: object) -> tuple[World, str]:
    """The world, and the reference of what was made in it."""
    with transaction(engine) as db:
        world = build(db)
        return world, stage(db, world, **more).reference


def the_meeting(app: PanelApp) -> Meeting:
    with Session(app.engine) as db:
        return db.exec(select(Meeting)).one()


def test_a_meeting_is_planned_led_and_closed_on_its_pages(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
        case = assessed(db, world).reference
    manager, chair = enter(app, "manager"), enter(app, "chair")
    form = manager.open("/meetings/new")
    answers = DETAILS | {"chair_id": str(world.users["chair"]), "yot_manager": str(world.users["chair"])}
    page = manager.follow(manager.send(form, answers | {"held_on": ["17", "11", "2026"]}))
    assert page.heading == "Tuesday 17 November 2026 at 10:00"
    assert "Planned Room 2, Civic Centre. Alan Pike is in the chair." in page.text
    assert "Sam ReedNo deputy No answer yet" in page.text
    assert "No case is on the agenda yet." in page.text

    put = manager.open(f"/cases/{case}/list")
    only = put.form().names - {"csrf_token"}
    assert "meeting_id" in only
    page = manager.send(put, {"meeting_id": str(the_meeting(app).id)})
    assert page.location == f"/cases/{case}"

    reference = the_meeting(app).reference
    base = f"/meetings/{reference}"
    page = chair.open(base)
    assert "1. Robin Fielding" in page.links
    assert page.links["1. Robin Fielding"] == f"/cases/{case}/panel"
    assert "1 case on the agenda" in page.text
    page = chair.send(page, button="Open the meeting")
    assert page.location == base + "/attendance"
    seats = {"yot_manager": "chair", "police": "seconded", "victim_worker": "victim_worker"}
    here = {seat: str(world.users[key]) for seat, key in seats.items()}
    page = chair.follow(chair.send(base + "/attendance", here | {"police": "0"}))
    assert "Saved. Missing: police." in page.text
    page = chair.follow(chair.send(base + "/attendance", here))
    assert "The panel is complete." in page.text
    assert "Cases on the agenda are neither decided nor deferred." in page.text
    chair.send(
        f"/cases/{case}/panel/defer", {"code": "report_missing", "reason": "The school report is missing."}
    )
    page = chair.follow(chair.send(base, button="Close the meeting"))
    assert "The meeting is over." in page.text
    assert the_meeting(app).status is Status.CLOSED


WRONG: tuple[tuple[str, Any, str], ...] = (
    ("held_on", ["", "", ""], "Enter the date of the meeting"),
    ("held_on", ["31", "2", "2027"], "Date must be a real date, such as 27 3 2026"),
    ("held_on", ["16", "11", "2026"], "Date must be today or later"),
    ("starts_at", "", "Enter the start time"),
    ("starts_at", "half past ten", "Start time must be a time, such as 16:30"),
    ("location", "  ", "Place or a link to join online must be given"),
    ("police", "", "Choose the police officer"),
)


def test_what_is_wrong_with_a_meeting_is_said_at_its_field(sqlite_app: PanelApp) -> None:
    begin(sqlite_app.engine)
    manager = enter(sqlite_app, "manager")
    for field, value, says in WRONG:
        page = manager.send("/meetings/new", DETAILS | {"held_on": DAY, field: value}, status=422)
        assert page.errors == [says]


def test_the_next_meeting_is_proposed_like_the_last_one(sqlite_app: PanelApp) -> None:
    world, _ = begin(sqlite_app.engine)
    form = enter(sqlite_app, "manager").open("/meetings/new").form()
    assert form.filled["location"] == ["Room 2, Civic Centre"]
    assert form.filled["police"] == [str(world.users["seconded"])]
    assert form.filled["chair_id"] == [str(world.users["chair"])]


def test_the_same_person_in_two_seats_is_refused_on_the_page(sqlite_app: PanelApp) -> None:
    world, _ = begin(sqlite_app.engine)
    with transaction(sqlite_app.engine) as db:
        both = Membership(
            user_id=world.users["seconded"], area_id=world.areas["north"], role=Role.VICTIM_WORKER
        )
        db.add(both)
    twice = {"held_on": DAY, "victim_worker": str(world.users["seconded"])}
    page = enter(sqlite_app, "manager").send("/meetings/new", DETAILS | twice, status=422)
    assert page.errors == ["Victim worker must be another person: nobody sits in two seats"]


@pytest.mark.parametrize(
    "key", ["manager", "chair", "seconded", "victim_worker", "case_manager", "inspector"]
)
def test_members_and_inspectors_read_a_meeting_of_their_area(sqlite_app: PanelApp, key: str) -> None:
    _, reference = begin(sqlite_app.engine)
    visitor = enter(sqlite_app, key)
    assert "Tuesday 17 November 2026 at 10:00" in visitor.open("/meetings").links
    page = visitor.open(f"/meetings/{reference}")
    assert ("Open the meeting" in page.html) is (key == "chair")
    assert ("Cancel the meeting" in page.links) is (key in ("manager", "chair"))


@pytest.mark.parametrize("key", ["officer", "liaison", "board", "admin", "far_officer"])
def test_nobody_else_opens_the_pages_of_meetings(sqlite_app: PanelApp, key: str) -> None:
    _, reference = begin(sqlite_app.engine)
    visitor = enter(sqlite_app, key)
    for path in ("/meetings", f"/meetings/{reference}"):
        visitor.open(path, status=403)


def test_a_meeting_of_another_area_is_not_found(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine)
    visitor = enter(sqlite_app, "far_manager")
    assert "Tuesday 17 November 2026 at 10:00" not in visitor.open("/meetings").links
    for tail in ("", "/cancel", "/attendance"):
        visitor.open(f"/meetings/{reference}{tail}", status=404)
    visitor.open("/meetings/MNK-ZZZZZZ", status=404)


def test_who_only_reads_a_meeting_cannot_act_on_it(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine)
    for key in ("seconded", "victim_worker", "case_manager", "inspector"):
        visitor = enter(sqlite_app, key)
        token = visitor.open(f"/meetings/{reference}").tree.find(".//input[@name='csrf_token']")
        assert token is not None
        sent = {"csrf_token": token.get("value"), "act_key": "k" * 20, "version": "1"}
        for tail in ("open", "close", "cancel", "attendance"):
            assert visitor.client.post(f"/meetings/{reference}/{tail}", data=sent).status_code == 403
    assert the_meeting(sqlite_app).status is Status.PLANNED


def test_a_manager_who_does_not_chair_cannot_say_who_is_here(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine)
    enter(sqlite_app, "manager").open(f"/meetings/{reference}/attendance", status=403)
    enter(sqlite_app, "chair").open(f"/meetings/{reference}/attendance", status=409)


def test_a_double_click_on_open_opens_once(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine)
    chair = enter(sqlite_app, "chair")
    page = chair.open(f"/meetings/{reference}")
    first = chair.send(page, button="Open the meeting")
    assert chair.send(page, button="Open the meeting").location == first.location


def test_a_meeting_with_cases_says_why_it_cannot_be_cancelled(sqlite_app: PanelApp) -> None:
    begin(sqlite_app.engine, stage=listed)
    manager = enter(sqlite_app, "manager")
    page = manager.open(f"/meetings/{the_meeting(sqlite_app).reference}/cancel")
    assert "Cases are on the agenda: put them on another meeting first." in page.text
    assert page.forms() == []


def test_a_meeting_without_cases_is_cancelled_with_a_reason(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine)
    manager = enter(sqlite_app, "manager")
    page = manager.send(f"/meetings/{reference}/cancel", {"reason": ""}, status=422)
    assert page.errors == ["Give a reason"]
    page = manager.follow(manager.send(f"/meetings/{reference}/cancel", {"reason": "Snow"}))
    assert "Cancelled" in page.text
    assert "Snow" in page.text


def test_a_case_that_cannot_be_listed_says_why_and_links_to_the_place(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        referral = assessed(db, world)
        referral.victim_identified = True
        planned(db, world)
        reference = referral.reference
    manager = enter(sqlite_app, "manager")
    page = manager.open(f"/cases/{reference}/list")
    assert "The victim worker has not dealt with every victim yet" in page.text
    assert "override-victim_view" in page.form().names
    chosen = {"meeting_id": str(the_meeting(sqlite_app).id)}
    page = manager.send(page, chosen, status=409)
    assert page.heading == "You cannot do this yet"
    manager.send(f"/cases/{reference}/list", chosen | {"override-victim_view": "She is abroad."})


def test_without_a_meeting_to_choose_the_page_says_what_to_do(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine, stage=assessed)
    page = enter(sqlite_app, "manager").open(f"/cases/{reference}/list")
    assert "No meeting is planned from today on." in page.text
    assert page.links["Plan a meeting"] == "/meetings/new"


def test_only_a_manager_of_the_area_opens_the_page_of_listing(sqlite_app: PanelApp) -> None:
    _, reference = begin(sqlite_app.engine, stage=assessed)
    for key, status in {"officer": 403, "case_manager": 403, "seconded": 403, "far_manager": 404}.items():
        enter(sqlite_app, key).open(f"/cases/{reference}/list", status=status)


def test_old_meetings_come_fifty_at_a_time_with_each_exactly_once(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        for number in range(53):
            planned(db, world).held_on = TODAY - timedelta(days=1 + number // 2)
    visitor, seen, path = enter(sqlite_app, "inspector"), [], "/meetings"
    while path:
        page = visitor.open(path)
        links = [a.get("href") for a in page.tree.iter("a") if "/meetings/MNK-" in a.get("href", "")]
        assert len(links) <= 50
        seen += links
        path = next((href for text, href in page.links.items() if "Next page" in text), "")
    assert len(seen) == len(set(seen)) == 53
    for wrong in ("x", "2026-11-17", "2026-11-17.x", "9999-99-99.1", "2026-11-17.99999999999999999999"):
        visitor.open(f"/meetings?before={wrong}")


def test_the_agenda_shows_what_was_decided(sqlite_app: PanelApp) -> None:
    begin(sqlite_app.engine, stage=decided)
    page = enter(sqlite_app, "inspector").open(f"/meetings/{the_meeting(sqlite_app).reference}")
    assert "Decided, to be given" in page.text
