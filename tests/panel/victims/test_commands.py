"""What must be said about a victim, and in which words its absence is complained about."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.commands import Command, errors_in_words
from panel.victims import commands as c
from tests.support.world import TODAY
from workflows.victim import How
from workflows.vocabulary import View


def wrong(command: type[Command], **values: object) -> dict[str, str]:
    try:
        command.model_validate(values, context={"today": TODAY})
    except ValidationError as error:
        return errors_in_words(error, command)
    return {}


def test_whether_there_is_a_victim_must_be_said() -> None:
    assert wrong(c.IsThere, is_there=None) == {"is_there": "Say whether there is a victim"}


@pytest.mark.parametrize("view", [View.NOT_SOUGHT, View.NOT_CONTACTABLE])
def test_not_asking_needs_a_reason(view: View) -> None:
    assert wrong(c.Viewed, view=view) == {
        "view_reason": "Say why they were not asked or could not be reached"
    }
    assert wrong(c.Viewed, view=view, view_reason="  ") == {"view_reason": "Reason must be given"}
    assert wrong(c.Viewed, view=view, view_reason="Moved away") == {}


@pytest.mark.parametrize("view", [View.GIVEN, View.DECLINED])
def test_somebody_who_was_asked_needs_no_reason(view: View) -> None:
    assert wrong(c.Viewed, view=view) == {}


def test_not_yet_is_no_answer() -> None:
    assert "view" in wrong(c.Viewed, view=View.NOT_YET)


JUSTICE = {"justice_reason": "Too early"}
TOLD = {"told": True, "told_on": TODAY, "how": How.PHONE, "what": "All of it"}
WISHES = {"meeting": "none"}


@pytest.mark.parametrize(
    ("command", "values", "field"),
    [
        (c.Justice, JUSTICE | {"justice_offered": True, "justice_answer": ""}, "justice_answer"),
        (c.Justice, JUSTICE | {"justice_offered": True, "justice_answer": "no"}, None),
        (c.Justice, JUSTICE | {"justice_offered": False}, None),
        (c.Justice, {"justice_offered": False, "justice_reason": ""}, "justice_reason"),
        (c.Wishes, WISHES | {"wants_reparation": True}, "reparation"),
        (c.Wishes, WISHES | {"wants_reparation": False}, None),
        (c.Rights, {"enhanced": True, "ground": None}, "ground"),
        (c.Rights, {"enhanced": True, "ground": "intimidated"}, None),
        (c.Rights, {"enhanced": False}, None),
        (c.ToldOf, TOLD, None),
        (c.ToldOf, TOLD | {"told_on": None}, "told_on"),
        (c.ToldOf, TOLD | {"told_on": TODAY.replace(day=18)}, "told_on"),
        (c.ToldOf, TOLD | {"how": ""}, "how"),
        (c.ToldOf, TOLD | {"what": ""}, "what"),
        (c.ToldOf, {"told": False, "what": "Moved away"}, None),
        (c.Objects, {"sure": False}, "sure"),
        (c.Objects, {"sure": True}, None),
        (c.Attempt, {"made_on": TODAY.replace(day=18), "how": "email", "result": "reached"}, "made_on"),
        (c.Attempt, {"made_on": TODAY, "how": "email", "result": "reached"}, None),
    ],
)
def test_what_an_answer_calls_for_must_be_given(
    command: type[Command], values: dict[str, Any], field: str | None
) -> None:
    assert list(wrong(command, **values)) == ([field] if field else [])


def test_what_was_answered_before_does_not_outlive_a_no() -> None:
    no = c.Justice(justice_offered=False, justice_reason="x", justice_answer="yes")  # type: ignore[arg-type]
    assert no.justice_answer is None
    assert c.Rights(enhanced=False, ground="intimidated").ground is None  # type: ignore[arg-type]
    assert c.ToldOf(told=False, told_on=TODAY, how=How.PHONE, what="x").told_on is None
