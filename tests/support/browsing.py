"""A real Chromium that notices what a person would not: console errors, refused content, missing files."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)
from sqlalchemy import Engine
from werkzeug.serving import make_server

from panel.web import PanelApp

REMEDY = 'Browser tests need Chromium: run "make browser" or set CHROMIUM=/path/to/it'
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path("var/screenshots")
PATIENCE = 20_000  # milliseconds: two cores may be busy with other tests
# Only what is wrong comes back: what is right would be told at length.
WHAT_IS_WRONG = "axe.run({resultTypes: ['violations']}).then(({violations}) => ({violations}))"
expect.set_options(timeout=PATIENCE)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, or the end of the run with one line that says what to do."""
    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if path is None:
        pytest.exit(REMEDY, returncode=3)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Site:
    """The application behind a real port of this machine, with the database that it uses."""

    def __init__(self, app: PanelApp) -> None:
        self.app = app
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def engine(self) -> Engine:
        """The database of the site."""
        return self.app.engine

    @contextmanager
    def open(self) -> Iterator["Site"]:
        """Answer until the end of the block."""
        thread = Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


class Watch:
    """Collects everything that goes wrong in a browser window without anybody seeing it."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self._add(f"script failed: {error.error}"))
        context.on("response", self._response)

    def _add(self, problem: str) -> None:
        self.problems.append(problem)

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers "no" (404, 409, 422) is logged here too; `_response` judges those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._add(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not page):
            self._add(f"{response.status}: {response.url}")


@contextmanager
def window(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """A window of a person's own; at the end, anything that went wrong in it fails the test."""
    context = browser.new_context(base_url=base_url, locale="en-GB", **{"viewport": DESK, **options})
    context.set_default_timeout(PATIENCE)
    watch = Watch(context)
    yield context.new_page()
    context.close()
    assert not watch.problems, "\n".join(["The browser complained:", *watch.problems])


def axe(page: Page) -> None:
    """Fail unless axe finds nothing at all on the page as it stands."""
    page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate(WHAT_IS_WRONG))
    assert not results.violations_count, f"{page.url}\n{results.generate_report()}"


def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the whole page for people to look at, when one of them asks for it."""
    if os.environ.get("PICTURES"):
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
