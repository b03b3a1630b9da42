"""Choosing a condition from the library, for the panel and for the case manager."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config import library
from panel.db import transaction
from panel.decisions.models import DraftCondition
from panel.web import PanelApp
from tests.support.assessed import enter, written
from tests.support.decided import heard
from tests.support.placements import place
from tests.support.world import NOW, TODAY, World, build
from workflows.conditions import NEEDS, StepKind
from workflows.vocabulary import Purpose

LATER = ["4", "1", "2027"]


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def panel(engine: Engine, **more: Any) -> tuple[World, str]:
    with transaction(engine) as db:
        world = build(db)
        if more.get("farm"):
            place(db, world)
            place(db, world, name="Girls' garden", girls_only=True)
            place(db, world, name="Full yard")
        return world, f"/cases/{heard(db, world).reference}/panel"


def conditions(engine: Engine) -> list[DraftCondition]:
    with Session(engine) as db:
        return list(db.exec(select(DraftCondition).order_by("place")))


def test_every_entry_has_a_lawful_object_and_asks_what_its_kind_needs() -> None:
    found = library.entries(TODAY)
    assert {entry.group for entry in found} == set(library.GROUPS)
    for entry in found:
        kind, asked = StepKind(entry.kind), {*entry.asks, "what", "done_when"}
        assert entry.objects
        assert {Purpose(name) for name in entry.objects}
        assert set(NEEDS[kind]) <= asked, entry.key
        assert not entry.attends or {"where_at", "when_at", "hours"} <= asked, entry.key
        assert set(entry.questions) | set(entry.hints) <= asked | {"due_on"}, entry.key


def test_an_entry_is_offered_from_its_first_day_until_its_last() -> None:
    entry = library.entries(TODAY)[0]
    ends = replace(entry, since=TODAY, until=TODAY)
    assert ends.holds(TODAY)
    assert not ends.holds(TODAY - timedelta(days=1))
    assert not ends.holds(TODAY + timedelta(days=1))


def test_the_library_is_searched_by_object_and_words(app: PanelApp) -> None:
    _, base = panel(app.engine)
    chair = enter(app, "chair")
    page = chair.open(base + "/library")
    assert f"{len(library.entries(TODAY))} found" in page.text
    page = chair.open(base + "/library?object=restrictive&q=evening")
    assert "1 found" in page.text
    assert page.links["Doorstep curfew"].endswith("/condition?entry=doorstep_curfew")
    assert "Nothing found" in chair.open(base + "/library?q=zebra").text
    assert "own words" in chair.open(base + "/library?object=nonsense").text
    chair.open(base + "/condition?entry=nonsense", status=404)


def test_a_curfew_asks_its_own_questions_and_no_others(app: PanelApp) -> None:
    _, base = panel(app.engine)
    chair = enter(app, "chair")
    page = chair.open(base + "/condition?entry=doorstep_curfew")
    names = set(page.form(button="Save the condition").names)
    assert {"where_at", "when_at", "how_often", "checked_by", "purpose"} <= names
    assert not {"amount_pence", "payee", "hours", "kind", "placement_id", "sealed"} & names
    assert "electronic monitoring" in page.text
    assert page.form(button="Save the condition").filled["where_at"] == ["3 Mill Row, Kelder, KD1 2AB"]
    chair.send(
        page,
        {
            "what": "Be at home and come to the door",
            "purpose": "rehabilitation",
            "when_at": "19:00 to 07:00",
            "checked_by": "Keel Street neighbourhood team",
            "done_when": "Four weeks were kept",
            "due_on": LATER,
        },
        button="Save the condition",
    )
    saved = conditions(app.engine)[-1]
    assert (saved.entry, saved.kind) == ("doorstep_curfew", StepKind.CURFEW)
    assert saved.checked_by == "Keel Street neighbourhood team"
    page = chair.open(f"{base}/conditions/{saved.id}")
    assert "From the library: Doorstep curfew" in page.text
    assert "checked by Keel Street neighbourhood team" in chair.open(base + "/decision").text


def test_an_object_that_an_entry_cannot_have_is_refused(sqlite_app: PanelApp) -> None:
    _, base = panel(sqlite_app.engine)
    chair = enter(sqlite_app, "chair")
    values = {"what": "Be at home and come to the door", "purpose": "reparation", "due_on": LATER}
    page = chair.send(
        base + "/condition?entry=doorstep_curfew", values, button="Save the condition", status=422
    )
    assert page.errors == ["Choose what it is for"]


def test_a_penalty_is_typed_in_pounds_and_kept_to_the_penny(app: PanelApp) -> None:
    _, base = panel(app.engine)
    chair = enter(app, "chair")
    address = base + "/condition?entry=financial_penalty"
    values = {"what": "Pay a penalty of 20 pounds", "amount_pence": "twenty", "due_on": LATER}
    page = chair.send(address, values, button="Save the condition", status=422)
    assert page.errors == ["Amount in pounds must be a number, such as 20 or 12.50"]
    chair.send(address, values | {"amount_pence": "£12.50"}, button="Save the condition")
    saved = conditions(app.engine)[-1]
    assert (saved.amount_pence, saved.purpose) == (1250, Purpose.PUNISHMENT)
    page = chair.open(f"{base}/conditions/{saved.id}")
    assert page.form(button="Save the condition").filled["amount_pence"] == ["12.50"]
    check = chair.open(base + "/check").text
    assert "must say the amount, to whom it is paid and how" in check
    assert "can only be a condition of a youth conditional caution" in check


def test_a_wording_that_only_names_a_topic_is_refused_with_an_example(app: PanelApp) -> None:
    world, base = panel(app.engine)
    chair = enter(app, "chair")
    values = {"what": "Drugs awareness", "purpose": "rehabilitation", "due_on": LATER}
    page = chair.send(base + "/condition", values, button="Save the condition", status=422)
    assert page.errors[0].startswith("“Drugs awareness” only names a topic. Say what the child does")
    page = chair.send(
        base + "/condition?entry=apology_letter",
        {"what": "Victim awareness", "due_on": LATER},
        button="Save the condition",
        status=422,
    )
    assert "Write a letter that says what you did" in page.errors[0]
    with transaction(app.engine) as db:
        reference = written(db, world).reference
    page = enter(app, "case_manager").send(
        f"/cases/{reference}/assessment/step", values, button="Save this step", status=422
    )
    assert "For example: Talk through when and why" in page.errors[0]


def test_a_placement_brings_its_place_and_times_and_says_why_others_do_not_fit(app: PanelApp) -> None:
    _, base = panel(app.engine, farm=True)
    chair = enter(app, "chair")
    address = base + "/condition?entry=indirect_reparation"
    page = chair.open(address)
    assert "Girls' garden: Weeding and mending fences. Saturday, 10:00 to 13:00. Does not fit" in page.text
    assert "960888" not in page.text
    values = {"what": "Mend the fence with the farm's team", "hours": "6", "due_on": LATER}
    chair.send(address, values | {"placement_id": "1"}, button="Save the condition")
    saved = conditions(app.engine)[-1]
    assert saved.placement_id == 1
    assert saved.where_at == "Orchard Farm, Mill Lane, Kelder"
    assert saved.when_at == "Saturday, 10:00 to 13:00"
    assert saved.who == "The farm's youth team"
    at_home = values | {"placement_id": "1", "at_childs_home": "y"}
    page = chair.send(address, at_home, button="Save the condition", status=422)
    assert page.errors == ["Choose a placement or the child's own home, not both"]
    page = chair.send(address, values | {"placement_id": "99"}, button="Save the condition", status=422)
    assert page.errors == ["Choose one of these placements"]


def test_the_case_manager_proposes_from_the_library(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        reference = written(db, build(db)).reference
    worker, base = enter(app, "case_manager"), f"/cases/{reference}/assessment"
    page = worker.open(base + "/library?q=cannabis")
    page = worker.open(page.links["Sessions about substance use"])
    worker.send(
        page,
        {
            "what": "Talk through when and why he smokes",
            "how_often": "Once a week",
            "sessions": "6",
            "due_on": LATER,
        },
        button="Save this step",
    )
    said = worker.open(base + "/steps").text
    assert "How often Once a week" in said
    assert "Sessions 6" in said
