"""The manager makes the pack of a quarter, and a councillor reads it on a telephone."""

import pytest

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import DESK, PHONE, axe, screenshot


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pack_fits_every_screen_and_has_no_barrier(open_window: Opener, viewport: dict[str, int]) -> None:
    board = Desk(open_window(viewport=viewport), "board")
    board.reads("What changed")
    fits(board.page)
    axe(board.page)
    board.press("Read the pack").reads("Decisions asked for")
    fits(board.page)
    axe(board.page)
    screenshot(board.page, f"board-pack-{viewport['width']}")
    assert board.page.locator("svg.app-picture").count() >= 5
    assert board.page.locator("main a[href*='/cases']").count() == 0


def test_from_one_click_to_a_new_version(open_window: Opener) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.press("How we are doing").press("Board packs")
    manager.page.get_by_role("button", name="Make the pack").click()
    manager.reads("Draft of the board pack")
    axe(manager.page)
    screenshot(manager.page, "board-pack-draft")
    manager.page.get_by_role("link", name="Change the first page").click()
    manager.page.get_by_label("What changed: first sentence").fill("The force was asked to tell us at once.")
    axe(manager.page)
    manager.page.get_by_role("button", name="Keep the first page").click()
    manager.page.get_by_role("button", name="Publish for the board").click()
    axe(manager.page)
    manager.page.get_by_role("button", name="Publish", exact=True).click()
    manager.reads("The force was asked to tell us at once.")
    board = Desk(open_window(viewport=PHONE), "board")
    board.reads("The force was asked to tell us at once.")
