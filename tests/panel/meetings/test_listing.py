"""Cases come onto an agenda, move to another one, and are left over or not when a meeting ends."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.decisions import deferring
from panel.decisions.commands import Deferral
from panel.errors import Missing, Stale
from panel.meetings import actions
from panel.meetings.agenda import agenda_of, cases_left, meeting_of, open_item
from panel.meetings.commands import WithReason
from panel.meetings.listing import put_on
from panel.meetings.models import AgendaItem
from panel.notifications.models import Notification, Why
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason as Withdrawal
from tests.support.assessed import assessed, handed_in
from tests.support.decided import listed, open_meeting, planned
from tests.support.world import NOW, TODAY, build
from workflows.case import Status
from workflows.flow import NotYours, Refused
from workflows.meeting import Status as MeetingStatus

NEXT_WEEK = TODAY + timedelta(days=7)


def test_cases_come_onto_the_agenda_in_their_order_and_the_case_manager_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting = planned(db, world)
        cases = [listed(db, world, meeting=meeting) for _ in range(3)]
        assert [case.status for case in cases] == [Status.LISTED] * 3
        places = agenda_of(db, world.actor("manager"), meeting)
        assert [(p.number, p.reference) for p in places] == [(n, c.reference) for n, c in enumerate(cases, 1)]
        tasks = db.exec(select(Notification).where(Notification.why == Why.CASE_LISTED)).all()
        assert [task.user_id for task in tasks] == [world.users["case_manager"]] * 3


def test_a_case_manager_sees_only_their_own_cases_on_the_agenda(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        mine, other = listed(db, world, meeting=meeting), listed(db, world, meeting=meeting)
        other.case_manager_id = world.users["other_case_manager"]
        seen = agenda_of(db, world.actor("case_manager"), meeting)
        assert [place.reference for place in seen] == [mine.reference]


def test_a_case_that_is_not_countersigned_is_not_listed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, meeting = handed_in(db, world), planned(db, world)
        with pytest.raises(Refused):
            put_on(db, referral, meeting.id, by=world.actor("manager"), at=NOW, overrides={})


@pytest.mark.parametrize("key", ["case_manager", "seconded", "far_manager"])
def test_only_a_manager_of_the_area_lists_a_case(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, meeting = assessed(db, world), planned(db, world)
        with pytest.raises(NotYours):
            put_on(db, referral, meeting.id, by=world.actor(key), at=NOW, overrides={})


def test_a_case_without_the_victims_view_is_listed_only_with_a_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, meeting, manager = assessed(db, world), planned(db, world), world.actor("manager")
        referral.victim_identified = True
        with pytest.raises(Refused) as refused:
            put_on(db, referral, meeting.id, by=manager, at=NOW, overrides={})
        assert [r.name for r in refused.value.refusals] == ["victim_view"]
        put_on(db, referral, meeting.id, by=manager, at=NOW, overrides={"victim_view": "She is abroad."})
        assert referral.status is Status.LISTED


def test_a_case_with_the_victims_view_is_listed_without_a_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        assert listed(db, build(db), victim=True).status is Status.LISTED


def test_a_case_is_put_only_on_a_planned_meeting_from_today_on(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, manager = assessed(db, world), world.actor("manager")
        over, running, off = (planned(db, world) for _ in range(3))
        over.held_on = TODAY - timedelta(days=1)
        actions.open_meeting(db, running, by=world.actor("chair"), at=NOW)
        actions.cancel(db, off, WithReason(reason="Snow"), by=manager, at=NOW)
        for meeting in (over, running, off):
            with pytest.raises(Refused, match="planned meeting, from today on"):
                put_on(db, referral, meeting.id, by=manager, at=NOW, overrides={})
        with pytest.raises(Missing):
            put_on(db, referral, 4711, by=manager, at=NOW, overrides={})


def test_a_meeting_of_another_area_takes_no_case(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, meeting = assessed(db, world), planned(db, world)
        meeting.area_id = world.areas["south"]
        with pytest.raises(Missing):
            put_on(db, referral, meeting.id, by=world.actor("manager"), at=NOW, overrides={})


def test_a_listed_case_moves_to_another_meeting_so_that_the_first_can_be_cancelled(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        first, second, manager = (
            planned(db, world),
            planned(db, world, held_on=NEXT_WEEK),
            world.actor("manager"),
        )
        referral = listed(db, world, meeting=first)
        with pytest.raises(Refused, match="put them on another meeting first"):
            actions.cancel(db, first, WithReason(reason="Snow"), by=manager, at=NOW)
        put_on(db, referral, second.id, by=manager, at=NOW, overrides={})
        item = open_item(db, referral)
        assert item is not None
        assert meeting_of(db, item).id == second.id
        assert len(db.exec(select(AgendaItem)).all()) == 1
        actions.cancel(db, first, WithReason(reason="Snow"), by=manager, at=NOW)
        assert first.status is MeetingStatus.CANCELLED


def test_a_case_does_not_move_away_while_the_panel_sits_on_it(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, other = open_meeting(db, world), planned(db, world, held_on=NEXT_WEEK)
        with pytest.raises(Refused, match="sitting on this case now"):
            put_on(db, referral, other.id, by=world.actor("manager"), at=NOW, overrides={})


def test_a_case_is_not_put_on_the_same_meeting_twice(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        referral = listed(db, world, meeting=meeting)
        with pytest.raises(Refused, match="is or was on the agenda"):
            put_on(db, referral, meeting.id, by=world.actor("manager"), at=NOW, overrides={})


def test_a_deferred_case_comes_before_a_later_meeting(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = open_meeting(db, world), world.actor("chair")
        deferring.defer(
            db, referral, Deferral(code="report_missing", reason="School report is missing"), by=chair, at=NOW
        )
        later = planned(db, world, held_on=NEXT_WEEK)
        put_on(db, referral, later.id, by=world.actor("manager"), at=NOW, overrides={})
        assert referral.status is Status.LISTED
        open_tasks = select(Notification.why).where(Notification.done_at.is_(None))  # type: ignore[union-attr]
        assert set(db.exec(open_tasks)) & {Why.CASE_DEFERRED, Why.CASE_LISTED} == {Why.CASE_LISTED}


def test_a_withdrawn_case_does_not_keep_a_meeting_open(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = open_meeting(db, world), world.actor("chair")
        item = open_item(db, referral)
        assert item is not None
        meeting = meeting_of(db, item)
        assert cases_left(db, meeting.id) == 1
        with pytest.raises(Refused, match="neither decided nor deferred"):
            actions.close(db, meeting, by=chair, at=NOW)
        referrals.withdraw(db, referral, Withdrawal(reason="No evidence"), by=world.actor("officer"), at=NOW)
        assert open_item(db, referral) is None
        actions.close(db, meeting, by=chair, at=NOW)


def test_a_page_that_was_read_before_the_case_changed_is_stale(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, meeting = assessed(db, world), planned(db, world)
        db.expunge(referral)
        number = meeting.id
    old = referral
    with transaction(engine) as db:
        fresh = db.get_one(type(old), old.id)
        put_on(db, fresh, number, by=world.actor("manager"), at=NOW, overrides={})
    with transaction(engine) as db:
        db.add(old)
        with pytest.raises((Stale, Refused)):
            put_on(db, old, number, by=world.actor("manager"), at=NOW, overrides={})
