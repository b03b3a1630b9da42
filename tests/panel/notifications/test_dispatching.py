"""What is known of a mail at each moment: claim, fence, hold and resend, and what people decide."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.settings import Settings
from panel.db import transaction
from panel.notifications import channels, dispatching
from panel.notifications.actions import notify
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import deliver, give_up
from panel.notifications.dispatch_models import Dispatch, Stage, Trouble
from panel.notifications.models import Mail, Notification, Party, Why
from panel.notifications.sending import seconds_to_wait
from panel.notifications.wishes import set_wish
from tests.panel.notifications.post_office import PostOffice
from tests.panel.notifications.world import AT, CANARIES, World, settings_with
from tests.support.databases import open_engine

HOLD, RESEND = Why.DISPOSAL_GIVEN, Why.REFERRAL_SENT
OFFICER = "officer@example.org"


class Killed(BaseException):
    """The worker ends here, as if by SIGKILL."""


@pytest.fixture
def settings(engine: Engine, office: PostOffice, tmp_path: Path) -> Settings:
    """An installation that sends its mail to the post office."""
    return settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)


def task(engine: Engine, world: World, why: Why, *, party: Party | None = None) -> int:
    with transaction(engine) as db:
        return notify(
            db,
            why=why,
            area_id=world.area_id,
            referral_id=world.referral_id,
            key="one",
            at=AT,
            to_user=None if party else world.officer_id,
            to_party=party,
        ).id


def state(engine: Engine) -> tuple[Mail, Stage, int]:
    with Session(engine) as db:
        row, dispatch = db.exec(select(Notification)).one(), db.exec(select(Dispatch)).one()
        return row.mail, dispatch.stage, dispatch.tries


def killed_after_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker end between the server's 250 and our mark."""

    def settle(*_: object, **__: object) -> None:
        raise Killed()

    monkeypatch.setattr(dispatching, "_settle", settle)


def test_a_kill_between_the_answer_and_the_mark_leaves_a_hold_kind_uncertain_and_sends_nothing_more(
    engine: Engine, world: World, office: PostOffice, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = task(engine, world, HOLD)
    with monkeypatch.context() as patched:
        killed_after_the_answer(patched)
        with pytest.raises(Killed):
            deliver(engine, settings, number)
    assert state(engine)[1] is Stage.HANDING
    deliver(engine, settings, number)
    deliver(engine, settings, number)
    assert len(office.taken) == 1
    assert state(engine) == (Mail.UNCERTAIN, Stage.UNCERTAIN, 1)


def test_the_same_kill_sends_a_resend_kind_once_more_with_the_same_message_id(
    engine: Engine, world: World, office: PostOffice, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = task(engine, world, RESEND)
    with monkeypatch.context() as patched:
        killed_after_the_answer(patched)
        with pytest.raises(Killed):
            deliver(engine, settings, number)
    deliver(engine, settings, number)
    ids = [mail["Message-ID"] for mail in office.mails_to(OFFICER)]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert state(engine) == (Mail.SENT, Stage.SENT, 2)


@pytest.mark.parametrize("why", [HOLD, RESEND])
def test_a_kill_before_the_text_leaves_loses_nothing_and_doubles_nothing(
    engine: Engine,
    world: World,
    office: PostOffice,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    why: Why,
) -> None:
    number = task(engine, world, why)
    with monkeypatch.context() as patched:

        def hand_over(*_: object) -> None:
            raise Killed()

        patched.setattr(dispatching, "_hand_over", hand_over)
        with pytest.raises(Killed):
            deliver(engine, settings, number)
    deliver(engine, settings, number)
    assert len(office.taken) == 1
    assert state(engine) == (Mail.SENT, Stage.SENT, 2)


@pytest.mark.parametrize("why", [HOLD, RESEND])
def test_a_paused_worker_that_wakes_up_after_another_took_over_sends_nothing(
    engine: Engine,
    world: World,
    office: PostOffice,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    why: Why,
) -> None:
    number = task(engine, world, why)
    before, paused, go_on = dispatching._hand_over, threading.Event(), threading.Event()

    def hand_over(engine: Engine, claim: Dispatch) -> None:
        if claim.fence == 1:
            paused.set()
            assert go_on.wait(20)
        before(engine, claim)

    monkeypatch.setattr(dispatching, "_hand_over", hand_over)
    found: list[BaseException] = []

    def first() -> None:
        try:
            with open_engine(settings.database_url) as own:
                deliver(own, settings, number)
        except BaseException as error:
            found.append(error)

    thread = threading.Thread(target=first)
    thread.start()
    assert paused.wait(20)
    deliver(engine, settings, number)
    go_on.set()
    thread.join(20)
    assert [type(error) for error in found] == [TryAgain]
    assert "another worker" in str(found[0])
    assert len(office.taken) == 1
    assert state(engine) == (Mail.SENT, Stage.SENT, 2)


@contextmanager
def cuts_after_the_text() -> Iterator[tuple[int, list[bytes]]]:
    """A mail server that takes the text of each mail and then ends the connection without an answer."""
    taken: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as talk:
                talk.write(b"220 here\r\n")
                talk.flush()
                while command := talk.readline():
                    if command.upper().startswith(b"DATA"):
                        talk.write(b"354 go on\r\n")
                        talk.flush()
                        text = b""
                        while (part := talk.readline()) != b".\r\n":
                            text += part
                        taken.append(text)
                        break
                    talk.write(b"250 fine\r\n")
                    talk.flush()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], taken
    finally:
        server.close()


def test_a_line_that_breaks_after_the_text_is_in_doubt(
    engine: Engine, world: World, settings: Settings, tmp_path: Path
) -> None:
    with cuts_after_the_text() as (port, taken):
        broken = settings_with(settings.database_url, port, tmp_path)
        number = task(engine, world, HOLD)
        deliver(engine, broken, number)
        deliver(engine, broken, number)
        assert len(taken) == 1
    assert state(engine) == (Mail.UNCERTAIN, Stage.UNCERTAIN, 1)


def test_a_line_that_breaks_after_the_text_is_tried_again_for_a_resend_kind(
    engine: Engine, world: World, settings: Settings, tmp_path: Path, office: PostOffice
) -> None:
    with cuts_after_the_text() as (port, taken):
        number = task(engine, world, RESEND)
        with pytest.raises(TryAgain):
            deliver(engine, settings_with(settings.database_url, port, tmp_path), number)
        assert len(taken) == 1
    deliver(engine, settings, number)
    assert state(engine) == (Mail.SENT, Stage.SENT, 2)


@pytest.mark.parametrize(
    ("answer", "mail", "stage"),
    [
        ("421 Closing", Mail.QUEUED, Stage.WAITING),
        ("451 Busy", Mail.QUEUED, Stage.WAITING),
        ("550 Unknown", Mail.FAILED, Stage.FAILED),
        ("554 No", Mail.FAILED, Stage.FAILED),
    ],
)
@pytest.mark.parametrize("why", [HOLD, RESEND])
def test_each_answer_of_the_server_leads_to_one_state(
    engine: Engine,
    world: World,
    office: PostOffice,
    settings: Settings,
    answer: str,
    mail: Mail,
    stage: Stage,
    why: Why,
) -> None:
    number = task(engine, world, why)
    office.answers[OFFICER] = [answer]
    if stage is Stage.WAITING:
        with pytest.raises(TryAgain):
            deliver(engine, settings, number)
    else:
        deliver(engine, settings, number)
    assert state(engine) == (mail, stage, 1)
    assert office.taken == []


def test_a_server_that_hangs_after_the_text_is_in_doubt(
    engine: Engine, world: World, office: PostOffice, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 0.5)
    office.holding.add(OFFICER)
    deliver(engine, settings, task(engine, world, HOLD))
    assert state(engine) == (Mail.UNCERTAIN, Stage.UNCERTAIN, 1)


def test_giving_up_leaves_what_may_have_gone_in_doubt(
    engine: Engine, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = task(engine, world, HOLD)
    killed_after_the_answer(monkeypatch)
    with pytest.raises(Killed):
        deliver(engine, settings, number)
    give_up(engine, number)
    assert state(engine)[:2] == (Mail.UNCERTAIN, Stage.UNCERTAIN)


def test_a_mail_to_nobody_stands_on_the_list_of_those_that_did_not_arrive(
    engine: Engine, world: World, settings: Settings
) -> None:
    deliver(engine, settings, task(engine, world, Why.SOCIAL_CARE_TO_CALL, party=Party.SOCIAL_CARE))
    assert state(engine)[:2] == (Mail.FAILED, Stage.FAILED)
    with Session(engine) as db:
        assert db.exec(select(Dispatch)).one().trouble is Trouble.NOBODY


def test_social_care_reads_a_reference_and_a_number_to_call_and_no_link(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    from panel.accounts.models import AreaSetting

    with transaction(engine) as db:
        told = {"social_care_mailbox": "care@example.org", "phone": "01632 960 001"}
        db.add(AreaSetting(area_id=world.area_id, **told))
    deliver(engine, settings, task(engine, world, Why.SOCIAL_CARE_TO_CALL, party=Party.SOCIAL_CARE))
    [mail] = office.mails_to("care@example.org")
    text = mail.as_string()
    assert "NM-2026-0001" in text
    assert "01632 960 001" in text
    assert "http" not in text
    for told_nobody in (*CANARIES, "looked", "disposal", "caution", "offence"):
        assert told_nobody.lower() not in text.lower()


def test_somebody_who_wants_one_mail_a_day_gets_only_urgent_ones_at_once(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    with transaction(engine) as db:
        set_wish(db, world.officer_id, daily=True, at=AT)
    number = task(engine, world, RESEND)
    deliver(engine, settings, number)
    assert office.taken == []
    with Session(engine) as db:
        assert db.get_one(Notification, number).mail is Mail.NOT_NEEDED
    with transaction(engine) as db:
        urgent = notify(
            db,
            why=Why.SIGNIFICANT_EVENT,
            area_id=world.area_id,
            referral_id=world.referral_id,
            key="urgent",
            at=AT,
            to_user=world.officer_id,
        ).id
    deliver(engine, settings, urgent)
    assert len(office.taken) == 1


def test_quiet_hours_hold_what_is_not_urgent(
    engine: Engine, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from panel import clock

    evening = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: evening)
    env = {"SECRET_KEY": "only for tests, never for an installation", "DATA_DIR": str(tmp_path)}
    loud, quiet = Settings.from_environment(env | {"QUIET_HOURS": "0"}), Settings.from_environment(env)
    number = task(engine, world, RESEND)
    until_monday = (datetime(2026, 11, 30, 7, 0, tzinfo=UTC) - evening).total_seconds()
    assert seconds_to_wait(engine, quiet, "deliver_mail", number) == until_monday
    assert seconds_to_wait(engine, quiet, "deliver_digest", 1) == until_monday
    assert seconds_to_wait(engine, loud, "deliver_mail", number) == 0
    with transaction(engine) as db:
        db.get_one(Notification, number).why = HOLD
    assert seconds_to_wait(engine, quiet, "deliver_mail", number) == 0
