"""The nudge by mail: who gets one, what it says, and what each answer of the mail server leads to."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config.settings import Settings
from panel.db import open_session, transaction
from panel.notifications.actions import finish, notify
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import deliver, give_up
from panel.notifications.dispatch_models import Dispatch, Stage
from panel.notifications.models import Mail, Notification, Why
from panel.notifications.words import WORDS
from tests.panel.notifications.post_office import PostOffice
from tests.panel.notifications.world import (
    AT,
    CANARIES,
    World,
    actor,
    add_person,
    build,
    settings_with,
    tell,
)
from workflows.roles import Role

OFFICER = "officer@example.org"
MANAGERS = ("first@example.org", "second@example.org", "third@example.org")


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """One kind of database is enough: the worker's own tests deliver on both."""
    return sqlite_engine


@pytest.fixture
def settings(engine: Engine, office: PostOffice, tmp_path: Path) -> Settings:
    """An installation that sends its mail to the post office."""
    return settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)


def task_for(engine: Engine, world: World, *, user: int | None = None, role: Role | None = None) -> int:
    """The number of a committed task."""
    with transaction(engine) as db:
        return tell(db, world, "one", user=user, role=role).id


def three_managers(db: Session, world: World) -> None:
    """Three people who hold the role in the area."""
    for address in MANAGERS:
        add_person(db, address, Role.YOT_MANAGER, world.area_id)


def state(engine: Engine, task: int) -> tuple[Mail, int, bool]:
    """Where the mail stands, after how many tries, and whether a time of sending is kept."""
    with open_session(engine, writing=False) as db:
        row = db.get_one(Notification, task)
        return row.mail, row.tries, row.sent_at is not None


def test_a_mail_says_what_waits_and_where_and_nothing_else(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    task = task_for(engine, world, user=world.officer_id)
    deliver(engine, settings, task)
    [mail] = office.mails_to(OFFICER)
    assert mail["Subject"] == "A task is waiting: NM-2026-0001"
    assert mail["To"] == OFFICER
    assert mail["From"] == "panel@example.org"
    assert mail["Message-ID"] == f"<notification-{task}-{world.officer_id}@panel.example.org>"
    assert mail["Date"].datetime == AT
    assert mail.get_content_type() == "text/plain"
    lines = mail.get_content().splitlines()
    assert lines[0] == WORDS[Why.REFERRAL_SENT]
    assert "Open it: https://panel.example.org/cases/NM-2026-0001" in lines
    assert state(engine, task) == (Mail.SENT, 1, True)


@pytest.mark.parametrize("why", list(Why))
def test_no_mail_of_any_kind_holds_personal_data(
    sqlite_engine: Engine, office: PostOffice, tmp_path: Path, why: Why
) -> None:
    world = build(sqlite_engine)
    with transaction(sqlite_engine) as db:
        task = notify(
            db,
            why=why,
            area_id=world.area_id,
            referral_id=world.referral_id,
            key="one",
            at=AT,
            to_user=world.officer_id,
            due_on=date(2026, 3, 9),
        )
    deliver(sqlite_engine, settings_with(str(sqlite_engine.url), office.port, tmp_path), task.id)
    [mail] = office.mails_to(OFFICER)
    everything = mail.as_string().lower()
    assert [canary for canary in CANARIES if canary.lower() in everything] == []


def test_everyone_with_the_role_gets_a_mail_of_their_own(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    with transaction(engine) as db:
        three_managers(db, world)
        add_person(db, "elsewhere@example.org", Role.YOT_MANAGER, world.other_area_id)
        add_person(db, "other-role@example.org", Role.CASE_MANAGER, world.area_id)
        add_person(db, "left@example.org", Role.YOT_MANAGER, world.area_id, ends_on=date(2020, 1, 1))
        add_person(db, "closed@example.org", Role.YOT_MANAGER, world.area_id, closed=True)
    deliver(engine, settings, task_for(engine, world, role=Role.YOT_MANAGER))
    assert sorted(to for to, _ in office.taken) == [[address] for address in MANAGERS]
    assert all([mail["To"], mail["Cc"], mail["Bcc"]] == [*to, None, None] for to, mail in office.taken)
    assert len({mail["Message-ID"] for _, mail in office.taken}) == 3


def test_a_second_run_sends_nothing_more(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    task = task_for(engine, world, user=world.officer_id)
    deliver(engine, settings, task)
    deliver(engine, settings, task)
    assert len(office.taken) == 1


def test_a_busy_server_is_tried_again_and_who_has_the_mail_gets_no_second_one(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    with transaction(engine) as db:
        three_managers(db, world)
    task = task_for(engine, world, role=Role.YOT_MANAGER)
    office.answers[MANAGERS[1]] = ["451 Busy", "421 Busy"]
    for tries in (1, 2):
        with pytest.raises(TryAgain, match=r"^the mail server said 4[25]1$"):
            deliver(engine, settings, task)
        assert state(engine, task) == (Mail.QUEUED, tries, False)
    deliver(engine, settings, task)
    assert sorted(to for to, _ in office.taken) == [[address] for address in MANAGERS]
    assert state(engine, task) == (Mail.SENT, 3, True)


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    with transaction(engine) as db:
        three_managers(db, world)
    task = task_for(engine, world, role=Role.YOT_MANAGER)
    office.answers[MANAGERS[0]] = ["550 Unknown"]
    office.answers[MANAGERS[1]] = ["451 Busy"]
    with pytest.raises(TryAgain):
        deliver(engine, settings, task)
    deliver(engine, settings, task)
    assert office.attempts[MANAGERS[0]] == 1
    assert sorted(to for to, _ in office.taken) == [[MANAGERS[1]], [MANAGERS[2]]]
    assert state(engine, task) == (Mail.FAILED, 2, True)
    with open_session(engine, writing=False) as db:
        copies = db.exec(select(Dispatch).order_by(col(Dispatch.user_id))).all()
    assert [(copy.reply_code, copy.sent_at is None, copy.stage) for copy in copies] == [
        (550, True, Stage.FAILED),
        (None, False, Stage.SENT),
        (None, False, Stage.SENT),
    ]


def test_a_server_that_is_away_is_tried_again_and_nobodys_address_is_in_the_reason(
    engine: Engine, world: World, settings: Settings, office: PostOffice, tmp_path: Path
) -> None:
    task = task_for(engine, world, user=world.officer_id)
    nobody_listens = settings_with(settings.database_url, 9, tmp_path)
    with pytest.raises(TryAgain) as trouble:
        deliver(engine, nobody_listens, task)
    office.answers[OFFICER] = [f"451 <{OFFICER}> is busy"]
    with pytest.raises(TryAgain) as other:
        deliver(engine, settings, task)
    assert "example.org" not in f"{trouble.value}{other.value}"
    assert state(engine, task) == (Mail.QUEUED, 2, False)


def test_a_mail_that_never_went_is_marked_as_failed_in_the_end(
    engine: Engine, world: World, settings: Settings
) -> None:
    task = task_for(engine, world, user=world.officer_id)
    give_up(engine, task)
    assert state(engine, task) == (Mail.FAILED, 0, False)
    deliver(engine, settings, task)
    assert state(engine, task) == (Mail.FAILED, 0, False)


def test_giving_up_does_not_undo_a_mail_that_went(engine: Engine, world: World, settings: Settings) -> None:
    task = task_for(engine, world, user=world.officer_id)
    deliver(engine, settings, task)
    give_up(engine, task)
    assert state(engine, task)[0] is Mail.SENT


def test_without_a_mail_server_no_mail_is_needed(engine: Engine, world: World, tmp_path: Path) -> None:
    task = task_for(engine, world, user=world.officer_id)
    none = Settings.from_environment(
        {"SECRET_KEY": "only for tests, never for an installation", "DATA_DIR": str(tmp_path)}
    )
    deliver(engine, none, task)
    assert state(engine, task) == (Mail.NOT_NEEDED, 0, False)


def test_nobody_is_sent_to_a_task_that_is_done(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    with transaction(engine) as db:
        task = tell(db, world, "one", user=world.officer_id)
        finish(db, task, by=actor(world.officer_id), at=AT + timedelta(minutes=1))
    deliver(engine, settings, task.id)
    assert office.taken == []
    assert state(engine, task.id) == (Mail.NOT_NEEDED, 0, False)


def test_a_task_that_reaches_nobody_by_mail_is_marked_as_failed(
    engine: Engine, world: World, settings: Settings
) -> None:
    task = task_for(engine, world, role=Role.VICTIM_WORKER)
    deliver(engine, settings, task)
    assert state(engine, task) == (Mail.FAILED, 1, False)


def test_a_task_whose_row_was_erased_ends_quietly(engine: Engine, world: World, settings: Settings) -> None:
    deliver(engine, settings, 999_999)
    give_up(engine, 999_999)
