"""Errors of the interface for other systems: one JSON for each (RFC 9457), without anything that was sent."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Response

PATH = "/api/"


def problem(
    code: int,
    says: str,
    *,
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """What is wrong, in a sentence; `errors` has one sentence for each field at fault."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": says,
    }
    if errors:
        body["errors"] = [{"field": name, "says": sentence} for name, sentence in errors.items()]
    return Response(json.dumps(body), code, dict(headers or {}), mimetype="application/problem+json")
