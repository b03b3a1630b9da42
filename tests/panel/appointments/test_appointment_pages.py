"""The pages of an appointment, as each person meets them."""

import re
from datetime import timedelta

from panel import clock
from panel.web import PanelApp
from tests.panel.disposals.test_disposal_pages import Desk, desk
from tests.support import given as cases
from tests.support.assessed import CANARIES
from workflows.calendar import day_date, today_in_london
from workflows.vocabulary import Outcome

THEN = today_in_london(clock.now()) + timedelta(days=3)
DAY = {
    "held_on": [str(THEN.day), str(THEN.month), str(THEN.year)],
    "starts_at": "16:30",
    "place": "Keel Street",
    "joint": "yes",
}


def at(case: Desk, page: str = "") -> str:
    return f"/cases/{case.reference}/appointment{page}"


def plan(case: Desk, key: str = "case_manager") -> None:
    visitor = case.enter(key)
    page = visitor.open(at(case, "/plan"))
    officer = next(v for v, text in _officers(page.html) if "Marsh" in text)
    visitor.send(page, DAY | {"officer_id": officer})


def _officers(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<option value="(\d+)"[^>]*>([^<]+)</option>', html)


def test_it_is_planned_moved_and_called_off_from_the_page_of_the_disposal(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided, Outcome.CR)
    manager = case.enter("manager")
    page = manager.open(case.at())
    assert page.links["Plan when it is given"] == at(case)
    plan(case)
    page = manager.open(at(case))
    assert f"{day_date(THEN)} at 16:30" in page.text
    assert "01632 960001" in page.text
    again = {"asked_by": "child_or_family", "code": "school", "starts_at": "17:00"}
    manager.send(at(case, "/move"), again | {"code": ""}, status=422)
    page = manager.follow(manager.send(at(case, "/move"), again))
    assert "Moved or changed 1 time." in page.text
    assert "Asked by: the child or the family" in page.text
    page = manager.follow(manager.send(at(case, "/cancel"), {"asked_by": "yot", "reason": "Flood"}))
    assert "No appointment is planned." in page.text


def test_an_error_gives_back_everything_that_was_typed(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided)
    page = case.enter("officer").send(at(case, "/plan"), DAY | {"starts_at": "late"}, status=422)
    assert "Time must be a time, such as 16:30" in page.errors
    assert page.form().filled["place"] == ["Keel Street"]


def test_of_two_who_plan_at_once_the_second_is_told_so(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided)
    other = case.enter("officer")
    page = other.open(at(case, "/plan"))
    plan(case)
    officer = next(v for v, text in _officers(page.html) if "Marsh" in text)
    other.send(page, DAY | {"officer_id": officer}, status=409)


def test_who_may_see_how_to_reach_the_family(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided, victim=True)
    plan(case)
    for key, answer in {"officer": 200, "inspector": 200, "victim_worker": 403, "far_officer": 404}.items():
        page = case.enter(key).open(at(case), status=answer)
        assert not [canary for canary in CANARIES if canary in page.html]
    letter = case.enter("officer").open(at(case, "/letter.pdf"))
    assert letter.response.mimetype == "application/pdf"
    case.enter("inspector").open(at(case, "/plan"), status=403)
    case.enter("other_officer").open(at(case), status=404)


def test_the_home_page_counts_what_has_no_day(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided)
    seconded = case.enter("seconded")
    assert "Disposals without an appointment, or whose day has passed" in seconded.open("/").text
    assert case.reference in seconded.open("/cases?list=to_appoint").text
    plan(case)
    assert case.reference not in seconded.open("/cases?list=to_appoint").text
