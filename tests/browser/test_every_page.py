"""Each page that a link leads to, as the first role that reaches it: it fits a phone and has no barrier."""

from urllib.parse import urlsplit

from playwright.sync_api import Error, Page
from sqlmodel import Session, func, select
from werkzeug.exceptions import HTTPException

from panel.accounts.models import Area
from panel.meetings.models import Meeting
from panel.referrals.models import Referral
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import PHONE, Site, axe

ROLES = (
    *("manager", "seconded", "caseworker", "victims", "officer"),
    *("scrutineer", "liaison", "inspector", "board", "admin"),
)
SEE_CASES = ROLES[:5]
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"


def one_of_each(site: Site) -> list[str]:
    """The pages of one case in each state and of one meeting in each, for what only their pages link to."""
    with Session(site.engine) as db:
        north = select(Area.id).where(Area.code == "NK").scalar_subquery()
        one_case = select(func.min(Referral.reference)).where(Referral.area_id == north)
        cases = db.exec(one_case.group_by(Referral.status)).all()
        one_meeting = select(func.min(Meeting.reference)).where(Meeting.area_id == north)
        meetings = db.exec(one_meeting.group_by(Meeting.status)).all()
    tabs = ("", "/panel", "/disposal", "/plan", "/assessment")
    return [f"/cases/{case}{tab}" for case in cases for tab in tabs] + [f"/meetings/{m}" for m in meetings]


def endpoint(site: Site, path: str) -> str:
    """The name of the page at this address; empty when it is none, or none of ours."""
    try:
        name, _ = site.app.url_map.bind("localhost").match(path, "GET")
    except HTTPException:
        return ""
    return str(name)


def leads_to(page: Page) -> list[str]:
    """The addresses on this service to which a page links, without what follows a question mark."""
    return [path for path in (urlsplit(href).path for href in page.evaluate(LINKS)) if path.startswith("/")]


def opened(page: Page, path: str) -> bool:
    """Open an address; false when a file comes, or a page that this role may not see."""
    try:
        reply = page.goto(path)
    except Error as trouble:
        if "Download is starting" not in str(trouble):
            raise
        return False
    return reply is not None and reply.status == 200 and "html" in reply.headers.get("content-type", "")


def test_every_page_that_a_link_leads_to_fits_a_phone_and_has_no_barrier(
    open_window: Opener, site: Site
) -> None:
    seen: set[str] = set()
    wrong: list[str] = []
    starts = one_of_each(site)
    for role in ROLES:
        desk = Desk(open_window(viewport=PHONE), role)
        known = dict.fromkeys(("/", *(starts if role in SEE_CASES else ())))
        to_go = [*known]
        while to_go:
            path = to_go.pop(0)
            name = endpoint(site, path)
            old = name in seen and path != "/"
            if not name or (old and path not in starts) or not opened(desk.page, path):
                continue
            if not old:
                seen.add(name)
                wrong += barriers(desk.page, f"{role} at {name} ({path})")
            fresh = [link for link in dict.fromkeys(leads_to(desk.page)) if link not in known]
            known |= dict.fromkeys(fresh)
            to_go += fresh
    print(f"{len(seen)} pages")  # noqa: T201 - how much was looked at
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= 130


def barriers(page: Page, where: str) -> list[str]:
    """What is wrong with a page, said with where it is."""
    found = []
    for check in (fits, axe):
        try:
            check(page)
        except AssertionError as wrong:
            found.append(f"{where}: {check.__name__}: {str(wrong)[:600]}")
    return found
