"""Typst: data to an accessible PDF. What is typed stays text: nothing in it is read as markup."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "documents"
FONTS = ROOT / "panel" / "static" / "fonts"
DEMO_WORDS = "Demonstration: every person is invented"


class IncompletePaper(ValueError):
    """The document would be half a document; `missing` lists what it lacks, in words."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(f"The document cannot be made. It needs: {'; '.join(self.missing)}.")


def pdf(
    template: str, paper: Mapping[str, object], pictures: Mapping[str, bytes] | None = None, **inputs: str
) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1; the same paper gives the same bytes.

    The template, of `templates/documents`, reads `json(bytes(sys.inputs.paper))`, other `inputs` by name and
    pictures as files. Raises `IncompletePaper` for letters that the font lacks.
    """
    payload = json.dumps(printable(paper), ensure_ascii=False, sort_keys=True)
    return _compiled(template, payload, pictures or {}, inputs)


def printable(value: object) -> object:
    """Texts without marks that hide or turn other text, pictographs by name; dates as '22 November 2026'."""
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, str):
        return "".join(map(_drawn, unicodedata.normalize("NFC", value.strip())))
    return value


def _drawn(sign: str) -> str:
    """A sign as our fonts can draw it: bidi overrides, controls and variation marks go; emoji are named."""
    if sign in "\n\u200c\u200d":
        return sign
    if sign == "\t" or "\ufe00" <= sign <= "\ufe0f":
        return " " if sign == "\t" else ""
    group = unicodedata.category(sign)
    if group in ("Cc", "Cf"):
        return ""
    if group in ("Co", "Cn", "Cs"):
        return "\N{REPLACEMENT CHARACTER}"
    return _named(sign) if sign > "\uffff" and group in ("So", "Sk") else sign


def _named(sign: str) -> str:
    return f"[{unicodedata.name(sign, 'unknown sign').lower()}]"


def _compiled(template: str, payload: str, pictures: Mapping[str, bytes], inputs: Mapping[str, str]) -> bytes:
    """Typst's PDF; a symbol without a drawing is named and tried again, a letter without one is refused."""
    import typst  # 81 MB of compiler: never in the web worker's start

    with _folder(template, pictures) as folder:
        for _ in range(40):
            try:
                return typst.compile(
                    folder / template,
                    root=folder,
                    font_paths=[FONTS],
                    ignore_system_fonts=True,
                    format="pdf",
                    sys_inputs={"paper": payload, **inputs},
                    pdf_standards=["a-2a", "ua-1"],
                )
            except typst.TypstError as trouble:
                for sign in _undrawn(trouble):
                    payload = payload.replace(sign, _named(sign))
    raise IncompletePaper(["text in signs that the font has: there are too many that it cannot draw"])


@contextmanager
def _folder(template: str, pictures: Mapping[str, bytes]) -> Iterator[Path]:
    """The templates; with pictures a folder of their own, for a photo has too many bytes for JSON."""
    if not pictures:
        yield TEMPLATES
        return
    with TemporaryDirectory(prefix="paper.") as made:
        folder = Path(made)
        for name in (template, "style.typ"):
            shutil.copy(TEMPLATES / name, folder / name)
        for name, data in pictures.items():
            (folder / name).write_bytes(data)
        yield folder


def _undrawn(trouble: Exception) -> set[str]:
    """The symbols that the fonts lack; raises `IncompletePaper` for letters, else the trouble itself."""
    found = re.search(r'the text `"(.+?)"` could not be displayed', str(trouble))
    if not found:
        raise trouble
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1])
    letters = [sign for sign in text if unicodedata.category(sign)[0] in "LMN"]
    if letters:
        raise IncompletePaper([f"English letters instead of '{text}', which the font cannot draw"])
    return set(text)
