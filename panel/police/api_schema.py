"""What the interface takes and gives, as an OpenAPI document made from the command that checks it."""

import re
from datetime import date
from typing import Any

from pydantic import Field, StrictBool, field_validator
from pydantic.json_schema import models_json_schema

from config.coded import EXCEPTIONS
from panel.commands import Command, Text, asked
from panel.police.told_command import Told
from workflows.police import POLICE_OUTCOMES

MEDIA = "application/problem+json"
REF = "#/components/schemas/{model}"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PROBLEMS = {
    400: "It is no JSON object, or the Idempotency-Key is too long.",
    401: "No token, a wrong one, or one that was ended.",
    403: "The force of the token does not speak for the area.",
    404: "There is no area with this code.",
    405: "The address takes only POST.",
    409: "The Idempotency-Key was sent before with other contents.",
    413: "It is too big.",
    415: "It is not application/json.",
    422: "Something in it is missing or wrong; `errors` says what, by field.",
    429: "Too many requests in one minute; wait as `Retry-After` says.",
}
INTRO = (
    "Tell the youth offending team of a disposal that the police gave to a child by themselves. "
    "Nothing can be read by this interface."
)


class Body(Told):
    """A disposal, and the area whose youth offending team is told."""

    area: Text = asked("Code of the area", "Enter the code of the area", longest=4)
    # A form sends words; JSON has true and false of its own.
    first_time: StrictBool | None = Field(default=None, title=Told.model_fields["first_time"].title)
    consulted: StrictBool | None = Field(
        default=None, title=Told.model_fields["consulted"].title, validate_default=True
    )

    @field_validator("given_on", "date_of_birth", mode="before")
    @classmethod
    def _one_way_to_write_a_day(cls, value: Any) -> Any:
        if value is not None and not (isinstance(value, str) and DAY.fullmatch(value)):
            raise ValueError("must be a day such as 2026-03-27")
        return value


class Saved(Command):
    """What comes back: the reference of the record, its page for people, and what looks odd."""

    reference: str = Field(max_length=12)
    record: str
    warnings: list[str]


class FieldError(Command):
    """One field at fault."""

    field: str
    says: str


class Problem(Command):
    """What is wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default_factory=list)


def document(today: date) -> dict[str, Any]:
    """The whole OpenAPI document; the reasons of an exception are those of today."""
    _, made = models_json_schema(
        [(model, "validation") for model in (Body, Saved, Problem)], ref_template=REF
    )
    schemas = made["$defs"]
    _say_what_holds(schemas["Body"], schemas, today)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Police disposals", "version": "1", "description": INTRO},
        "paths": {"/api/v1/police-disposals": {"post": _post()}},
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _say_what_holds(body: dict[str, Any], schemas: dict[str, Any], today: date) -> None:
    """What the command checks in Python, said so that a program can read it."""
    schemas["Outcome"]["enum"] = [outcome.value for outcome in POLICE_OUTCOMES]
    for name, field in body["properties"].items():
        if field.get("type") == "string" and "format" not in field:
            # Blanks at the ends are cut off before the length is checked.
            field["pattern"] = r"^\S(.*\S)?$" if "minLength" in field else r"^(\S(.*\S)?)?$"
            if name not in body["required"]:
                field["type"] = ["string", "null"]
        field.pop("ask", None)
    body["properties"]["crime_reference"]["pattern"] = r"^(\d[ /-]?){11}$|^$"
    codes = [code.key for code in EXCEPTIONS.codes(today)]
    body["properties"]["exception"]["examples"] = codes


def _post() -> dict[str, Any]:
    answers = {
        "201": _json("A new record.", "Saved", "application/json"),
        "200": _json("The record is held already.", "Saved", "application/json"),
    }
    answers |= {str(code): _json(says, "Problem", MEDIA) for code, says in PROBLEMS.items()}
    answers["429"]["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    key = {"type": "string", "maxLength": 200, "pattern": "^[!-~]+$"}
    return {
        "operationId": "tell",
        "summary": "Tell of a disposal",
        "security": [{"token": []}],
        "parameters": [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": key}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Body")}}},
        "responses": answers,
    }


def _json(says: str, model: str, media: str) -> dict[str, Any]:
    return {"description": says, "content": {media: {"schema": _ref(model)}}}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": REF.format(model=model)}
