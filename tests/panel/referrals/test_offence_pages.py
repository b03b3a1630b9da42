"""Finding, choosing and judging an offence on the pages."""

from sqlalchemy import Engine

from tests.panel.conftest import Visit, make
from tests.panel.referrals.test_offences import DATED, LISTED, the_offence
from tests.support.decided import decided
from tests.support.world import World, draft
from workflows.vocabulary import Outcome


def test_an_officer_finds_chooses_describes_and_judges_an_offence(
    engine: Engine, world: World, visit: Visit
) -> None:
    officer, reference = visit("officer"), make(engine, draft, world)
    page = officer.open(f"/cases/{reference}/offences/find?q=bicycle")
    assert "1 found" in page.text
    details = officer.open(page.links["Theft of a bicycle"])
    done = officer.send(details, {**DATED, "crime_reference": "13 26 0000123"}, button="Add this offence")
    score = officer.follow(done)
    assert "Its base score for this offence is 3." in score.text
    officer.send(score, {"adjustment": "-1", "mitigating": ["repair"]}, button="Save the gravity score")
    offence = the_offence(engine)
    assert (offence.title, offence.crime_reference, offence.gravity) == (
        "Theft of a bicycle",
        "13260000123",
        2,
    )
    text = officer.open(f"/cases/{reference}/offences").text
    assert "2 offences so far" in text
    assert (
        "Gravity score 2 (base score 3, lowered by 1), which presumes: community resolution or "
        "outcome 22: diversion or outcome 22: deferred prosecution or caution "
        "or outcome 23: deferred prosecution" in text
    )
    assert "Less serious: The child is sorry or has begun to repair the harm" in text


def test_a_search_that_finds_nothing_says_what_to_do(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    page = small_visit("officer").open(f"/cases/{reference}/offences/find?q=flying+saucer")
    assert "Try fewer words" in page.text
    assert "It is not in the list" in page.links


def test_a_departure_without_a_reason_comes_back_with_everything_that_was_typed(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer, reference = small_visit("officer"), make(sqlite_engine, draft, small_world)
    where = f"/cases/{reference}/offences/new?code=ZD71001"
    page = officer.send(where, {**DATED, "mode": "summary"}, button="Add this offence", status=422)
    assert page.errors == ["The list says “Either way” for this offence: choose that, or say why not"]
    assert 'value="Mill Row"' in page.html
    kept = officer.send(page, {"mode_reason": "Damage of 40 pounds"}, button="Add this offence")
    page = officer.send(kept.location, {"adjustment": "1"}, button="Save the gravity score", status=422)
    assert page.errors == [
        "The factors that are ticked leave the score as it is, and you raise the score by 1. Say why"
    ]


def test_the_page_of_a_listed_offence_does_not_ask_what_the_list_says(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer, reference = small_visit("officer"), make(sqlite_engine, draft, small_world)
    listed = officer.open(f"/cases/{reference}/offences/new?code=ZT68012").form(button="Add this offence")
    by_hand = officer.open(f"/cases/{reference}/offences/new").form(button="Add this offence")
    assert {"title", "by_hand_reason"} & listed.names == set()
    assert {"title", "by_hand_reason"} <= by_hand.names
    officer.open(f"/cases/{reference}/offences/new?code=ZZ99999", status=404)


def test_another_offence_is_chosen_for_one_that_is_there(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer, reference = small_visit("officer"), make(sqlite_engine, draft, small_world, offence=LISTED)
    number = the_offence(sqlite_engine).id
    page = officer.open(f"/cases/{reference}/offences/find?q=arson&change={number}")
    details = officer.open(page.links["Arson"])
    officer.send(details, {}, button="Save the offence")
    assert (the_offence(sqlite_engine).title, the_offence(sqlite_engine).location) == ("Arson", "Keel Street")


def test_the_loser_of_a_race_for_an_offence_is_told(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world, offence=LISTED)
    path = f"/cases/{reference}/offences/{the_offence(sqlite_engine).id}"
    first, second = small_visit("officer"), small_visit("officer")
    one, two = first.open(path), second.open(path)
    first.send(one, {"location": "Weir Lane"}, button="Save the offence")
    lost = second.send(two, {"location": "Mill Row"}, button="Save the offence", status=409)
    assert "Weir Lane" in lost.text
    assert "Mill Row" in lost.text


def test_an_offence_of_another_case_is_not_there(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    make(sqlite_engine, draft, small_world, offence=LISTED)
    number = the_offence(sqlite_engine).id
    other = make(sqlite_engine, draft, small_world)
    for page in ("", "/gravity"):
        small_visit("officer").open(f"/cases/{other}/offences/{number}{page}", status=404)


def test_a_referral_without_a_score_is_sent_only_with_a_reason(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer, reference = small_visit("officer"), make(sqlite_engine, draft, small_world)
    officer.send(f"/cases/{reference}/offences/new?code=ZD71001", DATED, button="Add this offence")
    page = officer.send(f"/cases/{reference}/check", button="Send the referral to the YOT", status=409)
    assert "Give the gravity score of every offence." in page.text
    why = {
        "override-gravity_given": "The matrix is being replaced today.",
        "override-admission_recorded": "Not asked about this one yet.",
    }
    officer.send(page, why, button="Go on with these reasons")


def test_the_child_says_their_own_ethnic_group_from_the_list(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer, reference = small_visit("officer"), make(sqlite_engine, draft, small_world)
    officer.send(f"/cases/{reference}/child", {"ethnicity": "M1"})
    assert "M1, Mixed: White and Black Caribbean" in officer.open(f"/cases/{reference}/check").text


def test_the_record_of_a_decision_names_the_home_office_outcome(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, decided, small_world, outcome=Outcome.YCC)
    assert "(Home Office outcome 2)" in small_visit("chair").open(f"/cases/{reference}/panel").text
