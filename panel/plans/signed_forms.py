"""Signatures as a form brings them: drawn in the boxes of a page, or as a scan of the signed paper."""

from collections.abc import Mapping
from typing import Any, TypeVar

from panel.documents.refused import UploadRefused
from panel.documents.signatures import signature_png
from panel.documents.uploads import CleanFile
from panel.receiving import received

W = TypeVar("W", bound=str)


def drawn(form: Any, boxes: Mapping[W, str]) -> dict[W, bytes] | None:
    """The signatures that were drawn, or None with a sentence at each that cannot be used."""
    drawings: dict[W, bytes] = {}
    for who, name in boxes.items():
        if f"{name}_drawing" not in form or not form[f"{name}_drawing"].data:
            continue
        field = form[f"{name}_drawing"]
        try:
            drawings[who] = signature_png(field.data)
        except UploadRefused as no:
            form.complain(f"{name}_name", no.sentence)
            field.data = ""
    return None if form.errors else drawings


def scanned(form: Any) -> CleanFile | None:
    """The scan of the signed paper, or None with a sentence at the file."""
    try:
        scan = received("scan", "Choose the scan or photo of the signed paper")
        if scan.extension == "docx":
            raise UploadRefused(
                "The signed copy must be a PDF, JPEG or PNG. Scan the paper or photograph it."
            )
    except UploadRefused as no:
        form.complain("scan", no.sentence)
        return None
    return scan
