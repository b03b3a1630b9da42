"""What takes names and places out of a text."""

from datetime import date

import pytest

from workflows.masking import age_band, mask, names, places, tells

KNOWN = [
    *names("the child's name", "[the child]", "Alexander Fielding-Nowák"),
    *names("a victim's name", "[a person]", "Mrs Ivy O'Hara"),
    *places("an address", "[an address]", "3 Mill Row, Kelder", "KD1 2AB"),
    *places("the school", "[the school]", "Kelder High School"),
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ALEXANDER said so", "the child's name"),
        ("alex said so", "the child's name"),
        ("the Fielding boy", "the child's name"),
        ("young Nowak", "the child's name"),
        ("o'hara was hurt", "a victim's name"),
        ("at 3  mill row", "an address"),
        ("in Kelder", "an address"),
        ("near kd12ab", "postcode"),
        ("call 01632 960 112", "telephone number"),
        ("write to a@b.example", "email address"),
        ("see NK-ZZZZ99", "reference"),
        ("on 4 March 2026", "date"),
        ("on 4/3/26", "date"),
    ],
)
def test_it_is_noticed_and_taken_out_however_it_is_written(text: str, kind: str) -> None:
    assert kind in tells(text, KNOWN)
    assert tells(mask(text, KNOWN), KNOWN) == ()


@pytest.mark.parametrize(
    "text", ["The school was told", "A first matter, at home", "Alexandrite is a stone", "Ivory"]
)
def test_common_words_and_longer_words_are_left_alone(text: str) -> None:
    assert tells(text, KNOWN) == ()
    assert mask(text, KNOWN) == text


def test_what_stands_instead_says_who_it_was() -> None:
    assert mask("Alexander Fielding-Nowák hit Ivy.", KNOWN) == "[the child] hit [a person]."


@pytest.mark.parametrize(
    ("day", "band"),
    [
        (date(2016, 11, 17), "10 to 12"),
        (date(2013, 11, 18), "10 to 12"),
        (date(2013, 11, 17), "13 to 14"),
        (date(2011, 11, 17), "15 to 17"),
        (date(2008, 11, 18), "15 to 17"),
        (date(2008, 11, 17), "18 or over"),
    ],
)
def test_an_age_is_told_as_a_band(day: date, band: str) -> None:
    assert age_band(day, date(2026, 11, 17)) == band
