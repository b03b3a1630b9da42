"""Mail about a meeting: the file that calendars read, and what each answer of the mail server leads to."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from config.settings import Settings
from panel.accounts.models import User
from panel.db import open_session, transaction
from panel.notifications.actions import WITHOUT_MAIL
from panel.notifications.channels import TryAgain
from panel.notifications.invitations import (
    ONLINE,
    Invitation,
    Kind,
    compose_invitation,
    deliver_invitation,
    give_up_invitation,
    invite,
)
from panel.notifications.models import Mail
from tests.panel.notifications.post_office import PostOffice
from tests.panel.notifications.world import AT, CANARIES, World, settings_with

OUTSIDE = "school@agency.example.org"


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """One kind of database is enough."""
    return sqlite_engine


@pytest.fixture
def settings(engine: Engine, office: PostOffice, tmp_path: Path) -> Settings:
    """An installation that sends its mail to the post office."""
    return settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)


def invitation(**more: Any) -> Invitation:
    """An invitation of an outside person that is not queued yet."""
    asked = {
        "kind": Kind.INVITED,
        "reference": "MNM-234679",
        "to_key": "p1",
        "address": OUTSIDE,
        "sequence": 0,
        "held_on": date(2026, 3, 24),
        "starts_at": time(10),
        "minutes": 60,
        "location": "Room 2",
        "queued_at": AT,
    }
    return Invitation(**asked | more)


def queued(engine: Engine, **more: Any) -> int:
    """The number of a committed invitation."""
    with transaction(engine) as db:
        row = invitation(**more)
        invite(db, row)
        return row.id


def state(engine: Engine, number: int) -> tuple[Mail, int, int | None]:
    """Where it stands, after how many tries, and what the server said."""
    with open_session(engine, writing=False) as db:
        row = db.get_one(Invitation, number)
        return row.mail, row.tries, row.reply_code


def event_in(mail: Any) -> tuple[Calendar, Any]:
    """The calendar in a mail and its one event."""
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    found = Calendar.from_ical(part.get_content())
    assert part["Content-Type"].params["method"] == found["method"]
    (event,) = found.events
    return found, event


@pytest.mark.parametrize(
    ("day", "starts", "utc"),
    [
        (date(2026, 3, 28), time(10), datetime(2026, 3, 28, 10, tzinfo=UTC)),  # the day before summer time
        (date(2026, 3, 29), time(10), datetime(2026, 3, 29, 9, tzinfo=UTC)),
        (date(2026, 10, 24), time(10), datetime(2026, 10, 24, 9, tzinfo=UTC)),
        (date(2026, 10, 25), time(10), datetime(2026, 10, 25, 10, tzinfo=UTC)),  # summer time has ended
    ],
)
def test_the_calendar_says_the_time_on_the_wall_in_london_on_both_sides_of_its_changes(
    settings: Settings, day: date, starts: time, utc: datetime
) -> None:
    row = invitation(id=7, held_on=day, starts_at=starts)
    found, event = event_in(compose_invitation(settings, row, OUTSIDE))
    assert (event.start, (event.end - event.start).seconds) == (utc, 3600)
    assert str(found["method"]) == "REQUEST"


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_cancellation_cancels(
    settings: Settings,
) -> None:
    seen = []
    for number, kind in enumerate((Kind.INVITED, Kind.CHANGED, Kind.CANCELLED)):
        row = invitation(id=number + 1, sequence=number, kind=kind)
        found, event = event_in(compose_invitation(settings, row, OUTSIDE))
        seen.append((str(event["uid"]), int(event["sequence"]), str(found["method"]), str(event["status"])))
    uid = seen[0][0]
    assert uid.startswith("MNM-234679@")
    assert seen == [
        (uid, 0, "REQUEST", "CONFIRMED"),
        (uid, 1, "REQUEST", "CONFIRMED"),
        (uid, 2, "CANCEL", "CANCELLED"),
    ]


def test_a_member_gets_place_time_and_link_and_nothing_about_anybody(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    number = queued(engine, user_id=world.officer_id, to_key=f"u{world.officer_id}", address="")
    deliver_invitation(engine, settings, number)
    assert state(engine, number) == (Mail.SENT, 1, None)
    (mail,) = office.mails_to("officer@example.org")
    assert mail["Subject"] == "Panel meeting"
    assert mail["Message-ID"] == f"<invitation-{number}@{mail['Message-ID'].rpartition('@')[2]}"
    said = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    for part in ("Tuesday 24 March 2026 at 10:00", "Room 2", f"{settings.base_url}/meetings/MNM-234679"):
        assert part in said
    _, event = event_in(mail)
    assert {str(event["summary"]), str(event["location"])} == {"Panel meeting", "Room 2"}
    assert str(event["url"]) == f"{settings.base_url}/meetings/MNM-234679"
    assert not [word for word in CANARIES if word in mail.as_string()]


def test_somebody_outside_gets_no_link_into_the_service(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    deliver_invitation(engine, settings, queued(engine, location=""))
    (mail,) = office.mails_to(OUTSIDE)
    assert "/meetings/" not in mail.as_string()
    assert "url" not in event_in(mail)[1]
    assert ONLINE in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_that_somebody_cannot_come_changes_nothing_in_a_calendar(settings: Settings) -> None:
    mail = compose_invitation(settings, invitation(id=1, kind=Kind.CANNOT_COME), OUTSIDE)
    assert not [part for part in mail.walk() if part.get_content_type() == "text/calendar"]


def test_the_same_change_is_told_to_the_same_person_once(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        for _ in range(2):
            invite(db, invitation())
        assert len(db.exec(select(Invitation)).all()) == 1


def test_what_a_later_change_has_overtaken_is_not_sent_any_more(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    first, second = queued(engine), queued(engine, sequence=1, kind=Kind.CANCELLED)
    for number in (second, first):
        deliver_invitation(engine, settings, number)
    assert state(engine, first)[0] is Mail.NOT_NEEDED
    (mail,) = office.mails_to(OUTSIDE)
    assert str(event_in(mail)[0]["method"]) == "CANCEL"


def test_a_closed_account_gets_no_mail(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    number = queued(engine, user_id=world.officer_id, to_key="u1", address="")
    with transaction(engine) as db:
        db.get_one(User, world.officer_id).disabled_at = AT
    deliver_invitation(engine, settings, number)
    assert state(engine, number)[0] is Mail.NOT_NEEDED
    assert office.taken == []


def test_a_busy_server_is_tried_again_with_the_same_message_id_and_a_refusal_is_final(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    office.answers[OUTSIDE] = ["451 Busy", "550 Unknown"]
    number = queued(engine)
    with pytest.raises(TryAgain):
        deliver_invitation(engine, settings, number)
    assert state(engine, number) == (Mail.QUEUED, 1, None)
    deliver_invitation(engine, settings, number)
    assert state(engine, number) == (Mail.FAILED, 2, 550)
    deliver_invitation(engine, settings, number)
    assert office.attempts[OUTSIDE] == 2
    row = invitation(id=number)
    assert len({compose_invitation(settings, row, OUTSIDE)["Message-ID"] for _ in range(2)}) == 1


def test_an_invitation_is_given_up_only_while_it_waits(
    engine: Engine, world: World, office: PostOffice, settings: Settings
) -> None:
    waits, sent = queued(engine), queued(engine, to_key="p2")
    deliver_invitation(engine, settings, sent)
    for number in (waits, sent):
        give_up_invitation(engine, number)
    assert (state(engine, waits)[0], state(engine, sent)[0]) == (Mail.FAILED, Mail.SENT)


def test_a_past_that_is_written_sends_nothing(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        db.info[WITHOUT_MAIL] = True
        row = invitation()
        invite(db, row)
        assert row.mail is Mail.NOT_NEEDED
