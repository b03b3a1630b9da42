"""Meetings: planned by a manager, led by their chair, with three different people in three seats."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Membership
from panel.db import transaction
from panel.errors import Missing, Stale
from panel.history.models import Event
from panel.history.record import meeting_chain
from panel.meetings import actions
from panel.meetings.commands import Attendance, MeetingDetails, WithReason
from panel.meetings.models import Meeting, Member
from panel.meetings.queries import meeting_for, members_of, missing_seats, present_members
from tests.support.decided import here, planned
from tests.support.world import NOW, TODAY, World, build, user
from workflows.flow import NotYours, Refused
from workflows.meeting import Status
from workflows.roles import Role, Seat

DETAILS = {"held_on": TODAY, "starts_at": time(10), "location": "Room 2", "chair_id": 1}


def verbs(db: Session, meeting: Meeting) -> list[str]:
    chain = meeting_chain(meeting.id)
    return [event.verb for event in db.exec(select(Event).where(Event.chain == chain).order_by(Event.seq))]  # type: ignore[arg-type]


def opened(db: Session, world: World) -> Meeting:
    meeting = planned(db, world)
    actions.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
    return meeting


def test_a_meeting_is_planned_opened_attended_and_closed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting, chair = planned(db, world), world.actor("chair")
        versions = [meeting.version]
        actions.open_meeting(db, meeting, by=chair, at=NOW)
        versions.append(meeting.version)
        actions.attendance(db, meeting, here(world), by=chair, at=NOW)
        versions.append(meeting.version)
        assert missing_seats(present_members(db, meeting, today=TODAY), today=TODAY) == ()
        actions.close(db, meeting, by=chair, at=NOW)
        assert meeting.status is Status.CLOSED
        assert versions == sorted(set(versions)), "each act raises the version, which is the lock"
        assert verbs(db, meeting) == ["meeting.add", "meeting.open", "meeting.attendance", "meeting.close"]


def test_a_meeting_is_not_opened_before_its_day(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world, held_on=TODAY + timedelta(days=1))
        with pytest.raises(Refused, match="cannot be opened yet"):
            actions.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)


@pytest.mark.parametrize("key", ["manager", "seconded", "victim_worker", "far_manager"])
def test_only_the_chair_of_the_meeting_opens_it_and_says_who_is_here(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        with pytest.raises(NotYours):
            actions.open_meeting(db, meeting, by=world.actor(key), at=NOW)
        actions.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
        with pytest.raises(NotYours):
            actions.attendance(db, meeting, here(world), by=world.actor(key), at=NOW)


def test_a_chair_who_is_no_longer_a_manager_of_the_area_does_not_chair(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, chair = planned(db, world), world.actor("chair")
        left: Actor = replace(chair, memberships=((world.areas["north"], Role.CASE_MANAGER),))
        with pytest.raises(NotYours):
            actions.open_meeting(db, meeting, by=left, at=NOW)


def test_nobody_says_who_is_here_before_the_meeting_is_open_or_after_it(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, chair = planned(db, world), world.actor("chair")
        with pytest.raises(Refused, match="open the meeting first"):
            actions.attendance(db, meeting, here(world), by=chair, at=NOW)
        actions.open_meeting(db, meeting, by=chair, at=NOW)
        actions.close(db, meeting, by=chair, at=NOW)
        with pytest.raises(Refused, match="The meeting is over"):
            actions.attendance(db, meeting, here(world), by=chair, at=NOW)


@pytest.mark.parametrize("command", [MeetingDetails, Attendance])
@pytest.mark.parametrize(
    "twice", [("yot_manager", "police"), ("police", "victim_worker"), ("yot_manager", "victim_worker")]
)
def test_nobody_sits_in_two_seats(command: type, twice: tuple[str, str]) -> None:
    seats = {"yot_manager": 1, "police": 2, "victim_worker": 3}
    asked = DETAILS if command is MeetingDetails else {}
    command.model_validate(asked | seats)
    with pytest.raises(ValidationError, match="nobody sits in two seats"):
        command.model_validate(asked | seats | {twice[1]: seats[twice[0]]})


def test_two_seats_may_both_be_empty() -> None:
    assert Attendance(yot_manager=1, police=0, victim_worker=0).seats == {Seat.YOT_MANAGER: 1}


@pytest.mark.parametrize("seat", ["yot_manager", "police", "victim_worker"])
def test_a_seat_is_taken_only_by_somebody_with_its_role_in_the_area(sqlite_engine: Engine, seat: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = opened(db, world)
        for stranger in ("far_manager", "case_manager", "officer"):
            command = here(world).model_copy(update={seat: world.users[stranger]})
            with pytest.raises(Missing):
                actions.attendance(db, meeting, command, by=world.actor("chair"), at=NOW)


def test_another_manager_may_step_in_for_the_one_who_was_invited(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = opened(db, world)
        command = here(world).model_copy(update={"yot_manager": world.users["manager"]})
        actions.attendance(db, meeting, command, by=world.actor("chair"), at=NOW)
        found = [(m.name, m.present) for m in members_of(db, meeting.id) if m.seat is Seat.YOT_MANAGER]
        assert found == [("Alan Pike", False), ("Ruth Okoro", True)]
        assert missing_seats(present_members(db, meeting, today=TODAY), today=TODAY) == ()


@pytest.mark.parametrize("seat", list(Seat))
def test_the_panel_is_not_complete_without_each_of_its_seats(sqlite_engine: Engine, seat: Seat) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = opened(db, world)
        actions.attendance(db, meeting, here(world, **{seat.value: False}), by=world.actor("chair"), at=NOW)
        assert missing_seats(present_members(db, meeting, today=TODAY), today=TODAY) == (seat,)


def test_a_member_whose_role_or_account_has_ended_does_not_count(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = opened(db, world)
        actions.attendance(db, meeting, here(world), by=world.actor("chair"), at=NOW)
        job = db.exec(select(Membership).where(Membership.user_id == world.users["victim_worker"])).one()
        job.ends_on = TODAY
        assert Seat.VICTIM_WORKER in present_members(db, meeting, today=TODAY), "the last day counts"
        job.ends_on = TODAY - timedelta(days=1)
        assert Seat.VICTIM_WORKER not in present_members(db, meeting, today=TODAY)
        user(db, world, "seconded").disabled_at = NOW
        assert Seat.POLICE not in present_members(db, meeting, today=TODAY)


def test_the_second_of_two_chairs_tabs_is_told_that_it_is_stale(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        number = opened(db, world).id
    with Session(engine) as late:
        seen = late.get_one(Meeting, number)
        late.expunge(seen)
    with transaction(engine) as db:
        actions.attendance(db, db.get_one(Meeting, number), here(world), by=world.actor("chair"), at=NOW)
    with transaction(engine) as db, pytest.raises(Stale):
        actions.attendance(db, seen, here(world), by=world.actor("chair"), at=NOW)


def test_a_meeting_is_cancelled_with_a_reason_by_any_manager_of_the_area(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        for key in ("far_manager", "seconded"):
            with pytest.raises(NotYours):
                actions.cancel(db, meeting, WithReason(reason="Snow"), by=world.actor(key), at=NOW)
        actions.cancel(db, meeting, WithReason(reason="Snow"), by=world.actor("manager"), at=NOW)
        assert (meeting.status, meeting.reason) == (Status.CANCELLED, "Snow")


def test_a_meeting_of_another_area_does_not_exist(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        reference = planned(db, world).reference
        assert meeting_for(db, world.actor("inspector"), reference, at=NOW, page="t").reference == reference
        for key in ("far_manager", "far_case_manager", "officer", "board", "admin"):
            with pytest.raises(Missing):
                meeting_for(db, world.actor(key), reference, at=NOW, page="t")


def test_who_is_invited_is_kept_once_per_person(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = opened(db, world)
        for _ in range(2):
            actions.attendance(db, meeting, here(world), by=world.actor("chair"), at=NOW)
        assert len(db.exec(select(Member).where(Member.meeting_id == meeting.id)).all()) == 3


@pytest.mark.parametrize("typed", ["10:00", "9:05", "23:59", "00:00", "10.30"])
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    seats = {"yot_manager": 1, "police": 2, "victim_worker": 3}
    assert isinstance(MeetingDetails.model_validate(DETAILS | seats | {"starts_at": typed}).starts_at, time)


@pytest.mark.parametrize("typed", ["", "ten", "24:00", "10:60", "10", "-1:00", "１０:００"])
def test_what_is_not_a_time_is_refused(typed: str) -> None:
    seats = {"yot_manager": 1, "police": 2, "victim_worker": 3}
    with pytest.raises(ValidationError):
        MeetingDetails.model_validate(DETAILS | seats | {"starts_at": typed})


def test_a_meeting_is_planned_for_today_or_later() -> None:
    asked = DETAILS | {"yot_manager": 1, "police": 2, "victim_worker": 3}
    MeetingDetails.model_validate(asked, context={"today": TODAY})
    with pytest.raises(ValidationError, match="today or later"):
        MeetingDetails.model_validate(
            asked | {"held_on": TODAY - timedelta(days=1)}, context={"today": TODAY}
        )
