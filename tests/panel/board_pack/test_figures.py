"""Each figure of the pack, counted by hand: in, out, and on both sides of its boundary."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature, SecondRead
from panel.assessments.written import ScreenDone, Source
from panel.board_pack.disparity import year_of
from panel.board_pack.facts import Scope
from panel.board_pack.figures import LOADERS, facts_of, figures
from panel.board_pack.queries import words_of
from panel.board_pack.sentences import against, decisions
from panel.board_pack.showing import Known, for_board
from panel.board_pack.trend import Back
from panel.board_pack.words import page_of
from panel.compliance.models import Entry, Matter
from panel.contacts.models import Availability, BusyTimeRow
from panel.db import transaction
from panel.figures.queries import counts
from panel.figures.slices import Slice
from panel.figures.touching import keep_touched
from panel.figures.turning import turn
from panel.placements.models import Placement
from panel.plans.models import Plan, PlanStep, StepState
from panel.referrals.models import Offence
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim
from tests.support.board import MONDAY, SUMMER, at, case, child, gave
from tests.support.gaps import sent_list, stands
from tests.support.given import notified
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.assessment_parts import Answer, Screen, SourceKind
from workflows.contact import Busy
from workflows.countersigning import Verdict
from workflows.gap import Place
from workflows.keeping import Rung
from workflows.police import Heard
from workflows.screening import Referral as Referred
from workflows.vocabulary import Gender, ModeOfTrial, Outcome, Purpose


@pytest.fixture
def db(engine: Engine, world: World) -> Iterator[Session]:
    """A database to write into and to count in, as things stand on the day of the tests."""
    turn(engine, TODAY)
    with transaction(engine) as session:
        yield session


def lines(db: Session, world: World, key: str, **more: Any) -> dict[str, tuple[int, int]]:
    """The lines of a figure: how many of how many, with what metrics count kept as a transaction keeps it."""
    keep_touched(db)
    scope = Scope(world.areas["north"], more.get("quarter", SUMMER), TODAY)
    found = next(one for one in figures(db, scope) if one["key"] == key)
    return {line["key"]: (line["part"], line["whole"]) for line in found["lines"]}


def test_of_the_lists_those_count_of_which_nobody_told_us_by_themselves(db: Session, world: World) -> None:
    of = force(db, world)
    sent_list(db, world, of)
    places = (Place.UNTOLD, Place.UNTOLD, Place.AFTER_ASKING, Place.LATE, Place.IN_TIME, Place.ONLY_OURS)
    for number, place in enumerate(places):
        stands(db, world, of, place, number)
    stands(db, world, of, Place.UNTOLD, 90, given_on=SUMMER.last)
    stands(db, world, of, Place.UNTOLD, 91, given_on=SUMMER.last + timedelta(days=1))
    stands(db, world, of, Place.UNTOLD, 92, area="south")
    assert lines(db, world, "exceptions")["untold"] == (4, 6)


def test_a_caution_is_outside_unless_the_panel_decided_it(db: Session, world: World) -> None:
    of = force(db, world)
    gave(db, world, of, 1, Outcome.YC, how=Heard.PANEL)
    gave(db, world, of, 2, Outcome.YC)
    gave(db, world, of, 3, Outcome.YCC)
    gave(db, world, of, 4, Outcome.CR)
    assert lines(db, world, "exceptions")["outside"] == (2, 3)
    assert lines(db, world, "outcomes") == {
        "community_resolution": (1, 4),
        "youth_caution": (2, 4),
        "youth_conditional_caution": (1, 4),
    }


@pytest.mark.parametrize(("days", "outside"), [(-1, 1), (0, 0)])
def test_a_caution_of_a_case_is_outside_when_the_panel_gave_later(
    db: Session, world: World, days: int, outside: int
) -> None:
    """The pack and M4 say the same of a record of the force that belongs to a case (PAN-1)."""
    ours = case(db, world, 1)
    assert ours.given_on is not None
    row = gave(db, world, force(db, world), 1, Outcome.YC, given_on=ours.given_on + timedelta(days=days))
    row.referral_id = ours.id
    db.flush()
    assert lines(db, world, "exceptions")["outside"] == (outside, 1)


def test_a_first_time_entrant_had_no_caution_before_by_the_force_or_by_us(db: Session, world: World) -> None:
    of, known = force(db, world), child(db, 1)
    gave(db, world, of, 1, Outcome.YC, first_time=True)
    gave(db, world, of, 2, Outcome.YC, first_time=False)
    gave(db, world, of, 3, Outcome.YCC)
    gave(db, world, of, 4, Outcome.YC, child_id=known.id, given_on=SUMMER.first)
    gave(db, world, of, 5, Outcome.YC, child_id=known.id, given_on=SUMMER.last)
    gave(db, world, of, 6, Outcome.CR)
    assert lines(db, world, "entrants") == {"youth_caution": (2, 4), "youth_conditional_caution": (1, 1)}


def test_each_step_is_in_time_on_the_last_day_and_late_on_the_next(db: Session, world: World) -> None:
    # Referred on Monday 6 July: the assessment is due in ten working days, on Monday 20 July.
    case(db, world, 1, assessed=at(date(2026, 7, 20)), decided_at=at(date(2026, 7, 27)))
    case(db, world, 2, assessed=at(date(2026, 7, 21)), decided_at=at(date(2026, 7, 29)))
    case(
        db,
        world,
        3,
        assessed=at(date(2026, 7, 21)),
        assessment_stopped_days=1,
        decided_at=at(date(2026, 7, 22)),
        given_on=date(2026, 8, 5),
        notified_at=at(date(2026, 8, 6)),
    )
    case(
        db,
        world,
        4,
        decided_at=at(date(2026, 7, 15)),
        given_on=date(2026, 7, 30),
        notified_at=at(date(2026, 8, 3)),
    )
    case(db, world, 5, given_on=SUMMER.first - timedelta(days=1))
    assert lines(db, world, "timeliness") == {
        "assessed": (3, 4),
        "decided": (3, 4),
        "given": (3, 4),
        "told": (3, 4),
    }
    assert lines(db, world, "exceptions")["late"] == (2, 4)


def judged(db: Session, world: World, referral_id: int, number: int, verdict: Verdict, day: date) -> int:
    """A version that was submitted on the Monday and judged on a day."""
    owner = db.exec(select(Assessment).where(Assessment.referral_id == referral_id)).one()
    version = AssessmentVersion(
        assessment_id=owner.id,
        number=number,
        by_id=world.users["case_manager"],
        at=at(MONDAY),
        digest="0" * 64,
    )
    db.add(version)
    db.flush()
    signature = Countersignature(
        version_id=version.id, by_id=world.users["manager"], at=at(day), verdict=verdict
    )
    db.add(signature)
    owner.countersigned_at, owner.countersigned_by_id = at(day), world.users["manager"]
    db.flush()
    return signature.id


def test_countersigning_counts_first_tries_days_and_second_readers(db: Session, world: World) -> None:
    one, two = (case(db, world, number, assessed=at(MONDAY)) for number in (1, 2))
    case(db, world, 3, assessed=at(SUMMER.first - timedelta(days=1)))
    signed = judged(db, world, one.id, 1, Verdict.SIGNED, date(2026, 7, 8))
    judged(db, world, two.id, 1, Verdict.RETURNED, date(2026, 7, 9))
    judged(db, world, two.id, 2, Verdict.SIGNED, date(2026, 7, 8))
    reader = {"reader_id": world.users["chair"], "drawn_at": NOW, "done_at": at(date(2026, 7, 10))}
    db.add(SecondRead(countersignature_id=signed, would_sign=False, **reader))
    db.flush()
    found = lines(db, world, "countersigning")
    assert found == {"first": (1, 2), "soon": (2, 2), "second": (0, 1)}
    late = case(db, world, 4, assessed=at(MONDAY))
    judged(db, world, late.id, 1, Verdict.SIGNED, date(2026, 7, 9))
    own = db.exec(select(Assessment).where(Assessment.referral_id == two.id)).one()
    own.countersigned_by_id = own.author_id
    assert lines(db, world, "countersigning")["soon"] == (1, 3)


def test_reparation_suits_at_home_only_if_the_victim_there_agreed(db: Session, world: World) -> None:
    made = {}
    for name, days in (("Weir", ["saturday"]), ("Mill", ["monday"])):
        made[name] = Placement(
            area_id=world.areas["north"],
            name=name,
            days=days,
            starts_at=at(MONDAY).time(),
            ends_at=at(MONDAY, 16).time(),
            capacity=2,
            active_from=MONDAY,
            changed_at=NOW,
        )
        db.add(made[name])
    db.flush()
    referral = notified(db, world)
    referral.given_on = MONDAY
    plan_id = db.exec(select(Plan.id).where(Plan.referral_id == referral.id)).one()
    for step in db.exec(select(PlanStep).where(PlanStep.plan_id == plan_id)):
        db.delete(step)
    db.flush()
    for number, (place, home, state) in enumerate(
        (
            (made["Weir"].id, False, StepState.TO_DO),
            (made["Mill"].id, False, StepState.DONE),
            (None, False, StepState.TO_DO),
            (None, True, StepState.TO_DO),
            (None, True, StepState.REMOVED),
        ),
        1,
    ):
        step = {"place": number, "placement_id": place, "at_childs_home": home, "state": state}
        db.add(PlanStep(plan_id=plan_id, purpose=Purpose.REPARATION, due_on=TODAY, **step))
    db.add(PlanStep(plan_id=plan_id, purpose=Purpose.REHABILITATION, due_on=TODAY, place=9))
    db.flush()
    assert lines(db, world, "reparation") == {
        "weekday": (1, 1),
        "weekend": (1, 1),
        "elsewhere": (1, 1),
        "home": (0, 1),
    }
    db.add(Victim(referral_id=referral.id, place=9, same_household=True, reparation_at_home=True))
    db.flush()
    assert lines(db, world, "reparation")["home"] == (1, 1)


def test_what_the_pack_says_of_the_same_cases_is_what_the_metrics_say(db: Session, world: World) -> None:
    """M1, M11, M14: one number, not two; no signature is asked where nothing is given."""
    of = force(db, world)
    sent_list(db, world, of)
    for number, place in enumerate((Place.UNTOLD, Place.IN_TIME, Place.AFTER_ASKING)):
        stands(db, world, of, place, number)
    signed = (Outcome.CR, Outcome.O22, Outcome.YC, Outcome.YCC)
    for number, outcome in enumerate((*signed, Outcome.NFA, Outcome.CHARGE)):
        case(db, world, number, outcome=outcome)
    asked, exceptions = Slice(frozenset({world.areas["north"]}), SUMMER), lines(db, world, "exceptions")
    kept = counts(db, asked)
    assert exceptions["untold"] == (kept["M1"].met, kept["M1"].counted) == (2, 3)
    assert exceptions["unsigned"] == (kept["M11"].counted - kept["M11"].met, kept["M11"].counted) == (4, 4)
    assert lines(db, world, "countersigning")["soon"] == (kept["M14"].met, kept["M14"].counted) == (0, 6)


def test_the_week_of_a_child_is_what_the_family_said(db: Session, world: World) -> None:
    rows = [case(db, world, number) for number in range(5)]
    said = {"asked_by_id": world.users["case_manager"], "asked_at": NOW}
    for number, at_school in ((0, True), (1, False), (2, False), (3, False)):
        db.add(Availability(referral_id=rows[number].id, at_school=at_school, **said))
    for number, kind in ((1, Busy.SCHOOL), (2, Busy.WORK), (3, Busy.FAITH)):
        hours = {"weekday": 1, "starts": at(MONDAY, 9).time(), "ends": at(MONDAY, 11).time()}
        db.add(BusyTimeRow(referral_id=rows[number].id, kind=kind, **hours))
    db.flush()
    found = lines(db, world, "education")
    assert found == dict.fromkeys(("school", "part_time", "work", "neet", "unknown"), (1, 5))


def test_needs_count_answers_screens_and_what_followed(db: Session, world: World) -> None:
    cases = [case(db, world, number).id for number in range(3)]
    found = db.exec(
        select(Assessment).where(col(Assessment.referral_id).in_(cases)).order_by(col(Assessment.id))
    )
    rows = [one.id for one in found]
    done = {"done_by_id": world.users["case_manager"], "done_on": MONDAY}
    signs = {"answers": {"words": "yes"}, "referred": Referred.SPEECH_THERAPY}
    db.add(ScreenDone(assessment_id=rows[0], kind=Screen.SPEECH, **signs, **done))
    db.add(ScreenDone(assessment_id=rows[1], kind=Screen.SPEECH, **(signs | {"referred": None}), **done))
    db.add(ScreenDone(assessment_id=rows[2], kind=Screen.SPEECH, not_done_reason="Refused", **done))
    db.add(Source(assessment_id=rows[0], kind=SourceKind.HEALTH, who="GP", answer=Answer.RECEIVED))
    db.add(Source(assessment_id=rows[1], kind=SourceKind.HEALTH, who="GP", answer=Answer.WAITING))
    db.flush()
    counted = lines(db, world, "needs")
    assert counted == {"health": (1, 3), "speech": (2, 3), "speech_met": (1, 2), "alcohol": (0, 3)}


def test_offending_again_counts_to_the_same_day_a_year_later(db: Session, world: World) -> None:
    given, of = date(2025, 7, 10), force(db, world)
    for number, day in enumerate((date(2026, 7, 10), date(2026, 7, 11), given)):
        who = child(db, number)
        case(db, world, number, of=who, given_on=given)
        later = case(db, world, 50 + number, of=who, given_on=None, outcome=None)
        more = {"mode": ModeOfTrial.SUMMARY, "title": "Theft from a shop"}
        db.add(Offence(referral_id=later.id, committed_on=day, **more))
    told = child(db, 9)
    case(db, world, 9, of=told, given_on=given, outcome=Outcome.CR)
    gave(db, world, of, 9, Outcome.CR, child_id=told.id, given_on=date(2026, 1, 5))
    db.flush()
    assert lines(db, world, "reoffending") == {"community_resolution": (1, 1), "youth_caution": (1, 3)}


def test_what_is_not_kept_counts_once_it_goes_to_the_police(db: Session, world: World) -> None:
    for number, day in enumerate((SUMMER.first, SUMMER.last, SUMMER.last + timedelta(days=1))):
        matter = Matter(referral_id=case(db, world, number).id, number=1, opened_on=day, changed_at=NOW)
        db.add(matter)
        db.flush()
        if number != 1:
            told = {"by_id": world.users["manager"], "at": NOW, "happened_on": day}
            db.add(Entry(matter_id=matter.id, rung=Rung.ALLEGED, **told))
    db.flush()
    assert lines(db, world, "exceptions")["breach"] == (1, 2)


def test_a_line_of_which_there_was_nothing_is_named_and_is_not_nought_per_cent(
    db: Session, world: World
) -> None:
    case(db, world, 1)
    figure = next(
        one for one in figures(db, Scope(world.areas["north"], SUMMER, TODAY)) if one["key"] == "exceptions"
    )
    keys = [one["key"] for one in figure["lines"]]
    assert keys == ["untold", "outside", "unsigned", "late", "breach"]
    says = words_of(SUMMER)["exceptions"]
    rows = {row["name"]: row for row in page_of(figure, says, Back(SUMMER))["table"]["rows"]}
    assert [cell["text"] for cell in rows["Not kept, and reported to the police"]["cells"][:3]] == [
        "0",
        "0",
        "–",
    ]
    for board in for_board([figure], Known(), 5):
        assert {one["key"]: one["part"] for one in board["lines"]}["breach"] is None
    assert decisions([figure], {"exceptions": says}) == []


def test_victims_are_counted_by_question_and_open_no_case(db: Session, world: World) -> None:
    victim = Victim(referral_id=case(db, world, 1).id, place=1)
    db.add(victim)
    db.flush()
    more = {"victim_id": victim.id, "by_id": world.users["victim_worker"], "at": NOW, "given_on": SUMMER.last}
    db.add(VictimFeedback(answers=[["victim_told", "Were you told?", "Yes"]], **more))
    db.add(VictimFeedback(answers=[["victim_told", "Were you told?", "Partly"]], **more))
    db.add(VictimFeedback(declined=True, **more))
    db.flush()
    assert lines(db, world, "victims") == {"answered": (2, 3), "Were you told?": (1, 2)}
    scope = Scope(world.areas["north"], SUMMER, TODAY)
    assert {fact.subject for fact in facts_of(db, "victims", scope)} == {0}


def test_the_year_of_disproportionality_ends_on_the_last_day_of_march() -> None:
    assert year_of(date(2026, 3, 31)).first == date(2025, 4, 1)
    assert year_of(date(2026, 3, 30)).first == date(2024, 4, 1)
    assert year_of(SUMMER.last).last == date(2026, 3, 31)


def test_rates_are_set_against_who_lives_here_and_the_step_before(db: Session, world: World) -> None:
    of, day = force(db, world), date(2025, 9, 1)
    for number in range(40):
        ethnicity = "W1" if number < 20 else "B1" if number < 38 else ""
        gender = Gender.MALE if number % 2 else Gender.FEMALE
        gave(db, world, of, number, Outcome.CR, given_on=day, ethnicity=ethnicity, gender=gender)
    gave(db, world, of, 99, Outcome.CR, given_on=date(2026, 4, 1), ethnicity="W1")
    scope = Scope(world.areas["north"], SUMMER, TODAY)
    figure = next(one for one in figures(db, scope) if one["key"] == "disproportionality")
    found = {(line["point"], line["group"]): line for line in figure["lines"]}
    black, white = found[("given", "Black or Black British")], found[("given", "White")]
    assert (black["part"], black["whole"], white["part"], white["whole"]) == (18, 940, 20, 9400)
    assert found[("given", "Not stated")]["part"] == 2
    assert found[("community_resolution", "White")]["before"] == 20
    index = against(figure, black, "whole")
    assert index is not None
    assert round(index.value, 2) == 9.0
    assert against(figure, white, "whole") is None
    assert against(figure, found[("given", "Not stated")], "whole") is None


def test_every_list_behind_a_number_has_as_many_as_the_number(db: Session, world: World) -> None:
    of = force(db, world)
    for number in range(6):
        case(db, world, number)
        gave(db, world, of, number, Outcome.YC)
    scope = Scope(world.areas["north"], SUMMER, TODAY)
    for figure in figures(db, scope):
        if figure["key"] in LOADERS:
            facts = facts_of(db, figure["key"], scope)
            for line in figure["lines"]:
                assert sum(one.part for one in facts if one.line == line["key"]) == line["part"]
