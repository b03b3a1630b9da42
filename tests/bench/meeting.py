"""`python -m tests.bench.meeting`: three members take the nine cases of the next panel, and we count.

Real browsers, the demonstration, one screen for each member. What people would talk about takes no time
here: what is measured is what the service itself asks for: time, page loads and clicks, by case and person.
"""

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from panel.run.upkeep import load_demonstration
from tests.browser.desk import Desk
from tests.browser.sitting import (
    MEMBERS,
    Room,
    next_meeting,
    open_the_meeting,
    recommended,
    record,
    say,
    write,
)
from tests.conftest import app_on
from tests.support import browsing, databases


def main() -> int:
    """Print one line for each member, and one for the meeting."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="panel-meeting-")))
        engine = stack.enter_context(databases.open_engine(f"sqlite:///{folder}/panel.db"))
        databases.migrate(engine)
        load_demonstration(engine)
        (app,) = app_on(engine, folder)
        app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
        site = stack.enter_context(browsing.Site(app).open())
        browser = stack.enter_context(browsing.chromium())
        meeting, cases = next_meeting(site, stack.enter_context(pytest.MonkeyPatch.context()))
        desks = {key: Desk(stack.enter_context(browsing.window(browser, site.url)), key) for key in MEMBERS}
        room = Room(meeting, cases, desks)
        open_the_meeting(room)
        for key in MEMBERS:
            room[key].open(f"/meetings/{meeting}")
        room.count()
        began = time.perf_counter()
        for case in cases:
            take(room, site, case)
        took = time.perf_counter() - began
    for key, effort in room.efforts.items():
        loads, clicks = effort.loads / len(cases), effort.clicks / len(cases)
        print(f"{key:10} {loads:5.1f} page loads and {clicks:5.1f} clicks for each case")
    print(f"{len(cases)} cases in {took:.0f} s, {took / len(cases):.1f} s each.")
    return 0


def take(room: Room, site: browsing.Site, case: str) -> None:
    """Everybody goes on to the next case and says what they think; the chair writes and records it."""
    outcome = recommended(site, case)
    for key in MEMBERS:
        desk = room[key]
        if f"/cases/{case}/" not in desk.page.url:
            desk.press("Next case")
        say(desk, outcome)
    chair = room["chair"]
    write(chair, outcome, reasons="It fits what was found, and the child's efforts.")
    record(chair)
    chair.reads("The whole record of decision")


if __name__ == "__main__":
    sys.exit(main())
