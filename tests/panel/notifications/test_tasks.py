"""A task is on the right lists, exactly once, together with the act that caused it."""

import subprocess
import sys
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from panel.db import open_session, transaction
from panel.notifications.actions import finish, finish_for_case, notify
from panel.notifications.models import Mail, Notification, Why
from panel.notifications.queries import count_open, open_tasks
from panel.notifications.words import WORDS
from tests.panel.notifications.world import AT, CANARIES, World, actor, add_person, tell
from workflows.roles import Role


def jobs_in(engine: Engine) -> list[str]:
    """The keys of all queued jobs."""
    table = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
    with open_session(engine, writing=False) as db:
        return [
            row[0] for row in db.connection().execute(text(f"SELECT workflow_uuid FROM {table} ORDER BY 1"))
        ]


def fail(_task: Notification) -> None:
    """Whatever may go wrong in a request after the task was put on the list."""
    raise RuntimeError("after the task")


def all_tasks(engine: Engine) -> list[Notification]:
    """Every task, in order."""
    with open_session(engine, writing=False) as db:
        return list(db.exec(select(Notification).order_by(col(Notification.id))))


def test_a_committed_task_has_exactly_one_job_that_names_only_its_row(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        task = tell(db, world, "one", user=world.officer_id)
    assert task.mail is Mail.QUEUED
    assert jobs_in(engine) == ["mail:one"]
    table = "workflow_input" if engine.dialect.name == "sqlite" else "dbos.workflow_input"
    with open_session(engine, writing=False) as db:
        content = db.connection().execute(text(f"SELECT inputs FROM {table}")).scalar_one()
    assert content == f'{{"namedArgs":{{}},"positionalArgs":[{task.id}]}}'


def test_the_same_key_again_gives_the_first_task_and_no_second_job(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        first = tell(db, world, "one", user=world.officer_id)
        again = tell(db, world, "one", role=Role.YOT_MANAGER)
    with transaction(engine) as db:
        later = tell(db, world, "one", user=world.officer_id)
    assert first.id == again.id == later.id
    assert len(all_tasks(engine)) == 1
    assert jobs_in(engine) == ["mail:one"]


def test_two_at_once_with_one_key_leave_one_task_and_one_job(engine: Engine, world: World) -> None:
    together, troubles = Barrier(2), []

    def act() -> None:
        try:
            together.wait(5)
            with transaction(engine) as db:
                tell(db, world, "one", user=world.officer_id)
        except Exception as error:
            troubles.append(error)

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert troubles == []
    assert len(all_tasks(engine)) == 1
    assert jobs_in(engine) == ["mail:one"]


def test_a_rolled_back_act_leaves_neither_task_nor_job(engine: Engine, world: World) -> None:
    with pytest.raises(RuntimeError), transaction(engine) as db:
        fail(tell(db, world, "one", user=world.officer_id))
    assert all_tasks(engine) == []
    assert jobs_in(engine) == []


def test_a_task_goes_to_one_person_or_to_one_role(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        with pytest.raises(ValueError, match="one person or to one role"):
            tell(db, world, "neither")
        with pytest.raises(ValueError, match="one person or to one role"):
            tell(db, world, "both", user=world.officer_id, role=Role.OFFICER)


def test_a_wrong_row_number_is_not_taken_for_a_used_key(engine: Engine, world: World) -> None:
    with pytest.raises(IntegrityError), transaction(engine) as db:
        tell(db, world, "one", user=999_999)


def test_every_kind_of_notification_has_its_sentence() -> None:
    assert set(WORDS) == set(Why)
    for sentence in WORDS.values():
        assert sentence.endswith(".")
        assert len(sentence) < 80
        assert not any(canary.lower() in sentence.lower() for canary in CANARIES)


class TestLists:
    """Who sees which task."""

    def test_a_task_for_a_role_is_on_the_list_of_its_holders_in_that_area_only(
        self, engine: Engine, world: World
    ) -> None:
        with transaction(engine) as db:
            tell(db, world, "role", role=Role.YOT_MANAGER)
            here = actor(1000, (world.area_id, Role.YOT_MANAGER))
            elsewhere = actor(
                1001, (world.other_area_id, Role.YOT_MANAGER), (world.area_id, Role.CASE_MANAGER)
            )
            nobody = actor(1002)
            assert [task.sentence for task in open_tasks(db, here)] == [WORDS[Why.REFERRAL_SENT]]
            assert open_tasks(db, here)[0].reference == world.reference
            assert [count_open(db, who) for who in (here, elsewhere, nobody)] == [1, 0, 0]

    def test_a_task_for_a_person_is_on_nobody_elses_list(self, engine: Engine, world: World) -> None:
        with transaction(engine) as db:
            tell(db, world, "mine", user=world.officer_id)
            colleague = add_person(db, "colleague@example.org", Role.OFFICER, world.area_id)
            in_area = (world.area_id, Role.OFFICER)
            assert count_open(db, actor(world.officer_id, in_area)) == 1
            assert count_open(db, actor(colleague, in_area)) == 0

    def test_who_has_left_the_area_has_no_tasks_there(self, engine: Engine, world: World) -> None:
        with transaction(engine) as db:
            tell(db, world, "mine", user=world.officer_id)
            assert open_tasks(db, actor(world.officer_id, (world.other_area_id, Role.OFFICER))) == []

    def test_the_earliest_due_day_comes_first_and_the_rest_newest_first(
        self, engine: Engine, world: World
    ) -> None:
        with transaction(engine) as db:
            for number, (due, minutes) in enumerate(
                [(None, 1), (date(2026, 3, 9), 2), (date(2026, 3, 4), 3), (None, 4)]
            ):
                notify(
                    db,
                    why=Why.CASE_LISTED,
                    area_id=world.area_id,
                    referral_id=world.referral_id,
                    key=f"k{number}",
                    at=AT + timedelta(minutes=minutes),
                    to_user=world.officer_id,
                    due_on=due,
                )
            me = actor(world.officer_id, (world.area_id, Role.OFFICER))
            tasks = open_tasks(db, me)
            assert [task.due_on for task in tasks] == [date(2026, 3, 4), date(2026, 3, 9), None, None]
            assert [task.queued_at.minute for task in tasks] == [3, 2, 4, 1]
            assert len(open_tasks(db, me, limit=2)) == 2
            assert count_open(db, me) == 4

    def test_a_list_takes_one_query(self, engine: Engine, world: World) -> None:
        with transaction(engine) as db:
            for number in range(5):
                tell(db, world, f"k{number}", user=world.officer_id)
        asked: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
        with open_session(engine, writing=False) as db:
            tasks = open_tasks(db, actor(world.officer_id, (world.area_id, Role.OFFICER)))
        assert len(tasks) == 5
        assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


class TestFinishing:
    """A task leaves the list with the work that it asked for."""

    def open_keys(self, db: Session) -> set[str]:
        """The keys of what is still open."""
        return set(db.exec(select(Notification.key).where(col(Notification.done_at).is_(None))))

    def test_one_person_finishes_the_task_of_all(self, engine: Engine, world: World) -> None:
        with transaction(engine) as db:
            tell(db, world, "role", role=Role.YOT_MANAGER)
            tell(db, world, "person", user=world.officer_id)
            notify(
                db,
                why=Why.CASE_LISTED,
                area_id=world.area_id,
                referral_id=world.referral_id,
                key="other",
                at=AT,
                to_role=Role.YOT_MANAGER,
            )
            by = actor(world.officer_id, (world.area_id, Role.OFFICER))
            finish_for_case(db, world.referral_id, {Why.REFERRAL_SENT}, by=by, at=AT + timedelta(hours=1))
        with open_session(engine, writing=False) as db:
            assert self.open_keys(db) == {"other"}
        done = {task.key: (task.done_at, task.done_by_id) for task in all_tasks(engine) if task.done_at}
        assert done == dict.fromkeys(("role", "person"), (AT + timedelta(hours=1), world.officer_id))

    def test_who_was_first_stays_the_one_who_did_it(self, engine: Engine, world: World) -> None:
        with transaction(engine) as db:
            task = tell(db, world, "one", user=world.officer_id)
            finish(db, task, by=actor(world.officer_id), at=AT)
            finish(db, task, by=actor(world.officer_id + 1), at=AT + timedelta(hours=1))
        assert [(task.done_at, task.done_by_id) for task in all_tasks(engine)] == [(AT, world.officer_id)]


def test_a_web_process_starts_without_the_job_and_mail_libraries() -> None:
    heavy = "{'dbos', 'smtplib', 'aiosmtpd'}"
    ours = "panel.notifications.actions, panel.notifications.deliver, panel.run.worker, panel.run.mailbox"
    program = f"import sys, {ours}; print({heavy} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "set()\n"
