"""A photo of a signed paper as an accessible page that says what it is and who added it."""

from datetime import date

from panel.documents.typst import pdf
from panel.documents.uploads import CleanFile


def scan_pdf(file: CleanFile, *, title: str, by: str, on: date) -> bytes:
    """The picture on a page with its story, as PDF/A-2a and PDF/UA-1."""
    paper = {"title": title, "by": by, "on": on, "day": [on.year, on.month, on.day]}
    return pdf("scan.typ", paper, {"picture": file.data}, form=file.extension)
