"""Versions, judgements, second readings and opening again, by the acts of the service."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from config.countersigning import criteria
from panel.assessments import actions, countersigning, judged, second_reads
from panel.assessments.countersign_commands import GiveBack, Judgement, Said, SecondReading
from panel.assessments.queries import assessment_of, is_countersigned
from panel.assessments.version_models import Countersignature, CriterionJudged, SecondRead
from panel.assessments.versions import differences, digest_of, final, latest, verify, versions_of
from panel.db import transaction
from panel.history.models import Event
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from tests.support.assessed import COMMENT, WRITTEN, assessed, handed_in, judgement, sign, written
from tests.support.world import NOW, World, build
from workflows.countersigning import Judged, Verdict
from workflows.flow import Refused

NONE: dict[str, str] = {}
BACK = GiveBack(comment="Say what the school thinks.", reasons=("sources", "child_voice"))
AGAIN = "Arrested on Saturday"


def assessment(db: Session, referral: Referral) -> int:
    found = assessment_of(db, referral.id)
    assert found is not None
    return found.id


def open_tasks(db: Session, why: Why) -> list[Notification]:
    return [t for t in db.exec(select(Notification).where(Notification.why == why)) if t.done_at is None]


def names(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.name for refusal in refused.value.refusals}


def mended(db: Session, world: World, referral: Referral, **change: str) -> None:
    author = world.actor("case_manager")
    actions.write(db, referral, WRITTEN.model_copy(update=change), by=author, at=NOW)
    actions.submit(db, referral, by=author, at=NOW, overrides=NONE)


def test_a_submission_pins_everything_that_is_written_with_its_digest(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        version = latest(db, assessment(db, referral))
        assert version is not None
        assert (version.number, version.by_id, version.at) == (1, world.users["case_manager"], NOW)
        assert version.digest == digest_of(version.content)
        said = str(version.content["groups"])
        assert WRITTEN.family in said
        assert "Four talks about anger" in said
        assert version.content["judgements"] == {"reoffending": "low", "safety": "medium", "harm": "low"}
        assert len(version.content["steps"]) == 2
        event = db.exec(select(Event).where(Event.verb == "assessment.submit")).one()
        assert event.facts == {"version": "1", "digest": version.digest}


@pytest.mark.parametrize(
    "statement", ["UPDATE assessment_version SET number = 9", "DELETE FROM criterion_judged"]
)
def test_what_was_submitted_and_judged_cannot_be_changed(engine: Engine, statement: str) -> None:
    with transaction(engine) as db:
        assessed(db, build(db))
    with pytest.raises(DatabaseError, match="rows are never changed"), engine.begin() as connection:
        connection.execute(text(statement))


def test_a_version_altered_behind_our_back_is_named(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        handed_in(db, build(db))
    assert verify(sqlite_engine) == []
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER assessment_version_no_update")
        connection.exec_driver_sql("UPDATE assessment_version SET content = '{}'")
    assert verify(sqlite_engine) == ["version 1 of assessment 1 was altered"]


def test_a_second_submission_is_a_second_version_and_shows_what_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        countersigning.give_back(db, referral, BACK, by=world.actor("manager"), at=NOW)
        mended(db, world, referral, family="He lives with his mother and one sister.")
        newer, older = versions_of(db, assessment(db, referral))
        assert (newer.number, older.number) == (2, 1)
        [change] = differences(older.content["groups"], newer.content["groups"])
        assert change.key == "Family and social setting"
        assert [(p.kind, p.text) for p in change.pieces] == [
            ("same", "He lives with his mother and "),
            ("removed", "two"),
            ("added", "one"),
            ("same", " "),
            ("removed", "sisters."),
            ("added", "sister."),
            ("same", "\n\n(Opinion of Priya Nair, 17 November 2026)"),
        ]
        assert differences(older.content["groups"], older.content["groups"]) == []


def test_every_criterion_is_kept_with_the_signature(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        sign(db, world, referral)
        signed = final(db, referral.id)
        assert signed is not None
        assert (signed.version.number, signed.signature.by_id) == (1, world.users["manager"])
        assert signed.signature.verdict is Verdict.SIGNED
        kept = db.exec(select(CriterionJudged)).all()
        assert {row.key for row in kept} == {criterion.key for criterion in criteria()}


def test_nobody_signs_before_everything_is_judged(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        manager = world.actor("manager")
        half = Judgement(criteria={"offending": Said(judged=Judged.MET)})
        countersigning.judge(db, referral, half, by=manager, at=NOW)
        with pytest.raises(Refused) as no:
            countersigning.countersign(db, referral, COMMENT, by=manager, at=NOW, overrides=NONE)
        assert names(no) == {"criteria_judged"}


def test_what_one_manager_judged_is_not_the_signature_of_another(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        countersigning.judge(db, referral, judgement(), by=world.actor("manager"), at=NOW)
        with pytest.raises(Refused) as no:
            countersigning.countersign(db, referral, COMMENT, by=world.actor("chair"), at=NOW, overrides=NONE)
        assert names(no) == {"criteria_judged"}


def test_signing_although_something_is_not_met_keeps_the_managers_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        manager = world.actor("manager")
        countersigning.judge(db, referral, judgement(victim=Judged.NOT_MET), by=manager, at=NOW)
        with pytest.raises(Refused) as no:
            countersigning.countersign(db, referral, COMMENT, by=manager, at=NOW, overrides=NONE)
        assert names(no) == {"criteria_met"}
        why = {"criteria_met": "The victim declined twice"}
        countersigning.countersign(db, referral, COMMENT, by=manager, at=NOW, overrides=why)
        event = db.exec(select(Event).where(Event.verb == "assessment.countersign")).one()
        assert event.overrides == why


def test_partly_met_needs_no_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        manager = world.actor("manager")
        countersigning.judge(db, referral, judgement(victim=Judged.PARTLY), by=manager, at=NOW)
        countersigning.countersign(db, referral, COMMENT, by=manager, at=NOW, overrides=NONE)
        assert is_countersigned(db, referral.id)


def test_giving_back_keeps_the_codes_and_needs_one(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        manager = world.actor("manager")
        with pytest.raises(Refused) as no:
            countersigning.give_back(db, referral, GiveBack(comment="x"), by=manager, at=NOW)
        assert names(no) == {"reason_coded"}
        countersigning.give_back(db, referral, BACK, by=manager, at=NOW)
        kept = db.exec(select(Countersignature)).one()
        assert (kept.verdict, kept.reasons) == (Verdict.RETURNED, ["sources", "child_voice"])
        mended(db, world, referral, sources="School, 17 November: likes workshop days.")
        sign(db, world, referral)
        verdicts = countersigning.verdicts_of(db, assessment(db, referral))
        assert [(v.number, k.verdict) for v, k in verdicts] == [(2, Verdict.SIGNED), (1, Verdict.RETURNED)]


def test_whoever_wrote_in_it_once_does_not_judge_it_after_handing_the_case_over(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = written(db, world)
        referral.case_manager_id = world.users["chair"]
        actions.write(db, referral, WRITTEN, by=world.actor("chair"), at=NOW)
        referral.case_manager_id = world.users["case_manager"]
        actions.submit(db, referral, by=world.actor("case_manager"), at=NOW, overrides=NONE)
        with pytest.raises(Refused) as no:
            countersigning.judge(db, referral, judgement(), by=world.actor("chair"), at=NOW)
        assert names(no) == {"not_the_author"}
        sign(db, world, referral)


@pytest.mark.parametrize(("days", "said"), [(2, "target: 2 working days)"), (3, "1 more than the target")])
def test_the_time_that_judging_took_stands_beside_its_target(
    sqlite_engine: Engine, days: int, said: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        sign(db, world, referral, at=NOW + timedelta(days=days))
        [(version, kept)] = countersigning.verdicts_of(db, assessment(db, referral))
        assert judged.days_taken(version, kept).startswith(f"{days} working days after submission")
        assert said in judged.days_taken(version, kept)


def drawn(monkeypatch: pytest.MonkeyPatch, yes: bool = True) -> None:
    monkeypatch.setattr(second_reads, "lot", lambda _reference: 9 if yes else 10)


@pytest.mark.parametrize(("lot", "is_drawn"), [(9, True), (10, False)])
def test_ten_of_a_hundred_lots_are_read_a_second_time(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, lot: int, is_drawn: bool
) -> None:
    monkeypatch.setattr(second_reads, "lot", lambda _reference: lot)
    with transaction(sqlite_engine) as db:
        world = build(db)
        assessed(db, world)
        found = db.exec(select(SecondRead)).all()
        assert [row.reader_id for row in found] == ([world.users["chair"]] if is_drawn else [])
        assert [t.user_id for t in open_tasks(db, Why.SECOND_READING)] == [row.reader_id for row in found]


def test_the_lot_comes_from_the_reference_alone_and_is_spread_evenly() -> None:
    lots = [second_reads.lot(f"NK-{number:06}") for number in range(2000)]
    assert lots == [second_reads.lot(f"NK-{number:06}") for number in range(2000)]
    assert 150 < sum(lot < 10 for lot in lots) < 250
    assert set(range(100)) >= set(lots)


def test_with_one_manager_nobody_reads_a_second_time(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(monkeypatch)
    with transaction(sqlite_engine) as db:
        world = build(db)
        db.execute(text("DELETE FROM membership WHERE user_id = :chair"), {"chair": world.users["chair"]})
        assessed(db, world)
        assert db.exec(select(SecondRead)).all() == []
        found = second_reads.consistency(db, world.actor("manager"), today=NOW.date())
        assert judged.agreement(found)["alone"]


def test_the_second_reader_judges_alone_and_only_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(monkeypatch)
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world)
        waiting = second_reads.waiting_second(db, referral.id)
        assert waiting is not None
        assert second_reads.must_not_see(db, referral, world.actor("chair"))
        assert not second_reads.must_not_see(db, referral, world.actor("manager"))
        said = SecondReading(would_sign=True, comment="Fair.")
        again = judgement(barriers=Judged.PARTLY)
        with pytest.raises(Refused) as no:
            second_reads.read_again(db, referral, *waiting, said, again, by=world.actor("manager"), at=NOW)
        assert names(no) == {"another_person"}
        half = Judgement(criteria={"offending": Said(judged=Judged.MET)})
        with pytest.raises(Refused):
            second_reads.read_again(db, referral, *waiting, said, half, by=world.actor("chair"), at=NOW)
        second_reads.read_again(db, referral, *waiting, said, again, by=world.actor("chair"), at=NOW)
        assert second_reads.waiting_second(db, referral.id) is None
        assert not second_reads.must_not_see(db, referral, world.actor("chair"))
        assert open_tasks(db, Why.SECOND_READING) == []
        found = second_reads.consistency(db, world.actor("manager"), today=NOW.date())
        assert (found.agreed, len(found.pairs), found.readings, found.kappa) == (15, 16, 1, None)


def test_kappa_is_shown_from_thirty_pairs_on(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(monkeypatch)
    with transaction(sqlite_engine) as db:
        world = build(db)
        for _ in range(2):
            referral = assessed(db, world)
            waiting = second_reads.waiting_second(db, referral.id)
            assert waiting is not None
            said = SecondReading(would_sign=False, comment="Thin.")
            other = judgement(barriers=Judged.NOT_MET)
            second_reads.read_again(db, referral, *waiting, said, other, by=world.actor("chair"), at=NOW)
        found = second_reads.consistency(db, world.actor("manager"), today=NOW.date())
        # 30 of 32 alike; the first reader always said "met", so chance explains all of it: 0.
        assert (found.agreed, len(found.pairs)) == (30, 32)
        assert found.kappa == pytest.approx(0)
