"""What happens to a decision after it is recorded: put right, taken back, decided otherwise, doubted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from panel.accounts.models import Area
from panel.db import transaction
from panel.decisions import actions as panel
from panel.decisions.commands import PositionTaken
from panel.decisions.decide import decide
from panel.decisions.models import Decision
from panel.decisions.numbers import next_number
from panel.decisions.queries import decision_of
from panel.decisions.standing import decisions_of
from panel.decisions.verify import verify
from panel.disposals import actions as disposals
from panel.disposals.models import Disposal
from panel.disposals.queries import disposal_of
from panel.history.models import Event
from panel.history.verify import backwards
from panel.history.verify import verify as verify_history
from panel.meetings import actions as meetings
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.listing import put_on
from panel.migrations.append_only import remove
from panel.notifications.models import Notification, Why
from panel.packs.queries import current
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.rulings import actions, shown
from panel.rulings import commands as c
from panel.rulings.reading import corrections_of, text_of
from panel.victims.models import VictimUpdate
from panel.victims.queries import victims_of
from tests.support.decided import SEATS, decided, here, mark_of, planned, ready, wrote
from tests.support.given import GIVEN_AT, ISSUER, MOTHER, given, prepared
from tests.support.world import NOW, TODAY, World, build
from workflows.case import Status
from workflows.disposal import Status as DisposalStatus
from workflows.flow import Refused
from workflows.ruling import Authority, Place
from workflows.ruling import Status as Stands
from workflows.victim import Happened
from workflows.vocabulary import Outcome

YCC, YC, CR = Outcome.YCC, Outcome.YC, Outcome.CR
LATER = NOW + timedelta(minutes=5)
WHY = "The wrong offence was before the panel."


def last(db: Session, referral: Referral) -> Decision:
    """The decision that was recorded last."""
    return decisions_of(db, referral.id)[-1][0]


def police_says(referral: Referral, db: Session, outcome: Outcome = YC, **more: Any) -> c.Police:
    """An inspector gives one outcome for every offence, and no condition stays unless it is said."""
    known: dict[str, Any] = {
        "code": "evidence",
        "reason": "The account of the second witness is weaker than it looked.",
        "name": "Ruth Hale",
        "rank": "Inspector",
        "collar": "4021",
        "authority": Authority.SERGEANT,
        "decided_on": TODAY,
        "outcomes": {o.id: outcome.value for o in offences_of(db, referral)},
    }
    return c.Police(**(known | more))


def take_back(db: Session, world: World, referral: Referral) -> None:
    """The manager asks, the seconded officer confirms."""
    decision = last(db, referral)
    row = actions.ask_rescind(db, referral, decision, WHY, by=world.actor("manager"), at=LATER)
    actions.rescind(db, referral, decision, row, by=world.actor("seconded"), at=LATER)


def hear_again(db: Session, world: World, referral: Referral, outcome: Outcome = YC) -> Decision:
    """The case is put on another meeting and decided there."""
    meeting = planned(db, world, at=LATER)
    put_on(db, referral, meeting.id, by=world.actor("manager"), at=LATER, overrides={})
    item = open_item(db, referral)
    assert item is not None
    held = meeting_of(db, item)
    meetings.open_meeting(db, held, by=world.actor("chair"), at=LATER)
    meetings.attendance(db, held, here(world), by=world.actor("chair"), at=LATER)
    for key in SEATS.values():
        panel.position(db, referral, PositionTaken(outcome=outcome), by=world.actor(key), at=LATER)
    wrote(db, world, referral, outcome)
    decide(db, referral, seen=mark_of(db, referral), by=world.actor("chair"), at=LATER, overrides={})
    return last(db, referral)


def test_numbers_of_an_area_and_year_follow_each_other_without_a_gap(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting_free = [last(db, decided(db, world)).number for _ in range(2)]
    try:
        with transaction(engine) as db:
            decided(db, world)
            raise KeyError
    except KeyError:
        pass
    with transaction(engine) as db:
        meeting_free.append(last(db, decided(db, world)).number)
    assert [number.rsplit(" ", 1)[1] for number in meeting_free] == [f"2026/000{n}" for n in (1, 2, 3)]


def test_two_areas_count_apart_and_writers_at_once_leave_no_gap(engine: Engine) -> None:
    with transaction(engine) as db:
        build(db)
    barrier = Barrier(4)

    def take(n: int) -> str:
        barrier.wait()
        for attempt in range(2):
            try:
                with transaction(engine) as db:
                    area = db.exec(select(Area).where(Area.code == "NK")).one()
                    number = next_number(db, area, TODAY)
                    if n % 2 and not attempt:
                        raise KeyError(number)
                    return number
            except KeyError:
                continue
        return ""

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(take, range(4)))
    assert found == [f"NK 2026/000{n}" for n in (1, 2, 3, 4)]
    with transaction(engine) as db:
        south = db.exec(select(Area).where(Area.code == "SK")).one()
        assert next_number(db, south, TODAY) == "SK 2026/0001"
        assert next_number(db, south, TODAY.replace(year=2027)) == "SK 2027/0001"


# Each thing that PAN-5 asks for: a section of the page, and where the stored row has it.
PAN_5 = {
    "offences": ("What the panel knew", lambda r: r["offences"][0]["title"]),
    "evidence of each offence": ("What the panel knew", lambda r: r["offences"][0]["evidence"]),
    "evidence view": ("What the panel knew", lambda r: r["evidence"]),
    "gravity score and version": ("What the panel knew", lambda r: r["offences"][0]["gravity"][0]),
    "admission status": ("What the panel knew", lambda r: r["offences"][0]["admission"]),
    "victim view": ("What the panel knew", lambda r: r["victims"][0]["stands"]),
    "the child's view": ("What the panel knew", lambda r: r["child_says"]),
    "the parent's view": ("What the panel knew", lambda r: r["parent_says"]),
    "assessment version": ("What the panel knew", lambda r: r["assessment"]["digest"][:16]),
    "options weighed": ("Options weighed", lambda r: r["options"][0]["offence"]),
    "outcome per offence": ("What was decided", lambda r: r["offences"][0]["title"]),
    "conditions": ("What was decided", lambda r: r["sealed"]["conditions"][0]["what"]),
    "rationale": ("Why", lambda r: r["reasons"]),
    "each member": ("Who decided", lambda r: r["members"][0]["name"]),
    "each member's role": ("Who decided", lambda r: r["members"][1]["role"]),
    "each member's position": ("Who decided", lambda r: Outcome(r["members"][0]["position"]).value),
    "date and time": ("What was decided", lambda r: str(int(r["took_place_on"][-2:]))),
}


def test_everything_that_the_minimum_asks_for_is_on_the_page_and_in_the_row(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world, victim=True)
        decision = last(db, referral)
        page = {part["title"]: str(part["rows"]).lower() for part in shown.sections(db, referral, decision)}
        for item, (section, stored) in PAN_5.items():
            value = stored(decision.content)
            assert value, item
            assert repr(str(value))[1:-1].lower().replace("_", " ") in page[section], item
        assert decision.content["policy"]["figures"]
        assert {entry["list"] for entry in decision.content["policy"]["lists"]} <= {
            "offences",
            "outcomes",
            "gravity",
            "ethnicity",
        }
        assert len(decision.policy_digest) == 64


def test_the_record_says_which_papers_the_panel_saw(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        decision = last(db, referral)
        papers = current(db, decision.item_id)
        assert papers is not None
        assert (decision.pack_number, decision.pack_digest) == (papers.number, papers.digest)
        page = str(shown.sections(db, referral, decision))
        assert f"Pack {papers.number}, digest {papers.digest[:16]}" in page


def test_whoever_thought_otherwise_is_named_with_their_words(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = ready(db, world)
        other = PositionTaken(outcome=CR, comment="He has put it right already.")
        panel.position(db, referral, other, by=world.actor("victim_worker"), at=NOW)
        decide(db, referral, seen=mark_of(db, referral), by=world.actor("chair"), at=NOW, overrides={})
        content = last(db, referral).content
        assert [(m["seat"], m["comment"]) for m in content["members"] if m["dissents"]] == [
            ("Victim worker", "He has put it right already.")
        ]
        argued = next(o for o in content["options"] if o["outcome"] == CR.value)
        assert argued["argued_by"] == ["Nadia Khan"]
        event = db.exec(select(Event).where(Event.verb == "case.record_decision")).one()
        assert "Nadia Khan" in event.facts["dissent"]


@pytest.mark.parametrize(
    ("table", "change", "named"),
    [
        ("decision", "UPDATE decision SET reasons = 'Other reasons'", "reasons"),
        ("decision", "UPDATE decision SET took_place_on = '2026-01-01'", "the day"),
        ("condition", "UPDATE condition SET what = 'Another thing'", "a condition"),
        ("decided_outcome", "UPDATE decided_outcome SET outcome = 'youth_caution'", "an outcome"),
        ("decision", "UPDATE decision SET content = '{}'", "the record itself"),
        ("decision", "UPDATE decision SET pack_digest = 'another'", "which papers"),
        ("", "UPDATE victim_clearing SET text = 'Kinder words'", "what the panel read of a victim"),
    ],
)
def test_an_altered_record_is_refused_by_the_database_and_named(
    engine: Engine, table: str, change: str, named: str
) -> None:
    with transaction(engine) as db:
        decided(db, build(db), victim=True)
    assert verify(engine) == verify_history(engine) == []
    if table:
        with pytest.raises(DBAPIError), transaction(engine) as db:
            db.execute(text(change))
    with engine.begin() as connection:
        if table:
            remove(_Operations(connection), table)
        connection.execute(text(change))
    assert len(verify(engine)) == 1
    assert named in verify(engine)[0]
    assert "2026/0001" in verify(engine)[0]


class _Operations:
    """What alembic's `op` offers to the triggers."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def get_bind(self) -> Any:
        return self.connection

    def execute(self, sqltext: str) -> None:
        self.connection.execute(text(sqltext))


def test_a_clock_that_was_set_back_is_seen_in_the_history(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        early = NOW - timedelta(hours=1)
        raise_concern = c.Concern(text="x", passed_to="y")
        actions.concern(db, referral, last(db, referral), raise_concern, by=world.actor("manager"), at=early)
        actions.concern(db, referral, last(db, referral), raise_concern, by=world.actor("manager"), at=early)
    problems = backwards(sqlite_engine)
    assert len(problems) == 1
    assert "dated before the one before it" in problems[0]
    assert verify_history(sqlite_engine) == []


def test_a_slip_is_put_right_by_two_people_and_the_old_words_stay(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        decision, manager = last(db, referral), world.actor("manager")
        old = decision.reasons.split()[0]
        slip = c.Correct(place=Place.REASONS, before=old, after="Robbie", reason="His name is short.")
        row = actions.correct(db, referral, decision, slip, by=manager, at=LATER)
        assert text_of(db, decision, Place.REASONS) == decision.reasons
        with pytest.raises(Refused) as refused:
            actions.answer_correction(db, referral, decision, row, "confirm", "", by=manager, at=LATER)
        assert [r.name for r in refused.value.refusals] == ["two_people"]
        officer = world.actor("seconded")
        actions.answer_correction(db, referral, decision, row, "confirm", "", by=officer, at=LATER)
        assert text_of(db, decision, Place.REASONS).startswith("Robbie")
        page = str(shown.sections(db, referral, decision))
        assert decision.reasons in page
        assert "Corrected. As it was written" in page
        assert [r.status for r in corrections_of(db, decision.id)] == [Stands.CONFIRMED]
    assert verify(engine) == []


def test_a_correction_of_words_that_are_not_there_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        slip = c.Correct(place=Place.EVIDENCE, before="not in it", after="x", reason="y")
        with pytest.raises(Refused) as refused:
            actions.correct(db, referral, last(db, referral), slip, by=world.actor("manager"), at=LATER)
        assert [r.name for r in refused.value.refusals] == ["still_so"]


def test_a_decision_is_taken_back_by_both_sides_and_heard_again(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = prepared(db, world, victim=True, by="seconded")
        first, manager = last(db, referral), world.actor("manager")
        row = actions.ask_rescind(db, referral, first, WHY, by=manager, at=LATER)
        for other, rule in (("manager", "two_people"), ("chair", "yot_and_police")):
            with pytest.raises(Refused) as refused:
                actions.rescind(db, referral, first, row, by=world.actor(other), at=LATER)
            assert rule in {r.name for r in refused.value.refusals}
        actions.rescind(db, referral, first, row, by=world.actor("seconded"), at=LATER)
        assert (referral.status, referral.outcome, decision_of(db, referral.id)) == (
            Status.ASSESSED,
            None,
            None,
        )
        assert disposal_of(db, referral.id) is None
        kept = db.exec(select(Disposal)).one()
        assert (kept.status, kept.withdrawn_at) == (DisposalStatus.LAPSED, LATER)
        told = db.exec(select(Notification).where(Notification.why == Why.DECISION_RESCINDED)).all()
        assert len(told) == 4
        second = hear_again(db, world, referral)
        assert (second.rehears_id, second.content["rehears"]) == (first.id, first.number)
        assert f"Decision {second.number}" in str(shown.sections(db, referral, first))
        assert first.number in str(shown.sections(db, referral, second))
        disposals.prepare(db, referral, MOTHER, ISSUER, by=world.actor("seconded"), at=GIVEN_AT)
        again = disposal_of(db, referral.id)
        assert again is not None
        assert again.outcome is YC
    assert verify(engine) == []


def test_a_victim_who_was_told_is_told_again_and_one_who_was_not_is_told_once(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
    for told in (True, False):
        with transaction(sqlite_engine) as db:
            referral = decided(db, world, victim=True)
            victim = victims_of(db, referral.id)[0]
            if told:
                update = db.exec(select(VictimUpdate).where(VictimUpdate.victim_id == victim.id)).one()
                update.told_on = TODAY
                db.add(update)
                db.flush()
            take_back(db, world, referral)
            hear_again(db, world, referral)
            rows = db.exec(select(VictimUpdate).where(VictimUpdate.victim_id == victim.id)).all()
            found = [(row.happened, row.round) for row in rows if row.not_owed is None]
            again = [(Happened.DECIDED, 1), (Happened.RESCINDED, 1), (Happened.DECIDED, 2)]
            assert found == (again if told else [(Happened.DECIDED, 2)])


def test_a_disposal_that_was_given_is_not_undone_here_but_a_concern_is_kept(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = given(db, world)
        decision, manager = last(db, referral), world.actor("manager")
        with pytest.raises(Refused) as refused:
            actions.ask_rescind(db, referral, decision, WHY, by=manager, at=GIVEN_AT)
        assert [r.name for r in refused.value.refusals] == ["not_given"]
        doubt = c.Concern(text="The admission may not have been full.", passed_to="Force legal services")
        actions.concern(db, referral, decision, doubt, by=manager, at=GIVEN_AT)
        assert "Force legal services" in str(shown.sections(db, referral, decision))
