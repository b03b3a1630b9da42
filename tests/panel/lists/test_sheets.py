"""A spreadsheet read row by row says what another reader says that takes it in whole, and keeps little."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from panel.lists import refused as no
from panel.lists.profile import profile
from panel.lists.refused import ListRefused
from panel.lists.sheets import opened
from panel.lists.table import open_table
from tests.panel.lists.test_refusals import refusal, rezipped, sheet
from tests.support.lists import as_xlsx, rows

FORMATS = (
    *("General", "0.00", "dd/mm/yyyy", '"day" 0', "[h]:mm", "[Red]0", "mmm yy", "h:mm AM/PM", "0\\d", "_d0"),
    *("#,##0;[Red]-0", "yyyy;@", "[$-809]d mmmm", "[mm]:ss"),
)
EARLY = datetime.fromisoformat("1900-02-28")
CELLS: tuple[Any, ...] = (
    *(
        date(2026, 9, 1),
        datetime.fromisoformat("2026-09-01T13:05:07"),
        time(13, 5),
        timedelta(hours=30),
        True,
        False,
    ),
    *("#N/A", 1.5, 12345678901234567, 0.1, 1e20, -3, "  Zoë\n& <b>", EARLY),
    *(datetime.fromisoformat("1910-03-01"), 13260000001, None, "x"),
)


def book(cells: Any, formats: Any, *, from_1904: bool = False, at: tuple[int, int] = (3, 2)) -> bytes:
    """A spreadsheet with these cells in a row, one under it for each format, and an empty sheet before."""
    made = openpyxl.Workbook()
    if from_1904:
        made.epoch = CALENDAR_MAC_1904
    to = made.create_sheet("List")
    for place, cell in enumerate(cells):
        to.cell(at[0], at[1] + place, cell)
    for place, said in enumerate(formats):
        for row, number in enumerate((45901.25, 45901, 30, 0.5, 59.99999), 2):
            to.cell(at[0] + row, at[1] + place, number).number_format = said
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_text(cell: Any) -> str:
    """A cell of the other reader as we say it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
        return whole.date().isoformat() if whole.time() == time() else whole.isoformat(sep=" ")
    if isinstance(cell, timedelta):
        return ""
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def witnessed(data: bytes, name: str = "List") -> dict[int, list[str]]:
    """What the other reader finds in the rows that hold anything."""
    found = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name)
    cells = ((number, [*map(as_text, row)]) for number, row in enumerate(found.iter_rows(), 1))
    return {number: _trimmed(row) for number, row in cells if any(row)}


def ours(data: bytes) -> dict[int, list[str]]:
    """What we find in them."""
    return {number: _trimmed(row) for number, row in opened(data).records() if any(row)}


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_numbers_and_texts_are_read_as_the_other_reader_reads_them(from_1904: bool) -> None:
    data = book([c for c in CELLS if not from_1904 or c is not EARLY], FORMATS, from_1904=from_1904)
    assert ours(data) == witnessed(data)
    found = opened(data)
    assert (found.name, found.others, found.first_column, found.from_1904) == ("List", 1, 1, from_1904)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(10**12), 10**12),
            st.floats(-1e9, 1e9, width=32),
            st.dates(date(1901, 1, 1), date(2099, 12, 31)),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12).filter(
                lambda text: not text.startswith(("=", "#")) and "_x" not in text
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_stands_in_cells_is_read_alike(cells: list[Any]) -> None:
    data = book([*cells, "end"], ())
    assert ours(data) == witnessed(data)


def test_shared_texts_with_pieces_and_readings_are_read_without_the_readings() -> None:
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Mar</t></r><r>'
        b"<t>low</t></r><rPh><t>no</t></rPh></si><si><t>Zo\xc3\xab_x000D_</t></si></sst>"
    )
    part = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        b'<x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="str">'
        b"<x:f>A1</x:f><x:v>so</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data = rezipped({"xl/sharedStrings.xml": texts, "xl/worksheets/sheet1.xml": part})
    assert list(opened(data).records()) == [(1, ["Marlow", "Zoë\r", "so"])]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'<row r="3">', b'<row r="2">', no.BROKEN),
        (b"</sheetData>", b"", no.BROKEN),
        (b't="inlineStr"><is><t>CR</t></is>', b't="s"><v>7</v>', no.BROKEN),
        (b"<t>CR</t>", b"<t>" + b"x" * 131_073 + b"</t>", no.LONG_CELL.format(row=2)),
        (b'<c r="A2"', b'<c r="2"', no.BROKEN),
        (b"<worksheet", b"<!DOCTYPE x><worksheet", no.DANGEROUS),
    ],
    ids=["row-twice", "cut-xml", "no-such-text", "long-cell", "no-column", "doctype"],
)
def test_a_sheet_that_is_not_right_is_refused(old: bytes, new: bytes, sentence: str) -> None:
    part = sheet()
    assert old in part
    assert refusal(rezipped({"xl/worksheets/sheet1.xml": part.replace(old, new, 1)})) == sentence


def test_a_sheet_in_wide_letters_hides_nothing_from_the_look_before() -> None:
    wide = "<!DOCTYPE x><worksheet/>".encode("utf-16-le")
    assert refusal(rezipped({"xl/worksheets/sheet1.xml": wide})) == no.DANGEROUS


def test_a_part_that_is_no_longer_what_its_sum_says_is_refused() -> None:
    data = bytearray(as_xlsx(rows(200)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as packed:
        at = packed.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    data[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(ListRefused) as refused:
        open_table(bytes(data))
    assert refused.value.sentence == no.BROKEN


def test_a_long_sheet_is_never_in_memory_as_a_whole() -> None:
    data = as_xlsx(rows(10_000))
    tracemalloc.start()
    try:
        assert profile(open_table(data), this_year=2026).rows == 10_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8_000_000
