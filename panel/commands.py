"""What a request may ask, validated once for pages and programs alike.

A field carries its own sentences: `title` is what a person calls it, `ask` what we say when it is
missing. Nothing here knows of a database or of Flask.
"""

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)

MISSING = frozenset(
    {
        *("missing", "string_too_short", "too_short", "none_required", "enum"),
        *("date_type", "bool_type", "int_type"),
    }
)
TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)

WORD, LETTER = re.compile(r"[^\W\d_]{2,}"), re.compile(r"[^\W\d_]")
LEAST_WORDS, LEAST_LETTERS = 2, 3


class Command(BaseModel):
    """A validated request; text is trimmed, unknown fields are refused."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid", frozen=True)


def _text_or_nothing(value: Any) -> Any:
    return "" if value is None else value


def _not_a_number(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError("a date is not a number")
    return value


def not_future(value: date, info: ValidationInfo) -> date:
    today = (info.context or {}).get("today")
    if today is not None and value > today:
        raise ValueError("must be today or in the past")
    return value


def not_past(value: date, info: ValidationInfo) -> date:
    """A day from today on."""
    today = (info.context or {}).get("today")
    if today is not None and value < today:
        raise ValueError("must be today or later")
    return value


def _time_of_day(value: Any) -> Any:
    """As people write it: 16:30, 9.30."""
    if isinstance(value, time):
        return value
    found = TIME_OF_DAY.fullmatch(str(value or "").strip())
    if not found:
        raise ValueError("must be a time, such as 16:30")
    return time(int(found[1]), int(found[2]))


def _in_words(value: str) -> str:
    """A reason is for somebody who reads it later; what is empty is asked for elsewhere."""
    if value and len(WORD.findall(value)) < LEAST_WORDS:
        raise ValueError("say it in two words or more, so that who reads it later understands it")
    return value


def _written_out(value: str) -> str:
    """A person or an office has three letters at least."""
    if value and len(LETTER.findall(value)) < LEAST_LETTERS:
        raise ValueError("write out the name of the person or of the office")
    return value


Text = Annotated[str, BeforeValidator(_text_or_nothing)]
Reason = Annotated[Text, AfterValidator(_in_words)]
Recipient = Annotated[Text, AfterValidator(_written_out)]
Day = Annotated[date, BeforeValidator(_not_a_number)]
Clock = Annotated[time, BeforeValidator(_time_of_day)]


def asked(title: str, ask: str, *, longest: int = 4000, **more: Any) -> Any:
    """A text that must be given, up to `longest` characters."""
    return Field(min_length=1, max_length=longest, title=title, json_schema_extra={"ask": ask}, **more)


def optional(title: str, *, longest: int = 4000) -> Any:
    """A text that may stay empty, up to `longest` characters."""
    return Field(default="", max_length=longest, title=title)


def chosen(title: str, ask: str, **more: Any) -> Any:
    """A choice or a date that must be given."""
    return Field(title=title, json_schema_extra={"ask": ask}, **more)


def errors_in_words(error: ValidationError, command: type[Command]) -> dict[str, str]:
    """One plain sentence for each field at fault, by field name; '' holds what concerns several."""
    found: dict[str, str] = {}
    for item in error.errors():
        name = str(item["loc"][0]) if item["loc"] else ""
        found.setdefault(name, _sentence(item, command, name))
    return found


def _sentence(item: Any, command: type[Command], name: str) -> str:
    field = command.model_fields.get(name)
    if field is None:
        return str(item["msg"]).removeprefix("Value error, ")
    title, extra = field.title or name, field.json_schema_extra
    ask = extra.get("ask") if isinstance(extra, dict) else None
    kind = item["type"]
    if kind in MISSING or (item.get("input") in (None, "") and ask):
        return str(ask or f"Enter {title.lower()}")
    if kind == "string_too_long":
        return f"{title} must be {item['ctx']['max_length']:,} characters or fewer"
    if kind.startswith("date"):
        return f"{title} must be a real date, such as 27 3 2026"
    if kind.startswith("int") or kind in ("greater_than_equal", "less_than_equal"):
        return _number_sentence(title, item)
    said = str(item["msg"]).removeprefix("Value error, ")
    # A question does not go on as a sentence.
    return f"{said[:1].upper()}{said[1:]}" if title.endswith("?") else f"{title} {said}"


def _number_sentence(title: str, item: Any) -> str:
    limits = item.get("ctx", {})
    if "ge" in limits:
        return f"{title} must be {limits['ge']} or more"
    if "le" in limits:
        return f"{title} must be {limits['le']} or less"
    return f"{title} must be a whole number"
