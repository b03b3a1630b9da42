"""Lists of rounds, of audits and of scrutiny: a page at a time, each round exactly once."""

import pytest
from sqlalchemy import Engine

from panel.db import transaction
from tests.panel.audits.rounds import again, cases
from tests.panel.conftest import Visit
from tests.panel.scrutiny.rounds import begun
from tests.support.visitor import Page, Visitor
from tests.support.world import World

COUNT = 5


def walked(visitor: Visitor, path: str, start: str) -> list[str]:
    """The addresses of the rounds of every page of a list, in order."""
    found: list[str] = []
    page: Page = visitor.open(path)
    while True:
        every = [a.get("href", "") for a in page.tree.iter("a")]
        shown = [href for href in every if href.startswith(start)]
        assert 0 < len(shown) <= 2
        assert f"{len(shown)} {'sample' if 'scrutiny' in path else 'round'}" in page.text
        found += shown
        if "Next page" not in page.links:
            return found
        page = visitor.open(page.links["Next page"])


@pytest.fixture
def two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two, so that five rounds need three of them."""
    monkeypatch.setattr("panel.rounds.queries.PAGE", 2)


@pytest.mark.usefixtures("two_a_page")
def test_rounds_of_audits_are_found_page_by_page(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        cases(db, world)
        made = [again(db, world, again=True).reference for _ in range(COUNT)]
    newest = made[::-1]
    assert walked(visit("manager"), "/audits", "/audits/U") == [f"/audits/{one}" for one in newest]
    mine = walked(visit("other_case_manager"), "/audits", "/audits/sample/")
    assert mine == [f"/audits/sample/{one}" for one in newest]


@pytest.mark.usefixtures("two_a_page")
def test_rounds_of_scrutiny_are_found_page_by_page(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = [begun(db, world).reference for _ in range(COUNT)]
    newest = made[::-1]
    rounds = walked(visit("manager"), "/scrutiny", "/scrutiny/rounds/")
    assert rounds == [f"/scrutiny/rounds/{one}" for one in newest]
    given = walked(visit("scrutineer"), "/scrutiny/sample", "/scrutiny/sample/")
    assert given == [f"/scrutiny/sample/{one}" for one in newest]


@pytest.mark.parametrize(
    "path", ["/audits?after=", "/audits?mine_after=", "/scrutiny?after=", "/ratings?before="]
)
@pytest.mark.parametrize("odd", ["", "x", "-1", "²", "99999999999999999999"])
def test_an_address_that_names_no_round_begins_at_the_beginning(
    visit: Visit, engine: Engine, world: World, path: str, odd: str
) -> None:
    with transaction(engine) as db:
        cases(db, world)
        again(db, world)
    page = visit("manager").open(f"{path}{odd}")
    assert "/audits?" not in path or "1 round on this page" in page.text
