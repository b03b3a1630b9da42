"""The child's own pages: answered in the child's words, and no way from them into the case."""

from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import Session, col, select

from panel.assessments import tablet
from panel.assessments.written import SelfAnswer, SelfAssessment
from panel.db import transaction
from panel.web import PanelApp
from tests.support.assessed import enter, handed_in, written
from tests.support.visitor import Visitor
from tests.support.world import NOW, PASSWORD, accepted, build

HELPER = {"helper": "Aunt Rae reads aloud", "started_on": ["17", "11", "2026"]}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(microseconds=next(ticks)))


def begin(app: PanelApp, stage: object = accepted) -> str:
    """The address of the assessment of a new case."""
    with transaction(app.engine) as db:
        return f"/cases/{stage(db, build(db)).reference}/assessment"  # type: ignore[operator]


def handed_over(app: PanelApp, base: str) -> Visitor:
    """The worker's tablet in the child's hands."""
    child = enter(app, "case_manager")
    assert child.send(base + "/child", HELPER).location == "/questions/1"
    return child


def answers(app: PanelApp) -> list[tuple[str, str, bool]]:
    with Session(app.engine) as db:
        rows = db.exec(select(SelfAnswer).order_by(col(SelfAnswer.id)))
        return [(row.key, row.text, row.skipped) for row in rows]


def test_each_answer_is_kept_at_once_and_any_question_may_be_left_out(app: PanelApp) -> None:
    child = handed_over(app, begin(app))
    page = child.send("/questions/1", {"text": "We messed about."}, button="Next")
    assert page.location == "/questions/2"
    page = child.send("/questions/2", {"text": "x"}, button="I don't know, or I want to skip this")
    assert answers(app) == [("happened", "We messed about.", False), ("feel", "", True)]
    page = child.send("/questions/3", {"text": "My mum."}, button="Go back")
    assert page.location == "/questions/2"
    child.send("/questions/1", {"text": "We messed about and I fell."}, button="Next")
    assert answers(app)[0] == ("happened", "We messed about and I fell.", False)
    last = len(tablet.asked())
    assert child.send(f"/questions/{last}", {}, button="Next").location == "/questions/thank-you"
    child.open(f"/questions/{last + 1}", status=404)


def test_while_the_child_has_the_tablet_every_other_address_leads_back(app: PanelApp) -> None:
    base = begin(app)
    child = handed_over(app, base)
    for path in ("/", base, base + "/child", base + "/write", "/cases", "/tasks", "/password"):
        assert child.open(path, status=303).location == "/questions/thank-you"
    page = child.open("/questions/1")
    assert "Robin" not in page.html
    assert base.split("/")[2] not in page.html
    assert "Sign out" not in page.html
    assert all(link.startswith("/questions") for link in page.links.values())


def test_only_the_workers_password_leads_back_into_the_case(app: PanelApp) -> None:
    base = begin(app)
    child = handed_over(app, base)
    child.send("/questions/1", {"text": "It was me."}, button="Next")
    page = child.send("/questions/worker", {"password": "guess"}, status=422)
    assert page.errors == ["This is not your password"]
    assert child.open(base, status=303).location == "/questions/thank-you"
    page = child.send("/questions/worker", {"password": PASSWORD})
    assert page.location == base + "/child"
    page = child.follow(page)
    assert "1 of 8 questions answered or left out so far." in page.text
    assert "It was me." in page.text
    assert child.open("/questions/1", status=303).location == "/"
    with Session(app.engine) as db:
        own = db.exec(select(SelfAssessment)).one()
        assert (own.helper, own.given_back_at is not None) == ("Aunt Rae reads aloud", True)


def test_guessing_the_password_ends_after_the_tries_that_signing_in_allows(sqlite_app: PanelApp) -> None:
    child = handed_over(sqlite_app, begin(sqlite_app))
    for _ in range(20):
        page = child.send("/questions/worker", {"password": "guess"}, status=422)
        if "Too many wrong tries" in page.errors[0]:
            break
    assert "Too many wrong tries" in page.errors[0]
    page = child.send("/questions/worker", {"password": PASSWORD}, status=422)
    assert "Too many wrong tries" in page.errors[0]


def test_the_panel_reads_the_answers_as_the_childs_words_with_who_helped(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app, written)
    child = handed_over(sqlite_app, base)
    child.send("/questions/1", {"text": "I kicked it."}, button="Next")
    child.send("/questions/worker", {"password": PASSWORD})
    page = enter(sqlite_app, "manager").open(base)
    assert "Given on 17 November 2026, with the help of Aunt Rae reads aloud." in page.text
    assert "What happened? Tell it your way. I kicked it." in page.text


def test_nobody_but_the_case_manager_hands_the_tablet_over(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app)
    for key, status in (("manager", 403), ("inspector", 403), ("other_case_manager", 404)):
        enter(sqlite_app, key).open(base + "/child", status=status)
    assert enter(sqlite_app, "case_manager").open("/questions/1", status=303).location == "/"


def test_after_submission_no_tablet_is_handed_over(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app, handed_in)
    enter(sqlite_app, "case_manager").open(base + "/child", status=409)
