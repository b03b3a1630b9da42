"""Somebody who opens pages and sends forms as a browser would: hidden fields, tokens and keys included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from panel.web import PanelApp

Values = Mapping[str, Any]


@dataclass
class Form:
    """One form of a page with what is filled in already."""

    action: str
    method: str
    names: set[str] = field(default_factory=set)
    filled: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Page:
    """One answer of the application."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.path = response.request.path
        self.url = response.request.full_path.rstrip("?")
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.tree: Element = html5lib.parse(self.html, namespaceHTMLElements=False)

    @property
    def title(self) -> str:
        """The title of the window."""
        return words(self.tree.find(".//title"))

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return words(self.tree.find(".//h1"))

    @property
    def text(self) -> str:
        """Everything that a person reads in the main part, on one line."""
        return words(self.tree.find(".//main"))

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        lists = [e for e in self.tree.iter() if "govuk-error-summary__list" in e.get("class", "").split()]
        return [words(item) for found in lists for item in found.iter("li")]

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words."""
        return {words(a): a.get("href", "") for a in self.tree.iter("a")}

    def forms(self) -> list[Form]:
        """The forms of the main part."""
        main = self.tree.find(".//main")
        return [] if main is None else [_form(element, self.url) for element in main.iter("form")]

    def form(self, action: str = "", button: str = "") -> Form:
        """The only form that is posted, or the one whose address ends with `action` or that has `button`."""
        found = [
            form
            for form in self.forms()
            if form.method == "post"
            and form.action.endswith(action)
            and (not button or button in form.buttons)
        ]
        seen = [(f.method, f.action, sorted(f.buttons)) for f in self.forms()]
        assert len(found) == 1, f"{len(found)} forms fit on {self.path} ({self.status}); there are {seen}"
        return found[0]


class Visitor:
    """A person with a browser; cookies are kept."""

    def __init__(self, app: PanelApp) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def open(self, path: str, *, status: int | None = 200) -> Page:
        """Open a page; None as status accepts every answer."""
        return self._expect(self.client.get(path), status)

    def send(
        self,
        where: str | Page,
        values: Values | None = None,
        *,
        action: str = "",
        button: str = "",
        status: int | None = 303,
    ) -> Page:
        """Fill in and send a form of a page, opened first when it is a path; no redirect is followed.

        A value is a text, a list for several ticks, None to untick, or (stream, filename) for a file.
        Sending the same `Page` twice is a double click: token and key are the same.
        """
        page = self.open(where) if isinstance(where, str) else where
        form = page.form(action, button)
        given = dict(values or {})
        unknown = set(given) - form.names
        assert not unknown, f"{page.path} has no field {sorted(unknown)}; it has {sorted(form.names)}"
        data: dict[str, Any] = {**form.filled, **{k: v for k, v in given.items() if v is not None}}
        for name in (name for name, value in given.items() if value is None):
            data.pop(name, None)
        if button and form.buttons[button][0]:
            data[form.buttons[button][0]] = form.buttons[button][1]
        response = self.client.post(form.action, data=data, content_type=_content_type(data))
        return self._expect(response, status)

    def follow(self, page: Page) -> Page:
        """Open the page that a redirect leads to."""
        assert page.location, f"{page.path} does not lead on ({page.status})"
        return self.open(page.location)

    @staticmethod
    def _expect(response: TestResponse, status: int | None) -> Page:
        page = Page(response)
        if status is not None and page.status != status:
            said = page.errors or page.text or response.get_data(as_text=True)[:500]
            raise AssertionError(f"{page.path}: {page.status} instead of {status}: {said}")
        return page


def words(element: Element | None) -> str:
    """The text of an element on one line; empty without one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _content_type(data: Mapping[str, Any]) -> str:
    has_file = any(isinstance(value, tuple) for value in data.values())
    return "multipart/form-data" if has_file else "application/x-www-form-urlencoded"


def _form(element: Element, url: str) -> Form:
    form = Form(element.get("action") or url, element.get("method", "get").lower())
    for control in element.iter():
        name, kind = control.get("name", ""), control.get("type", "")
        if control.tag == "button" or kind == "submit":
            form.buttons[words(control) or control.get("value", "")] = (name, control.get("value", ""))
        elif name and control.get("disabled") is None:
            form.names.add(name)
            form.filled.setdefault(name, []).extend(_value(control, kind))
    form.filled = {name: values for name, values in form.filled.items() if values}
    return form


def _value(control: Element, kind: str) -> Iterator[str]:
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        yield from (option.get("value", words(option)) for option in chosen)
    elif control.tag == "textarea":
        yield "".join(control.itertext())
    elif kind in ("radio", "checkbox"):
        if control.get("checked") is not None:
            yield control.get("value", "on")
    elif control.tag == "input" and kind != "file":
        yield control.get("value", "")
