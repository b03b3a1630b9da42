"""A system of the force tells us: with a token, once, for its own areas, and never by a session."""

import io
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.forces.actions import end_token
from panel.forces.models import Force, ForceArea, ForceSystem
from panel.history.models import Event
from panel.notifications.models import Notification, Why
from panel.police.models import PoliceDisposal, PoliceReport
from panel.web import PanelApp
from tests.panel.conftest import Visit
from tests.support.api import ADDRESS, post, sent, token_of
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.police import Heard
from workflows.vocabulary import Outcome


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


@pytest.fixture
def of(engine: Engine, world: World) -> int:
    """The force of both areas."""
    with transaction(engine) as db:
        return force(db, world).id


@pytest.fixture
def token(engine: Engine, world: World, of: int) -> str:
    return token_of(engine, world, of)


def all_of(engine: Engine, table: Any) -> list[Any]:
    with Session(engine) as db:
        return list(db.exec(select(table)))


def test_a_new_disposal_is_201_and_tells_the_yot(app: PanelApp, engine: Engine, token: str) -> None:
    answer = post(app, token, sent(support="Youth work"))
    assert answer.status_code == 201
    [row] = all_of(engine, PoliceDisposal)
    assert answer.json == {
        "reference": row.reference,
        "record": f"{app.settings.base_url}/police-disposals/{row.reference}",
        "warnings": [],
    }
    assert (row.told_on, row.told_how, row.support) == (TODAY, Heard.SYSTEM, "Youth work")
    assert len([one for one in all_of(engine, Notification) if one.why is Why.POLICE_TOLD]) == 3
    [event] = [one for one in all_of(engine, Event) if one.verb == "police_disposal.hear"]
    assert event.by_words == "Niche RMS, a system of Kelder Constabulary"
    [report] = all_of(engine, PoliceReport)
    assert (report.by_id, report.system_id) == (None, 1)
    [system] = all_of(engine, ForceSystem)
    assert system.used_at == NOW


def test_a_repeat_is_200_with_the_same_reference_and_nothing_twice(
    app: PanelApp, engine: Engine, token: str
) -> None:
    first, again = post(app, token, sent()), post(app, token, sent())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["reference"] == again.json["reference"]
    more = post(app, token, sent(crime_reference="", station="Keel Street"))  # the force's number is the same
    assert (more.status_code, more.json["reference"]) == (200, first.json["reference"])
    [row] = all_of(engine, PoliceDisposal)
    assert row.station == "Keel Street"
    assert len(all_of(engine, PoliceReport)) == 2
    assert len(all_of(engine, Notification)) == 3


def test_a_key_gives_the_first_result_and_refuses_other_contents(
    app: PanelApp, engine: Engine, token: str
) -> None:
    nameless = sent(crime_reference="", force_reference="")
    first = post(app, token, nameless, Idempotency_Key="a-1")
    again = post(app, token, nameless, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["reference"] == again.json["reference"]
    other = post(app, token, sent(surname="Hale"), Idempotency_Key="a-1")
    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert len(all_of(engine, PoliceDisposal)) == 1


@pytest.mark.parametrize("outcome", [Outcome.YC, Outcome.YCC, Outcome.O22, Outcome.O22_DEFERRED, Outcome.O23])
def test_what_was_given_without_the_yot_is_an_exception_and_is_never_refused(
    app: PanelApp, engine: Engine, token: str, outcome: Outcome
) -> None:
    unsaid = post(app, token, sent(outcome=outcome.value))
    assert unsaid.status_code == 422
    assert unsaid.json["errors"][0]["field"] == "consulted"
    why = {"consulted": False, "exception": "child_leaving", "exception_reason": "Moved to Leeds next day"}
    assert post(app, token, sent(outcome=outcome.value, **why)).status_code == 201
    [row] = all_of(engine, PoliceDisposal)
    assert (row.exception, row.consulted) == ("child_leaving", False)
    assert len([one for one in all_of(engine, Notification) if one.why is Why.POLICE_EXCEPTION]) == 2


def test_no_further_action_with_support_is_told_like_everything_else(
    app: PanelApp, engine: Engine, token: str
) -> None:
    assert post(app, token, sent(outcome="no_further_action", support="Mentoring")).status_code == 201
    assert [row.outcome for row in all_of(engine, PoliceDisposal)] == [Outcome.NFA]


def test_an_age_outside_is_recorded_with_a_warning(app: PanelApp, engine: Engine, token: str) -> None:
    answer = post(app, token, sent(date_of_birth="2017-01-01"))
    assert answer.status_code == 201
    assert "AGE-1" in answer.json["warnings"][0]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (sent(given_on="2026-12-31"), "given_on"),
        (sent(given_on="1999-01-01"), "given_on"),
        (sent(given_on=20261101), "given_on"),
        (sent(crime_reference="12"), "crime_reference"),
        (sent(outcome="refer_for_charge"), "outcome"),
        (sent(surname=" "), "surname"),
        (sent(surname="M" * 101), "surname"),
        (sent(welfare="Sad"), "welfare"),
        (sent(consulted="yes"), "consulted"),
        ({key: value for key, value in sent().items() if key != "offence"}, "offence"),
    ],
)
def test_what_is_wrong_is_said_by_field_without_repeating_it(
    app: PanelApp, engine: Engine, token: str, body: dict[str, Any], field: str
) -> None:
    answer = post(app, token, body)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert "Marlow" not in answer.text
    assert all_of(engine, PoliceDisposal) == []


def test_tokens_let_in_only_where_they_hold(
    app: PanelApp, engine: Engine, world: World, token: str, of: int
) -> None:
    with transaction(engine) as db:
        db.add(Force(name="Moor Police"))
    other = token_for_moor(engine, world)
    for wrong in ("", "x", f"{token}x", token[:-1], other[::-1]):
        refused = post(app, wrong, sent())
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert post(app, other, sent()).status_code == 403  # the area of another force
    assert post(app, token, sent(area="ZZ")).status_code == 404
    with transaction(engine) as db:
        system = db.get_one(ForceSystem, 1)
        end_token(db, db.get_one(Force, of), system, by=world.actor("admin"), at=NOW)
    assert post(app, token, sent()).status_code == 401
    assert all_of(engine, PoliceDisposal) == []


def token_for_moor(engine: Engine, world: World) -> str:
    """A token of a force that lost its one area again."""
    with transaction(engine) as db:
        moor = db.exec(select(Force).where(Force.name == "Moor Police")).one()
        held = db.exec(select(ForceArea).where(ForceArea.area_id == world.areas["north"])).one()
        before, held.force_id = held.force_id, moor.id
    token = token_of(engine, world, moor.id, "Moor RMS")
    with transaction(engine) as db:
        db.exec(select(ForceArea).where(ForceArea.area_id == world.areas["north"])).one().force_id = before
    return token


def test_a_session_is_no_token(app: PanelApp, visit: Visit, of: int) -> None:
    answer = visit("officer").client.post(ADDRESS, json=sent())
    assert answer.status_code == 401


def test_too_big_too_often_and_no_json(
    app: PanelApp, engine: Engine, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, auth = app.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.post(ADDRESS, data="a=b", headers=auth).status_code == 415
    assert client.post(ADDRESS, data="{", content_type="application/json", headers=auth).status_code == 400
    assert client.post(ADDRESS, json=[1], headers=auth).status_code == 400
    assert post(app, token, sent(address="x" * 40_000)).status_code == 413
    stream = io.BytesIO(b" " * 40_000)
    chunked = client.post(
        ADDRESS,
        input_stream=stream,
        content_type="application/json",
        headers=auth,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (chunked.status_code, chunked.mimetype) == (413, "application/problem+json")
    # Refused calls count too.
    monkeypatch.setattr("panel.police.api_limits.number", lambda _key, _on: 5)
    slowed = post(app, token, sent())
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "60")
    assert all_of(engine, PoliceDisposal) == []


def test_a_wrong_method_or_address_is_a_problem_too(app: PanelApp) -> None:
    answer = app.test_client().delete(ADDRESS)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "POST" in answer.headers["Allow"]
    assert app.test_client().get("/api/v1/nothing").mimetype == "application/problem+json"
