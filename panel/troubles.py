"""Error pages: each says what happened, what to do now, and gives back everything that was typed."""

import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import structlog
from flask import current_app, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from wtforms import FileField, HiddenField

from panel import problems
from panel.access import SAFE_METHODS
from panel.documents.stores import StoreUnreachable
from panel.errors import ShutOut, Stale
from panel.once import UsedForSomethingElse
from panel.security import reference_of_error
from panel.web import PanelApp
from workflows.flow import NotYours, Refusal, Refused

log = structlog.get_logger()
TITLES = {
    400: "Something is wrong with this request",
    403: "You cannot use this page",
    404: "Page not found",
    405: "This page cannot be used that way",
    413: "What you sent is too big",
}
# Where each kind of missing thing is mended.
MENDED_AT = {
    "child": "referrals.child",
    "source": "referrals.source",
    "tasks": "referrals.tasks",
    "carer": "referrals.carer",
    "offences": "offences.index",
    "circumstances": "referrals.circumstances",
    "admission": "referrals.admission",
    "victim": "victims.view",
    "tell_victim": "victims.tell",
    "panel": "decisions.view",
    "ratings.view": "ratings.view",
    "ratings.edit": "ratings.edit",
    "pack": "packs.view",
    "before": "decisions.before",
    "assessment": "assessments.view",
    "judge": "countersigning.judge",
    "concerns": "concerns.index",
    "safeguarding": "concerns.safeguarding",
    "disposal": "disposals.view",
    "authorise": "disposals.authorise",
    "plan": "plans.view",
    "keeping": "compliance.view",
    "closing": "closing.view",
    "variation": "variations.index",
    "availability": "contacts.availability",
    "papers": "referrals.papers",
    "child_information": "rulings.information",
}


def install(app: PanelApp) -> None:
    """Register the error pages."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotYours, lambda _: plain(403))
    app.register_error_handler(ShutOut, _shut_out)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(StaleDataError, lambda _: _stale(Stale()))
    app.register_error_handler(UsedForSomethingElse, _used)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(RequestEntityTooLarge, lambda _: plain(413))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreUnreachable, _store_away)
    app.register_error_handler(OperationalError, _broken)
    app.register_error_handler(Exception, _broken)


def _undo() -> None:
    session = g.get("db")
    if session is not None:
        session.rollback()


def plain(code: int, says: str = "") -> Any:
    """A page that says what is wrong and leads on; another system gets it as JSON."""
    _undo()
    if request.path.startswith(problems.PATH):
        return problems.problem(code, says or TITLES.get(code, TITLES[400]))
    return render_template(
        "errors/plain.html", title=TITLES.get(code, TITLES[400]), says=says, code=code
    ), code


def _shut_out(error: ShutOut) -> Any:
    _undo()
    if "live" in request.args:
        return "", 205  # the page that asks is to be loaded again, and then says why it is closed
    return render_template("errors/shut_out.html", reference=error.reference, was=error.was, **_typed()), 403


def _http(error: HTTPException) -> Any:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    if (error.code or 500) >= 500:
        return _broken(error)
    if request.path.startswith(problems.PATH):
        allow = {"Allow": allowed} if (allowed := error.get_response().headers.get("Allow")) else None
        return problems.problem(error.code or 400, "This request cannot be answered.", headers=allow)
    custom = error.description if error.code == 400 and error.description else ""
    return plain(error.code or 400, custom)


def _forged(_error: CSRFError) -> Any:
    _undo()
    says = "This page was open for too long, or came from elsewhere. Check what you typed and send it again."
    return render_template("errors/again.html", title="Send this again", says=says, **_typed()), 400


def _used(_error: UsedForSomethingElse) -> Any:
    _undo()
    says = "This form was sent before with other contents. What was sent first has been saved; this has not."
    return render_template("errors/again.html", title="This was already sent", says=says, **_typed()), 409


def _refused(error: Refused) -> Any:
    _undo()
    typed = _typed()
    # Each of these is asked for on the page itself: an empty answer sent along would come first and count.
    asked = {f"override-{refusal.name}" for refusal in error.refusals}
    typed["resend"] = [(name, value) for name, value in typed["resend"] if name not in asked]
    return render_template("errors/refused.html", refusals=refusal_items(error.refusals), **typed), 409


def refusal_items(refusals: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Refusals as the pages show them, each with the page where it is put right."""
    return [
        {
            "name": refusal.name,
            "says": refusal.says,
            "source": f"{refusal.source} ({refusal.rule})",
            "hard": refusal.hard,
            "href": mended_at(refusal.where),
        }
        for refusal in refusals
    ]


def mended_at(where: str) -> str | None:
    """The page on which a missing thing of the case at hand is put right."""
    reference = (request.view_args or {}).get("reference")
    person = g.get("actor")
    if reference is None or where not in MENDED_AT or person is None:
        return None
    endpoint = MENDED_AT[where]
    if not cast(PanelApp, current_app).gates[endpoint].lets_in(person.roles, "GET"):
        return None
    return url_for(endpoint, reference=reference)


def _stale(error: Stale) -> Any:
    _undo()
    typed = _typed()
    rows = [
        {"label": row["label"], "saved": _shown(error.saved.get(row["name"])), "typed": row["value"]}
        for row in typed["typed"]
    ]
    return render_template("errors/stale.html", rows=rows, version=error.saved.get("version"), **typed), 409


def _broken(error: Exception) -> Any:
    _undo()
    reference = reference_of_error()
    # The message of a database error may repeat what was typed, so only its kind is logged.
    log.error(
        "request failed",
        reference=reference,
        endpoint=request.endpoint,
        kind=type(error).__name__,
        where=_where(error),
    )
    if request.path.startswith(problems.PATH):
        return problems.problem(500, f"It failed, and nothing was saved. Reference: {reference}.")
    return render_template("errors/broken.html", error_reference=reference, **_typed(same_key=True)), 500


def _store_away(error: StoreUnreachable) -> Any:
    _undo()
    reference = reference_of_error()
    log.error("file store not reached", reference=reference, endpoint=request.endpoint, kind=str(error))
    return render_template("errors/no_store.html", error_reference=reference, **_typed(same_key=True)), 503


def _where(error: Exception) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _typed(*, same_key: bool = False) -> dict[str, Any]:
    """Everything that was typed, to be shown and to be sent again."""
    if request.method in SAFE_METHODS:
        return {"typed": [], "resend": [], "files_lost": False, "back": request.path}
    drop = {"csrf_token"} | (set() if same_key else {"act_key"})
    resend = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in drop and name != "password"
    ]
    form = g.get("form")
    labels = {field.name: str(field.label.text) for field in form} if form is not None else {}
    hidden = (
        {field.name for field in form if isinstance(field, HiddenField | FileField)}
        if form is not None
        else set()
    )
    typed = [
        {"name": name, "label": labels.get(name, name.replace("_", " ").capitalize()), "value": value}
        for name, value in resend
        if name not in hidden and name not in ("act_key", "version") and not name.startswith("override-")
    ]
    lost = any(file.filename for file in request.files.values())
    return {"typed": typed, "resend": resend, "files_lost": lost, "back": request.path}


def to_sign_in() -> Any:
    """Send a stranger to the sign-in page, and back afterwards when they wanted to read."""
    wanted = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
    return redirect(url_for("accounts.sign_in", next=wanted or None), 303)
