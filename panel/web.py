"""One request, one transaction: everything that a page does is committed once, before the reply leaves."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request
from sqlalchemy import Engine

from config.settings import Settings
from panel import clock, once
from panel.access import SAFE_METHODS, Gate
from panel.db import end_reading, finish_reading, open_session, transaction

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
        if self.gates[request.endpoint].late:
            return self._read_then_write()
        key = self._claim()
        if key is not None and key.location:
            return redirect(key.location, 303)
        response = self.make_response(super().dispatch_request())
        self._finish_writing(response, key)
        return response

    def _read_then_write(self) -> Any:
        # The key is claimed with the writing: of two that read at once, one finds what the other left.
        asked = _asked()
        if location := once.look(g.db, *asked):
            return redirect(location, 303)
        response = self.make_response(super().dispatch_request())
        if response.status_code >= 400 or g.unfinished:
            g.db.rollback()
            return response
        writes = end_reading(g.db)
        with transaction(self.engine) as along:
            if taken := once.claim(along, *asked, g.at):
                return redirect(taken, 303)
            for write in writes:
                write(along)
            once.keep_result(along, asked[0], _result(response))
        return response

    def _claim(self) -> "_Key | None":
        gate = self.gates[request.endpoint or ""]
        if not gate.once:
            return None
        asked = _asked()
        return _Key(asked[0], once.claim(g.db, *asked, g.at) or "")

    @staticmethod
    def _finish_writing(response: Response, key: "_Key | None") -> None:
        # A page of several steps that is not at its end has done nothing: its key stays free for the end.
        if response.status_code >= 400 or g.unfinished:
            g.db.rollback()
            return
        if key is not None:
            once.keep_result(g.db, key.name, _result(response))
        g.db.commit()


class _Key:
    def __init__(self, name: str, location: str) -> None:
        self.name, self.location = name, location


def _asked() -> tuple[str, int, str, str]:
    """Key, person, page and digest of the form at hand."""
    name = request.form.get("act_key", "")
    if not 16 <= len(name) <= 64:
        abort(400, "The form came without its key. Go back, reload the page and send it again.")
    digest = once.digest_of(request.form, request.files)
    return name, g.actor.id if g.actor else 0, request.endpoint or "", digest


def _result(response: Response) -> str:
    """Where the answer leads; a file says by `Content-Location` which page is about it."""
    headers = response.headers
    return _local(headers.get("Location", "") or headers.get("Content-Location", "")) or request.path


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
        acts = request.method not in SAFE_METHODS
        gate = app.gates.get(request.endpoint or "")
        late = acts and gate is not None and gate.late
        g.db = open_session(app.engine, writing=acts and not late, steady=late)

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        session = g.pop("db", None)
        if session is not None:
            session.close()
