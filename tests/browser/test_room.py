"""The panel in the room: three members at three screens, a fourth who steps in, and the big screen."""

from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.sitting import (
    MEMBERS,
    Room,
    next_meeting,
    open_the_meeting,
    recommended,
    record,
    say,
    speak,
    write,
    write_here,
)
from tests.browser.test_everywhere import fits
from tests.support.browsing import PHONE, Site, axe, screenshot

SIZES = {
    "chair": {"width": 1440, "height": 900},
    "seconded": {"width": 820, "height": 1180},
    "victims": PHONE,
    "victims2": {"width": 820, "height": 1180},
    "screen": {"width": 1920, "height": 1080},
}
PICTURES = count(1)


def looked_at(desk: Desk, what: str) -> Desk:
    """Nothing on the page is a barrier, it fits, and there is a picture of it."""
    axe(desk.page)
    fits(desk.page)
    screenshot(desk.page, f"room-{next(PICTURES):02}-{desk.key}-{what}")
    return desk


@pytest.fixture
def room(open_window: Opener, site: Site, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Tuesday at ten: the papers lie ready, everybody has signed in, nobody has said anything."""
    meeting, cases = next_meeting(site, monkeypatch)
    assert len(cases) == 9
    desks = {key: Desk(open_window(viewport=SIZES[key]), key) for key in (*MEMBERS, "victims2")}
    return Room(meeting, cases, desks)


def test_three_members_at_three_screens_decide_and_one_of_them_steps_back(
    room: Room, open_window: Opener, site: Site
) -> None:
    chair, police, victims, stand_in = (room[key] for key in (*MEMBERS, "victims2"))
    wall = Desk(open_window(viewport=SIZES["screen"]), "chair")
    open_the_meeting(room)
    looked_at(chair, "meeting").reads("9 cases").press("Next case")
    first, second, third = room.cases[:3]
    outcome = recommended(site, first)
    wall.open(f"/cases/{first}/panel/screen").reads("Case 1 of 9")
    looked_at(wall, "nobody-has-spoken")

    # Each speaks on their own screen; the others see it without reloading, and read it when they have spoken.
    speak(police, first, outcome, "It is the first time.")
    looked_at(police, "has-spoken")
    expect(chair.page.locator("[data-live]")).to_contain_text("Sam Reed")
    expect(chair.page.locator("[data-live]")).not_to_contain_text("It is the first time.")
    say(chair, outcome)
    chair.reads("It is the first time.")
    speak(victims, first, outcome, "A letter would help.")
    looked_at(victims, "has-spoken")
    expect(chair.page.locator("[data-live]")).to_contain_text("A letter would help.")
    expect(wall.page.locator("[data-live]")).to_contain_text("A letter would help.")
    looked_at(wall, "all-have-spoken")

    # While the chair writes, the victim worker finds that she knows the family: no decision, nothing lost.
    chair.press("Write the decision").reads("Nothing is decided until")
    victims.follow("Declare a conflict of interest").choose(kind="knows").type(text="We are neighbours.")
    looked_at(victims, "declares")
    victims.press("Declare the conflict").reads("You take no part in this case")
    write_here(chair, outcome, reasons="What we all said.")
    chair.reads("The panel is not complete")
    looked_at(chair, "not-complete")
    victims.open(f"/cases/{first}/panel").reads("conflict of interest")
    looked_at(victims, "shut-out")
    assert victims.page.get_by_role("button", name="Save the position").count() == 0

    # Somebody else takes the seat for this case only, reads the same papers, and speaks.
    chair.open(f"/cases/{first}/panel").reads("Takes no part").follow("Say who acts in this case instead")
    looked_at(chair, "who-acts").pick(victim_worker="Joy Lamb").press("Save").reads("for this case only")
    speak(stand_in, first, outcome, "I have read it all.")
    chair.press("Write the decision")
    expect(chair.page.locator('main [name="reasons"]')).to_have_value("What we all said.")
    chair.press("Save and check").reads("I have read it all.")
    looked_at(chair, "read-aloud")
    record(chair)
    looked_at(chair.reads("Joy Lamb"), "recorded")
    expect(wall.page.locator("main")).to_contain_text("Show it")
    wall.follow("Show it").reads("Decided: ")
    looked_at(wall, "decided").press("Next case").reads("Case 2 of 9")

    # In the next case she counts again. Two windows of the chair record it: one does, the other says so.
    chair.press("Next case")
    expect(chair.page).to_have_url(f"{site.url}/cases/{second}/panel")
    outcome = recommended(site, second)
    for desk in (police, victims):
        speak(desk, second, outcome)
    say(chair, outcome)
    write(chair, outcome, reasons="It fits.")
    other = Desk(open_window(viewport=SIZES["chair"]), "chair").open(f"/cases/{second}/panel/check")
    record(chair)
    record(other)
    looked_at(other, "too-late").follow("does not wait for a panel now").look("What the panel decided")
    chair.reads("The whole record of decision")

    # A member whose browser runs no scripts reloads to see what is new.
    plain = Desk(open_window(java_script_enabled=False, viewport=SIZES["seconded"]), "seconded")
    plain.open(f"/cases/{third}/panel").reads("Nobody has taken a position yet")
    outcome = recommended(site, third)
    speak(victims, third, outcome, "As it is recommended.")
    say(plain, outcome)
    plain.reads("As it is recommended.")
    chair.press("Next case")
    say(chair, outcome, "So do I.")
    plain.follow("Show what is new").reads("So do I.")
    fits(plain.page)
