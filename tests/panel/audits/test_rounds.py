"""Rounds of case audits: the sample, who may audit, what is kept, what two auditors differ on."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from panel.audits import actions, auditing, differences, drawing, queries, results
from panel.audits import commands as c
from panel.audits.models import AuditedCase, CaseAudit, CaseAuditAnswer, PopulationRow
from panel.audits.seeing import look
from panel.db import transaction
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from tests.panel.audits.rounds import AUDITORS, again, asked, audited, cases, opened, whole, write
from tests.support.world import NOW, TODAY, World
from workflows.audit import Answer, CaseStatus, LeftOut
from workflows.flow import NotYours, Refused
from workflows.ratings import Framework
from workflows.stratified import largest_gap
from workflows.vocabulary import Level, Outcome


def refused(db: Session, act: object) -> set[str]:
    """The names of the rules that stand against an act."""
    with pytest.raises(Refused) as stopped:
        act()  # type: ignore[operator]
    return {refusal.name for refusal in stopped.value.refusals}


def test_a_round_keeps_list_seed_and_sample_and_can_be_drawn_again(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        cases(db, world, 3)
        cases(db, world, 3, Outcome.YC)
        made = again(db, world)
        sample, rows = queries.cases_of(db, made.id), drawing.listed(db, made.id)
        assert (made.population, made.size, len(sample), len(rows)) == (6, 6, 6, 6)
        assert sum(case.twice for case in sample) == 1
        assert drawing.drawn_again(made, rows, sample)
        rows[0].left_out = LeftOut.OTHER
        assert not drawing.drawn_again(made, rows, sample), "a list that was altered is noticed"
        db.expunge(rows[0])
        tasks = db.exec(select(Notification).where(Notification.why == Why.AUDIT_TO_DO)).all()
        assert {task.user_id for task in tasks} == {world.users[key] for key in AUDITORS}


@pytest.mark.parametrize(
    ("total", "share", "size"), [(5, 40, 2), (6, 50, 3), (5, 100, 4), (70, 40, 4), (None, 40, 4)]
)
def test_a_fixed_total_gives_its_part_and_never_more_than_there_are(
    sqlite_engine: Engine, small_world: World, total: int | None, share: int, size: int
) -> None:
    with transaction(sqlite_engine) as db:
        made = opened(db, small_world, 4, whole=total, share=share)
        cases, rows = queries.cases_of(db, made.id), drawing.listed(db, made.id)
        assert (made.size, len(cases)) == (size, size)
        assert (made.whole, made.share) == ((total, share) if total else (None, None))
        assert drawing.drawn_again(made, rows, cases)
        members = drawing.eligible(rows)
        assert largest_gap(members, [case.referral_id for case in cases]) <= 1


def test_a_fixed_total_needs_its_split_and_a_case_out_of_court(small_world: World) -> None:
    for wrong in (
        {"whole": 70},
        {"whole": 70, "share": 0},
        {"whole": 1, "share": 40},
        {"whole": 0, "share": 40},
    ):
        with pytest.raises(ValueError, match=r"whole|share|fixed total|out of court"):
            asked(small_world, **wrong)
    assert asked(small_world, whole=1, share=50).whole == 1


def test_what_was_given_a_day_before_or_after_the_period_is_not_on_the_list(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        cases(db, world)
        for days, there in ((-1, 0), (0, 1), (1, 0)):
            day = TODAY.replace(day=TODAY.day + days)
            command = c.Opened.model_construct(since=day, until=day, again=False)
            assert len(drawing.population(db, world.areas["north"], command, today=TODAY)) == there
        assert drawing.population(db, world.areas["south"], command, today=TODAY) == []


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"since": TODAY.replace(day=1), "until": TODAY.replace(day=2)}, "audit_eligible"),
        ({"until": TODAY + timedelta(days=1)}, "audit_period"),
        ({"framework": Framework.F2025}, "audit_form_read"),
    ],
)
def test_no_round_without_a_period_a_case_and_a_form(
    sqlite_engine: Engine, small_world: World, more: dict[str, object], rule: str
) -> None:
    with transaction(sqlite_engine) as db:
        cases(db, small_world)
        assert rule in refused(db, lambda: again(db, small_world, **more))


def test_a_case_of_the_last_round_is_left_out_of_the_next_unless_it_is_wanted(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        opened(db, world)
        cases(db, world)
        made = again(db, world)
        assert (made.population, made.size) == (1, 1)
        row = db.exec(select(PopulationRow).where(PopulationRow.left_out == LeftOut.RECENT)).one()
        assert row.round_id == made.id
        assert again(db, world, again=True).population == 2


def test_another_case_takes_the_place_of_one_left_out_and_the_reason_stays(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world, 3, confidence=50, margin=30)
        sample = queries.cases_of(db, made.id)
        assert len(sample) < 3
        command = c.Excluded(left_out=LeftOut.PROCEEDINGS, words="A complaint is running")
        manager = world.actor("manager")
        other = drawing.exclude(db, made, 1, command, by=manager, at=NOW)
        assert other is not None
        assert (other.place, other.replaces_id, other.twice) == (
            len(sample) + 1,
            sample[0].id,
            sample[0].twice,
        )
        out = queries.case_at(db, made.id, 1)
        assert (out.status, out.left_out, out.reason) == (
            CaseStatus.EXCLUDED,
            LeftOut.PROCEEDINGS,
            command.words,
        )
        assert drawing.drawn_again(made, drawing.listed(db, made.id), queries.cases_of(db, made.id))
        for case in queries.sample_of(db, made.id)[1:]:
            drawing.exclude(db, made, case.place, command, by=manager, at=NOW)
        last = queries.sample_of(db, made.id)[-1]
        assert drawing.exclude(db, made, last.place, command, by=manager, at=NOW) is None, "nobody is left"


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("inspector", None),
        ("other_case_manager", None),
        ("case_manager", "audit_independent"),  # its worker and author
        ("manager", "audit_independent"),  # its countersigner
        ("chair", "audit_invited"),
    ],
)
def test_an_auditor_is_invited_and_never_worked_on_the_case(
    engine: Engine, world: World, key: str, rule: str | None
) -> None:
    with transaction(engine) as db:
        people = tuple(world.users[k] for k in ("inspector", "other_case_manager", "case_manager", "manager"))
        made = opened(db, world, members=people)

        def act() -> object:
            return auditing.begin(db, made, 1, by=world.actor(key), at=NOW)

        if rule is None:
            act()
        else:
            assert rule in refused(db, act)


def test_an_officer_cannot_audit_at_all(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        made = opened(db, small_world)
        with pytest.raises(NotYours):
            auditing.begin(db, made, 1, by=small_world.actor("officer"), at=NOW)


def test_whoever_becomes_the_worker_while_auditing_cannot_finish(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        write(db, world, made, "other_case_manager")
        case = queries.case_at(db, made.id, 1)
        db.get_one(Referral, case.referral_id).case_manager_id = world.users["other_case_manager"]
        db.flush()
        by = world.actor("other_case_manager")
        assert "audit_independent" in refused(db, lambda: auditing.finish(db, made, 1, by=by, at=NOW))


def test_a_case_has_as_many_auditors_as_were_drawn_for_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        people = tuple(world.users[key] for key in (*AUDITORS, "chair"))
        made = opened(db, world, members=people)
        first = auditing.begin(db, made, 1, by=world.actor("inspector"), at=NOW)
        assert auditing.begin(db, made, 1, by=world.actor("inspector"), at=NOW) is first, (
            "one for each auditor"
        )
        auditing.begin(db, made, 1, by=world.actor("other_case_manager"), at=NOW)
        by = world.actor("chair")
        assert "audit_place_left" in refused(db, lambda: auditing.begin(db, made, 1, by=by, at=NOW))


@pytest.mark.parametrize(
    ("answers", "notes", "rule"),
    [
        ({"3.1.1": None}, {}, "audit_complete"),
        ({"3.1.1a": None}, {}, "audit_complete"),
        ({"3.1.1": Answer.NO}, {}, "audit_noted"),
        ({"3.1.2": Answer.NOT_APPLICABLE}, {}, "audit_noted"),
        ({"3.1.2": Answer.NOT_APPLICABLE}, {"3.1.2": "No such factors"}, None),
        ({"3.1.1a": Answer.NO}, {}, None),
    ],
)
def test_an_audit_is_finished_with_every_answer_and_a_word_beside_each_no(
    sqlite_engine: Engine,
    small_world: World,
    answers: dict[str, Answer | None],
    notes: dict[str, str],
    rule: str | None,
) -> None:
    with transaction(sqlite_engine) as db:
        made, by = opened(db, small_world), small_world.actor("inspector")
        write(db, small_world, made, "inspector")
        given = {key: answer for key, answer in answers.items() if answer}
        auditing.write_part(db, made, 1, list(answers), c.Part(answers=given, notes=notes), by=by, at=NOW)

        def act() -> object:
            return auditing.finish(db, made, 1, by=by, at=NOW)

        if rule is None:
            act()
        else:
            assert refused(db, act) == {rule}


def test_hints_answer_nothing_and_are_kept_with_the_finished_audit(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audit = auditing.begin(db, made, 1, by=world.actor("inspector"), at=NOW)
        assert audit.draft == {}
        audit = audited(db, world, made, "inspector", safety=Level.HIGH, a3_1_1=Answer.NO)
        assert audit.finished_on == TODAY
        assert (audit.safety_class, audit.recorded_safety) == (Level.HIGH, Level.MEDIUM)
        assert audit.disposal_right is True
        assert set(audit.hints) > {"3.1.1a", "signed_copy", "timely"}
        rows = {row.item: row.answer for row in db.exec(select(CaseAuditAnswer))}
        assert (rows["3.1.1"], rows["3.1.1a"], rows["disposal_right"]) == (Answer.NO, Answer.YES, Answer.YES)


TEXTS: dict[type, str] = {CaseAuditAnswer: "note", CaseAudit: "comment", PopulationRow: "reason"}


@pytest.mark.parametrize("table", TEXTS)
def test_the_database_refuses_to_change_what_was_answered_and_the_list(
    engine: Engine, world: World, table: type
) -> None:
    with transaction(engine) as db:
        whole(db, world)
    with transaction(engine) as db:
        row = db.exec(select(table)).first()
        setattr(row, TEXTS[table], "other")
        db.add(row)
        with pytest.raises(DBAPIError, match=r"never changed|not changed any more"):
            db.flush()
        db.rollback()


def test_two_who_differ_are_settled_by_a_third_and_their_answers_stay(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world, members=tuple(world.users[key] for key in (*AUDITORS, "chair")))
        audited(db, world, made, "inspector")
        assert results.answered(db, made.id)["3.1.1"] == results.Answers(), "the second one is missing"
        audited(db, world, made, "other_case_manager", a3_1_1=Answer.NO, safety=Level.MEDIUM)
        (read,) = results.read(db, queries.cases_of(db, made.id))
        judged = results.judged_items("2018")
        assert set(read.differing(judged)) == {"3.1.1", "safety_class"}
        assert results.answered(db, made.id)["3.1.1"] == results.Answers(), "not settled yet"
        assert results.answered(db, made.id)["3.1.2"] == results.Answers(yes=1)
        # Ten of eleven agree, but the inspector said yes throughout: no better than chance.
        found = results.agreed([read], [item for item in judged if item[0].isdigit()])
        assert (found.same, found.pairs, found.kappa) == (10, 11, Fraction(0))

        values, words = {"3.1.1": "no", "safety_class": "low"}, c.Settled(words="The file shows it")

        def settle(key: str, values: dict[str, str]) -> object:
            return actions.moderate(db, made, 1, values, words, by=world.actor(key), at=NOW)

        assert "audit_third_person" in refused(db, lambda: settle("inspector", values))
        assert "audit_third_person" in refused(db, lambda: settle("manager", values)), "it countersigned"
        assert "audit_all_settled" in refused(db, lambda: settle("chair", {"3.1.1": "no"}))
        assert "audit_all_settled" in refused(db, lambda: settle("chair", values | {"3.1.2": "no"}))
        settle("chair", values)
        assert results.answered(db, made.id)["3.1.1"] == results.Answers(no=1)
        rows = db.exec(select(CaseAuditAnswer.answer).where(CaseAuditAnswer.item == "3.1.1")).all()
        assert sorted(rows) == ["no", "yes"]


def test_the_case_manager_is_told_answers_and_an_action_follows(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = whole(db, world)
        told = c.FedBack(
            words="The plan says little about contingency.",
            action="Write what is done when it gets worse",
            holder_id=world.users["case_manager"],
            due_on=TODAY.replace(day=28),
        )
        actions.feed_back(db, made, 1, told, by=world.actor("manager"), at=NOW)
        case = queries.case_at(db, made.id, 1)
        assert case.action_id is not None
        task = db.exec(select(Notification).where(Notification.why == Why.AUDIT_FED_BACK)).one()
        assert task.user_id == world.users["case_manager"]
        referral = db.get_one(Referral, case.referral_id)
        answer = c.Replied(words="I have added it.")
        actions.reply(db, referral, case, answer, by=world.actor("case_manager"), at=NOW)
        db.refresh(task)
        assert task.done_at == NOW
        assert case.reply == "I have added it."


def test_a_round_ends_when_everything_is_audited_and_settled(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        words, manager = c.Words(words="Contingency is thin."), world.actor("manager")

        def act() -> object:
            return actions.finish(db, made, words, by=manager, at=NOW)

        assert refused(db, act) == {"audit_all_audited"}
        audited(db, world, made, "inspector")
        audited(db, world, made, "other_case_manager", a3_1_1=Answer.NO)
        assert refused(db, act) == {"audit_all_moderated"}
        actions.moderate(
            db, made, 1, {"3.1.1": "no"}, c.Settled(words="Seen"), by=world.actor("chair"), at=NOW
        )
        act()
        assert made.learned == "Contingency is thin."
        assert "audit_round_open" in refused(
            db, lambda: auditing.begin(db, made, 1, by=world.actor("chair"), at=NOW)
        )


def test_service_and_auditor_are_compared_both_ways(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        hints = look(db, db.exec(select(Referral)).one(), today=TODAY).hints
        fails = next(key for key, hint in hints.items() if hint.kind.value == "fail")
        there = next(key for key, hint in hints.items() if hint.kind.value == "present")
        name = "a" + there.replace(".", "_")
        for key in AUDITORS:
            audited(db, world, made, key, **{name: Answer.NO}, safety=Level.HIGH)
        reads = results.read(db, queries.cases_of(db, made.id))
        compared = list(differences.compared(reads))
        lines = {line.item: line for line in differences.lines(compared)}
        assert (lines[fails].compared, lines[fails].system_no, lines[fails].auditor_no) == (2, 2, 0)
        assert (lines[there].compared, lines[there].system_no, lines[there].auditor_no) == (2, 0, 2)
        assert (lines["safety_class"].compared, lines["safety_class"].auditor_no) == (2, 2)
        for show in differences.Show:
            found = [one for one in compared if show.holds(one.way)]
            assert Counter(one.item for one in found) == {
                k: n for k, v in lines.items() if (n := v.count(show))
            }
        assert len(compared) > sum(line.count(differences.Show.DIFFER) for line in lines.values()) > 0


def test_hints_need_as_many_questions_for_a_full_case_as_for_an_empty_one(
    engine: Engine, world: World
) -> None:
    from sqlalchemy import event

    with transaction(engine) as db:
        cases(db, world, 2)
    counts = []
    with Session(engine) as db:
        for referral in db.exec(select(Referral)).all():
            seen: list[str] = []

            def note(*said: object, kept: list[str] = seen) -> None:
                kept.append(str(said[2]))

            event.listen(engine, "before_cursor_execute", note)
            look(db, referral, today=TODAY)
            event.remove(engine, "before_cursor_execute", note)
            counts.append(len(seen))
    assert counts[0] <= 40
    assert abs(counts[0] - counts[1]) <= 2, "what both share is asked once"


def test_one_case_is_in_a_round_once(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world, 2)
        numbers = db.exec(select(AuditedCase.referral_id).where(AuditedCase.round_id == made.id)).all()
        assert len(set(numbers)) == len(numbers)
