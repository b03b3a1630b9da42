"""Appointments at which a disposal is given: planned, moved, called off, kept, chased."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import Session, col, select

from panel.accounts.models import Area
from panel.appointments import actions
from panel.appointments import commands as c
from panel.appointments.letter import letter_pdf
from panel.appointments.models import Appointment, AppointmentChange
from panel.appointments.queries import appointments_of, planned_for
from panel.cases.queries import count, filters
from panel.children.models import Child
from panel.db import transaction
from panel.disposals import actions as disposals
from panel.disposals.commands import Lapse
from panel.errors import Missing
from panel.notifications.invitations import Invitation, Kind, compose_invitation
from panel.notifications.models import Notification, Why
from panel.referrals.clocks import deadlines
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, offences_of
from tests.panel.documents.disposal_papers import text_of
from tests.panel.notifications.world import settings_with
from tests.support.assessed import CANARIES
from tests.support.given import GIVEN_AT, decided, signed
from tests.support.world import TODAY, World, build
from workflows.appointment import AskedBy, Status
from workflows.calendar import add_working_days
from workflows.flow import NotYours, Refused
from workflows.vocabulary import Outcome

DAY = TODAY + timedelta(days=3)
TO_APPOINT = "Appointment to be planned"


def wanted(world: World, **more: Any) -> c.Plan:
    """Friday after school, with the case manager, at the police station."""
    return c.Plan.model_validate(
        {
            "held_on": DAY,
            "starts_at": time(16, 30),
            "place": "Keel Street police station",
            "officer_id": world.users["officer"],
            "joint": True,
            "adult_name": "Dana Fielding",
            "adult_phone": "01632 960001",
        }
        | more
    )


def moved(world: World, **more: Any) -> c.Reschedule:
    """The same a day later, because of an examination."""
    asked = {"asked_by": AskedBy.FAMILY, "code": "school", "reason": "A mock examination"}
    later = {"held_on": DAY + timedelta(days=3)}
    return c.Reschedule.model_validate(wanted(world).model_dump() | asked | later | more)


def planned(db: Session, world: World, referral: Referral, **more: Any) -> Appointment:
    return actions.plan(db, referral, wanted(world, **more), by=world.actor("case_manager"), at=GIVEN_AT)


def mails(db: Session, referral: Referral) -> list[Invitation]:
    query = select(Invitation).where(Invitation.reference == referral.reference)
    return list(db.exec(query.order_by(col(Invitation.id))))


def clocks(db: Session, referral: Referral) -> dict[str, date]:
    found = deadlines(referral, child_of(db, referral), offences_of(db, referral))
    return {clock.text: clock.due for clock in found}


def test_officer_and_case_manager_get_it_into_their_calendars_with_the_reference_only(
    engine: Engine, tmp_path: Path
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        planned(db, world, referral, place="3 Mill Row, Kelder")
        sent = mails(db, referral)
        assert {mail.user_id for mail in sent} == {world.users["officer"], world.users["case_manager"]}
        mail = compose_invitation(
            settings_with("sqlite:///x.db", 25, tmp_path), sent[0], "officer@example.test"
        )
        told = mail.as_string() + "".join(str(part.get_content()) for part in mail.iter_attachments())
        assert referral.reference in told
        assert "20 November 2026 at 16:30" in told
        for secret in ("Robin", "Fielding", "Mill Row", "01632", "caution", "Keel Street"):
            assert secret not in told
        tasks = db.exec(select(Notification).where(Notification.why == Why.APPOINTMENT_PLANNED)).all()
        assert {task.path for task in tasks} == {f"/cases/{referral.reference}/appointment"}
        assert len(tasks) == 2


def test_moving_it_counts_and_keeps_how_it_stood_before(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        planned(db, world, referral)
        row = actions.reschedule(
            db,
            referral,
            moved(world, officer_id=world.users["seconded"]),
            by=world.actor("manager"),
            at=GIVEN_AT,
        )
        assert (row.moved, row.sequence, row.held_on) == (1, 1, DAY + timedelta(days=3))
        first, second = db.exec(select(AppointmentChange).order_by(col(AppointmentChange.id))).all()
        assert first.content["held_on"] == DAY.isoformat()
        assert (second.code, second.asked_by) == ("school", AskedBy.FAMILY)
        assert second.reason == "A mock examination"
        left = [mail for mail in mails(db, referral) if mail.kind is Kind.APPOINTED_CANCELLED]
        assert [mail.user_id for mail in left] == [world.users["officer"]]


def test_a_reason_that_is_not_on_the_list_moves_nothing(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        planned(db, world, referral)
        invented = moved(world, code="because")
        with pytest.raises(Refused, match="Choose why"):
            actions.reschedule(db, referral, invented, by=world.actor("manager"), at=GIVEN_AT)


def test_what_an_appointment_was_can_never_be_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        planned(db, world, decided(db, world))
    with pytest.raises((IntegrityError, OperationalError, ProgrammingError)), transaction(engine) as db:
        db.connection().execute(text("UPDATE appointment_change SET reason = 'another'"))


def test_giving_the_disposal_keeps_it(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = signed(db, world)
        planned(db, world, referral, held_on=TODAY)
        disposals.give(db, referral, by=world.actor("officer"), at=GIVEN_AT)
        assert [one.status for one in appointments_of(db, referral.id)] == [Status.KEPT]
        open_tasks = db.exec(select(Notification).where(Notification.done_at == None))  # noqa: E711
        assert Why.APPOINTMENT_PLANNED not in {task.why for task in open_tasks}


def test_a_case_that_is_not_given_any_more_calls_it_off_and_tells_who_was_to_come(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        planned(db, world, referral)
        disposals.lapse(db, referral, Lapse(reason="Moved away"), by=world.actor("officer"), at=GIVEN_AT)
        assert planned_for(db, referral.id) is None
        assert referral.appointed_on is None
        assert [mail.kind for mail in mails(db, referral)][-2:] == [Kind.APPOINTED_CANCELLED] * 2


def test_a_day_is_asked_for_three_working_days_after_the_decision_until_one_is_planned(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        assert clocks(db, referral)[TO_APPOINT] == add_working_days(TODAY, 3)
        planned(db, world, referral)
        assert TO_APPOINT not in clocks(db, referral)
        cancel = c.Cancel(asked_by=AskedBy.POLICE, reason="The room is flooded")
        actions.cancel(db, referral, cancel, by=world.actor("officer"), at=GIVEN_AT)
        assert TO_APPOINT in clocks(db, referral)


def test_a_letter_without_a_signature_needs_no_appointment(engine: Engine) -> None:
    with transaction(engine) as db:
        assert TO_APPOINT not in clocks(db, decided(db, build(db), Outcome.NFA))


@pytest.mark.parametrize(
    ("held_on", "on", "listed"),
    [(None, TODAY, 1), (DAY, DAY, 0), (DAY, DAY + timedelta(days=1), 1)],
)
def test_the_work_list_has_what_is_not_planned_and_what_has_passed(
    sqlite_engine: Engine, held_on: date | None, on: date, listed: int
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        if held_on is not None:
            planned(db, world, referral, held_on=held_on)
        seconded = world.actor("seconded")
        _, where = filters(seconded, today=on)["to_appoint"]
        assert count(db, seconded, where) == listed


def test_no_caution_is_planned_for_the_18th_birthday(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        born = DAY.replace(year=DAY.year - 18)
        referral = decided(db, world, child={"date_of_birth": born})
        with pytest.raises(Refused, match="will be 18"):
            planned(db, world, referral)
        planned(db, world, referral, held_on=DAY - timedelta(days=1))


def test_only_an_officer_of_the_area_gives_it_and_only_its_people_plan_it(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        with pytest.raises(Missing):
            planned(db, world, referral, officer_id=world.users["far_officer"])
        for key in ("victim_worker", "far_manager", "inspector"):
            with pytest.raises(NotYours):
                actions.plan(db, referral, wanted(world), by=world.actor(key), at=GIVEN_AT)


def test_a_place_that_tells_where_the_victim_lives_is_refused(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world, victim=True)
        with pytest.raises(actions.TellsOfVictim, match="the place"):
            planned(db, world, referral, place="At Marguerite's, 9 Weir Cottages")


def test_the_letter_says_when_where_and_that_an_adult_must_come_and_nothing_of_the_offence(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world, victim=True)
        row = planned(db, world, referral, easy_read=True, interpreter="Jan Novak", language="Polish")
        area = db.exec(select(Area.name).where(Area.id == referral.area_id)).one()
        told = text_of(letter_pdf(db, referral, row, area, force_name="Kelder Police", demo=True))
        for words in (
            "Friday 20 November 2026 at 16:30",
            "Keel Street police station",
            "Jo Marsh, police officer",
            "Priya Nair, youth justice team",
            "Jan Novak, interpreter (Polish)",
            "An adult must come with you",
            "solicitor",
            "easy-read",
            "Demonstration",
            referral.reference,
        ):
            assert words in told
        assert "damage" not in told.lower()
        assert "caution" not in told.lower()
        assert not [canary for canary in CANARIES if canary in told]


def test_hostile_words_stay_words_in_the_letter(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        place = '#read("/etc/passwd") *Hall* <b>1</b>'
        row = planned(db, world, referral, place=place)
        child = db.exec(select(Child)).one()
        told = text_of(letter_pdf(db, referral, row, "North", force_name="Police", demo=False))
        assert '#read("/etc/passwd") *Hall*' in told
        assert child.name in told
