"""Nothing that leaves the service runs in a spreadsheet, and each value can be read again."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from panel.cells import RUNS, plain
from panel.gap.sheets import as_csv, as_xlsx

NASTY = st.sampled_from([*RUNS, " =", "'=", "=cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r-1", "=HYPERLINK(1)"])
TEXT = st.text(max_size=20)
CELLS = st.one_of(TEXT, st.tuples(NASTY, TEXT).map("".join))
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%")


def read(cell: str) -> str:
    """A cell as it was, by whoever knows the rule."""
    return cell.removeprefix("'")


@settings(max_examples=1000)
@given(st.lists(CELLS, min_size=1, max_size=6))
def test_no_cell_of_a_csv_file_begins_like_a_formula_and_each_can_be_read_again(cells: list[str]) -> None:
    wanted = [cell.replace("\0", "").encode("utf-8", "replace").decode() for cell in cells]
    text = as_csv([[cells]]).decode("utf-8-sig")
    found = next(csv.reader(io.StringIO(text, newline="")))
    assert not any(cell.lstrip().startswith(DANGEROUS) for cell in found)
    assert [read(cell) for cell in found] == wanted


@settings(max_examples=150)
@given(st.lists(CELLS, min_size=1, max_size=6))
def test_every_cell_of_a_workbook_is_text(cells: list[str]) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx([("Rows", [cells])])))["Rows"]
    for wanted, cell in zip(cells, next(sheet.iter_rows(max_col=len(cells))), strict=True):
        assert cell.data_type in ("s", "inlineStr")
        assert cell.value is None or isinstance(cell.value, str)
        if wanted.isprintable() and cell.value is not None:
            assert cell.value == wanted


def test_what_is_harmless_stays_as_it_is() -> None:
    assert plain("Keel Street") == "Keel Street"
    assert plain("=1+1") == "'=1+1"
