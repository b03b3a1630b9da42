"""A variation as the officer, the family and the YOT meet it on the pages."""

from datetime import timedelta

import pytest

from config.explaining import groups
from panel.db import transaction
from panel.web import PanelApp
from tests.support import given as cases
from tests.support import planned
from tests.support.assessed import enter
from tests.support.explaining import walk
from tests.support.given import GIVEN_AT, drawn_url
from tests.support.world import build

READY = {
    "authority": "police",
    "authority_name": "Jo Marsh",
    "authority_rank": "Sergeant",
    "reason": "He starts college",
    "child_reasons": "You start college, so we found another time.",
    "adult_aged_18": "y",
}
TOLD = {
    "adult_here": "y",
    "case_manager_present": "yes",
    "explained_place": "Keel Street",
    "method": "Read aloud",
    "advice": "declined",
    "warned": "y",
    "ticked": list(cases.TOPICS),
    **{f"said-{group.key}": "I have more time for the talks." for group in groups() if group.ask},
}


@pytest.fixture
def app(sqlite_app: PanelApp, monkeypatch: pytest.MonkeyPatch) -> PanelApp:
    """The application on the day after the disposal was given."""
    monkeypatch.setattr("panel.clock.now", lambda: GIVEN_AT + timedelta(days=1))
    return sqlite_app


def made(app: PanelApp) -> str:
    """The address of the variations of a case that is under way."""
    with transaction(app.engine) as db:
        return f"/cases/{planned.under_way(db, build(db)).reference}/variations"


def test_an_officer_walks_from_the_first_change_to_the_new_conditions_in_force(app: PanelApp) -> None:
    path = made(app)
    officer = enter(app, "officer")
    page = officer.follow(officer.send(path, button="Vary the conditions"))
    assert "What stands in the way" in page.text
    officer.send(f"{path}/2/conditions/1", {"when_at": "Four Fridays at 17:00"})
    page = officer.follow(officer.send(f"{path}/2/prepare", READY))
    assert "Youth conditional caution, version 2" in page.links
    walk(officer, f"{path}/2/explain", TOLD)
    people = ("child", "adult", "officer", "manager")
    signed = {f"{who}_drawing": drawn_url(20 + n) for n, who in enumerate(people)}
    page = officer.send(f"{path}/2/sign", signed, status=422)
    assert page.errors == [
        "Conditions are only varied with the child's consent. Without it they stay as they are."
    ]
    page = officer.follow(officer.send(f"{path}/2/sign", signed | {"consented": "y"}))
    page = officer.follow(officer.send(page, action="/bring"))
    assert "The new conditions are in force." in page.text
    worker = enter(app, "case_manager")
    page = worker.follow(worker.send(f"{path}/2", action="/seen"))
    assert "You have confirmed that the YOT knows" in page.text
    assert "Four Fridays at 17:00" in worker.open(path.replace("variations", "plan")).text


def test_the_page_of_the_disposal_shows_the_conditions_in_force_and_those_before(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
        referral = planned.under_way(db, world)
        path = f"/cases/{referral.reference}/disposal"
        planned.signed_variation(db, world, referral)
    officer = enter(app, "officer")
    page = officer.open(path)
    assert planned.longer().what not in page.text
    assert "varied" not in page.text
    officer.send(path.replace("disposal", "variations/2"), action="/bring")
    page = officer.open(path)
    in_force, before = page.text.split("As it was given")
    assert planned.longer().what in in_force
    assert planned.longer().what not in before
    assert "These are the conditions in force" in in_force
    assert page.links["What was changed, and why"] == path.replace("disposal", "variations")


@pytest.mark.parametrize(("key", "status"), [("case_manager", 403), ("far_officer", 404)])
def test_nobody_else_prepares_a_variation(app: PanelApp, key: str, status: int) -> None:
    path = made(app)
    officer = enter(app, "officer")
    officer.send(path, button="Vary the conditions")
    enter(app, key).open(f"{path}/2/prepare", status=status)
