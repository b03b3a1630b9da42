"""A panel that sits: chair, police and victim worker take cases one after another, each at a screen."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from panel.accounts.models import Area
from panel.assessments.models import Assessment
from panel.meetings.models import AgendaItem, Meeting
from panel.referrals.models import Offence, Referral
from tests.browser.desk import Desk
from tests.support.browsing import Site
from workflows.case import Status
from workflows.meeting import Status as MeetingStatus
from workflows.vocabulary import CAUTIONS, Admission, Outcome, words

MEMBERS = ("chair", "seconded", "victims")


@dataclass
class Effort:
    """What somebody did: pages loaded, and clicks on links, buttons and choices."""

    loads: int = 0
    clicks: int = 0


@dataclass
class Room:
    """The next meeting of the north, on its day at ten, with everybody in front of a screen of their own."""

    meeting: str
    cases: tuple[str, ...]
    desks: dict[str, Desk]
    efforts: dict[str, Effort] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Desk:
        """Somebody's window."""
        return self.desks[key]

    def count(self) -> None:
        """Begin to count what everybody loads and clicks, by what reaches the browser itself."""
        for key, desk in self.desks.items():
            effort = self.efforts[key] = Effort()
            _watch(desk, effort)


def _watch(desk: Desk, effort: Effort) -> None:
    def clicked(_source: object) -> None:
        effort.clicks += 1

    def loaded(_page: object) -> None:
        effort.loads += 1

    desk.page.on("domcontentloaded", loaded)
    desk.page.expose_binding("countClick", clicked)
    desk.page.add_init_script("addEventListener('pointerdown', () => countClick(), true)")


def next_meeting(site: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[str, tuple[str, ...]]:
    """The reference of the next meeting and of its cases; from now on it is ten o'clock on its day."""
    with Session(site.engine) as db:
        meetings = select(Meeting).join(Area, col(Area.id) == Meeting.area_id).order_by(col(Meeting.held_on))
        meetings = meetings.where(Area.code == "NK", Meeting.status == MeetingStatus.PLANNED)
        meeting = db.exec(meetings.limit(1)).one()
        cases = select(Referral.reference).join(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
        found = tuple(db.exec(cases.where(Referral.status == Status.LISTED).order_by(col(AgendaItem.place))))
    now = datetime.combine(meeting.held_on, time(10, 2), UTC)
    monkeypatch.setattr("panel.clock.now", lambda: now)
    return meeting.reference, found


def open_the_meeting(room: Room) -> None:
    """The chair opens it and says that all three are here."""
    chair = room["chair"].open(f"/meetings/{room.meeting}")
    chair.press("Open the meeting")
    chair.pick(yot_manager="Alan Pike", police="Sam Reed", victim_worker="Nadia Khan")
    chair.press("Save who is here").reads("The panel is complete")


def speak(desk: Desk, case: str, words: str, why: str = "") -> None:
    """Somebody opens the case on their own screen and says what they think."""
    desk.open(f"/cases/{case}/panel")
    say(desk, words, why)


def say(desk: Desk, words: str, why: str = "") -> None:
    """Take a position on the page that is open."""
    desk.pick(outcome=words)
    if why:
        desk.type(comment=why)
    desk.press("Save the position")
    expect(desk.page.locator("main")).to_contain_text("The position has been saved")


def recommended(site: Site, case: str) -> str:
    """What the assessment recommends; a diversion where the law asks for an admission that is not there."""
    query = select(Assessment.recommended).join(Referral).where(Referral.reference == case)
    said = select(Offence.admission).join(Referral).where(Referral.reference == case)
    with Session(site.engine) as db:
        outcome = Outcome(db.exec(query).one())
        admitted = set(db.exec(said)) == {Admission.FULL}
    return words(outcome if admitted or outcome not in CAUTIONS else Outcome.O22)


def write(chair: Desk, outcome: str, *, reasons: str) -> None:
    """The chair writes what was agreed and goes on to read it aloud."""
    write_here(chair.press("Write the decision"), outcome, reasons=reasons)
    chair.reads("Read the decision aloud")


def write_here(chair: Desk, outcome: str, *, reasons: str) -> None:
    """The same on the page that is open already."""
    offences = chair.page.locator("main fieldset", has=chair.page.locator('[name^="outcome_"]'))
    expect(offences.first).to_be_visible()  # `all` does not wait for the page
    for choices in offences.all():
        choices.get_by_label(outcome, exact=True).check()
    chair.type(reasons=reasons).press("Save and check")


def record(chair: Desk) -> None:
    """The chair records what was read; guidance that speaks against it is overridden with a reason."""
    button = chair.page.get_by_role("button", name="Record the decision")
    stands_against = chair.page.locator("main .app-refusals")
    expect(button.or_(stands_against).first).to_be_visible()  # the page may still be on its way
    for why in chair.page.locator('main [name^="override-"]').all():
        why.fill("Agreed by all three members: it fits what was found.")
    assert button.count(), stands_against.inner_text()
    chair.press("Record the decision")
