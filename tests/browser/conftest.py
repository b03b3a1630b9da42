"""A real browser in front of the real application, with the demonstration loaded."""

import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import app_on
from tests.support import browsing, databases

Opener = Callable[..., Page]
LONGEST = 1200  # seconds; the walk through every page takes ten minutes on a slow machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def _ends_at_last() -> Iterator[None]:
    """A browser that never answers, as axe where no script may run, fails one test, not the whole run."""

    def give_up(_number: int, _frame: object) -> None:
        raise TimeoutError(f"The test has not ended after {LONGEST} seconds.")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    with browsing.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(
    demo_template: Path, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[browsing.Site]:
    """The application on a port of its own; each file of tests starts from a fresh demonstration."""
    copy = shutil.copy(demo_template, tmp_path_factory.mktemp("site") / "panel.db")
    with databases.open_engine(f"sqlite:///{copy}") as engine:
        for app in app_on(engine, data_dir):
            app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
            with browsing.Site(app).open() as site:
                yield site


@pytest.fixture
def open_window(browser: Browser, site: browsing.Site) -> Iterator[Opener]:
    """Opens further windows, each for another person: `open_window(java_script_enabled=False)`."""
    with ExitStack() as windows:
        yield lambda **options: windows.enter_context(browsing.window(browser, site.url, **options))


@pytest.fixture
def page(open_window: Opener) -> Page:
    """A window on a desk's screen; the test fails on any error in its console, its scripts or its files."""
    return open_window()


@pytest.fixture
def phone(open_window: Opener) -> Page:
    """A window as narrow as WCAG's reflow asks: 320 CSS pixels."""
    return open_window(viewport=browsing.PHONE)


@pytest.fixture
def page_without_scripts(open_window: Opener) -> Page:
    """A window in which no script runs."""
    return open_window(java_script_enabled=False)
