"""The alerts of deadlines: each once, on the list of whose turn it is, gone when it no longer applies."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.alerts import job
from panel.alerts.job import day_to_run, run
from panel.db import transaction
from panel.notifications.models import ALERTS, Digest, Mail, Notification, Why
from panel.referrals import actions, offences
from panel.referrals import commands as c
from panel.referrals.models import NEVER, Referral
from panel.referrals.queries import offences_of
from tests.panel.conftest import Visit
from tests.support.world import NOW, TODAY, World, accepted, draft, submitted
from workflows.roles import Role
from workflows.vocabulary import ModeOfTrial

DAY = timedelta(days=1)
DUE = date(2026, 12, 1)  # ten working days after the referral
NEAR = date(2026, 11, 27)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC)


def raise_for(engine: Engine, day: date) -> tuple[int, int]:
    return run(engine, day, at=morning(day))


def tasks(engine: Engine, *, done: bool = False) -> list[Notification]:
    """The alerts, open ones or all, in the order in which they were raised."""
    with Session(engine) as db:
        query = select(Notification).where(col(Notification.why).in_(ALERTS)).order_by(col(Notification.id))
        return [task for task in db.exec(query) if done or task.done_at is None]


def row(engine: Engine) -> Referral:
    with Session(engine) as db:
        return db.exec(select(Referral)).one()


def test_an_alert_comes_two_working_days_before_on_the_day_and_once_when_it_has_passed(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        accepted(db, world)
    counts = [raise_for(engine, TODAY + n * DAY)[0] for n in range(20)]
    raised = {TODAY + n * DAY: count for n, count in enumerate(counts) if count}
    assert raised == {NEAR: 1, DUE: 1, DUE + DAY: 1}
    found = tasks(engine, done=True)
    assert [task.why for task in found] == [Why.DEADLINE_NEAR, Why.DEADLINE_TODAY, Why.DEADLINE_LATE]
    assert [task.done_at is None for task in found] == [False, False, True]
    assert {(t.user_id, t.about, t.due_on) for t in found} == {
        (world.users["case_manager"], "Assessment due", DUE)
    }
    assert {task.mail for task in found} == {Mail.NOT_NEEDED}


def test_the_same_day_run_twice_and_days_that_were_missed_give_one_alert(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        accepted(db, world)
    late = DUE + 5 * DAY
    assert raise_for(engine, late) == (1, 1)
    assert raise_for(engine, late) == (0, 0)
    assert [task.why for task in tasks(engine)] == [Why.DEADLINE_LATE]


def test_two_runs_at_once_give_each_alert_once(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        for _ in range(12):
            accepted(db, world)
    threads = [Thread(target=raise_for, args=(engine, NEAR)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    raise_for(engine, NEAR)
    assert len(tasks(engine)) == 12
    with Session(engine) as db:
        assert [d.near for d in db.exec(select(Digest))] == [12]


def test_a_run_that_is_cut_off_is_finished_by_the_next_one_each_alert_once(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as db:
        for _ in range(10):
            accepted(db, world)
    monkeypatch.setattr(job, "BATCH", 4)
    real, seen = job._alert, []

    def dies(db: Session, case: job.Case, day: date, at: datetime) -> int:
        seen.append(case[0].id)
        if len(seen) == 7:
            raise KeyboardInterrupt  # as near to a kill as one process can show
        return real(db, case, day, at)

    monkeypatch.setattr(job, "_alert", dies)
    with pytest.raises(KeyboardInterrupt):
        raise_for(engine, NEAR)
    assert len(tasks(engine)) == 4
    monkeypatch.setattr(job, "_alert", real)
    assert raise_for(engine, NEAR) == (6, 1)
    assert len(tasks(engine, done=True)) == 10


def test_only_cases_that_are_due_are_read(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        accepted(db, world)
    raise_for(engine, TODAY)
    assert row(engine).alert_on == NEAR
    raise_for(engine, NEAR)
    assert row(engine).alert_on == DUE
    raise_for(engine, DUE + DAY)
    assert row(engine).alert_on == date(2028, 9, 4)  # six months before Robin turns 18


def test_an_alert_does_not_change_the_version_of_the_case(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        version = accepted(db, world).version
    raise_for(engine, NEAR)
    assert row(engine).version == version


def test_a_case_withdrawn_between_has_no_alert_and_what_was_open_is_finished(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        first, second = accepted(db, world).id, accepted(db, world).id
    raise_for(engine, NEAR)
    gone = c.WithReason(reason="The family has moved away.")
    with transaction(engine) as db:
        for number in (first, second):
            case = db.get_one(Referral, number)
            actions.withdraw(db, case, gone, by=world.actor("officer"), at=morning(NEAR))
    assert tasks(engine) == []
    assert raise_for(engine, DUE + DAY) == (0, 0)
    with Session(engine) as db:
        assert set(db.exec(select(Referral.alert_on))) == {NEVER}


def test_an_alert_moves_to_the_list_of_whose_turn_it_is_and_comes_back(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        case = submitted(db, world).id
    raise_for(engine, DUE + DAY)
    assert [task.role for task in tasks(engine)] == [Role.YOT_MANAGER]
    back = c.WithReason(reason="The interview record is missing.")
    late = morning(DUE + DAY)
    with transaction(engine) as db:
        actions.send_back(db, db.get_one(Referral, case), back, by=world.actor("manager"), at=late)
    assert tasks(engine) == []  # the assessment is not due from an officer
    with transaction(engine) as db:
        referral = db.get_one(Referral, case)
        actions.submit(db, referral, by=world.actor("officer"), at=NOW, overrides={})
        choice = c.Accept(case_manager_id=world.users["case_manager"])
        actions.accept(db, referral, choice, by=world.actor("manager"), at=NOW)
    raise_for(engine, DUE + 2 * DAY)
    (task,) = tasks(engine)
    assert (task.user_id, task.role) == (world.users["case_manager"], None)


def test_an_act_that_moves_a_deadline_finishes_the_alert_of_the_old_day(engine: Engine, world: World) -> None:
    summary = {"mode": ModeOfTrial.SUMMARY, "committed_on": date(2026, 6, 20)}
    with transaction(engine) as db:
        case = draft(db, world, offence=summary).id
    raise_for(engine, TODAY + DAY)
    (task,) = tasks(engine)
    assert (task.about, task.due_on) == ("Last day to prosecute", date(2026, 12, 20))
    assert task.user_id == world.users["officer"]
    with transaction(engine) as db:
        referral, officer = db.get_one(Referral, case), world.actor("officer")
        offence = offences_of(db, referral)[0]
        offences.remove_offence(db, referral, offence.id, by=officer, at=NOW + DAY)
    assert tasks(engine) == []


def test_the_birthday_is_announced_six_months_and_one_month_before_near_on_it_and_after(
    engine: Engine, world: World
) -> None:
    born = date(2009, 5, 17)
    with transaction(engine) as db:
        draft(db, world, child={"date_of_birth": born})
    days = [date(2026, 11, 16) + n * DAY for n in range(200)]
    raised = [day for day in days if raise_for(engine, day)[0]]
    assert raised == [
        date(2026, 11, 17),
        date(2027, 4, 17),
        date(2027, 5, 13),
        date(2027, 5, 17),
        date(2027, 5, 18),
    ]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-03-28T05:59:59+00:00", date(2026, 3, 27)),
        ("2026-03-28T06:00:00+00:00", date(2026, 3, 28)),
        ("2026-03-29T04:59:59+00:00", date(2026, 3, 28)),  # summer time began in the night
        ("2026-03-29T05:00:00+00:00", date(2026, 3, 29)),
        ("2026-10-24T05:00:00+00:00", date(2026, 10, 24)),
        ("2026-10-25T05:59:59+00:00", date(2026, 10, 24)),  # and ended
        ("2026-10-25T06:00:00+00:00", date(2026, 10, 25)),
        ("2026-06-30T23:30:00+00:00", date(2026, 6, 30)),
    ],
)
def test_the_day_begins_at_six_in_london_summer_and_winter(now: str, day: date) -> None:
    assert day_to_run(datetime.fromisoformat(now)) == day


def test_a_deadline_over_the_change_of_the_clocks_is_announced_on_the_right_days(
    engine: Engine, world: World
) -> None:
    sent = datetime(2026, 10, 15, 22, 30, tzinfo=UTC)  # 23:30 in London, still the 15th
    with transaction(engine) as db:
        referral = draft(db, world, at=sent, offence={"committed_on": date(2026, 10, 9)})
        actions.submit(db, referral, by=world.actor("officer"), at=sent, overrides={})
    days = [date(2026, 10, 16) + n * DAY for n in range(20)]
    assert [day for day in days if raise_for(engine, day)[0]] == [
        date(2026, 10, 27),
        date(2026, 10, 29),
        date(2026, 10, 30),
    ]


def test_everybody_gets_one_mail_a_day_while_something_is_near_or_late(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        accepted(db, world)
        accepted(db, world)
        submitted(db, world)
    assert raise_for(engine, TODAY) == (0, 0)
    assert raise_for(engine, NEAR) == (3, 3)
    assert raise_for(engine, NEAR) == (0, 0)
    assert raise_for(engine, DUE + DAY) == (3, 3)
    with Session(engine) as db:
        sent = {(d.user_id, d.day, d.near, d.late) for d in db.exec(select(Digest))}
    worker, managers = world.users["case_manager"], (world.users["manager"], world.users["chair"])
    assert sent == {
        (worker, NEAR, 2, 0),
        (worker, DUE + DAY, 0, 2),
        *((manager, NEAR, 1, 0) for manager in managers),
        *((manager, DUE + DAY, 0, 1) for manager in managers),
    }


def test_the_alert_is_on_the_task_list_in_words_and_leads_to_the_case(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        reference = accepted(db, world).reference
    raise_for(engine, NEAR)
    page = visit("case_manager").open("/tasks")
    assert "A deadline is near: Assessment due." in page.links
    assert page.links["A deadline is near: Assessment due."] == f"/cases/{reference}"


def test_home_counts_the_deadlines_that_are_near_and_late_and_opens_them(world: World, visit: Visit) -> None:
    page = visit("case_manager").open("/")
    assert any(words.startswith("0 Deadlines near and late") for words in page.links)
    listed = visit("case_manager").open("/cases?list=near")
    assert listed.heading == "Deadlines near and late"
