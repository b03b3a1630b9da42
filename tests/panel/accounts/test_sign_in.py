"""Signing in, staying signed in, and being put out."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel import clock
from panel.accounts.models import Membership, SignIn, User
from panel.accounts.sessions import Locked, sign_in, who
from panel.db import transaction
from panel.web import PanelApp
from tests.panel.conftest import Visit, rows, signed_in
from tests.support.visitor import Visitor
from tests.support.world import NOW, PASSWORD, World


def test_a_stranger_is_sent_to_sign_in_and_back_to_the_page_that_was_wanted(
    sqlite_app: PanelApp, small_world: World
) -> None:
    stranger = Visitor(sqlite_app)
    sent = stranger.open("/tasks", status=303)
    assert sent.location.endswith("/sign-in?next=/tasks")
    back = stranger.send(
        stranger.open(sent.location), {"email": "officer@example.test", "password": PASSWORD}
    )
    assert back.location == "/tasks"


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_never_leads_to_another_site(
    sqlite_app: PanelApp, small_world: World, target: str
) -> None:
    visitor = Visitor(sqlite_app)
    page = visitor.client.get("/sign-in", query_string={"next": target})
    assert page.status_code == 200
    form = visitor.open("/sign-in").form().filled
    values = {**form, "email": "officer@example.test", "password": PASSWORD}
    answer = visitor.client.post("/sign-in", query_string={"next": target}, data=values)
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(
    sqlite_app: PanelApp, small_world: World
) -> None:
    said = []
    for email in ("officer@example.test", "nobody@example.test"):
        visitor = Visitor(sqlite_app)
        said.append(visitor.send("/sign-in", {"email": email, "password": "wrong " * 3}, status=422).errors)
    assert said[0] == said[1] == ["The email address or the password is wrong"]


def test_the_eleventh_try_is_refused_even_with_the_right_password_until_the_lock_ends(engine: Engine) -> None:
    from tests.support.world import build

    with transaction(engine) as db:
        build(db)
    for number in range(10):
        with transaction(engine) as db:
            assert sign_in(db, "officer@example.test", "wrong", at=NOW + timedelta(seconds=number)) is None
    with transaction(engine) as db, pytest.raises(Locked):
        sign_in(db, "officer@example.test", PASSWORD, at=NOW + timedelta(minutes=14))
    with transaction(engine) as db:
        assert sign_in(db, "officer@example.test", PASSWORD, at=NOW + timedelta(minutes=16)) is not None
        assert sign_in(db, "manager@example.test", PASSWORD, at=NOW + timedelta(minutes=14)) is not None


def test_failed_tries_are_counted_although_the_page_is_an_error(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    visitor = Visitor(sqlite_app)
    for _ in range(10):
        visitor.send("/sign-in", {"email": "officer@example.test", "password": "wrong"}, status=422)
    locked = visitor.send("/sign-in", {"email": "officer@example.test", "password": PASSWORD}, status=422)
    assert "Too many wrong tries" in locked.errors[0]


@pytest.mark.parametrize(
    ("idle", "age", "stays"),
    [
        (timedelta(minutes=29, seconds=59), timedelta(hours=1), True),
        (timedelta(minutes=30, seconds=1), timedelta(hours=1), False),
        (timedelta(minutes=1), timedelta(hours=9, minutes=59), True),
        (timedelta(minutes=1), timedelta(hours=10, seconds=1), False),
    ],
)
def test_a_session_ends_by_idleness_and_by_age(
    engine: Engine, world: World, idle: timedelta, age: timedelta, stays: bool
) -> None:
    with transaction(engine) as db:
        token = sign_in(db, "officer@example.test", PASSWORD, at=NOW)
        assert token is not None
        row = db.exec(select(SignIn)).one()
        row.started_at, row.seen_at = NOW - age, NOW - idle
    with transaction(engine) as db:
        assert (who(db, token, at=NOW) is not None) is stays


def test_signing_out_ends_the_session_on_the_server_so_a_kept_cookie_is_worthless(small_visit: Visit) -> None:
    officer = small_visit("officer")
    kept = officer.client.get_cookie("panel")
    assert kept is not None
    token = officer.open("/password").form(button="Change the password").filled["csrf_token"]
    officer.client.post("/sign-out", data={"csrf_token": token})
    officer.client.set_cookie("panel", kept.value)
    assert officer.open("/", status=303).location.startswith("/sign-in")


def test_a_role_that_ended_yesterday_opens_nothing_today(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    seconded = signed_in(sqlite_app, "seconded")
    seconded.open("/cases")
    with transaction(sqlite_engine) as db:
        held = db.exec(select(Membership).where(Membership.user_id == small_world.users["seconded"])).one()
        held.ends_on = clock.now().date() - timedelta(days=1)
    seconded.open("/cases", status=403)


def test_an_account_that_was_ended_is_out_at_the_next_click(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    officer, admin = signed_in(sqlite_app, "officer"), signed_in(sqlite_app, "admin")
    page = admin.open(f"/accounts/{small_world.users['officer']}")
    admin.send(page, button="End this account")
    assert officer.open("/", status=303).location.startswith("/sign-in")


def test_an_administrator_adds_a_person_who_can_sign_in_with_the_password_shown_once(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    admin = signed_in(sqlite_app, "admin")
    values = {
        "name": "New Person",
        "email": "New@Example.Test",
        "area_id": str(small_world.areas["north"]),
        "role": "seconded_officer",
    }
    index = admin.follow(admin.send("/accounts/new", values))
    password = index.text.split("shown only once: ")[1].split()[0]
    newcomer = Visitor(sqlite_app)
    newcomer.send("/sign-in", {"email": "new@example.test", "password": password})
    (held,) = rows(sqlite_engine, select(Membership).join(User).where(User.email == "new@example.test"))
    assert held.ends_on is not None  # type: ignore[attr-defined]


def test_an_administrator_cannot_give_themselves_a_role(small_visit: Visit, small_world: World) -> None:
    admin = small_visit("admin")
    page = admin.open(f"/accounts/{small_world.users['admin']}")
    admin.send(page, {"role": "yot_manager"}, button="Save", status=409)


def test_an_administrator_cannot_see_the_people_of_another_area(
    small_visit: Visit, small_world: World
) -> None:
    admin = small_visit("admin")
    assert "Kit Lowe" not in admin.open("/accounts").text
    admin.open(f"/accounts/{small_world.users['far_manager']}", status=404)


def test_a_changed_password_ends_every_session_and_the_old_one_no_longer_works(small_visit: Visit) -> None:
    officer, elsewhere = small_visit("officer"), small_visit("officer")
    officer.send("/password", {"current": PASSWORD, "new": "three random words here"})
    assert elsewhere.open("/", status=303).location.startswith("/sign-in")
    officer.send("/sign-in", {"email": "officer@example.test", "password": PASSWORD}, status=422)
    officer.send("/sign-in", {"email": "officer@example.test", "password": "three random words here"})


@pytest.mark.parametrize(("new", "accepted"), [("elevenchars", False), ("twelve chars", True)])
def test_a_new_password_has_twelve_characters(small_visit: Visit, new: str, accepted: bool) -> None:
    small_visit("officer").send(
        "/password", {"current": PASSWORD, "new": new}, status=303 if accepted else 422
    )
