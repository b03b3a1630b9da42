"""What stands on the force's list is held against what we were told and the children we know."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.children.models import Child
from panel.db import transaction
from panel.documents.models import StoredFile
from panel.history.sentences import events_of
from panel.history.verify import verify
from panel.linking.actions import link_all, link_list
from panel.linking.waiting import link_waiting
from panel.police.models import PoliceDisposal, PoliceLink, PoliceList, PoliceListRow
from panel.police.queries import police_chain
from panel.referrals.queries import offences_of
from tests.panel.conftest import rows
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.police import GIVEN, force, listed, told
from tests.support.world import NOW, TODAY, World, submitted
from workflows.police import Fit, Heard, NotOurs, Standing, Verdict
from workflows.vocabulary import Gender, Outcome

HOME = {"address": "12 Mill Road", "postcode": "ZZ1 1AA"}
OTHER_CRIME = {"crime_reference": "13260009999"}


def searched(db: Session, world: World, *disposals: PoliceDisposal) -> list[PoliceLink]:
    link_all(db, [one.id for one in disposals], by=world.actor("manager"), at=NOW)
    return list(db.exec(select(PoliceLink).order_by(col(PoliceLink.id))))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"force_reference": "F1", "given_name": "Unknown"}, {"force_reference": "F1", **OTHER_CRIME}),
        ({"crime_reference": ""}, {"given_on": GIVEN + timedelta(days=7)}),
        ({"crime_reference": "", "surname": "Marlow-Hale"}, {"given_name": "Kaiden"}),
        ({"crime_reference": "", "date_of_birth": date(2011, 4, 3)}, {}),
        ({"pnc_id": "2010/0000001A", "surname": "Hale", "crime_reference": ""}, {"pnc_id": "2010/0000001A"}),
    ],
)
def test_the_same_event_in_other_words_is_told_and_counts_once(
    engine: Engine, world: World, mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        known = told(db, world, of, on=GIVEN + timedelta(days=1), **HOME | theirs)
        row = listed(db, world, of, **HOME | mine)
        (link,) = searched(db, world, row)
        assert (link.verdict, link.other_id, link.by_id) == (Verdict.SAME, known.id, None)
        assert (row.told_on, row.told_how, row.fit) == (known.told_on, Heard.FORM, Fit.LINKED)
        assert (known.status, known.not_ours) == (Standing.SET_ASIDE, NotOurs.DUPLICATE)
        assert known.duplicate_of_id == row.id
        verbs = [event.verb for event in events_of(db, police_chain(row.id))]
        assert verbs == ["police_disposal.linked"]
    assert verify(engine) == []


@pytest.mark.parametrize(
    "theirs",
    [
        {"outcome": Outcome.YC},
        {"outcome": Outcome.YC, "crime_reference": "13260001234"},
        {**OTHER_CRIME},
        {"date_of_birth": date(2009, 12, 30)},
        {"date_of_birth": None, "address": "", "postcode": "", "crime_reference": ""},
    ],
    ids=["outcome", "outcome and crime", "crime", "birthday", "no birthday"],
)
def test_what_is_only_likely_waits_for_a_person(engine: Engine, world: World, theirs: dict[str, Any]) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        known = told(db, world, of, **HOME | {"crime_reference": ""} | theirs)
        row = listed(db, world, of, **HOME)
        (link,) = searched(db, world, row)
        assert (link.verdict, link.other_id, link.by_id) == (Verdict.UNSURE, known.id, None)
        assert (row.told_on, row.fit) == (None, Fit.TO_REVIEW)
        assert known.status is Standing.COUNTED


@pytest.mark.parametrize(
    "theirs",
    [
        {"given_name": "Jaxon", "crime_reference": "13260001234"},
        {"given_on": GIVEN + timedelta(days=8)},
        {"given_name": "Ann", "surname": "Cash", "date_of_birth": date(2010, 1, 1)},
        {"outcome": Outcome.YC, "given_on": GIVEN + timedelta(days=1)},
    ],
    ids=["a twin", "eight days", "somebody else", "another event"],
)
def test_another_child_or_event_stays_unmatched(engine: Engine, world: World, theirs: dict[str, Any]) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        told(db, world, of, **HOME | {"crime_reference": ""} | theirs)
        row = listed(db, world, of, **HOME)
        assert searched(db, world, row) == []
        assert (row.told_on, row.fit) == (None, Fit.NOTHING)


def test_two_rows_of_a_list_are_never_one_event_that_was_told(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        told(db, world, of, crime_reference="", **HOME)
        first = listed(db, world, of, **HOME)
        second = listed(db, world, of, crime_reference="13260001235", **HOME)
        links = searched(db, world, first, second)
        assert [(one.disposal_id, one.verdict) for one in links] == [(first.id, Verdict.SAME)]
        assert second.fit is Fit.NOTHING


def of_robin(db: Session, world: World) -> tuple[int, dict[str, Any], str]:
    """A case that was sent: its number, what the force would say of the child, its crime reference."""
    case = submitted(db, world, offence={"crime_reference": "13260001234"})
    child = db.get_one(Child, case.child_id)
    said = {n: getattr(child, n) for n in ("given_name", "surname", "date_of_birth", "address", "postcode")}
    return case.id, said | {"gender": Gender.NOT_STATED}, offences_of(db, case)[0].crime_reference


def test_a_case_of_the_same_crime_and_child_is_how_we_were_told(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        number, child, crime = of_robin(db, world)
        row = listed(db, world, force(db, world), **child | {"crime_reference": crime})
        links = searched(db, world, row)
        assert {(one.verdict, one.referral_id) for one in links} >= {(Verdict.SAME, number)}
        assert (row.referral_id, row.told_how, row.fit) == (number, Heard.REFERRAL, Fit.LINKED)
        assert row.told_on is not None
        assert row.child_id is not None


def test_a_child_we_know_is_linked_and_the_disposal_stays_untold(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        _, child, _ = of_robin(db, world)
        row = listed(db, world, force(db, world), **child | OTHER_CRIME)
        (link,) = searched(db, world, row)
        assert (link.verdict, link.child_id) == (Verdict.SAME, row.child_id)
        assert "same date of birth" in link.because
        assert (row.told_on, row.fit) == (None, Fit.LINKED)


def test_a_child_of_another_area_or_of_a_draft_is_not_found(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        _, child, _ = of_robin(db, world)
        row = listed(db, world, force(db, world), area="south", **child)
        assert searched(db, world, row) == []
        assert row.fit is Fit.NOTHING


def test_a_second_search_says_nothing_again(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        told(db, world, of, **HOME | OTHER_CRIME)
        row = listed(db, world, of, **HOME)
        first = searched(db, world, row)
        assert searched(db, world, row) == first


def test_a_list_is_searched_by_its_rows_and_the_worker_takes_what_was_told_since(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        of, manager = force(db, world), world.actor("manager")
        row = listed(db, world, of, **HOME)
        number = a_list(db, world, of.id, row)
        assert dict(link_list(db, number, by=manager, at=NOW)) == {Fit.NOTHING: 1}
        told(db, world, of, crime_reference="", **HOME)
        row_id = row.id
    assert link_waiting(engine, at=NOW) == 1
    (again,) = rows(engine, select(PoliceDisposal).where(PoliceDisposal.id == row_id))
    assert isinstance(again, PoliceDisposal)
    assert (again.fit, again.told_on) == (Fit.LINKED, TODAY)
    assert link_waiting(engine, at=NOW) == 0


def a_list(db: Session, world: World, force_id: int, row: PoliceDisposal) -> int:
    manager = world.actor("manager")
    file = StoredFile(digest="0" * 64, size=1, content=b"x")
    db.add(file)
    db.flush()
    made = PoliceList(
        reference="PL-AAAAAA",
        force_id=force_id,
        area_id=world.areas["north"],
        status="done",
        file_id=file.id,
        file_name="list.csv",
        digest="0" * 64,
        supplied_on=TODAY,
        by_id=manager.id,
        at=NOW,
        done_at=NOW,
    )
    db.add(made)
    db.flush()
    db.add(PoliceListRow(list_id=made.id, line_number=2, result="new", disposal_id=row.id))
    db.flush()
    return made.id


def test_a_search_asks_a_number_of_questions_that_the_list_does_not_change(
    sqlite_engine: Engine, small_world: World
) -> None:
    asked = []
    with transaction(sqlite_engine) as db:
        of = force(db, small_world)
        told(db, small_world, of, crime_reference="", **HOME)
        few = [listed(db, small_world, of, surname="Cash", crime_reference="13260007777").id]
        many = [
            listed(
                db,
                small_world,
                of,
                given_name=f"Child{n}",
                surname=f"Other{n}",
                crime_reference=f"1326{n:07}",
            ).id
            for n in range(20)
        ]
        db.flush()
        for ids in (few, many):
            db.expire_all()
            with counted(sqlite_engine) as sent:
                link_all(db, ids, by=small_world.actor("manager"), at=NOW)
            asked.append(len([one for one in sent if one.lstrip().upper().startswith("SELECT")]))
    assert asked[0] == asked[1]
