"""Writing an assessment in a real browser: saved while one writes, with and without scripts, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from panel.accounts.models import User
from panel.assessments.models import Assessment
from panel.demo.people import address
from panel.referrals.models import Referral
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.support.browsing import PHONE, Site, axe
from workflows.assessment import Status
from workflows.case import Status as CaseStatus

PAGES = (
    "write",
    "sections/substance",
    "sections/family/known",
    "judgements/harm",
    "screens/speech",
    "sources",
    "source",
    "plans",
    "plan",
    "assetplus",
    "steps",
    "step",
    "contingency",
    "child",
    "submit",
)


@pytest.fixture(scope="module")
def mine(site: Site) -> tuple[str, str]:
    """Somebody who is writing an assessment, and its address."""
    with Session(site.engine) as db:
        query = (
            select(Referral.reference, User.email)
            .join(Assessment, col(Assessment.referral_id) == Referral.id)
            .join(User, col(User.id) == Referral.case_manager_id)
            .where(Referral.status == CaseStatus.ACCEPTED, Assessment.status == Status.IN_PROGRESS)
            .order_by(col(Referral.id))
        )
        reference, email = db.exec(query).first() or ("", "")
    assert email.endswith(address("x").removeprefix("x"))
    return email.split("@")[0], f"/cases/{reference}/assessment"


def test_every_page_of_writing_fits_a_phone_and_has_no_barrier(
    open_window: Opener, mine: tuple[str, str]
) -> None:
    key, base = mine
    phone = Desk(open_window(viewport=PHONE), key)
    for path in PAGES:
        phone.open(f"{base}/{path}")
        assert phone.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        axe(phone.page)


def test_what_is_typed_is_saved_after_a_pause_and_said_politely(page: Page, mine: tuple[str, str]) -> None:
    key, base = mine
    desk = Desk(page, key).open(f"{base}/sections/needs").type(text="Somebody to call")
    said = page.locator("[data-saved]")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    desk.type(text="Somebody to call in the evening")
    expect(said).to_have_text(re.compile("^Saved at"))
    page.wait_for_timeout(3500)
    page.reload()
    expect(page.locator("textarea")).to_have_value("Somebody to call in the evening")
    desk.type(text="Written and sent at once").press("Save and go to the list").reads("done")
    desk.open(f"{base}/sections/needs")
    expect(page.locator("textarea")).to_have_value("Written and sent at once")


def test_two_tabs_tell_each_other_apart_and_show_both_texts(page: Page, mine: tuple[str, str]) -> None:
    key, base = mine
    first = Desk(page, key).open(f"{base}/sections/barriers")
    other = page.context.new_page()
    other.goto(f"{base}/sections/barriers")
    first.type(text="From the first tab").press("Save and continue")
    other.locator("textarea").fill("From the second tab")
    other.get_by_role("button", name="Save and continue").click()
    expect(other.locator("main")).to_contain_text("From the first tab")
    expect(other.locator("main")).to_contain_text("From the second tab")
    axe(other)


def test_without_scripts_the_button_saves(page_without_scripts: Page, mine: tuple[str, str]) -> None:
    key, base = mine
    desk = Desk(page_without_scripts, key).open(f"{base}/sections/worries")
    desk.type(text="Evenings in town").press("Save and continue")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("What is working well?")
    desk.open(f"{base}/sections/worries")
    expect(desk.page.locator("textarea")).to_have_value("Evenings in town")
