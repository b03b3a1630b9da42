"""Mails that did not arrive, the mail of a day and of a Monday, the addresses of an area."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel import clock
from panel.accounts.models import Area, AreaSetting, Membership
from panel.alerts.job import run
from panel.db import transaction
from panel.history.models import AccessEntry, Event
from panel.notifications.actions import notify
from panel.notifications.deliver import deliver
from panel.notifications.deliver_counts import deliver_week, in_words
from panel.notifications.dispatch_models import (
    Channel,
    Delivery,
    Dispatch,
    Sends,
    Stage,
    Trouble,
)
from panel.notifications.models import Digest, Mail, MailWish, Notification, WeekMail, Why
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, make
from tests.panel.notifications.post_office import open_office
from tests.panel.notifications.world import settings_with
from tests.support.given import given
from tests.support.world import NOW, World, submitted
from workflows.calendar import today_in_london

MONDAY = date(2026, 11, 23)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC)


def dead(engine: Engine, world: World, *, stage: Stage = Stage.UNCERTAIN, area: str = "north") -> int:
    """A mail of which nobody knows whether it arrived, or one that was refused."""
    with transaction(engine) as db:
        referral = db.exec(select(Referral)).first() or submitted(db, world)
        task = notify(
            db,
            why=Why.DISPOSAL_GIVEN,
            area_id=world.areas[area],
            referral_id=referral.id,
            key=f"dead-{area}-{stage}",
            at=clock.now(),
            to_user=world.users["case_manager"],
        )
        task.mail = Mail.UNCERTAIN if stage is Stage.UNCERTAIN else Mail.FAILED
        dispatch = Dispatch(
            message_id=f"<notification-{task.id}-{world.users['case_manager']}@panel.example.org>",
            sends=Sends.TASK,
            row_id=task.id,
            user_id=world.users["case_manager"],
            area_id=world.areas[area],
            reference=referral.reference,
            channel=Channel.SMTP,
            delivery=Delivery.HOLD,
            stage=stage,
            fence=1,
            tries=1,
            trouble=Trouble.BROKEN_OFF if stage is Stage.UNCERTAIN else Trouble.REFUSED,
            reply_code=None if stage is Stage.UNCERTAIN else 550,
            queued_at=clock.now(),
        )
        db.add(dispatch)
        db.flush()
        return dispatch.id


def one(engine: Engine, number: int) -> tuple[Stage, Mail]:
    with Session(engine) as db:
        dispatch = db.get_one(Dispatch, number)
        return dispatch.stage, db.get_one(Notification, dispatch.row_id).mail


def test_the_list_says_kind_reference_way_reason_and_tries_and_no_address(
    engine: Engine, world: World, visit: Visit
) -> None:
    dead(engine, world)
    dead(engine, world, stage=Stage.FAILED)
    for who in ("admin", "manager"):
        page = visit(who).open("/mails")
        for said in ("2 mails", "Uncertain", "Did not arrive", "answer 550", "Mail server, 1 try"):
            assert said in page.text
        assert "@" not in page.text
        assert "Fielding" not in page.text
    assert "Mails that did not arrive: 2" in visit("admin").open("/").text
    visit("case_manager").open("/mails", status=403)
    assert "Every mail has arrived" in visit("far_manager").open("/mails").text


def test_send_again_sends_it_once_more_under_the_same_message_id(
    engine: Engine, world: World, visit: Visit, tmp_path: Path
) -> None:
    number = dead(engine, world)
    visit("manager").send("/mails", action=f"/mails/{number}/again")
    assert one(engine, number) == (Stage.WAITING, Mail.QUEUED)
    with open_office() as office:
        settings = settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)
        with Session(engine) as db:
            dispatch = db.get_one(Dispatch, number)
        deliver(engine, settings, dispatch.row_id)
        [mail] = office.mails_to(World.email("case_manager"))
    assert mail["Message-ID"] == dispatch.message_id
    assert one(engine, number) == (Stage.SENT, Mail.SENT)
    with Session(engine) as db:
        assert "mail.again" in [event.verb for event in db.exec(select(Event))]
        assert f"mail:{number}" in [entry.subject for entry in db.exec(select(AccessEntry))]


def test_it_arrived_settles_an_uncertain_mail_and_only_that(
    engine: Engine, world: World, visit: Visit
) -> None:
    unsure, refused = dead(engine, world), dead(engine, world, stage=Stage.FAILED)
    manager = visit("manager")
    page = manager.open("/mails")
    manager.send(page, action=f"/mails/{unsure}/arrived")
    assert one(engine, unsure) == (Stage.SENT, Mail.SENT)
    filled = page.form(f"/mails/{refused}/again").filled
    assert manager.client.post(f"/mails/{refused}/arrived", data=filled).status_code == 409
    assert one(engine, refused) == (Stage.FAILED, Mail.FAILED)


def test_nobody_decides_about_a_mail_of_another_area(engine: Engine, world: World, visit: Visit) -> None:
    ours, theirs = dead(engine, world), dead(engine, world, area="south")
    manager = visit("manager")
    filled = manager.open("/mails").form(f"/mails/{ours}/again").filled
    assert manager.client.post(f"/mails/{theirs}/again", data=filled).status_code == 404
    assert one(engine, theirs)[0] is Stage.UNCERTAIN


def test_a_mail_of_no_area_is_seen_where_its_reader_works(engine: Engine, world: World, visit: Visit) -> None:
    number = dead(engine, world)
    with transaction(engine) as db:
        db.get_one(Dispatch, number).area_id = None
    assert "1 mail" in visit("manager").open("/mails").text
    assert "1 mail" in visit("admin").open("/mails").text
    assert "Every mail has arrived" in visit("far_manager").open("/mails").text
    yesterday = today_in_london(clock.now()) - timedelta(days=1)
    with transaction(engine) as db:
        query = select(Membership).where(Membership.user_id == world.users["case_manager"])
        db.exec(query).one().ends_on = yesterday
    assert "Every mail has arrived" in visit("manager").open("/mails").text


def test_one_mail_a_day_counts_the_other_tasks_too(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        submitted(db, world)
    person = visit("manager")
    person.send("/my-mails", {"how": "one_mail_a_day"})
    with Session(engine) as db:
        [wish] = db.exec(select(MailWish)).all()
    assert (wish.user_id, wish.daily) == (world.users["manager"], True)
    run(engine, NOW.date(), at=morning(NOW.date()))
    with Session(engine) as db:
        found = {row.user_id: row for row in db.exec(select(Digest))}
    assert found[world.users["manager"]].tasks == 1
    assert world.users["chair"] not in found
    assert in_words(0, 0, 0, 1) == "1 task"
    assert in_words(1, 0, 0, 2) == "1 deadline near; 2 other tasks"


def test_on_monday_each_manager_gets_counts_and_on_no_other_day(
    engine: Engine, world: World, tmp_path: Path
) -> None:
    reference = make(engine, given, world)
    run(engine, date(2026, 11, 22), at=morning(date(2026, 11, 22)))
    with Session(engine) as db:
        assert db.exec(select(WeekMail)).all() == []
    for _ in range(2):
        run(engine, MONDAY, at=morning(MONDAY))
    with Session(engine) as db:
        rows = db.exec(select(WeekMail).order_by(col(WeekMail.user_id))).all()
    assert [row.user_id for row in rows] == sorted(
        world.users[key] for key in ("manager", "chair", "far_manager")
    )
    assert rows[0].counts["unacknowledged"] == rows[0].counts["overdue"] > 0
    assert set(rows[2].counts.values()) == {0}
    with open_office() as office:
        settings = settings_with(engine.url.render_as_string(hide_password=False), office.port, tmp_path)
        for _ in range(2):
            deliver_week(engine, settings, rows[0].id)
        [mail] = office.mails_to(World.email("manager"))
    text = mail.as_string()
    assert "https://panel.example.org/notifications?show=3Dlate" in text.replace("=\n", "")
    for private in (reference, "Fielding", "Robin"):
        assert private not in text


def test_the_page_of_the_week_leads_to_what_it_counts(engine: Engine, world: World, visit: Visit) -> None:
    make(engine, given, world)
    manager = visit("manager")
    page = manager.open("/week")
    assert "Notifications that nobody has acknowledged" in page.text
    for words, href in page.links.items():
        if href.startswith(("/cases?", "/notifications", "/mails")) and words[0].isdigit():
            manager.open(href)
    visit("case_manager").open("/week", status=403)


def test_an_administrator_keeps_the_addresses_of_an_area_and_its_head_of_service(
    engine: Engine, world: World, visit: Visit
) -> None:
    admin = visit("admin")
    page = admin.open("/accounts/areas/NK")
    values = {
        "duty_mailbox": "Duty@Example.test",
        "social_care_mailbox": "care@example.test",
        "phone": "01632 960 001",
        "head_id": str(world.users["chair"]),
    }
    admin.send(page, values)
    with Session(engine) as db:
        [kept] = db.exec(select(AreaSetting)).all()
        assert db.get_one(Area, world.areas["north"]).duty_mailbox == "duty@example.test"
        assert "account.area" in [event.verb for event in db.exec(select(Event))]
    assert (kept.social_care_mailbox, kept.phone, kept.head_id) == (
        "care@example.test",
        "01632 960 001",
        world.users["chair"],
    )
    stale = admin.send(page, values | {"act_key": "x" * 24}, status=409)
    assert stale.status == 409
    again = admin.open("/accounts/areas/NK")
    assert again.form("").filled["social_care_mailbox"] == ["care@example.test"]
    wrong = admin.send(again, {"duty_mailbox": "nobody", "head_id": str(world.users["officer"])}, status=422)
    assert len(wrong.errors) == 1
    wrong = admin.send("/accounts/areas/NK", {"head_id": str(world.users["officer"])}, status=422)
    assert wrong.errors == ["The head of service must be a YOT manager of the area"]


@pytest.mark.parametrize("path", ["/accounts/areas/SK", "/accounts/areas/XX"])
def test_an_area_that_one_does_not_administer_does_not_exist(visit: Visit, path: str) -> None:
    visit("admin").open(path, status=404)
