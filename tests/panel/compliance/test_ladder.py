"""The ladder of not keeping to it, act by act, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from panel.compliance import actions, police
from panel.compliance import commands as c
from panel.compliance.models import Entry, Matter
from panel.compliance.queries import LATE, POLICE, counted, entries_of, matters_of, open_matter
from panel.counting import answers
from panel.db import transaction
from panel.disposals.ceased import ceased_on
from panel.notifications.models import Notification, Why
from panel.plans.actions import note_step
from panel.plans.commands import StepNote
from panel.plans.models import StepState
from panel.plans.queries import plan_of, steps_of
from panel.referrals.clocks import deadlines
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, offences_of
from panel.victims.screening import places_that_tell
from tests.support.given import notified
from tests.support.kept import (
    ANSWER,
    BREACH,
    DAY,
    MISS,
    MISSED_AT,
    WHO,
    alleged,
    contact,
    matter,
    missed,
    tried,
    warning,
)
from tests.support.world import TODAY, World, build
from workflows.case import Status as CaseStatus
from workflows.flow import NotYours, Refused
from workflows.keeping import Choice, Level, Rung, Status
from workflows.plan import Status as PlanStatus
from workflows.records import spent_on
from workflows.vocabulary import ModeOfTrial, Outcome


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def tasks(db: Session, referral: Referral, why: Why) -> list[Notification]:
    query = select(Notification).where(Notification.referral_id == referral.id, Notification.why == why)
    return list(db.exec(query))


def excuse(reasonable: bool = False) -> c.Excuse:
    return c.Excuse(happened_on=DAY, excused=reasonable, said="No reason was given.", **WHO)


def decision(choice: Choice) -> c.Decide:
    return c.Decide(happened_on=DAY, choice=choice, said="He has had every chance.", **WHO)


def decided(db: Session, world: World, choice: Choice, **more: Any) -> Referral:
    """A breach about which the police have decided."""
    referral, by = alleged(db, world, **more), world.actor("seconded")
    row = matter(db, referral)
    police.consider(db, referral, row, excuse(), by=by, at=MISSED_AT)
    police.decide(db, referral, row, decision(choice), by=by, at=MISSED_AT)
    return referral


def test_a_missed_appointment_waits_two_working_days_for_an_answer(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = missed(db, world)
        row = matter(db, referral)
        assert (row.status, row.number) == (Status.MISSED, 1)
        assert row.due_on == DAY + timedelta(days=2)
        told = tasks(db, referral, Why.MISSED_TO_ANSWER)
        assert [(task.user_id, task.due_on) for task in told] == [(world.users["case_manager"], row.due_on)]
        clocks = deadlines(referral, child_of(db, referral), offences_of(db, referral))
        assert ("missed_answer_due", row.due_on) in {(clock.key, clock.due) for clock in clocks}
        manager = world.actor("manager")
        assert answers(db, [counted(manager, LATE, today=row.due_on)]) == [0]
        assert answers(db, [counted(manager, LATE, today=row.due_on + timedelta(days=1))]) == [1]
        actions.answer(db, referral, row, ANSWER, by=world.actor("case_manager"), at=MISSED_AT)
        assert all(task.done_at for task in tasks(db, referral, Why.MISSED_TO_ANSWER))
        assert answers(db, [counted(manager, LATE, today=DAY + timedelta(days=30))]) == [0]


def test_what_is_missed_next_is_added_to_the_open_matter_and_waits_again(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, by = tried(db, world), world.actor("case_manager")
        actions.missed(db, referral, contact(db, world, referral), by=by, at=MISSED_AT)
        assert len(matters_of(db, referral.id)) == 1
        row = matter(db, referral)
        assert row.status is Status.MISSED
        rungs = [entry.rung for entry in entries_of(db, [row])[row.id]]
        assert rungs == [
            *(Rung.MISSED, Rung.ANSWER, Rung.WARNING, Rung.MEETING, Rung.WARNING),
            Rung.MISSED,
        ]


def test_nothing_is_missed_where_no_plan_runs(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        worker = world.actor("case_manager")
        with pytest.raises(NotYours):
            actions.miss(db, referral, MISS, by=world.actor("seconded"), at=MISSED_AT)
        actions.miss(db, referral, MISS, by=worker, at=MISSED_AT)
        over = decided(db, world, Choice.PROSECUTE)
        by = world.actor("seconded")
        began = c.Proceedings(happened_on=DAY, said="Requisition 26/114", **WHO)
        police.start_proceedings(db, over, matter(db, over), began, by=by, at=MISSED_AT)
        assert refused(lambda: actions.miss(db, over, MISS, by=worker, at=MISSED_AT)) == {"no_plan"}


def test_the_police_are_told_of_a_breach_with_its_evidence(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = tried(db, world)
        row, worker = matter(db, referral), world.actor("case_manager")
        late = entries_of(db, [row])[row.id][0]
        command = BREACH.model_copy(update={"contacts": (late.contact_id,)})
        entry = actions.allege(db, referral, row, command, by=worker, at=MISSED_AT)
        lines = dict(entry.more)
        assert lines["Condition not kept"] == "1. Four talks about anger"
        assert lines["Missed"].startswith("Missed: Session with the child on 23 November 2026")
        assert lines["What was tried"] == BREACH.tried
        told = tasks(db, referral, Why.BREACH_TO_DECIDE)
        assert [task.role for task in told] == ["seconded_officer"]
        assert answers(db, [counted(world.actor("seconded"), POLICE, today=DAY)]) == [1]
        assert answers(db, [counted(world.actor("far_manager"), POLICE, today=DAY)]) == [0]


def test_a_breach_needs_a_condition_of_a_conditional_caution(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        worker = world.actor("case_manager")
        voluntary = tried(db, world, Outcome.YC)
        row = matter(db, voluntary)
        assert refused(lambda: actions.allege(db, voluntary, row, BREACH, by=worker, at=MISSED_AT)) >= {
            "is_conditional"
        }
        conditional = tried(db, world)
        nothing = BREACH.model_copy(update={"conditions": (99,)})
        open_row = matter(db, conditional)
        assert refused(
            lambda: actions.allege(db, conditional, open_row, nothing, by=worker, at=MISSED_AT)
        ) == {"condition_named"}
        offer = steps_of(db, conditional.id)[0]
        offer.binding = False  # something that is offered beside the conditions
        assert refused(
            lambda: actions.allege(db, conditional, open_row, BREACH, by=worker, at=MISSED_AT)
        ) == {"condition_named"}


def test_a_miss_that_nobody_answers_is_no_less_late_for_the_next_one(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, by = missed(db, world), world.actor("case_manager")
        since, due = referral.keeping_since, matter(db, referral).due_on
        later = MISSED_AT + timedelta(days=9)
        row = contact(db, world, referral, starts_at=later)
        actions.missed(db, referral, row, by=by, at=later)
        assert (referral.keeping_since, matter(db, referral).due_on) == (since, due)


def test_whoever_only_reads_here_notes_no_step_and_no_check(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, reader = missed(db, world), world.actor("inspector")
        noted = StepNote(state=StepState.ENDED, evidence="Gone.")
        with pytest.raises(NotYours):
            note_step(db, referral, 1, noted, by=reader, at=MISSED_AT)


def test_the_police_decide_only_after_the_excuse_and_the_yot_never_does(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = alleged(db, world)
        row, by = matter(db, referral), world.actor("seconded")
        go_on = decision(Choice.CONTINUE)
        assert refused(lambda: police.decide(db, referral, row, go_on, by=by, at=MISSED_AT)) == {
            "excuse_considered"
        }
        with pytest.raises(NotYours):
            police.consider(db, referral, row, excuse(), by=world.actor("manager"), at=MISSED_AT)
        police.consider(db, referral, row, excuse(True), by=by, at=MISSED_AT)
        harsh = decision(Choice.PROSECUTE)
        assert refused(lambda: police.decide(db, referral, row, harsh, by=by, at=MISSED_AT)) == {"unexcused"}
        police.decide(db, referral, row, go_on, by=by, at=MISSED_AT)
        assert row.status is Status.CONTINUED
        assert open_matter(db, referral.id) is None
        told = tasks(db, referral, Why.BREACH_DECIDED)
        assert [task.user_id for task in told] == [world.users["case_manager"]]
        entry = entries_of(db, [row])[row.id][-1]
        assert ["Decided by", "Ada Poole, Sergeant, 812 (Sergeant or above)"] in entry.more
        assert plan_of(db, referral.id).status is PlanStatus.UNDER_WAY  # type: ignore[union-attr]


def test_proceedings_end_the_caution_the_plan_and_the_case(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, by = decided(db, world, Choice.PROSECUTE, victim=True), world.actor("seconded")
        row = matter(db, referral)
        assert referral.status is CaseStatus.NOTIFIED
        began = c.Proceedings(happened_on=DAY, said="Requisition 26/114", **WHO)
        early = began.model_copy(update={"happened_on": TODAY - timedelta(days=1)})
        assert refused(lambda: police.start_proceedings(db, referral, row, early, by=by, at=MISSED_AT)) == {
            "before_giving"
        }
        police.start_proceedings(db, referral, row, began, by=by, at=MISSED_AT)
        assert ceased_on(db, referral.id) == DAY
        assert spent_on(Outcome.YCC, TODAY, TODAY + timedelta(days=60), DAY) == DAY
        assert referral.status is CaseStatus.CLOSED
        plan = plan_of(db, referral.id)
        assert plan is not None
        assert plan.status is PlanStatus.ENDED
        assert {step.state for step in steps_of(db, referral.id)} == {StepState.ENDED}
        assert [task.user_id for task in tasks(db, referral, Why.CASE_CLOSED)] == [
            world.users["case_manager"]
        ]


def test_the_limitation_is_a_deadline_of_the_police_while_a_breach_is_open(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        summary = {"mode": ModeOfTrial.SUMMARY}
        referral = tried(db, world, offence=summary)

        def keys() -> set[str]:
            clocks = deadlines(referral, child_of(db, referral), offences_of(db, referral))
            return {clock.key for clock in clocks}

        assert "limitation" not in keys()
        worker, row = world.actor("case_manager"), matter(db, referral)
        actions.allege(db, referral, row, BREACH, by=worker, at=MISSED_AT)
        assert {"limitation", "breach_decided"} <= keys()
        by = world.actor("seconded")
        police.consider(db, referral, row, excuse(), by=by, at=MISSED_AT)
        too_late = MISSED_AT + timedelta(days=200)
        harsh = decision(Choice.PROSECUTE)
        assert refused(lambda: police.decide(db, referral, row, harsh, by=by, at=too_late)) == {"in_time"}
        police.decide(db, referral, row, decision(Choice.NONE), by=by, at=too_late)
        assert not {"limitation", "breach_decided"} & keys()


@pytest.mark.parametrize("field", ["said", "must", "help"])
def test_a_warning_that_names_a_victim_is_not_given(engine: Engine, field: str) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = missed(db, world, victim=True)
        row, worker = matter(db, referral), world.actor("case_manager")
        tells = warning().model_copy(update={field: "Marguerite was afraid of you."})
        with pytest.raises(actions.NotCleared):
            actions.warn(db, referral, row, tells, by=worker, at=MISSED_AT)
        assert row.status is Status.MISSED
        assert [entry.rung for entry in entries_of(db, [row])[row.id]] == [Rung.MISSED]


def test_a_warning_in_plain_words_is_given(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = missed(db, world, victim=True)
        row, worker = matter(db, referral), world.actor("case_manager")
        plain = warning()
        assert places_that_tell(db, referral, {"said": [plain.said]}) == []
        actions.warn(db, referral, row, plain, by=worker, at=MISSED_AT)
        assert row.status is Status.WARNED


def test_the_record_of_engagement_cannot_be_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        missed(db, build(db))
    for statement in ("UPDATE compliance_entry SET said = 'nothing'", "DELETE FROM compliance_entry"):
        with pytest.raises(DatabaseError), Session(engine) as db:
            db.execute(text(statement))


@pytest.mark.parametrize(
    ("outcome", "name", "status"),
    [
        (Outcome.YC, "report", Status.REPORTED),
        (Outcome.CR, "end_voluntary", Status.NOT_ENFORCED),
        (Outcome.O23, "return", Status.RETURNED),
    ],
)
def test_other_outcomes_end_in_their_own_way(
    engine: Engine, outcome: Outcome, name: str, status: Status
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = tried(db, world, outcome)
        row = matter(db, referral)
        command = c.Said(happened_on=DAY, said="He came to nothing, and gave no reason.")
        actions.end(db, referral, row, name, command, by=world.actor("case_manager"), at=MISSED_AT)
        assert row.status is status
        assert (row.over_at is None) == (status is Status.RETURNED)


def test_a_case_has_one_open_matter_at_a_time(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = missed(db, build(db))
        number, area = referral.id, DAY
    with pytest.raises(DatabaseError), transaction(engine) as db:
        db.add(Matter(referral_id=number, number=2, opened_on=area, changed_at=MISSED_AT))


def test_what_went_on_against_guidance_is_kept_with_its_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = missed(db, world)
        row, worker = matter(db, referral), world.actor("case_manager")
        final = warning(Level.FINAL)
        act = {"by": worker, "at": MISSED_AT}
        assert refused(lambda: actions.warn(db, referral, row, final, **act)) == {"first_before_final"}
        why = {"first_before_final": "He threatened the worker."}
        actions.warn(db, referral, row, final, overrides=why, **act)
        entry = db.exec(select(Entry).where(Entry.rung == Rung.WARNING)).one()
        assert entry.overridden == [["There has been no first warning yet.", "He threatened the worker."]]
