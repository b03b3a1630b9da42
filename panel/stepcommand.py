"""One step as it is asked for: proposed by the case manager, or made a condition by the panel."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from panel.commands import Command, Day, Text, asked, chosen, optional
from workflows.vocabulary import Purpose


def _in_future(value: date, info: ValidationInfo) -> date:
    today = (info.context or {}).get("today")
    if today is not None and value <= today:
        raise ValueError("must be after today")
    return value


def _none_is_zero(value: Any) -> Any:
    return 0 if value in (None, "") else value


class StepCommand(Command):
    """What is to be done; whatever is left empty beside `what` is reported by the rules, not by the form."""

    what: Text = asked("What will the child do?", "Say what the child will do", longest=300)
    who: Text = optional("Who does it with the child?", longest=200)
    where_at: Text = optional("Where?", longest=200)
    when_at: Text = optional("When?", longest=200)
    done_when: Text = optional("How do we know that it is done?", longest=300)
    due_on: Annotated[Day, AfterValidator(_in_future)] = chosen(
        "Date by which it is done", "Enter the date by which it is done"
    )
    purpose: Purpose = chosen("What is it for?", "Choose what it is for")
    hours: Annotated[int, BeforeValidator(_none_is_zero)] = Field(
        default=0, ge=0, le=500, title="Hours of attendance"
    )
    at_childs_home: bool = Field(default=False, title="It takes place at the child's own home")
