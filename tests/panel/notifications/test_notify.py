"""GOV.UK Notify as the channel: its own client against a server that speaks its API."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.settings import Settings
from panel import clock
from panel.access import Actor
from panel.db import transaction
from panel.notifications.actions import notify as put
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import deliver
from panel.notifications.dispatch_models import Dispatch, Stage, Trouble
from panel.notifications.models import Mail, Notification, Why
from panel.notifications.polling import ask_notify
from panel.telling.actions import send_again
from tests.panel.notifications.world import CANARIES, World, mail_settings
from tests.support.notify_server import API_KEY, TEMPLATE, Notify, open_notify
from workflows.roles import Role

OFFICER = "officer@example.org"


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """One kind of database is enough: the worker's own tests deliver on both."""
    return sqlite_engine


@pytest.fixture
def notify() -> Iterator[Notify]:
    """The server."""
    with open_notify() as server:
        yield server


def settings_of(notify: Notify, folder: Path, **more: str) -> Settings:
    keys = {
        "MAIL_CHANNEL": "notify",
        "NOTIFY_API_KEY": API_KEY,
        "NOTIFY_TEMPLATE_ID": TEMPLATE,
        "NOTIFY_URL": notify.url,
    }
    return Settings.from_environment(mail_settings("sqlite:///unused.db", 9, folder) | keys | more)


@pytest.fixture
def settings(notify: Notify, tmp_path: Path) -> Settings:
    """An installation that sends by Notify."""
    return settings_of(notify, tmp_path)


def task(engine: Engine, world: World, why: Why = Why.REFERRAL_SENT) -> int:
    with transaction(engine) as db:
        return put(
            db,
            why=why,
            area_id=world.area_id,
            referral_id=world.referral_id,
            key="one",
            at=clock.now(),
            to_user=world.officer_id,
        ).id


def state(engine: Engine) -> tuple[Mail, Stage, Trouble | None]:
    with Session(engine) as db:
        row, dispatch = db.exec(select(Notification)).one(), db.exec(select(Dispatch)).one()
        return row.mail, dispatch.stage, dispatch.trouble


def again(engine: Engine, world: World) -> None:
    """A person says that a mail goes once more."""
    officer = Actor(world.officer_id, "Ottoline Inkpen", ((world.area_id, Role.OFFICER),), {})
    with transaction(engine) as db:
        send_again(db, db.exec(select(Dispatch)).one(), by=officer, at=clock.now())


def test_a_mail_by_notify_says_reference_and_link_and_nothing_else(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    number = task(engine, world)
    deliver(engine, settings, number)
    [mail] = notify.sent_to(OFFICER)
    assert mail["reference"] == f"<notification-{number}-{world.officer_id}@panel.example.org>"
    assert set(mail["personalisation"]) == {"subject", "body"}
    assert "https://panel.example.org/cases/NM-2026-0001" in mail["personalisation"]["body"]
    everything = str(mail).lower()
    assert [canary for canary in CANARIES if canary.lower() in everything] == []
    assert state(engine) == (Mail.SENT, Stage.SENT, None)


@pytest.mark.parametrize(
    ("status", "mail", "stage"),
    [
        ("created", Mail.SENT, Stage.SENT),
        ("sending", Mail.SENT, Stage.SENT),
        ("delivered", Mail.DELIVERED, Stage.DELIVERED),
        ("permanent-failure", Mail.FAILED, Stage.FAILED),
        ("temporary-failure", Mail.FAILED, Stage.FAILED),
        ("technical-failure", Mail.FAILED, Stage.FAILED),
    ],
)
def test_delivered_is_what_notify_says_and_not_what_we_hope(
    engine: Engine, world: World, notify: Notify, settings: Settings, status: str, mail: Mail, stage: Stage
) -> None:
    deliver(engine, settings, task(engine, world))
    notify.settle(notify.taken[0]["reference"], status)
    assert ask_notify(engine, settings, at=clock.now()) == (stage is not Stage.SENT)
    assert state(engine)[:2] == (mail, stage)
    assert ask_notify(engine, settings, at=clock.now() + timedelta(days=5)) == 0


@pytest.mark.parametrize(("code", "trouble"), [(403, Trouble.SHUT), (429, Trouble.BUSY)])
def test_a_wrong_key_and_too_many_requests_wait_and_nobodys_address_is_told(
    engine: Engine,
    world: World,
    notify: Notify,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    code: int,
    trouble: Trouble,
) -> None:
    number = task(engine, world, Why.DISPOSAL_GIVEN)
    notify.answers = [code]
    with caplog.at_level(logging.DEBUG), pytest.raises(TryAgain, match=str(code)):
        deliver(engine, settings, number)
    assert state(engine) == (Mail.QUEUED, Stage.WAITING, trouble)
    assert OFFICER not in caplog.text
    deliver(engine, settings, number)
    assert state(engine)[0] is Mail.SENT
    assert len(notify.taken) == 1


def test_a_wrong_template_is_final_and_visible(
    engine: Engine, world: World, notify: Notify, tmp_path: Path
) -> None:
    deliver(engine, settings_of(notify, tmp_path, NOTIFY_TEMPLATE_ID="other"), task(engine, world))
    assert state(engine) == (Mail.FAILED, Stage.FAILED, Trouble.REFUSED)
    assert notify.taken == []


def test_a_key_that_notify_does_not_know_waits_for_its_operator(
    engine: Engine, world: World, notify: Notify, tmp_path: Path
) -> None:
    wrong = API_KEY[:-1] + "0"
    with pytest.raises(TryAgain, match="403"):
        deliver(engine, settings_of(notify, tmp_path, NOTIFY_API_KEY=wrong), task(engine, world))
    assert state(engine) == (Mail.QUEUED, Stage.WAITING, Trouble.SHUT)


def test_after_a_500_a_resend_kind_goes_once_more(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    number = task(engine, world)
    notify.answers = [500]
    with pytest.raises(TryAgain):
        deliver(engine, settings, number)
    deliver(engine, settings, number)
    assert len(notify.taken) == 1
    assert state(engine)[0] is Mail.SENT


def test_what_notify_took_although_its_answer_was_lost_is_not_sent_again(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    number = task(engine, world)
    notify.drops = 1
    with pytest.raises(TryAgain):
        deliver(engine, settings, number)
    deliver(engine, settings, number)
    assert len(notify.taken) == 1
    assert state(engine)[0] is Mail.SENT


def test_a_hold_kind_in_doubt_is_cleared_up_by_asking_notify(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    number = task(engine, world, Why.DISPOSAL_GIVEN)
    notify.drops = 1
    deliver(engine, settings, number)
    assert state(engine) == (Mail.UNCERTAIN, Stage.UNCERTAIN, Trouble.BROKEN_OFF)
    notify.settle(notify.taken[0]["reference"], "delivered")
    assert ask_notify(engine, settings, at=clock.now()) == 1
    assert state(engine) == (Mail.DELIVERED, Stage.DELIVERED, None)
    assert len(notify.taken) == 1


def test_what_notify_gave_up_is_sent_anew_when_a_person_says_so(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    number = task(engine, world, Why.DISPOSAL_GIVEN)
    deliver(engine, settings, number)
    notify.settle(notify.taken[0]["reference"], "permanent-failure")
    ask_notify(engine, settings, at=clock.now())
    assert state(engine)[0] is Mail.FAILED
    again(engine, world)
    deliver(engine, settings, number)
    assert len(notify.taken) == 2
    assert state(engine) == (Mail.SENT, Stage.SENT, None)


def test_a_mail_sent_anew_is_asked_about_under_its_new_number_even_when_the_answer_was_lost(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    """The old number says for ever that the first try failed; nobody is to read that of the second."""
    number = task(engine, world, Why.DISPOSAL_GIVEN)
    deliver(engine, settings, number)
    notify.settle(notify.taken[0]["reference"], "permanent-failure")
    ask_notify(engine, settings, at=clock.now())
    again(engine, world)
    notify.drops = 1
    deliver(engine, settings, number)
    assert state(engine) == (Mail.UNCERTAIN, Stage.UNCERTAIN, Trouble.BROKEN_OFF)
    notify.taken[-1]["status"] = "delivered"
    assert ask_notify(engine, settings, at=clock.now()) == 1
    assert state(engine) == (Mail.DELIVERED, Stage.DELIVERED, None)
    assert len(notify.taken) == 2


def test_what_notify_never_took_stays_in_doubt_for_a_person(
    engine: Engine, world: World, notify: Notify, settings: Settings
) -> None:
    number = task(engine, world, Why.DISPOSAL_GIVEN)
    notify.answers = [500]
    deliver(engine, settings, number)
    assert ask_notify(engine, settings, at=clock.now()) == 0
    assert state(engine)[1] is Stage.UNCERTAIN


def test_without_a_server_the_mail_waits(
    engine: Engine, world: World, notify: Notify, tmp_path: Path
) -> None:
    nobody = settings_of(notify, tmp_path, NOTIFY_URL="http://127.0.0.1:9")
    with pytest.raises(TryAgain):
        deliver(engine, nobody, task(engine, world, Why.DISPOSAL_GIVEN))
    assert state(engine) == (Mail.QUEUED, Stage.WAITING, Trouble.AWAY)
