"""Slips, concerns, split views and the form for a charge, as each person meets them on the pages."""

import pytest
from sqlalchemy import Engine

from tests.panel.conftest import Visit, make
from tests.support.decided import decided, heard
from tests.support.given import given
from tests.support.world import NOW, World
from workflows.vocabulary import Outcome

SLIP = {
    "place": "reasons",
    "before": "wants to put it right",
    "after": "wishes to put it right",
    "reason": "The chair read it out so.",
}
DAY = ["17", "11", "2026"]
TOMORROW = ["18", "11", "2026"]


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def test_a_slip_is_put_right_by_two_people_and_the_old_words_stay(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, decided, small_world)}/panel/decisions/1"
    manager, chair = small_visit("manager"), small_visit("chair")
    asked = manager.send(f"{base}/correct", SLIP | {"before": ""}, status=422)
    assert asked.errors == ["Copy the words that are wrong"]
    assert "wishes to put it right" in asked.html
    manager.send(f"{base}/correct", SLIP)
    own = manager.open(f"{base}/corrections/1")
    assert "Confirm the correction" not in [b for form in own.forms() for b in form.buttons]
    assert "wants to put it right" in manager.open(base).text, "nothing has changed yet"
    page = chair.follow(chair.send(f"{base}/corrections/1", button="Confirm the correction"))
    assert "The correction is confirmed" in page.text
    assert "wishes to put it right" in page.text
    assert "wants to put it right" in page.text


def test_a_correction_that_is_declined_changes_no_word_and_keeps_why(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, decided, small_world)}/panel/decisions/1"
    small_visit("manager").send(f"{base}/correct", SLIP)
    chair = small_visit("chair")
    assert chair.send(f"{base}/corrections/1/decline", {"reason": ""}, status=422).errors == ["Give a reason"]
    page = chair.follow(chair.send(f"{base}/corrections/1/decline", {"reason": "It was said so."}))
    assert "The correction is declined" in page.text
    chair.open(f"{base}/corrections/2", status=404)
    small_visit("officer").open(f"{base}/correct", status=403)


def test_words_that_are_not_in_the_record_cannot_be_corrected(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, decided, small_world)}/panel/decisions/1"
    page = small_visit("manager").send(f"{base}/correct", SLIP | {"before": "Flying saucers"}, status=409)
    assert "Flying saucers" in page.html, "what was typed is given back"


def test_a_rescission_that_is_declined_leaves_the_decision_standing(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, decided, small_world)}/panel/decisions/1"
    small_visit("manager").send(f"{base}/rescind", {"reason": "A doubt."})
    officer = small_visit("seconded")
    page = officer.follow(officer.send(f"{base}/rescind/decline", {"reason": "The papers were right."}))
    assert "The decision stands." in page.text
    assert "This decision was taken back" not in page.text


def test_a_concern_about_a_disposal_that_was_given_is_written_into_its_record(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, given, small_world)}/panel/decisions/1"
    worker = small_visit("case_manager")
    asked = worker.send(f"{base}/concern", {"text": "He had not understood."}, status=422)
    assert asked.errors == ["Say whom in the police, or which lawyer, you have told"]
    page = worker.follow(worker.send(asked, {"passed_to": "Inspector Hale"}))
    assert "He had not understood." in page.text
    assert "Inspector Hale" in page.text


def test_a_split_view_is_taken_further_and_the_answer_is_written_beside_it(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, heard, small_world)}/panel"
    chair = small_visit("chair")
    said = {"to_name": "Ruth Hale", "to_post": "Head of service", "text": "Police: caution. YOT: less."}
    asked = chair.send(f"{base}/escalation", said | {"escalated_on": TOMORROW}, status=422)
    assert "in the past" in asked.errors[0]
    assert "Police: caution. YOT: less." in asked.html
    chair.send(asked, {"escalated_on": DAY})
    answer = chair.open(f"{base}/escalations/1")
    assert "Ruth Hale" in answer.text
    chair.send(answer, {"escalated_on": DAY, "text": "Take the lighter one."})
    assert "Take the lighter one." in chair.open(f"{base}/escalation").text
    chair.open(f"{base}/escalations/2", status=404)
    small_visit("case_manager").open(f"{base}/escalation", status=403)


def test_the_form_for_a_charge_is_filled_in_from_the_case_checked_and_sent(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    base = f"/cases/{make(sqlite_engine, decided, small_world, outcome=Outcome.CHARGE)}/panel"
    police = small_visit("seconded")
    police.open(f"{base}/child-information/sent", status=404)
    page = police.open(f"{base}/child-information")
    assert "It has not been sent." in page.text
    typed = dict.fromkeys(("needs", "earlier", "victims", "assessment", "looked_after"), "None known")
    asked = police.send(page, typed | {"why_charge": ""}, status=422)
    assert asked.errors == ["Say why an outcome out of court does not fit"]
    page = police.follow(police.send(asked, {"why_charge": "The harm was grave."}))
    sent = {"sent_to": "Crown Prosecution Service", "sent_on": DAY, "their_reference": "CPS/26/1"}
    page = police.follow(police.send(page, sent))
    assert "Sent on 17 November 2026 to Crown Prosecution Service, reference CPS/26/1." in page.text
    assert "The harm was grave." in page.html
    small_visit("victim_worker").open(f"{base}/child-information", status=403)


@pytest.mark.parametrize(
    ("took_place", "late", "says"),
    [
        (TOMORROW, "", "Must be today or in the past"),
        (["14", "11", "2026"], "", "The decision was made more than a day before it"),
        (["14", "11", "2026"], "The connection was down.", ""),
        (["16", "11", "2026"], "", ""),
    ],
    ids=["future", "late without a reason", "late with a reason", "yesterday"],
)
def test_the_day_on_which_it_took_place_stands_beside_the_day_of_the_record(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, took_place: list[str], late: str, says: str
) -> None:
    base = f"/cases/{make(sqlite_engine, heard, small_world)}/panel"
    chair = small_visit("chair")
    page = chair.open(f"{base}/decision")
    outcome = next(name for name in page.form().names if name.startswith("outcome_"))
    sent = {outcome: "youth_conditional_caution", "reasons": "It fits.", "evidence": "Enough for court."}
    sent |= {"took_place_on": took_place, "late_reason": late}
    if took_place == TOMORROW:
        page = chair.send(page, sent, button="Save and check", status=422)
        assert says in page.errors[0]
        assert "It fits." in page.html
        return
    page = chair.follow(chair.send(page, sent, button="Save and check"))
    if says:
        assert says in page.text
        assert "Record the decision" not in [b for form in page.forms() for b in form.buttons]
        return
    page = chair.follow(chair.send(page))
    whole = chair.open(f"{base}/decisions/1")
    assert f"Took place on {took_place[0]} November 2026" in whole.text
    assert "Recorded 17 November 2026 at 10:00" in whole.text
