"""The board pack for those who read it: the list, each version, the files, what the board asked."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Response, current_app, url_for

from config.board_pack import page_words
from panel.board_pack import publishing, queries
from panel.board_pack.forms import PressForm
from panel.board_pack.models import BoardPack, BoardPackVersion
from panel.board_pack.paper import pack_pdf, pack_xlsx
from panel.board_pack.told import by_key
from panel.board_pack.trend import Back
from panel.board_pack.words import page_of
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.pages import page
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.board_pack import Answer
from workflows.calendar import clock_words, long_date, today_in_london
from workflows.quarters import Quarter
from workflows.roles import Role
from workflows.vocabulary import words

blueprint = Blueprint("board_pack", __name__)
QUARTERS = 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/board-pack")
def index() -> Any:
    """The packs, the newest quarter first; a manager makes one for a quarter with one button."""
    rows = queries.listed(db(), actor())
    mine = actor().areas_as(*queries.MANAGERS)
    return page(
        "board_pack/index.html",
        rows=[_list_row(row, row.area_id in mine) for row in rows],
        areas=[(area, actor().area_names[area]) for area in mine],
        quarters=[(one.key, one.words) for one in _quarters()] if mine else [],
        press=PressForm(formdata=None),
    )


def _quarters() -> list[Quarter]:
    """The last whole quarter and the ones before it, then the one that runs."""
    now = Quarter.of(today())
    return [*(now.moved(-back) for back in range(1, QUARTERS)), now]


def _list_row(row: queries.Listed, manages: bool) -> dict[str, Any]:
    stands = "Draft"
    if row.published_at is not None:
        stands = f"Version {row.number}, {long_date(today_in_london(row.published_at))}"
    endpoint = "board_pack.draft" if manages else "board_pack.view"
    return {
        "href": url_for(endpoint, reference=row.reference),
        "cells": [row.quarter.words, actor().area_names[row.area_id], stands],
    }


def _published(reference: str, number: int | None = None) -> tuple[BoardPack, BoardPackVersion]:
    pack = queries.pack_for(db(), actor(), reference, at=at(), page=here(), roles=queries.READERS)
    found = queries.version(db(), pack.id, number)
    if found is None:
        raise Missing()
    publishing.opened(db(), pack, found.number, by=actor(), at=at())
    return pack, found


def stamp_of(version: BoardPackVersion) -> str:
    """'Version 1, published on 22 November 2026'."""
    return f"Version {version.number}, published on {long_date(today_in_london(version.at))}"


def pages_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures of a publication as pages, without a way to any case."""
    quarter = Quarter.read(content["quarter"])
    if quarter is None:
        return []
    says = queries.words_of(quarter)
    past = {key: by_key(figures) for key, figures in content.get("past", {}).items()}
    back = Back(quarter, past, by_key(content.get("together", [])))
    known = [figure for figure in content["figures"] if figure["key"] in says]
    return [page_of(figure, says[figure["key"]], back) for figure in known]


def in_pages(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures by the pages on which they stand."""
    of = {one["key"]: one for one in figures}
    return [
        {"title": one.title, "figures": [of[key] for key in one.figures if key in of]} for one in page_words()
    ]


@blueprint.get("/board-pack/<reference>")
def view(reference: str) -> Any:
    """What was published last."""
    return _show(*_published(reference))


@blueprint.get("/board-pack/<reference>/versions/<int(max=2147483647):number>")
def version(reference: str, number: int) -> Any:
    """One publication as it was pinned."""
    return _show(*_published(reference, number))


def asked_before(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the board had asked before, as its table shows it."""
    return [one | {"due": one["due_on"], "stands": one["answer"]} for one in content["actions"]]


def _show(pack: BoardPack, found: BoardPackVersion) -> Any:
    return page(
        "board_pack/view.html",
        pack=pack,
        content=found.content,
        pages=in_pages(pages_of(found.content)),
        before=asked_before(found.content),
        stamp=stamp_of(found),
        digest=found.digest,
        number=found.number,
        earlier=range(1, found.number),
        draft=Role.YOT_MANAGER in actor().roles_in(pack.area_id),
        preview=False,
    )


@blueprint.get("/board-pack/<reference>/versions/<int(max=2147483647):number>/pack.pdf")
def printed(reference: str, number: int) -> Any:
    """One publication on paper."""
    pack, found = _published(reference, number)
    demo = cast(PanelApp, current_app).settings.demo
    day = today_in_london(found.at)
    data = pack_pdf(found.content, pages_of(found.content), stamp_of(found), day=day, demo=demo)
    return _file(pack, data, "application/pdf", f"{number}.pdf")


@blueprint.get("/board-pack/<reference>/versions/<int(max=2147483647):number>/pack.xlsx")
def workbook(reference: str, number: int) -> Any:
    """One publication as a workbook."""
    pack, found = _published(reference, number)
    data = pack_xlsx(found.content, pages_of(found.content), stamp_of(found))
    return _file(pack, data, XLSX, f"{number}.xlsx")


def _file(pack: BoardPack, data: bytes, kind: str, end: str) -> Response:
    chain = queries.pack_chain(pack.id)
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients=actor().name)
    response = Response(data, mimetype=kind)
    name = f"board-pack-{pack.quarter}-version-{end}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/board-pack/asked")
def asked() -> Any:
    """What the board asked for in each of the person's areas, and what was done."""
    manages = set(actor().areas_as(*queries.MANAGERS))
    areas = actor().areas_as(*queries.READERS)
    return page(
        "board_pack/asked.html",
        areas=[
            {
                "name": actor().area_names[area],
                "rows": [action_row(one, today(), area in manages) for one in queries.actions_of(db(), area)],
            }
            for area in areas
        ],
    )


def action_row(one: Any, day: Any, manages: bool) -> dict[str, Any]:
    """One thing that the board asked for, as lists show it."""
    late = one.answer is Answer.OPEN and one.due_on < day
    closed = f" on {long_date(one.closed_on)}" if one.closed_on else ""
    return {
        "asked": one.asked,
        "href": url_for("board_pack.close", number=one.id) if manages else "",
        "owner": one.owner,
        "due": {"text": long_date(one.due_on), "hint": "Late" if late else ""},
        "stands": f"{words(one.answer)}{closed}",
        "said": one.said,
        "at": clock_words(one.changed_at),
    }
