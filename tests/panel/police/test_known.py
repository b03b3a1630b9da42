"""A child with an open case of whom the police tell: whoever works with the child hears it the same day."""

import csv
import io

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.notifications.models import Notification, Why
from panel.police import telling
from panel.police.actions import set_aside
from panel.police.commands import SetAside
from panel.police.known import flag_known
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.told_command import Told
from panel.referrals.actions import withdraw
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from tests.panel.conftest import Visit
from tests.support.police import force, listed, said
from tests.support.world import NOW, TODAY, World, accepted, child_details, draft, submitted
from workflows.police import Fit, Heard, NotOurs
from workflows.roles import Role

ROBIN = {"given_name": "robin ", "surname": "FIELDING", "date_of_birth": child_details().date_of_birth}


def tell(db: Session, world: World, number: int, *, area: str = "north", **more: object) -> PoliceDisposal:
    """An officer tells of a community resolution."""
    told = Told.model_validate(said(**more).model_dump())
    return telling.tell(
        db,
        told,
        force_id=number,
        area_id=world.areas[area],
        how=Heard.FORM,
        by=world.actor("officer"),
        at=NOW,
        today=TODAY,
    )


def alerts(db: Session) -> list[Notification]:
    query = select(Notification).where(Notification.why == Why.KNOWN_CHILD).order_by(col(Notification.id))
    return list(db.exec(query))


def test_the_case_manager_and_the_seconded_officers_hear_it_once(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of, case = force(db, world), accepted(db, world)
        row = tell(db, world, of.id, **ROBIN)
        assert (row.child_id, row.fit) == (case.child_id, Fit.LINKED)
        [link] = db.exec(select(PoliceLink)).all()
        assert link.because == "same name and date of birth"
        found = alerts(db)
        assert [(one.user_id, one.role) for one in found] == [
            (world.users["case_manager"], None),
            (None, Role.SECONDED),
        ]
        assert {one.path for one in found} == {f"/police-disposals/{row.reference}"}
        assert {one.referral_id for one in found} == {case.id}
        tell(db, world, of.id, **ROBIN)
        flag_known(db, row, at=NOW)
        assert len(alerts(db)) == 2


def test_before_a_case_has_its_worker_the_managers_hear_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        submitted(db, world)
        tell(db, world, of.id, **ROBIN)
        assert [one.role for one in alerts(db)] == [Role.YOT_MANAGER, Role.SECONDED]


@pytest.mark.parametrize(
    "other",
    [
        {"surname": "Fieldings"},
        {"date_of_birth": None},
        {"date_of_birth": ROBIN["date_of_birth"].replace(day=5)},
    ],
    ids=["surname", "no birthday", "birthday"],
)
def test_what_is_only_like_the_child_is_left_to_a_person(
    engine: Engine, world: World, other: dict[str, object]
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        accepted(db, world)
        row = tell(db, world, of.id, **(ROBIN | other))
        assert (row.child_id, row.fit, alerts(db)) == (None, Fit.NOT_LOOKED, [])


def test_the_same_pnc_id_is_the_same_child_whatever_the_name(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        case = accepted(db, world, child={"pnc_id": "2019/0412345P"})
        row = tell(db, world, of.id, **(ROBIN | {"surname": "Other", "pnc_id": "19/412345P"}))
        assert row.pnc_id == "2019/0412345P"
        assert row.child_id == case.child_id


def test_a_child_of_another_area_a_draft_and_an_ended_case_raise_nothing(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        case = submitted(db, world)
        far = tell(db, world, of.id, area="south", **ROBIN)
        assert far.child_id is None
        withdraw(db, case, WithReason(reason="Charged"), by=world.actor("officer"), at=NOW)
        draft(db, world, child={"given_name": "Ada"})
        tell(db, world, of.id, **ROBIN)
        tell(db, world, of.id, **(ROBIN | {"given_name": "Ada"}))
        assert alerts(db) == []


def test_a_listed_record_is_flagged_when_it_is_linked_and_not_while_it_is_set_aside(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        of, case = force(db, world), accepted(db, world)
        row = listed(db, world, of)
        flag_known(db, row, at=NOW)
        assert alerts(db) == []
        row.child_id = case.child_id
        aside = SetAside(not_ours=NotOurs.WITHDRAWN, reason="The police took it back.")
        set_aside(db, row, aside, by=world.actor("manager"), at=NOW)
        flag_known(db, row, at=NOW)
        assert alerts(db) == []
        other = listed(db, world, of, crime_reference="13260009999")
        other.child_id = case.child_id
        flag_known(db, other, at=NOW)
        assert len(alerts(db)) == 2


def test_the_force_gets_names_and_a_phone_and_each_child_is_logged(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        force(db, world)
        accepted(db, world, child={"surname": "=cmd()"})
        number = submitted(db, world, child={"given_name": "Ada"}).child_id
    seconded = visit("seconded")
    missing = seconded.send("/police-disposals/open-cases", {}, status=422)
    assert missing.errors == ["Enter who gets the list", "Say for what they need the list"]
    values = {"recipient": "Intelligence unit", "purpose": "Flags for response officers"}
    page = seconded.send(missing, values, status=200)
    assert page.response.mimetype == "text/csv"
    lines = list(csv.reader(io.StringIO(page.response.text)))
    assert lines[0] == ["last name", "first names", "date of birth", "PNC ID", "case manager", "office phone"]
    assert [(line[0], line[1], line[4]) for line in lines[1:]] == [
        ("'=cmd()", "Robin", "Priya Nair"),
        ("Fielding", "Ada", ""),
    ]
    with Session(engine) as db:
        found = db.exec(select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE)).all()
        assert len(found) == 2
        assert f"child:{number}" in {entry.subject for entry in found}
        assert {entry.recipients for entry in found} == {
            "Kelder Constabulary, Intelligence unit: Flags for response officers"
        }
    for key in ("officer", "case_manager", "liaison", "inspector"):
        visit(key).open("/police-disposals/open-cases", status=403)


def test_case_of_nobody_is_no_line(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        force(db, world)
        draft(db, world)
        assert db.exec(select(Referral)).one()
    values = {"recipient": "Intelligence unit", "purpose": "Flags"}
    page = visit("manager").send("/police-disposals/open-cases", values)
    assert page.location == "/police-disposals/open-cases"
