"""What gives a victim away in a text for the panel, and what does not."""

import pytest

from panel.victims.leaks import Known, known, leaks
from panel.victims.models import Victim, VictimContact
from workflows.victim import Kind

CONTACT = "Mobile +44 (0)7700 900123, work: 01632-960001; a.b@example.test, 12 Mill Lane, Kelder KD1 2AB"
VICTIM = [Known(people=("Mrs Ann O'Shea-Wood",), contact=CONTACT)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("I spoke with Mrs Ann O'Shea-Wood.", "name"),
        ("mrs  ann o'shea-wood said", "name"),
        ("Ann wants an apology", "name"),
        ("ask O'Shea-Wood", "name"),
        ("ring 07700900123", "telephone number"),
        ("ring 07700 900 123 after six", "telephone number"),
        ("ring +44 7700 900-123", "telephone number"),
        ("ring 0044 7700 900123", "telephone number"),
        ("work is (01632) 960001", "telephone number"),
        ("write to A.B@Example.Test", "email address"),
        ("write to a.b @example.test", "email address"),
        ("lives at KD12AB", "address"),
        ("lives at kd1 2ab", "address"),
        ("at 12 mill lane", "address"),
    ],
)
def test_a_text_with_a_piece_of_the_victim_is_found(text: str, what: str) -> None:
    assert leaks(text, VICTIM) == (what,)


@pytest.mark.parametrize(
    "text",
    [
        "They were annoyed and want an apology.",
        "It happened on 12 November at 17:30 in Kelder.",
        "They would give the child 20 hours of work.",
        "Mrs and Mr are words for anybody.",
        "",
    ],
)
def test_a_text_about_anybody_is_let_through(text: str) -> None:
    assert leaks(text, VICTIM) == ()


def test_all_that_is_given_away_is_named_at_once() -> None:
    assert leaks("Ann, 01632 960001, a.b@example.test", VICTIM) == (
        "name",
        "email address",
        "telephone number",
    )


def test_a_business_may_bear_the_name_of_its_town_but_its_own_name_and_its_contact_are_found() -> None:
    shop = [Known(people=("Una Field",), business="Kelder Coaches Ltd", contact="01632 960002")]
    assert leaks("People of Kelder need the buses.", shop) == ()
    assert leaks("kelder coaches ltd wants 200 pounds", shop) == ("name",)
    assert leaks("Una drove it", shop) == ("name",)


def test_what_somebody_does_beside_their_name_is_no_name() -> None:
    contact = [Known(people=("Una Field, shop manager",))]
    assert leaks("Three talks with the case manager", contact) == ()
    assert leaks("Three talks with Una", contact) == ("name",)
    assert leaks("three talks with una", [Known(people=("una field",))]) == ("name",)


def test_without_a_name_and_contact_nothing_can_be_given_away() -> None:
    assert leaks("Ann, 01632 960001", [Known()]) == ()


def test_safe_ways_give_numbers_away_but_no_times_of_day() -> None:
    somebody = [Known(ways="only after 17 hours at work, ring the aunt on 01632 960555")]
    assert leaks("Meet after 17 hours at work", somebody) == ()
    assert leaks("01632960555", somebody) == ("telephone number",)


@pytest.mark.parametrize(
    ("text", "what"),
    [("Ivy", "name"), ("Ada Moor", "name"), ("960112", "telephone number"), ("1 Weir Row", "address")],
)
def test_of_a_child_the_parent_and_every_way_to_reach_them_are_known(text: str, what: str) -> None:
    victim = Victim(id=1, referral_id=1, place=1, name="Ivy Moor", kind=Kind.PERSON)
    contact = VictimContact(victim_id=1, speak_with="Ada Moor", phone="960112", address="1 Weir Row")
    assert leaks(text, known([victim], {1: contact})) == (what,)
