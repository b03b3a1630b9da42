"""The pages of a plan, as each person meets them."""

from typing import Any

import pytest
from sqlmodel import select

from panel.db import transaction
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support import given as cases
from tests.support.assessed import CANARIES, enter
from tests.support.world import build
from workflows.case import Status
from workflows.vocabulary import Outcome

DONE = {"state": "done", "done_on": ["17", "11", "2026"], "evidence": "The worker saw it."}

# What closing asks for and a reason may take the place of.
SOFT = ("override-has_summary", "override-child_asked", "override-parent_asked")


def made(app: PanelApp, stage: Any, outcome: Outcome = Outcome.YCC, **more: Any) -> str:
    """The address of the plan of a case at one stage."""
    with transaction(app.engine) as db:
        return f"/cases/{stage(db, build(db), outcome, **more).reference}/plan"


def status(app: PanelApp) -> Status:
    with transaction(app.engine) as db:
        return db.exec(select(Referral.status)).one()


def test_the_case_manager_walks_from_the_notification_to_the_closed_case(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.given)
    worker = enter(sqlite_app, "case_manager")
    worker.send(plan, action="/acknowledge")
    for number in (1, 2):
        page = worker.follow(worker.send(f"{plan}/steps/{number}", DONE))
    assert "2 steps: 2 done, 0 ended without being done, 0 to do." in page.text
    assert "There is no closing summary." in worker.open(f"{plan}/close").text
    why = dict.fromkeys(SOFT, "The family moved away.")
    page = worker.follow(worker.send(f"{plan}/close", {"reason": "All went well."} | why))
    assert "The case is closed. The police and the officer who referred it have been told." in page.text
    assert status(sqlite_app) is Status.CLOSED


def test_a_case_is_not_closed_while_a_step_is_open_and_the_page_says_which(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.notified)
    page = enter(sqlite_app, "case_manager").open(f"{plan}/close")
    assert "You cannot close the case yet" in page.text
    assert "Four talks about anger To do" in page.text
    assert not [form for form in page.forms() if form.method == "post"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": None}, "Say whether the step was done or ended"),
        ({"done_on": ["", "", ""]}, "Enter the day on which it was done"),
        ({"done_on": ["31", "2", "2026"]}, "Day on which it was done must be a real date, such as 27 3 2026"),
        ({"done_on": ["1", "1", "2100"]}, "Day on which it was done must be today or in the past"),
        ({"evidence": "  "}, "Say how we know that it was done, or why it was ended"),
    ],
)
def test_each_mistake_is_named_in_plain_words(
    sqlite_app: PanelApp, change: dict[str, Any], sentence: str
) -> None:
    plan = made(sqlite_app, cases.notified)
    page = enter(sqlite_app, "case_manager").send(f"{plan}/steps/1", DONE | change, status=422)
    assert sentence in page.errors


def test_a_plan_without_steps_says_so_and_can_be_closed(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, lambda db, world, _outcome: cases.without_steps(db, world))
    worker = enter(sqlite_app, "case_manager")
    assert "No steps were decided: there is nothing for the child to do." in worker.open(plan).text
    worker.send(plan, action="/acknowledge")
    worker.send(f"{plan}/close", {"reason": "Nothing was to be done."})
    assert status(sqlite_app) is Status.CLOSED


def test_before_the_giving_there_is_no_plan(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.signed)
    worker = enter(sqlite_app, "case_manager")
    assert "There is no plan yet" in worker.open(plan).text
    worker.open(f"{plan}/close", status=404)
    worker.open(f"{plan}/steps/1", status=404)


def test_who_may_read_a_plan(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.notified)
    for key in ("seconded", "manager", "victim_worker", "inspector"):
        assert ("Close the case" in enter(sqlite_app, key).open(plan).links) is (key == "manager")
    refused = {
        "officer": 403,
        "board": 403,
        "liaison": 404,
        "far_case_manager": 404,
        "other_case_manager": 404,
    }
    for key, answer in refused.items():
        enter(sqlite_app, key).open(plan, status=answer)


def test_only_workers_note_steps_and_close(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.notified)
    for key in ("seconded", "victim_worker", "inspector", "officer", "liaison"):
        visitor = enter(sqlite_app, key)
        for path in ("/steps/1", "/close"):
            visitor.open(plan + path, status=403)


def test_of_two_people_who_write_at_once_the_second_keeps_what_was_typed(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.notified)
    one, other = enter(sqlite_app, "case_manager"), enter(sqlite_app, "manager")
    page = other.open(f"{plan}/steps/1")
    one.send(f"{plan}/steps/1", DONE)
    late = other.send(page, DONE | {"evidence": "I saw it too."}, status=409)
    assert "I saw it too." in late.text
    assert "The worker saw it." in late.text


def test_nothing_of_the_victim_is_on_the_plan(sqlite_app: PanelApp) -> None:
    plan = made(sqlite_app, cases.notified, victim=True)
    for path in ("", "/steps/1", "/close"):
        page = enter(sqlite_app, "case_manager").open(plan + path)
        assert not [canary for canary in CANARIES if canary in page.html]
