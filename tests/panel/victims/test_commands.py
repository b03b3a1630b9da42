"""What must be said about a victim, and in which words its absence is complained about."""

import pytest
from pydantic import ValidationError

from panel.commands import errors_in_words
from panel.victims.commands import Recorded, Told
from workflows.vocabulary import View


def wrong(command: type[Told | Recorded], **values: object) -> dict[str, str]:
    try:
        command.model_validate(values)
    except ValidationError as error:
        return errors_in_words(error, command)
    return {}


def test_whether_there_is_a_victim_must_be_said() -> None:
    assert wrong(Told, is_there=None) == {"is_there": "Say whether there is a victim"}


def test_details_of_a_victim_who_is_not_there_are_a_mistake() -> None:
    assert wrong(Told, is_there=False, name="Ann") == {
        "name": "Name of the victim must be empty when there is no victim"
    }
    assert wrong(Told, is_there=False, name=" ") == {}
    assert wrong(Told, is_there=True, name="Ann") == {}


@pytest.mark.parametrize("view", [View.NOT_SOUGHT, View.NOT_CONTACTABLE])
def test_not_asking_needs_a_reason(view: View) -> None:
    said = {"view_reason": "Say why the victim was not asked or could not be reached"}
    assert wrong(Recorded, view=view) == said
    assert wrong(Recorded, view=view, view_reason="  ") == {"view_reason": "Reason must be given"}
    assert wrong(Recorded, view=view, view_reason="Moved away") == {}


def test_a_view_needs_a_text_that_the_panel_may_read() -> None:
    said = {"cleared_text": "Write the text that the panel may read"}
    assert wrong(Recorded, view=View.GIVEN, own_words="I am sad") == said
    assert wrong(Recorded, view=View.GIVEN, cleared_text="They are sad") == {}


def test_somebody_who_declines_needs_neither_reason_nor_text() -> None:
    assert wrong(Recorded, view=View.DECLINED) == {}


def test_not_asked_yet_is_not_something_to_record() -> None:
    assert list(wrong(Recorded, view=View.NOT_YET)) == ["view"]
    assert wrong(Recorded, view=None) == {"view": "Choose where asking the victim stands"}
