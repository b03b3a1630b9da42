"""One cell of a table that leaves the service: no spreadsheet takes it for a formula or a command."""

# What a spreadsheet may take for the beginning of one, also after blanks.
RUNS = ("'", "=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%", "＝", "＋", "－", "＠")


def plain(text: str) -> str:
    """A cell for a CSV file: what could run begins with an apostrophe, which spreadsheets show as text."""
    return f"'{text}" if text.startswith(RUNS) or text.lstrip().startswith(RUNS) else text
