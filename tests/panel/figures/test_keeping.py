"""Rows and counts are kept with every act; a rebuild and time itself give the same."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session, col, delete, select, update

from panel.children.models import Child
from panel.db import transaction
from panel.disposals.models import Disposal
from panel.figures import queries
from panel.figures.models import Figure, MeetingMilestone, Milestone, PoliceMilestone
from panel.figures.rebuild import rebuild, verify
from panel.figures.slices import Count, Slice
from panel.figures.touching import keep_touched
from panel.figures.turning import turn
from panel.meetings.models import Member
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from panel.referrals.moves import settle
from tests.support import assessed, decided, kept, planned, police
from tests.support import given as given_
from tests.support.world import NOW, TODAY, World, accepted, build, draft, submitted
from workflows.quarters import Quarter
from workflows.vocabulary import Gender, Outcome

THIS = Quarter.of(TODAY)


def at(engine: Engine, area: int, **more: Any) -> dict[str, Count]:
    with Session(engine) as db:
        return queries.counts(db, Slice(frozenset({area}), THIS, **more))


def test_a_case_is_kept_from_its_draft_to_its_end_by_the_acts_themselves(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        number = given_.closed(db, world).id
    found = at(engine, world.areas["north"])
    with Session(engine) as db:
        row = db.get_one(Milestone, number)
    assert (row.referred_on, row.assessed_on, row.decided_on, row.given_on, row.closed_on) == (TODAY,) * 5
    assert (row.outcome, row.gender, row.age, row.care) == (
        *("youth_conditional_caution", "male", 15),
        "not_looked_after",
    )
    assert row.assessment_due_on == date(2026, 12, 1)  # ten working days
    for metric in ("M6", "M8", "M9", "M10", "M11", "M12", "M14", "M15", "M17", "M21", "M23", "M29"):
        assert found[metric] == Count(1, 1, 0), metric
    assert found["M20"] == Count(2, 2, 0)
    assert found["M22"] == Count(0, 1, 0)
    assert not {"M1", "M5", "M16", "M27", "M28"} & set(found)
    assert verify(engine) == []


BUILDERS: tuple[Callable[..., Any], ...] = (
    draft,
    submitted,
    accepted,
    assessed.handed_in,
    assessed.assessed,
    decided.listed,
    decided.heard,
    decided.decided,
    given_.given,
    given_.notified,
    given_.closed,
    given_.without_steps,
    kept.tried,
    kept.alleged,
    planned.with_contact,
)


def test_no_act_on_the_way_of_a_case_lets_the_figures_drift(
    sqlite_engine: Engine, small_world: World
) -> None:
    for builder in BUILDERS:
        with transaction(sqlite_engine) as db:
            builder(db, small_world)
        assert verify(sqlite_engine) == [], builder.__name__
    made = rebuild(sqlite_engine)
    assert made["case"] == len(BUILDERS)
    assert verify(sqlite_engine) == []
    for days in (1, 3, 20, 90, 400):
        turn(sqlite_engine, TODAY + timedelta(days=days))
        assert verify(sqlite_engine) == []


def test_the_morning_turns_what_was_still_to_come(engine: Engine, world: World) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        given_.closed(db, world)
        assert queries.counted_up_to(db) is None
        late = Slice(frozenset({area}), Quarter.of(date(2026, 12, 1)))
    with transaction(engine) as db:
        accepted(db, world)
    turn(engine, date(2026, 12, 1))  # the day on which the assessment is due
    with Session(engine) as db:
        assert queries.counts(db, late)["M13"] == Count(1, 1, 1)
        (row,) = queries.cases(db, "M13", late, "excluded", None, 10)
        assert (row.kind, row.reason, row.address) == ("case", "still_time", f"/cases/{row.reference}")
    turn(engine, date(2026, 12, 2))
    with Session(engine) as db:
        assert queries.counts(db, late)["M13"] == Count(1, 2, 0)
        assert [one.id for one in queries.cases(db, "M13", late, "failing", None, 10)] == [row.id]
        assert queries.counted_up_to(db) == date(2026, 12, 2)
    assert turn(engine, date(2026, 12, 2)) == 0
    assert verify(engine) == []


def test_who_commits_while_the_day_turns_leaves_nothing_for_the_next_morning(postgres_engine: Engine) -> None:
    due = date(2026, 12, 1)  # the day on which the assessment is due
    with transaction(postgres_engine) as db:
        of = build(db)
    turn(postgres_engine, due)
    morning = threading.Thread(target=turn, args=(postgres_engine, due + timedelta(days=1)))
    with transaction(postgres_engine) as db:
        number = accepted(db, of).id
        keep_touched(db)  # as of the day before
        morning.start()
        while morning.is_alive() and not _somebody_waits(postgres_engine):
            morning.join(0.02)
    morning.join(30)
    assert verify(postgres_engine) == []
    with Session(postgres_engine) as db:
        assert not db.get_one(Milestone, number).assessment_running


def _somebody_waits(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_what_is_rolled_back_is_not_counted(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        given_.given(db, world)
    before = at(engine, world.areas["north"])
    with Session(engine) as db:
        for disposal in db.exec(select(Disposal)):
            disposal.case_manager_present = False
        db.flush()
        db.rollback()
        db.commit()
    assert at(engine, world.areas["north"]) == before
    assert verify(engine) == []


def test_statements_that_load_no_row_and_changes_of_the_child_are_heard(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        case = given_.given(db, world)
        child = case.child_id
    with transaction(engine) as db:
        db.execute(update(Disposal).where(col(Disposal.id) > 0).values(copy_altered_at=NOW))
        db.exec(delete(Member).where(col(Member.user_id) == world.users["victim_worker"]))
    assert verify(engine) == []
    with transaction(engine) as db:
        assert not db.exec(select(MeetingMilestone)).one().victim_worker
        db.get_one(Child, child).gender = Gender.FEMALE
    area = world.areas["north"]
    assert at(engine, area)["M11"] == Count(0, 0, 1)  # altered, and there is still a day to put it right
    assert at(engine, area, gender="female")["M10"] == Count(1, 1, 0)
    assert "M10" not in at(engine, area, gender="male")
    assert verify(engine) == []


def test_a_disposal_of_the_police_is_kept_in_the_place_of_the_gap(engine: Engine, world: World) -> None:
    area, given_on = world.areas["north"], TODAY - timedelta(days=30)
    with transaction(engine) as db:
        of = police.force(db, world)
        police.listed(db, world, of, given_on=given_on)
        police.told(
            db, world, of, given_on=given_on, on=given_on, crime_reference="13260009999", surname="Vale"
        )
    turn(engine, TODAY)
    assert at(engine, area)["M1"] == Count(1, 1, 1)
    with Session(engine) as db:
        assert sorted(db.exec(select(PoliceMilestone.place))) == ["only_ours", "untold"]
        some = Slice(frozenset({area}), Quarter.of(given_on))
        (row,) = queries.cases(db, "M1", some, "failing", None, 5)
        assert row.address == f"/police-disposals/{row.reference}"
    with transaction(engine) as db:
        db.delete(db.exec(select(PoliceDisposal).where(col(PoliceDisposal.listed_on).is_not(None))).one())
    assert at(engine, area)["M1"] == Count(0, 0, 1)
    assert verify(engine) == []


def test_a_disposal_of_the_police_has_the_care_of_the_child_whose_case_it_is(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        case, other = accepted(db, world), accepted(db, world)
        one, two = case.child_id, other.child_id
        assert one != two
        db.get_one(Child, two).looked_after = True
        unsaid = {"gender": Gender.NOT_STATED, "ethnicity": "", "date_of_birth": None}
        row = police.told(db, world, police.force(db, world), given_on=TODAY, on=TODAY, **unsaid)
        number, referral = row.id, case.id

    def kept_so(change: Callable[[Session], object]) -> tuple[str, str, int | None]:
        with transaction(engine) as db:
            change(db)
        assert verify(engine) == []
        with Session(engine) as db:
            found = db.get_one(PoliceMilestone, number)
            return found.care, found.gender, found.age

    def child(key: int, **values: Any) -> Callable[[Session], object]:
        return lambda db: db.execute(update(Child).where(col(Child.id) == key).values(**values))

    def disposal(to: int | None) -> Callable[[Session], object]:
        return lambda db: setattr(db.get_one(PoliceDisposal, number), "referral_id", to)

    assert kept_so(lambda db: None) == ("", "not_stated", None)
    assert kept_so(disposal(referral)) == ("not_looked_after", "male", 15)
    assert kept_so(child(one, looked_after=True)) == ("looked_after", "male", 15)
    assert kept_so(child(one, gender=Gender.FEMALE, looked_after=False)) == ("not_looked_after", "female", 15)
    # The case turns out to be another child's.
    moved = kept_so(lambda db: setattr(db.get_one(Referral, referral), "child_id", two))
    assert moved == ("looked_after", "male", 15)
    quarter = at(engine, world.areas["north"], care="looked_after")
    assert quarter["M4"].counted + quarter["M4"].excluded == 1
    assert kept_so(disposal(None)) == ("", "not_stated", None)


@pytest.mark.parametrize("spoil", ["milestone", "figure", "gone"])
def test_a_drift_is_named_and_a_rebuild_mends_it(engine: Engine, world: World, spoil: str) -> None:
    with transaction(engine) as db:
        reference = given_.given(db, world).reference
    wrong = {
        "milestone": "UPDATE milestone SET steps = steps + 1",
        "figure": "UPDATE figure SET met = met + 1 WHERE metric = 'M12' AND by = 'gender'",
        "gone": "DELETE FROM milestone",
    }[spoil]
    with engine.begin() as connection:
        connection.execute(text(wrong.replace(" by =", ' "by" =')))
    found = verify(engine)
    named = {"milestone": f"({reference}): steps", "figure": "M12 version 1", "gone": "is not kept"}[spoil]
    assert any(named in words for words in found)
    rebuild(engine)
    assert verify(engine) == []


OUTCOMES = st.sampled_from(
    ("give", "present", "copy", "gender", "care", "area", "withdraw", "remove", "turn")
)


@given(st.lists(st.tuples(OUTCOMES, st.integers(0, 2)), max_size=12))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_in_whatever_order_the_figures_are_those_of_a_rebuild(
    sqlite_engine: Engine, small_world: World, acts: list[tuple[str, int]]
) -> None:
    with transaction(sqlite_engine) as db:
        if not db.exec(select(Referral)).first():
            given_.given(db, small_world)
            decided.heard(db, small_world)
            given_.given(db, small_world, Outcome.CR)
        day = queries.counted_up_to(db) or TODAY
    for what, which in acts:
        if what == "turn":
            turn(sqlite_engine, day := day + timedelta(days=which * 9))
            continue
        with transaction(sqlite_engine) as db:
            _change(db, what, list(db.exec(select(Referral).order_by(col(Referral.id))))[which], small_world)
        if what == "withdraw":
            assert verify(sqlite_engine) == []
    assert verify(sqlite_engine) == []


def _change(db: Session, what: str, case: Referral, of: World) -> None:
    disposal = db.exec(select(Disposal).where(Disposal.referral_id == case.id)).first()
    child = db.get_one(Child, case.child_id)
    if what == "gender":
        child.gender = Gender.FEMALE if child.gender is Gender.MALE else Gender.MALE
    elif what == "care":
        child.looked_after = not child.looked_after
    elif what == "area":
        case.area_id = of.areas["south" if case.area_id == of.areas["north"] else "north"]
    elif what == "give" and case.given_on:
        case.given_on += timedelta(days=40)
    elif what == "present" and disposal:
        disposal.case_manager_present = not disposal.case_manager_present
    elif what == "copy" and disposal:
        disposal.copy_altered_at = None if disposal.copy_altered_at else NOW
    elif what == "withdraw" and disposal:
        disposal.withdrawn_at = None if disposal.withdrawn_at else NOW
    elif what == "remove":
        for member in db.exec(select(Member)).all()[:1]:
            member.present = not member.present
    settle(db, case, by=of.actor("manager"), at=NOW, page="test", retime=False)


def test_two_writers_neither_wait_in_a_circle_nor_lose_a_count(postgres_engine: Engine) -> None:
    with transaction(postgres_engine) as db:
        of = build(db)
    with transaction(postgres_engine) as db:
        numbers = [given_.given(db, of, outcome).id for outcome in (Outcome.YCC, Outcome.CR) * 2]
    start, failed = threading.Barrier(4), []

    def write(turns: list[int]) -> None:
        start.wait(30)
        try:
            for number in turns * 4:
                with transaction(postgres_engine) as db:
                    for disposal in db.exec(select(Disposal).where(Disposal.referral_id == number)):
                        disposal.case_manager_present = not disposal.case_manager_present
                    case = db.get_one(Referral, number)
                    child = db.get_one(Child, case.child_id)
                    child.looked_after = not child.looked_after
        except Exception as error:
            failed.append(error)

    halves = (numbers[:2], numbers[1::-1], numbers[2:], numbers[:1:-1])
    threads = [threading.Thread(target=write, args=(half,)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not [one for one in failed if "StaleDataError" not in type(one).__name__]
    assert verify(postgres_engine) == []
    with Session(postgres_engine) as db:
        assert db.exec(select(Figure).where(col(Figure.counted) < 0)).all() == []
