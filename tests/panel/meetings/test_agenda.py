"""The agenda: its order, its room, what is proposed for it, and several cases put on it at once."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.errors import Missing, Stale
from panel.history.models import Event
from panel.meetings import actions, ordering
from panel.meetings.agenda import agenda_of, cases_left, clock_of
from panel.meetings.listing import has_room, put_on, put_on_several
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.ready import count_waiting, waiting_for
from panel.notifications.invitations import Invitation, Kind
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from tests.panel.decisions.test_decide_races import at_once
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.assessed import assessed, handed_in
from tests.support.decided import listed, open_meeting, planned
from tests.support.world import NOW, TODAY, World, accepted, build
from workflows.case import Status
from workflows.flow import NotYours, Refused


def order(db: Session, world: World, meeting: Meeting) -> list[str]:
    return [place.reference for place in agenda_of(db, world.actor("manager"), meeting)]


def three(db: Session, world: World) -> tuple[Meeting, list[str]]:
    meeting = planned(db, world)
    return meeting, [listed(db, world, meeting=meeting).reference for _ in range(3)]


@pytest.mark.parametrize(
    ("which", "to", "found"),
    [(2, 1, [2, 0, 1]), (0, 2, [1, 0, 2]), (0, 99, [1, 2, 0]), (1, 2, [0, 1, 2])],
)
def test_a_case_moves_to_the_place_that_is_named(
    engine: Engine, which: int, to: int, found: list[int]
) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, cases = three(db, world)
        ordering.place(db, meeting, cases[which], to, by=world.actor("chair"), at=NOW)
        assert order(db, world, meeting) == [cases[number] for number in found]


def test_the_proposed_order_is_that_of_the_deadlines_and_what_is_finished_stays_in_front(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, cases = three(db, world)
        due = dict(zip(cases, (20, 5, 10), strict=True))
        for reference, days in due.items():
            row = db.exec(select(Referral).where(Referral.reference == reference)).one()
            row.due_on = TODAY + timedelta(days=days)
        ordering.by_deadline(db, meeting, by=world.actor("manager"), at=NOW)
        assert order(db, world, meeting) == [cases[1], cases[2], cases[0]]
        item = db.exec(select(AgendaItem).where(AgendaItem.place == 3)).one()
        item.finished_at = NOW
        db.flush()
        ordering.by_deadline(db, meeting, by=world.actor("manager"), at=NOW)
        assert order(db, world, meeting) == [cases[0], cases[1], cases[2]]


@pytest.mark.parametrize("key", ["seconded", "case_manager", "far_manager"])
def test_only_a_manager_orders_an_agenda_and_nobody_after_the_meeting(
    sqlite_engine: Engine, key: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, cases = three(db, world)
        with pytest.raises(NotYours):
            ordering.place(db, meeting, cases[0], 2, by=world.actor(key), at=NOW)
        empty = planned(db, world)
        actions.open_meeting(db, empty, by=world.actor("chair"), at=NOW)
        actions.close(db, empty, by=world.actor("chair"), at=NOW)
        with pytest.raises(Refused, match="stays as it was"):
            ordering.by_deadline(db, empty, by=world.actor("manager"), at=NOW)


def test_two_who_order_at_once_do_not_undo_each_other(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, cases = three(db, world)
        number = meeting.id

    def up(db: Session) -> object:
        return ordering.place(db, db.get_one(Meeting, number), cases[2], 1, by=world.actor("chair"), at=NOW)

    def down(db: Session) -> object:
        return ordering.place(db, db.get_one(Meeting, number), cases[0], 3, by=world.actor("manager"), at=NOW)

    at_once(engine, [up, down])
    with transaction(engine) as db:
        places = list(db.exec(select(AgendaItem.place).order_by(AgendaItem.place)))  # type: ignore[arg-type]
        assert places == [1, 2, 3]
        assert len(set(order(db, world, db.get_one(Meeting, number)))) == 3


def test_each_case_has_its_time_by_the_clock() -> None:
    meeting = Meeting(held_on=TODAY, starts_at=time(10, 0))
    assert [clock_of(meeting, place) for place in (1, 2, 10)] == [time(10), time(10, 6), time(10, 54)]
    late = Meeting(held_on=TODAY, starts_at=time(23, 58))
    assert clock_of(late, 2) is None, "not on another day"


def test_a_case_taken_off_waits_again_and_its_worker_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting = planned(db, world)
        case = listed(db, world, meeting=meeting)
        ordering.take_off(db, case, "The school needs a week more", by=world.actor("manager"), at=NOW)
        assert (case.status, order(db, world, meeting)) == (Status.ASSESSED, [])
        waiting = db.exec(select(Notification).where(Notification.done_at.is_(None))).all()  # type: ignore[union-attr]
        assert (Why.CASE_TAKEN_OFF, world.users["case_manager"]) in [(n.why, n.user_id) for n in waiting]
        assert Why.CASE_LISTED not in {n.why for n in waiting}
        gone = db.exec(select(Invitation.user_id).where(Invitation.kind == Kind.CANCELLED)).all()
        assert gone == [world.users["case_manager"]]
        put_on(db, case, meeting.id, by=world.actor("manager"), at=NOW, overrides={})
        again = select(Invitation.sequence).where(
            Invitation.kind == Kind.INVITED, Invitation.user_id == world.users["case_manager"]
        )
        assert list(db.exec(again)) == [0, 1], "a worker whose case comes back is invited again"


def test_a_case_is_not_taken_off_while_the_panel_sits_or_without_a_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        manager, sits = world.actor("manager"), open_meeting(db, world)
        with pytest.raises(Refused, match="sitting"):
            ordering.take_off(db, sits, "x", by=manager, at=NOW)
        waits = listed(db, world)
        with pytest.raises(Refused, match="reason"):
            ordering.take_off(db, waits, " ", by=manager, at=NOW)
        with pytest.raises(NotYours):
            ordering.take_off(db, waits, "x", by=world.actor("seconded"), at=NOW)
        ordering.take_off(db, waits, "x", by=manager, at=NOW)
        with pytest.raises(Refused, match="no agenda now"):
            ordering.take_off(db, waits, "x", by=manager, at=NOW)


def test_a_full_meeting_takes_another_case_only_with_a_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, manager = planned(db, world), world.actor("manager")
        meeting.capacity = 1
        listed(db, world, meeting=meeting)
        assert not has_room(db, meeting)
        more = assessed(db, world)
        with pytest.raises(Refused) as refused:
            put_on(db, more, meeting.id, by=manager, at=NOW, overrides={})
        assert [(r.name, r.hard) for r in refused.value.refusals] == [("has_room", False)]
        put_on(db, more, meeting.id, by=manager, at=NOW, overrides={"has_room": "He is 18 next week"})
        event = db.exec(select(Event).where(Event.verb == "case.list")).all()
        assert [e.overrides for e in event if e.overrides] == [{"has_room": "He is 18 next week"}]


def test_two_who_put_a_case_on_the_last_free_place_get_one_place(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, manager = planned(db, world), world.actor("manager")
        meeting.capacity = 1
        number, cases = meeting.id, [assessed(db, world).id for _ in range(2)]

    def put(case: int) -> object:
        def act(db: Session) -> object:
            row = db.get_one(Referral, case)
            return put_on(db, row, number, by=manager, at=NOW, overrides={}).referral_id

        return act

    results = at_once(engine, [put(case) for case in cases])  # type: ignore[misc]
    assert sorted(type(result).__name__ for result in results) == ["Refused", "int"]
    with transaction(engine) as db:
        assert cases_left(db, number) == 1


def test_several_cases_are_put_on_at_once_and_each_has_its_own_result(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, manager = planned(db, world), world.actor("manager")
        good, victim, gone = assessed(db, world), assessed(db, world), listed(db, world)
        victim.victim_identified = True
        db.flush()
        before = (victim.version, victim.status)
        names = [case.reference for case in (good, victim, gone)]
        results = put_on_several(db, meeting, names, by=manager, at=NOW)
        found = {one.reference: [r.name for r in one.refusals] for one in results}
        assert found == {good.reference: [], victim.reference: ["victim_view"], gone.reference: ["waits"]}
        assert order(db, world, meeting) == [good.reference]
        assert (victim.version, victim.status) == before, "nothing half done"


def test_several_cases_stop_where_the_meeting_is_full(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        meeting.capacity = 2
        cases = [assessed(db, world) for _ in range(3)]
        for days, case in enumerate(cases):
            case.due_on = TODAY + timedelta(days=9 - days)
        db.flush()
        names = [case.reference for case in cases]
        results = put_on_several(db, meeting, names, by=world.actor("manager"), at=NOW)
        assert [(one.reference, len(one.refusals)) for one in results] == [
            (names[2], 0),
            (names[1], 0),
            (names[0], 1),
        ], "the nearest deadlines have the places"


@pytest.mark.parametrize("key", ["far_manager", "case_manager", "seconded"])
def test_several_cases_are_put_on_only_by_a_manager_of_the_area(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, case = planned(db, world), assessed(db, world)
        with pytest.raises((NotYours, Missing)):
            put_on_several(db, meeting, [case.reference], by=world.actor(key), at=NOW)


def test_what_waits_is_proposed_in_the_order_of_deadlines_with_what_is_missing(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        late, soon, unsigned = assessed(db, world), assessed(db, world), handed_in(db, world)
        accepted(db, world)
        late.due_on, soon.due_on, unsigned.due_on = (date(2026, 12, day) for day in (20, 2, 10))
        soon.victim_identified, soon.event_open_on = True, TODAY
        db.flush()
        found = waiting_for(db, world.actor("manager"), world.areas["north"], today=TODAY)
        assert [(one.reference, [r.name for r in one.missing]) for one in found] == [
            (soon.reference, ["victim_view", "event_answered"]),
            (unsigned.reference, ["countersigned"]),
            (late.reference, []),
        ]
        assert count_waiting(db, [world.areas["north"]]) == {world.areas["north"]: 2}


def test_a_case_with_a_victim_who_is_dealt_with_is_ready(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        case = assessed(db, world, victim=True)
        (one,) = waiting_for(db, world.actor("manager"), world.areas["north"], today=TODAY)
        assert (one.reference, one.missing) == (case.reference, ())


def test_proposing_asks_the_same_number_of_questions_for_many_cases(sqlite_engine: Engine) -> None:
    asked = []
    with transaction(sqlite_engine) as db:
        world = build(db)
        for _ in range(2):
            for _ in range(3):
                assessed(db, world, victim=True)
            db.flush()
            db.expire_all()
            with counted(sqlite_engine) as sent:
                found = waiting_for(db, world.actor("manager"), world.areas["north"], today=TODAY)
            asked.append((len(found), len(sent)))
    assert asked[1][0] == 2 * asked[0][0]
    assert asked[0][1] == asked[1][1] <= 3


def test_the_order_of_another_page_is_stale(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, cases = three(db, world)
        db.flush()
        seen = Meeting(id=meeting.id, version=meeting.version - 1)
        with pytest.raises(Stale):
            ordering.place(db, seen, cases[0], 2, by=world.actor("chair"), at=NOW)
