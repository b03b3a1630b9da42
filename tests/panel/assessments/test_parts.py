"""The pages of the parts: saving while one writes, statements, screens, plans, AssetPlus, order of steps."""

from datetime import timedelta
from itertools import count
from secrets import token_urlsafe
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from panel.assessments.written import AssetPlus, LinkedPlan, ScreenDone, Section, Source, Statement
from panel.db import transaction
from panel.history.models import AccessEntry, Event
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support.assessed import enter, handed_in, written
from tests.support.visitor import Page, Visitor
from tests.support.world import NOW, World, accepted, build
from workflows.assessment_parts import Basis
from workflows.screening import Referral as Referred

FAMILY = "/sections/family"


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(microseconds=next(ticks)))


def begin(app: PanelApp, stage: object = accepted, **more: object) -> str:
    """The address of the assessment of a new case."""
    with transaction(app.engine) as db:
        return f"/cases/{stage(db, build(db), **more).reference}/assessment"  # type: ignore[operator]


def all_of(app: PanelApp, table: Any) -> list[Any]:
    with Session(app.engine) as db:
        return list(db.exec(select(table)))


def in_background(author: Visitor, page: Page, **values: str) -> TestResponse:
    """What the script sends while somebody writes."""
    form = page.form(button="Save and continue")
    data = {name: value[0] for name, value in form.filled.items()} | values
    data["act_key"] = token_urlsafe(24)
    return author.client.post(form.action, data=data, headers={"X-Autosave": "1"})


def test_saving_in_the_background_answers_with_the_time_and_the_next_mark(app: PanelApp) -> None:
    base, author = begin(app), enter(app, "case_manager")
    page = author.open(base + FAMILY)
    reply = in_background(author, page, text="Lives with")
    assert reply.status_code == 200
    assert reply.get_json()["saved"] == "10:00"
    reply = in_background(author, page, text="Lives with his mother", version=reply.get_json()["version"])
    assert reply.status_code == 200
    assert [section.text for section in all_of(app, Section)] == ["Lives with his mother"]
    verbs = [e.verb for e in all_of(app, Event) if e.verb == "case.assessment"]
    assert len(verbs) == 1
    logged = [entry for entry in all_of(app, AccessEntry) if entry.page == "case.assessment"]
    assert len(logged) == 2


def test_two_tabs_do_not_overwrite_each_other_and_both_texts_are_shown(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app), enter(sqlite_app, "case_manager")
    one, two = author.open(base + FAMILY), author.open(base + FAMILY)
    assert in_background(author, one, text="From the first tab").status_code == 200
    assert in_background(author, two, text="From the second tab").status_code == 409
    page = author.send(two, {"text": "From the second tab"}, button="Save and continue", status=409)
    assert "From the first tab" in page.text
    assert "From the second tab" in page.text


def test_another_section_in_another_tab_is_nobodys_business(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app), enter(sqlite_app, "case_manager")
    family, health = author.open(base + FAMILY), author.open(base + "/sections/health")
    author.send(family, {"text": "A"}, button="Save and continue")
    author.send(health, {"text": "B"}, button="Save and continue")
    assert {section.key for section in all_of(sqlite_app, Section)} == {"family", "health"}


def test_a_section_names_its_author_and_leads_to_the_next(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app), enter(sqlite_app, "case_manager")
    page = author.send(base + FAMILY, {"text": "Lives with his mother"}, button="Save and continue")
    assert page.location == base + "/sections/barriers"
    assert "Opinion of Priya Nair, 17 November 2026" in author.open(base + FAMILY).text
    author.open(base + "/sections/nonsense", status=404)


def test_facts_opinions_and_reports_stay_told_apart_down_to_the_print(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app, written), enter(sqlite_app, "case_manager")
    add = base + FAMILY + "/known"
    page = author.send(add, {"text": "Two sisters", "basis": "fact"}, status=422)
    assert page.errors == ["Say where it comes from: choose a source, or name one"]
    author.send(add, {"text": "Two sisters", "basis": "fact", "source_words": "Birth records"})
    source = next(o for o in author.open(add).tree.iter("option") if "School" in "".join(o.itertext()))
    author.send(
        add,
        {
            "text": "She is tired in the mornings",
            "basis": "reported",
            "source_id": source.get("value"),
            "said_by": "Ms Lane",
            "said_on": ["16", "11", "2026"],
        },
    )
    author.send(add, {"text": "I think that she worries", "basis": "opinion"})
    assert [s.basis for s in all_of(sqlite_app, Statement)] == [Basis.FACT, Basis.REPORTED, Basis.OPINION]
    text = enter(sqlite_app, "manager").open(base).text
    assert "Fact: Two sisters (Birth records)" in text
    assert "Reported: She is tired in the mornings (School" in text
    assert "Ms Lane, 16 November 2026)" in text
    assert "Opinion: I think that she worries" in text
    page = author.open(base + FAMILY)
    author.send(page, button="Remove statement 1")
    assert len(all_of(sqlite_app, Statement)) == 2


def beside_another(db: Session, world: World) -> Referral:
    """A case that has just been accepted, beside one of the same worker that is written."""
    written(db, world)
    return accepted(db, world)


def test_a_statement_rests_on_a_source_of_its_own_case(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app, beside_another), enter(sqlite_app, "case_manager")
    foreign = all_of(sqlite_app, Source)[0].id
    form = author.open(base + FAMILY + "/known").form(button="Save this statement")
    data = {name: value[0] for name, value in form.filled.items()}
    data |= {"text": "x", "basis": "fact", "source_id": str(foreign)}
    assert author.client.post(form.action, data=data).status_code == 404


def test_the_alcohol_questions_are_scored_and_all_of_them_are_asked(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app), enter(sqlite_app, "case_manager")
    where = base + "/screens/alcohol"
    most = {f"q{n}": "1" for n in range(1, 11)}
    page = author.send(where, most | {"q10": None}, button="Save the answers", status=422)
    assert page.errors == ["Answer every question, or say why this was not done"]
    author.send(where, most, button="Save the answers")
    [done] = all_of(sqlite_app, ScreenDone)
    assert done.score == 12
    assert "12 of 40, raised: simple advice." in author.open(where).text
    author.send(where, {"not_done_reason": "He went home"}, button="Save the answers")
    [done] = all_of(sqlite_app, ScreenDone)
    assert (done.score, done.answers) == (None, {})


@pytest.mark.parametrize(
    ("kind", "answer", "asks"),
    [
        ("speech", "no", True),
        ("speech", "yes", True),
        ("exploitation", "no", False),
        ("exploitation", "yes", True),
    ],
)
def test_a_person_decides_on_a_referral_and_never_the_answers(
    sqlite_app: PanelApp, kind: str, answer: str, asks: bool
) -> None:
    base, author = begin(sqlite_app), enter(sqlite_app, "case_manager")
    where = f"{base}/screens/{kind}"
    form = author.open(where).form(button="Save the answers")
    keys = form.names - {"csrf_token", "act_key", "version", "referred", "note", "not_done_reason"}
    page = author.send(where, dict.fromkeys(keys, answer), button="Save the answers", status=None)
    assert (page.status == 422) is asks
    decided = dict.fromkeys(keys, answer) | {"referred": "not_needed"}
    author.send(where, decided, button="Save the answers")
    assert [done.referred for done in all_of(sqlite_app, ScreenDone)] == [Referred.NOT_NEEDED]


def test_steps_are_put_into_order(sqlite_app: PanelApp) -> None:
    base, author = begin(sqlite_app, written), enter(sqlite_app, "case_manager")
    page = author.open(base + "/steps")
    assert page.text.index("Four talks") < page.text.index("Help to repaint")
    author.send(page, button="Move down Four talks about anger")
    page = author.open(base + "/steps")
    assert page.text.index("Help to repaint") < page.text.index("Four talks")
    author.send(page, button="Move up Four talks about anger")
    page = author.open(base + "/steps")
    assert page.text.index("Four talks") < page.text.index("Help to repaint")


def test_a_looked_after_child_needs_a_full_assetplus_and_a_linked_plan(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app, written, child={"looked_after": True})
    author = enter(sqlite_app, "case_manager")
    text = author.open(base + "/submit").text
    assert "A full AssetPlus is needed" in text
    assert "no plan of theirs is linked" in text
    assert "The child is looked after." in author.open(base + "/assetplus").text
    full = {"reference": "AP-1", "reoffending": "high", "safety": "medium", "harm": "low"}
    days = {"started_on": ["10", "11", "2026"], "completed_on": ["9", "11", "2026"]}
    page = author.send(base + "/assetplus", full | days, status=422)
    assert page.errors == ["It cannot be completed before it was started"]
    author.send(base + "/assetplus", full | {"completed_on": ["16", "11", "2026"]})
    text = author.open(base + "/assetplus").text
    assert "High. This differs from our own judgement: low." in text
    author.send(
        base + "/plan", {"kind": "care", "lead_worker": "M. Quill", "fit": "Their worker comes along"}
    )
    assert len(all_of(sqlite_app, LinkedPlan)) == len(all_of(sqlite_app, AssetPlus)) == 1
    text = author.open(base + "/submit").text
    assert "AssetPlus is needed" not in text
    assert "no plan of theirs" not in text
    author.send(base + "/submit")


@pytest.mark.parametrize(
    ("offence", "needed"),
    [
        ({"gravity": 3}, False),
        ({"gravity": 4}, True),
        ({"gravity": 1, "offence": {"title": "Robbery of a telephone"}}, True),
    ],
)
def test_a_high_risk_offence_asks_for_a_full_assetplus(
    sqlite_app: PanelApp, offence: dict[str, object], needed: bool
) -> None:
    base = begin(sqlite_app, written, **offence)
    text = enter(sqlite_app, "case_manager").open(base + "/submit").text
    assert ("A full AssetPlus is needed" in text) is needed


def test_the_list_takes_the_same_number_of_questions_whatever_it_holds(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app, written)
    author = enter(sqlite_app, "case_manager")

    def asked() -> int:
        seen: list[str] = []
        event.listen(sqlite_app.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
        author.open(base + "/write")
        return sum(statement.startswith("SELECT") for statement in seen)

    first = asked()
    for number in range(5):
        author.send(base + FAMILY + "/known", {"text": f"Fact {number}", "basis": "opinion"})
    assert asked() <= first + 1


@pytest.mark.parametrize(
    "path",
    [
        FAMILY,
        "/judgements/harm",
        "/sources",
        "/screens/speech",
        "/plans",
        "/assetplus",
        "/steps",
        "/contingency",
    ],
)
def test_the_pages_of_writing_belong_to_the_case_manager_alone(sqlite_app: PanelApp, path: str) -> None:
    base = begin(sqlite_app, written)
    for key in ("manager", "inspector", "officer"):
        enter(sqlite_app, key).open(base + path, status=403)
    enter(sqlite_app, "other_case_manager").open(base + path, status=404)


def test_what_waits_for_a_manager_is_not_written_in(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app, handed_in)
    author = enter(sqlite_app, "case_manager")
    for path in (FAMILY, "/judgements/harm", "/recommendation", "/contingency", "/plans", "/source"):
        author.open(base + path, status=409)
