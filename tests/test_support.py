"""What tests share must not be told from what each of them would have of its own."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from panel import clock
from panel.accounts.models import Area
from panel.db import transaction
from panel.referrals.models import Referral
from tests.support import databases, remembered
from tests.support.assessed import told
from tests.support.world import NOW, World, build

BUILT: list[object] = []


@remembered.remembered
def a_case(db: Session, world: World) -> Referral:
    """A case that is noted when it is really built."""
    BUILT.append(clock.now())
    return told(db, world)


@pytest.fixture
def engines(sqlite_template: Path, tmp_path: Path) -> Iterator[list[Engine]]:
    """Three databases, each new."""
    with ExitStack() as stack:
        paths = [shutil.copy(sqlite_template, tmp_path / f"{number}.db") for number in range(3)]
        yield [stack.enter_context(databases.open_engine(f"sqlite:///{path}")) for path in paths]


@pytest.fixture(autouse=True)
def _nothing_built() -> Iterator[None]:
    kept = dict(remembered.SNAPSHOTS)
    remembered.SNAPSHOTS.clear()
    BUILT.clear()
    yield
    remembered.SNAPSHOTS.clear()
    remembered.SNAPSHOTS.update(kept)


def made(engine: Engine) -> int:
    """How often the case was really built so far, when it is wanted once more."""
    with transaction(engine) as db:
        assert a_case(db, build(db)).reference
        assert db.exec(select(func.count()).select_from(Referral)).one() == 1
    return len(BUILT)


def test_a_case_is_built_once_and_then_copied(engines: list[Engine]) -> None:
    assert [made(engine) for engine in engines] == [1, 1, 1]


def test_a_case_is_built_anew_when_a_part_of_the_service_has_been_replaced(
    engines: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made(engines[0]) == 1
    monkeypatch.setattr("panel.referrals.actions.submit", None)
    assert made(engines[1]) == 2
    monkeypatch.undo()
    assert made(engines[2]) == 2


@pytest.mark.parametrize("how", ["an address", "a variable", "a place in a mapping", "a folder"])
def test_a_case_is_built_anew_whatever_has_been_replaced(
    engines: list[Engine], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    assert made(engines[0]) == 1
    {
        "an address": lambda: monkeypatch.syspath_prepend(tmp_path),
        "a variable": lambda: monkeypatch.setenv("PANEL_OF_A_TEST", "1"),
        "a place in a mapping": lambda: monkeypatch.setitem({}, "a", 1),
        "a folder": lambda: monkeypatch.chdir(tmp_path),
    }[how]()
    assert made(engines[1]) == 2


def test_a_case_of_another_hour_is_another_case(
    engines: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made(engines[0]) == 1
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert made(engines[1]) == 2
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    assert made(engines[2]) == 3


def named(engine: Engine, name: str) -> list[str]:
    """Write an area of this name, and read the names of all."""
    with Session(engine) as db:
        db.add(Area(code="NK", name=name))
        db.commit()
        return list(db.exec(select(Area.name)))


def test_engines_share_what_is_compiled_and_nothing_that_is_read(engines: list[Engine]) -> None:
    shared(engines)


def test_engines_share_the_same_on_postgresql(postgres_url: str, postgres_template: str) -> None:
    with ExitStack() as stack:
        urls = [
            stack.enter_context(databases.scratch_postgres(postgres_url, postgres_template)) for _ in range(2)
        ]
        shared([stack.enter_context(databases.open_engine(url)) for url in urls])


def shared(engines: list[Engine]) -> None:
    """Each of these reads its own rows by statements that were compiled once."""
    assert named(engines[0], "North") == ["North"]
    known = len(engines[0]._compiled_cache)  # type: ignore[arg-type]
    assert named(engines[1], "South") == ["South"]
    assert engines[1]._compiled_cache is engines[0]._compiled_cache
    assert len(engines[1]._compiled_cache) == known > 0  # type: ignore[arg-type]
