"""Files that are no list: each with one sentence that says what to do."""

from panel.documents.refused import MEGABYTE, UploadRefused

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 6_000_000
MOST_UNPACKED = 400 * MEGABYTE

EMPTY = "The file is empty. Choose another file."
NO_ROWS = "The file has a heading and no rows under it. If the force gave nothing, it has to say so itself."
TOO_MANY_ROWS = f"The list has more than {MOST_ROWS:,} rows. Ask the force for a shorter period."
TOO_MANY_COLUMNS = f"The list has more than {MOST_COLUMNS} columns. Take out those that are not needed."
TOO_MUCH = "This spreadsheet is too large when it is unpacked. Save the list as CSV and choose that file."
CUT_OFF = "The file is cut off: its last row is not whole. Ask for the file again."
BROKEN = "This file cannot be read as a spreadsheet: it is damaged or cut off. Ask for the file again."
LOCKED = "This spreadsheet is locked with a password. Save it without the password and choose that file."
OLD = "This is an older kind of Office file (XLS). Open it, save it as XLSX or CSV and choose that file."
NOT_A_SHEET = "This is an Office file of another kind, not a spreadsheet (XLSX). Choose the list itself."
NO_VALUES = (
    "Cells of this spreadsheet hold formulas without their results. Open it in your spreadsheet program, save"
    " it again and choose that file."
)
DANGEROUS = "This spreadsheet holds instructions that no list needs, so it was not opened. Save it as CSV."
NO_TEXT = "This is not a list that we can read. Save the list as CSV or XLSX and choose that file."
ONE_COLUMN = (
    "The file has only one column. Is it the list? Save the list as CSV or XLSX and choose that file."
)
LONG_CELL = "A cell of row {row} is far too long for a list. Is this the right file?"
BAD_QUOTE = "Row {row} cannot be read: a quotation mark there is out of place, or the file is cut off."


class ListRefused(UploadRefused):
    """A file that is no list that we can read."""


def not_a(kind: str) -> ListRefused:
    """The refusal of a file that is something else, whatever its name says."""
    return ListRefused(f"This is {kind}, not a list. Save the list as CSV or XLSX and choose that file.")
