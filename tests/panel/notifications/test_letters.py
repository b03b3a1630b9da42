"""The reminder to an agency: what it says, and what each answer of the mail server leads to."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from config.settings import Settings
from panel.db import open_session, transaction
from panel.notifications.actions import WITHOUT_MAIL
from panel.notifications.channels import TryAgain
from panel.notifications.letters import Letter, deliver_letter, give_up_letter, post
from panel.notifications.models import Mail
from tests.panel.notifications.post_office import PostOffice
from tests.panel.notifications.world import AT, CANARIES, World, settings_with

AGENCY = "requests@agency.example.org"


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """One kind of database is enough."""
    return sqlite_engine


@pytest.fixture
def settings(engine: Engine, office: PostOffice, tmp_path: Path) -> Settings:
    """An installation that sends its mail to the post office."""
    return settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)


def letter(key: str = "one") -> Letter:
    """A reminder that is not queued yet."""
    return Letter(
        key=key,
        address=AGENCY,
        reference="NM-2026-0001",
        asked_on=date(2026, 2, 20),
        answer_by=date(2026, 3, 4),
        queued_at=AT,
    )


def posted(engine: Engine, key: str = "one") -> int:
    """The number of a committed letter."""
    with transaction(engine) as db:
        return post(db, letter(key)).id


def state(engine: Engine, number: int) -> tuple[Mail, int, int | None]:
    """Where a letter stands, after how many tries, and what the server said."""
    with open_session(engine, writing=False) as db:
        row = db.get_one(Letter, number)
        return row.mail, row.tries, row.reply_code


def test_a_reminder_names_the_case_and_two_days_and_nothing_else(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    number = posted(engine)
    deliver_letter(engine, settings, number)
    deliver_letter(engine, settings, number)
    [mail] = office.mails_to(AGENCY)
    assert mail["Subject"] == f"Please answer our request: {world.reference}"
    assert mail["Message-ID"] == f"<letter-{number}@panel.example.org>"
    text = mail.get_content()
    assert "Asked on: 20 February 2026" in text
    assert "Please answer by: 4 March 2026" in text
    assert [canary for canary in CANARIES if canary.lower() in mail.as_string().lower()] == []
    assert state(engine, number) == (Mail.SENT, 1, None)


def test_the_same_key_again_is_the_same_letter(engine: Engine, world: World) -> None:
    assert posted(engine) == posted(engine)
    assert posted(engine, "two") != posted(engine)


def test_a_busy_server_is_tried_again_and_a_refusal_is_final(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    number = posted(engine)
    office.answers[AGENCY] = ["451 Busy", "550 Unknown"]
    with pytest.raises(TryAgain, match="451"):
        deliver_letter(engine, settings, number)
    assert state(engine, number) == (Mail.QUEUED, 1, None)
    deliver_letter(engine, settings, number)
    assert state(engine, number) == (Mail.FAILED, 2, 550)
    deliver_letter(engine, settings, number)
    assert office.attempts[AGENCY] == 2


def test_a_letter_is_given_up_only_while_it_waits(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    first, second = posted(engine), posted(engine, "two")
    deliver_letter(engine, settings, first)
    for number in (first, second, 999_999):
        give_up_letter(engine, number)
    assert state(engine, first)[0] is Mail.SENT
    assert state(engine, second)[0] is Mail.FAILED


def test_without_a_mail_server_or_in_a_past_no_mail_is_needed(
    engine: Engine, world: World, tmp_path: Path
) -> None:
    none = Settings.from_environment(
        {"SECRET_KEY": "only for tests, never for an installation", "DATA_DIR": str(tmp_path)}
    )
    number = posted(engine)
    deliver_letter(engine, none, number)
    assert state(engine, number) == (Mail.NOT_NEEDED, 0, None)
    with Session(engine) as db:
        db.info[WITHOUT_MAIL] = True
        assert post(db, letter("past")).mail is Mail.NOT_NEEDED
