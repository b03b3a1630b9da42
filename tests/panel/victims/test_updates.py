"""Telling victims of decisions: what opens it, by when, what closes it (Right 6, VIC-1)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.notifications.models import Notification, Why
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from panel.victims import actions, lists, recording, updates
from panel.victims import commands as c
from panel.victims.models import Victim, VictimUpdate
from panel.victims.queries import victims_of
from panel.web import PanelApp
from tests.panel.conftest import signed_in
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.assessed import accepted_with_victim, assessed, told
from tests.support.decided import decided
from tests.support.given import given
from tests.support.world import NOW, TODAY, World, build
from workflows.victim import Happened, How, Kind, NotOwed

GONE = WithReason(reason="The family has moved.")
BY_PHONE = {"told": True, "how": How.PHONE, "what": "A caution, because it was admitted."}
ALL = tuple(Happened)


def of(db: Session, referral: Referral) -> list[VictimUpdate]:
    query = select(VictimUpdate).join(Victim).where(Victim.referral_id == referral.id)
    return list(db.exec(query.order_by(VictimUpdate.id)))  # type: ignore[arg-type]


def tasks(db: Session) -> list[Notification]:
    query = select(Notification).where(Notification.why == Why.VICTIM_TO_TELL)
    return [task for task in db.exec(query) if task.done_at is None]


def withdrawn(db: Session, world: World) -> Referral:
    referral = accepted_with_victim(db, world)
    referrals.withdraw(db, referral, GONE, by=world.actor("officer"), at=NOW)
    return referral


def owed(db: Session, **more: object) -> tuple[World, Referral, Victim, VictimUpdate]:
    world = build(db)
    referral = decided(db, world, victim=True)
    (victim,) = victims_of(db, referral.id)
    victim.sqlmodel_update(more)
    (update,) = of(db, referral)
    return world, referral, victim, update


def tell(
    db: Session, world: World, referral: Referral, victim: Victim, update: VictimUpdate, **more: object
) -> None:
    command = c.ToldOf.model_validate(BY_PHONE | {"told_on": TODAY} | more)
    updates.told(db, referral, victim, update, command, by=world.actor("victim_worker"), at=NOW)


def test_the_decision_opens_one_update_due_in_5_working_days_with_its_task(engine: Engine) -> None:
    with transaction(engine) as db:
        _, _, _, update = owed(db)
        assert (update.happened, update.happened_on) == (Happened.DECIDED, TODAY)
        assert update.due_on == date(2026, 11, 24), "5 working days from Tuesday 17 November"
        (task,) = tasks(db)
        assert (task.role, task.due_on) == ("victim_worker", update.due_on)


def test_with_enhanced_rights_it_is_due_in_1_working_day(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world, victim=True)
        (victim,) = victims_of(db, referral.id)
        victim.enhanced = True
        updates.owe(db, referral, Happened.DECIDED, at=NOW)
        assert [row.due_on for row in of(db, referral)] == [date(2026, 11, 18)]


def test_giving_opens_another_one_and_neither_is_opened_twice(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = given(db, build(db), victim=True)
        updates.owe(db, referral, Happened.GIVEN, at=NOW)
        assert [row.happened for row in of(db, referral)] == [Happened.DECIDED, Happened.GIVEN]
        assert len(tasks(db)) == 2


def test_a_withdrawal_after_sending_is_told_and_its_task_outlives_the_case(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = withdrawn(db, build(db))
        assert [row.happened for row in of(db, referral)] == [Happened.NOT_GOING_ON]
        assert len(tasks(db)) == 1


def test_the_withdrawal_of_a_draft_is_nothing_that_a_victim_hears_of(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        referrals.withdraw(db, referral, GONE, by=world.actor("officer"), at=NOW)
        assert of(db, referral) == tasks(db) == []


def test_each_victim_is_told_apart(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        officer = world.actor("officer")
        child = c.Told(kind=Kind.PERSON, name="Ivy Moor", phone="01632 960112", under_18=True)
        actions.tell(db, referral, child, by=officer, at=NOW)
        referrals.submit(db, referral, by=officer, at=NOW, overrides={})
        referrals.withdraw(db, referral, GONE, by=officer, at=NOW)
        assert [row.due_on.day for row in of(db, referral)] == [24, 18]
        assert len(tasks(db)) == 2


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("objects_to_sharing", True, NotOwed.OBJECTS),
        ("wants_updates", False, NotOwed.NOT_WANTED),
        ("wants_updates", None, None),
        ("wants_updates", True, None),
    ],
)
def test_who_objects_or_asked_not_to_be_told_is_owed_nothing_and_it_says_why(
    engine: Engine, field: str, value: bool | None, why: NotOwed | None
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world, victim=True)
        (victim,) = victims_of(db, referral.id)
        setattr(victim, field, value)
        updates.owe(db, referral, Happened.DECIDED, at=NOW)
        assert [row.not_owed for row in of(db, referral)] == [why]
        assert len(tasks(db)) == (why is None)


@pytest.mark.parametrize("later", ["objects", "not_wanted"])
def test_what_is_open_ends_when_a_victim_later_objects_or_wants_to_hear_nothing(
    engine: Engine, later: str
) -> None:
    with transaction(engine) as db:
        world, referral, victim, update = owed(db)
        worker = world.actor("victim_worker")
        if later == "objects":
            recording.objects(db, referral, victim, by=worker, at=NOW)
        else:
            recording.record(db, referral, victim, {"wants_updates": False}, by=worker, at=NOW)
        assert update.not_owed == later
        assert tasks(db) == []


def test_enhanced_rights_found_later_bring_the_day_forward(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, victim, update = owed(db)
        recording.record(db, referral, victim, {"enhanced": True}, by=world.actor("victim_worker"), at=NOW)
        assert update.due_on == date(2026, 11, 18)


def test_telling_them_is_kept_with_what_when_how_and_by_whom_and_ends_the_task(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, victim, update = owed(db)
        tell(db, world, referral, victim, update)
        assert (update.told_on, update.how, update.what) == (TODAY, How.PHONE, BY_PHONE["what"])
        assert (update.by_id, update.at) == (world.users["victim_worker"], NOW)
        assert tasks(db) == []
        assert lists.to_tell(db, world.actor("victim_worker")) == []


@pytest.mark.parametrize(("days", "reason", "kept"), [(0, "", True), (1, "", False), (1, "Abroad", True)])
def test_after_the_due_day_a_reason_is_asked_for(engine: Engine, days: int, reason: str, kept: bool) -> None:
    with transaction(engine) as db:
        world, referral, victim, update = owed(db)
        on = update.due_on + timedelta(days=days)
        if kept:
            tell(db, world, referral, victim, update, told_on=on, late_reason=reason)
        else:
            with pytest.raises(updates.ToldLate):
                tell(db, world, referral, victim, update, told_on=on, late_reason=reason)
        assert (update.told_on is not None) is kept


def test_that_they_could_not_be_told_is_kept_with_its_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, victim, update = owed(db)
        tell(db, world, referral, victim, update, told=False, what="Moved without an address")
        assert (update.not_owed, update.told_on, update.how) == (NotOwed.NOT_REACHED, None, None)
        assert tasks(db) == []


def test_the_lists_hold_the_victims_of_the_area_only_the_nearest_first(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        worker, stranger = world.actor("victim_worker"), world.actor("far_manager")
        first = accepted_with_victim(db, world)
        assert [(row.reference, row.panel_on) for row in lists.to_ask(db, worker)] == [
            (first.reference, None)
        ]
        assert (lists.count_to_ask(db, worker), lists.count_to_tell(db, worker)) == (1, 0)
        second = decided(db, world, victim=True)
        assert [row.reference for row in lists.to_tell(db, worker)] == [second.reference]
        assert (lists.count_to_ask(db, worker), lists.count_to_tell(db, worker)) == (1, 1)
        assert lists.to_tell(db, stranger) == lists.to_ask(db, stranger) == []


def test_the_list_of_victims_to_ask_and_the_rule_of_the_case_agree(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        worker = world.actor("victim_worker")
        referral = assessed(db, world, victim=True)
        (victim,) = victims_of(db, referral.id)
        for given, waits in (
            ({}, 0),
            ({"same_household": True}, 1),
            ({"safety_plan": "An aunt"}, 0),
            ({"view": "not_sought"}, 1),
            ({"view": "declined"}, 0),
            ({"view": "not_yet_asked"}, 1),
            ({"objects_to_sharing": True}, 0),
        ):
            victim.sqlmodel_update(given)
            db.flush()
            assert lists.count_to_ask(db, worker) == waits, given


@pytest.mark.parametrize("path", ["/", "/victims/to-tell", "/victims/to-ask"])
def test_the_lists_ask_as_many_questions_for_many_victims_as_for_one(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, path: str
) -> None:
    def one(db: Session) -> None:
        accepted_with_victim(db, small_world)
        withdrawn(db, small_world)

    with transaction(sqlite_engine) as db:
        one(db)
    worker = signed_in(sqlite_app, "victim_worker")
    worker.open(path)
    with counted(sqlite_engine) as few:
        worker.open(path)
    with transaction(sqlite_engine) as db:
        for _ in range(6):
            one(db)
    with counted(sqlite_engine) as many:
        worker.open(path)
    assert len(few) == len(many) <= 25
