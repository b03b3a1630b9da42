"""The pages on which meetings are planned in series, changed, answered and put in order."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.accounts.models import Membership
from panel.db import transaction
from panel.meetings.models import AgendaItem, Meeting, Member, OutsidePerson
from panel.notifications.invitations import Invitation, Kind
from panel.web import PanelApp
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.assessed import assessed, enter
from tests.support.decided import SEATS, listed, open_meeting, planned
from tests.support.world import NOW, World, build
from workflows.meeting import Reply
from workflows.roles import Role

RULE = {
    "weekday": "friday",
    "rhythm": "week",
    "start": ["14", "12", "2026"],
    "until": ["8", "1", "2027"],
    "on_holiday": "move",
}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def meetings(engine: Engine) -> list[Meeting]:
    with Session(engine) as db:
        return list(db.exec(select(Meeting).order_by(col(Meeting.held_on))))


def begun(engine: Engine) -> tuple[World, str]:
    with transaction(engine) as db:
        world = build(db)
        return world, planned(db, world).reference


def test_a_series_is_planned_in_two_pages_and_a_day_is_left_out(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
    manager = enter(app, "manager")
    days = manager.follow(manager.send("/meetings/series", RULE))
    assert days.heading == "The days of the series"
    assert "because Friday 25 December 2026 is a bank holiday (Christmas Day)" in days.text
    assert "Friday 1 January 2027 is a bank holiday" in days.text
    ticked = days.form(button="Plan these meetings").filled["days"]
    assert ticked == ["2026-12-18", "2026-12-29", "2027-01-04", "2027-01-08"]
    people = {seat: str(world.users[key]) for seat, key in SEATS.items()}
    answers = people | {"starts_at": "10:00", "location": "Room 2", "days": [*ticked[:1], *ticked[2:]]}
    done = manager.follow(manager.send(days, answers))
    assert "3 meetings have been planned" in done.text
    assert [m.held_on for m in meetings(app.engine)] == [
        date(2026, 12, 18),
        date(2027, 1, 4),
        date(2027, 1, 8),
    ]


def test_what_is_wrong_with_a_series_is_said_at_its_field(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        build(db)
    manager = enter(sqlite_app, "manager")
    endless = manager.send("/meetings/series", RULE | {"until": ["", "", ""]}, status=422)
    assert endless.errors == ["How many meetings or a last day must be given"]
    back = manager.send("/meetings/series", RULE | {"until": ["1", "12", "2026"]}, status=422)
    assert back.errors == ["How many meetings cannot be counted: the last day is before the first"]
    odd = manager.send("/meetings/series", RULE | {"times": "many"}, status=422)
    assert odd.errors == ["How many meetings must be a whole number, such as 12"]
    days = manager.follow(manager.send("/meetings/series", RULE))
    none = manager.send(days, {"days": None, "starts_at": "10:00", "location": "Room 2"}, status=422)
    assert "Tick at least one day" in none.errors
    assert manager.open("/meetings/series/days?start=rubbish", status=303).location == "/meetings/series"


def test_a_manager_of_several_areas_chooses_one(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        south = world.areas["south"]
        db.add(Membership(user_id=world.users["manager"], area_id=south, role=Role.YOT_MANAGER))
        for key, role in (("seconded", Role.SECONDED), ("victim_worker", Role.VICTIM_WORKER)):
            db.add(Membership(user_id=world.users[key], area_id=south, role=role))
    manager = enter(sqlite_app, "manager")
    for path in ("/meetings/new", "/meetings/series", "/meetings/people"):
        links = manager.open(path).links
        assert links["South Kelder"] == f"{path}?area={south}"
        assert "North Kelder" in links
    form = manager.open(f"/meetings/new?area={south}")
    assert "South Kelder" in form.text
    answers = {"held_on": ["24", "11", "2026"], "starts_at": "10:00", "location": "Room 9"}
    manager.send(
        form,
        answers
        | {seat: str(world.users[k]) for seat, k in SEATS.items() if k != "chair"}
        | {"yot_manager": str(world.users["manager"])},
    )
    assert [m.area_id for m in meetings(sqlite_app.engine)] == [south]
    for strange in ("/meetings/new?area=99", "/meetings/new?area=x"):
        manager.open(strange, status=404)
    enter(sqlite_app, "chair").open(f"/meetings/new?area={south}")
    assert "cases in South Kelder wait" in manager.open("/meetings").text


def test_a_meeting_is_changed_on_its_page_and_the_loser_of_a_race_sees_both_texts(app: PanelApp) -> None:
    _, reference = begun(app.engine)
    manager, chair = enter(app, "manager"), enter(app, "chair")
    base = f"/meetings/{reference}"
    late = chair.open(base + "/change")
    assert "following" not in late.form(button="Change the meeting").names, "it is in no series"
    page = manager.follow(manager.send(base + "/change", {"location": "Library", "starts_at": "14:00"}))
    assert page.heading == "Tuesday 17 November 2026 at 14:00"
    assert "Library. Alan Pike" in page.text
    lost = chair.send(late, {"location": "Station"}, status=409)
    assert "Library" in lost.text
    assert "Station" in lost.text
    page = manager.send(base + "/change", {"location": "", "joining": "http://x"}, status=422)
    assert page.errors == ["Link to join online must be an address that begins with https://"]


def test_the_link_to_join_is_shown_in_the_service_only(sqlite_app: PanelApp) -> None:
    _, reference = begun(sqlite_app.engine)
    manager, link = enter(sqlite_app, "manager"), "https://meet.example.test/j/9"
    page = manager.follow(manager.send(f"/meetings/{reference}/change", {"location": "", "joining": link}))
    assert page.links["Join online"] == link
    assert "Online. Alan Pike" in page.text
    with Session(sqlite_app.engine) as db:
        assert not [m for m in db.exec(select(Invitation)) if link in str(m.model_dump())]


def test_a_member_says_with_one_button_that_they_cannot_come(app: PanelApp) -> None:
    _, reference = begun(app.engine)
    base, member = f"/meetings/{reference}", enter(app, "seconded")
    page = member.follow(member.send(base, button="I cannot come"))
    assert "You have said that you cannot come." in page.text
    assert "Sam ReedNo deputy Cannot come" in page.text
    page = member.follow(member.send(page, button="I come"))
    assert "Sam ReedNo deputy Comes" in page.text
    manager = enter(app, "manager").open(base)
    assert "Do you come?" not in manager.text, "who is not invited is not asked"
    enter(app, "inspector").open(base)


def test_people_from_outside_are_added_invited_answered_for_and_ended(sqlite_app: PanelApp) -> None:
    _, reference = begun(sqlite_app.engine)
    manager, base = enter(sqlite_app, "manager"), f"/meetings/{reference}"
    assert "Nobody from outside can be invited yet" in manager.open("/meetings/people").text
    wrong = manager.send("/meetings/people", {"name": "Ivy Stone", "email": "no"}, status=422)
    assert wrong.errors == [
        "Choose the agency",
        "Email address must be an email address, like name@example.org",
    ]
    ivy = {"name": "Ivy Stone", "agency": "education", "email": "ivy@school.example.test"}
    page = manager.follow(manager.send("/meetings/people", ivy))
    assert "Education, ivy@school.example.test" in page.text
    with Session(sqlite_app.engine) as db:
        number = str(db.exec(select(OutsidePerson.id)).one())
    page = manager.follow(manager.send(base + "/members", {"guests": [number]}))
    assert "Education: Ivy Stone No answer yet" in page.text
    page = manager.follow(manager.send(page, button="Cannot come: Ivy Stone"))
    assert "Education: Ivy Stone Cannot come" in page.text
    manager.send("/meetings/people", action=f"/people/{number}/end")
    kept = manager.open(base + "/members").form(button="Save who is invited")
    assert kept.filled["guests"] == [number], "who is invited already stays"
    assert "Nobody from outside can be invited yet" in manager.open("/meetings/people").text
    assert "Ivy" not in enter(sqlite_app, "far_manager").open("/meetings/people").text


def test_a_wrong_chair_is_replaced_with_a_reason(sqlite_app: PanelApp) -> None:
    world, reference = begun(sqlite_app.engine)
    manager, base = enter(sqlite_app, "manager"), f"/meetings/{reference}"
    choice = {"chair_id": str(world.users["manager"])}
    assert manager.send(base + "/chair", choice, status=422).errors == ["Say why the chair changes"]
    page = manager.follow(manager.send(base + "/chair", choice | {"reason": "Alan is away"}))
    assert "Ruth Okoro is in the chair." in page.text
    with Session(sqlite_app.engine) as db:
        assert db.exec(select(Invitation).where(Invitation.kind == Kind.CHANGED)).first() is not None


def test_ready_cases_are_proposed_on_the_meeting_page_and_put_on_at_once(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
        reference = planned(db, world).reference
        cases = [assessed(db, world) for _ in range(2)]
        blocked = assessed(db, world)
        blocked.victim_identified = True
        names = [case.reference for case in cases]
        late = blocked.reference
    manager, base = enter(app, "manager"), f"/meetings/{reference}"
    page = manager.open(base)
    assert "Nearly ready" in page.text
    assert "has not dealt with every victim yet" in page.text
    form = page.form(button="Put these on the agenda")
    nothing = manager.follow(manager.send(page, button="Put these on the agenda"))
    assert "Tick at least one case" in nothing.text
    page = manager.follow(
        manager.send(manager.open(base), {"cases": names}, button="Put these on the agenda")
    )
    assert "2 cases put on the agenda." in page.text
    assert "2 of 9 places are taken." in page.text
    assert "2 cases left, about 12 minutes." in page.text
    data = {"csrf_token": form.filled["csrf_token"], "act_key": "k" * 24, "cases": [names[0], late]}
    answer = manager.client.post(f"{base}/ready", data=data)
    assert answer.status_code == 200
    assert "Some cases were not put on the agenda" in answer.text
    assert "Somebody was first" in answer.text
    with Session(app.engine) as db:
        assert len(db.exec(select(AgendaItem)).all()) == 2
    assert "Put these on" not in enter(app, "seconded").open(base).text


def test_the_order_is_changed_with_buttons_and_by_number(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
        meeting = planned(db, world)
        cases = [listed(db, world, meeting=meeting).reference for _ in range(3)]
        base = f"/meetings/{meeting.reference}"
    manager = enter(app, "manager")
    page = manager.open(base + "/agenda")
    assert "1. Robin Fielding (" in page.text
    assert "about 10:12" in page.text
    data = {"place": "3"}
    forms = [f for f in page.forms() if f.action.endswith(f"/{cases[0]}/place") and "Move" in f.buttons]
    sent = manager.client.post(forms[0].action, data=forms[0].filled | data)
    assert sent.status_code == 303
    assert f"{cases[0]} is at place 3 now." in manager.open(base + "/agenda").text
    order = manager.open(base + "/agenda").text
    assert order.index(cases[1]) < order.index(cases[2]) < order.index(cases[0])
    stale = manager.client.post(forms[0].action, data=forms[0].filled | {"act_key": "k" * 24})
    assert stale.status_code == 409
    wrong = next(f for f in manager.open(base + "/agenda").forms() if "Move" in f.buttons)
    answer = manager.client.post(wrong.action, data=wrong.filled | {"place": "first"})
    assert (answer.status_code, "Move to place must be a whole number" in answer.text) == (422, True)
    manager.send(base + "/agenda", button="Order by deadlines")


def test_a_case_is_taken_off_on_its_page(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        case = listed(db, world).reference
    manager = enter(sqlite_app, "manager")
    path = f"/cases/{case}/take-off"
    assert manager.send(path, {"reason": ""}, status=422).errors == ["Give a reason"]
    page = manager.follow(manager.send(path, {"reason": "The school needs a week more"}))
    assert "off the agenda" in page.text
    assert "cannot be taken off now" in manager.open(path).text


def test_an_open_meeting_says_who_is_here_and_leads_to_the_next_case(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        case = open_meeting(db, world).reference
    page = enter(sqlite_app, "chair").open(f"/meetings/{meetings(sqlite_app.engine)[0].reference}")
    assert (
        "Alan Pike (YOT manager), Sam Reed (Police) and Nadia Khan (Victim worker) are here. "
        "The panel is complete." in page.text
    )
    assert page.links["Next case"] == f"/cases/{case}/panel"
    assert "1 case left, about 6 minutes." in page.text


def test_the_page_of_a_full_meeting_says_so_and_another_case_needs_a_reason(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        meeting = planned(db, world)
        meeting.capacity = 1
        listed(db, world, meeting=meeting)
        number, reference, case = meeting.id, meeting.reference, assessed(db, world).reference
    manager = enter(sqlite_app, "manager")
    assert "The meeting is full: 1 of 1 places are taken." in manager.open(f"/meetings/{reference}").text
    page = manager.send(f"/cases/{case}/list", {"meeting_id": str(number)}, status=409)
    assert "The meeting is full: choose another one" in page.text
    manager.send(page, {"override-has_room": "He is 18 next week"})
    with Session(sqlite_app.engine) as db:
        assert len(db.exec(select(AgendaItem)).all()) == 2


def test_a_meeting_page_asks_the_same_number_of_questions_for_many_cases(sqlite_app: PanelApp) -> None:
    asked = []
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        reference = planned(db, world).reference
    manager = enter(sqlite_app, "manager")
    for _ in range(2):
        with transaction(sqlite_app.engine) as db:
            meeting = db.exec(select(Meeting)).one()
            for _ in range(3):
                listed(db, world, meeting=meeting)
                assessed(db, world, victim=True)
        with counted(sqlite_app.engine) as sent:
            manager.open(f"/meetings/{reference}")
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_an_answer_that_is_none_is_not_taken(sqlite_app: PanelApp) -> None:
    _, reference = begun(sqlite_app.engine)
    member = enter(sqlite_app, "seconded")
    form = member.open(f"/meetings/{reference}").form(button="I come")
    for reply in ("", "maybe", "none"):
        answer = member.client.post(form.action, data=form.filled | {"reply": reply})
        assert answer.status_code == 404
    with Session(sqlite_app.engine) as db:
        assert {m.reply for m in db.exec(select(Member))} == {Reply.NONE}
