"""The pages of contacts, the child's own plan and what the family takes home."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from panel.contacts.models import Contact
from panel.db import transaction
from panel.victims.models import Victim
from panel.web import PanelApp
from tests.support import planned
from tests.support.assessed import enter
from tests.support.given import GIVEN_AT
from tests.support.planned import THURSDAY, boxes
from tests.support.world import World, build
from workflows.vocabulary import Outcome

OFFER = {
    "kind": "session",
    "step_place": "1",
    "on": boxes(THURSDAY),
    "starts": "16:00",
    "minutes": "60",
    "where_at": "Youth centre, Mill Lane",
    "times": "3",
}


@pytest.fixture
def app(sqlite_app: PanelApp, monkeypatch: pytest.MonkeyPatch) -> PanelApp:
    """The application on the day after the disposal was given."""
    clock(monkeypatch, GIVEN_AT + timedelta(days=1))
    return sqlite_app


def clock(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: now)


def made(app: PanelApp, stage: Any = planned.under_way, **more: Any) -> str:
    """The address of a case at one stage."""
    with transaction(app.engine) as db:
        return f"/cases/{stage(db, build(db), **more).reference}"


def test_a_worker_offers_a_series_notes_what_became_of_it_and_the_counts_open(
    app: PanelApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = made(app)
    worker = enter(app, "case_manager")
    page = worker.follow(worker.send(f"{case}/contacts/offer", OFFER))
    assert "3 appointments offered." in page.text
    assert page.links["Offered: 3"].endswith("/contacts?state=offered")
    clock(monkeypatch, planned.AFTER)
    worker = enter(app, "case_manager")
    with Session(app.engine) as db:
        first, second, _ = db.exec(select(Contact).order_by(Contact.starts_at)).all()  # type: ignore[arg-type]
    missed = {"became": "missed", "reason_code": "did_not_come"}
    page = worker.follow(worker.send(f"{case}/contacts/{first.id}/note", missed))
    assert "Missed: 1" in page.links
    assert "The child did not come and gave no reason (fault: the child's)" in page.text
    page = worker.send(f"{case}/contacts/{second.id}/note", {"became": "attended", "done": "x"}, status=409)
    assert "has not begun yet" in page.text
    moved = {"on": boxes(THURSDAY + timedelta(days=8)), "reason_code": "asked_for_another"}
    page = worker.follow(worker.send(f"{case}/contacts/{second.id}/move", moved))
    assert "The appointment was moved." in page.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": None}, "Say what kind of contact it is"),
        ({"starts": "4 pm"}, "Must be a time, such as 16:30"),
        ({"where_at": ""}, "Say where it is"),
        ({"times": "31"}, "At most 30 appointments are planned in one go"),
        ({"on": ["31", "2", "2027"]}, "must be a real date"),
    ],
)
def test_what_is_missing_is_said_at_its_field(app: PanelApp, change: dict[str, Any], sentence: str) -> None:
    case = made(app)
    worker = enter(app, "case_manager")
    page = worker.send(f"{case}/contacts/offer", OFFER | change, status=422)
    assert any(sentence in line for line in page.errors)


def test_what_is_missing_is_listed_in_the_order_of_the_page(app: PanelApp) -> None:
    case = made(app)
    worker = enter(app, "case_manager")
    page = worker.send(f"{case}/contacts/offer", dict.fromkeys(OFFER, ""), status=422)
    assert [line.split()[-1] for line in page.errors[:5]] == ["is", "day", "time", "minutes", "is"]
    assert page.errors[0] == "Say what kind of contact it is"


def test_school_hours_are_a_warning_that_gives_way_to_a_reason(app: PanelApp) -> None:
    case = made(app)
    worker = enter(app, "case_manager")
    page = worker.send(f"{case}/contacts/offer", OFFER | {"starts": "11:00"}, status=409)
    assert "falls into school hours" in page.text
    why = {"override-not_in_school": "The school sends him to us"}
    assert worker.send(page, why).status == 303


def test_what_does_not_fit_is_asked_added_and_taken_away(app: PanelApp) -> None:
    case = made(app, planned.notified)
    worker = enter(app, "case_manager")
    worker.send(f"{case}/availability", {"at_school": "no", "note": "They have no car"})
    faith = {"kind": "faith", "weekday": "4", "starts": "12:30", "ends": "14:00"}
    page = worker.follow(worker.send(f"{case}/availability/add", faith))
    assert "Fridays, 12:30 to 14:00: faith: worship or a holy day" in page.text
    bad = worker.send(f"{case}/availability/add", faith | {"ends": "12:30"}, status=422)
    assert bad.errors == ["Until must be after the time from which"]
    page = worker.follow(worker.send(page, action="/remove"))
    assert "No time of the week was named." in page.text


@pytest.mark.parametrize(
    ("key", "status"),
    [("case_manager", 200), ("manager", 200), ("inspector", 200), ("board", 403), ("admin", 403)],
)
def test_who_reads_contacts(app: PanelApp, key: str, status: int) -> None:
    case = made(app, planned.with_contact)
    enter(app, key).open(f"{case}/contacts", status=status)


def test_a_stranger_finds_nothing_and_an_inspector_offers_nothing(app: PanelApp) -> None:
    case = made(app, planned.with_contact)
    stranger = enter(app, "far_case_manager")
    for path in ("contacts", "my-plan", "contacts/calendar.ics", "contacts/calendar.pdf", "availability"):
        stranger.open(f"{case}/{path}", status=404)
    enter(app, "inspector").open(f"{case}/contacts/offer", status=403)


def test_a_race_is_told_to_the_second_one(app: PanelApp) -> None:
    case = made(app)
    worker = enter(app, "case_manager")
    early = worker.open(f"{case}/contacts/offer")
    worker.send(f"{case}/contacts/offer", OFFER)
    worker.send(early, OFFER, status=409)


def test_my_contacts_say_what_is_today_and_what_waits(app: PanelApp, monkeypatch: pytest.MonkeyPatch) -> None:
    made(app, planned.with_contact)
    worker = enter(app, "case_manager")
    page = worker.open("/contacts")
    assert "You have no appointment today." in page.text
    assert "Robin Fielding" in page.text
    clock(monkeypatch, planned.AFTER)
    worker = enter(app, "case_manager")
    assert "Write down what became of them (1)" in worker.open("/contacts").text


def test_my_plan_says_what_who_where_when_and_the_next_appointment_and_nothing_else(app: PanelApp) -> None:
    case = made(app, planned.with_contact)
    page = enter(app, "case_manager").open(f"{case}/my-plan")
    assert page.heading == "My plan"
    assert "Thursday 19 November 2026 at 16:00" in page.text
    assert "Help to repaint bus shelters" in page.text
    assert "With Priya Nair" in page.text
    for word in ("risk", "safety", "reoffending", "rehabilitation", "Criminal damage"):
        assert word not in page.text


def test_the_calendar_file_names_no_offence_and_its_sequence_rises(app: PanelApp) -> None:
    case = made(app, planned.with_contact)
    worker = enter(app, "case_manager")
    before = _events(worker, case)
    assert [str(e["SUMMARY"]) for e in before] == ["Appointment with the youth justice team"]
    assert [str(e["LOCATION"]) for e in before] == ["Youth centre, Mill Lane"]
    raw = worker.client.get(f"{case}/contacts/calendar.ics").get_data(as_text=True)
    for word in (case.split("/")[-1], "Robin", "Fielding", "damage", "caution"):
        assert word not in raw
    (number,) = _numbers(app)
    worker.send(f"{case}/contacts/{number}/move", {"where_at": "Library", "reason_code": "place_closed"})
    (after,) = _events(worker, case)
    assert (after["UID"], after["SEQUENCE"]) == (before[0]["UID"], before[0]["SEQUENCE"] + 1)


def test_a_cancelled_appointment_stays_in_the_calendar_as_cancelled(app: PanelApp) -> None:
    case = made(app, planned.with_contact)
    worker = enter(app, "case_manager")
    (number,) = _numbers(app)
    worker.send(f"{case}/contacts/{number}/note", {"became": "cancelled", "reason_code": "worker_away"})
    (event,) = _events(worker, case)
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "LOCATION" not in event, "it may have been called off because of the place"


def test_the_calendar_file_is_stopped_by_an_appointment_that_is_over_too(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world: World = build(db)
        referral = planned.under_way(db, world, Outcome.YCC, victim=True)
        contact = planned.offered(db, world, referral)
        victim = db.exec(select(Victim)).first()
        assert victim is not None
        contact.where_at, contact.starts_at = f"The house of {victim.name}", GIVEN_AT
        case, name = f"/cases/{referral.reference}", victim.name
    page = enter(app, "case_manager").open(f"{case}/contacts/calendar.ics")
    assert page.heading == "This is not shown to the child"
    assert name not in page.text


def test_papers_for_the_family_are_one_side_each(app: PanelApp) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    case = made(app, planned.with_contact)
    worker = enter(app, "case_manager")
    for path in ("my-plan.pdf", "contacts/calendar.pdf", "plan/print.pdf"):
        data = worker.client.get(f"{case}/{path}").get_data()
        reader = PdfReader(BytesIO(data))
        assert len(reader.pages) == 1, path
        text = reader.pages[0].extract_text()
        assert "Criminal damage" not in text


def test_nothing_that_tells_of_the_victim_is_shown_to_the_child(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world: World = build(db)
        referral = planned.under_way(db, world, Outcome.YCC, victim=True)
        contact = planned.offered(db, world, referral)
        victim = db.exec(select(Victim)).first()
        assert victim is not None
        contact.where_at = f"The house of {victim.name}"
        case, name = f"/cases/{referral.reference}", victim.name
    worker = enter(app, "case_manager")
    for path in ("my-plan", "my-plan.pdf", "contacts/calendar.pdf", "contacts/calendar.ics"):
        page = worker.open(f"{case}/{path}")
        assert page.heading == "This is not shown to the child"
        assert name not in page.text


def _numbers(app: PanelApp) -> list[int]:
    with Session(app.engine) as db:
        return list(db.exec(select(Contact.id)).all())


def _events(worker: Any, case: str) -> list[Any]:
    data = worker.client.get(f"{case}/contacts/calendar.ics").get_data()
    return list(Calendar.from_ical(data).walk("VEVENT"))
