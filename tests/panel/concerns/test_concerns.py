"""Significant events and safeguarding: who is told, what waits, what follows."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.assessments import actions as assessments
from panel.assessments import countersigning
from panel.concerns import actions
from panel.concerns.actions import NotCleared
from panel.concerns.commands import EventDetails, FollowUp, Reply, SafeguardingDetails
from panel.concerns.models import SignificantEvent
from panel.concerns.queries import answers_of, open_events, safeguarding_unanswered, waiting_for_reply
from panel.db import transaction
from panel.meetings.listing import put_on
from panel.meetings.reassessing import follow
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from tests.support.assessed import COMMENT, SAFE, VICTIM_NAME, assessed, handed_in, judgement, written
from tests.support.decided import planned, ready
from tests.support.given import closed
from tests.support.world import NOW, TODAY, World, accepted, build, draft
from workflows.case import CASE, Status
from workflows.concerns import EventKind, Follows, Safeguarding
from workflows.flow import Refused
from workflows.roles import Role

NONE: dict[str, str] = {}
MADE = SafeguardingDetails(answer=Safeguarding.MADE, made_on=TODAY, made_to="Front door team")


def told(kind: EventKind = EventKind.ARREST, **more: object) -> EventDetails:
    return EventDetails.model_validate(
        {"kind": kind, "happened_on": TODAY, "what": "Arrested in town.", "source": "Police"} | more
    )


def happen(
    db: Session, world: World, referral: Referral, *, by: str = "seconded", **more: object
) -> SignificantEvent:
    return actions.record_event(db, referral, told(**more), by=world.actor(by), at=NOW)  # type: ignore[arg-type]


def open_tasks(db: Session, why: Why) -> list[Notification]:
    return [t for t in db.exec(select(Notification).where(Notification.why == why)) if t.done_at is None]


def names(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.name for refusal in refused.value.refusals}


@pytest.mark.parametrize(
    ("kind", "by", "roles", "worker"),
    [
        (EventKind.ARREST, "manager", {Role.YOT_MANAGER}, True),
        (EventKind.ARREST, "case_manager", {Role.YOT_MANAGER}, False),
        (EventKind.THREAT_TO_LIFE, "case_manager", {Role.YOT_MANAGER, Role.SECONDED}, False),
        (EventKind.POLICE_FLAG, "officer", {Role.YOT_MANAGER, Role.SECONDED}, True),
        (EventKind.POLICE_FLAG, "seconded", {Role.YOT_MANAGER}, True),
    ],
)
def test_each_kind_of_event_tells_the_right_people(
    sqlite_engine: Engine, kind: EventKind, by: str, roles: set[Role], worker: bool
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        happen(db, world, referral, by=by, kind=kind)
        tasks = open_tasks(db, Why.SIGNIFICANT_EVENT)
        assert {task.role for task in tasks if task.role} == roles
        assert [t.user_id for t in tasks if t.user_id] == ([world.users["case_manager"]] if worker else [])


def test_an_event_is_recorded_from_the_sending_until_the_file_is_closed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        for referral in (draft(db, world), closed(db, world)):
            with pytest.raises(Refused):
                happen(db, world, referral)
        happen(db, world, accepted(db, world))


def test_an_event_in_the_future_is_no_event() -> None:
    for days, fits in ((0, True), (1, False)):
        day = {"kind": "arrest", "happened_on": TODAY + timedelta(days=days), "what": "x", "source": "y"}
        try:
            EventDetails.model_validate(day, context={"today": TODAY})
        except ValueError:
            assert not fits
        else:
            assert fits


def test_an_event_never_tells_who_the_victim_is(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world, victim=True)
        with pytest.raises(NotCleared) as no:
            happen(db, world, referral, what=f"Was seen near the home of {VICTIM_NAME}.")
        assert no.value.fields == ("what",)
        assert open_events(db, referral.id) == []


def test_an_open_event_after_submission_asks_for_a_reason_until_somebody_says_what_follows(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, manager = handed_in(db, world), world.actor("manager")
        event = happen(db, world, referral)
        assert referral.event_open_on == TODAY
        countersigning.judge(db, referral, judgement(), by=manager, at=NOW)
        with pytest.raises(Refused) as no:
            countersigning.countersign(db, referral, COMMENT, by=manager, at=NOW, overrides=NONE)
        assert names(no) == {"event_answered"}
        why = FollowUp(follows=Follows.NO_CHANGE, why="Released without charge.")
        assert not follow(db, referral, event.id, why, by=manager, at=NOW)
        assert referral.event_open_on is None
        assert open_tasks(db, Why.SIGNIFICANT_EVENT) == []
        countersigning.countersign(db, referral, COMMENT, by=manager, at=NOW, overrides=NONE)


def test_an_open_event_stands_against_listing_and_deciding(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, manager = assessed(db, world), world.actor("manager")
        happen(db, world, referral)
        meeting = planned(db, world)
        with pytest.raises(Refused) as no:
            put_on(db, referral, meeting.id, by=manager, at=NOW, overrides=NONE)
        assert names(no) == {"event_answered"}
        put_on(db, referral, meeting.id, by=manager, at=NOW, overrides={"event_answered": "Panel is told"})
        before_the_panel = ready(db, world)
        happen(db, world, before_the_panel)
        from panel.decisions.sitting import facts_of, sitting_of

        sitting = sitting_of(db, before_the_panel, today=TODAY)
        assert sitting is not None
        facts = facts_of(db, before_the_panel, sitting, today=TODAY)
        assert "event_answered" in {r.name for r in CASE.refusals("decide", Status.LISTED, facts)}


def test_assessing_again_answers_every_open_event_and_opens_the_assessment(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world)
        first, second = happen(db, world, referral), happen(db, world, referral, kind=EventKind.MISSING)
        why = FollowUp(follows=Follows.REASSESS, why="Two events in a week.")
        assert follow(db, referral, first.id, why, by=world.actor("case_manager"), at=NOW)
        assert (first.follows, second.follows) == (Follows.REASSESS, Follows.REASSESS)
        assert referral.status is Status.ACCEPTED
        assert referral.event_open_on is None
        with pytest.raises(Refused):
            follow(db, referral, first.id, why, by=world.actor("manager"), at=NOW)


def test_an_event_before_submission_was_in_front_of_the_author(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, author = written(db, world), world.actor("case_manager")
        event = happen(db, world, referral)
        with pytest.raises(Refused) as no:
            assessments.submit(db, referral, by=author, at=NOW, overrides=NONE)
        assert names(no) == {"safeguarding"}
        actions.safeguard(db, referral, SAFE, event.id, by=author, at=NOW)
        assessments.submit(db, referral, by=author, at=NOW, overrides=NONE)
        assert event.follows is Follows.IN_ASSESSMENT
        assert referral.event_open_on is None


def test_a_person_cannot_choose_what_only_the_service_writes() -> None:
    with pytest.raises(ValueError, match="one of the choices"):
        FollowUp(follows=Follows.IN_ASSESSMENT, why="x")


def test_the_safeguarding_question_is_open_until_it_is_answered_for_the_child_and_each_event(
    sqlite_engine: Engine,
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, worker = accepted(db, world), world.actor("case_manager")
        assert safeguarding_unanswered(db, referral.id)
        actions.safeguard(db, referral, SAFE, by=worker, at=NOW)
        assert not safeguarding_unanswered(db, referral.id)
        event = happen(db, world, referral)
        assert safeguarding_unanswered(db, referral.id)
        actions.safeguard(db, referral, SAFE, event.id, by=worker, at=NOW)
        assert not safeguarding_unanswered(db, referral.id)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"answer": "made", "made_to": "Front door"}, "when the referral was made"),
        ({"answer": "made", "made_on": TODAY}, "when the referral was made"),
        ({"answer": "not_needed"}, "why a referral is not needed"),
        ({"answer": "already_open"}, "who in children's social care"),
    ],
)
def test_each_answer_needs_its_own_particulars(answer: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        SafeguardingDetails.model_validate(answer)


def test_a_referral_waits_on_the_list_until_social_care_has_answered(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = accepted(db, world), world.actor("case_manager")
        actions.safeguard(db, referral, MADE, by=worker, at=NOW)
        for key, seen in (("case_manager", 1), ("manager", 1), ("other_case_manager", 0), ("far_manager", 0)):
            assert len(waiting_for_reply(db, world.actor(key))) == seen
        early = Reply(replied_on=TODAY - timedelta(days=1), reply="They come on Monday.")
        with pytest.raises(Refused):
            actions.reply(db, referral, None, early, by=worker, at=NOW)
        reply = Reply(replied_on=TODAY, reply="They come on Monday.")
        actions.reply(db, referral, None, reply, by=worker, at=NOW)
        assert waiting_for_reply(db, world.actor("manager")) == []
        assert answers_of(db, referral.id)[None].reply == "They come on Monday."


def test_an_answer_can_change_and_only_one_stands(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, worker = accepted(db, world), world.actor("case_manager")
        actions.safeguard(db, referral, MADE, by=worker, at=NOW)
        actions.safeguard(db, referral, SAFE, by=worker, at=NOW)
        answer = answers_of(db, referral.id)[None]
        assert (answer.answer, answer.made_on, answer.made_to) == (Safeguarding.NOT_NEEDED, None, "")
