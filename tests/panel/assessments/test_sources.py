"""Asking others about the child: asked, late, reminded, answered; and what lateness does to the clock."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.assessments import asking
from panel.assessments.part_commands import Answering, Asking, Contact
from panel.assessments.queries import assessment_of
from panel.assessments.reading import sources_of
from panel.assessments.written import AgencyContact, Source
from panel.db import transaction
from panel.errors import Missing
from panel.history.models import Event
from panel.notifications.letters import Letter
from panel.referrals.models import Referral
from panel.referrals.queries import header_of
from tests.support.assessed import handed_in
from tests.support.world import NOW, TODAY, World, accepted, build
from workflows.assessment_parts import Answer, SourceKind
from workflows.flow import Refused

CARE = Asking(kind=SourceKind.SOCIAL_CARE, who="Front door", asked_on=TODAY)
SCHOOL = Asking(kind=SourceKind.EDUCATION, asked_on=TODAY)
MAILBOX = Contact(kind=SourceKind.SOCIAL_CARE, name="Front door", email="door@care.example")


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


def ask(db: Session, world: World, referral: Referral, command: Asking = CARE) -> Source:
    return asking.ask(db, referral, [command], by=world.actor("case_manager"), at=NOW)[0]


def due_words(db: Session, referral: Referral, today: date) -> tuple[str, str]:
    """What the header says of the assessment: when, and by which rule."""
    clocks = header_of(db, referral, today=today).deadlines
    return next((clock.when, clock.rule) for clock in clocks if clock.text == "Assessment due")


def test_an_agency_has_five_working_days_and_whoever_is_not_asked_has_a_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted(db, world)
        asked = ask(db, world, referral)
        assert (asked.answer, asked.due_on) == (Answer.WAITING, date(2026, 11, 24))
        left = ask(db, world, referral, Asking(kind=SourceKind.HEALTH, not_asked_because="No consent"))
        assert (left.answer, left.due_on, left.reason) == (Answer.NOT_ASKED, None, "No consent")


@pytest.mark.parametrize(
    ("after", "first_due", "says"),
    [
        (7, date(2026, 12, 1), ""),
        (8, date(2026, 12, 2), "moved by 1 working day while children's social care did not answer"),
        (9, date(2026, 12, 3), "moved by 2 working days"),
        (14, date(2026, 12, 8), "First due 1 December 2026; moved by 5 working days"),
        (60, date(2026, 12, 8), "moved by 5 working days"),
    ],
)
def test_a_late_agency_that_stops_the_clock_moves_the_due_day_and_the_header_says_why(
    sqlite_engine: Engine, after: int, first_due: date, says: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        ask(db, world, referral)
        when, rule = due_words(db, referral, later(after))
        assert f"{first_due.day} {first_due:%B} {first_due.year}" in when
        assert says in rule
        assert ("moved by" in rule) is bool(says)


def test_a_school_that_is_late_moves_nothing(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        ask(db, world, referral, SCHOOL)
        assert "moved" not in due_words(db, referral, later(20))[1]


def test_after_the_answer_the_clock_runs_again_and_the_lost_days_stay(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        source = ask(db, world, referral)
        came = Answering(answer=Answer.NOTHING_KNOWN, answered_on=date(2026, 11, 26))
        moment = NOW + timedelta(days=9)
        asking.answer(db, referral, source.id, came, by=world.actor("case_manager"), at=moment)
        assert "moved by 2 working days" in due_words(db, referral, later(30))[1]
        assert referral.due_on == date(2026, 12, 3)


def test_a_reminder_is_mailed_once_each_when_the_directory_has_the_agency(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted(db, world)
        author, source = world.actor("case_manager"), ask(db, world, referral)
        first = asking.chase(db, referral, source.id, by=author, at=NOW)
        assert first.letter_id is None
        asking.keep_contact(db, MAILBOX, None, area_id=world.areas["south"])
        assert asking.chase(db, referral, source.id, by=author, at=NOW).letter_id is None
        asking.keep_contact(db, MAILBOX, None, area_id=world.areas["north"])
        mailed = asking.chase(db, referral, source.id, by=author, at=NOW)
        letter = db.exec(select(Letter)).one()
        assert mailed.letter_id == letter.id
        assert (letter.address, letter.reference) == ("door@care.example", referral.reference)
        assert (letter.asked_on, letter.answer_by) == (TODAY, date(2026, 11, 19))
        events = db.exec(select(Event).where(Event.verb == "case.chase")).all()
        assert [event.facts for event in events] == [{"agency": "Children's social care"}] * 3


def test_who_has_answered_is_not_reminded(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        author, source = world.actor("case_manager"), ask(db, world, referral)
        came = Answering(answer=Answer.RECEIVED, answered_on=TODAY)
        asking.answer(db, referral, source.id, came, by=author, at=NOW)
        with pytest.raises(Missing):
            asking.chase(db, referral, source.id, by=author, at=NOW)


def test_a_source_of_another_case_or_of_a_submitted_assessment_stays_as_it_is(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        mine, other = accepted(db, world), handed_in(db, world)
        author = world.actor("case_manager")
        ask(db, world, mine)
        assessment = assessment_of(db, other.id)
        assert assessment is not None
        foreign = sources_of(db, assessment.id)[0]
        with pytest.raises(Missing):
            asking.chase(db, mine, foreign.id, by=author, at=NOW)
        with pytest.raises(Refused):
            asking.chase(db, other, foreign.id, by=author, at=NOW)


def test_the_case_manager_sees_overdue_answers_of_their_own_cases_only(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        ask(db, world, referral)
        due = date(2026, 11, 24)
        author = world.actor("case_manager")
        assert asking.overdue(db, author, due) == []
        [late] = asking.overdue(db, author, due + timedelta(days=1))
        assert (late.reference, late.kind, late.due_on) == (
            referral.reference,
            "Children's social care",
            due,
        )
        for key in ("other_case_manager", "manager", "inspector"):
            assert asking.overdue(db, world.actor(key), later(30)) == []


def test_a_manager_keeps_the_directory_of_the_own_area_only(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        kept = asking.keep_contact(db, MAILBOX, None, area_id=world.areas["north"])
        assert [c.name for c in asking.contacts(db, world.actor("manager"))] == ["Front door"]
        assert asking.contacts(db, world.actor("far_manager")) == []
        with pytest.raises(Missing):
            asking.contact_of(db, world.actor("far_manager"), kept.id)
        asking.keep_contact(db, MAILBOX.model_copy(update={"name": "Desk"}), kept, area_id=kept.area_id)
        assert db.exec(select(AgencyContact.name)).all() == ["Desk"]
