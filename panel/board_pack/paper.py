"""The pack on paper and as a workbook, made from what is pinned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from panel.board_pack.words import lines_of_sheet
from panel.documents.typst import DEMO_WORDS, pdf
from panel.gap.sheets import as_xlsx

Pages = Sequence[Mapping[str, Any]]


def pack_pdf(content: Mapping[str, Any], pages: Pages, stamp: str, *, day: date, demo: bool) -> bytes:
    """The pack as an accessible PDF, one figure to a page; the same version gives the same bytes."""
    pictures = {
        name: picture.encode()
        for one in pages
        for name, picture in zip(_names(one), one["pictures"], strict=True)
    }
    paper = {
        "title": "Board pack",
        "area": content["area"],
        "period": content["period"],
        "stamp": stamp,
        "least": content["least"],
        "day": [day.year, day.month, day.day],
        "sentences": content["sentences"],
        "decisions": content["decisions"],
        "actions": [
            [one[name] for name in ("asked", "owner", "due_on", "answer", "said")]
            for one in content["actions"]
        ],
        "figures": [_figure(one) for one in pages],
        "demo_words": DEMO_WORDS if demo else "",
    }
    return pdf("board_pack.typ", paper, pictures)


def _figure(page: Mapping[str, Any]) -> dict[str, Any]:
    said = [text for text in (page["counts"], page["cannot"], page["caveat"]) if text]
    tables = [
        {
            "title": table["title"],
            "heads": table["heads"],
            "rows": [[row["name"], *(cell["text"] for cell in row["cells"])] for row in table["rows"]],
        }
        for table in page["tables"]
    ]
    return {
        "title": page["title"],
        "period": page["period"],
        "text": page["text"],
        "note": page["note"],
        "reading": page["reading"],
        "said": said,
        "tables": tables,
        "pictures": _names(page),
        "alt": _described(page),
    }


def _names(page: Mapping[str, Any]) -> list[str]:
    return [f"{page['key']}-{number}.svg" for number in range(1, len(page["pictures"]) + 1)]


def _described(page: Mapping[str, Any]) -> str:
    """The picture in words; its numbers stand in the table under it."""
    return f"{page['title']}, {page['period']}, as a picture. The table below it has the same numbers."


def pack_xlsx(content: Mapping[str, Any], pages: Pages, stamp: str) -> bytes:
    """The pack as a workbook: the first page, one sheet for each figure, what the board asked before."""
    front = [
        ["Board pack", content["area"], content["period"]],
        [stamp],
        [],
        ["What changed"],
        *([one] for one in content["sentences"]),
        [],
        ["Decisions asked for"],
        *([one] for one in content["decisions"]),
    ]
    heads = ["What the board asked", "Who", "Done by", "Stands", "What was done"]
    asked = [
        heads,
        *(
            [one[name] for name in ("asked", "owner", "due_on", "answer", "said")]
            for one in content["actions"]
        ),
    ]
    sheets = [(one["title"][:31].replace(":", ""), lines_of_sheet(one)) for one in pages]
    return as_xlsx([("First page", front), *sheets, ("Asked before", asked)])
