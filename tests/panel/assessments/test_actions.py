"""Writing, submitting, countersigning and giving back, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Membership
from panel.assessments import actions, countersigning, proposing
from panel.assessments.commands import Writing
from panel.assessments.countersign_commands import GiveBack
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of, is_countersigned, proposed_steps, reads_drafts
from panel.assessments.reading import texts_of
from panel.db import transaction
from panel.errors import Missing
from panel.history.models import AccessEntry, Event
from panel.notifications.models import Notification, Why
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from tests.support.assessed import (
    COMMENT,
    REHABILITATION,
    WRITTEN,
    assessed,
    handed_in,
    judgement,
    sign,
    written,
)
from tests.support.world import NOW, World, accepted, build, submitted
from workflows.assessment import Status
from workflows.case import Status as CaseStatus
from workflows.flow import NotYours, Refused
from workflows.roles import Role
from workflows.vocabulary import Purpose

NONE: dict[str, str] = {}
AGAIN = GiveBack(comment="Say what the school thinks.", reasons=("sources",))


def signs(db: Session, referral: Referral, *, by: Actor) -> None:
    countersigning.judge(db, referral, judgement(), by=by, at=NOW)
    countersigning.countersign(db, referral, COMMENT, by=by, at=NOW, overrides=NONE)


def returns(db: Session, referral: Referral, *, by: Actor) -> None:
    countersigning.give_back(db, referral, AGAIN, by=by, at=NOW)


def open_tasks(db: Session, why: Why) -> list[Notification]:
    query = select(Notification).where(Notification.why == why)
    return [task for task in db.exec(query) if task.done_at is None]


def found(db: Session, referral: Referral) -> Assessment:
    assessment = assessment_of(db, referral.id)
    assert assessment is not None
    return assessment


def names(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.name for refusal in refused.value.refusals}


def test_the_first_words_start_the_assessment_and_a_draft_may_be_empty(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted(db, world)
        assert assessment_of(db, referral.id) is None
        for command in (Writing(), WRITTEN):
            actions.write(db, referral, command, by=world.actor("case_manager"), at=NOW)
        assessment = found(db, referral)
        assert (assessment.author_id, assessment.status) == (world.users["case_manager"], Status.IN_PROGRESS)
        assert texts_of(db, assessment.id)["family"] == WRITTEN.family
        assert referral.status is CaseStatus.ACCEPTED


def test_only_the_case_manager_of_the_case_writes_proposes_and_submits(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = written(db, world)
        step = proposed_steps(db, found(db, referral).id)[0]
        for key in ("other_case_manager", "manager", "officer"):
            other = world.actor(key)
            with pytest.raises(Missing):
                actions.write(db, referral, WRITTEN, by=other, at=NOW)
            with pytest.raises(Missing):
                proposing.save_step(db, referral, REHABILITATION, by=other, at=NOW)
            with pytest.raises(Missing):
                proposing.remove_step(db, referral, step.id, by=other, at=NOW)
            with pytest.raises(Missing):
                actions.submit(db, referral, by=other, at=NOW, overrides=NONE)


def test_steps_keep_their_order_and_can_be_changed_and_removed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = written(db, world)
        author, assessment = world.actor("case_manager"), found(db, referral)
        first, second = proposed_steps(db, assessment.id)
        assert (first.place, second.place) == (1, 2)
        assert [first.purpose, second.purpose, second.hours] == [
            Purpose.REHABILITATION,
            Purpose.REPARATION,
            6,
        ]
        assert first.is_complete()
        assert second.is_complete()
        changed = REHABILITATION.model_copy(update={"what": "Five talks", "who": ""})
        proposing.save_step(db, referral, changed, first.id, by=author, at=NOW)
        assert not proposed_steps(db, assessment.id)[0].is_complete()
        proposing.remove_step(db, referral, first.id, by=author, at=NOW)
        proposing.save_step(db, referral, REHABILITATION, by=author, at=NOW)
        assert [step.place for step in proposed_steps(db, assessment.id)] == [2, 3]


def test_a_step_of_another_case_can_neither_be_changed_nor_removed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        mine, other = written(db, world), written(db, world)
        step = proposed_steps(db, found(db, other).id)[0]
        author = world.actor("case_manager")
        with pytest.raises(Missing):
            proposing.remove_step(db, mine, step.id, by=author, at=NOW)
        with pytest.raises(Missing):
            proposing.save_step(db, mine, REHABILITATION, step.id, by=author, at=NOW)
        assert len(proposed_steps(db, found(db, other).id)) == 2


def test_an_unfinished_assessment_is_refused_with_everything_that_is_missing(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted(db, world)
        author = world.actor("case_manager")
        actions.write(db, referral, Writing(), by=author, at=NOW)
        with pytest.raises(Refused) as no:
            actions.submit(db, referral, by=author, at=NOW, overrides=NONE)
        hard = {"sections", "judgements", "recommends", "safeguarding"}
        soft = {"child_heard", "parent_heard", "more_than_the_child", "agencies_asked", "screens"}
        assert names(no) == hard | soft


@pytest.mark.parametrize(
    ("lacks", "rule"),
    [
        ({"family": ""}, "sections"),
        ({"worries": ""}, "sections"),
        ({"safety": None}, "judgements"),
        ({"harm_why": ""}, "judgements"),
        ({"recommended": None}, "recommends"),
        ({"recommended_why": ""}, "recommends"),
        ({"child_words": ""}, "child_heard"),
        ({"parent_words": ""}, "parent_heard"),
        ({"contingency_actions": ""}, "contingency"),
        ({"safety_who": ""}, "at_risk_named"),
        ({"needs": ""}, "sections"),
        ({"barriers": ""}, "sections"),
    ],
)
def test_each_part_that_is_missing_is_noticed(
    sqlite_engine: Engine, lacks: dict[str, object], rule: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = written(db, world)
        author = world.actor("case_manager")
        actions.write(db, referral, WRITTEN.model_copy(update=lacks), by=author, at=NOW)
        with pytest.raises(Refused) as no:
            actions.submit(db, referral, by=author, at=NOW, overrides=NONE)
        assert names(no) == {rule}


def test_a_submitted_assessment_is_on_the_managers_list_with_its_due_day(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = handed_in(db, build(db))
        assessment = found(db, referral)
        assert (assessment.status, assessment.submitted_at) == (Status.SUBMITTED, NOW)
        [task] = open_tasks(db, Why.ASSESSMENT_TO_COUNTERSIGN)
        assert (task.role, task.user_id, task.due_on) == (Role.YOT_MANAGER, None, date(2026, 11, 19))
        assert open_tasks(db, Why.CASE_ALLOCATED) == []


def test_a_reason_given_against_guidance_is_kept_with_the_act(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = written(db, world)
        author = world.actor("case_manager")
        silent = WRITTEN.model_copy(update={"parent_words": ""})
        actions.write(db, referral, silent, by=author, at=NOW)
        actions.submit(db, referral, by=author, at=NOW, overrides={"parent_heard": "Abroad until May"})
        event = db.exec(select(Event).where(Event.verb == "assessment.submit")).one()
        assert event.overrides == {"parent_heard": "Abroad until May"}


@pytest.mark.parametrize("stage", [handed_in, assessed])
def test_nothing_is_changed_after_submission_or_countersignature(engine: Engine, stage: object) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = stage(db, world)  # type: ignore[operator]
        author, assessment = world.actor("case_manager"), found(db, referral)
        step = proposed_steps(db, assessment.id)[0]
        with pytest.raises(Refused):
            actions.write(db, referral, Writing(), by=author, at=NOW)
        with pytest.raises(Refused):
            proposing.save_step(db, referral, REHABILITATION, step.id, by=author, at=NOW)
        with pytest.raises(Refused):
            proposing.remove_step(db, referral, step.id, by=author, at=NOW)
        with pytest.raises(Refused):
            actions.submit(db, referral, by=author, at=NOW, overrides=NONE)
        assert texts_of(db, assessment.id)["family"] == WRITTEN.family


def test_countersigning_signs_the_assessment_and_readies_the_case_together(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        assert not is_countersigned(db, referral.id)
        later = NOW + timedelta(hours=3)
        sign(db, world, referral, at=later)
        assessment = found(db, referral)
        assert is_countersigned(db, referral.id)
        assert (assessment.countersigned_by_id, assessment.countersigned_at) == (
            world.users["manager"],
            later,
        )
        assert assessment.comment == COMMENT.comment
        assert (referral.status, referral.assessed_at) == (CaseStatus.ASSESSED, later)
        assert open_tasks(db, Why.ASSESSMENT_TO_COUNTERSIGN) == []
        verbs = [event.verb for event in db.exec(select(Event).order_by(Event.id))]  # type: ignore[arg-type]
        assert verbs[-2:] == ["assessment.countersign", "case.assess"]


def test_a_manager_who_wrote_the_assessment_does_not_judge_it(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        area, author = world.areas["north"], world.users["case_manager"]
        db.add(Membership(user_id=author, area_id=area, role=Role.YOT_MANAGER))
        promoted = Actor(author, "Priya Nair", ((area, Role.CASE_MANAGER), (area, Role.YOT_MANAGER)), {})
        for act in (signs, returns):
            with pytest.raises(Refused) as no:
                act(db, referral, by=promoted)
            assert names(no) == {"not_the_author"}
        assert found(db, referral).status is Status.SUBMITTED
        signs(db, referral, by=world.actor("chair"))


def test_whoever_took_the_case_over_does_not_countersign_it_either(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        referral.case_manager_id = world.users["manager"]
        with pytest.raises(Refused) as no:
            signs(db, referral, by=world.actor("manager"))
        assert names(no) == {"not_the_author"}


@pytest.mark.parametrize("key", ["other_case_manager", "officer", "victim_worker", "seconded", "far_manager"])
def test_nobody_but_a_manager_of_the_area_judges(engine: Engine, key: str) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        for act in (signs, returns):
            with pytest.raises(NotYours):
                act(db, referral, by=world.actor(key))


def test_what_was_given_back_is_with_the_case_manager_again_and_comes_back(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        author = world.actor("case_manager")
        countersigning.give_back(db, referral, AGAIN, by=world.actor("manager"), at=NOW)
        assert found(db, referral).status is Status.RETURNED
        assert found(db, referral).comment == AGAIN.comment
        assert [task.user_id for task in open_tasks(db, Why.ASSESSMENT_GIVEN_BACK)] == [author.id]
        assert open_tasks(db, Why.ASSESSMENT_TO_COUNTERSIGN) == []
        actions.write(db, referral, WRITTEN, by=author, at=NOW)
        actions.submit(db, referral, by=author, at=NOW, overrides=NONE)
        assert open_tasks(db, Why.ASSESSMENT_GIVEN_BACK) == []
        assert len(open_tasks(db, Why.ASSESSMENT_TO_COUNTERSIGN)) == 1


def test_a_withdrawn_case_is_neither_written_nor_judged_any_more(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        referrals.withdraw(db, referral, WithReason(reason="Moved"), by=world.actor("officer"), at=NOW)
        for act in (signs, returns):
            with pytest.raises(Refused, match="not being assessed"):
                act(db, referral, by=world.actor("manager"))


def test_a_case_that_nobody_has_accepted_is_not_assessed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = submitted(db, world)
        referral.case_manager_id = world.users["case_manager"]
        with pytest.raises(Refused, match="not being assessed"):
            actions.write(db, referral, WRITTEN, by=world.actor("case_manager"), at=NOW)


def test_each_act_raises_the_version_and_leaves_a_line_in_the_access_log(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = written(db, world)
        acts = (
            lambda at: actions.submit(db, referral, by=world.actor("case_manager"), at=at, overrides=NONE),
            lambda at: countersigning.give_back(db, referral, AGAIN, by=world.actor("manager"), at=at),
        )
        for number, act in enumerate(acts, 1):
            before = referral.version
            act(NOW + timedelta(minutes=number))
            db.flush()
            assert referral.version > before
    with transaction(engine) as db:
        pages = set(db.exec(select(AccessEntry.page)))
        assert {"assessment.submit", "assessment.give_back", "case.assessment"} <= pages


def test_no_event_repeats_what_an_assessment_says(engine: Engine) -> None:
    with transaction(engine) as db:
        assessed(db, build(db))
        kept = " ".join(str(event.facts) for event in db.exec(select(Event)))
        texts = [text for text in WRITTEN.model_dump().values() if isinstance(text, str) and " " in text]
        assert not [text for text in [*texts, COMMENT.comment, REHABILITATION.what] if text in kept]


@pytest.mark.parametrize(
    ("key", "reads"),
    [
        ("case_manager", True),
        ("manager", True),
        ("inspector", True),
        ("other_case_manager", False),
        ("seconded", False),
        ("victim_worker", False),
        ("far_manager", False),
    ],
)
def test_a_draft_is_read_only_where_it_is_written_and_judged(
    sqlite_engine: Engine, key: str, reads: bool
) -> None:
    with transaction(sqlite_engine) as db:
        world: World = build(db)
        referral = written(db, world)
        assert reads_drafts(world.actor(key), referral) is reads
