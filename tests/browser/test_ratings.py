"""The manager rates the work of a summer and writes its report; on a desk, a tablet and a phone."""

import pytest

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import DESK, PHONE, axe, screenshot

TABLET = {"width": 820, "height": 1180}
REFERENCE = "[...document.querySelectorAll('table a')].map(a => a.getAttribute('href'))"


@pytest.mark.parametrize("viewport", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_the_pages_of_a_self_inspection_fit_every_screen_and_have_no_barrier(
    open_window: Opener, viewport: dict[str, int]
) -> None:
    manager = Desk(open_window(viewport=viewport), "manager")
    manager.open("/ratings")
    summer, spring = manager.page.evaluate(REFERENCE)[:2]
    for path, name in (
        ("/ratings", "ratings"),
        ("/ratings/new", "ratings-new"),
        ("/ratings/elsewhere", "ratings-elsewhere"),
        (summer, "ratings-view"),
        (f"{summer}/judge/1.3", "ratings-judge"),
        (f"{summer}/answers/3.1.1", "ratings-answer"),
        (f"{summer}/lift/3.3", "ratings-lift"),
        (f"{summer}/lift/3.4", "ratings-lift-refused"),
        (f"{summer}/report", "ratings-report"),
        (f"{summer}/report/edit", "ratings-edit"),
        (f"{spring}/report/versions/1", "ratings-version"),
        (f"{spring}/report/drafts/1", "ratings-draft"),
    ):
        manager.open(path)
        fits(manager.page)
        axe(manager.page)
        screenshot(manager.page, f"{name}-{viewport['width']}")


def test_from_a_judgement_to_a_published_report(open_window: Opener) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.press("How we are doing").press("Self-inspection").follow("Out-of-court work, summer").reads(
        "Without the ratings that people"
    )
    manager.follow("Judge of 1.3").choose(rating="2").type(reason="Partners answer within days.")
    manager.press("Save and continue").reads("Partners answer within days.")
    manager.press("The report").reads("Nobody has looked at the draft yet")
    manager.press("Edit the words").type(examples="A plan with the child's own drawing.")
    manager.press("Save this draft").reads("Draft 1 is saved")
    manager.press("Publish the report").reads("is published and does not change any more")
    manager.reads("The content has the digest that was kept")
    axe(manager.page)
    fits(manager.page)
    with manager.page.expect_download() as file:
        manager.follow("As a PDF")
    assert file.value.suggested_filename.endswith("-1.pdf")
