"""The pages of keeping to it, as each person meets them."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from panel import clock
from panel.compliance.queries import entries_of
from panel.db import transaction
from panel.web import PanelApp
from tests.support import kept
from tests.support.assessed import enter
from tests.support.given import notified
from tests.support.kept import matter
from tests.support.visitor import Visitor
from tests.support.world import build
from workflows.calendar import today_in_london
from workflows.conditions import StepKind
from workflows.keeping import Rung

DAY = ["17", "11", "2026"]
NAMED = {"name": "Ada Poole", "rank": "Sergeant", "authority": "sergeant_or_above"}


def made(app: PanelApp, stage: Any, **more: Any) -> str:
    """The address of keeping to it for a case at one stage."""
    with transaction(app.engine) as db:
        return f"/cases/{stage(db, build(db), **more).reference}/keeping"


def test_the_way_from_the_first_miss_to_the_decision_of_the_police(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, notified)
    worker = enter(sqlite_app, "case_manager")
    page = worker.follow(worker.send(f"{base}/missed", {"happened_on": DAY, "said": "The first talk"}))
    assert "Speak with the child and family" in page.text
    said = {"happened_on": DAY, "way": "phone", "who": "His mother", "said": "He forgot."}
    worker.send(f"{base}/1/answer", said)
    warning = {"happened_on": DAY, "level": "first", "said": "You did not come.", "must": "Come on Monday."}
    worker.send(f"{base}/1/warn", warning | {"help": "Priya, 01632 960123", "who": "Robin"})
    met = {"happened_on": DAY, "who": "All", "said": "The bus", "barriers": ["transport"], "changes": "Three"}
    worker.send(f"{base}/1/meet", met)
    page = worker.open(f"{base}/1/allege")
    assert "There has been no final warning." in page.text
    now = today_in_london(clock.now())
    breach = {
        "happened_on": [str(now.day), str(now.month), str(now.year)],
        "conditions": ["1"],
        "said": "He came to none.",
        "tried": "Calls",
        "childs_side": "Boring",
    }
    worker.send(f"{base}/1/allege", breach | {"override-final_given": "He said that he will not come."})
    seconded = enter(sqlite_app, "seconded")
    assert "Breaches waiting for the police" in seconded.open("/").text
    assert "Robin Fielding" in seconded.open("/keeping?list=police").text
    found = {"happened_on": DAY, "excused": "no", "said": "No reason was given."} | NAMED
    seconded.send(f"{base}/1/consider", found)
    decision = {"happened_on": DAY, "choice": "continue", "said": "One more chance."} | NAMED
    page = seconded.follow(seconded.send(f"{base}/1/decide", decision))
    assert "The police: carry on" in page.text
    assert "Went on although: There has been no final warning." in page.text
    assert "Ada Poole, Sergeant" in page.text


def test_only_the_rungs_that_fit_the_outcome_and_the_person_are_offered(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, kept.missed)
    links = enter(sqlite_app, "case_manager").open(base).links
    assert {"Give a warning", "Report a possible breach to the police"} <= set(links)
    assert "Return it to the police" not in links
    assert "End it: it was voluntary" not in links
    assert "Give a warning" not in enter(sqlite_app, "seconded").open(base).links


@pytest.mark.parametrize(("key", "code"), [("officer", 403), ("board", 403), ("far_manager", 404)])
def test_nobody_else_reads_what_the_child_said(sqlite_app: PanelApp, key: str, code: int) -> None:
    base = made(sqlite_app, kept.missed)
    enter(sqlite_app, key).open(base, status=code)


def test_a_rung_asks_for_what_it_needs_and_keeps_what_was_typed(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, kept.missed)
    worker = enter(sqlite_app, "case_manager")
    page = worker.send(f"{base}/1/meet", {"happened_on": DAY, "said": "The bus does not run"}, status=422)
    assert {"Say who was there", "Choose what kind of thing it was"} <= set(page.errors)
    assert "The bus does not run" in page.form().filled["said"]


def test_a_page_that_is_older_than_the_case_is_refused(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, kept.missed)
    first, second = (enter(sqlite_app, key) for key in ("case_manager", "manager"))
    said = {"happened_on": DAY, "way": "phone", "who": "His mother", "said": "He forgot."}
    page = first.open(f"{base}/1/answer")
    second.send(f"{base}/1/answer", said)
    assert "He forgot." in first.send(page, said | {"who": "Robin"}, status=409).text


def test_the_letter_of_a_warning_is_in_plain_words(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = kept.tried(db, build(db))
        row = matter(db, referral)
        warnings = [e for e in entries_of(db, [row])[row.id] if e.rung is Rung.WARNING]
        path = f"/cases/{referral.reference}/keeping/1/warning-{warnings[0].id}.pdf"
        other = f"/cases/{referral.reference}/keeping/1/warning-{warnings[0].id - 1}.pdf"
    worker = enter(sqlite_app, "case_manager")
    response = worker.client.get(path)
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()
    assert "You did not come to the talks." in text
    assert "Priya, 01632 960123" in text
    assert "go to court" in text.replace("\n", " ")
    assert worker.client.get(other).status_code == 404


def test_a_check_of_the_curfew_is_written_only_where_there_is_a_curfew(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, notified)
    worker = enter(sqlite_app, "seconded")
    worker.open(f"{base}/check", status=404)
    curfew(sqlite_app)
    check = {
        "step": "1",
        "checked_on": DAY,
        "checked_at": "09:40",
        "team": "Kelder North",
        "officer": "PC Dale",
        "collar": "551",
        "found": "not_in",
    }
    page = worker.send(f"{base}/check", check, status=422)
    assert "Say what followed when the child was not in or it could not be checked" in page.text
    page = worker.follow(worker.send(f"{base}/check", check | {"followed": "The case manager was told."}))
    assert "PC Dale, 551, Kelder North" in page.text
    assert "The child was not in" in page.text
    now = today_in_london(clock.now())
    late = {"checked_on": [str(now.day), str(now.month), str(now.year)], "checked_at": "23:59", "found": "in"}
    page = worker.send(f"{base}/check", check | late, status=409)
    assert "A check cannot lie in the future." in page.text


def curfew(app: PanelApp) -> None:
    """Make the first step of the only plan a curfew."""
    from sqlmodel import select

    from panel.plans.models import PlanStep

    with transaction(app.engine) as db:
        step = db.exec(select(PlanStep).where(PlanStep.place == 1)).one()
        step.kind = StepKind.CURFEW
        db.add(step)


def test_the_list_names_every_child_whose_matter_is_open(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        for _ in range(3):
            kept.missed(db, world)
    visitor: Visitor = enter(sqlite_app, "manager")
    page = visitor.open("/keeping")
    assert page.text.count("Robin Fielding") == 3
