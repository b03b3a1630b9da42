"""One request, one transaction: everything that a page does is committed once, before the reply leaves."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request
from sqlalchemy import Engine

from config.settings import Settings
from panel import clock, once
from panel.access import SAFE_METHODS, Gate
from panel.db import finish_reading, open_session

# Endpoints that touch no data and so need no session.
WITHOUT_SESSION = frozenset({"static", "healthz", "readyz"})


class PanelApp(Flask):
    """Flask, with a transaction around each view."""

    engine: Engine
    settings: Settings
    gates: dict[str, Gate]

    def dispatch_request(self) -> Any:
        """Run the view between the idempotency key and the one commit."""
        if request.endpoint is None or request.endpoint in WITHOUT_SESSION:
            return super().dispatch_request()
        if request.method in SAFE_METHODS:
            response = self.make_response(super().dispatch_request())
            finish_reading(self.engine, g.db)
            return response
        key = self._claim()
        if key is not None and key.location:
            return redirect(key.location, 303)
        response = self.make_response(super().dispatch_request())
        self._finish_writing(response, key)
        return response

    def _claim(self) -> "_Key | None":
        gate = self.gates[request.endpoint or ""]
        if not gate.once:
            return None
        name = request.form.get("act_key", "")
        if not 16 <= len(name) <= 64:
            abort(400, "The form came without its key. Go back, reload the page and send it again.")
        digest = once.digest_of(request.form, request.files)
        user = g.actor.id if g.actor else 0
        location = once.claim(g.db, name, user, request.endpoint or "", digest, g.at)
        return _Key(name, location or "")

    @staticmethod
    def _finish_writing(response: Response, key: "_Key | None") -> None:
        # A page of several steps that is not at its end has done nothing: its key stays free for the end.
        if response.status_code >= 400 or g.unfinished:
            g.db.rollback()
            return
        if key is not None:
            once.keep_result(g.db, key.name, _local(response.headers.get("Location", "")) or request.path)
        g.db.commit()


class _Key:
    def __init__(self, name: str, location: str) -> None:
        self.name, self.location = name, location


def _local(location: str) -> str:
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def install(app: PanelApp) -> None:
    """Open a session before each request and close it afterwards."""

    @app.before_request
    def _open() -> None:
        g.at = clock.now()
        g.actor = None
        g.form = None
        g.unfinished = False
        if request.endpoint in WITHOUT_SESSION:
            return
        g.db = open_session(app.engine, writing=request.method not in SAFE_METHODS)

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        session = g.pop("db", None)
        if session is not None:
            session.close()
