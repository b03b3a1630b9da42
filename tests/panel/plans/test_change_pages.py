"""The pages on which a plan is changed, read in versions and agreed."""

from datetime import timedelta
from typing import Any

import pytest

from panel.db import transaction
from panel.web import PanelApp
from tests.support import planned
from tests.support.assessed import enter
from tests.support.given import GIVEN_AT, drawn_url
from tests.support.planned import boxes
from tests.support.world import TODAY, build
from workflows.vocabulary import Outcome

BOXING = "Join the boxing club with his mentor"
SOON = boxes(TODAY + timedelta(days=60))
EXIT = {"service": "Boxing club", "what_for": "Friday nights", "who": "Priya Nair", "by_when": SOON}


@pytest.fixture
def app(sqlite_app: PanelApp, monkeypatch: pytest.MonkeyPatch) -> PanelApp:
    """The application on the day after the disposal was given."""
    monkeypatch.setattr("panel.clock.now", lambda: GIVEN_AT + timedelta(days=1))
    return sqlite_app


def made(app: PanelApp, outcome: Outcome = Outcome.YCC) -> str:
    """The address of the plan of a case that is under way."""
    with transaction(app.engine) as db:
        return f"/cases/{planned.under_way(db, build(db), outcome).reference}/plan"


def test_a_worker_changes_the_plan_and_both_sides_are_shown(app: PanelApp) -> None:
    plan = made(app)
    worker = enter(app, "case_manager")
    worker.send(f"{plan}/change/exits/add", EXIT)
    safer = {"owner": "Priya Nair", "serves": "safety"}
    page = worker.follow(worker.send(f"{plan}/change/steps/1", safer))
    assert "Boxing club Referred by: Priya Nair" in page.text
    page = worker.follow(worker.send(page, {"why": "He asked for boxing"}, button="Make the new version"))
    assert "The plan has a new version." in page.text
    assert "Version 2" in page.text
    page = worker.open(f"{plan}/versions")
    assert "He asked for boxing" in page.text
    assert "Ways into mainstream services BeforeNothing" in page.text
    exit_page = f"{plan}/exits/1"
    noted = {"happened": "yes", "happened_on": boxes(TODAY), "said": "He went and liked it"}
    page = worker.follow(worker.send(exit_page, noted))
    assert "Referred on 17 November 2026: He went and liked it" in page.text


def test_a_contingency_that_only_reviews_is_refused_with_an_example(app: PanelApp) -> None:
    plan = made(app)
    worker = enter(app, "case_manager")
    hollow = {
        "trigger": "He stays out",
        "action": "Tell the manager",
        "who": "Us",
        "risk": "safety",
    }
    page = worker.send(f"{plan}/change/contingencies/add", hollow, status=422)
    assert "alone is no plan for that day" in page.errors[0]


def test_a_step_is_added_and_ordered_and_the_change_is_dropped(app: PanelApp) -> None:
    plan = made(app, Outcome.CR)
    worker = enter(app, "case_manager")
    new = {
        "what": BOXING,
        "purpose": "rehabilitation",
        "who": "Sol Adeyemi",
        "due_on": SOON,
        "owner": "Sol Adeyemi",
        "serves": "safety",
    }
    page = worker.follow(worker.send(f"{plan}/change/steps/add", new))
    assert f"3. {BOXING}" in page.text
    page = worker.follow(worker.send(page, action="/steps/3/move", button=f"Earlier: {BOXING}"))
    assert f"2. {BOXING}" in page.text
    page = worker.follow(worker.send(page, action="/drop"))
    assert "The change was dropped. The plan is as it was." in page.text


def test_child_and_adult_sign_the_plan_on_the_screen(app: PanelApp) -> None:
    plan = made(app, Outcome.CR)
    worker = enter(app, "case_manager")
    signed = {"child_drawing": drawn_url(), "adult_drawing": drawn_url(40)}
    page = worker.follow(worker.send(f"{plan}/agree", signed))
    assert "Version 1 signed by Robin Fielding and Dana Fielding on 18 November 2026." in page.text
    page = worker.send(f"{plan}/agree", {"child_drawing": drawn_url()}, status=422)
    assert page.errors == ["Nobody signed. Say why, or ask the child and their adult to sign."]


@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("officer", 403), ("far_case_manager", 404)])
def test_nobody_else_changes_a_plan(app: PanelApp, key: str, status: int) -> None:
    plan = made(app)
    enter(app, key).open(f"{plan}/change", status=status)


def test_two_people_do_not_overwrite_each_other(app: PanelApp) -> None:
    plan = made(app)
    worker: Any = enter(app, "case_manager")
    early = worker.open(f"{plan}/change/exits/add")
    worker.send(f"{plan}/change/exits/add", EXIT)
    worker.send(early, EXIT, status=409)
