"""Pictures: painted anew, so that nothing but their pixels is kept (B3)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from panel.documents.refused import UploadRefused, unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 25_000_000  # a photo of a page needs 12 million; each costs 4 bytes, twice while it is turned
TOO_LARGE = "The picture is too large. Take it again at a smaller size."
MOVING = "The picture moves or holds several pictures. Upload one still picture."


def picture(data: bytes, kind: str, max_size: tuple[int, int] | None = None) -> Image:
    """One still picture, read to its last pixel."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        Image.open(io.BytesIO(data), formats=(kind,)).verify()  # to the last byte, but it spends the picture
        found = Image.open(io.BytesIO(data), formats=(kind,))
        width, height = max_size or found.size
        if found.width * found.height > MAX_PIXELS or found.width > width or found.height > height:
            raise UploadRefused(TOO_LARGE)
        # A phone's JPEG may carry a second view of the same scene (MPO); the first is the photo.
        if kind != "JPEG" and getattr(found, "n_frames", 1) > 1:
            raise UploadRefused(MOVING)
        found.load()
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadRefused(TOO_LARGE) from None
    except Exception:  # whatever the parser trips over, nobody can read the file
        raise UploadRefused(unreadable(kind)) from None
    return found


def repainted(data: bytes, kind: str, becomes: str = "") -> tuple[bytes, int]:
    """The same pixels the right way up in a new file, and their number: no EXIF, place, thumbnail or tail."""
    from PIL import ImageOps

    painted = picture(data, kind)
    ImageOps.exif_transpose(painted, in_place=True)
    return saved(_plain(painted), becomes or kind), painted.width * painted.height


def _plain(painted: Image) -> Image:
    """The picture in grey, in colours, or in colours that one sees through."""
    from PIL import Image

    if painted.mode.startswith("I;16") or painted.mode == "I":
        # Pillow's own conversion cuts 16 bits off at 255, which makes every picture white.
        dark = painted if painted.mode == "I;16" else painted.convert("I;16")
        return Image.frombytes("L", dark.size, dark.tobytes()[1::2])
    seen_through = painted.mode in ("LA", "PA", "RGBA") or "transparency" in painted.info
    mode = "RGBA" if seen_through else "L" if painted.mode in ("1", "L") else "RGB"
    return painted if painted.mode == mode and not painted.info.get("transparency") else painted.convert(mode)


def saved(painted: Image, kind: str) -> bytes:
    """The pixels alone as a file."""
    painted.info.clear()
    file = io.BytesIO()
    painted.save(file, kind, quality=90)
    return file.getvalue()
