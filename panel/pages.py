"""What every page gets: who is signed in, where they can go, and how to say dates and words."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, render_template, request, url_for
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
)

from panel.forms import PanelForm, new_key
from panel.navigation import BELOW, NAV
from panel.web import PanelApp
from workflows import calendar
from workflows.vocabulary import words

TEMPLATES = Path(__file__).parent.parent / "templates"


class _Library(PackageLoader):
    """The GOV.UK macros rely on undefined names being empty; our own templates may not."""

    lenient: Environment | None = None

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002
        """Load a library's template into an environment that is lenient about undefined names."""
        if self.lenient is None:
            self.lenient = environment.overlay(undefined=Undefined)
        return super().load(self.lenient, name, globals)


def page(template: str, *, form: PanelForm | None = None, status: int = 200, **context: Any) -> Any:
    """A page; with a form that was sent and found wrong it is a 422 with its error summary."""
    errors = form.error_list() if form is not None else []
    if errors and status == 200:
        status = 422
    return render_template(template, form=form, errors=errors, **context), status


def install(app: PanelApp) -> None:
    """Set up Jinja and what every template may use."""
    environment = app.jinja_env
    libraries = {name: _Library(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    environment.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader(libraries)])
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    cache_folder = app.settings.data_dir / "templates"
    cache_folder.mkdir(parents=True, exist_ok=True)
    environment.bytecode_cache = FileSystemBytecodeCache(str(cache_folder))
    environment.filters.update(
        long_date=calendar.long_date,
        day_date=calendar.day_date,
        clock_words=calendar.clock_words,
        words=words,
    )
    environment.globals["static"] = _static(app)
    environment.globals["new_key"] = new_key
    app.context_processor(_common)


def _common() -> dict[str, Any]:
    person = g.get("actor")
    return {
        "user": person,
        "demo": cast(PanelApp, current_app).settings.demo,
        "nav": _nav(person),
        "printed": f"Printed by {person.name} on {calendar.clock_words(g.at)}" if person else "",
    }


def _nav(person: Any) -> list[dict[str, Any]]:
    if person is None:
        return []
    here = (request.endpoint or "").split(".")[0]
    return [
        {
            "text": way.text,
            "href": url_for(way.endpoint),
            "current": _is_here(way.endpoint, here),
        }
        for way in NAV
        if person.roles & way.roles
    ]


def _is_here(endpoint: str, here: str) -> bool:
    room = endpoint.split(".")[0]
    below = endpoint == "home.overview" and here in BELOW
    return request.endpoint == endpoint or (here == room and here != "home") or below


def _static(app: Flask) -> Callable[[str], str]:
    folder = Path(app.static_folder or "")

    @cache
    def version(name: str) -> str:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"

    return lambda name: f"/static/{name}?v={version(name)}"
