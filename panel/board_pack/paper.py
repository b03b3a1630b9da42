"""The pack on paper and as a workbook, made from what is pinned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from config.board_pack import page_words
from panel.board_pack.words import lines_of_sheet
from panel.documents.typst import DEMO_WORDS, pdf
from panel.gap.sheets import as_xlsx

Pages = Sequence[Mapping[str, Any]]


def pack_pdf(content: Mapping[str, Any], pages: Pages, stamp: str, *, day: date, demo: bool) -> bytes:
    """The pack as an accessible PDF: six pages, then an annex; the same version gives the same bytes."""
    pictures: dict[str, bytes] = {}
    figures = {one["key"]: _figure(one, pictures) for one in pages}
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
        "pages": [
            {"title": one.title, "figures": [figures[key] for key in one.figures if key in figures]}
            for one in page_words()
        ],
        "demo_words": DEMO_WORDS if demo else "",
    }
    return pdf("board_pack.typ", paper, pictures)


def _figure(page: Mapping[str, Any], pictures: dict[str, bytes]) -> dict[str, Any]:
    """A figure for the template, which finds its pictures as files beside it."""

    def drawn(kind: str, picture: str) -> str:
        if not picture:
            return ""
        name = f"{page['key']}-{kind}.svg"
        pictures[name] = picture.encode()
        return name

    more = page["more"]
    table = page["table"]
    told = [number for number, row in enumerate(table["rows"]) if not row["withheld"]]
    # What is drawn by line in the table is drawn large in the annex; the rates are drawn on both.
    large = more["pictures"] or [page["picture"]]
    return {
        "title": page["title"],
        "period": page["period"],
        "text": page["text"],
        "note": page["note"],
        "reading": page["reading"],
        "said": [text for text in (page["counts"], page["cannot"], page["caveat"]) if text],
        "caveat": page["caveat"],
        "table": _table({**table, "rows": [table["rows"][number] for number in told]}),
        "withheld": "; ".join(row["name"] for row in table["rows"] if row["withheld"]),
        "sparks": [
            {"picture": drawn(f"spark-{number}", one["picture"]), "alt": one["alt"]}
            for number, one in enumerate(page["sparks"])
            if number in told
        ],
        "picture": drawn("page", page["picture"]) if more["pictures"] else "",
        "tables": [_table(one) for one in more["tables"]],
        "pictures": [name for n, one in enumerate(large) if (name := drawn(f"annex-{n}", one))],
        "alt": _described(page),
    }


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": table["title"],
        "heads": table["heads"],
        "rows": [[row["name"], *(cell["text"] for cell in row["cells"])] for row in table["rows"]],
    }


def _described(page: Mapping[str, Any]) -> str:
    """The picture in words; its numbers stand in the table beside it."""
    return f"{page['title']}, {page['period']}, as a picture. The table beside it has the same numbers."


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
