"""The same import from the shell: its words, its exit codes, its map."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.cli import main
from panel.db import transaction
from panel.history.sentences import events_of
from panel.lists.files import EXAMPLE
from panel.lists.queries import list_chain
from panel.police.models import PoliceDisposal, PoliceList
from tests.conftest import SECRET
from tests.support.lists import as_csv, rows
from tests.support.police import force
from tests.support.world import World
from workflows.police_list import Status

MAP = {
    "columns": {
        "outcome": "A",
        "given_on": "B",
        "offence": "C",
        "full_name": "D",
        "date_of_birth": "E",
        "crime_reference": "F",
    },
    "words": {"outcome": {"Zap!": "community_resolution"}},
    "order": {"given_on": "mdy"},
}
ODD = 'A,B,C,D,E,F\r\nZAP,04/03/2026,Theft,"MARLOW, Kayden",2011-03-04,13260001234\r\n'
Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_engine: Engine, small_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("text of the list", "--dry-run")` calls the command on an area that has its force."""
    monkeypatch.setenv("DATABASE_URL", str(sqlite_engine.url))
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("PANEL_DEMO", "1")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with transaction(sqlite_engine) as db:
        force(db, small_world)

    def call(text: str, *options: str, map_: object = None) -> Result:
        file = tmp_path / "list.csv"
        file.write_text(text, newline="")
        (tmp_path / "map.json").write_text(json.dumps(map_))
        more = ["--map", str(tmp_path / "map.json")] if map_ is not None else []
        return CliRunner().invoke(main, ["import-police", str(file), "--area", "NK", *more, *options])

    return call


def held(engine: Engine) -> list[PoliceDisposal]:
    """The records."""
    with Session(engine) as db:
        return list(db.exec(select(PoliceDisposal)))


def test_a_list_is_imported_by_its_map(run: Run, sqlite_engine: Engine) -> None:
    result = run(ODD, "--supplied", "2026-10-01", "--first", "2026-04-01", "--last", "2026-04-30", map_=MAP)
    assert result.exit_code == 0, result.output
    assert "New to us: 1" in result.output
    (one,) = held(sqlite_engine)
    assert (one.surname, one.given_name, one.given_on.isoformat()) == ("MARLOW", "Kayden", "2026-04-03")
    with Session(sqlite_engine) as db:
        made = db.exec(select(PoliceList)).one()
        assert (made.status, made.last_on) == (Status.DONE, one.given_on.replace(day=30))
        by = events_of(db, list_chain(made.id))[0].by_words
        assert by.startswith("An operator of the service, for ")
    again = run(ODD, "--supplied", "2026-10-01", map_=MAP)
    assert f"This very file was imported before: {made.reference}." in again.output
    assert "Held already: 1" in again.output
    assert len(held(sqlite_engine)) == 1


def test_a_dry_run_imports_nothing_and_names_each_mistake_without_its_content(
    run: Run, sqlite_engine: Engine
) -> None:
    result = run(as_csv([*rows(2), *rows(1, DOB="41/02/2011")]), "--dry-run", "--supplied", "2026-10-01")
    assert result.exit_code == 0, result.output
    assert "row 4: DOB: This cannot be read as a day" in result.output
    assert "Only checked: nothing was imported." in result.output
    assert "Marlow" not in result.output
    assert "41/02" not in result.output
    assert held(sqlite_engine) == []


def test_all_or_nothing_fails_on_one_mistake(run: Run, sqlite_engine: Engine) -> None:
    text = as_csv([*rows(2), *rows(1, DOB="41/02/2011")])
    result = run(text, "--all-or-nothing", "--supplied", "2026-10-01")
    assert result.exit_code == 1
    assert "Nothing was imported: some rows have mistakes." in result.output
    assert held(sqlite_engine) == []
    assert run(text, "--supplied", "2026-10-01").exit_code == 0
    assert len(held(sqlite_engine)) == 2


@pytest.mark.parametrize(
    ("text", "map_", "says"),
    [
        (ODD, {"columns": {"outcome": "A"}}, "The map does not fit the file"),
        (ODD, {"columns": MAP["columns"], "order": {"given_on": "mdy"}}, "nobody knows what “ZAP” means"),
        (ODD, MAP | {"order": {}}, "can be read with the day or the month first"),
        (ODD, {"colums": {}}, "The map cannot be read: colums"),
        (ODD, {"columns": {"colour": "A"}}, "The map names fields that there are not: colour"),
        ("", MAP, "The file is empty"),
        ("%PDF-1.7", MAP, "This is a PDF, not a list"),
    ],
    ids=["missing", "words", "order", "typing", "field", "empty", "pdf"],
)
def test_what_does_not_fit_is_said_and_leaves_nothing(
    run: Run, sqlite_engine: Engine, text: str, map_: object, says: str
) -> None:
    result = run(text, map_=map_)
    assert result.exit_code == 1
    assert says in result.output
    with Session(sqlite_engine) as db:
        assert db.exec(select(PoliceList)).all() == []


def test_the_example_has_every_heading() -> None:
    result = CliRunner().invoke(main, ["import-police", "--template"])
    assert result.output.splitlines()[0].split(",") == list(EXAMPLE)


def test_an_unknown_area_is_said(run: Run) -> None:
    result = run(ODD, "--area", "XX", map_=MAP)
    assert (result.exit_code, "There is no area with the code XX." in result.output) == (1, True)
