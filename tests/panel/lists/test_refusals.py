"""Files that are no list: each is refused in one sentence, and quickly."""

import io
import time
import zipfile

import openpyxl
import pytest

from panel.lists import refused as no
from panel.lists.profile import profile
from panel.lists.refused import ListRefused
from panel.lists.table import open_table
from tests.support.lists import HEADINGS, as_csv, as_xlsx, rows

GOOD = as_csv(rows(5))
XLSX = as_xlsx(rows(5))


def refusal(data: bytes | str) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(ListRefused) as refused:
        profile(open_table(data.encode() if isinstance(data, str) else data), this_year=2026)
    return refused.value.sentence


def rezipped(change: dict[str, bytes], data: bytes = XLSX, *, more: int = 0) -> bytes:
    """A spreadsheet with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.pop(name, old.read(name)))
        for name, content in change.items():
            new.writestr(name, content)
        for number in range(more):
            new.writestr(f"xl/extra{number}.bin", b"x")
    return out.getvalue()


def sheet(data: bytes = XLSX) -> bytes:
    """The part with the cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml")


FAR = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
DEEP = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "'
    + b"&lol;" * 100
    + b'">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&lol2;</t></si></sst>'
)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", no.EMPTY),
        (b"\xef\xbb\xbf\r\n \r\n", no.EMPTY),
        (",".join(HEADINGS), no.NO_ROWS),
        (",".join(HEADINGS) + "\r\n,,,\r\n\r\n", no.NO_ROWS),
        (as_xlsx([]), no.NO_ROWS),
        (GOOD[: GOOD.rindex(",Keel")], no.CUT_OFF),
        (GOOD + '"Theft', no.CUT_OFF),
        ("Crime ref,Surname\r\nŻółw,Łoś".encode()[:-1], no.CUT_OFF),
        (XLSX[: len(XLSX) // 2], no.BROKEN),
        (XLSX[:-30], no.BROKEN),
        (b"PK\x03\x04" + b"\0" * 200, no.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, no.OLD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), no.LOCKED),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a picture"),
        (b"<!doctype html><table><tr><td>a</td><td>b</td></tr></table>", "a web page"),
        (b"{\\rtf1\\ansi list}", "a text document"),
        (b"SQLite format 3\0", "a database"),
        (bytes(range(256)) * 4, no.NO_TEXT),
        ("A letter to whom it may concern\r\nabout a list\r\nthat is to come\r\n", no.ONE_COLUMN),
        ('Surname,Offence\r\n"Mar"low,Theft\r\n', no.BAD_QUOTE.format(row=2)),
        ("Surname,Offence\r\nA," + "x" * 200_000 + "\r\n", no.LONG_CELL.format(row=2)),
        ("Surname,Offence\r\n" + "," * 300 + "x\r\n", no.TOO_MANY_COLUMNS),
        (rezipped({"xl/workbook.xml": b"", "word/document.xml": b"x"}), no.BROKEN),
        (rezipped({"xl/sharedStrings.xml": LAUGHS}), no.DANGEROUS),
        (rezipped({"../evil.xml": b"x"}), no.DANGEROUS),
        (rezipped({"xl/worksheets/sheet1.xml": sheet().replace(b"</sheetData>", FAR)}), no.TOO_MANY_COLUMNS),
        (rezipped({"xl/worksheets/sheet1.xml": sheet().replace(b"</sheetData>", DEEP)}), no.TOO_MANY_ROWS),
        (rezipped({"xl/media/big.bin": b"\0" * 40_000_000}), no.TOO_MUCH),
        (rezipped({}, more=1100), no.TOO_MUCH),
    ],
    ids=[
        *("empty", "blank", "heading-only", "blank-rows", "xlsx-heading-only", "cut-row", "cut-quote"),
        *(
            "cut-letter",
            "cut-xlsx",
            "cut-directory",
            "no-zip",
            "xls",
            "password",
            "pdf",
            "png",
            "html",
            "rtf",
        ),
        *(
            "database",
            "binary",
            "prose",
            "bad-quote",
            "long-cell",
            "wide",
            "empty-workbook",
            "laughs",
            "path",
        ),
        *("far-column", "far-row", "bomb", "many-parts"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(data: bytes | str, sentence: str) -> None:
    began = time.perf_counter()
    assert sentence in refusal(data)
    assert time.perf_counter() - began < 10


def test_a_word_document_is_no_list() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as document:
        document.writestr("word/document.xml", "<w/>")
    assert refusal(out.getvalue()) == no.NOT_A_SHEET


def test_formulas_without_results_are_refused_and_those_with_results_are_read() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADINGS, *rows(2)):
        book.active.append(list(row))
    book.active["D2"] = "=UPPER(A1)"
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue()) == no.NO_VALUES
    parts = sheet(out.getvalue())
    assert b"<v></v>" in parts or b"<v/>" in parts or b"<v />" in parts
    cached = (
        parts.replace(b"<v></v>", b"<v>42</v>").replace(b"<v/>", b"<v>42</v>").replace(b"<v />", b"<v>42</v>")
    )
    table = open_table(rezipped({"xl/worksheets/sheet1.xml": cached}, out.getvalue()))
    assert next(table.rows())[1][3] == "42"


def test_more_rows_than_a_list_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no, "MOST_ROWS", 20)
    assert refusal(as_csv(rows(21))) == no.TOO_MANY_ROWS
    assert refusal(as_xlsx(rows(21))) == no.TOO_MANY_ROWS
    assert profile(open_table(as_csv(rows(20)).encode()), this_year=2026).rows == 20
