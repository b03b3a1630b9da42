"""The first contact is a deadline like any other: shown, alerted, and met by a contact that took place."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.alerts.job import run
from panel.contacts import actions
from panel.contacts import commands as c
from panel.contacts.models import Attendance
from panel.db import transaction
from panel.notifications.models import ALERTS, Notification, Why
from panel.referrals.models import Referral
from tests.support.given import GIVEN_AT, without_steps
from tests.support.planned import AFTER, offered, under_way, with_contact
from tests.support.world import TODAY, World, build
from workflows.vocabulary import Outcome

DAY = timedelta(days=1)
DUE = TODAY + 7 * DAY  # five working days after a Tuesday
CAME = c.Note(became=Attendance.ATTENDED, done="A talk", counted_minutes=45)
STAYED_AWAY = c.Note(became=Attendance.MISSED, reason_code="did_not_come")


def about_it(engine: Engine) -> list[Notification]:
    with Session(engine) as db:
        query = select(Notification).where(
            col(Notification.why).in_(ALERTS), Notification.about == "First contact"
        )
        return list(db.exec(query.order_by(col(Notification.id))))


def mornings(engine: Engine, days: int = 12) -> dict[int, Why]:
    """The alerts of the first contact, by how many days after its last day they came."""
    for day in (TODAY + n * DAY for n in range(days)):
        run(engine, day, at=GIVEN_AT + (day - TODAY), mails=False)
    return {(task.queued_at.date() - DUE).days: task.why for task in about_it(engine)}


def test_it_alerts_the_case_manager_before_on_and_after_its_day(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        under_way(db, world)
    assert mornings(engine) == {-4: Why.DEADLINE_NEAR, 0: Why.DEADLINE_TODAY, 1: Why.DEADLINE_LATE}
    assert {(task.user_id, task.due_on) for task in about_it(engine)} == {(world.users["case_manager"], DUE)}


@pytest.mark.parametrize(("became", "alerts"), [(CAME, 0), (STAYED_AWAY, 3)])
def test_a_contact_that_took_place_meets_it_and_a_missed_one_does_not(
    engine: Engine, became: c.Note, alerts: int
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = with_contact(db, world)
        actions.note(db, referral, 1, became, by=world.actor("case_manager"), at=AFTER)
    assert len(mornings(engine)) == alerts


def test_the_alert_leaves_the_list_when_the_contact_is_written_down(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        with_contact(db, world)
    mornings(engine)
    with transaction(engine) as db:
        referral = db.exec(select(Referral)).one()
        assert referral.due_on == DUE
        later = GIVEN_AT + 12 * DAY
        actions.note(db, referral, 1, CAME, by=world.actor("case_manager"), at=later)
        assert referral.due_on != DUE
    assert [task.done_at is not None for task in about_it(engine)] == [True, True, True]


def test_where_nothing_is_open_nothing_waits_for_a_first_contact(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        without_steps(db, world, Outcome.NFA)
    assert mornings(engine) == {}


def test_one_of_several_that_took_place_is_enough(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = with_contact(db, world)
        offered(db, world, referral, on=TODAY + 9 * DAY)
        actions.note(db, referral, 1, CAME, by=world.actor("case_manager"), at=AFTER)
    assert mornings(engine) == {}
