"""The team: every number opens its cases, everybody by name, nobody ranked."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.policy import number
from panel.accounts.models import Membership
from panel.assessments.models import Assessment
from panel.contacts.models import Attendance, Contact, ContactKind
from panel.db import transaction
from panel.plans.models import PlanStep, StepState
from panel.referrals.models import Referral
from panel.team.queries import NOBODY, strands, team
from tests.panel.conftest import Visit, make
from tests.support.given import given
from tests.support.world import NOW, TODAY, World, accepted, submitted
from workflows.assessment import Status as AssessmentStatus
from workflows.case import Status

STEPS, CONTACT = number("drift_of_steps", TODAY), number("drift_of_contact", TODAY)


def numbers(engine: Engine, world: World, key: str = "case_manager") -> dict[str, int]:
    """What the manager's table says of one person."""
    with Session(engine) as db:
        people = team(db, world.actor("manager"), today=TODAY)
        user = world.users.get(key, NOBODY)
        return next((one.numbers for one in people if one.id == user), {})


def put(engine: Engine, **values: Any) -> None:
    """Give the only case these values."""
    with transaction(engine) as db:
        row = db.exec(select(Referral)).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.add(row)


@pytest.fixture
def running(engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose plan runs since the day on which it was given."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    reference = make(engine, given, world)
    put(engine, status=Status.NOTIFIED)
    return reference


@pytest.mark.parametrize(("days", "week", "late"), [(-1, 0, 1), (0, 1, 0), (5, 1, 0), (6, 0, 0)])
def test_a_deadline_is_late_from_the_day_after_and_due_this_week_until_sunday(
    engine: Engine, world: World, days: int, week: int, late: int
) -> None:
    make(engine, accepted, world)
    put(engine, due_on=TODAY + timedelta(days=days))
    found = numbers(engine, world)
    assert (found["open"], found["week"], found["late"]) == (1, week, late)


@pytest.mark.parametrize(("ago", "still"), [(STEPS, 1), (STEPS - 1, 0)])
def test_a_plan_stands_still_when_no_step_moved_for_the_days_of_the_policy(
    engine: Engine, world: World, running: str, ago: int, still: int
) -> None:
    put(engine, given_on=TODAY - timedelta(days=ago))
    assert numbers(engine, world)["still"] == still
    with transaction(engine) as db:
        step = db.exec(select(PlanStep)).first()
        assert step is not None
        step.noted_at = NOW - timedelta(days=STEPS - 1)
        db.add(step)
    assert numbers(engine, world)["still"] == 0


@pytest.mark.parametrize(("ago", "still"), [(STEPS, 0), (STEPS + 1, 1)])
def test_a_step_that_moved_on_the_first_of_those_days_still_counts_as_moving(
    engine: Engine, world: World, running: str, ago: int, still: int
) -> None:
    put(engine, given_on=TODAY - timedelta(days=2 * STEPS))
    with transaction(engine) as db:
        for step in db.exec(select(PlanStep)):
            step.noted_at = NOW - timedelta(days=ago)
            db.add(step)
    assert numbers(engine, world)["still"] == still
    put(engine, status=Status.CLOSED)
    assert numbers(engine, world).get("still", 0) == 0


@pytest.mark.parametrize(("ago", "unseen"), [(CONTACT, 1), (CONTACT - 1, 0)])
def test_a_child_has_as_many_days_from_the_giving(
    engine: Engine, world: World, running: str, ago: int, unseen: int
) -> None:
    put(engine, given_on=TODAY - timedelta(days=ago))
    assert numbers(engine, world)["unseen"] == unseen


@pytest.mark.parametrize(
    ("status", "there"), [(Status.SUBMITTED, 1), (Status.SENT_BACK, 0), (Status.CLOSED, 0)]
)
def test_a_case_is_the_teams_from_its_sending_to_its_end_and_only_in_its_area(
    sqlite_engine: Engine, small_world: World, status: Status, there: int
) -> None:
    make(sqlite_engine, submitted, small_world)
    put(sqlite_engine, status=status)
    assert numbers(sqlite_engine, small_world, "nobody").get("open", 0) == there
    with Session(sqlite_engine) as db:
        far = team(db, small_world.actor("far_manager"), today=TODAY)
        assert all(not any(one.numbers.values()) for one in far)


@pytest.mark.parametrize(("ends", "named"), [(None, True), (0, True), (-1, False)])
def test_a_case_manager_stands_in_the_table_to_the_last_day_of_the_membership(
    sqlite_engine: Engine, small_world: World, ends: int | None, named: bool
) -> None:
    who = small_world.users["other_case_manager"]
    with transaction(sqlite_engine) as db:
        for row in db.exec(select(Membership).where(Membership.user_id == who)):
            row.ends_on = None if ends is None else TODAY + timedelta(days=ends)
            db.add(row)
    with Session(sqlite_engine) as db:
        people = team(db, small_world.actor("manager"), today=TODAY)
    assert (who in [one.id for one in people]) is named


@pytest.mark.parametrize(("ago", "unseen"), [(CONTACT + 1, 1), (CONTACT, 0)])
def test_a_child_is_not_seen_when_no_contact_took_place_for_the_days_of_the_policy(
    engine: Engine, world: World, running: str, ago: int, unseen: int
) -> None:
    put(engine, given_on=TODAY - timedelta(days=60))
    assert numbers(engine, world)["unseen"] == 1
    with transaction(engine) as db:
        same = {"referral_id": db.exec(select(Referral.id)).one(), "kind": ContactKind.SESSION}
        who = world.users["case_manager"]
        for state, days in ((Attendance.ATTENDED, ago), (Attendance.MISSED, 1)):
            at = NOW - timedelta(days=days)
            db.add(
                Contact(**same, starts_at=at, worker_id=who, state=state, offered_by_id=who, offered_at=at)
            )
    assert numbers(engine, world)["unseen"] == unseen


def test_a_step_past_its_day_counts_the_case_once_and_a_done_one_not(
    engine: Engine, world: World, running: str
) -> None:
    def steps(**values: Any) -> None:
        with transaction(engine) as db:
            for step in db.exec(select(PlanStep)):
                for name, value in values.items():
                    setattr(step, name, value)
                db.add(step)

    steps(due_on=TODAY)
    assert numbers(engine, world)["steps"] == 0
    steps(due_on=TODAY - timedelta(days=1))
    assert numbers(engine, world)["steps"] == 1
    steps(state=StepState.DONE)
    assert numbers(engine, world)["steps"] == 0


def test_assessments_with_a_manager_and_given_back_are_told_apart(engine: Engine, world: World) -> None:
    make(engine, accepted, world)
    for status, pair in (
        (AssessmentStatus.IN_PROGRESS, (0, 0)),
        (AssessmentStatus.SUBMITTED, (1, 0)),
        (AssessmentStatus.RETURNED, (0, 1)),
    ):
        with transaction(engine) as db:
            found = db.exec(select(Assessment)).first() or Assessment(
                referral_id=db.exec(select(Referral.id)).one(), author_id=world.users["case_manager"]
            )
            setattr(found, "status", status)  # noqa: B010 - no move of the flow, only where it stands
            db.add(found)
        counted = numbers(engine, world)
        assert (counted["sign"], counted["back"]) == pair


def test_everybody_stands_by_name_and_each_number_opens_exactly_its_cases(
    engine: Engine, world: World, visit: Visit, running: str
) -> None:
    with transaction(engine) as db:
        submitted(db, world, child={"given_name": "Ada", "surname": "Quill"})
    manager = visit("manager")
    page = manager.open("/team")
    names = [name for name in page.links if name in ("Priya Nair", "Tom Ash", "Nobody yet")]
    assert names == ["Priya Nair", "Tom Ash", "Nobody yet"]
    assert "Zoe Hart" not in page.text
    for strand in strands(TODAY):
        for person in names:
            found = next(
                href
                for words, href in page.links.items()
                if words.endswith(f"{strand.short.lower()}, {person}")
            )
            number = next(int(words.split()[0]) for words, href in page.links.items() if href == found)
            opened = manager.open(found)
            assert f"{strand.title}: {number}" in opened.text
    mine = manager.open(next(href for words, href in page.links.items() if words == "1 open, Priya Nair"))
    assert running in mine.text
    waits = manager.open(next(href for words, href in page.links.items() if words == "1 open, Nobody yet"))
    assert "Ada Quill" in waits.text


def test_managers_and_inspectors_see_the_team_of_their_area_only(
    visit: Visit, world: World, running: str
) -> None:
    visit("inspector").open("/team")
    theirs = f"/team/{world.users['case_manager']}"
    visit("inspector").open(theirs)
    for key in ("case_manager", "officer", "board", "victim_worker", "seconded", "admin"):
        visit(key).open("/team", status=403)
        visit(key).open(theirs, status=403)
    visit("far_manager").open(theirs, status=404)
    manager = visit("manager")
    for wrong in (f"{theirs}?list=best", f"/team/{world.users['officer']}", "/team/99999"):
        manager.open(wrong, status=404)
