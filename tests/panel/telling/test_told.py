"""Who is told of a disposal, who acknowledges it, and what everybody sees of that."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, delete, select

from panel.children.models import Child
from panel.db import transaction
from panel.history.models import Event
from panel.notifications.duties import DUTIES
from panel.notifications.kinds import KINDS
from panel.notifications.models import Acknowledgement, Notification, Party, Why
from panel.plans import actions as plans
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, make
from tests.support.given import GIVEN_AT, given
from tests.support.world import World
from workflows.calendar import add_working_days, today_in_london
from workflows.roles import Role
from workflows.vocabulary import Outcome

TOLD = (Why.DISPOSAL_GIVEN, Why.SOCIAL_CARE_TO_CALL, Why.VICTIM_TO_TELL)


def told(engine: Engine, *whys: Why) -> list[Notification]:
    with Session(engine) as db:
        query = select(Notification).where(col(Notification.why).in_(whys)).order_by(col(Notification.id))
        return list(db.exec(query))


def test_every_kind_of_notification_says_how_it_behaves() -> None:
    assert set(KINDS) == set(Why)
    assert {duty.says for duty in DUTIES} <= set(KINDS)


def test_a_disposal_reaches_managers_duty_mailbox_and_case_manager_at_once(
    engine: Engine, world: World
) -> None:
    make(engine, given, world, outcome=Outcome.YCC)
    rows = told(engine, *TOLD)
    assert [(row.role, row.party, row.user_id) for row in rows if row.why is Why.DISPOSAL_GIVEN] == [
        (Role.YOT_MANAGER, None, None),
        (None, Party.DUTY, None),
        (None, None, world.users["case_manager"]),
    ]
    due = add_working_days(today_in_london(GIVEN_AT), 1)
    assert {row.acknowledge_by for row in rows if row.why is Why.DISPOSAL_GIVEN} == {due}
    assert {row.queued_at for row in rows if row.why is Why.DISPOSAL_GIVEN} == {GIVEN_AT}


def test_a_community_resolution_reaches_the_liaison_workers_too(engine: Engine, world: World) -> None:
    make(engine, given, world, outcome=Outcome.CR)
    assert Role.LIAISON in {row.role for row in told(engine, Why.DISPOSAL_GIVEN)}


def test_social_care_hears_of_a_looked_after_child_and_of_nobody_else(engine: Engine, world: World) -> None:
    make(engine, given, world)
    assert told(engine, Why.SOCIAL_CARE_TO_CALL) == []
    with transaction(engine) as db:
        db.exec(select(Child)).one().looked_after = True
    with transaction(engine) as db:
        from panel.disposals.actions import _tell_everybody
        from panel.disposals.models import Disposal

        referral, disposal = db.exec(select(Referral)).one(), db.exec(select(Disposal)).one()
        _tell_everybody(db, referral, disposal, GIVEN_AT)
    [row] = told(engine, Why.SOCIAL_CARE_TO_CALL)
    assert (row.party, row.user_id, row.role) == (Party.SOCIAL_CARE, None, None)
    assert len(told(engine, Why.DISPOSAL_GIVEN)) == 3


def test_the_police_hear_that_an_assessment_is_concluded(engine: Engine, world: World) -> None:
    make(engine, given, world)
    assert [(row.user_id, row.role) for row in told(engine, Why.ASSESSMENT_CONCLUDED)] == [
        (world.users["officer"], None),
        (None, Role.SECONDED),
    ]


def test_a_case_lists_who_was_told_and_each_acknowledges_once_for_themselves(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, given, world)
    worker = visit("case_manager")
    page = worker.open(f"/cases/{reference}/told")
    assert "Duty mailbox of the YOT" in page.text
    assert "Late" in page.text
    numbers = {(row.role, row.party, row.user_id): row.id for row in told(engine, Why.DISPOSAL_GIVEN)}
    mine = numbers[None, None, world.users["case_manager"]]
    worker.send(page, action=f"/told/{mine}")
    after = visit("manager").open(f"/cases/{reference}/told")
    assert "Acknowledged by Priya Nair" in after.text
    with pytest.raises(AssertionError, match="0 forms fit"):
        after.form(f"/told/{mine}")
    with Session(engine) as db:
        [fact] = db.exec(select(Acknowledgement)).all()
        assert (fact.notification_id, fact.user_id) == (mine, world.users["case_manager"])
        verbs = [event.verb for event in db.exec(select(Event))]
    assert verbs.count("case.acknowledge_notice") == 1


def test_nobody_acknowledges_for_somebody_else_and_a_stranger_finds_nothing(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, given, world)
    numbers = {(row.role, row.party, row.user_id): row.id for row in told(engine, Why.DISPOSAL_GIVEN)}
    mine = numbers[None, None, world.users["case_manager"]]
    manager = visit("manager")
    page = manager.open(f"/cases/{reference}/told")
    filled = page.form(f"/told/{numbers[Role.YOT_MANAGER, None, None]}").filled
    assert manager.client.post(f"/cases/{reference}/told/{mine}", data=filled).status_code == 403
    far = visit("far_manager")
    far.open(f"/cases/{reference}/told", status=404)
    visit("board").open(f"/cases/{reference}/told", status=403)
    visit("inspector").open(f"/cases/{reference}/told")
    with Session(engine) as db:
        assert db.exec(select(Acknowledgement)).all() == []


def test_a_double_click_and_two_managers_at_once_leave_one_fact(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, given, world)
    [row] = [row for row in told(engine, Why.DISPOSAL_GIVEN) if row.role is Role.YOT_MANAGER]
    first, second = visit("manager"), visit("chair")
    page, other = first.open(f"/cases/{reference}/told"), second.open(f"/cases/{reference}/told")
    first.send(page, action=f"/told/{row.id}")
    first.send(page, action=f"/told/{row.id}")
    second.send(other, action=f"/told/{row.id}")
    with Session(engine) as db:
        [fact] = db.exec(select(Acknowledgement)).all()
    assert fact.user_id == world.users["manager"]


def test_an_acknowledgement_is_never_changed_or_removed(engine: Engine, world: World, visit: Visit) -> None:
    reference = make(engine, given, world)
    [row] = [row for row in told(engine, Why.DISPOSAL_GIVEN) if row.role is Role.YOT_MANAGER]
    visit("manager").send(f"/cases/{reference}/told", action=f"/told/{row.id}")
    with pytest.raises(DBAPIError, match="never changed"), transaction(engine) as db:
        db.execute(delete(Acknowledgement))


def test_the_list_of_an_area_filters_by_what_became_of_it_by_kind_and_by_case(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, given, world)
    manager = visit("manager")
    every = manager.open("/notifications")
    assert reference in every.text
    late = manager.open("/notifications?show=late")
    assert "Late (" in late.text
    kind = manager.open(f"/notifications?show=open&why={Why.DISPOSAL_GIVEN.value}&case={reference}")
    assert "Not acknowledged (3)" in kind.text
    assert "No notification is on this list" in manager.open("/notifications?case=NONE").text
    manager.open("/notifications?show=nothing", status=404)
    assert reference not in visit("far_manager").open("/notifications").text
    visit("case_manager").open("/notifications", status=403)


def test_confirming_that_the_yot_knows_settles_what_it_was_told(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, given, world)
    with transaction(engine) as db:
        referral = db.exec(select(Referral)).one()
        plans.acknowledge(db, referral, by=world.actor("case_manager"), at=GIVEN_AT + timedelta(hours=1))
    page = visit("manager").open(f"/notifications?show=open&why=disposal_given&case={reference}")
    assert "Not acknowledged (0)" in page.text
    assert "Dealt with by Priya Nair" in visit("manager").open(f"/cases/{reference}/told").text


def test_the_table_of_duties_is_a_page(visit: Visit) -> None:
    page = visit("officer").open("/notifications/who")
    for said in ("duty mailbox", "Children's social care", "Held for a person", "19:00", "liaison"):
        assert said in page.text


def test_a_count_of_the_week_opens_exactly_what_it_counts(engine: Engine, world: World, visit: Visit) -> None:
    make(engine, given, world)
    manager = visit("manager")
    page = manager.open("/week")
    for words, href in page.links.items():
        number, _, counted = words.partition(" ")
        if number.isdigit() and href.startswith("/notifications"):
            name = "Late" if "late" in counted else "Not acknowledged"
            assert f"{name} ({number})" in manager.open(href).text
