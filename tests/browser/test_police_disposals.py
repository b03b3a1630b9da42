"""An officer tells of a disposal on a phone, a manager reads the record at a desk: no barrier on the way."""

from datetime import date

from playwright.sync_api import expect
from sqlmodel import Session, select

from panel.police.models import PoliceDisposal
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import PHONE, Site, screenshot

REASON = "It was Saturday night, and nobody of the youth offending team answered."


def in_boxes(desk: Desk, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        desk.page.locator(f"#{name}-{part}").fill(str(getattr(day, part)))


def test_an_officer_tells_on_a_phone_and_a_manager_acknowledges(
    open_window: Opener, site: Site, today: date
) -> None:
    officer = Desk(open_window(viewport=PHONE), "officer")
    officer.press("Tell us of a disposal that you gave").look("Tell us of a disposal that you gave")
    fits(officer.page)
    officer.choose(outcome="youth_caution", consulted="no")
    in_boxes(officer, "given_on", today)
    officer.press("Tell the YOT").look("Tell us of a disposal that you gave")
    expect(officer.page.locator(".govuk-error-summary")).to_contain_text(
        "Choose why the YOT was not consulted"
    )
    fits(officer.page)
    officer.choose(exception="out_of_hours").type(exception_reason=REASON)
    officer.type(given_name="Kayden", surname="Marlow", offence="Common assault", station="Keel Street")
    in_boxes(officer, "date_of_birth", date(today.year - 18, today.month, today.day))
    officer.press("Tell the YOT").look("Tell us of a disposal that you gave")
    expect(officer.page.locator(".govuk-error-summary")).to_contain_text("AGE-2")
    in_boxes(officer, "date_of_birth", date(today.year - 15, 3, 4))
    officer.press("Tell the YOT").look("The YOT has been told")
    fits(officer.page)
    officer.follow("Disposals that you told us of").look("Disposals that you told us of")
    fits(officer.page)

    with Session(site.engine) as db:
        row = db.exec(select(PoliceDisposal).where(PoliceDisposal.exception_reason == REASON)).one()
    manager = Desk(open_window(), "manager")
    manager.open("/police-disposals").look("Disposals that the police told us of")
    manager.follow("Kayden Marlow").look("Youth caution: Kayden Marlow")
    expect(manager.page.locator("main")).to_contain_text(REASON)
    manager.page.get_by_role("button", name="Acknowledge").first.click()
    expect(manager.page.locator("main")).to_contain_text("Acknowledged by Ruth Okoro")
    manager.page.set_viewport_size(PHONE)
    manager.open(f"/police-disposals/{row.reference}").look("Youth caution: Kayden Marlow")
    fits(manager.page)
    manager.follow("Set the record aside").look("Set the record aside")
    fits(manager.page)
    manager.open("/police-disposals/open-cases").look("Children with an open case")
    fits(manager.page)
    manager.open("/").look("What needs you")


def test_an_administrator_makes_a_token(open_window: Opener) -> None:
    admin = Desk(open_window(viewport=PHONE), "admin")
    admin.open("/forces").look("Police forces")
    admin.follow("Kelder Constabulary").look("Kelder Constabulary")
    fits(admin.page)
    admin.press("Make a token for a system").look("Make a token")
    admin.type(name="Niche RMS").press("Make the token").look("The token of Niche RMS")
    fits(admin.page)
    screenshot(admin.page, "token")
    admin.open("/forces/new").look("Add a force")
