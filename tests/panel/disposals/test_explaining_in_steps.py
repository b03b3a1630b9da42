"""The explaining goes one thing at a time, and nothing that was typed on the way is lost."""

import pytest
from sqlmodel import select

from config.explaining import groups
from panel.db import transaction
from panel.disposals.day_models import Explanation
from panel.disposals.explain_steps import steps_of
from panel.disposals.explaining import parts_of
from panel.disposals.forms import ExplainForm
from panel.disposals.models import Disposal
from panel.web import PanelApp
from tests.panel.disposals.test_disposal_pages import EXPLAINED, desk
from tests.support import given as cases
from tests.support.explaining import END, asked_here, last_step, walk
from tests.support.world import TODAY
from workflows.disposal import Status
from workflows.vocabulary import Outcome

SAID_BACK = ("what", "failure", "record")
PLACE = {"case_manager_present": "no", "explained_place": "Keel Street", "adult_here": "y"}


def explanations(app: PanelApp) -> list[Explanation]:
    with transaction(app.engine) as db:
        found = list(db.exec(select(Explanation)))
        db.expunge_all()
        return found


@pytest.mark.parametrize("outcome", Outcome)
def test_every_question_has_its_place_in_exactly_one_step(sqlite_app: PanelApp, outcome: Outcome) -> None:
    with sqlite_app.test_request_context():
        form = ExplainForm()
        parts = parts_of(outcome, TODAY)
        form.fit(outcome, adult_named=True, topics=[])
        steps = steps_of(form, parts, "What you will do")
        asked = [name for step in steps for name in step.fields if name != "ticked"]
        assert sorted(asked) == sorted(field.name for field in form.visible() if field.name != "ticked")
        assert [step.part for step in steps if step.part] == list(parts)


def test_one_thing_at_a_time_and_how_far_one_is(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    page, headings = officer.open(case.at("/explain")), []
    while END not in page.form().buttons:
        headings.append(page.heading)
        page = officer.send(page, asked_here(page, EXPLAINED), button="Go on", status=200)
    parts = [group.title for group in groups()]
    before = ["Who is here", "A solicitor, if you want one", "What you say about it"]
    assert [*headings, page.heading] == [*before, *parts, "What you will do", "How it was explained"]
    assert "Part 10 of 10" in page.text
    assert explanations(sqlite_app) == []


def test_going_on_and_back_keeps_everything_and_does_nothing(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    page = last_step(officer, case.at("/explain"), EXPLAINED, until="What happens if you do not do it")
    words = '<b>Court</b> & "more"\nA second line'
    page = officer.send(page, {"said-failure": words, "ticked": ["court"]}, button="Back", status=200)
    assert page.heading == "Who helps you"
    for _ in range(4):
        page = officer.send(page, button="Back", status=200)
    assert page.heading == "Who is here"
    filled = page.form().filled
    assert filled["explained_place"] == ["Keel Street"]
    assert filled["said-failure"] == [words]
    assert filled["advice"] == ["declined"]
    assert "court" in filled["ticked"]
    assert explanations(sqlite_app) == []
    assert case.stands() is Status.PREPARED
    on = {"explained_place": "The library", "case_manager_present": "no"}
    page = officer.send(page, on, button="Go on", status=200)
    assert page.form().filled["explained_place"] == ["The library"]


def test_what_is_missing_is_said_on_its_own_page_before_one_goes_on(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    page = officer.send(case.at("/explain"), {"others": "Jan Novak, advocate"}, button="Go on", status=422)
    assert page.heading == "Who is here"
    assert page.errors == ["Say whether the case manager is here too", "Say where you are"]
    assert page.form().filled["others"] == ["Jan Novak, advocate"]
    page = officer.send(page, PLACE, button="Go on", status=200)
    assert page.heading == "A solicitor, if you want one"


def test_words_that_are_too_long_are_said_where_they_stand(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    page = last_step(officer, case.at("/explain"), EXPLAINED, until="What this is")
    page = officer.send(page, {"said-what": "x" * 2001}, button="Go on", status=422)
    assert page.heading == "What this is"
    assert page.form().filled["said-what"] == ["x" * 2001]


def test_the_end_shows_every_page_on_which_something_is_missing(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    most = EXPLAINED | {"warned": None, "ticked": [t for t in cases.TOPICS if t != "spent"]}
    page = walk(officer, case.at("/explain"), most, status=422)
    assert page.heading == "Some things are still missing"
    headings = ["".join(one.itertext()) for one in page.tree.iter("h2")]
    wanted = ["What happens if you do not do it", "What is kept, and who can see it"]
    assert [one for one in headings if one in {group.title for group in groups()}] == wanted
    every = {"ticked": list(cases.TOPICS), "warned": "y"}
    page = officer.follow(officer.send(page, every, button=END))
    assert page.heading == "Sign here"
    (kept,) = explanations(sqlite_app)
    assert {item["topic"] for item in kept.items if not item["explained"]} == set()
    assert [said["words"] for said in kept.said] == [EXPLAINED[f"said-{key}"] for key in SAID_BACK]


def test_pressing_twice_at_the_end_keeps_one_explanation(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    page = last_step(officer, case.at("/explain"), EXPLAINED)
    how = asked_here(page, EXPLAINED)
    first = officer.send(page, how, button=END)
    assert officer.send(page, how, button=END).location == first.location
    assert len(explanations(sqlite_app)) == 1


def test_a_case_that_changed_meanwhile_gives_back_every_word_at_the_end(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer, other = case.enter("officer"), case.enter("seconded")
    page = last_step(officer, case.at("/explain"), EXPLAINED)
    other.send(case.at("/lapse"), {"reason": "The child withdrew."})
    page = officer.send(page, asked_here(page, EXPLAINED), button=END, status=409)
    assert EXPLAINED["said-failure"] in page.text
    with transaction(sqlite_app.engine) as db:
        assert db.exec(select(Disposal.explained_at)).one() is None
