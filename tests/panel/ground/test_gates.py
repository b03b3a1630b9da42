"""The access policy as it behaves: each route, method and role, and the cases of strangers."""

import re

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.routing import Rule

from panel.access import SAFE_METHODS
from panel.history.models import AccessEntry, Event
from panel.web import PanelApp
from tests.panel.conftest import make, rows, signed_in
from tests.support.visitor import Visitor
from tests.support.world import NOW, PEOPLE, World, accepted, draft

# Open to whoever has a token, and to nobody by a session.
TOKENS = ("api.tell", "api.openapi")
KEYS = (
    "officer",
    "seconded",
    "case_manager",
    "manager",
    "victim_worker",
    "liaison",
    "board",
    "inspector",
    "admin",
    "scrutineer",
)
VALUES = {
    "reference": "NK-ZZZZZZ",
    "case_reference": "NK-ZZZZZY",
    "number": 1,
    "kind": "offences",
    "token": "t",
    "filename": "app.css",
    "code": "other",
    "key": "family",
    "name": "reoffending",
    "place": 1,
    "part": "safety",
    "happened": "decided",
    "copy": "names",
    "sheet": "file",
    "entry": 1,
    "move": "answer",
    "turn": "consider",
    "deed": "reach",
    "side": "child",
    "item": 1,
    "section": "links",
    "busy_id": 1,
    "contact_id": 1,
    "standard": "3.1",
    "question": "3.1.1",
    "row_id": 1,
    "ending": "finish",
    "chapter": "3.1",
    "metric": "M3",
    "user_id": 1,
    "extract": "EX-ZZZZZZ",
}


def routes(app: PanelApp) -> list[tuple[Rule, str, str]]:
    """Every route with an address of something that does not exist, once for each method."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = {name: VALUES[name] for name in rule.arguments if name in VALUES}
            built = rule.build(values)
            assert built is not None, rule
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                found.append((rule, method, built[1]))
    return found


def answer(visitor: Visitor, method: str, path: str, token: str) -> int:
    """The status of a bare request, with the token and key that every page has."""
    data = {"csrf_token": token, "act_key": "k" * 24} if method not in SAFE_METHODS else None
    return visitor.client.open(path, method=method, data=data).status_code


@pytest.mark.parametrize("key", KEYS)
def test_each_role_reaches_exactly_the_routes_that_the_policy_names(
    sqlite_app: PanelApp, small_world: World, key: str
) -> None:
    role, visitor = PEOPLE[key][2], signed_in(sqlite_app, key)
    token = visitor.open("/password").form(button="Change the password").filled["csrf_token"]
    wrong = []
    for rule, method, path in routes(sqlite_app):
        if rule.endpoint in ("accounts.sign_out", "static"):
            continue
        gate = sqlite_app.gates[rule.endpoint]
        let_in = gate.public or role in (gate.read if method in SAFE_METHODS else gate.act)
        status = answer(visitor, method, path, token)
        if (status != 403) != let_in:
            wrong.append((method, path, status))
    assert wrong == []


def test_a_stranger_reaches_nothing_but_the_public_pages(sqlite_app: PanelApp, small_world: World) -> None:
    visitor = Visitor(sqlite_app)
    token = visitor.open("/sign-in").form().filled["csrf_token"]
    open_to_all = set()
    for rule, method, path in routes(sqlite_app):
        response = visitor.client.open(
            path, method=method, data={"csrf_token": token, "act_key": "k" * 24} if method == "POST" else None
        )
        if response.status_code != 303 or not response.headers["Location"].startswith("/sign-in"):
            open_to_all.add(rule.endpoint)
    assert open_to_all <= {"static", "healthz", "readyz", "accounts.sign_in", "home.accessibility", *TOKENS}


def without_token(html: str) -> str:
    """A page without the token, which may differ from one second to the next."""
    return re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", html)


CASE_PAGES = ("", "/offence", "/documents", "/history", "/disposal", "/disposal/prepare")


@pytest.mark.parametrize(
    "key", ["far_manager", "far_officer", "far_case_manager", "other_officer", "liaison"]
)
def test_a_case_of_somebody_else_looks_exactly_like_one_that_does_not_exist(
    sqlite_app: PanelApp,
    sqlite_engine: Engine,
    small_world: World,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)  # each page says when it was made
    reference = make(sqlite_engine, accepted, small_world)
    visitor = signed_in(sqlite_app, key)
    for page in CASE_PAGES:
        real = visitor.client.get(f"/cases/{reference}{page}")
        unreal = visitor.client.get(f"/cases/NK-ZZZZZZ{page}")
        assert real.status_code == unreal.status_code
        assert real.status_code in (403, 404)
        assert without_token(real.text).replace(reference, "NK-ZZZZZZ") == without_token(unreal.text)


def test_a_case_manager_sees_the_cases_given_to_them_and_no_others(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, accepted, small_world)
    signed_in(sqlite_app, "case_manager").open(f"/cases/{reference}")
    signed_in(sqlite_app, "other_case_manager").open(f"/cases/{reference}", status=404)


def test_a_draft_is_seen_by_nobody_but_its_officer(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    signed_in(sqlite_app, "officer").open(f"/cases/{reference}")
    for key in ("manager", "seconded", "inspector", "victim_worker"):
        signed_in(sqlite_app, key).open(f"/cases/{reference}", status=404)


def test_reading_changes_nothing_but_the_log(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, accepted, small_world)
    manager = signed_in(sqlite_app, "manager")
    before = len(rows(sqlite_engine, select(Event)))
    for page in CASE_PAGES[:5]:
        manager.open(f"/cases/{reference}{page}")
    assert len(rows(sqlite_engine, select(Event))) == before
    pages = {entry.page for entry in rows(sqlite_engine, select(AccessEntry))}  # type: ignore[attr-defined]
    assert {"cases.overview", "cases.offence", "cases.documents", "cases.history", "disposals.view"} <= pages


@pytest.mark.parametrize("path", ["/cases/NK-ZZZZZZ", "/meetings/MNK-ZZZZZZ", "/accounts/99", "/nowhere"])
def test_an_unknown_address_is_a_page_that_leads_on(
    sqlite_app: PanelApp, small_world: World, path: str
) -> None:
    key = "admin" if path.startswith("/accounts") else "manager"
    page = signed_in(sqlite_app, key).open(path, status=404)
    assert page.heading == "Page not found"
    assert page.links["Go to the home page"] == "/"
