"""An urgent decision between meetings: named people speak for themselves, the next meeting confirms it."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.decisions import actions as decisions
from panel.decisions.commands import PositionTaken
from panel.meetings.models import Meeting, Member
from panel.meetings.urgent_models import Ratification
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support.assessed import assessed, enter
from tests.support.decided import SEATS, on_record, planned
from tests.support.visitor import Page
from tests.support.world import NOW, TODAY, World, build
from workflows.flow import Refused
from workflows.urgent import Answer
from workflows.vocabulary import Outcome

ASKED = {"ground": "bail", "reason": "Robin answers bail on Thursday."}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def begin(app: PanelApp) -> tuple[World, str, str]:
    """The world, the case, and the next ordinary meeting, which is today so that it can sit."""
    with transaction(app.engine) as db:
        world = build(db)
        meeting = planned(db, world)
        return world, f"/cases/{assessed(db, world).reference}", f"/meetings/{meeting.reference}"


def named(world: World) -> dict[str, str]:
    keys = {
        "yot_manager": "chair",
        "police": "seconded",
        "victim_worker": "victim_worker",
        "chair_id": "chair",
    }
    return ASKED | {name: str(world.users[key]) for name, key in keys.items()}


def asked(app: PanelApp, world: World, base: str) -> str:
    """The address of the urgent meeting, opened by its chair."""
    page = enter(app, "manager").send(base + "/urgent", named(world))
    chair = enter(app, "chair")
    chair.send(page.location, button="Open the meeting")
    return page.location


def decided(app: PanelApp, world: World, base: str) -> str:
    address = asked(app, world, base)
    for key in ("seconded", "victim_worker", "chair"):
        enter(app, key).send(base + "/panel", {"outcome": "youth_caution"}, action="/position")
    with transaction(app.engine) as db:
        on_record(db, world, db.exec(select(Referral)).one())
    chair = enter(app, "chair")
    draft = chair.open(base + "/panel/decision")
    field = next(name for name in draft.form().names if name.startswith("outcome_"))
    sent = {field: "youth_caution", "reasons": "A first matter, fully admitted."}
    chair.send(draft, sent, button="Save and check")
    assert chair.send(base + "/panel/check").location == base + "/panel"
    return address


def tasks(app: PanelApp, why: Why) -> list[Notification]:
    with Session(app.engine) as db:
        return list(db.exec(select(Notification).where(col(Notification.why) == why)))


def summary(page: Page) -> str:
    return next(e.get("data-said", "") for e in page.tree.iter("div") if e.get("data-live-part") is not None)


def test_each_named_person_speaks_from_their_own_account_and_the_chair_for_nobody(app: PanelApp) -> None:
    world, base, _ = begin(app)
    address = asked(app, world, base)
    chair = enter(app, "chair")
    page = chair.open(base + "/panel")
    assert "member_id" not in page.form("/position").names
    form = page.form("/position").filled | {"outcome": "youth_caution"}
    token = {**form, "member_id": str(world.users["seconded"])}
    said = chair.client.post(base + "/panel/position", data=token).get_data(as_text=True)
    assert "everybody takes their position from their own account" not in chair.open(base + "/panel").text
    assert "1 of 3 have spoken" in summary(chair.open(base + "/panel")), said[:80]
    here = {seat: str(world.users[key]) for seat, key in SEATS.items()}
    refused = chair.send(address + "/attendance", here, status=409)
    assert "each named person speaks for themselves" in refused.text
    refused = chair.open(base + "/panel/check")
    assert "Each member's position must be recorded before the decision." in refused.text


def test_the_next_meeting_confirms_it_and_until_then_it_is_a_task(app: PanelApp) -> None:
    world, base, meeting = begin(app)
    assert [task.user_id for task in tasks(app, Why.URGENT_DECISION)] == []
    decided(app, world, base)
    assert all(task.done_at for task in tasks(app, Why.URGENT_DECISION))
    (task,) = tasks(app, Why.DECISION_TO_RATIFY)
    assert (task.done_at, task.due_on) == (None, TODAY)
    assert "has to be confirmed" in enter(app, "manager").open("/").text
    chair = enter(app, "chair")
    assert "Urgent decisions to confirm" in enter(app, "seconded").open(meeting).text
    chair.open(base + "/ratify", status=403)
    page = chair.send(meeting, button="Open the meeting")
    wrong = chair.send(base + "/ratify", {"answer": "reopened", "reason": " "}, status=422)
    assert wrong.errors == ["Reason must be given when the decision is opened again"]
    refused = chair.send(base + "/ratify", {"answer": "confirmed"}, status=409)
    assert "The panel is not complete" in refused.text
    chair.send(page.location, {seat: str(world.users[key]) for seat, key in SEATS.items()})
    assert chair.send(base + "/ratify", {"answer": "confirmed"}).location == meeting
    (task,) = tasks(app, Why.DECISION_TO_RATIFY)
    assert task.done_at is not None
    assert "Urgent decisions to confirm" not in chair.open(meeting).text
    chair.open(base + "/ratify", status=404)
    with Session(app.engine) as db:
        row = db.exec(select(Ratification)).one()
        assert (row.answer, len(row.members)) == (Answer.CONFIRMED, 3)


def test_a_decision_that_is_opened_again_goes_to_the_managers(sqlite_app: PanelApp) -> None:
    world, base, meeting = begin(sqlite_app)
    decided(sqlite_app, world, base)
    chair = enter(sqlite_app, "chair")
    page = chair.send(meeting, button="Open the meeting")
    chair.send(page.location, {seat: str(world.users[key]) for seat, key in SEATS.items()})
    chair.send(base + "/ratify", {"answer": "reopened", "reason": "The school was not asked."})
    assert [task.done_at for task in tasks(sqlite_app, Why.DECISION_REOPENED)] == [None]
    assert "The school was not asked." in enter(sqlite_app, "inspector").open(base + "/history").text


def test_it_needs_a_ground_a_reason_and_three_different_people(sqlite_app: PanelApp) -> None:
    world, base, _ = begin(sqlite_app)
    manager = enter(sqlite_app, "manager")
    page = manager.send(base + "/urgent", named(world) | {"reason": " ", "police": ""}, status=422)
    assert page.errors == ["Give the reason", "Name the police officer"]
    manager.open(base + "/urgent")
    enter(sqlite_app, "seconded").open(base + "/urgent", status=403)
    enter(sqlite_app, "far_manager").open(base + "/urgent", status=404)
    with Session(sqlite_app.engine) as db:
        assert len(db.exec(select(Meeting)).all()) == 1


def test_a_position_written_for_another_is_refused_also_behind_the_page(sqlite_app: PanelApp) -> None:
    world, base, _ = begin(sqlite_app)
    asked(sqlite_app, world, base)
    with transaction(sqlite_app.engine) as db:
        case, chair = db.exec(select(Referral)).one(), world.actor("chair")
        command = PositionTaken(outcome=Outcome.YC, member_id=world.users["seconded"])
        with pytest.raises(Refused) as refused:
            decisions.position(db, case, command, by=chair, at=NOW)
        assert [refusal.name for refusal in refused.value.refusals] == ["own_positions"]


def test_somebody_of_another_area_is_not_named(sqlite_app: PanelApp) -> None:
    world, base, _ = begin(sqlite_app)
    sent = named(world) | {"chair_id": str(world.users["far_manager"])}
    enter(sqlite_app, "manager").send(base + "/urgent", sent, status=404)
    with Session(sqlite_app.engine) as db:
        assert len(db.exec(select(Member)).all()) == 3


def test_without_a_meeting_ahead_the_task_has_no_day_yet(sqlite_app: PanelApp) -> None:
    world, base, meeting = begin(sqlite_app)
    with transaction(sqlite_app.engine) as db:
        db.exec(select(Meeting)).one().held_on = TODAY - timedelta(days=1)
    decided(sqlite_app, world, base)
    assert [task.due_on for task in tasks(sqlite_app, Why.DECISION_TO_RATIFY)] == [None]
    assert meeting
