"""`panel match`: two plain files in, one file of links out, or one clear sentence."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from panel.cli import main

GOOD = (
    "id,given_name,surname,date_of_birth,sex,address,postcode\n1,Jack,Ward,2010-03-05,M,4 Mill Road,ZZ1 1AA\n"
)


def run(folder: Path, left: bytes | str, right: bytes | str = GOOD) -> Result:
    for name, content in (("left.csv", left), ("right.csv", right)):
        raw = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(raw)
    files = [str(folder / name) for name in ("left.csv", "right.csv")]
    return CliRunner().invoke(main, ["match", *files, "--out", str(folder / "links.csv")])


def links(folder: Path) -> list[list[str]]:
    with (folder / "links.csv").open(newline="") as file:
        return list(csv.reader(file))


def test_links_are_written_with_their_score(tmp_path: Path) -> None:
    done = run(tmp_path, GOOD)
    assert done.exit_code == 0, done.output
    header, row = links(tmp_path)
    assert header == ["left_id", "right_id", "score"]
    assert row[:2] == ["1", "1"]
    assert 0.99 <= float(row[2]) <= 1
    assert "1 link(s) written" in done.output
    assert "MB of memory" in done.output


@pytest.mark.parametrize(
    "left",
    [
        GOOD.replace(",", ";").encode("utf-8-sig"),
        GOOD.replace(",", "\t").encode("utf-16"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("given_name", "Given Name").replace("id", "ID", 1) + "\n\n",
        "surname,postcode,id,extra,given_name,date_of_birth\nWard,ZZ1 1AA,1,=1+1,Jack,5 March 2010\n",
        "id,given_name,surname,date_of_birth\n1,Jack,Ward,20100305\n",
        GOOD + "2,Jörg,Größe,,,,\n",
        (GOOD + "2,Zoë,Müller,,,,\n").encode("cp1252"),
        GOOD + '2,"Anna, Maria",Ward\n',
    ],
    ids=["semicolons", "tabs", "windows", "header", "order", "few", "utf8", "cp1252", "short row"],
)
def test_a_list_is_read_however_it_was_saved(tmp_path: Path, left: bytes | str) -> None:
    done = run(tmp_path, left)
    assert done.exit_code == 0, done.output
    assert [row[:2] for row in links(tmp_path)[1:]] == [["1", "1"]]


@pytest.mark.parametrize(
    ("left", "says"),
    [
        ("", "left.csv is empty."),
        (" \n\n", "left.csv is empty."),
        ("id,surname\n", "left.csv has a header and no rows"),
        ("name,surname\n1,Ward\n", "left.csv, row 1: there is no column id; the columns are: name, surname."),
        ("id,colour\n1,red\n", "row 1: beside id there is none of the columns given_name"),
        ("id,id,surname\n1,2,Ward\n", "row 1: there are 2 columns id."),
        ("id,surname\n1,Ward\n1,Cash\n", "left.csv, row 3, column id: 1 stands in row 2 already."),
        ("id,surname\n1,Ward\n,Cash\n", "left.csv, row 3, column id: it is empty."),
        ("id,surname\n1,Ward,too,many\n", "left.csv, row 2: there are 4 cells under 2 columns."),
        (f"id,surname\n1,{'x' * 5_000}\n", "left.csv, row 2, column surname: longer than 2,000 characters."),
        (f"id,surname\n1,{'x' * 500_000}\n", "left.csv, row 2: the row cannot be read"),
        ('id,surname\n1,Ward\n2,"Cash\n', "left.csv, row 3: the row cannot be read"),
        (b"PK\x03\x04rest", "left.csv is no CSV file but a spreadsheet"),
        (b"id,surname\n1,\x81\x00\xff\n", "left.csv is no text"),
    ],
)
def test_a_wrong_list_gets_one_sentence_and_no_links(tmp_path: Path, left: bytes | str, says: str) -> None:
    done = run(tmp_path, left)
    assert done.exit_code == 1
    assert says in done.output
    assert len(done.output.strip().splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["left.csv", "right.csv"]


def test_a_wrong_list_leaves_the_links_of_before_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("earlier")
    assert run(tmp_path, "").exit_code == 1
    assert (tmp_path / "links.csv").read_text() == "earlier"


def test_a_missing_file_or_folder_is_named(tmp_path: Path) -> None:
    run(tmp_path, GOOD)
    good, none = str(tmp_path / "left.csv"), str(tmp_path / "none.csv")
    missing = CliRunner().invoke(main, ["match", good, none, "--out", str(tmp_path / "links.csv")])
    assert (missing.exit_code, "none.csv cannot be read" in missing.output) == (1, True)
    nowhere = CliRunner().invoke(main, ["match", good, good, "--out", str(tmp_path / "no" / "links.csv")])
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (1, True)
    itself = CliRunner().invoke(main, ["match", good, good, "--out", good])
    assert (itself.exit_code, "one of the two lists" in itself.output) == (1, True)
    assert Path(good).read_text() == GOOD


def test_identifiers_stay_as_they_came_and_those_like_formulas_are_warned_of(tmp_path: Path) -> None:
    """A program joins the links to its lists by them, so they are neither changed nor refused."""
    done = run(tmp_path, GOOD.replace("\n1,", '\n"=HYPERLINK(""x"")",'), GOOD.replace("\n1,", "\n-7,"))
    assert done.exit_code == 0, done.output
    assert [row[:2] for row in links(tmp_path)[1:]] == [['=HYPERLINK("x")', "-7"]]
    assert "2 identifier(s) begin like a formula: do not open" in done.output
    assert "formula" not in run(tmp_path, GOOD).output
