"""The file that came with a request, through the one door for files."""

from typing import cast

from flask import current_app, request

from panel.documents.refused import MEGABYTE, UploadRefused
from panel.documents.uploads import CleanFile, checked_upload
from panel.documents.viruses import Scanner
from panel.web import PanelApp


def received(field: str, ask: str) -> CleanFile:
    """The clean file of this field. Raises `UploadRefused`, with `ask` when nothing was chosen."""
    upload = request.files.get(field)
    if upload is None or not upload.filename:
        raise UploadRefused(ask)
    settings = cast(PanelApp, current_app).settings
    scanner = Scanner(settings.virus_scanner) if settings.virus_scanner else None
    return checked_upload(upload.read(), upload.filename, settings.max_upload_mb * MEGABYTE, scanner)
