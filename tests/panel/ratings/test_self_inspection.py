"""Self-inspections by their acts: the seed's table, lifted ratings, drafts and pinned versions."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from config.inspection import published_ratings
from panel.audits.models import AuditedCase, AuditRound, CaseAudit, CaseAuditAnswer
from panel.db import transaction
from panel.errors import Missing, Stale
from panel.history.models import Event
from panel.ratings import actions, drafting, report
from panel.ratings import commands as c
from panel.ratings.models import ReportDraft, ReportVersion, SelfInspection
from panel.ratings.queries import Standing, drafts, standing, version_at, versions
from panel.ratings.words import overall_words
from tests.panel.ratings.inspected import (
    WORDS,
    answered,
    begun,
    bradford,
    domain_three,
    judged,
    published_one,
    written,
)
from tests.support.world import NOW, TODAY, World, accepted
from workflows.audit import Answer, AuditStatus, RoundStatus
from workflows.flow import NotYours, Refused
from workflows.ratings import Framework, KeyQuestion, Rating
from workflows.self_rating import total


def ratings(db: Session, row: SelfInspection) -> dict[str, str]:
    now = standing(db, row, least=5)
    return {key: "Not rated" if one.rating is None else one.rating.says for key, one in now.rated.items()}


def test_the_inspection_of_bradford_comes_out_rating_for_rating_and_7_of_36(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        row = bradford(db, world)
        assert ratings(db, row) == published_ratings()
        now = standing(db, row, least=5)
        found = total(Framework.F2018, list(now.rated.values()))
        assert found is not None
        assert (found.total, found.maximum, found.rating, found.scaled) == (
            *(7, 36, Rating.REQUIRES_IMPROVEMENT),
            False,
        )
        assert overall_words(Framework.F2018, now)[0] == "7 of 36 points: Requires improvement."


def test_domain_three_alone_has_a_smaller_maximum_and_says_what_is_assumed(
    small_world: World, sqlite_engine: Engine
) -> None:
    with transaction(sqlite_engine) as db:
        row = domain_three(db, small_world)
        assert ratings(db, row) == {
            **dict.fromkeys(("1.1", "1.2", "1.3", "1.4"), "Not rated"),
            "3.1": "Outstanding",
            "3.2": "Requires improvement",
            "3.3": "Good",
            "3.4": "Inadequate",
        }
        said, assumed = overall_words(row.framework, standing(db, row, least=5))
        assert said == "6 of 12 points: Requires improvement."
        assert "our assumption" in assumed


def test_the_framework_of_2025_is_judged_and_has_no_total(small_world: World, sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        row = begun(db, small_world, framework=Framework.F2025)
        judged(db, small_world, row, "V1", Rating.GOOD)
        now = standing(db, row, least=5)
        assert [*now.rated] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "V1"]
        assert overall_words(row.framework, now)[0].startswith("There is no total")
        with pytest.raises(Missing):
            answered(db, small_world, row, "3.1.1", 1, 1)


def test_policy_and_provision_of_2021_is_judged_and_resettlement_stands_beside_the_total(
    small_world: World, sqlite_engine: Engine
) -> None:
    with transaction(sqlite_engine) as db:
        row = begun(db, small_world, framework=Framework.F2021)
        judged(db, small_world, row, "3.4", Rating.GOOD)
        judged(db, small_world, row, "R", Rating.OUTSTANDING)
        found = total(row.framework, list(standing(db, row, least=5).rated.values()))
        assert found is not None
        assert (found.total, found.maximum) == (2, 3)
        judged(db, small_world, row, "3.4", None)
        assert ratings(db, row)["3.4"] == "Not rated"
        with pytest.raises(Missing):
            judged(db, small_world, row, "3.1", Rating.GOOD)


def lift(db: Session, world: World, row: SelfInspection, standard: str) -> None:
    actions.lift(
        db, row, standard, c.Lifted(reason="One case was audited hard"), by=world.actor("manager"), at=NOW
    )


def test_a_rating_is_lifted_with_name_and_reason_and_falls_with_its_answers(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        row = domain_three(db, world)
        lift(db, world, row, "3.2")
        assert ratings(db, row)["3.2"] == "Good"
        now = standing(db, row, least=5)
        assert now.rated["3.2"].computed is Rating.REQUIRES_IMPROVEMENT
        held = now.lifts["3.2"]
        assert (held.old, held.new, held.by_words) == (1, 2, "Ruth Okoro (YOT manager)")
        with pytest.raises(Refused):
            lift(db, world, row, "3.2")
        answered(db, world, row, "3.2.1", 18, 10)
        assert ratings(db, row)["3.2"] == "Requires improvement"
        assert standing(db, row, least=5).rated["3.2"].lift_fell
        actions.take_back(db, row, "3.2", c.Lifted(reason="It fell"), by=world.actor("manager"), at=NOW)
        assert not standing(db, row, least=5).rated["3.2"].lift_fell
        with pytest.raises(Missing):
            actions.take_back(
                db, row, "3.2", c.Lifted(reason="It fell twice"), by=world.actor("manager"), at=NOW
            )
        verbs = [
            event.verb for event in db.exec(select(Event).where(Event.chain == f"self_inspection:{row.id}"))
        ]
        assert verbs.count("self_inspection.lift") == 1
        assert verbs[-1] == "self_inspection.take_back"


def test_a_rating_away_from_the_edge_is_not_lifted(small_world: World, sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        row = begun(db, small_world)
        answered(db, small_world, row, "3.1.1", 55, 45)
        with pytest.raises(Refused) as refused:
            lift(db, small_world, row, "3.1")
        assert [one.name for one in refused.value.refusals] == ["lift_at_the_edge"]


@pytest.mark.parametrize("key", ["inspector", "case_manager", "far_manager", "board"])
def test_only_a_manager_of_the_area_writes(small_world: World, sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        row = written(db, small_world)
        other, why = small_world.actor(key), c.Lifted(reason="By hand")
        acts = (
            lambda: actions.start(
                db,
                row.area_id,
                c.Started(title="x", framework="2018", first_on=TODAY, last_on=TODAY),
                by=other,
                at=NOW,
            ),
            lambda: actions.answer(
                db, row, "3.1.1", c.Answered(yes=1, no=0, not_applicable=0, source="x"), by=other, at=NOW
            ),
            lambda: actions.judge(db, row, "1.1", c.Judged(rating=2, reason="By hand"), by=other, at=NOW),
            lambda: actions.lift(db, row, "3.2", why, by=other, at=NOW),
            lambda: actions.take_back(db, row, "3.2", why, by=other, at=NOW),
            lambda: report.save(db, row, WORDS, by=other, at=NOW),
            lambda: report.publish(db, row, seen=row.version, by=other, at=NOW),
        )
        for act in acts:
            with pytest.raises(NotYours):
                act()


def test_the_first_draft_is_drawn_from_the_data(small_world: World, sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        row = domain_three(db, small_world)
        judged(db, small_world, row, "1.2", Rating.REQUIRES_IMPROVEMENT)
        said = drafting.drafted(db, row, standing(db, row, least=5))
        strengths, areas = said["strengths"].splitlines(), said["areas"].splitlines()
        assert strengths[0].startswith(
            "Out-of-court disposals: implementation and delivery, keeping the child safe"
        )
        assert "sufficient in 13 of 15 cases, 87 % (interval 72 to 94 %), Outstanding." in strengths[0]
        assert areas[0].startswith(
            "Out-of-court disposals: joint working, recommendations to the joint decision (3.4.1): "
            "sufficient in 11 of 25 cases, 44 %"
        )
        assert areas[0].endswith("Inadequate. Good would have needed 6 more of these cases.")
        assert areas[-1] == "1.2 Staff: judged Requires improvement. Read the minutes of the board"
        assert not any("3.3.3" in line for line in (*strengths, *areas)), "too few for a band"
        empty = drafting.drafted(db, begun(db, small_world), standing(db, begun(db, small_world), least=5))
        assert empty["strengths"] == drafting.NO_STRENGTH
        assert empty["areas"] == drafting.NO_AREA


def test_every_draft_is_kept_and_a_published_version_never_changes(engine: Engine, world: World) -> None:
    manager = world.actor("manager")
    with transaction(engine) as db:
        first = published_one(db, world)
        row = db.get_one(SelfInspection, first.inspection_id)
        pinned = dict(report.of_version(first))
        report.save(db, row, c.Texts(summary="Other words"), by=manager, at=NOW + timedelta(days=1))
        answered(db, world, row, "3.1.1", 1, 27)
        assert [one.number for one in drafts(db, row)] == [2, 1]
        assert drafts(db, row)[1].texts == WORDS.model_dump()
        assert report.of_version(version_at(db, row, 1)) == pinned
        assert report.intact(version_at(db, row, 1))
        with pytest.raises(Refused) as refused:
            report.publish(db, row, seen=row.version, by=manager, at=NOW)
        assert [one.name for one in refused.value.refusals] == ["still_fits"]
        report.save(db, row, WORDS, by=manager, at=NOW)
        with pytest.raises(Stale):
            report.publish(db, row, seen=row.version - 1, by=manager, at=NOW)
        assert report.publish(db, row, seen=row.version, by=manager, at=NOW).number == 2
        assert [one.number for one in versions(db, row)] == [2, 1]
    for table in (ReportDraft, ReportVersion):
        with pytest.raises(IntegrityError), transaction(engine) as db:
            db.exec(update(table).values(number=7))  # type: ignore[call-overload]


def test_a_content_that_was_altered_does_not_have_its_digest(
    small_world: World, sqlite_engine: Engine
) -> None:
    with transaction(sqlite_engine) as db:
        version = published_one(db, small_world)
        assert report.intact(version)
        spoilt = ReportVersion(
            content=dict(version.content) | {"overall": "36 of 36"}, digest=version.digest, number=1
        )
        assert not report.intact(spoilt)


def test_a_report_names_no_child_and_nobodys_address(small_world: World, sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        area = accepted(db, small_world).area_id
        for text, found in (
            ("Robin Fielding did well on 3 May 2026", ("the name Robin Fielding",)),
            ("FIELDING, robin", ("the name Robin Fielding",)),
            ("A robin sang in the field", ()),
            ("Write to jo@example.test", ("email address",)),
        ):
            assert drafting.telling(db, area, text) == found
        assert drafting.telling(db, small_world.areas["south"], "Robin Fielding") == ()


def audit_round(db: Session, world: World, **more: object) -> AuditRound:
    """A round of one audited case: a yes, a no and one that does not apply, with a note at each."""
    referral, at = accepted(db, world), NOW
    values = {
        "reference": "AU-7T3M9Q",
        "area_id": world.areas["north"],
        "status": RoundStatus.OPEN,
        "framework": Framework.F2018,
        "since": TODAY,
        "until": TODAY,
        "confidence": 80,
        "margin": 5,
        "population": 1,
        "size": 1,
        "seed": "s",
        "list_digest": "d",
        "largest_gap": "0",
        "opened_at": at,
        "changed_at": at,
        "opened_by_id": world.users["manager"],
    }
    made = AuditRound(**(values | more))
    db.add(made)
    db.flush()
    case = AuditedCase(round_id=made.id, place=1, referral_id=referral.id, twice=False, changed_at=at)
    db.add(case)
    db.flush()
    audit = CaseAudit(
        case_id=case.id,
        referral_id=referral.id,
        auditor_id=world.users["chair"],
        began_at=at,
        status=AuditStatus.FINISHED,
    )
    audit.signed_off_at, audit.finished_on = at, TODAY
    db.add(audit)
    db.flush()
    for item, said, note in (
        ("3.1.1", Answer.YES, "The plan is in the child's\nown words."),
        ("3.1.2", Answer.NO, "Robin Fielding was not asked."),
        ("3.1.3", Answer.NOT_APPLICABLE, "Nobody is at risk."),
    ):
        db.add(CaseAuditAnswer(audit_id=audit.id, item=item, answer=said, note=note))
    db.flush()
    return made


def test_answers_of_audits_rate_domain_three_and_are_not_typed_over(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = audit_round(db, world)
        row = begun(db, world, audit_round_id=made.id, with_court=True)
        now = standing(db, row, least=1)
        assert {key: (q.yes, q.no, q.not_applicable) for key, q in questions(now, "3.1").items()} == {
            "3.1.1": (1, 0, 0),
            "3.1.2": (0, 1, 0),
            "3.1.3": (0, 0, 1),
        }
        assert ratings(db, row)["3.1"] == "Not rated", "one case is too few for a band"
        assert "3.1.1" in now.from_audits
        assert drafting.drafted(db, row, now)["examples"] == (
            "Sufficient (3.1.1): The plan is in the child's own words."
        ), "a note with a name is left out whole"
        with pytest.raises(Missing):
            answered(db, world, row, "3.1.1", 1, 9)
        answered(db, world, row, "2.1.1", 1, 9)
        assert ratings(db, row)["2.1"] == "Inadequate"


@pytest.mark.parametrize(
    ("status", "rule"),
    [(RoundStatus.OPEN, "round_done"), (RoundStatus.DROPPED, "round_stands"), (RoundStatus.FINISHED, None)],
)
def test_a_report_rests_on_a_round_that_is_finished_and_was_not_dropped(
    small_world: World, sqlite_engine: Engine, status: RoundStatus, rule: str | None
) -> None:
    with transaction(sqlite_engine) as db:
        made = audit_round(db, small_world)
        row = begun(db, small_world, audit_round_id=made.id)
        judged(db, small_world, row, "1.1", Rating.GOOD)
        made.status = status
        db.add(made)
        db.flush()
        report.save(db, row, WORDS, by=small_world.actor("manager"), at=NOW)
        against = {one.name for one in report.against_publishing(db, row, at=NOW)}
        assert against == ({rule} if rule else set())
        now = standing(db, row, least=1)
        answered_ = sum(q.yes + q.no for q in questions(now, "3.1").values())
        assert (answered_, "own words" in drafting.drafted(db, row, now)["examples"]) == (
            (0, False) if status is RoundStatus.DROPPED else (2, True)
        )
        if rule:
            with pytest.raises(Refused):
                report.publish(db, row, seen=row.version, by=small_world.actor("manager"), at=NOW)


def questions(now: Standing, standard: str) -> dict[str, KeyQuestion]:
    return {question.key: question for question in now.rated[standard].questions}


@pytest.mark.parametrize(
    "more", [{"framework": Framework.F2021}, {"status": RoundStatus.DROPPED}, {"area_id": 2}], ids=str
)
def test_a_self_inspection_rests_on_a_round_of_its_area_and_framework_only(
    small_world: World, sqlite_engine: Engine, more: dict[str, object]
) -> None:
    with transaction(sqlite_engine) as db:
        made = audit_round(db, small_world, **more)
        with pytest.raises(Missing):
            begun(db, small_world, audit_round_id=made.id)


def test_the_workbook_has_each_figure_the_words_and_how_it_is_counted(
    small_world: World, sqlite_engine: Engine
) -> None:
    with transaction(sqlite_engine) as db:
        version = published_one(db, small_world)
        row = db.get_one(SelfInspection, version.inspection_id)
        report.save(db, row, c.Texts(summary="=1+1"), by=small_world.actor("manager"), at=NOW)
        book = openpyxl.load_workbook(io.BytesIO(report.report_xlsx(report.report_of(db, row, at=NOW))))
        assert book.sheetnames == [
            *("Ratings", "Key questions", "Words", "Beside Bradford 2020", "How it is counted")
        ]
        lines = {line[1]: line for line in book["Key questions"].iter_rows(values_only=True)}
        assert lines["3.1.1"][3:8] == ("24 of 28", "0", "86 %", "75 to 92 %", "Outstanding")
        assert lines["3.3.3"][3:8] == ("3 of 4", "24", "75 %", "43 to 92 %", "Too few for a band")
        words = book["Words"]["B1"]
        assert (words.value, words.data_type) == ("=1+1", "s")
