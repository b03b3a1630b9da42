"""Data quality, the team and extracts on every screen, and the way from a number to what mends it."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import DESK, PHONE, axe, screenshot


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_fit_every_screen_and_have_no_barrier(
    open_window: Opener, viewport: dict[str, int]
) -> None:
    manager = Desk(open_window(viewport=viewport), "manager")
    for path, name in (
        ("/data-quality?quarter=all", "quality"),
        ("/data-quality/postcode_missing?quarter=all", "quality-list"),
        ("/team", "team"),
        ("/extracts/with-personal-data", "extract"),
        ("/extracts", "extracts"),
    ):
        manager.open(path)
        fits(manager.page)
        axe(manager.page)
        screenshot(manager.page, f"{name}-{viewport['width']}")


def test_from_a_number_to_the_record_that_is_right_as_it_is(open_window: Opener) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.press("How we are doing").press("Data quality").press("All cases")
    manager.page.get_by_role("link", name="Not aged 10 to 17 at the offence").click()
    manager.reads("aged 9 on")
    manager.page.get_by_role("link", name="Right as it is").first.click()
    manager.press("Write it down").reads("Give the reason")
    axe(manager.page)
    screenshot(manager.page, "right-as-it-is")
    manager.page.get_by_label("Why?").fill("The court has seen the birth certificate.")
    manager.press("Write it down").reads("No record has this problem now")
    manager.open("/data-quality/gender_missing?quarter=all")
    manager.page.get_by_role("link", name="Put it right").first.click()
    axe(manager.page)
    screenshot(manager.page, "equality")
    manager.choose(gender="female").press("Save and continue").reads("It is recorded")


def test_from_the_team_to_the_cases_of_one_person(open_window: Opener) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.press("How we are doing").press("Team")
    manager.page.get_by_role("link", name="Priya Nair", exact=True).click()
    manager.reads("Deadlines that have passed")
    axe(manager.page)
    screenshot(manager.page, "person")
    manager.page.get_by_role("link", name="Deadlines that have passed").click()
    expect(manager.page.locator("h2").first).to_contain_text("Deadlines that have passed")


def test_an_extract_is_an_archive_with_its_manifest(open_window: Opener, tmp_path: Path) -> None:
    manager = Desk(open_window(viewport=DESK), "manager")
    manager.open("/extracts/without-names").choose(basis="given_on", kind="json")
    manager.page.get_by_label("Who gets it?").fill("The data team of the council")
    manager.page.get_by_label("What is it for?").fill("The return of the quarter")
    with manager.page.expect_download() as coming:
        manager.press("Make the file")
    with zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes())) as archive:
        said = json.loads(archive.read("manifest.json"))
        assert len(json.loads(archive.read("person_details.json"))) == said["rows"]["person_details"] > 0
    manager.open("/extracts")
    manager.page.get_by_role("link", name=said["reference"]).click()
    manager.reads("The data team of the council")
    fits(manager.page)
    axe(manager.page)
    screenshot(manager.page, "extract-view")
