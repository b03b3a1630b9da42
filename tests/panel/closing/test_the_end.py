"""The end of a case, act by act, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from panel.closing import actions
from panel.closing import commands as c
from panel.closing.figures import figures
from panel.closing.models import Completion
from panel.closing.queries import (
    READY,
    RELEASED,
    WAITING,
    activity_of,
    completion_of,
    count_codes,
    police_wait,
    summaries_of,
)
from panel.compliance import actions as keeping
from panel.compliance.actions import answer, end
from panel.compliance.commands import Said
from panel.contacts.models import Attendance, ContactKind
from panel.db import transaction
from panel.notifications.models import Notification, Why
from panel.plans import actions as plans
from panel.plans.commands import Close, StepNote
from panel.plans.models import StepState
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.victims.commands import ThinksOfIt
from panel.victims.feedback import say
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim, VictimUpdate
from tests.support.given import GIVEN_AT, SUMMARY, THINKS, asked, closed, done, notified, without_steps
from tests.support.kept import ANSWER, DAY, MISSED_AT, contact, matter, missed, tried
from tests.support.world import TODAY, build
from workflows.case import Status
from workflows.closing import Side
from workflows.flow import NotYours, Refused
from workflows.victim import Happened, NotOwed
from workflows.vocabulary import Outcome

HOW = c.Complete(said="Every step was done.")
WHY = c.Release(said="The work was done; nothing more is needed.")
WELL = Close(reason="It went well.")


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def tasks(db: Session, referral: Referral, why: Why) -> list[Notification]:
    query = select(Notification).where(Notification.referral_id == referral.id, Notification.why == why)
    return list(db.exec(query))


def victim(db: Session, referral: Referral, **more: Any) -> Victim:
    """Somebody who was harmed in this case."""
    row = Victim(referral_id=referral.id, place=1, name="Nell Quayle", **more)
    db.add(row)
    db.flush()
    return row


def test_completion_keeps_the_evidence_and_tells_police_by_the_next_working_day(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = done(db, world)
        worker = world.actor("case_manager")
        row = actions.complete(db, referral, HOW, by=worker, at=GIVEN_AT)
        assert row.in_full
        assert row.steps[0] == ["Four talks about anger", "Done on 17 November 2026", "Seen and signed off."]
        told = tasks(db, referral, Why.PLAN_COMPLETED)
        assert [(task.role, task.due_on) for task in told] == [
            ("seconded_officer", TODAY + timedelta(days=1))
        ]
        assert police_wait(db, referral.id)
        actions.seen_by_police(db, referral, by=world.actor("seconded"), at=GIVEN_AT)
        assert not police_wait(db, referral.id)
        again = refused(lambda: actions.complete(db, referral, HOW, by=worker, at=GIVEN_AT))
        assert again == {"already_done"}


def test_a_victim_who_wants_to_know_is_told_of_completion_and_no_other(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, other = done(db, world), done(db, world)
        wants, does_not = victim(db, referral, wants_updates=True), victim(db, other, wants_updates=False)
        for case in (referral, other):
            actions.complete(db, case, HOW, by=world.actor("case_manager"), at=GIVEN_AT)
        query = select(VictimUpdate).where(VictimUpdate.happened == Happened.COMPLETED)
        found = {row.victim_id: row.not_owed for row in db.exec(query)}
        assert found == {wants.id: None, does_not.id: NotOwed.NOT_WANTED}


def test_nothing_is_completed_while_a_step_or_a_matter_is_open(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = missed(db, world), world.actor("case_manager")

        def complete() -> Completion:
            return actions.complete(db, referral, HOW, by=worker, at=MISSED_AT)

        assert refused(complete) == {"all_noted", "nothing_open"}
        note = StepNote(state=StepState.ENDED, evidence="The family moved away.")
        for step in steps_of(db, referral.id):
            plans.note_step(db, referral, step.place, note, by=worker, at=MISSED_AT)
        assert refused(complete) == {"nothing_open"}
        assert refused(lambda: plans.close(db, referral, WELL, by=worker, at=MISSED_AT)) >= {"nothing_open"}
        row = matter(db, referral)
        answer(db, referral, row, ANSWER, by=worker, at=MISSED_AT)
        settled = Said(happened_on=DAY, said="He was ill.")
        end(db, referral, row, "settle", settled, by=worker, at=MISSED_AT)
        assert not complete().in_full


def test_closing_asks_for_a_summary_and_what_people_think_and_gives_way_to_a_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = done(db, world), world.actor("case_manager")

        def close(**more: Any) -> None:
            plans.close(db, referral, WELL, by=worker, at=GIVEN_AT, **more)

        with db.begin_nested() as point:
            assert refused(close) == {"has_summary", "child_asked", "parent_asked"}
            point.rollback()
        why = dict.fromkeys(("has_summary", "child_asked", "parent_asked"), "They moved abroad")
        close(overrides=why)
        assert referral.status is Status.CLOSED


def test_closing_tells_the_police_even_when_nobody_completed_before(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = closed(db, build(db))
        row = completion_of(db, referral.id)
        assert row is not None
        assert row.said == "Every step was done."
        assert [task.done_at for task in tasks(db, referral, Why.PLAN_COMPLETED)] == [None]


def test_a_case_with_nothing_to_do_closes_without_summary_and_questions(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = without_steps(db, world), world.actor("case_manager")
        plans.acknowledge(db, referral, by=worker, at=GIVEN_AT)
        plans.close(db, referral, WELL, by=worker, at=GIVEN_AT)
        assert referral.status is Status.CLOSED


def test_the_code_22_waits_for_evidence_of_an_activity(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, manager = notified(db, world, Outcome.O22), world.actor("manager")

        def release(case: Referral = referral) -> Any:
            return actions.release(db, case, WHY, by=manager, at=MISSED_AT)

        def counts() -> list[int]:
            return [count_codes(db, manager, name) for name in (WAITING, READY, RELEASED)]

        assert refused(release) == {"activity_done"}
        assert counts() == [1, 0, 0]
        contact(db, world, referral, state=Attendance.ATTENDED, done=" ")
        assert refused(release) == {"activity_done"}
        contact(db, world, referral, state=Attendance.ATTENDED, done="Talked about anger for an hour.")
        assert counts() == [0, 1, 0]
        with pytest.raises(NotYours):
            actions.release(db, referral, WHY, by=world.actor("case_manager"), at=MISSED_AT)
        assert release().evidence == [
            ["Session with the child on 23 November 2026", "Talked about anger for an hour."]
        ]
        assert counts() == [0, 0, 1]
        assert [task.user_id for task in tasks(db, referral, Why.CODE_RELEASED)] == [world.users["officer"]]
        assert refused(release) == {"already_done"}
        caution = done(db, world)
        assert refused(lambda: release(caution)) == {"is_code_22"}


@pytest.mark.parametrize(
    ("kind", "step_place", "counts"),
    [
        (ContactKind.SESSION, 0, True),
        (ContactKind.REPARATION, 0, True),
        (ContactKind.PHONE, 1, True),
        (ContactKind.PHONE, 0, False),
        (ContactKind.HOME_VISIT, 1, True),
        (ContactKind.HOME_VISIT, 0, False),
        (ContactKind.CARER, 1, False),
        (ContactKind.AGENCY, 1, False),
        (ContactKind.CURFEW_CHECK, 1, False),
    ],
)
def test_only_work_with_the_child_is_evidence_of_an_activity(
    sqlite_engine: Engine, kind: ContactKind, step_place: int, counts: bool
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = notified(db, world, Outcome.O22)
        said = {"state": Attendance.ATTENDED, "done": "We spoke about the week."}
        contact(db, world, referral, kind=kind, step_place=step_place, **said)
        assert bool(activity_of(db, referral.id)) is counts
        assert count_codes(db, world.actor("manager"), READY) == counts


def test_the_code_22_and_completion_stop_once_the_case_went_back_to_the_police(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = tried(db, world, Outcome.O22_DEFERRED)
        contact(db, world, referral, state=Attendance.ATTENDED, done="Talked about anger for an hour.")
        back = Said(happened_on=DAY, said="He came to nothing else.")
        worker, row = world.actor("case_manager"), matter(db, referral)
        keeping.end(db, referral, row, "return", back, by=worker, at=MISSED_AT)
        stopped = {"nothing_open", "still_stands"}
        manager = world.actor("manager")
        assert refused(lambda: actions.release(db, referral, WHY, by=manager, at=MISSED_AT)) == stopped
        assert stopped <= refused(lambda: actions.complete(db, referral, HOW, by=worker, at=MISSED_AT))


def test_a_done_step_is_evidence_for_the_code_and_the_manager_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = done(db, world, Outcome.O22)
        assert count_codes(db, world.actor("manager"), READY) == 1
        assert count_codes(db, world.actor("far_manager"), READY) == 0
        actions.complete(db, referral, HOW, by=world.actor("case_manager"), at=GIVEN_AT)
        assert [task.role for task in tasks(db, referral, Why.CODE_TO_RELEASE)] == ["yot_manager"]


def test_the_summary_has_versions_and_tells_nothing_of_the_victim(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = done(db, world), world.actor("case_manager")
        victim(db, referral)
        actions.sum_up(db, referral, SUMMARY, by=worker, at=GIVEN_AT)
        telling = SUMMARY.model_copy(update={"child_next": "Say sorry to Nell Quayle again."})
        with pytest.raises(actions.NotCleared) as caught:
            actions.sum_up(db, referral, telling, by=worker, at=GIVEN_AT)
        assert caught.value.fields == ("child_next",)
        better = SUMMARY.model_copy(update={"helped": "The bus pass."})
        actions.sum_up(db, referral, better, by=worker, at=GIVEN_AT)
        newest, first = summaries_of(db, referral.id)
        assert (newest.number, first.number) == (2, 1)
        assert newest.digest != first.digest


def test_what_is_written_at_the_end_is_never_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = closed(db, world)
        person = victim(db, referral)
        thinks = ThinksOfIt(answers={"victim_told": "yes"}, given_on=TODAY)
        say(db, referral, person, thinks, by=world.actor("victim_worker"), at=GIVEN_AT)
    for table in ("completion", "closing_summary", "feedback", "victim_feedback"):
        with pytest.raises(DatabaseError), Session(engine) as db:
            db.execute(text(f"DELETE FROM {table}"))


def test_managers_see_counts_of_all_three_sides(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = done(db, world)
        asked(db, world, referral)
        silent = c.SaidToWorker(declined=True, means=THINKS.means, given_on=TODAY)
        worker = world.actor("case_manager")
        actions.say(db, referral, Side.CHILD, silent, by=worker, at=GIVEN_AT)
        person = victim(db, referral)
        thinks = ThinksOfIt(answers={"victim_told": "no"}, words="Too late.", given_on=TODAY)
        say(db, referral, person, thinks, by=world.actor("victim_worker"), at=GIVEN_AT)
        found = figures(db, world.actor("manager"), today=TODAY)
        assert (found["child"].asked, found["child"].answered) == (2, 1)
        assert found["child"].lines == (("Was it fair?", {"Yes": 1, "Partly": 0, "No": 0}),)
        assert found["victim"].lines[0][1]["No"] == 1
        assert figures(db, world.actor("far_manager"), today=TODAY)["child"].asked == 0
        assert db.exec(select(VictimFeedback.words)).one() == "Too late."
