"""The manager's round, the auditor's form and what both found; on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import DESK, PHONE, axe, screenshot


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_round_fits_every_screen_and_has_no_barrier(open_window: Opener, viewport: dict[str, int]) -> None:
    manager = Desk(open_window(viewport=viewport), "manager")
    manager.open("/audits/new")
    fits(manager.page)
    axe(manager.page)
    manager.open("/audits")
    manager.page.get_by_role("link", name="Given from").first.click()
    manager.reads("Drawn again just now from the kept list and seed: the same sample.")
    here = manager.page.url
    for name, words in (("What was answered", "result"), ("Where the service and", "differences")):
        manager.page.goto(here)
        manager.page.get_by_role("link", name=name).first.click()
        fits(manager.page)
        axe(manager.page)
        screenshot(manager.page, f"audits-{words}-{viewport['width']}")
    manager.page.goto(here)
    fits(manager.page)
    axe(manager.page)
    screenshot(manager.page, f"audits-round-{viewport['width']}")


def test_an_inspector_takes_a_case_and_writes_in_the_form(open_window: Opener) -> None:
    inspector = Desk(open_window(viewport=PHONE), "inspector")
    inspector.open("/audits")
    inspector.page.get_by_role("link", name="Given from").first.click()
    row = inspector.page.get_by_role("row").filter(has_text="To begin").first
    row.get_by_role("link").click()
    inspector.press("Begin this audit").reads("Before you can finish")
    for link in ("3.1 Assessment", "The case as a whole"):
        case = inspector.page.url
        inspector.page.get_by_role("link", name=link).click()
        fits(inspector.page)
        axe(inspector.page)
        screenshot(inspector.page, f"audits-{link.split()[-1]}-320")
        if link.startswith("3.1"):
            expect(inspector.page.locator("input[type=radio]:checked")).to_have_count(0)
            inspector.page.get_by_label("Yes").first.check()
            inspector.press("Keep these answers").reads("1 of 19 answered")
        inspector.page.goto(case)
    for link in ("Read the case", "The form on one page"):
        inspector.page.get_by_role("link", name=link).click()
        fits(inspector.page)
        axe(inspector.page)
        inspector.page.go_back()
