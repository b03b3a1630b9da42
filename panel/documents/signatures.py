"""A signature drawn on the screen: ink on white paper, or a sentence."""

from __future__ import annotations

import base64
import binascii

from panel.documents.pictures import TOO_LARGE, picture, saved
from panel.documents.refused import UploadRefused

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
MAX_SIGNATURE_BYTES = 300_000
MAX_SIGNATURE_SIZE = (2000, 1000)
MIN_INK = 30  # pixels; fewer is a slip of the pen

SIGNATURE_TOO_LARGE = "The signature is drawn too large. Clear the box and sign again."
SIGNATURE_UNREADABLE = "The signature could not be read. Clear the box and sign again."
NO_SIGNATURE = "The signature box is empty. Ask the person to sign, or add a photo of the signed paper."


def signature_png(data_url: str) -> bytes:
    """A signature pad's drawing as a clean PNG on white; raises `UploadRefused` when nothing is drawn."""
    from PIL import Image

    try:
        drawn = picture(_png_in(data_url), "PNG", MAX_SIGNATURE_SIZE).convert("RGBA")
    except UploadRefused as refusal:
        if refusal.sentence in (NO_SIGNATURE, SIGNATURE_TOO_LARGE):
            raise
        raise UploadRefused(
            SIGNATURE_TOO_LARGE if refusal.sentence == TOO_LARGE else SIGNATURE_UNREADABLE
        ) from None
    page = Image.new("RGBA", drawn.size, "white")
    page.alpha_composite(drawn)
    ink = sum(page.convert("L").histogram()[:160])
    if not MIN_INK <= ink <= page.width * page.height // 2:
        raise UploadRefused(NO_SIGNATURE)
    return saved(page.convert("RGB"), "PNG")


def _png_in(data_url: str) -> bytes:
    """The bytes behind the `data:` address of a PNG."""
    head, _, body = data_url.partition(",")
    if not body:
        raise UploadRefused(NO_SIGNATURE)
    if len(body) > MAX_SIGNATURE_BYTES * 4 // 3 + 4:
        raise UploadRefused(SIGNATURE_TOO_LARGE)
    try:
        data = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if head != "data:image/png;base64" or not data.startswith(PNG_HEAD):
        raise UploadRefused(SIGNATURE_UNREADABLE)
    return data
