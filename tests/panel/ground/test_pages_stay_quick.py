"""A page asks the database the same number of questions, however many cases there are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from panel.db import transaction
from panel.web import PanelApp
from tests.panel.conftest import signed_in
from tests.support.world import World, accepted

PAGES = (
    "/",
    "/cases",
    "/cases?list=late",
    "/tasks",
    "/meetings",
    "/cases/{reference}",
    "/cases/{reference}/history",
)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_many_questions_for_thirty_cases_as_for_one(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, page: str
) -> None:
    with transaction(sqlite_engine) as db:
        reference = accepted(db, small_world).reference
    manager = signed_in(sqlite_app, "manager")
    path = page.format(reference=reference)
    manager.open(path)
    with counted(sqlite_engine) as few:
        manager.open(path)
    with transaction(sqlite_engine) as db:
        for _ in range(29):
            accepted(db, small_world)
    with counted(sqlite_engine) as many:
        manager.open(path)
    assert len(many) == len(few)
    # The numbers of all tiles of a manager's first page are one question.
    assert len(many) <= (12 if page == "/" else 24)


def test_a_long_list_is_read_page_by_page_and_every_case_is_seen_once(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        references = {accepted(db, small_world).reference for _ in range(60)}
    manager, path, seen, pages = signed_in(sqlite_app, "manager"), "/cases?list=open", [], 0
    while path:
        page = manager.open(path)
        seen += re.findall(r"NK-[A-Z0-9]{6}", page.text)
        path = next((href for words, href in page.links.items() if words.startswith("Next")), "")
        pages += 1
    assert pages == 3
    assert sorted(seen) == sorted(references)
