"""A case goes to another case manager: with its tasks and its place before the panel, and both are told."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.audits.queries import ties
from panel.db import transaction
from panel.meetings.models import Meeting
from panel.notifications.invitations import Invitation, Kind
from panel.notifications.models import Notification, Why
from panel.quality.models import DataProblem
from panel.referrals.conflict_models import Conflict
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, make
from tests.support.decided import decided, listed
from tests.support.visitor import Page
from tests.support.world import NOW, World, accepted, submitted
from workflows.case import Status
from workflows.conflict import ConflictKind
from workflows.meeting import Status as MeetingStatus

WHY = "Priya Nair is away until January"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def hand_over(
    visit: Visit, world: World, case: str, to: str = "other_case_manager", status: int = 303
) -> Page:
    """A manager gives the case to somebody."""
    values = {"case_manager_id": str(world.users[to]), "reason": WHY}
    return visit("manager").send(f"/cases/{case}/hand-over", values, status=status)


def row_of(db: Session, case: str) -> Referral:
    """The case as it stands."""
    return db.exec(select(Referral).where(Referral.reference == case)).one()


def open_tasks(engine: Engine, world: World, key: str) -> set[Why]:
    """What is on the list of a person."""
    with Session(engine) as db:
        mine = select(Notification.why).where(
            Notification.user_id == world.users[key], col(Notification.done_at).is_(None)
        )
        return set(db.exec(mine))


def test_the_new_one_goes_on_and_the_one_before_reads_what_became_of_it(
    engine: Engine, world: World, visit: Visit
) -> None:
    case = make(engine, accepted, world)
    assert Why.CASE_ALLOCATED in open_tasks(engine, world, "case_manager")
    visit("other_case_manager").open(f"/cases/{case}", status=404)
    manager = visit("manager")
    overview = manager.open(f"/cases/{case}")
    form = manager.open(overview.links["Hand this case over to another case manager"])
    assert "has this case now" in form.text
    values = {"case_manager_id": str(world.users["other_case_manager"]), "reason": WHY}
    done = manager.follow(manager.send(form, values))
    assert "Both case managers have been told" in done.text
    assert f"Reason: {WHY}" in manager.open(f"/cases/{case}/history").text
    visit("other_case_manager").open(f"/cases/{case}/assessment/write")
    assert open_tasks(engine, world, "other_case_manager") == {Why.CASE_ALLOCATED, Why.CASE_TAKEN_OVER}
    before = visit("case_manager")
    before.open(f"/cases/{case}", status=404)
    assert open_tasks(engine, world, "case_manager") == {Why.CASE_HANDED_ON}
    told = before.open(f"/handed-over/{case}")
    assert "Tom Ash" in told.text
    assert WHY in told.text
    assert "You cannot open it any more" in told.text
    before.send(told, {}, status=303)
    assert open_tasks(engine, world, "case_manager") == set()
    visit("far_case_manager").open(f"/handed-over/{case}", status=404)
    after = visit("other_case_manager")
    yours = after.open(f"/handed-over/{case}")
    after.open(yours.links["Open the case"])
    after.send(yours, {}, status=303)
    assert open_tasks(engine, world, "other_case_manager") == {Why.CASE_ALLOCATED}
    with Session(engine) as db:
        number = row_of(db, case).id
        assert ties(db, [number], world.users["case_manager"])[number] == ("case manager before",)
        assert "case manager" in ties(db, [number], world.users["other_case_manager"])[number]


def test_the_meeting_goes_from_one_calendar_to_the_other(engine: Engine, world: World, visit: Visit) -> None:
    case = make(engine, listed, world)
    with transaction(engine) as db:
        for mail in db.exec(select(Invitation)):
            db.delete(mail)
    hand_over(visit, world, case)
    with Session(engine) as db:
        mails = {(mail.user_id, mail.kind) for mail in db.exec(select(Invitation))}
    assert mails == {
        (world.users["other_case_manager"], Kind.INVITED),
        (world.users["case_manager"], Kind.CANCELLED),
    }
    assert Why.CASE_LISTED in open_tasks(engine, world, "other_case_manager")


def test_a_case_without_a_case_manager_gets_one_and_the_problem_of_its_data_is_gone(
    engine: Engine, world: World, visit: Visit
) -> None:
    case = make(engine, accepted, world)
    with transaction(engine) as db:
        row = row_of(db, case)
        row.case_manager_id = None
        db.add(row)
    found = select(DataProblem).where(DataProblem.check_key == "worker_missing")
    with Session(engine) as db:
        assert len(db.exec(found).all()) == 1
    listing = visit("manager").open("/data-quality/worker_missing?quarter=all")
    (onward,) = [where for words, where in listing.links.items() if words == f"Hand it over: {case}"]
    assert onward == f"/cases/{case}/hand-over"
    assert "Nobody has this case now" in visit("manager").open(onward).text
    hand_over(visit, world, case)
    with Session(engine) as db:
        assert db.exec(found).all() == []
        assert row_of(db, case).case_manager_id == world.users["other_case_manager"]


def test_only_a_manager_hands_over_to_another_case_manager_of_the_area_and_says_why(
    engine: Engine, world: World, visit: Visit
) -> None:
    case = make(engine, accepted, world)
    for key in ("officer", "seconded", "case_manager", "victim_worker", "inspector", "board", "admin"):
        visit(key).open(f"/cases/{case}/hand-over", status=403)
    visit("far_manager").open(f"/cases/{case}/hand-over", status=404)
    empty = visit("manager").send(f"/cases/{case}/hand-over", {"reason": " "}, status=422)
    assert empty.errors == [
        "Choose the case manager who takes the case over",
        "Say why the case is handed over",
    ]
    for nobody in ("far_case_manager", "manager"):
        hand_over(visit, world, case, nobody, status=404)
    same = hand_over(visit, world, case, "case_manager", status=409)
    assert "Priya Nair has this case already." in same.text
    assert WHY in same.text
    with transaction(engine) as db:
        db.add(
            Conflict(
                referral_id=row_of(db, case).id,
                user_id=world.users["other_case_manager"],
                kind=ConflictKind.FAMILY,
                text="A cousin",
                by_id=world.users["manager"],
                at=NOW - timedelta(days=1),
            )
        )
    refused = hand_over(visit, world, case, status=409)
    assert "Tom Ash has a conflict of interest in this case." in refused.text
    with Session(engine) as db:
        assert row_of(db, case).case_manager_id == world.users["case_manager"]


def test_before_it_is_accepted_while_the_panel_sits_and_after_its_end_nobody_takes_a_case_over(
    engine: Engine, world: World, visit: Visit
) -> None:
    case = make(engine, submitted, world)
    assert "cannot be handed over" in visit("manager").open(f"/cases/{case}/hand-over").text
    assert "Hand this case over" not in visit("manager").open(f"/cases/{case}").text
    with transaction(engine) as db:
        row = row_of(db, case)
        row.status = Status.CLOSED
        db.add(row)
    manager = visit("manager")
    assert "cannot be handed over" in manager.open(f"/cases/{case}/hand-over").text
    sitting = make(engine, listed, world, child={"given_name": "Ada", "surname": "Quill"})
    form = manager.open(f"/cases/{sitting}/hand-over")
    values = {"case_manager_id": str(world.users["other_case_manager"]), "reason": WHY}
    with transaction(engine) as db:
        meeting = db.exec(select(Meeting)).one()
        meeting.status = MeetingStatus.OPEN
        db.add(meeting)
    assert "The panel sits" in manager.send(form, values, status=409).text
    after = make(engine, decided, world, child={"given_name": "Bo", "surname": "Lark"})
    hand_over(visit, world, after)
    with Session(engine) as db:
        assert row_of(db, after).case_manager_id == world.users["other_case_manager"]
        assert row_of(db, sitting).case_manager_id == world.users["case_manager"]


def test_of_two_managers_at_once_the_second_sees_that_the_case_has_changed(
    engine: Engine, world: World, visit: Visit
) -> None:
    case = make(engine, accepted, world)
    slow = visit("manager")
    form = slow.open(f"/cases/{case}/hand-over")
    hand_over(visit, world, case)
    values = {"case_manager_id": str(world.users["other_case_manager"]), "reason": WHY}
    assert WHY in slow.send(form, values, status=409).text
