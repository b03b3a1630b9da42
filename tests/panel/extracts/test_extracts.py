"""Extracts: who may take which, what is in them, and what stays behind as evidence."""

import csv
import io
import json
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from config.extract_fields import items
from panel.children.models import Child
from panel.db import transaction
from panel.extracts import rows as reading
from panel.extracts.models import Extract
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.referrals.models import Offence, Referral
from tests.panel.conftest import Visit, make
from tests.support.given import given
from tests.support.visitor import Visitor
from tests.support.world import NOW, TODAY, World, accepted, draft
from workflows.case import Status
from workflows.data_quality import Basis
from workflows.extracts import NAMERS, TAKERS
from workflows.periods import Period
from workflows.roles import Role
from workflows.vocabulary import Outcome

DAYS = {
    "first": ["1", "10", "2026"],
    "last": [str(TODAY.day), str(TODAY.month), str(TODAY.year)],
}
IN_WORDS = "Say it in two words or more, so that who reads it later understands it"
ASKED = {"basis": "given_on", "kind": "csv", "recipient": "The council", "reason": "The return", **DAYS}
PLAIN, NAMED = "/extracts/without-names", "/extracts/with-personal-data"


@pytest.fixture
def case(engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A child with a conditional caution, whose names would run in a spreadsheet."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    reference = make(engine, given, world)
    with transaction(engine) as db:
        child = db.exec(select(Child)).one()
        child.surname = '=HYPERLINK("http://x")'
        offence = db.exec(select(Offence)).first()
        assert offence is not None
        offence.crime_reference = "13260004411"
        db.add_all([child, offence])
    return reference


def taken(visitor: Visitor, path: str = PLAIN, **more: Any) -> dict[str, bytes]:
    """The files of the archive that the page gives."""
    data = visitor.send(path, ASKED | more, status=200).response.get_data()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()} | {"": data}


def table(files: dict[str, bytes], item: str) -> list[dict[str, str]]:
    """The rows of an item of a CSV extract."""
    return list(csv.DictReader(io.StringIO(files[f"{item}.csv"].decode("utf-8-sig"))))


def test_only_managers_take_extracts_and_each_kind_is_a_permission_of_its_own(
    visit: Visit, case: str
) -> None:
    for key in ("officer", "seconded", "case_manager", "inspector", "board", "liaison", "admin"):
        for path in ("/extracts", PLAIN, NAMED):
            visit(key).open(path, status=403)
    manager = visit("manager")
    assert "Nobody has taken an extract yet" in manager.open("/extracts").text
    assert "it is personal data, and not to be published" in manager.open(PLAIN).text
    manager.open(f"{PLAIN}?area=99", status=404)
    manager.open("/extracts/EX-ZZZZZZ", status=404)
    assert (TAKERS, NAMERS) == ((Role.YOT_MANAGER,), (Role.YOT_MANAGER,))


def test_without_a_reason_a_recipient_or_in_the_wrong_order_nothing_leaves(
    engine: Engine, visit: Visit, case: str
) -> None:
    manager = visit("manager")
    wrong = manager.send(PLAIN, ASKED | {"reason": " ", "recipient": ""}, status=422)
    assert wrong.errors == ["Say who gets it", "Say what it is for"]
    for path in (PLAIN, NAMED):
        short = manager.send(path, ASKED | {"reason": "x", "recipient": "y"}, status=422)
        assert short.errors == ["Write out the name of the person or of the office", IN_WORDS]
    manager.send(PLAIN, ASKED | {"first": DAYS["last"], "last": DAYS["first"]}, status=422)
    with Session(engine) as db:
        assert db.exec(select(func.count(col(Extract.id)))).one() == 0


def test_without_names_nothing_names_a_child_and_the_keys_join_this_extract_only(
    engine: Engine, visit: Visit, case: str
) -> None:
    manager = visit("manager")
    files = taken(manager)
    person, offences = table(files, "person_details"), table(files, "offence")
    text = b"".join(data for name, data in files.items() if name).decode("utf-8-sig", "replace")
    for secret in ("Robin", "HYPERLINK", "2011-03-04", "KD1", case, "13260004411", "Criminal damage"):
        assert secret not in text
    assert [row["ageAtReferral"] for row in person] == ["15"]
    assert {row["caseKey"] for row in offences} == {person[0]["caseKey"]}
    (programme,) = table(files, "intervention_programme")
    linked = table(files, "link_offence_intervention_programme")
    assert {row["programmeKey"] for row in linked} == {programme["programmeKey"]}
    assert {row["offenceKey"] for row in linked} == {row["offenceKey"] for row in offences}
    assert offences[0]["outcomeMonth"] == "2026-11"
    assert table(taken(manager), "person_details")[0]["caseKey"] != person[0]["caseKey"]


def test_with_personal_data_no_cell_runs_and_each_child_is_logged(
    engine: Engine, visit: Visit, case: str
) -> None:
    files = taken(visit("manager"), NAMED)
    (person,) = table(files, "person_details")
    assert person["surname"] == '\'=HYPERLINK("http://x")'
    assert (person["reference"], person["dateOfBirth"]) == (case, "2011-03-04")
    assert table(files, "offence")[0]["crimeReference"] == "13260004411"
    with Session(engine) as db:
        row, number = db.exec(select(Extract)).one(), db.exec(select(Referral.id)).one()
        disclosed = select(AccessEntry.subject).where(
            AccessEntry.operation == Operation.DISCLOSURE, AccessEntry.recipients == "The council"
        )
        assert set(db.exec(disclosed)) == {f"extract:{row.id}", f"case:{number}"}
        assert (row.named, row.cases, row.reason) == (True, 1, "The return")


def test_the_manifest_says_what_left_and_its_digests_hold(engine: Engine, visit: Visit, case: str) -> None:
    manager = visit("manager")
    files = taken(manager)
    said = json.loads(files["manifest.json"])
    assert said["files"] == {
        name: {"sha256": sha256(data).hexdigest()} for name, data in files.items() if name.endswith(".csv")
    }
    assert said["rows"]["person_details"] == 1
    assert said["cases"] == "Given, 1 October to 17 November 2026"
    assert "Data Recording Requirements" in said["authority"]
    assert "offence: appeal status" in said["not_supplied"]
    sheet = table(files, "fields")
    assert {row["item"] for row in sheet} == {*items(named=False), "not supplied"}
    assert [row["codeSetVersion"] for row in sheet if row["field"] == "ethnicity"] != [""]
    assert set(said["code_lists"]) >= {"ethnicity", "outcomes"}
    with Session(engine) as db:
        row = db.exec(select(Extract)).one()
        assert row.digest == sha256(files[""]).hexdigest()
        assert row.manifest == said
    page = manager.open(f"/extracts/{row.reference}")
    assert row.digest in page.text
    assert row.reference in manager.open("/extracts").text
    visit("far_manager").open(f"/extracts/{row.reference}", status=404)
    assert "Nobody has taken" in visit("far_manager").open("/extracts").text


def test_workbook_and_json_say_the_same_as_the_csv(visit: Visit, case: str) -> None:
    manager, item = visit("manager"), "person_details"
    (said,) = table(taken(manager, NAMED), item)
    (other,) = json.loads(taken(manager, NAMED, kind="json")[f"{item}.json"])
    book = load_workbook(io.BytesIO(taken(manager, NAMED, kind="xlsx")["extract.xlsx"]))
    head, cells = book[item].iter_rows()
    names = [field.name for field in items(named=True)[item]]
    assert [cell.value for cell in head] == names
    assert not any(cell.data_type == "f" for cell in cells)
    # Keys differ from one extract to the next, and an apostrophe stands only where a cell could run.
    same = [name for name in names if name not in ("caseKey", "surname")]
    assert [said[name] for name in same] == [other[name] for name in same]
    assert [said[name] for name in same] == [cells[names.index(name)].value or "" for name in same]


def test_an_extract_is_of_one_area_of_its_days_and_of_no_draft(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 2)
    with transaction(engine) as db:
        one = accepted(db, world)
        draft(db, world, child={"given_name": "Ada"})
        same = {"area_id": one.area_id, "child_id": one.child_id, "referred_by_id": one.referred_by_id}
        for number in range(4):
            times = {"created_at": NOW, "changed_at": NOW, "submitted_at": NOW}
            db.add(Referral(reference=f"NK-{number:06}", status=Status.ACCEPTED, **same, **times))
    with Session(engine) as db:

        def count(area: str, basis: Basis, first: Any, last: Any) -> int:
            ids = reading.numbers(db, world.areas[area], basis, Period(first, last))
            read = [case.id for chunk in reading.read(db, ids) for case in chunk]
            assert read == ids.tolist()
            return len(read)

        day = TODAY.replace(day=TODAY.day - 1)
        assert count("north", Basis.RECEIVED, TODAY, TODAY) == 5
        assert count("north", Basis.RECEIVED, day, day) == 0
        assert count("south", Basis.RECEIVED, TODAY, TODAY) == 0
        assert count("north", Basis.GIVEN, TODAY, TODAY) == 0
        codes = reading.home_office(db)
        assert codes.code(Outcome.YC, TODAY) == "2"
        assert codes.code(Outcome.YC, TODAY.replace(year=1990)) == ""
