"""Two published figures of one gap: 39 of 118 is 33 %, 39 of 168 is 23 %; each with its definition."""

import csv
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.gap.queries import figures, listed
from panel.gap.scope import Filter
from panel.police.models import PoliceDisposal
from tests.panel.conftest import Visit
from tests.support.gaps import SUMMER, published
from tests.support.police import force
from tests.support.world import TODAY, World
from workflows.gap import DEFINITIONS, Basis, Group, rates
from workflows.vocabulary import Outcome

PAGE = "/gap?outcome=community_resolution&first=2026-07-01&last=2026-09-30"
NAMED = {
    Basis.LISTED: ("39 of 118 (33 %).", DEFINITIONS[Basis.LISTED].words),
    Basis.KNOWN: ("39 of 168 (23 %).", DEFINITIONS[Basis.KNOWN].words),
}


@pytest.fixture
def unknown(engine: Engine, world: World) -> set[str]:
    """The list of a summer; the references of the 39 of which nobody told the YOT."""
    with transaction(engine) as db:
        rows = published(db, world, force(db, world))
        return {row.reference for row in rows if row.told_on is None}


def test_the_function_gives_both_rates_and_exactly_the_39(
    engine: Engine, world: World, unknown: set[str]
) -> None:
    with Session(engine) as db:
        area = world.areas["north"]
        found = figures(db, area, Outcome.CR, SUMMER, today=TODAY)
        for rate in rates(found.tally, found.coverage):
            assert (rate.sentence, rate.definition.words) == NAMED[rate.definition.basis]
        chosen = Filter(area, Group.MISSED, Outcome.CR, SUMMER)
        assert {row.reference for row in listed(db, chosen, today=TODAY, limit=500)} == unknown
        assert len(unknown) == 39


def test_the_page_says_both_with_their_definitions_and_opens_exactly_the_39(
    visit: Visit, unknown: set[str]
) -> None:
    manager = visit("manager")
    page = manager.open(PAGE)
    assert (
        "From 1 July to 30 September 2026 the force gave 118 community resolutions to children in our area. "
        "We were not told about 39 of them (33 %). 6 more came late."
    ) in page.text
    for sentence, definition in NAMED.values():
        assert f"{sentence} {definition}" in page.text
    assert "supplied on 12 October 2026" in page.text
    seen: set[str] = set()
    path = next(href for words, href in page.links.items() if words == "39")
    while path:
        listing = manager.open(path)
        assert listing.heading == "We were not told: 39"
        seen |= {word for word in listing.text.replace(":", " ").split() if word.startswith("PD-")}
        path = next((href for words, href in listing.links.items() if words.startswith("Next")), "")
    assert seen == unknown


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_has_both_with_their_definitions_and_marks_exactly_the_39(
    engine: Engine, visit: Visit, unknown: set[str], kind: str
) -> None:
    manager = visit("manager")
    page = PAGE.replace("/gap?", "/gap/export-with-names?")
    made = manager.send(page, {"kind": kind, "reason": "For the superintendent"}, status=200)
    about, rows = _read(made.response.get_data(), kind)
    for sentence, definition in NAMED.values():
        assert any(sentence in row for row in about)
        assert any(definition in row for row in about)
    told = rows[0].index("Counted as")
    assert {row[0] for row in rows[1:] if row[told] == "untold"} == unknown
    assert len(rows) == 1 + 168
    with Session(engine) as db:
        assert len(db.exec(select(PoliceDisposal).where(col(PoliceDisposal.told_on).is_(None))).all()) == 39


def _read(data: bytes, kind: str) -> tuple[list[list[str]], list[list[str]]]:
    """The definitions and the rows of a file."""
    if kind == "csv":
        read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        gap = read.index([])
        return read[:gap], read[gap + 1 :]
    book = load_workbook(io.BytesIO(data))
    return tuple(
        [[cell.value or "" for cell in row] for row in book[n].iter_rows()] for n in book.sheetnames
    )[::-1]
