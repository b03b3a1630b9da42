"""Conflicts of interest: whoever has one is out of the case, and others step in (PAN-6)."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select, update

from panel.accounts.models import Membership
from panel.db import transaction
from panel.decisions import decide as deciding
from panel.decisions.sitting import Sitting, sitting_of
from panel.history.models import Event
from panel.meetings import conflicts
from panel.meetings.agenda import open_item
from panel.meetings.conflict_commands import Declaration, Lifting, StandingIn
from panel.meetings.models import Position, StandIn
from panel.meetings.queries import conflicted
from panel.referrals.conflict_models import Conflict
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.conftest import make
from tests.support.assessed import enter
from tests.support.decided import decided, heard, listed, mark_of, planned, ready
from tests.support.world import NOW, TODAY, World, build
from workflows.conflict import ConflictKind
from workflows.flow import NotYours, Refused
from workflows.roles import Role, Seat

OWN = Declaration(kind=ConflictKind.FAMILY, text="Robin is my nephew.")


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def sitting(db: Session, case: Referral) -> Sitting:
    found = sitting_of(db, case, today=TODAY)
    assert found is not None
    return found


def declares(db: Session, world: World, case: Referral, key: str) -> Conflict:
    return conflicts.declare(db, case, OWN, by=world.actor(key), at=NOW)


def names(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.name for refusal in refused.value.refusals}


def test_a_member_with_a_conflict_does_not_count_in_that_case_and_counts_in_the_next(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting = planned(db, world)
        case, other = heard(db, world, meeting=meeting), listed(db, world)
        declares(db, world, case, "seconded")
        here = sitting(db, case)
        assert Seat.POLICE not in here.here
        assert here.heard == {Seat.YOT_MANAGER, Seat.VICTIM_WORKER}
        said = {position.seat: position.set_aside for position in here.positions}
        assert said == {Seat.YOT_MANAGER: False, Seat.POLICE: True, Seat.VICTIM_WORKER: False}
        item = open_item(db, case)
        assert item is not None
        assert conflicted(db, item.id, world.users["seconded"])
        assert not conflicted(db, item.id, world.users["chair"])
        assert world.users["seconded"] not in sitting(db, other).out


def test_the_decision_is_refused_while_a_seat_is_empty_and_passes_when_somebody_steps_in(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        role = {"area_id": world.areas["north"], "role": Role.SECONDED}
        db.add(Membership(user_id=world.users["liaison"], **role))
        case, chair = ready(db, world), world.actor("chair")
        declares(db, world, case, "seconded")
        with pytest.raises(Refused) as refused:
            deciding.decide(db, case, seen=mark_of(db, case), by=chair, at=NOW, overrides={})
        assert names(refused) == {"quorate", "positions"}
        conflicts.stand_in(db, case, StandingIn(police=world.users["liaison"]), by=chair, at=NOW)
        assert sitting(db, case).here[Seat.POLICE].name == "Ben Holt"


@pytest.mark.parametrize("key", ["seconded", "officer", "chair", "case_manager"])
def test_who_has_no_right_to_the_seat_or_another_seat_does_not_step_in(engine: Engine, key: str) -> None:
    with transaction(engine) as db:
        world = build(db)
        case = heard(db, world)
        declares(db, world, case, "seconded")
        named = StandingIn(police=world.users[key])
        with pytest.raises(Refused) as refused:
            conflicts.stand_in(db, case, named, by=world.actor("chair"), at=NOW)
        assert names(refused) == {"may_step_in"}


def test_a_stand_in_who_has_a_conflict_too_does_not_count(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        db.add(Membership(user_id=world.users["liaison"], area_id=world.areas["north"], role=Role.SECONDED))
        case = heard(db, world)
        declares(db, world, case, "seconded")
        named = StandingIn(police=world.users["liaison"])
        conflicts.stand_in(db, case, named, by=world.actor("chair"), at=NOW)
        declares(db, world, case, "liaison")
        assert Seat.POLICE not in sitting(db, case).here


def test_one_person_who_holds_two_roles_is_counted_once(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        both = {"user_id": world.users["victim_worker"], "area_id": world.areas["north"]}
        db.add(Membership(**both, role=Role.SECONDED))
        case = heard(db, world)
        declares(db, world, case, "seconded")
        meeting_id = sitting(db, case).meeting.id
        row = {"meeting_id": meeting_id, "referral_id": case.id, "by_id": world.users["chair"], "at": NOW}
        db.add(StandIn(**row, seat=Seat.POLICE, user_id=world.users["victim_worker"]))
        db.flush()
        assert set(sitting(db, case).here) == {Seat.YOT_MANAGER, Seat.VICTIM_WORKER}


def test_the_case_manager_presents_the_case_and_never_counts_in_it(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        case = heard(db, world)
        assert Seat.POLICE in sitting(db, case).here
        case.case_manager_id = world.users["seconded"]
        db.flush()
        assert Seat.POLICE not in sitting(db, case).here


def test_a_chair_with_a_conflict_hands_over_one_case_and_keeps_the_others(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        meeting = planned(db, world)
        case, other = ready(db, world, meeting=meeting), listed(db, world)
        chair, manager = world.actor("chair"), world.actor("manager")
        declares(db, world, case, "chair")
        with pytest.raises(NotYours):
            deciding.decide(db, case, seen=mark_of(db, case), by=chair, at=NOW, overrides={})
        named = StandingIn(chair_id=manager.id, yot_manager=manager.id)
        conflicts.stand_in(db, case, named, by=chair, at=NOW)
        assert sitting(db, case).led_by(manager) == {Role.CHAIR}
        assert not sitting(db, case).led_by(chair)
        assert sitting(db, case).here[Seat.YOT_MANAGER].user_id == manager.id
        assert sitting(db, other).led_by(chair) == {Role.CHAIR}
        with pytest.raises(NotYours):
            conflicts.stand_in(db, other, named, by=manager, at=NOW)


def test_a_conflict_is_lifted_by_two_others_one_of_whom_chairs(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        case = heard(db, world)
        row = declares(db, world, case, "seconded")
        why = Lifting(reason="Another family of that name.")

        def lift(key: str) -> bool:
            return conflicts.lift(db, case, row.id, why, by=world.actor(key), at=NOW)

        with pytest.raises(Refused) as refused:
            lift("seconded")
        assert names(refused) == {"not_their_own"}
        assert lift("victim_worker") is False
        for key, rule in {"victim_worker": "two_people", "seconded": "not_their_own"}.items():
            with pytest.raises(Refused) as refused:
                lift(key)
            assert rule in names(refused)
        with pytest.raises(Refused) as refused:
            lift("manager")
        assert names(refused) == {"chair_is_one"}
        assert sitting(db, case).out >= {world.users["seconded"]}
        assert lift("chair") is True
        assert Seat.POLICE in sitting(db, case).heard
        assert not [p for p in sitting(db, case).positions if p.set_aside]


def test_what_was_declared_is_never_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        declares(db, world, heard(db, world), "seconded")
    with pytest.raises(DatabaseError), transaction(engine) as db:
        db.execute(update(Conflict).values(text="Nothing"))


def test_a_position_is_not_changed_once_the_case_is_decided(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        heard(db, world)
        db.execute(update(Position).values(comment="Still open"))
        decided(db, world)
    with pytest.raises(DatabaseError), transaction(engine) as db:
        db.execute(update(Position).values(comment="Too late"))


CLOSED = (
    *("", "/panel", "/assessment", "/assessment/versions", "/documents", "/documents/1", "/history"),
    *("/offence", "/disposal", "/plan", "/events", "/victims"),
)


def test_somebody_with_a_conflict_opens_no_page_of_the_case(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
    base = f"/cases/{make(app.engine, heard, world)}"
    visitor = enter(app, "victim_worker")
    form = visitor.open(base + "/panel")
    visitor.send(base + "/conflict", {"kind": "family", "text": "My nephew."})
    for path in CLOSED:
        page = visitor.open(base + path, status=None)
        assert page.status in (403, 404), path
        if page.status == 403:
            assert page.heading == "You take no part in this case", path
            assert "Robin" not in page.html
    page = visitor.send(form, {"outcome": "youth_caution", "comment": "He is a good boy"}, status=403)
    assert "He is a good boy" in page.text
    page = visitor.open(base + "/conflict")
    assert "My nephew." in page.text
    assert "Robin" not in page.html
    with Session(app.engine) as db:
        told = db.exec(select(Event.facts).where(col(Event.verb) == "case.conflict")).one()
        assert told == {"person": "Nadia Khan"}, "what the conflict is stays with the chair"


def test_a_member_records_nothing_for_another_one_and_the_chair_does(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
    base = f"/cases/{make(app.engine, heard, world)}"
    chair, police = enter(app, "chair"), enter(app, "seconded")
    assert "user_id" not in police.open(base + "/conflict").form().names
    wrong = chair.send(base + "/conflict", {"text": " "}, status=422)
    assert wrong.errors == ["Say what the conflict is", "Say in a few words what the conflict is"]
    asked = {"kind": "knows", "text": "Neighbour", "user_id": str(world.users["seconded"])}
    page = chair.send(base + "/conflict", asked)
    assert page.location == base + "/panel/instead"
    police.open(base + "/panel", status=403)
    text = enter(app, "victim_worker").open(base + "/conflict").text
    assert "Sam Reed Takes no part" in text
    assert "Neighbour" not in text, "what it is, only the chair reads"
    assert "Neighbour" in chair.open(base + "/conflict").text


def test_a_chair_with_a_conflict_is_led_to_who_acts_instead(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
    base = f"/cases/{make(app.engine, heard, world)}"
    chair, manager = enter(app, "chair"), enter(app, "manager")
    own = {"kind": "family", "text": "My cousin.", "user_id": str(world.users["chair"])}
    page = chair.follow(chair.send(base + "/conflict", own))
    assert page.heading == "Who acts in this case instead?"
    ruth = str(world.users["manager"])
    chair.send(page, {"chair_id": ruth, "yot_manager": ruth})
    chair.open(base + "/panel/decision", status=403)
    assert manager.open(base + "/panel/decision").heading == "Write the decision"


def test_a_case_that_waits_for_no_panel_takes_no_declaration(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        world = build(db)
    base = f"/cases/{make(app.engine, decided, world)}"
    page = enter(app, "seconded").open(base + "/conflict", status=409)
    assert "does not wait for a panel now" in page.text
