"""What a pack takes in: from the first to the last instant of its quarter, of its area, and what counts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature, SecondRead
from panel.board_pack.facts import Fact, Scope
from panel.board_pack.figures import LOADERS, facts_of, figures
from panel.compliance.models import Entry, Matter
from panel.db import transaction
from panel.decisions.models import Decision
from panel.disposals.models import Disposal
from panel.figures.touching import keep_touched
from panel.figures.turning import turn
from panel.plans.models import Plan, PlanStep
from panel.referrals.models import Offence, Referral
from panel.scrutiny.models import SampledCase, ScrutinyRound
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim
from tests.support.board import SUMMER, case, child, gave
from tests.support.gaps import stands
from tests.support.given import given, notified
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.countersigning import Verdict
from workflows.gap import Place
from workflows.keeping import Rung
from workflows.police import POLICE_OUTCOMES, Standing
from workflows.scrutiny import Finding, RoundStatus
from workflows.vocabulary import ModeOfTrial, Outcome, Purpose

DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
FIRST = datetime.combine(SUMMER.first, time(), LONDON)
LAST = datetime.combine(SUMMER.last, time(23, 59, 59), LONDON)
SECOND = timedelta(seconds=1)
MIDDLE = datetime.combine(date(2026, 8, 12), time(12), LONDON)
# The last second before the quarter, its first, its last and the one after it.
EDGES = [(FIRST - SECOND, False), (FIRST, True), (LAST, True), (LAST + SECOND, False)]


@pytest.fixture
def db(engine: Engine, world: World) -> Iterator[Session]:
    """A database to write into and to count in, as things stand on the day of the tests."""
    turn(engine, TODAY)
    with transaction(engine) as session:
        yield session


def facts(db: Session, world: World, key: str, area: str = "north") -> list[Fact]:
    """The facts of a figure of the summer, with what metrics count kept as a transaction keeps it."""
    keep_touched(db)
    return facts_of(db, key, Scope(world.areas[area], SUMMER, TODAY))


def everything(db: Session, world: World, when: datetime, area: str) -> None:
    """One of everything that a pack counts, at a moment, in an area."""
    day = when.date()
    ours = notified(db, world)
    ours.given_on, ours.area_id = day, world.areas[area]
    db.add(ours)
    disposal = db.exec(select(Disposal)).one()
    disposal.signed_document_id = None
    disposal.given_on = day
    plan_id = db.exec(select(Plan.id)).one()
    db.add(PlanStep(plan_id=plan_id, purpose=Purpose.REPARATION, due_on=day, place=9, at_childs_home=True))
    written = db.exec(select(Assessment)).one()
    written.submitted_at = when
    _judged(db, world, written, when)
    matter = Matter(referral_id=ours.id, number=7, opened_on=day, changed_at=NOW)
    victim = Victim(referral_id=ours.id, place=7)
    db.add_all([matter, victim])
    db.flush()
    by = {"by_id": world.users["manager"], "at": NOW}
    db.add(Entry(matter_id=matter.id, rung=Rung.RETURNED, happened_on=day, **by))
    db.add(VictimFeedback(victim_id=victim.id, answers=[["told", "Told?", "Yes"]], given_on=day, **by))
    _scrutinised(db, world, ours, when, area)
    of = force(db, world)
    gave(db, world, of, 1, Outcome.YC, given_on=day).area_id = world.areas[area]
    stands(db, world, of, Place.UNTOLD, 2, given_on=day, area=area)
    ago = {"given_on": day.replace(year=day.year - 1), "assessed": when - 365 * DAY}
    case(db, world, 3, area_id=world.areas[area], **ago)
    db.flush()


def _judged(db: Session, world: World, owner: Assessment, when: datetime) -> None:
    who = {"by_id": world.users["case_manager"], "digest": "0" * 64}
    version = AssessmentVersion(assessment_id=owner.id, number=88, at=when - DAY, **who)
    db.add(version)
    db.flush()
    signed = Countersignature(
        version_id=version.id, by_id=world.users["manager"], at=when, verdict=Verdict.SIGNED
    )
    db.add(signed)
    db.flush()
    reader = {"reader_id": world.users["chair"], "drawn_at": NOW, "done_at": when}
    db.add(SecondRead(countersignature_id=signed.id, would_sign=True, **reader))


def _scrutinised(db: Session, world: World, ours: Referral, when: datetime, area: str) -> SampledCase:
    round_ = ScrutinyRound(
        reference="SR-EDGES",
        area_id=world.areas[area],
        status=RoundStatus.FINISHED,
        since=SUMMER.first,
        until=SUMMER.last,
        size=1,
        seed="0",
        list_digest="0" * 64,
        edition=SUMMER.first,
        drawn_by_id=world.users["manager"],
        drawn_at=NOW,
        finished_at=when,
        changed_at=NOW,
    )
    db.add(round_)
    db.flush()
    decided = db.exec(select(Decision.id).where(Decision.referral_id == ours.id)).one()
    sampled = SampledCase(
        round_id=round_.id,
        place=1,
        decision_id=decided,
        referral_id=ours.id,
        stratum=Outcome.YCC,
        finding=Finding.APPROPRIATE,
        changed_at=NOW,
    )
    db.add(sampled)
    db.flush()
    return sampled


@pytest.mark.parametrize(("when", "counts"), EDGES)
def test_a_quarter_counts_from_its_first_to_its_last_instant_in_london(
    db: Session, world: World, when: datetime, counts: bool
) -> None:
    everything(db, world, when, "north")
    assert {key for key in LOADERS if facts(db, world, key)} == (set(LOADERS) if counts else set())
    lines = {fact.line for key in LOADERS for fact in facts(db, world, key)}
    once = {"untold", "outside", "unsigned", "late", "breach", "given", "soon", "second", "home", "health"}
    once |= {"answered", "Told?", Finding.APPROPRIATE.value}
    assert lines & once == (once if counts else set())


def test_a_pack_counts_nothing_of_another_area(db: Session, world: World) -> None:
    everything(db, world, MIDDLE, "south")
    assert {key for key in LOADERS if facts(db, world, key)} == set()
    assert {key for key in LOADERS if facts(db, world, key, "south")} == set(LOADERS)


YEAR = (date(2025, 4, 1), date(2026, 3, 31))


def rates(db: Session, world: World) -> dict[str, int]:
    """The points of decision in the year before the summer, of boys."""
    scope = Scope(world.areas["north"], SUMMER, TODAY)
    found = next(one for one in figures(db, scope) if one["key"] == "disproportionality")
    return {line["point"]: line["part"] for line in found["lines"] if line["group"] == "male"}


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        (datetime.combine(YEAR[0], time(), LONDON) - SECOND, False),
        (datetime.combine(YEAR[0], time(), LONDON), True),
        (datetime.combine(YEAR[1], time(23, 59, 59), LONDON), True),
        (datetime.combine(YEAR[1], time(23, 59, 59), LONDON) + SECOND, False),
    ],
)
def test_the_year_of_disproportionality_counts_from_its_first_to_its_last_instant_and_its_area(
    db: Session, world: World, when: datetime, counts: bool
) -> None:
    for number, area in ((1, "north"), (2, "south")):
        ours = case(db, world, number, area_id=world.areas[area], submitted_at=when, decided_at=when)
        other = case(db, world, 10 + number, area_id=world.areas[area], submitted_at=None, decided_at=None)
        matter = Matter(referral_id=ours.id, number=1, opened_on=when.date(), changed_at=NOW)
        db.add_all([matter, Matter(referral_id=other.id, number=1, opened_on=when.date(), changed_at=NOW)])
        db.flush()
        told = {"by_id": world.users["manager"], "at": NOW, "happened_on": when.date()}
        db.add(Entry(matter_id=matter.id, rung=Rung.ALLEGED, **told))
    of = force(db, world)
    gave(db, world, of, 1, Outcome.YC, given_on=when.date())
    gave(db, world, of, 2, Outcome.YC, given_on=when.date()).area_id = world.areas["south"]
    gave(db, world, of, 3, Outcome.YC, given_on=when.date()).status = Standing.SET_ASIDE
    db.flush()
    points = ("referred", "panel", "given", "youth_caution", "breach")
    assert rates(db, world) == (dict.fromkeys(points, 1) if counts else {})


def test_the_signed_copy_is_asked_for_where_something_to_sign_was_given(db: Session, world: World) -> None:
    ours = given(db, world)
    ours.given_on = SUMMER.first
    row = db.exec(select(Disposal)).one()
    assert row.signed_document_id is not None

    def unsigned(of: Any, **values: Any) -> list[bool]:
        before = {name: getattr(of, name) for name in values}
        for name, value in values.items():
            setattr(of, name, value)
        db.flush()
        found = [fact.part for fact in facts(db, world, "exceptions") if fact.line == "unsigned"]
        for name, value in before.items():
            setattr(of, name, value)
        db.flush()
        return found

    assert unsigned(row) == [False]
    assert unsigned(row, signed_document_id=None) == [True]
    assert unsigned(row, copy_altered_at=NOW) == [True]
    assert unsigned(ours, given_on=None) == []
    assert unsigned(ours, outcome=Outcome.NFA) == []
    assert unsigned(ours, outcome=Outcome.CHARGE) == []
    assert unsigned(ours, outcome=Outcome.CR) == [False]


def test_what_was_set_aside_is_no_disposal_in_any_figure_of_the_police(db: Session, world: World) -> None:
    of = force(db, world)
    for number, outcome in enumerate((Outcome.YC, Outcome.CR)):
        gave(db, world, of, number, outcome).status = Standing.SET_ASIDE
    stands(db, world, of, Place.SET_ASIDE, 5)
    db.flush()
    assert [facts(db, world, key) for key in ("exceptions", "entrants", "outcomes")] == [[], [], []]


def test_the_earlier_of_two_cautions_of_one_day_is_the_first(db: Session, world: World) -> None:
    of, ada, bo = force(db, world), child(db, 1), child(db, 2)
    one = gave(db, world, of, 1, Outcome.YC, child_id=ada.id)
    two = gave(db, world, of, 2, Outcome.YC, child_id=ada.id)
    gave(db, world, of, 3, Outcome.CR, child_id=bo.id)
    gave(db, world, of, 4, Outcome.YC, child_id=bo.id, given_on=SUMMER.first).status = Standing.SET_ASIDE
    three = gave(db, world, of, 5, Outcome.YC, child_id=bo.id)
    db.flush()
    found = {fact.subject: fact.part for fact in facts(db, world, "entrants")}
    assert found == {one.id: True, two.id: False, three.id: True}


def again(db: Session, world: World) -> list[bool]:
    """Whether the one child of the summer before offended again, as recorded."""
    return [fact.part for fact in facts(db, world, "reoffending")]


@pytest.mark.parametrize(
    ("day", "more"),
    [
        (date(2025, 7, 11), True),
        (date(2025, 7, 10), False),
        (date(2026, 7, 10), True),
        (date(2026, 7, 11), False),
    ],
)
def test_a_disposal_of_the_police_within_a_year_is_offending_again_while_it_counts(
    db: Session, world: World, day: date, more: bool
) -> None:
    who = child(db, 1)
    case(db, world, 1, of=who, given_on=date(2025, 7, 10))
    row = gave(db, world, force(db, world), 1, Outcome.CR, child_id=who.id, given_on=day)
    assert again(db, world) == [more]
    # The force's own entry of the same event, a day off, or one that was another child's: no second offence.
    row.status = Standing.SET_ASIDE
    db.flush()
    assert again(db, world) == [False]


@pytest.mark.parametrize("outcome", [*POLICE_OUTCOMES, Outcome.RETURNED])
def test_only_what_the_police_gave_is_offending_again(db: Session, world: World, outcome: Outcome) -> None:
    who = child(db, 1)
    case(db, world, 1, of=who, given_on=date(2025, 7, 10))
    row = gave(db, world, force(db, world), 1, Outcome.CR, child_id=who.id, given_on=date(2025, 9, 1))
    row.outcome = outcome
    db.flush()
    assert again(db, world) == [outcome not in (Outcome.NFA, Outcome.RETURNED)]


def test_the_record_of_a_case_and_an_unsent_draft_are_not_offending_again(db: Session, world: World) -> None:
    who, of = child(db, 1), force(db, world)
    ours = case(db, world, 1, of=who, given_on=date(2025, 7, 10))
    gave(db, world, of, 1, Outcome.YC, child_id=who.id, given_on=date(2025, 7, 12)).referral_id = ours.id
    draft = case(db, world, 2, of=who, submitted_at=None, given_on=None, outcome=None)
    offence = Offence(
        referral_id=draft.id, committed_on=date(2025, 9, 1), mode=ModeOfTrial.SUMMARY, title="Theft"
    )
    own = Offence(
        referral_id=ours.id, committed_on=date(2025, 7, 11), mode=ModeOfTrial.SUMMARY, title="Theft"
    )
    db.add_all([offence, own])
    db.flush()
    assert again(db, world) == [False]
    draft.submitted_at = NOW
    db.flush()
    assert again(db, world) == [True]
