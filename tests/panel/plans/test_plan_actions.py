"""The plan after the giving, step by step to the closed case, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.errors import Missing
from panel.history.models import Event
from panel.history.record import case_chain
from panel.history.sentences import SENTENCES
from panel.notifications.models import Notification, Why
from panel.plans import actions
from panel.plans.commands import Close, StepNote
from panel.plans.models import StepState
from panel.plans.queries import lines_of, next_step_due, open_steps, plan_of, step_of, steps_of
from panel.referrals.models import Referral
from tests.support.given import GIVEN_AT, asked, closed, given, notified
from tests.support.world import build
from workflows.calendar import today_in_london
from workflows.case import Status as CaseStatus
from workflows.flow import NotYours, Refused
from workflows.plan import Status
from workflows.vocabulary import Outcome

DAY = today_in_london(GIVEN_AT)
DONE = StepNote(state=StepState.DONE, done_on=DAY, evidence="The worker saw it.")
ENDED = StepNote(state=StepState.ENDED, evidence="The family moved away.")
WELL = Close(reason="It went well.")


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def tasks(db: Session, referral: Referral, why: Why) -> list[Notification]:
    query = select(Notification).where(Notification.referral_id == referral.id, Notification.why == why)
    return list(db.exec(query))


def test_the_plan_holds_the_conditions_as_decided(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = given(db, build(db))
        plan, steps = plan_of(db, referral.id), steps_of(db, referral.id)
        assert [step.place for step in steps] == [1, 2]
        assert [step.what for step in steps] == ["Four talks about anger", "Help to repaint bus shelters"]
        assert plan is not None
        assert plan.ends_on == max(step.due_on for step in steps)
        assert next_step_due(db, referral.id) == min(step.due_on for step in steps)
        assert open_steps(db, referral.id) == 2


@pytest.mark.parametrize("key", ["case_manager", "manager"])
def test_one_person_of_the_yot_acknowledges_for_all(engine: Engine, key: str) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world)
        actions.acknowledge(db, referral, by=world.actor(key), at=GIVEN_AT)
        assert referral.status is CaseStatus.NOTIFIED
        assert referral.notified_at == GIVEN_AT
        told = tasks(db, referral, Why.DISPOSAL_GIVEN)
        assert len(told) == 3
        assert {task.done_by_id for task in told} == {world.users[key]}
        again = refused(lambda: actions.acknowledge(db, referral, by=world.actor(key), at=GIVEN_AT))
        assert again == {"wrong_state"}


def test_the_liaison_worker_acknowledges_a_community_resolution(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world, Outcome.CR)
        actions.acknowledge(db, referral, by=world.actor("liaison"), at=GIVEN_AT)
        assert all(task.done_at for task in tasks(db, referral, Why.DISPOSAL_GIVEN))


def test_the_police_do_not_acknowledge_their_own_word(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world)
        for key in ("officer", "seconded", "victim_worker", "far_manager"):
            with pytest.raises(NotYours):
                actions.acknowledge(db, referral, by=world.actor(key), at=GIVEN_AT)


def test_a_step_is_done_by_somebody_on_a_day(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        actions.note_step(db, referral, 1, DONE, by=world.actor("case_manager"), at=GIVEN_AT)
        step = step_of(db, referral.id, 1)
        assert (step.state, step.done_on, step.noted_by_id) == (
            StepState.DONE,
            DAY,
            world.users["case_manager"],
        )
        assert open_steps(db, referral.id) == 1
        event = db.exec(select(Event).where(Event.verb == "case.step_done")).one()
        assert (event.chain, event.facts) == (
            case_chain(referral.id),
            {"step": "Four talks about anger"},
        )


def test_a_case_with_an_open_step_is_not_closed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = notified(db, world), world.actor("case_manager")
        actions.note_step(db, referral, 1, DONE, by=worker, at=GIVEN_AT)
        assert refused(lambda: actions.close(db, referral, WELL, by=worker, at=GIVEN_AT)) == {"no_step_open"}
        actions.note_step(db, referral, 2, DONE, by=worker, at=GIVEN_AT)
        asked(db, world, referral)
        actions.close(db, referral, WELL, by=worker, at=GIVEN_AT)
        assert referral.status is CaseStatus.CLOSED


def test_a_plan_is_completed_when_all_was_done_and_otherwise_ended(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        worker = world.actor("case_manager")
        done, missed = closed(db, world), notified(db, world)
        actions.note_step(db, missed, 1, DONE, by=worker, at=GIVEN_AT)
        actions.note_step(db, missed, 2, ENDED, by=worker, at=GIVEN_AT)
        asked(db, world, missed)
        actions.close(db, missed, WELL, by=worker, at=GIVEN_AT)
        reached = [plan_of(db, referral.id) for referral in (done, missed)]
        assert [plan and plan.status for plan in reached] == [Status.COMPLETED, Status.ENDED]
        assert missed.closed_at == GIVEN_AT


def test_the_referring_officer_is_told_once_that_the_case_is_closed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = closed(db, world)
        told = tasks(db, referral, Why.CASE_CLOSED)
        assert [(task.user_id, task.role) for task in told] == [(world.users["officer"], None)]
        worker = world.actor("case_manager")
        assert refused(lambda: actions.close(db, referral, WELL, by=worker, at=GIVEN_AT)) == {"wrong_state"}
        assert len(tasks(db, referral, Why.CASE_CLOSED)) == 1


def test_a_closed_plan_keeps_its_steps_as_they_are(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = closed(db, world), world.actor("case_manager")
        assert refused(lambda: actions.note_step(db, referral, 1, ENDED, by=worker, at=GIVEN_AT)) == {"over"}
        with pytest.raises(Missing):
            step_of(db, referral.id, 3)


def test_a_case_that_was_not_acknowledged_is_not_closed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = given(db, world), world.actor("case_manager")
        for place in (1, 2):
            actions.note_step(db, referral, place, DONE, by=worker, at=GIVEN_AT)
        assert refused(lambda: actions.close(db, referral, WELL, by=worker, at=GIVEN_AT)) == {"wrong_state"}


def test_a_step_is_late_on_the_day_after_it_was_due_and_never_once_it_is_done(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        step = step_of(db, referral.id, 1)
        assert lines_of(db, [step], today=step.due_on)[0].late == "soon"
        assert lines_of(db, [step], today=step.due_on + timedelta(days=1))[0].late == "late"
        actions.note_step(db, referral, 1, DONE, by=world.actor("manager"), at=GIVEN_AT)
        assert lines_of(db, [step], today=step.due_on + timedelta(days=1))[0].late == "ok"


def test_the_whole_way_stands_in_the_history(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = closed(db, build(db))
        events = db.exec(
            select(Event).where(Event.chain == case_chain(referral.id)).order_by(Event.seq)
        ).all()  # type: ignore[arg-type]
        verbs = [event.verb for event in events]
        tail = verbs[verbs.index("case.decide") + 1 :]
        assert tail == [
            "case.record_decision",
            "case.prepare_disposal",
            "case.authorise_disposal",
            "disposal.explain",
            *("document.keep_signed", "document.keep_signed"),
            "disposal.sign",
            "disposal.give",
            "case.give",
            "plan.start",
            "case.acknowledge",
            "case.step_done",
            "case.step_done",
            *("case.closing_summary", "case.feedback", "case.feedback"),
            "case.complete",
            "plan.complete",
            "case.close",
        ]
        assert not [event.verb for event in events if event.verb not in SENTENCES]
