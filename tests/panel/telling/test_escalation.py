"""What nobody acknowledged goes to the manager, then to the head of service, each once, until it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, delete, select

from panel.accounts.models import AreaSetting
from panel.alerts.job import run
from panel.db import transaction
from panel.notifications.models import Escalated, Notification, Why
from panel.plans import actions as plans
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, make
from tests.support.given import GIVEN_AT, given
from tests.support.world import World
from workflows.calendar import add_working_days, today_in_london
from workflows.roles import Role

DUE = add_working_days(today_in_london(GIVEN_AT), 1)
DAY = timedelta(days=1)


def morning(engine: Engine, day: date) -> None:
    run(engine, day, at=datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC))


def passed(engine: Engine) -> list[Notification]:
    """The tasks that came of what nobody acknowledged of the disposal, in order."""
    of_disposal = (
        select(Escalated.task_id)
        .join(Notification, col(Notification.id) == Escalated.notification_id)
        .where(Notification.why == Why.DISPOSAL_GIVEN, col(Notification.party).is_(None))
    )
    with Session(engine) as db:
        query = select(Notification).where(col(Notification.id).in_(of_disposal))
        return list(db.exec(query.order_by(col(Notification.id))))


def test_the_manager_hears_the_day_after_it_was_due_and_not_on_the_day(engine: Engine, world: World) -> None:
    make(engine, given, world)
    morning(engine, DUE)
    assert passed(engine) == []
    morning(engine, DUE + DAY)
    rows = passed(engine)
    assert [(row.why, row.role, row.user_id) for row in rows] == [
        (Why.NOT_ACKNOWLEDGED, Role.YOT_MANAGER, None)
    ] * 2
    assert all(row.path.endswith("/told") for row in rows)


def test_the_same_morning_again_and_missed_mornings_pass_each_on_once(engine: Engine, world: World) -> None:
    make(engine, given, world)
    for _ in range(3):
        morning(engine, DUE + 5 * DAY)
    assert len(passed(engine)) == 2


def test_later_it_goes_to_the_head_of_service_by_name(engine: Engine, world: World) -> None:
    make(engine, given, world)
    with transaction(engine) as db:
        db.add(AreaSetting(area_id=world.areas["north"], head_id=world.users["chair"]))
    first = DUE + DAY
    morning(engine, first)
    head_due = add_working_days(first, 2)
    morning(engine, head_due)
    assert {row.user_id for row in passed(engine)} == {None}
    morning(engine, head_due + DAY)
    morning(engine, head_due + 2 * DAY)
    rows = passed(engine)
    assert [row.user_id for row in rows] == [None, None, world.users["chair"], world.users["chair"]]


@pytest.mark.parametrize("head", ["officer", "far_manager"])
def test_without_a_head_who_is_a_manager_there_the_managers_hear_again(
    engine: Engine, world: World, head: str
) -> None:
    make(engine, given, world)
    with transaction(engine) as db:
        db.add(AreaSetting(area_id=world.areas["north"], head_id=world.users[head]))
    morning(engine, DUE + DAY)
    morning(engine, DUE + 10 * DAY)
    assert [(row.user_id, row.role) for row in passed(engine)] == [(None, Role.YOT_MANAGER)] * 4


def test_acknowledging_ends_it_all_and_the_case_shows_what_happened(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, given, world)
    morning(engine, DUE + DAY)
    manager = visit("manager")
    assert "passed on to the managers on" in manager.open(f"/cases/{reference}/told").text
    assert "A notification was not acknowledged in time" in manager.open("/tasks").text
    with Session(engine) as db:
        rows = db.exec(select(Notification).where(Notification.why == Why.DISPOSAL_GIVEN)).all()
    for row in rows:
        who = "case_manager" if row.user_id else "manager"
        visit(who).send(f"/cases/{reference}/told", action=f"/told/{row.id}")
    assert all(row.done_at is not None for row in passed(engine))
    morning(engine, DUE + 20 * DAY)
    assert len(passed(engine)) == 2


def test_confirming_that_the_yot_knows_ends_what_was_passed_on(engine: Engine, world: World) -> None:
    make(engine, given, world)
    morning(engine, DUE + DAY)
    with transaction(engine) as db:
        referral = db.exec(select(Referral)).one()
        plans.acknowledge(db, referral, by=world.actor("case_manager"), at=GIVEN_AT + 5 * DAY)
    assert all(row.done_at is not None for row in passed(engine))


def test_what_was_passed_on_is_never_changed(engine: Engine, world: World) -> None:
    make(engine, given, world)
    morning(engine, DUE + DAY)
    with pytest.raises(DBAPIError, match="never changed"), transaction(engine) as db:
        db.execute(delete(Escalated))
