"""How a disposal is explained: nothing that it means is left out, and the words are those of the day."""

import tomllib
from datetime import date, timedelta

import pytest

from config.explaining import groups
from config.implications import WORDS, implications
from panel.disposals.explaining import parts_of
from workflows.vocabulary import Outcome

TODAY = date(2026, 11, 17)
DBS_CHANGE = date(2020, 11, 28)
# What EXP-1 asks of what every outcome means, by topic; more where the law knows more.
ALWAYS = {"meaning", "advice"}
RECORDED = ALWAYS | {"record", "checks", "harmed", "failure", "team"}
CAUTION = RECORDED | {"criminal_record", "spent", "travel", "court"}
ASKED = {
    Outcome.NFA: ALWAYS | {"record", "checks", "support"},
    Outcome.CR: RECORDED,
    Outcome.O22: RECORDED,
    Outcome.O22_DEFERRED: RECORDED,
    Outcome.O23: RECORDED,
    Outcome.YC: CAUTION | {"discharge"},
    Outcome.YCC: CAUTION | {"choice", "change"},
    Outcome.CHARGE: ALWAYS | {"next", "complain"},
    Outcome.RETURNED: ALWAYS | {"next", "complain"},
}


def test_every_topic_of_every_outcome_belongs_to_exactly_one_group() -> None:
    topics = [topic for group in groups() for topic in group.topics]
    assert len(topics) == len(set(topics))
    with WORDS.open("rb") as file:
        written = {row["topic"] for rows in tomllib.load(file).values() for row in rows}
    assert written == set(topics)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_sentence_in_force_is_an_item_once(outcome: Outcome) -> None:
    items = [s for part in parts_of(outcome, TODAY) for s in part.sentences]
    assert sorted(items, key=lambda s: s.topic) == sorted(
        implications(outcome.value, TODAY), key=lambda s: s.topic
    )


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_the_checklist_asks_is_told_for_each_outcome(outcome: Outcome) -> None:
    assert {s.topic for s in implications(outcome.value, TODAY)} >= ASKED[outcome]


def test_a_conditional_caution_tells_of_the_bar_of_a_conditional_discharge() -> None:
    said = {s.topic: s.text for s in implications(Outcome.YCC.value, TODAY)}
    assert "conditional discharge" in said["court"]


@pytest.mark.parametrize("outcome", [Outcome.YC, Outcome.YCC])
def test_the_rule_about_checks_changes_on_28_november_2020(outcome: Outcome) -> None:
    before, after = (
        next(s.text for s in implications(outcome.value, day) if s.topic == "checks")
        for day in (DBS_CHANGE - timedelta(days=1), DBS_CHANGE)
    )
    assert "may show on a" in before
    assert "standard or enhanced DBS check for some jobs" in before
    assert "does not show automatically" in after


def test_what_is_what_happens_and_who_knows_are_said_back() -> None:
    assert {group.key for group in groups() if group.ask} == {"what", "failure", "record"}
