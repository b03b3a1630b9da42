"""One step as it is asked for: proposed by the case manager, or made a condition by the panel."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from config.library import entry
from panel.commands import Command, Day, Text, asked, chosen, optional
from panel.steps import only_names_a_topic
from workflows.conditions import StepKind
from workflows.vocabulary import Purpose

MOST_PENCE = 1_000_000
EXAMPLE = "Talk through when and why you smoke cannabis, what it does to sleep, and practise saying no"


def _in_future(value: date, info: ValidationInfo) -> date:
    today = (info.context or {}).get("today")
    if today is not None and value <= today:
        raise ValueError("must be after today")
    return value


def _none_is_zero(value: Any) -> Any:
    return 0 if value in (None, "") else value


def _none_is_activity(value: Any) -> Any:
    return StepKind.ACTIVITY if value in (None, "") else value


def _nothing_is_none(value: Any) -> Any:
    return None if value in ("", "0", 0) else value


def _pence(value: Any) -> Any:
    """Typed text is in pounds, a number in pence."""
    if not isinstance(value, str):
        return _none_is_zero(value)
    typed = re.sub(r"[£,\s]", "", value)
    if not typed:
        return 0
    if not re.fullmatch(r"\d{1,6}(\.\d{2})?", typed, re.ASCII):
        raise ValueError("must be a number, such as 20 or 12.50")
    whole, _, rest = typed.partition(".")
    return int(whole) * 100 + int(rest or 0)


def _says_something(value: str, info: ValidationInfo) -> str:
    today = (info.context or {}).get("today")
    if today is not None and only_names_a_topic(value, today):
        chosen_entry = entry(info.data.get("entry", ""))
        good = chosen_entry.example if chosen_entry else EXAMPLE
        raise ValueError(
            f"“{value[:60]}” only names a topic. Say what the child does and works on. For example: {good}"
        )
    return value


Count = Annotated[int, BeforeValidator(_none_is_zero)]


class StepCommand(Command):
    """What is to be done; whatever is left empty beside `what` is reported by the rules, not by the form."""

    entry: Text = optional("Entry of the library", longest=40)
    kind: Annotated[StepKind, BeforeValidator(_none_is_activity)] = Field(
        default=StepKind.ACTIVITY, title="What kind of condition is it?"
    )
    what: Annotated[Text, AfterValidator(_says_something)] = asked(
        "What will the child do?", "Say what the child will do", longest=300
    )
    who: Text = optional("Who does it with the child?", longest=200)
    where_at: Text = optional("Where exactly?", longest=200)
    when_at: Text = optional("When?", longest=200)
    how_often: Text = optional("How often?", longest=200)
    sessions: Count = Field(default=0, ge=0, le=200, title="How many sessions?")
    done_when: Text = optional("How do we know that it is done?", longest=300)
    proof: Text = optional("What is kept as evidence?", longest=300)
    due_on: Annotated[Day, AfterValidator(_in_future)] = chosen(
        "Date by which it is done", "Enter the date by which it is done"
    )
    purpose: Purpose = chosen("What is it for?", "Choose what it is for")
    attends: bool = Field(default=False, title="The child has to come somewhere")
    hours: Count = Field(default=0, ge=0, le=500, title="Hours of attendance")
    at_childs_home: bool = Field(default=False, title="It takes place at the child's own home")
    amount_pence: Annotated[int, BeforeValidator(_pence)] = Field(
        default=0, ge=0, le=MOST_PENCE, title="Amount in pounds"
    )
    payee: Text = optional("To whom is it paid?", longest=200)
    pay_how: Text = optional("How is it paid?", longest=200)
    checked_by: Text = optional("Which neighbourhood policing team checks it?", longest=200)
    placement_id: Annotated[int | None, BeforeValidator(_nothing_is_none)] = Field(
        default=None, title="Which placement?"
    )
