"""The fields of an extract: names, words, and whether they are personal data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("extract_fields.toml")


@dataclass(frozen=True)
class Field:
    """One column: `value` says what stands in it, `seen` that its name was seen in public texts.

    `coded` names the code list of the force, `codes` our own set, in whose codes it is said.
    """

    item: str
    name: str
    value: str
    title: str
    personal: bool = False
    coded: str = ""
    codes: str = ""
    seen: bool = False


@cache
def _read() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def edition() -> date:
    """The day from which this list of fields holds."""
    found: date = _read()["edition"]
    return found


def authority() -> str:
    """What decides how national data are recorded."""
    return str(_read()["authority"])


def not_supplied() -> tuple[tuple[str, str], ...]:
    """What an extract leaves out, and why."""
    return tuple((row["name"], row["why"]) for row in _read()["not_supplied"])


def items(*, named: bool) -> dict[str, tuple[Field, ...]]:
    """The columns of each item, in order; the personal ones only when they are asked for."""
    found: dict[str, tuple[Field, ...]] = {}
    for row in _read()["field"]:
        field = Field(**row)
        if named or not field.personal:
            found[field.item] = (*found.get(field.item, ()), field)
    return found
