"""Putting a case off: coded, in words, and at once on the next meeting if the rules allow it."""

from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from config.coded import DEFERRALS
from panel.db import transaction
from panel.decisions import deferring
from panel.decisions.commands import Deferral
from panel.decisions.models import Deferral as Row
from panel.errors import Missing
from panel.history.models import Event
from panel.meetings import actions as meetings
from panel.meetings.agenda import open_item
from panel.meetings.commands import WithReason
from panel.meetings.listing import put_on
from panel.meetings.models import AgendaItem, Meeting
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from panel.web import PanelApp
from tests.panel.decisions.test_decide_races import LOST, Act, at_once
from tests.support.assessed import assessed, enter
from tests.support.decided import open_meeting, planned
from tests.support.world import NOW, TODAY, World, build
from workflows.case import Status
from workflows.flow import NotYours, Refused
from workflows.roles import Role

NEXT_WEEK = TODAY + timedelta(days=7)
LATER = TODAY + timedelta(days=14)
WHY = Deferral(code="report_missing", reason="The school promises it by Friday.")


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def tasks(db: Session, referral: Referral) -> set[tuple[Why, int | None, Role | None]]:
    rows = db.exec(select(Notification).where(Notification.referral_id == referral.id))
    return {(task.why, task.user_id, task.role) for task in rows if task.done_at is None}


def test_a_case_that_is_put_off_goes_to_the_next_meeting_at_once(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        planned(db, world, held_on=LATER)
        soonest = planned(db, world, held_on=NEXT_WEEK)
        referral = open_meeting(db, world)
        deferral = deferring.defer(db, referral, WHY, by=world.actor("chair"), at=NOW)
        item = open_item(db, referral)
        assert item is not None
        assert item.meeting_id == soonest.id
        assert (referral.status, deferral.relisted_for, deferral.waits_for) == (Status.LISTED, NEXT_WEEK, "")
        manager = world.users["case_manager"]
        assert {(Why.CASE_DEFERRED, manager, None), (Why.CASE_LISTED, manager, None)} <= tasks(db, referral)
        assert Why.CASE_TO_LIST not in {why for why, _, _ in tasks(db, referral)}
        verbs = [event.verb for event in db.exec(select(Event).order_by(Event.id))]  # type: ignore[arg-type]
        assert [verb for verb in verbs if verb in ("case.defer", "case.list")][-2:] == [
            "case.defer",
            "case.list",
        ]


def test_without_a_later_meeting_the_case_waits_and_a_manager_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        off = planned(db, world, held_on=NEXT_WEEK)
        meetings.cancel(db, off, WithReason(reason="Snow"), by=world.actor("manager"), at=NOW)
        referral = open_meeting(db, world)
        deferral = deferring.defer(db, referral, WHY, by=world.actor("chair"), at=NOW)
        assert referral.status is Status.DEFERRED
        assert (deferral.relisted_for, deferral.waits_for) == (None, "No later meeting is planned.")
        assert (Why.CASE_TO_LIST, None, Role.YOT_MANAGER) in tasks(db, referral)
        later = planned(db, world, held_on=LATER)
        put_on(db, referral, later.id, by=world.actor("manager"), at=NOW, overrides={})
        assert Why.CASE_TO_LIST not in {why for why, _, _ in tasks(db, referral)}


def test_a_rule_of_listing_that_is_not_met_keeps_the_case_off_the_agenda(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        planned(db, world, held_on=NEXT_WEEK)
        referral = open_meeting(db, world)
        referral.event_open_on = TODAY  # something happened since, and nobody has said what follows
        db.flush()
        deferral = deferring.defer(db, referral, WHY, by=world.actor("chair"), at=NOW)
        assert referral.status is Status.DEFERRED
        assert open_item(db, referral) is None
        assert "event" in deferral.waits_for
        task = db.exec(select(Notification).where(Notification.why == Why.CASE_TO_LIST)).one()
        assert task.role is Role.YOT_MANAGER
        assert len(task.about) <= 120


def test_a_meeting_of_another_area_never_takes_the_case(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        away = planned(db, world, held_on=NEXT_WEEK)
        away.area_id = world.areas["south"]
        db.flush()
        referral = open_meeting(db, world)
        deferring.defer(db, referral, WHY, by=world.actor("chair"), at=NOW)
        assert referral.status is Status.DEFERRED


@pytest.mark.parametrize("key", ["manager", "seconded", "victim_worker", "case_manager", "far_manager"])
def test_only_the_chair_puts_a_case_off(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        with pytest.raises(NotYours):
            deferring.defer(db, referral, WHY, by=world.actor(key), at=NOW)


def test_a_code_and_words_are_needed_and_the_code_is_one_of_the_list(sqlite_engine: Engine) -> None:
    for wrong in ({"reason": "x"}, {"code": "other"}, {"code": "other", "reason": " "}):
        with pytest.raises(ValidationError):
            Deferral.model_validate(wrong)
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        with pytest.raises(Missing):
            deferring.defer(
                db, referral, Deferral(code="weather", reason="x"), by=world.actor("chair"), at=NOW
            )
    assert {"report_missing", "other"} <= {found.key for found in DEFERRALS.codes(TODAY)}
    assert DEFERRALS.code("other").says


def test_a_deferral_is_never_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        deferring.defer(db, open_meeting(db, world), WHY, by=world.actor("chair"), at=NOW)
    for statement in ("update deferral set reason = 'x'", "delete from deferral"):
        with pytest.raises(DatabaseError), engine.begin() as connection:
            connection.execute(text(statement))


def test_the_page_says_where_the_case_went_and_keeps_it_on_the_record(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
        planned(db, world, held_on=NEXT_WEEK)
        base = f"/cases/{open_meeting(db, world).reference}/panel"
    chair = enter(app, "chair")
    page = chair.send(
        chair.open(base + "/defer"), {"code": "no_time", "reason": "Three long cases before it."}
    )
    page = chair.follow(page)
    assert "The case has been put off to the meeting of 24 November 2026." in page.text
    assert (
        "17 November 2026: The meeting ran out of time. Put on the meeting of 24 November 2026 at once."
        in page.text
    )
    assert "Three long cases before it." in page.text


def defers(world: World, reference: str) -> Act:
    def act(db: Session) -> object:
        chair = world.actor("chair")
        referral = referral_for(db, chair, reference, at=NOW, page="test")
        return deferring.defer(db, referral, WHY, by=chair, at=NOW).id

    return act


def test_of_two_who_put_a_case_off_at_once_exactly_one_does(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        planned(db, world, held_on=NEXT_WEEK)
        references = [open_meeting(db, world).reference for _ in range(4)]
    for reference in references:
        results = at_once(engine, [defers(world, reference)] * 2)
        assert sorted(isinstance(result, LOST) for result in results) == [False, True], results
    with Session(engine) as db:
        assert len(db.exec(select(Row)).all()) == 4
        assert {case.status for case in db.exec(select(Referral))} == {Status.LISTED}


def test_putting_off_and_listing_on_the_same_meeting_never_wait_for_each_other(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        later = planned(db, world, held_on=NEXT_WEEK).id
        # Eight of nine places.
        pairs = [(open_meeting(db, world).reference, assessed(db, world).reference) for _ in range(4)]

    def lists(reference: str) -> Act:
        def act(db: Session) -> object:
            manager = world.actor("manager")
            referral = referral_for(db, manager, reference, at=NOW, page="test")
            return put_on(db, referral, later, by=manager, at=NOW, overrides={}).id

        return act

    for sitting, waiting in pairs:
        assert not [
            r for r in at_once(engine, [defers(world, sitting), lists(waiting)]) if isinstance(r, LOST)
        ]
    with Session(engine) as db:
        places = db.exec(select(AgendaItem.place).where(AgendaItem.meeting_id == later)).all()
        assert sorted(places) == list(range(1, 9))
        assert db.get_one(Meeting, later).version > 1


def test_a_case_that_is_put_off_twice_keeps_both_reasons(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        deferring.defer(db, referral, WHY, by=world.actor("chair"), at=NOW)
        with pytest.raises(Refused):
            deferring.defer(db, referral, WHY, by=world.actor("chair"), at=NOW)
        assert len(deferring.deferrals_of(db, referral.id)) == 1
