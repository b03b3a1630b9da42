"""A list of the force from the file to its report and back, as a manager walks it."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session, col, select

from panel import clock
from panel.accounts.models import Area
from panel.db import transaction
from panel.forces.models import Force, ForceArea
from panel.lists import checking, importing, undoing
from panel.police.models import PoliceList
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.support.browsing import DESK, PHONE, Site, axe, screenshot
from tests.support.lists import as_csv, rows


def given_a_force(site: Site) -> None:
    """Every area without a force gets one."""
    with transaction(site.engine) as db:
        held = set(db.exec(select(ForceArea.area_id)))
        areas = [number for number in db.exec(select(Area.id)) if number not in held]
        if areas:
            made = Force(name="Kelder Constabulary (lists)", code="13")
            db.add(made)
            db.flush()
            db.add_all(ForceArea(force_id=made.id, area_id=number) for number in areas)


def work(site: Site) -> None:
    """What the worker does with the newest list."""
    with Session(site.engine) as db:
        one = db.exec(select(PoliceList).order_by(col(PoliceList.id).desc())).first()
    assert one is not None
    checking.check_list(site.engine, one.id, one.by_id, one.mapping["turn"], now=clock.now)
    importing.import_list(site.engine, one.id, one.by_id, now=clock.now)
    undoing.undo_list(site.engine, one.id, one.by_id, now=clock.now)


def looker(desk: Desk, name: str) -> Callable[[str], None]:
    """Looks at a page: it fits, has no barrier, and its picture is kept."""

    def look(what: str) -> None:
        page = desk.page
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
        axe(page)
        screenshot(page, f"list-{name}-{what}")

    return look


def journey(desk: Desk, site: Site, folder: Path, name: str) -> None:
    """Send, name the columns and words, look, confirm, read, take back."""
    file, look = folder / "list.csv", looker(desk, name)
    table = [*rows(3), *rows(1, DOB="41/02/2011"), *rows(1, Disposal="Zap", Surname="Hale")]
    file.write_text(as_csv(table), newline="")
    desk.open("/police/lists")
    look("index")
    desk.press("Import a list")
    desk.press("Look at the file").reads("Choose the list")
    look("send-error")
    desk.page.locator('main [name="list"]').set_input_files(file)
    desk.press("Look at the file").reads("For example: CR")
    look("columns")
    desk.pick(column_6="Date of birth").press("Check every row").reads(
        "Two columns are chosen as: date of birth"
    )
    look("columns-error")
    desk.pick(column_6="Crime reference").press("Check every row").reads("“Zap”")
    look("words")
    desk.pick(word_outcome_0="Community resolution").press("Check every row").reads(
        "0 of 5 rows are checked."
    )
    look("checking")
    work(site)
    desk.open(desk.page.url).reads("Import the 4 good rows and leave 1 with mistakes out")
    look("checked")
    address = desk.page.url
    desk.follow("1 row").reads("This cannot be read as a day")
    look("rows")
    desk.open(address).choose(how="good").press("Import").reads("0 of 4 rows are imported.")
    work(site)
    desk.open(address).reads("What the rows are")
    look("done")
    desk.follow("Take this list back").type(reason="It was the wrong month").press("Take the list back")
    work(site)
    desk.open(address).reads("4 rows")
    look("undone")


def test_a_manager_imports_a_list_and_takes_it_back_on_a_phone(
    open_window: Opener, site: Site, tmp_path: Path
) -> None:
    given_a_force(site)
    journey(Desk(open_window(viewport=PHONE), "manager"), site, tmp_path, "phone")


def test_the_same_without_scripts_on_a_desk(open_window: Opener, site: Site, tmp_path: Path) -> None:
    given_a_force(site)
    desk = Desk(open_window(viewport=DESK, java_script_enabled=False), "manager")
    file = tmp_path / "list.csv"
    file.write_text(as_csv(rows(2, Surname="Brook")), newline="")
    desk.open("/police/lists/new")
    desk.page.locator('main [name="list"]').set_input_files(file)
    desk.press("Look at the file").press("Check every row").reads("0 of 2 rows are checked.")
    work(site)
    desk.follow("Show how far it is").press("Import").reads("0 of 2 rows are imported.")
    work(site)
    desk.follow("Show how far it is").reads("What the rows are")


def test_the_page_follows_the_worker_by_itself(open_window: Opener, site: Site, tmp_path: Path) -> None:
    given_a_force(site)
    desk = Desk(open_window(viewport=DESK), "manager")
    file = tmp_path / "list.csv"
    file.write_text(as_csv(rows(3, Surname="Quill")), newline="")
    desk.open("/police/lists/new")
    desk.page.locator('main [name="list"]').set_input_files(file)
    desk.press("Look at the file").press("Check every row").reads("0 of 3 rows are checked.")
    work(site)
    desk.reads("All 3 rows that belong here are right.")
    screenshot(desk.page, "list-desk-checked")
