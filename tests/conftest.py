"""What every test may ask for: databases, the application, and somebody who visits its pages."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

import panel.listeners  # noqa: F401 - rooms hear of others in each test alike, whatever ran before it
from config.settings import Settings
from panel import clock, create_app
from panel.web import PanelApp
from tests.support import databases, remembered
from tests.support.visitor import Visitor
from workflows.calendar import today_in_london

# How quick the machine is at the moment says nothing about the code: measured time belongs to `make bench`.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
SECRET = "only for tests, never for an installation"
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30


def pytest_configure() -> None:
    """Databases and files of tests lie in memory where there is room: a new one takes a tenth of the time."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    if roomy and os.access(MEMORY, os.W_OK) and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.fixture(autouse=True)
def _builds_anew(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that has replaced parts of the service must not start from a case built without that."""

    def is_whole() -> bool:
        patches = "monkeypatch" in request.fixturenames
        return not patches or remembered.only_the_clock(request.getfixturevalue("monkeypatch"))

    remembered.ON.append(is_whole)
    yield
    remembered.ON.pop()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server, started once for each test process."""
    with databases.postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy; made once for all test processes of a run."""
    return databases.fill_once(tmp_path_factory, "empty.db", databases.migrate)


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a migrated, empty database to copy."""
    with databases.scratch_postgres(postgres_url) as url:
        with databases.open_engine(url) as engine:
            databases.migrate(engine)
        yield url.rsplit("/", 1)[-1].split("?")[0]


@pytest.fixture(scope="session")
def today() -> date:
    """The day for which the demonstration is made."""
    return today_in_london(clock.now())


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demonstration, to copy; made once for all test processes of a run."""

    def fill(engine: Engine) -> None:
        from panel.run.upkeep import load_demonstration

        databases.migrate(engine)
        load_demonstration(engine)

    return databases.fill_once(tmp_path_factory, "demo.db", fill)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database for one test."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'panel.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated, empty database for one test; the test runs once on each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server = request.getfixturevalue("postgres_url")
    with databases.scratch_postgres(server, request.getfixturevalue("postgres_template")) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty database; the test runs once on each kind."""
    with databases.open_engine(database_url) as engine:
        yield engine


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty SQLite database, where one kind is enough."""
    with databases.open_engine(sqlite_url) as engine:
        yield engine


@pytest.fixture
def postgres_engine(postgres_url: str, postgres_template: str) -> Iterator[Engine]:
    """An engine on a migrated, empty PostgreSQL database, for what only PostgreSQL does."""
    with (
        databases.scratch_postgres(postgres_url, postgres_template) as url,
        databases.open_engine(url) as engine,
    ):
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table, once on each kind: for tests of migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    with databases.scratch_postgres(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture
def bare_engine(bare_url: str) -> Iterator[Engine]:
    """An engine on a database without a single table, once on each kind."""
    with databases.open_engine(bare_url) as engine:
        yield engine


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the application under test."""
    return tmp_path_factory.mktemp("var")


def settings_for(url: str, data_dir: Path) -> Settings:
    """The settings of a demonstration without mail."""
    return Settings.from_environment(
        {"DATABASE_URL": url, "SECRET_KEY": SECRET, "PANEL_DEMO": "1", "DATA_DIR": str(data_dir)}
    )


APP: list[tuple[PanelApp, dict[str, Any]]] = []


def app_on(engine: Engine, data_dir: Path) -> Iterator[PanelApp]:
    """The application on the test's own engine; it is put together once for all tests of a process."""
    settings = settings_for(engine.url.render_as_string(hide_password=False), data_dir)
    if not APP:
        made = create_app(settings)
        made.engine.dispose()
        APP.append((made, dict(made.config)))
    app, config = APP[0]
    app.settings, app.engine = settings, engine
    app.config.clear()
    app.config.update(config, TESTING=True, PROPAGATE_EXCEPTIONS=True)
    yield app


@pytest.fixture
def app(engine: Engine, data_dir: Path) -> Iterator[PanelApp]:
    """The application; the test runs once on each kind of database."""
    yield from app_on(engine, data_dir)


@pytest.fixture
def sqlite_app(sqlite_engine: Engine, data_dir: Path) -> Iterator[PanelApp]:
    """The application on SQLite only, where one kind is enough."""
    yield from app_on(sqlite_engine, data_dir)


@pytest.fixture
def visitor(app: PanelApp) -> Visitor:
    """Somebody with a browser of their own who is not signed in."""
    return Visitor(app)


@pytest.fixture
def sqlite_visitor(sqlite_app: PanelApp) -> Visitor:
    """Somebody with a browser of their own who is not signed in; on SQLite only."""
    return Visitor(sqlite_app)
