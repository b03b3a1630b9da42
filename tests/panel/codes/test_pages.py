"""The administrator's pages of code lists, and the command line."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlmodel import select

from panel.cli import main
from panel.codes.models import CodeUpload, CodeVersion
from tests.panel.conftest import Visit, rows

GOOD = b"code;title;mode\nZD71001;Criminal damage;either way\nZZ26001;A new offence;summary\n"
BAD = b"code;title;mode\nZD71001;Criminal damage;whenever\nZZ26;A new offence;summary\n"


def sent(content: bytes, **more: Any) -> dict[str, Any]:
    """The form of a new version."""
    named = {"name": "Force 2026", "in_force_from": ["1", "11", "2026"], "list": (BytesIO(content), "a.csv")}
    return named | more


def names(engine: Engine) -> list[str]:
    """The versions of the offences, in the order of loading."""
    query = select(CodeVersion).where(CodeVersion.kind == "offences").order_by(CodeVersion.id)  # type: ignore[arg-type]
    return [version.name for version in rows(engine, query)]  # type: ignore[attr-defined]


def test_an_administrator_looks_at_a_file_and_then_loads_it(engine: Engine, visit: Visit) -> None:
    admin = visit("admin")
    looked = admin.follow(admin.send("/codes/offences/load", sent(GOOD), button="Look at the file"))
    assert names(engine) == ["Invented default of this service"]
    for words in ("Force 2026", "1 November 2026", "New: 1", "No longer in the list: 52", "ZZ26001"):
        assert words in looked.text
    assert "Changed: 1" in looked.text, "the flags and the class of criminal damage are gone"
    admin.send(looked, button="Load this version")
    assert names(engine)[1:] == ["Force 2026"]
    assert rows(engine, select(CodeUpload)) == []
    listed = admin.open("/codes").text
    assert "2 versions" in listed
    assert "Ed Stone (Administrator)" in listed


def test_a_file_with_faults_is_refused_with_each_row_and_nothing_is_kept(
    sqlite_engine: Engine, small_visit: Visit
) -> None:
    page = small_visit("admin").send("/codes/offences/load", sent(BAD), button="Look at the file", status=422)
    assert page.errors == ["The file has 2 problems, so nothing was loaded. They are listed on this page"]
    assert "“whenever” is not known: write summary, either way or indictable only." in page.text
    assert "2 problems in the file" in page.text
    assert 'value="Force 2026"' in page.html
    assert rows(sqlite_engine, select(CodeUpload)) == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "Enter a name, such as NPCC 2023"),
        ({"name": "Invented default of this service"}, "There is a version with the name"),
        ({"in_force_from": ["", "", ""]}, "Enter the day from which it is in force"),
        ({"in_force_from": ["31", "2", "2026"]}, "In force from must be a real date"),
        ({"list": (BytesIO(b""), "")}, "Choose a file"),
        ({"list": (BytesIO(b""), "empty.csv")}, "The file has 1 problem"),
        ({"list": (BytesIO(b"x" * (5 * 1024 * 1024 + 1)), "big.csv")}, "The file must be 5 MB or smaller"),
    ],
)
def test_each_mistake_is_named(small_visit: Visit, more: dict[str, Any], sentence: str) -> None:
    page = small_visit("admin").send(
        "/codes/offences/load", sent(GOOD, **more), button="Look at the file", status=422
    )
    assert [error.startswith(sentence) for error in page.errors] == [True]


def test_a_file_is_confirmed_only_by_whoever_sent_it_and_only_once(
    sqlite_engine: Engine, small_visit: Visit
) -> None:
    admin = small_visit("admin")
    looked = admin.follow(admin.send("/codes/offences/load", sent(GOOD), button="Look at the file"))
    first = admin.send(looked, button="Load this version")
    assert admin.send(looked, button="Load this version").location == first.location
    assert len(names(sqlite_engine)) == 2
    admin.open(looked.path, status=404)


def test_a_version_and_an_empty_file_can_be_got_as_csv(small_visit: Visit) -> None:
    admin = small_visit("admin")
    page = admin.open("/codes")
    response = admin.client.get(page.links["Invented default of this service"])
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.text.lstrip("\ufeff").startswith(("code,title", "part,key"))
    assert admin.client.get("/codes/offences/template").text.lstrip("\ufeff").count("\n") == 1
    admin.open("/codes/nonsense/load", status=404)
    admin.open("/codes/versions/999", status=404)


def test_the_command_line_loads_a_file_whole_or_not_at_all(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(GOOD)
    bad.write_bytes(BAD)
    env = {"DATABASE_URL": sqlite_url, "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path / "var")}

    def panel(file: Path, *more: str) -> Any:
        given = ["load-codes", "offences", str(file), "--name", "Force", "--from", "2026-11-01", *more]
        return CliRunner().invoke(main, given, env=env)

    refused = panel(bad)
    assert refused.exit_code == 1
    assert "row 2, mode: “whenever” is not known" in refused.output
    assert "2 problem(s) found; nothing was loaded" in refused.output
    assert "can be loaded" in panel(good, "--dry-run").output
    assert len(names(sqlite_engine)) == 1
    assert "Loaded 2 rows as Force" in panel(good).output
    assert names(sqlite_engine)[1:] == ["Force"]
    assert "already" in panel(good).output
