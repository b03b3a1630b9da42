"""The officer of two co-accused children names the same victims once."""

import pytest
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.incidents import actions as incidents
from panel.referrals.models import Referral
from panel.victims import recording
from panel.victims.models import Victim, VictimContact
from panel.victims.queries import victims_of
from panel.web import PanelApp
from tests.support.assessed import enter
from tests.support.visitor import Page
from tests.support.world import NOW, World, build, draft

ANN = {"kind": "person", "name": "Ann Bell", "phone": "01632 960111", "same_household": "y"}
SHOP = {"kind": "business", "name": "Corner Shop"}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def begin(app: PanelApp, *, link: bool = True) -> tuple[World, str, str]:
    """Two drafts of one officer about two children of one incident; two victims are named in the first."""
    with transaction(app.engine) as db:
        world = build(db)
        first, second = draft(db, world), draft(db, world)
        if link:
            incidents.join(db, first, second, by=world.actor("officer"), at=NOW)
        addresses = [f"/cases/{case.reference}/victim/tell" for case in (first, second)]
    officer = enter(app, "officer")
    officer.send(addresses[0], {"is_there": "yes"})
    for victim in (ANN, SHOP):
        officer.send(f"{addresses[0]}/add", victim)
    return world, *addresses


def offers(page: Page) -> bool:
    return "Name the same here" in page.text


def test_the_same_victims_are_named_with_one_button_and_the_household_is_asked_anew(app: PanelApp) -> None:
    _, first, second = begin(app)
    officer = enter(app, "officer")
    page = officer.open(second)
    assert (
        f"In {first.split('/')[2]}, the case of another child of this incident, you named 2 victims."
        in page.text
    )
    page = officer.follow(officer.send(page, action="/same"))
    assert "2 victims so far" in page.text
    with Session(app.engine) as db:
        cases = {case.reference: case for case in db.exec(select(Referral))}
        one, other = (victims_of(db, cases[path.split("/")[2]].id) for path in (first, second))
        assert [v.name for v in one] == [v.name for v in other] == ["Ann Bell", "Corner Shop"]
        assert [v.same_household for v in one + other] == [True, False, False, False]
        phones = db.exec(select(VictimContact.phone).order_by(col(VictimContact.victim_id))).all()
        assert phones == ["01632 960111", "", "01632 960111", ""]
        assert cases[second.split("/")[2]].victim_identified


def test_an_objection_comes_along_and_nothing_else_of_that_victim(sqlite_app: PanelApp) -> None:
    _, first, second = begin(sqlite_app)
    officer = enter(sqlite_app, "officer")
    officer.send(f"{first}/1", ANN | {"objects": "y"})
    officer.send(officer.open(second), action="/same")
    with Session(sqlite_app.engine) as db:
        ann = db.exec(select(Victim).order_by(col(Victim.id).desc()).offset(1)).first()
        assert ann is not None
        assert (ann.objects_to_sharing, ann.name) == (True, "")


def test_it_is_not_offered_without_a_link_to_another_officer_or_once_the_victim_worker_began(
    sqlite_app: PanelApp,
) -> None:
    world, first, second = begin(sqlite_app, link=False)
    assert not offers(enter(sqlite_app, "officer").open(second))
    with transaction(sqlite_app.engine) as db:
        cases = {case.reference: case for case in db.exec(select(Referral))}
        one, other = (cases[path.split("/")[2]] for path in (first, second))
        incidents.join(db, one, other, by=world.actor("officer"), at=NOW)
    assert offers(enter(sqlite_app, "officer").open(second))
    with transaction(sqlite_app.engine) as db:
        case = db.get_one(Referral, one.id)
        for victim in victims_of(db, case.id):
            recording.record(
                db, case, victim, {"impact": "Bad nights"}, by=world.actor("victim_worker"), at=NOW
            )
    page = enter(sqlite_app, "officer").open(second)
    assert not offers(page)
    with transaction(sqlite_app.engine) as db:
        db.get_one(Referral, other.id).referred_by_id = world.users["other_officer"]
    enter(sqlite_app, "officer").open(second, status=404)


def test_pressing_twice_names_nobody_twice(sqlite_app: PanelApp) -> None:
    _, _, second = begin(sqlite_app)
    officer = enter(sqlite_app, "officer")
    page, other = officer.open(second), officer.open(second)
    assert officer.send(page, action="/same").location == officer.send(page, action="/same").location
    officer.send(other, action="/same", status=409)
    with Session(sqlite_app.engine) as db:
        assert len(db.exec(select(Victim)).all()) == 4
