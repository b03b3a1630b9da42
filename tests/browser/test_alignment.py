"""The two policies in a browser: no barrier, no sideways scrolling, and a picture that loads."""

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import a_case, fits
from tests.support.browsing import DESK, PHONE, Site, axe, screenshot
from workflows.case import Status

PAGES = ("/joint-policy", "/joint-policy/changes", "/joint-policy/cases?what=all")
LOADED = "document.querySelector('.app-chart').naturalWidth > 0"


def test_the_pages_of_the_two_policies_fit_a_phone_and_have_no_barrier(
    open_window: Opener, site: Site
) -> None:
    phone = Desk(open_window(viewport=PHONE), "manager")
    for path in (*PAGES, f"/cases/{a_case(site, Status.ACCEPTED)}/given-without-panel"):
        phone.open(path)
        fits(phone.page)
        axe(phone.page)
        screenshot(phone.page, f"alignment-phone-{path.split('/')[-1].split('?')[0]}")


def test_the_picture_of_the_trend_loads_and_has_words_for_who_does_not_see_it(open_window: Opener) -> None:
    desk = Desk(open_window(viewport=DESK), "manager")
    desk.open("/joint-policy")
    assert desk.page.evaluate(LOADED)
    assert "in each of the last eight quarters" in (desk.page.get_attribute(".app-chart", "alt") or "")
    axe(desk.page)
    screenshot(desk.page, "alignment-manager")
    board = Desk(open_window(viewport=DESK), "board")
    board.open("/joint-policy")
    axe(board.page)
    screenshot(board.page, "alignment-board")
