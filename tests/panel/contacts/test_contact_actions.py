"""Contacts with a child and family, on both databases."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.access import Actor
from panel.contacts import actions
from panel.contacts import commands as c
from panel.contacts.models import Attendance, Contact
from panel.contacts.queries import counted_minutes, counts_of, first_attended, my_contacts, to_note
from panel.db import transaction
from panel.errors import Missing
from panel.history.models import Event
from panel.referrals.models import Referral
from tests.support.given import GIVEN_AT, notified
from tests.support.planned import AFTER, THURSDAY, asked, offer, offered, under_way, with_contact
from tests.support.world import TODAY, World, build
from workflows.contact import Busy, ContactKind
from workflows.flow import NotYours, Refused
from workflows.vocabulary import Outcome

MISSED = c.Note(became=Attendance.MISSED, reason_code="did_not_come")
CAME = c.Note(became=Attendance.ATTENDED, done="Two exercises about anger", counted_minutes=45)


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def test_a_series_keeps_its_time_on_the_wall_when_the_clocks_change(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = under_way(db, world)
        command = offer(worker_id=world.users["case_manager"], times=20, every=1)
        made = actions.offer(db, referral, command, by=world.actor("case_manager"), at=GIVEN_AT)
        assert len(made) == 20
        starts = [contact.starts_at.astimezone(UTC) for contact in made]
        assert starts[0] == datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
        assert starts[-1] == datetime(2027, 4, 1, 15, 0, tzinfo=UTC)
        assert counts_of(db, referral.id)[Attendance.OFFERED] == 20


def test_offering_asks_first_and_warns_of_school_faith_and_the_workers_other_appointments(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = notified(db, world), world.actor("case_manager")
        command = offer(worker_id=worker.id)

        def act(**more: Any) -> Any:
            return actions.offer(db, referral, command.model_copy(update=more), by=worker, at=GIVEN_AT)

        assert refused(act) == {"availability_asked"}
        asked(db, world, referral)
        noon = {"starts": time(12, 0)}
        assert refused(lambda: act(**noon)) == {"not_in_school"}
        worship = c.DoesNotFit(kind=Busy.FAITH, weekday=3, starts=time(15, 30), ends=time(16, 30))
        actions.add_busy(db, referral, worship, by=worker, at=GIVEN_AT)
        assert refused(act) == {"not_against_faith"}
        act(starts=time(16, 30))
        assert refused(lambda: act(starts=time(17, 0))) == {"worker_free"}
        why = {"not_in_school": "The school sends him to us on Thursdays"}
        actions.offer(db, referral, command.model_copy(update=noon), by=worker, at=GIVEN_AT, overrides=why)
        event = db.exec(select(Event).where(Event.verb == "contact.offer").order_by(Event.id.desc())).first()  # type: ignore[attr-defined]
        assert event is not None
        assert event.overrides == why


def test_what_became_of_it_is_kept_with_its_coded_reason_and_the_minutes_that_count(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        first = offered(db, world, referral)
        second = offered(db, world, referral, on=THURSDAY + timedelta(days=1))
        later = AFTER + timedelta(days=1)
        assert [line.contact.id for line in to_note(db, worker, now=later)] == [first.id, second.id]
        actions.note(db, referral, first.id, CAME, by=worker, at=later)
        actions.note(db, referral, second.id, MISSED, by=worker, at=later)
        counts = counts_of(db, referral.id)
        assert (counts[Attendance.ATTENDED], counts[Attendance.MISSED], counts[Attendance.OFFERED]) == (
            1,
            1,
            0,
        )
        assert counted_minutes(db, referral.id, 1) == 45
        assert first_attended(db, referral.id) == THURSDAY
        assert to_note(db, worker, now=later) == []


def test_whoever_listens_hears_of_a_missed_contact_and_of_no_other(engine: Engine, monkeypatch: Any) -> None:
    heard: list[tuple[int, datetime]] = []

    def listen(_db: Session, _referral: Referral, contact: Contact, _by: Actor, at: datetime) -> None:
        heard.append((contact.id, at))

    monkeypatch.setattr(actions, "LISTENERS", [listen])
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        first = offered(db, world, referral)
        second = offered(db, world, referral, on=THURSDAY + timedelta(days=1))
        later = AFTER + timedelta(days=1)
        actions.note(db, referral, first.id, CAME, by=worker, at=later)
        assert heard == []
        actions.note(db, referral, second.id, MISSED, by=worker, at=later)
        assert heard == [(second.id, later)]


def test_a_missed_contact_may_turn_out_to_have_had_a_good_reason_and_an_attended_one_stays(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        contact = offered(db, world, referral)
        actions.note(db, referral, contact.id, MISSED, by=worker, at=AFTER)
        ill = c.Note(became=Attendance.EXCUSED, reason_code="ill", reason="The mother sent a doctor's note")
        actions.note(db, referral, contact.id, ill, by=worker, at=AFTER)
        assert contact.state is Attendance.EXCUSED
        assert refused(lambda: actions.note(db, referral, contact.id, MISSED, by=worker, at=AFTER)) == {
            "wrong_state"
        }


def test_a_reason_that_is_not_for_this_end_is_refused(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        contact = offered(db, world, referral)
        wrong = c.Note(became=Attendance.MISSED, reason_code="ill")
        assert refused(lambda: actions.note(db, referral, contact.id, wrong, by=worker, at=AFTER)) == {
            "contact_coded"
        }


def test_nothing_becomes_of_an_appointment_before_it_began(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        contact = offered(db, world, referral)
        early = contact.starts_at - timedelta(minutes=1)
        for note in (MISSED, CAME):
            assert refused(lambda n=note: actions.note(db, referral, contact.id, n, by=worker, at=early)) == {
                "contact_began"
            }
        actions.note(db, referral, contact.id, MISSED, by=worker, at=contact.starts_at)
        assert contact.state is Attendance.MISSED


def test_moving_an_appointment_raises_its_sequence_and_does_not_clash_with_itself(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        contact = offered(db, world, referral)
        command = c.Reschedule(
            on=THURSDAY, starts=time(16, 30), minutes=45, where_at="Library", reason_code="asked_for_another"
        )
        actions.reschedule(db, referral, contact.id, command, by=worker, at=GIVEN_AT)
        assert (contact.sequence, contact.minutes, contact.where_at) == (1, 45, "Library")
        assert contact.state is Attendance.OFFERED


def test_no_appointment_before_the_disposal_or_with_a_stranger_or_by_one(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world), world.actor("case_manager")
        with pytest.raises(Missing):
            actions.offer(
                db, referral, offer(worker_id=world.users["far_case_manager"]), by=worker, at=GIVEN_AT
            )
        with pytest.raises(Missing):
            actions.offer(db, referral, offer(worker_id=worker.id, step_place=9), by=worker, at=GIVEN_AT)
        with pytest.raises(NotYours):
            actions.offer(db, referral, offer(worker_id=worker.id), by=world.actor("officer"), at=GIVEN_AT)
        with pytest.raises(NotYours):
            actions.ask_times(db, referral, c.Asked(at_school=True), by=world.actor("officer"), at=GIVEN_AT)


def test_a_place_that_tells_of_the_victim_is_not_offered(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = under_way(db, world, Outcome.YCC, victim=True), world.actor("case_manager")
        name = _victim_name(db)
        command = offer(worker_id=worker.id, where_at=f"At the shop of {name}")
        with pytest.raises(actions.TellsOfVictim):
            actions.offer(db, referral, command, by=worker, at=GIVEN_AT)


def _victim_name(db: Session) -> str:
    from panel.victims.models import Victim

    victim = db.exec(select(Victim)).first()
    assert victim is not None
    return victim.name


def test_my_contacts_are_mine_of_today_and_of_the_week(engine: Engine) -> None:
    with transaction(engine) as db:
        world: World = build(db)
        referral = with_contact(db, world)
        mine, other = world.actor("case_manager"), world.actor("other_case_manager")
        assert my_contacts(db, mine, today=TODAY, days=1) == []
        (line,) = my_contacts(db, mine, today=TODAY, days=7)
        assert (line.reference, line.child) == (referral.reference, "Robin Fielding")
        assert [one.contact.id for one in my_contacts(db, mine, today=THURSDAY, days=1)] == [line.contact.id]
        assert my_contacts(db, other, today=TODAY, days=7) == []


def test_with_carers_and_agencies_school_hours_do_not_matter(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = under_way(db, world)
        contact = offered(db, world, referral, kind=ContactKind.CARER, starts=time(11, 0))
        assert contact.state is Attendance.OFFERED
