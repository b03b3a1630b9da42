"""What holds on every page: no barrier, no sideways scrolling, no need of scripts or a mouse."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from panel.accounts.models import Area, User
from panel.demo.people import address
from panel.referrals.models import Referral
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.support.browsing import DESK, PHONE, Site, axe, screenshot
from workflows.case import Status

HOMES = (
    "officer",
    "seconded",
    "caseworker",
    "manager",
    "chair",
    "victims",
    "liaison",
    "board",
    "inspector",
    "admin",
)
TABLET = {"width": 820, "height": 1180}
TABS = ("", "/offence", "/assessment", "/events", "/panel", "/disposal", "/plan", "/documents", "/history")


def a_case(site: Site, status: Status) -> str:
    """The reference of a demonstration case of the north that has got this far."""
    with Session(site.engine) as db:
        query = select(Referral.reference).join(Area).where(Area.code == "NK", Referral.status == status)
        return db.exec(query.order_by(col(Referral.id)).limit(1)).one()


def fits(page: Page) -> None:
    """Nothing on the page is wider than the window."""
    page.wait_for_load_state()  # after a click it may still be on its way
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@pytest.mark.parametrize("key", HOMES)
def test_the_first_page_of_each_role_fits_a_phone_and_has_no_barrier(open_window: Opener, key: str) -> None:
    phone = Desk(open_window(viewport=PHONE), key)
    fits(phone.page)
    axe(phone.page)


@pytest.mark.parametrize("status", [Status.LISTED, Status.DECIDED, Status.CLOSED])
def test_every_tab_of_a_case_fits_a_phone_and_has_no_barrier(
    open_window: Opener, site: Site, status: Status
) -> None:
    phone = Desk(open_window(viewport=PHONE), "manager")
    for tab in TABS:
        phone.open(f"/cases/{a_case(site, status)}{tab}")
        fits(phone.page)
        axe(phone.page)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_what_people_are_told_and_who_waits_fits_tablet_and_phone(
    open_window: Opener, size: dict[str, int]
) -> None:
    desk = Desk(open_window(viewport=size), "manager")
    for path in ("/notifications/who", "/notifications", "/mails", "/week", "/liaison", "/signed-copies"):
        desk.open(path)
        fits(desk.page)
        axe(desk.page)


def test_the_code_lists_fit_a_phone_and_have_no_barrier(open_window: Opener) -> None:
    phone = Desk(open_window(viewport=PHONE), "admin")
    for path in ("/codes", "/codes/gravity/load"):
        phone.open(path)
        fits(phone.page)
        axe(phone.page)
    phone.press("Look at the file").reads("Enter a name, such as NPCC 2023")
    axe(phone.page)


def test_an_officer_without_scripts_refers_a_child(page_without_scripts: Page, today: date) -> None:
    officer = Desk(page_without_scripts, "officer").press("Refer a child")
    officer.type(given_name="Odette", surname="Brook").choose(gender="female", looked_after="no")
    officer.press("Save and continue").reads("Enter the child's date of birth")
    expect(officer.page.locator('[name="given_name"]')).to_have_value("Odette")
    officer.day(date_of_birth=today - timedelta(days=14 * 365)).press("Save and continue")
    officer.press("Save and continue").type(name="Vera Brook").choose(relationship="mother").press(
        "Save and continue"
    )
    officer.press("Add an offence").type(q="scooter taken").press("Search").reads("Nothing found")
    officer.follow("It is not in the list").type(title="Theft of a scooter", location="Mill Row")
    officer.type(by_hand_reason="The list has no scooters.").choose(mode="either_way")
    officer.day(committed_on=today - timedelta(days=5)).press("Add this offence")
    officer.type(base="2", reason="As for a bicycle.").choose(adjustment="0").press("Save the gravity score")
    officer.press("Continue")
    officer.type(circumstances="Odette took a scooter from a yard.").press("Save and continue")
    officer.page.locator('main input[name^="answer_"][value="full_admission"]').first.check()
    officer.choose(source="written_statement", adult_present="yes", adult="parent_or_guardian")
    officer.choose(advice="taken", defence_raised="no", offered_first="no").type(adult_name="Vera Brook")
    officer.day(said_on=today, advice_on=today).press("Save and continue")
    officer.choose(is_there="no").press("Save and continue").press("Continue to check your answers")
    officer.press("Send the referral to the YOT").reads("The interview record")
    officer.type(**{"override-interview_record": "It is being typed."}).press("Go on with these reasons")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("Referral sent")


def test_the_link_of_an_error_puts_the_cursor_into_the_field_also_of_a_date(page: Page) -> None:
    officer = Desk(page, "officer").press("Refer a child").press("Save and continue")
    officer.follow("Enter the child's date of birth")
    expect(page.locator("#date_of_birth-day")).to_be_focused()


def test_signing_in_needs_no_mouse(page: Page) -> None:
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "email":
            break
    page.keyboard.type("officer@kelder.example")
    page.keyboard.press("Tab")
    page.keyboard.type("keel street panel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")


def test_the_pages_that_say_no_have_no_barrier_and_keep_what_was_typed(page: Page) -> None:
    officer = Desk(page, "officer")
    for path in ("/cases/NK-ZZZZZZ", "/accounts"):
        page.goto(path)
        axe(page)
    officer.open("/referrals/new").type(given_name="Kept", surname="Text")
    page.evaluate("document.querySelector('main [name=csrf_token]').value = 'forged'")
    officer.press("Save and continue").reads("Kept")
    axe(page)


def test_the_register_of_placements_fits_a_phone_and_has_no_barrier(open_window: Opener) -> None:
    for size, name in ((PHONE, "phone"), (DESK, "desk")):
        manager = Desk(open_window(viewport=size), "manager")
        manager.open("/placements")
        _looked_at(manager, f"placements-{name}")
        manager.follow("Orchard Farm")
        _looked_at(manager, f"placement-{name}")
        manager.press("Change this placement").type(capacity="0").press("Save the placement")
        manager.reads("Children in one session must be 1 or more")
        _looked_at(manager, f"placement-change-{name}")


def test_proposing_a_step_from_the_library_needs_no_script(
    open_window: Opener, page_without_scripts: Page, site: Site
) -> None:
    with Session(site.engine) as db:
        query = select(Referral.reference).join(User, col(User.id) == Referral.case_manager_id)
        query = query.where(User.email == address("caseworker"), Referral.status == Status.ACCEPTED)
        base = f"/cases/{db.exec(query.limit(1)).one()}/assessment"
    phone = Desk(open_window(viewport=PHONE), "caseworker")
    for path in ("/library", "/step?entry=doorstep_curfew", "/step?entry=indirect_reparation", "/step"):
        phone.open(base + path)
        _looked_at(phone, f"library{path.replace('/', '-').replace('?entry=', '-')}")
    worker = Desk(page_without_scripts, "caseworker").open(base + "/library")
    worker.choose(object="rehabilitative").type(q="cannabis").press("Search").reads("1 found")
    worker.follow("Sessions about substance use").type(what="Drugs awareness").press("Save this step")
    worker.reads("only names a topic. Say what the child does and works on")
    screenshot(worker.page, "library-refused")


def _looked_at(desk: Desk, name: str) -> None:
    fits(desk.page)
    axe(desk.page)
    screenshot(desk.page, name)
