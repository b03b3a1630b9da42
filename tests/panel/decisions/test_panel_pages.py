"""The case in the panel as people see it, each with the eyes of their role."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.accounts.models import User
from panel.db import transaction
from panel.decisions.models import Decision, DraftDecision
from panel.meetings.models import Position
from panel.web import PanelApp
from tests.support.assessed import CANARIES, CLEARED, assessed, enter
from tests.support.decided import decided, heard, listed, open_meeting, planned, ready
from tests.support.visitor import Page
from tests.support.world import NOW, build
from workflows.vocabulary import Admission, Outcome

STEP = {
    "what": "A letter to the council",
    "who": "Priya Nair",
    "where_at": "Youth centre",
    "when_at": "Monday 16:00",
    "done_when": "The letter is sent",
    "due_on": ["4", "1", "2027"],
    "purpose": "reparation",
    "hours": "0",
}
READERS = ["chair", "manager", "seconded", "victim_worker", "case_manager", "inspector"]


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def begin(engine: Engine, stage: Callable[..., Any], **more: object) -> str:
    """The address of the panel of a new case at this stage."""
    with transaction(engine) as db:
        reference = stage(db, build(db), **more).reference
    return f"/cases/{reference}/panel"


def one(app: PanelApp, table: Any) -> Any:
    with Session(app.engine) as db:
        return db.exec(select(table)).one_or_none()


def outcome_field(page: Page) -> str:
    return next(name for name in page.form().names if name.startswith("outcome_"))


def test_a_panel_goes_from_the_first_position_to_the_recorded_decision(app: PanelApp) -> None:
    base = begin(app.engine, open_meeting, victim=True)
    for key in ("seconded", "victim_worker", "chair"):
        member = enter(app, key)
        page = member.send(
            base, {"outcome": "youth_conditional_caution", "comment": f"I am {key}."}, action="/position"
        )
        assert page.location == f"{base}#positions"
    chair = enter(app, "chair")
    page = chair.open(base)
    assert "I am seconded." in page.text
    assert page.links["Write the decision"] == base + "/decision"
    page = chair.open(base + "/decision")
    assert "Four talks about anger" in page.text, "the proposed steps are where the conditions start"
    field = outcome_field(page)
    page = chair.send(
        page, {"reasons": "First words.", "evidence": "His own account."}, button="Add a condition"
    )
    assert page.location == base + "/condition"
    assert one(app, DraftDecision).reasons == "First words."
    page = chair.send(base + "/condition", STEP, button="Save the condition")
    assert page.location == base + "/decision#conditions"
    page = chair.send(base + "/decision", {}, button="Change condition 1")
    page = chair.send(page.location, {}, action="/remove")
    page = chair.open(base + "/check")
    assert "Choose an outcome for every offence." in page.links
    assert page.forms() == [], "nothing can be recorded yet"
    page = chair.send(base + "/decision", {field: "youth_conditional_caution"}, button="Save and check")
    page = chair.open(page.location)
    aloud = (
        "On Tuesday 17 November 2026 the panel of Alan Pike (YOT manager), Sam Reed (Police) and Nadia Khan "
        "(Victim worker) decides about Robin Fielding: a youth conditional caution for criminal damage to a "
        "bus shelter on 6 November 2026."
    )
    assert aloud in page.text
    assert "Four talks about anger" not in page.text
    assert "A letter to the council" in page.text
    page = chair.follow(chair.send(page))
    assert page.heading == "What the panel decided"
    assert "The seconded officer has been told." in page.text
    assert "Who decided Alan Pike (YOT manager)" in page.text
    assert one(app, Decision).outcome is Outcome.YCC


PARTS = (
    "The child",
    "What happened",
    "Gravity",
    "Deadlines that press",
    "Earlier disposals",
    "The assessment as countersigned",
    "What happened and why",
    "The child's life",
    "Other plans for the child",
    "Worries, strengths and what comes next",
    "Judgements",
    "Who was heard",
    "What the victims say",
    "Sources of information",
    "Recommendation",
    "Proposed step 1",
)


@pytest.mark.parametrize("stage", [listed, heard, decided])
def test_readers_see_the_papers_in_the_order_in_which_panels_talk(
    sqlite_app: PanelApp, stage: Callable[..., Any]
) -> None:
    base = begin(sqlite_app.engine, stage, victim=True)
    for key in ("chair", "manager", "seconded", "victim_worker", "case_manager", "inspector"):
        page = enter(sqlite_app, key).open(base)
        places = [page.text.index(f"{number}. {part}") for number, part in enumerate(PARTS, 1)]
        assert places == sorted(places)
        assert CLEARED in page.text
        assert [word for word in CANARIES if word in page.html] == []
        assert ("Write the decision" in page.links) is (key == "chair" and stage is heard)
        takes_positions = stage is heard and key in ("chair", "seconded", "victim_worker")
        assert bool(page.forms()) is takes_positions


STRANGERS = {
    "officer": 403,
    "liaison": 403,
    "board": 403,
    "admin": 403,
    "far_manager": 404,
    "far_case_manager": 404,
    "other_case_manager": 404,
}


def test_nobody_else_sees_the_panel(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, heard)
    for key, status in STRANGERS.items():
        enter(sqlite_app, key).open(base, status=status)


def test_who_has_no_seat_takes_no_position(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, open_meeting)
    for key, status in {**STRANGERS, "inspector": 403, "case_manager": 403, "manager": 409}.items():
        visitor = enter(sqlite_app, key)
        token = visitor.open("/").tree.find(".//input[@name='csrf_token']")
        assert token is not None
        sent = {"csrf_token": token.get("value"), "act_key": f"{key:k<20}", "outcome": "youth_caution"}
        expected = 403 if key.endswith("case_manager") else status
        assert visitor.client.post(f"{base}/position", data=sent).status_code == expected
    assert one(sqlite_app, Position) is None


def test_only_the_chair_opens_the_pages_of_the_decision(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, ready)
    for key, status in {
        "manager": 403,
        "seconded": 403,
        "inspector": 403,
        "far_manager": 404,
        "chair": 200,
    }.items():
        visitor = enter(sqlite_app, key)
        for tail in ("decision", "condition", "check", "defer"):
            visitor.open(f"{base}/{tail}", status=status)


def test_before_the_meeting_opens_the_chair_is_told_so(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, listed)
    chair = enter(sqlite_app, "chair")
    for tail in ("decision", "condition", "check", "defer"):
        assert "has not been opened" in chair.open(f"{base}/{tail}", status=409).text
    assert "The meeting is not open." in chair.open(base).text


def test_a_position_without_an_outcome_is_asked_for_again_and_the_words_are_kept(
    sqlite_app: PanelApp,
) -> None:
    base = begin(sqlite_app.engine, open_meeting)
    page = enter(sqlite_app, "seconded").send(base, {"comment": "My words."}, action="/position", status=422)
    assert page.errors == ["Choose an outcome"]
    assert "My words." in page.html


def test_the_chair_writes_down_a_position_for_a_member_who_is_here(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, open_meeting)
    chair = enter(sqlite_app, "chair")
    page = chair.open(base)
    with Session(sqlite_app.engine) as db:
        nadia = db.exec(select(User.id).where(User.name == "Nadia Khan")).one()
    sent = {"member_id": str(nadia), "outcome": "youth_caution"}
    page = chair.open(chair.send(page, sent, action="/position").location)
    assert (
        "Nadia Khan (Victim worker): Youth caution 17 November 2026 at 10:00, written down by Alan Pike"
        in page.text
    )


def test_the_page_says_which_outcomes_are_not_allowed_and_why(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, heard, admission=Admission.DENIES)
    page = enter(sqlite_app, "chair").open(base)
    assert "No further action Allowed" in page.text
    assert "Community resolution Needs a reason" in page.text
    assert (
        "Youth caution Not allowed A youth caution or youth conditional caution needs a full admission"
        in page.text
    )
    page = enter(sqlite_app, "chair").open(base + "/decision")
    assert "Not allowed: A youth caution or youth conditional caution needs a full admission" in page.text


def test_guidance_is_overridden_on_the_check_page_and_shown_in_the_record(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, ready, outcome=Outcome.CR, admission=Admission.DENIES)
    chair = enter(sqlite_app, "chair")
    page = chair.open(base + "/check")
    assert "A community resolution needs the child to accept responsibility." in page.text
    asks = chair.send(page, {}, status=422)
    assert asks.errors[0].startswith("Nothing is recorded yet: give your reason")
    assert "Something changed" not in asks.text
    page = chair.follow(chair.send(base + "/check", {"override-responsible": "He has shown it since."}))
    assert "Guidance that was overridden" in page.text
    assert "Alan Pike (YOT manager): He has shown it since." in page.text


def test_a_chair_whose_text_changed_in_another_window_reads_it_again_and_loses_nothing(app: PanelApp) -> None:
    base = begin(app.engine, ready, outcome=Outcome.CR, admission=Admission.DENIES)
    chair = enter(app, "chair")
    shown = chair.open(base + "/check")
    chair.send(base + "/decision", {"reasons": "New reasons."}, button="Save for later")
    page = chair.send(shown, {"override-responsible": "Typed before."}, status=409)
    assert "nothing has been recorded" in page.text
    assert "New reasons." in page.text
    assert page.form().filled["override-responsible"] == ["Typed before."]
    assert one(app, Decision) is None
    chair.send(page)
    assert one(app, Decision).reasons == "New reasons."


def test_of_two_windows_on_the_draft_the_second_sees_both_texts_and_may_keep_its_own(app: PanelApp) -> None:
    base = begin(app.engine, heard)
    chair = enter(app, "chair")
    first, second = chair.open(base + "/decision"), chair.open(base + "/decision")
    chair.send(first, {"reasons": "From the first window."}, button="Save for later")
    page = chair.send(second, {"reasons": "From the second window."}, button="Save for later", status=409)
    assert "From the first window." in page.text
    assert "From the second window." in page.text
    chair.send(page, button="Save what I typed")
    assert one(app, DraftDecision).reasons == "From the second window."


def test_a_decision_that_is_sent_twice_is_recorded_once(app: PanelApp) -> None:
    base = begin(app.engine, ready)
    chair = enter(app, "chair")
    page = chair.open(base + "/check")
    assert chair.send(page).location == chair.send(page).location == base
    assert one(app, Decision) is not None


def test_after_the_decision_another_window_cannot_decide_again(app: PanelApp) -> None:
    base = begin(app.engine, ready)
    chair = enter(app, "chair")
    first, second = chair.open(base + "/check"), chair.open(base + "/check")
    chair.send(first)
    page = chair.send(second, status=409)
    gone = next(href for words, href in page.links.items() if "does not wait for a panel now" in words)
    assert chair.open(gone).heading == "What the panel decided"
    chair.open(base + "/check", status=404)


def test_a_case_is_deferred_with_a_reason_that_everybody_reads(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, heard)
    chair = enter(sqlite_app, "chair")
    page = chair.send(base + "/defer", {"reason": " "}, status=422)
    assert page.errors == ["Choose why the case is put off", "Say what is missing"]
    chair.send(base + "/defer", {"code": "report_missing", "reason": "The school report is missing."})
    page = enter(sqlite_app, "case_manager").open(base)
    assert "A report or information from another agency has not come in." in page.text
    assert "The school report is missing." in page.text
    assert "on no agenda" in page.text
    assert "No later meeting is planned." in page.text


def test_a_case_that_is_on_no_agenda_says_what_it_waits_for(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, assessed)
    assert "not on the agenda of a panel meeting" in enter(sqlite_app, "seconded").open(base).text


def test_what_is_wrong_with_a_condition_is_said_at_its_field(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, heard)
    chair = enter(sqlite_app, "chair")
    wrong = STEP | {"what": "", "due_on": ["17", "11", "2026"]}
    page = chair.send(base + "/condition", wrong, button="Save the condition", status=422)
    assert "Date by which it is done must be after today" in page.errors
    assert len(page.errors) == 2
    chair.open(base + "/conditions/4711", status=404)
    chair.open(base + "/conditions/99999999999", status=404)


def test_a_planted_outcome_or_offence_is_not_taken(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, heard)
    chair = enter(sqlite_app, "chair")
    page = chair.open(base + "/decision")
    chair.send(page, {outcome_field(page): "exile"}, button="Save for later", status=422)
    assert one(sqlite_app, DraftDecision) is None


def test_the_chair_goes_on_to_the_next_case(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        meeting = planned(db, world)
        waiting = listed(db, world, meeting=meeting).reference
        first = decided(db, world, meeting=meeting).reference
    page = enter(sqlite_app, "chair").open(f"/cases/{first}/panel")
    assert page.links["Next case"] == f"/cases/{waiting}/panel"
