"""Two records side by side on a phone, with the keyboard: the same, and taken back."""

from datetime import date, timedelta

from playwright.sync_api import expect
from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Area, User
from panel.demo.people import address
from panel.forces.models import Force
from panel.linking.actions import link_all
from panel.police.actions import fresh, hear
from panel.police.commands import DisposalSaid
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import PHONE, Site, axe, screenshot
from tests.support.police import GIVEN, said
from tests.support.world import NOW
from workflows.police import Heard

HOME = {"address": "12 Mill Road", "postcode": "ZZ1 1AA", "given_name": "Kayden", "surname": "Marlow"}


def waiting_pair(site: Site) -> None:
    """What stands on the list, and what an officer told of a child with another birthday."""
    with Session(site.engine) as db:
        area = db.exec(select(Area.id).where(Area.code == "NK")).one()
        user = db.exec(select(User).where(User.email == address("manager"))).one()
        by = Actor(user.id, user.name, (), {})
        force = db.exec(select(Force)).first() or Force(name="Kelder Constabulary", code="13")
        db.add(force)
        db.flush()
        known: DisposalSaid = said(**HOME | {"date_of_birth": date(2009, 12, 30), "crime_reference": ""})
        hear(db, known, force_id=force.id, area_id=area, how=Heard.FORM, by=by, at=NOW, said_on=GIVEN)
        row = fresh(said(**HOME), force_id=force.id, area_id=area, at=NOW)
        row.listed_on = GIVEN + timedelta(days=20)
        db.add(row)
        db.flush()
        link_all(db, [row.id], by=by, at=NOW)
        db.commit()


def test_a_pair_is_looked_at_decided_and_taken_back_on_a_phone(open_window: Opener, site: Site) -> None:
    waiting_pair(site)
    desk = Desk(open_window(viewport=PHONE), "manager")
    desk.open("/police/pairs").look("Is it the same?")
    fits(desk.page)
    desk.follow("Kayden Marlow").look("Is it the same?")
    fits(desk.page)
    screenshot(desk.page, "pair-phone")
    expect(desk.page.get_by_role("row", name="Date of birth Different")).to_be_visible()
    desk.page.get_by_label("The same", exact=True).focus()
    desk.page.keyboard.press("Space")
    desk.press("Save")
    expect(desk.page.get_by_role("alert")).to_contain_text("The two are linked")
    axe(desk.page)
    desk.press("Take the decision back").look("Take the decision back")
    fits(desk.page)
    desk.page.get_by_label("Why do you take it back?").fill("Two brothers.")
    desk.press("Take the decision back")
    expect(desk.page.get_by_text("Two brothers.")).to_be_visible()
