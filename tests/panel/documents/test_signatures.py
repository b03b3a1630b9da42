"""Signatures drawn on the screen: ink on white paper, or a sentence."""

import base64
import io

import pytest
from PIL import Image

from panel.documents.refused import UploadRefused
from panel.documents.signatures import signature_png
from tests.panel.documents.hostile_files import jpeg, png, stroke


def url(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def test_a_signature_becomes_ink_on_white_paper() -> None:
    clean = signature_png(url(stroke("RGBA")))
    picture = Image.open(io.BytesIO(clean))
    assert (picture.mode, picture.size, picture.info) == ("RGB", (400, 150), {})
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert signature_png(url(stroke("RGBA"))) == clean
    assert signature_png(url(clean)) == clean


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ("", "signature box is empty"),
        ("data:image/png;base64,", "signature box is empty"),
        (url(png("RGBA", (400, 150), (0, 0, 0, 0))), "signature box is empty"),
        (url(png("RGB", (400, 150), "white")), "signature box is empty"),
        (url(stroke("RGBA", ink="white")), "signature box is empty"),
        (url(stroke("RGBA", dots=3)), "signature box is empty"),
        (url(png("RGB", (400, 150), "black")), "signature box is empty"),
        (url(png("RGB", (2001, 10), "white")), "too large"),
        (url(png("RGB", (10, 1001), "white")), "too large"),
        ("data:image/png;base64," + "A" * 500_000, "too large"),
        ("data:image/png;base64,@@@@", "could not be read"),
        ("data:image/png;base64,AAAA", "could not be read"),
        ("data:image/svg+xml;base64," + base64.b64encode(stroke("RGB")).decode(), "could not be read"),
        (" " + url(stroke("RGB")), "could not be read"),
        (url(jpeg()), "could not be read"),
        (url(stroke("RGB")[:200]), "could not be read"),
        ("javascript:alert(1),x", "could not be read"),
    ],
)
def test_what_is_not_a_signature_is_refused(posted: str, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        signature_png(posted)
