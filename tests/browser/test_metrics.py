"""The manager on the morning before the inspector comes; and on a phone, and for the board."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import DESK, PHONE, axe, screenshot


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_metrics_fit_every_screen_and_have_no_barrier(
    open_window: Opener, viewport: dict[str, int]
) -> None:
    manager = Desk(open_window(viewport=viewport), "manager")
    for path, name in (
        ("/metrics", "metrics"),
        ("/metrics/M13", "metric"),
        ("/metrics/M13/passing", "metric-list"),
        ("/metrics/next", "metrics-next"),
        ("/metrics/milestones-with-names", "milestones"),
    ):
        manager.open(path)
        fits(manager.page)
        axe(manager.page)
        screenshot(manager.page, f"{name}-{viewport['width']}")


def test_from_a_figure_to_the_case_and_to_the_work_that_mends_it(open_window: Opener) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.press("How we are doing").press("Metrics").reads("What an inspector would find")
    manager.reads("Chance alone would give between")
    expect(manager.page.locator("svg.app-chart").first).to_be_visible()
    manager.page.get_by_role("link", name="to look at").first.click()
    expect(manager.page.get_by_role("heading", level=1)).to_contain_text("To look at")
    manager.page.get_by_role("link", name="Go to the work").or_(
        manager.page.get_by_role("link", name="Open the record")
    ).first.click()
    expect(manager.page.get_by_role("heading", level=1)).to_be_visible()
    manager.open("/metrics").press("What would change next quarter’s figures most")
    manager.reads("open case")


def test_a_board_member_reads_totals_of_quarters_that_are_over(open_window: Opener) -> None:
    board = Desk(open_window(viewport=PHONE), "board")
    board.open("/metrics").reads("Whole quarters, in totals, as they stood")
    fits(board.page)
    axe(board.page)
    expect(board.page.get_by_role("link", name="to look at")).to_have_count(0)
    screenshot(board.page, "board-metrics")
