"""The interface for systems of a force: tell us of a disposal. A token lets in, a session never does."""

import json
import secrets
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from pydantic import ValidationError
from sqlmodel import Session, select
from werkzeug.exceptions import HTTPException

from config.policy import number
from panel import once
from panel.access import Actor
from panel.accounts.models import Area
from panel.commands import errors_in_words
from panel.forces.actions import used
from panel.forces.models import Force, ForceSystem
from panel.forces.queries import areas_of, system_with
from panel.police.actions import known_as
from panel.police.api_limits import keep_call, too_many
from panel.police.api_schema import Body, document
from panel.police.models import PoliceDisposal
from panel.police.queries import reports_of
from panel.police.telling import one_at_a_time
from panel.police.telling import tell as tell_the_yot
from panel.police.told_command import Told
from panel.problems import problem
from panel.request import at, db, today
from workflows.police import Heard

blueprint = Blueprint("api", __name__)
STRANGER = "Send the token of your system in the header Authorization: Bearer."
NO_JSON = "Send one JSON object, with the header Content-Type: application/json."
BEARER = {"WWW-Authenticate": 'Bearer realm="police-disposals"'}
KEY_LONGEST = 200


class Wrong(Exception):
    """A request that is answered with a problem."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


@blueprint.errorhandler(Wrong)
def _wrong(error: Wrong) -> Response:
    return error.response


@blueprint.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    return problem(error.code or 500, "This request cannot be answered.")


@blueprint.errorhandler(once.UsedForSomethingElse)
def _reused(_error: once.UsedForSomethingElse) -> Response:
    return problem(409, "This Idempotency-Key was sent before with other contents. Use another one.")


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """What can be sent and what comes back, for programs."""
    return Response(json.dumps(document(today())), mimetype="application/json")


@blueprint.post("/api/v1/police-disposals")
def tell() -> Response:
    """Tell the YOT of a disposal that the police gave."""
    system, force = _system(db())
    _within_limit(db(), system)
    body = _body()
    area = _area(db(), force, body.area)
    told = Told.model_validate(body.model_dump(exclude={"area"}), context={"today": today()})
    key = _claim(db(), system)
    if key is not None and key[1]:
        return _answer(db(), key[1], told, 200)
    one_at_a_time(db(), force.id)
    held = known_as(db(), told, force_id=force.id, area_id=area.id)
    if held is None or not _said_before(db(), held, system, told):
        by = Actor(system.made_by_id, f"{system.name}, a system of {force.name}", (), {})
        held_before = held is not None
        held = tell_the_yot(
            db(),
            told,
            force_id=force.id,
            area_id=area.id,
            how=Heard.SYSTEM,
            by=by,
            at=at(),
            today=today(),
            system_id=system.id,
        )
        code = 200 if held_before else 201
    else:
        code = 200
    if key is not None:
        once.keep_result(db(), key[0], held.reference)
    return _answer(db(), held.reference, told, code)


def _system(session: Session) -> tuple[ForceSystem, Force]:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = system_with(session, token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if found is None:
        raise Wrong(problem(401, STRANGER, headers=BEARER))
    return found


def _within_limit(session: Session, system: ForceSystem) -> None:
    if too_many(session, system.id, at=at(), today=today()):
        says = "Too many requests in one minute. Nothing was saved; send this again in a minute."
        raise Wrong(problem(429, says, headers={"Retry-After": "60"}))
    keep_call(session, system.id, secrets.token_urlsafe(24), at=at())
    used(session, system, at=at())
    # What is refused below is undone; that somebody called is not.
    session.commit()


def _body() -> Body:
    most = number("api_most_characters", today())
    if (request.content_length or 0) > most:
        raise Wrong(problem(413, f"What you send may have {most:,} bytes."))
    if request.mimetype != "application/json":
        raise Wrong(problem(415, NO_JSON))
    request.max_content_length = most
    raw = request.get_data()
    try:
        sent = json.loads(raw)
    except (ValueError, RecursionError):
        raise Wrong(problem(400, "This is no JSON.")) from None
    if not isinstance(sent, dict):
        raise Wrong(problem(400, NO_JSON))
    try:
        return Body.model_validate(sent, context={"today": today()})
    except ValidationError as error:
        says = "Something in it is missing or wrong. Nothing was saved."
        raise Wrong(problem(422, says, errors=errors_in_words(error, Body))) from None


def _area(session: Session, force: Force, code: str) -> Area:
    area = session.exec(select(Area).where(Area.code == code)).first()
    if area is None:
        raise Wrong(problem(404, "There is no area with this code."))
    if area.id not in areas_of(session, force.id):
        raise Wrong(problem(403, "Your force does not speak for this area."))
    return area


def _claim(session: Session, system: ForceSystem) -> tuple[str, str] | None:
    """The name of the idempotency key of this request and its first result, if it was sent before."""
    sent = request.headers.get("Idempotency-Key", "")
    if not sent:
        return None
    if len(sent) > KEY_LONGEST:
        raise Wrong(problem(400, f"The Idempotency-Key may have {KEY_LONGEST} characters."))
    name = once.name_of(f"{system.id}:{sent}")
    digest = once.name_of(request.get_data(as_text=True))
    return name, once.claim(session, name, -system.id, "api.tell", digest, at()) or ""


def _said_before(session: Session, held: PoliceDisposal, system: ForceSystem, told: Told) -> bool:
    """Whether this system said exactly this of it before: a repeat, of which nothing is kept twice."""
    said = told.model_dump(mode="json")
    return any(one.system_id == system.id and one.said == said for one in reports_of(session, held))


def _answer(session: Session, reference: str, told: Told, code: int) -> Response:
    warnings = [f"{told.age_says}."] if told.age_says else []
    base = current_app.settings.base_url  # type: ignore[attr-defined]
    record = f"{base}{url_for('police.view', reference=reference)}"
    body: dict[str, Any] = {"reference": reference, "record": record, "warnings": warnings}
    return Response(json.dumps(body), code, mimetype="application/json")
