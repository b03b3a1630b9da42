"""Series, changes, answers: who is told what, what follows and what does not."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.accounts.models import Membership, User
from panel.db import transaction
from panel.errors import Missing, Stale
from panel.history.models import Event
from panel.history.record import meeting_chain
from panel.meetings import actions, answering, changing, outside, series
from panel.meetings import commands as c
from panel.meetings.models import Meeting, Member
from panel.meetings.people import guests_of, invitees
from panel.meetings.queries import missing_seats, present_members
from panel.notifications.invitations import Invitation, Kind
from tests.support.decided import SEATS, here, listed, planned
from tests.support.world import NOW, TODAY, World, build
from workflows.flow import NotYours, Refused
from workflows.meeting import Reply, Status
from workflows.meeting_days import OnHoliday, Rhythm, Weekday
from workflows.roles import Invited, Role, Seat

SECRET = "https://meet.example.test/j/998877"


def shared(world: World, **more: Any) -> dict[str, Any]:
    people = {seat: world.users[key] for seat, key in SEATS.items()}
    asked = {"starts_at": "10:00", "location": "Room 2", "joining": SECRET, "chair_id": world.users["chair"]}
    return people | asked | {"yot_manager_deputy": world.users["manager"]} | more


def weekly(db: Session, world: World, *, days: int = 3, **more: Any) -> list[Meeting]:
    rule = c.Rule(
        start=TODAY, weekday=Weekday.TUESDAY, rhythm=Rhythm.WEEK, on_holiday=OnHoliday.SKIP, times=20
    )
    chosen = tuple(TODAY + timedelta(weeks=week) for week in range(days))
    command = c.SeriesDetails.model_validate(shared(world, **more) | {"days": chosen})
    return series.add_series(db, rule, command, world.areas["north"], by=world.actor("manager"), at=NOW)


def mails(db: Session, meeting: Meeting, kind: Kind) -> list[str]:
    """To whom mails of one kind about a meeting go, as they stand after its last change."""
    query = select(Invitation).where(
        Invitation.reference == meeting.reference,
        Invitation.kind == kind,
        Invitation.sequence == meeting.sequence,
    )
    names = dict(db.exec(select(User.id, User.name)).all())
    return sorted(names[m.user_id] if m.user_id else m.address for m in db.exec(query))


def when(meeting: Meeting, **more: Any) -> c.WhenWhere:
    now = {name: getattr(meeting, name) for name in changing.PARTS}
    return c.WhenWhere.model_validate(now | more)


def said(db: Session, meeting: Meeting, verb: str) -> list[dict[str, str]]:
    query = select(Event).where(Event.chain == meeting_chain(meeting.id), Event.verb == f"meeting.{verb}")
    return [dict(event.facts) for event in db.exec(query.order_by(col(Event.seq)))]


def test_a_series_makes_a_meeting_on_each_day_that_was_left_ticked(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        made = weekly(db, world, days=3)
        assert [m.held_on for m in made] == [TODAY + timedelta(weeks=n) for n in range(3)]
        assert len({m.series_id for m in made}) == 1
        assert [m.capacity for m in made] == [9, 9, 9]
        for meeting in made:
            assert mails(db, meeting, Kind.INVITED) == ["Alan Pike", "Nadia Khan", "Sam Reed"]


def test_a_day_that_the_rule_never_offered_is_not_made(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        rule = c.Rule(
            start=TODAY, weekday=Weekday.TUESDAY, rhythm=Rhythm.FORTNIGHT, on_holiday=OnHoliday.SKIP, times=3
        )
        odd = c.SeriesDetails.model_validate(shared(world) | {"days": [TODAY + timedelta(weeks=1)]})
        with pytest.raises(Missing):
            series.add_series(db, rule, odd, world.areas["north"], by=world.actor("manager"), at=NOW)


def test_a_bank_holiday_is_made_only_when_somebody_ticks_it(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        rule = c.Rule(
            start=date(2026, 12, 25),
            weekday=Weekday.FRIDAY,
            rhythm=Rhythm.WEEK,
            on_holiday=OnHoliday.SKIP,
            until=date(2026, 12, 25),
        )
        found = series.days_of(rule, today=TODAY)
        assert [(one.holiday, one.proposed) for one in found] == [("Christmas Day", False)]
        ticked = c.SeriesDetails.model_validate(shared(world) | {"days": [date(2026, 12, 25)]})
        made = series.add_series(db, rule, ticked, world.areas["north"], by=world.actor("manager"), at=NOW)
        assert [m.held_on for m in made] == [date(2026, 12, 25)]


def test_the_link_to_join_is_in_no_mail_and_in_no_history(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        (meeting,) = weekly(db, world, days=1)
        other = "https://meet.example.test/j/112233"
        changing.change(db, meeting, when(meeting, joining=other), by=world.actor("manager"), at=NOW)
        for row in (*db.exec(select(Invitation)), *db.exec(select(Event))):
            assert "meet.example" not in str(row.model_dump())
        assert said(db, meeting, "change")[0]["what"].startswith("link to join; now Tuesday 17")


@pytest.mark.parametrize(
    "joining", ["http://meet.example.test/1", "meet.example.test", "https://", "https://a b"]
)
def test_only_an_https_address_is_a_link_to_join(joining: str) -> None:
    with pytest.raises(ValidationError, match="https://"):
        c.Where(joining=joining, location="Room 2", capacity=9)


@pytest.mark.parametrize("location", ["https://meet.example.test/1", "see WWW.example.test"])
def test_a_link_does_not_hide_in_the_place_because_that_goes_into_mails(location: str) -> None:
    with pytest.raises(ValidationError, match="its own box"):
        c.Where(location=location, capacity=9)


def test_a_meeting_needs_a_place_or_a_link(sqlite_engine: Engine) -> None:
    assert c.Where(joining=SECRET, capacity=9).location == ""
    with pytest.raises(ValidationError, match="or a link"):
        c.Where(location="", capacity=9)


def test_a_change_of_one_meeting_leaves_the_others_and_tells_everybody(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        made = weekly(db, world)
        answering.reply(db, made[1], Reply.ACCEPTED, by=world.actor("seconded"), at=NOW)
        command = when(made[1], starts_at="14:00")
        assert changing.change(db, made[1], command, by=world.actor("chair"), at=NOW) == [made[1]]
        assert [m.starts_at.hour for m in made] == [10, 14, 10]
        assert [m.sequence for m in made] == [0, 1, 0]
        assert mails(db, made[1], Kind.CHANGED) == ["Alan Pike", "Nadia Khan", "Sam Reed"]
        assert {one.reply for one in invitees(db, made[1].id)} == {Reply.NONE}, "asked again for another time"


def test_a_change_of_all_that_follow_takes_over_only_what_was_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world, manager = (build(db), None)
        manager = world.actor("manager")
        made = weekly(db, world)
        changing.change(db, made[2], when(made[2], location="Library"), by=manager, at=NOW)
        command = when(
            made[1], starts_at="09:30", held_on=made[1].held_on + timedelta(days=1), following=True
        )
        assert changing.change(db, made[1], command, by=manager, at=NOW) == made[1:]
        assert [(m.held_on.day, m.starts_at, m.location) for m in made] == [
            (17, time(10), "Room 2"),
            (25, time(9, 30), "Room 2"),
            (2, time(9, 30), "Library"),
        ]


def test_a_later_meeting_that_would_fall_on_a_bank_holiday_goes_round_it(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        made = weekly(db, world, days=6)
        command = when(made[4], held_on=made[4].held_on + timedelta(days=3), following=True)
        changing.change(db, made[4], command, by=world.actor("manager"), at=NOW)
        # Three days after 15 and 22 December 2026: a Friday, and Christmas Day with its Monday.
        assert [m.held_on for m in made[4:]] == [date(2026, 12, 18), date(2026, 12, 29)]


def test_a_change_to_what_it_was_tells_nobody(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        assert changing.change(db, meeting, when(meeting), by=world.actor("manager"), at=NOW) == []
        assert (meeting.sequence, said(db, meeting, "change")) == (0, [])


def test_the_second_of_two_who_change_a_meeting_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        number = planned(db, world).id
    with Session(engine) as late:
        seen = late.get_one(Meeting, number)
        late.expunge(seen)
    with transaction(engine) as db:
        row = db.get_one(Meeting, number)
        changing.change(db, row, when(row, location="Library"), by=world.actor("chair"), at=NOW)
    with transaction(engine) as db, pytest.raises(Stale):
        changing.change(db, seen, when(seen, location="Station"), by=world.actor("manager"), at=NOW)


@pytest.mark.parametrize("key", ["seconded", "victim_worker", "far_manager", "case_manager"])
def test_only_a_manager_of_the_area_changes_a_meeting(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, by = planned(db, world), world.actor(key)
        chair = c.NewChair(chair_id=world.users["manager"], reason="Ill")
        who = c.Members.model_validate({seat: world.users[k] for seat, k in SEATS.items()})
        for act, command in (
            (changing.change, when(meeting, location="Library")),
            (changing.replace_chair, chair),
            (changing.members, who),
        ):
            with pytest.raises(NotYours):
                act(db, meeting, command, by=by, at=NOW)  # type: ignore[operator]


def test_a_meeting_that_is_over_is_not_changed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, manager = planned(db, world), world.actor("manager")
        actions.cancel(db, meeting, c.WithReason(reason="Snow"), by=manager, at=NOW)
        with pytest.raises(Refused):
            changing.change(db, meeting, when(meeting, location="Library"), by=manager, at=NOW)


def test_a_wrong_chair_is_replaced_by_another_manager_also_while_the_meeting_goes_on(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting = planned(db, world)
        actions.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
        command = c.NewChair(chair_id=world.users["manager"], reason="Alan was called away")
        changing.replace_chair(db, meeting, command, by=world.actor("manager"), at=NOW)
        assert (meeting.chair_id, meeting.status) == (world.users["manager"], Status.OPEN)
        assert said(db, meeting, "replace_chair") == [
            {"chair": "Ruth Okoro", "reason": "Alan was called away"}
        ]
        actions.attendance(db, meeting, here(world), by=world.actor("manager"), at=NOW)
        with pytest.raises(NotYours):
            actions.attendance(db, meeting, here(world), by=world.actor("chair"), at=NOW)
        with pytest.raises(Refused, match="in the chair already"):
            changing.replace_chair(db, meeting, command, by=world.actor("manager"), at=NOW)
        stranger = c.NewChair(chair_id=world.users["far_manager"], reason="x")
        with pytest.raises(Missing):
            changing.replace_chair(db, meeting, stranger, by=world.actor("manager"), at=NOW)


def deputised(db: Session, world: World) -> Meeting:
    """A meeting in which the manager may step in for the chair's seat."""
    command = c.MeetingDetails.model_validate(shared(world) | {"held_on": TODAY})
    return actions.add(db, command, world.areas["north"], by=world.actor("manager"), at=NOW)


def test_when_a_member_cannot_come_the_deputy_is_asked_and_chair_and_managers_are_told(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting = deputised(db, world)
        answering.reply(db, meeting, Reply.DECLINED, by=world.actor("chair"), at=NOW)
        found = [(one.name, one.reply) for one in invitees(db, meeting.id) if one.seat is Seat.YOT_MANAGER]
        assert found == [("Alan Pike", Reply.DECLINED), ("Ruth Okoro", Reply.NONE)]
        assert "Ruth Okoro" in mails(db, meeting, Kind.INVITED)
        assert mails(db, meeting, Kind.CANNOT_COME) == ["Ruth Okoro"], "who says it is not told of it"
        assert said(db, meeting, "deputy") == [{"name": "Ruth Okoro", "seat": "YOT manager"}]
        answering.reply(db, meeting, Reply.ACCEPTED, by=world.actor("manager"), at=NOW)
        answering.reply(db, meeting, Reply.ACCEPTED, by=world.actor("chair"), at=NOW)
        assert [one.name for one in invitees(db, meeting.id) if one.seat is Seat.YOT_MANAGER] == ["Alan Pike"]
        assert mails(db, meeting, Kind.CANCELLED) == ["Ruth Okoro"]


def test_two_who_cannot_come_are_told_of_separately(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        for key in ("seconded", "victim_worker"):
            answering.reply(db, meeting, Reply.DECLINED, by=world.actor(key), at=NOW)
        told = mails(db, meeting, Kind.CANNOT_COME)
        assert told == ["Alan Pike", "Alan Pike", "Ruth Okoro", "Ruth Okoro"]
        answering.reply(db, meeting, Reply.DECLINED, by=world.actor("seconded"), at=NOW)
        assert mails(db, meeting, Kind.CANNOT_COME) == told, "said twice is said once"


def test_only_somebody_who_is_invited_answers_and_only_before_it_begins(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        with pytest.raises(NotYours):
            answering.reply(db, meeting, Reply.DECLINED, by=world.actor("manager"), at=NOW)
        actions.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
        with pytest.raises(Refused, match="has begun"):
            answering.reply(db, meeting, Reply.DECLINED, by=world.actor("seconded"), at=NOW)


def guest(db: Session, world: World, name: str = "Ivy Stone", agency: Invited = Invited.EDUCATION) -> int:
    command = c.Outsider(name=name, agency=agency, email=f"{name.split()[0]}@school.example.test")
    return outside.add_person(db, command, world.areas["north"], by=world.actor("manager"), at=NOW).id


def test_somebody_from_outside_is_invited_by_mail_and_never_counts_for_the_quorum(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        number = guest(db, world)
        (meeting,) = weekly(db, world, days=1, guests=[number])
        assert "ivy@school.example.test" in mails(db, meeting, Kind.INVITED)
        manager = world.actor("manager")
        answering.guest_reply(db, meeting, number, Reply.ACCEPTED, by=manager, at=NOW)
        assert [(g.name, g.reply) for g in guests_of(db, meeting.id)] == [("Ivy Stone", Reply.ACCEPTED)]
        actions.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
        actions.attendance(db, meeting, here(world, police=False), by=world.actor("chair"), at=NOW)
        assert missing_seats(present_members(db, meeting, today=TODAY), today=TODAY) == (Seat.POLICE,)


def test_an_invited_agency_is_no_seat() -> None:
    assert not {one.value for one in Invited} & {seat.value for seat in Seat}


def test_who_is_invited_changes_and_each_is_told_what_concerns_them(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        old, new = guest(db, world), guest(db, world, "Noor Bell", Invited.HEALTH)
        (meeting,) = weekly(db, world, days=1, guests=[old])
        people = {seat: world.users[key] for seat, key in SEATS.items()}
        command = c.Members.model_validate(people | {"yot_manager": world.users["manager"], "guests": [new]})
        changing.members(db, meeting, command, by=world.actor("manager"), at=NOW)
        assert mails(db, meeting, Kind.CANCELLED) == ["ivy@school.example.test"]
        assert mails(db, meeting, Kind.INVITED) == ["Ruth Okoro", "noor@school.example.test"]
        assert mails(db, meeting, Kind.CHANGED) == ["Alan Pike", "Nadia Khan", "Sam Reed"], "the chair stays"
        seats = [(one.seat, one.name) for one in invitees(db, meeting.id)]
        assert seats == [
            (Seat.YOT_MANAGER, "Ruth Okoro"),
            (Seat.POLICE, "Sam Reed"),
            (Seat.VICTIM_WORKER, "Nadia Khan"),
        ]


def test_two_members_who_hold_both_roles_may_change_seats(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        for key, role in (("seconded", Role.VICTIM_WORKER), ("victim_worker", Role.SECONDED)):
            db.add(Membership(user_id=world.users[key], area_id=world.areas["north"], role=role))
        db.flush()
        meeting = planned(db, world)
        swapped = {
            "yot_manager": world.users["chair"],
            "police": world.users["victim_worker"],
            "victim_worker": world.users["seconded"],
        }
        changing.members(db, meeting, c.Members.model_validate(swapped), by=world.actor("manager"), at=NOW)
        seats = {one.seat.value: one.user_id for one in invitees(db, meeting.id)}
        assert seats == swapped


def test_a_stranger_from_outside_is_not_invited(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        with pytest.raises(Missing):
            weekly(db, world, days=1, guests=[4711])
        ended = guest(db, world)
        outside.end_person(db, ended, by=world.actor("manager"), at=NOW)
        with pytest.raises(Missing):
            weekly(db, world, days=1, guests=[ended])
        with pytest.raises(Missing):
            outside.end_person(db, ended, by=world.actor("far_manager"), at=NOW)


def test_a_deputy_is_another_person_of_the_same_role(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        with pytest.raises(ValidationError, match="another person"):
            c.MeetingDetails.model_validate(
                shared(world, yot_manager_deputy=world.users["chair"]) | {"held_on": TODAY}
            )
        with pytest.raises(Missing):
            weekly(db, world, days=1, police_deputy=world.users["case_manager"])


def test_the_case_manager_is_invited_once_and_let_go_with_the_last_case(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world)
        for _ in range(2):
            listed(db, world, meeting=meeting)
        assert mails(db, meeting, Kind.INVITED).count("Priya Nair") == 1
        seats = db.exec(select(Member.user_id).where(Member.meeting_id == meeting.id)).all()
        assert world.users["case_manager"] not in seats, "who presents does not decide"


def test_a_cancelled_meeting_is_cancelled_in_every_calendar(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        (meeting,) = weekly(db, world, days=1, guests=[guest(db, world)])
        actions.cancel(db, meeting, c.WithReason(reason="Snow"), by=world.actor("manager"), at=NOW)
        assert mails(db, meeting, Kind.CANCELLED) == [
            "Alan Pike",
            "Nadia Khan",
            "Sam Reed",
            "ivy@school.example.test",
        ]
        reasons = [mail for mail in db.exec(select(Invitation)) if "Snow" in str(mail.model_dump())]
        assert reasons == [], "a reason could say too much"
