"""When a pack for the board may be published, and which words and numbers of people hold on which day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config import board_pack, population
from config.board_pack import FigureWords, figure_words
from config.extract_fields import items
from config.population import Population
from workflows.board_pack import PackFacts, kept_words, refusals

LAST = date(2026, 9, 30)
READY = PackFacts(today=date(2026, 10, 1), last=LAST, sentences=1, decisions=0)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"today": LAST}, ["pack_quarter_over"]),
        ({"sentences": 0}, ["pack_written"]),
        ({"sentences": 5}, []),
        ({"sentences": 6}, ["pack_written"]),
        ({"decisions": 3}, []),
        ({"decisions": 4}, ["pack_decisions"]),
        ({"tells": ("a name",)}, ["pack_tells_nobody"]),
        ({"same": True}, ["pack_new"]),
        ({"today": LAST, "same": True}, ["pack_quarter_over", "pack_new"]),
    ],
)
def test_a_pack_is_published_when_each_of_its_rules_is_met(changed: dict[str, Any], named: list[str]) -> None:
    """PAN-7 and DP-13, both sides of each."""
    assert [one.name for one in refusals(replace(READY, **changed))] == named


def test_what_a_person_wrote_stays_and_a_draft_is_made_anew() -> None:
    assert kept_words("drafted", "drafted", "anew") == "anew"
    assert kept_words("written", "drafted", "anew") == "written"


def words_of(key: str, since: date, until: date | None) -> FigureWords:
    said = dict.fromkeys(("title", "shape", "part", "whole", "better", "counts", "cannot", "source"), "x")
    return FigureWords(key=key, since=since, until=until, **said)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2019, 12, 31), ["always"]),
        (date(2020, 1, 1), ["always", "first"]),
        (date(2025, 12, 31), ["always", "first"]),
        (date(2026, 1, 1), ["always", "second"]),
    ],
)
def test_the_words_of_a_figure_hold_from_their_first_to_their_last_day(
    monkeypatch: pytest.MonkeyPatch, day: date, held: list[str]
) -> None:
    every = (
        words_of("always", date(2013, 1, 1), None),
        words_of("first", date(2020, 1, 1), date(2025, 12, 31)),
        words_of("second", date(2026, 1, 1), None),
    )
    monkeypatch.setattr(board_pack, "_all", lambda: every)
    assert [one.key for one in figure_words(day)] == held


@pytest.mark.parametrize(
    ("code", "day", "year"),
    [
        ("NK", date(2024, 12, 31), None),
        ("NK", date(2025, 1, 1), 2024),
        ("NK", date(2025, 12, 31), 2024),
        ("NK", date(2026, 1, 1), 2025),
        ("SK", date(2026, 1, 1), 2023),
        ("XX", date(2026, 1, 1), None),
    ],
)
def test_rates_are_against_the_newest_people_of_the_area_who_were_known_on_the_day(
    monkeypatch: pytest.MonkeyPatch, code: str, day: date, year: int | None
) -> None:
    every = tuple(
        Population(area, counted, since, "Census.", "Counted in one spring.", {"White": 9, "Mixed": 3}, {})
        for area, counted, since in (
            ("NK", 2024, date(2025, 1, 1)),
            ("NK", 2025, date(2026, 1, 1)),
            ("SK", 2023, date(2024, 1, 1)),
        )
    )
    monkeypatch.setattr(population, "_all", lambda: every)
    found = population.population(code, day)
    assert (None if found is None else found.year) == year
    assert every[0].total == 12
    assert not every[0].caveat.endswith("invented.")
    assert replace(every[0], invented=True).caveat.endswith(" These figures are invented.")


def test_an_extract_without_names_has_every_column_but_the_personal_ones() -> None:
    named, bare = items(named=True), items(named=False)
    personal = {(item, field.name) for item, fields in named.items() for field in fields if field.personal}
    columns = {
        kind: {(item, field.name) for item, fields in found.items() for field in fields}
        for kind, found in (("named", named), ("bare", bare))
    }
    assert personal
    assert columns["named"] - columns["bare"] == personal
    assert not columns["bare"] & personal
