"""The daily mail about deadlines: counts and a link, once a day, with nobody's data in it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from panel.accounts.models import User
from panel.db import open_session, transaction
from panel.notifications.channels import TryAgain
from panel.notifications.deliver_counts import deliver_digest, give_up_digest, in_words
from panel.notifications.models import Digest, Mail
from tests.panel.notifications.post_office import PostOffice
from tests.panel.notifications.world import AT, CANARIES, World, build, settings_with

OFFICER = "officer@example.org"


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """One kind of database is enough: the worker's own tests deliver on both."""
    return sqlite_engine


@pytest.fixture
def settings(engine: Engine, office: PostOffice, tmp_path: Path) -> Settings:
    """An installation that sends its mail to the post office."""
    return settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)


@pytest.fixture
def digest(engine: Engine, world: World) -> int:
    """The mail of one officer with three deadlines near and one late."""
    with transaction(engine) as db:
        row = Digest(user_id=world.officer_id, day=date(2026, 3, 2), near=3, late=1, queued_at=AT)
        db.add(row)
        db.flush()
        return row.id


@pytest.fixture
def world(engine: Engine) -> World:
    """One case in one area."""
    return build(engine)


def state(engine: Engine, number: int) -> tuple[Mail, int, bool]:
    """Where it stands, after how many tries, and whether a time of sending is kept."""
    with open_session(engine, writing=False) as db:
        row = db.get_one(Digest, number)
        return row.mail, row.tries, row.sent_at is not None


def test_it_says_how_many_and_where_and_nothing_else(
    engine: Engine, settings: Settings, office: PostOffice, digest: int
) -> None:
    deliver_digest(engine, settings, digest)
    deliver_digest(engine, settings, digest)
    (mail,) = office.mails_to(OFFICER)
    assert mail["Subject"] == "Your deadlines: 3 deadlines near, 1 late"
    text = mail.get_content()
    assert "https://panel.example.org/tasks" in text
    assert not [word for word in (*CANARIES, "NM-2026") if word in str(mail)]
    assert state(engine, digest) == (Mail.SENT, 1, True)


def test_a_busy_server_gets_it_later_with_the_same_message_id(
    engine: Engine, settings: Settings, office: PostOffice, digest: int
) -> None:
    office.answers[OFFICER] = ["451 Busy"]
    with pytest.raises(TryAgain):
        deliver_digest(engine, settings, digest)
    assert state(engine, digest) == (Mail.QUEUED, 1, False)
    deliver_digest(engine, settings, digest)
    (mail,) = office.mails_to(OFFICER)
    assert mail["Message-ID"] == "<deadlines-2026-03-02-1@panel.example.org>"
    assert state(engine, digest) == (Mail.SENT, 2, True)


def test_a_refused_address_is_marked_and_left_alone(
    engine: Engine, settings: Settings, office: PostOffice, digest: int
) -> None:
    office.answers[OFFICER] = ["550 Unknown"]
    deliver_digest(engine, settings, digest)
    deliver_digest(engine, settings, digest)
    assert state(engine, digest) == (Mail.FAILED, 1, False)
    assert office.attempts[OFFICER] == 1


def test_a_closed_account_gets_nothing(
    engine: Engine, settings: Settings, office: PostOffice, digest: int, world: World
) -> None:
    with transaction(engine) as db:
        db.get_one(User, world.officer_id).disabled_at = AT
    deliver_digest(engine, settings, digest)
    assert office.taken == []
    assert state(engine, digest) == (Mail.NOT_NEEDED, 0, False)


def test_after_the_last_try_it_is_marked_as_failed(engine: Engine, digest: int) -> None:
    give_up_digest(engine, digest)
    assert state(engine, digest)[0] is Mail.FAILED


@pytest.mark.parametrize(
    ("near", "late", "words"),
    [
        (1, 0, "1 deadline near"),
        (3, 0, "3 deadlines near"),
        (3, 1, "3 deadlines near, 1 late"),
        (0, 1, "1 deadline late"),
        (0, 2, "2 deadlines late"),
    ],
)
def test_it_counts_in_words(near: int, late: int, words: str) -> None:
    assert in_words(near, late) == words
