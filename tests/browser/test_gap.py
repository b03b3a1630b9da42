"""The manager, five minutes before a meeting with the superintendent; and on a phone, and for the board."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import DESK, PHONE, axe, screenshot

TABLET = {"width": 820, "height": 1180}


@pytest.mark.parametrize("viewport", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_the_gap_fits_every_screen_and_has_no_barrier(open_window: Opener, viewport: dict[str, int]) -> None:
    manager = Desk(open_window(viewport=viewport), "manager")
    for path, name in (
        ("/gap", "gap"),
        ("/gap/disposals", "untold"),
        ("/gap/queries", "queries"),
        ("/gap/ask?group=untold", "ask"),
        ("/gap/export-with-names", "export"),
    ):
        manager.open(path)
        fits(manager.page)
        axe(manager.page)
        screenshot(manager.page, f"{name}-{viewport['width']}")


def test_from_the_first_sentence_to_a_late_referral(open_window: Opener) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.press("How we are doing").press("The gap").reads("We were not told about")
    expect(manager.page.locator("img.app-picture")).to_have_js_property("complete", True)
    assert manager.page.locator("img.app-picture").evaluate("img => img.naturalWidth") > 300
    manager.open("/gap/disposals")
    manager.page.get_by_role("link", name="Open a late referral").first.click()
    manager.reads("Opening a case does not change that we were not told")
    axe(manager.page)
    screenshot(manager.page, "late-referral")
    manager.choose(looked_after="no").press("Open the late referral")
    if "/refer/" in manager.page.url:
        manager.choose(answer="none").press("Save and continue")
    manager.reads("The late referral is open")
    axe(manager.page)


def test_the_liaison_worker_writes_down_what_became_of_a_child(open_window: Opener) -> None:
    worker = Desk(open_window(viewport=PHONE), "liaison")
    worker.open("/gap/disposals")
    fits(worker.page)
    worker.page.get_by_role("link", name="What became of the child").first.click()
    fits(worker.page)
    axe(worker.page)


def test_a_board_member_reads_totals(open_window: Opener) -> None:
    board = Desk(open_window(viewport=PHONE), "board")
    board.press("What we were not told").reads("the force gave")
    fits(board.page)
    axe(board.page)
    screenshot(board.page, "board-gap")
