"""What a proposed step or a condition must say to be saved at all."""

from datetime import date

import pytest
from pydantic import ValidationError

from panel.commands import errors_in_words
from panel.stepcommand import StepCommand

TODAY = date(2026, 11, 17)
LEAST = {"what": "Talk", "due_on": date(2026, 11, 18), "purpose": "rehabilitation"}


def wrong(**values: object) -> dict[str, str]:
    try:
        StepCommand.model_validate(LEAST | values, context={"today": TODAY})
    except ValidationError as error:
        return errors_in_words(error, StepCommand)
    return {}


def test_a_step_may_leave_open_who_and_where_because_the_rules_ask_for_it_later() -> None:
    assert wrong() == {}
    assert wrong(hours="", who=None) == {}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"what": " "}, {"what": "Say what the child will do"}),
        ({"purpose": None}, {"purpose": "Choose what it is for"}),
        ({"due_on": None}, {"due_on": "Enter the date by which it is done"}),
        ({"due_on": TODAY}, {"due_on": "Date by which it is done must be after today"}),
        (
            {"due_on": "31 2 2027"},
            {"due_on": "Date by which it is done must be a real date, such as 27 3 2026"},
        ),
        ({"hours": "-1"}, {"hours": "Hours of attendance must be 0 or more"}),
        ({"hours": "501"}, {"hours": "Hours of attendance must be 500 or less"}),
    ],
)
def test_each_mistake_in_a_step_is_named(values: dict[str, object], sentence: dict[str, str]) -> None:
    assert wrong(**values) == sentence


def test_hours_must_be_a_whole_number() -> None:
    assert list(wrong(hours="six")) == ["hours"]
    assert list(wrong(hours="1.5")) == ["hours"]
    assert wrong(hours="500") == {}
