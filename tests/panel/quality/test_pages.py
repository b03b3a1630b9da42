"""Data quality: who reads what, the list behind each number, what is mended, what is right as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from panel.children.models import Child
from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.quality.models import DataProblem, DataReview
from panel.quality.queries import touched
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, make
from tests.support.gaps import stands
from tests.support.police import force
from tests.support.world import NOW, TODAY, World, accepted
from workflows.case import Status
from workflows.gap import Place
from workflows.periods import quarter_of
from workflows.quarters import Quarter

AUTUMN = quarter_of(TODAY)
LIST = "/data-quality/ethnicity_missing"
REASON = {"reason": "The family was asked twice and would rather not say."}


@pytest.fixture
def case(engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """An accepted case of which nobody asked the ethnic group."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    return make(engine, accepted, world)


def problem(engine: Engine, key: str = "ethnicity_missing") -> DataProblem | None:
    """The kept problem of the only case."""
    with Session(engine) as db:
        return db.exec(select(DataProblem).where(DataProblem.check_key == key)).first()


def test_managers_and_inspectors_see_their_area_and_case_managers_their_own_cases(
    visit: Visit, case: str
) -> None:
    for key in ("manager", "inspector", "case_manager"):
        page = visit(key).open("/data-quality")
        assert "1 of 1 (100 %): Ethnic group is not recorded" in page.text
        listed = visit(key).open(page.links["1 of 1 (100 %): Ethnic group is not recorded"])
        assert listed.heading == "Ethnic group is not recorded: 1"
        assert case in listed.text
    for key in ("other_case_manager", "far_manager"):
        assert "No check finds anything wrong" in visit(key).open("/data-quality").text
        assert visit(key).open(LIST).heading == "Ethnic group is not recorded: 0"
        if key == "other_case_manager":
            visit(key).open(f"{LIST}/{case}/right", status=404)
    for key in ("officer", "seconded", "board", "victim_worker", "liaison", "admin"):
        visit(key).open("/data-quality", status=403)
        visit(key).open(LIST, status=403)
    for wrong in ("/data-quality/nothing", "/data-quality?quarter=soon", f"{LIST}/NK-ZZZZZZ/right"):
        visit("manager").open(wrong, status=404)


def test_an_inspector_reads_and_acts_on_nothing(visit: Visit, case: str) -> None:
    inspector = visit("inspector")
    assert "Right as it is" not in inspector.open(LIST).links
    inspector.open(f"{LIST}/{case}/right", status=403)
    inspector.open(f"/cases/{case}/equality", status=403)


def test_the_case_manager_puts_it_right_and_the_number_falls_at_once(
    engine: Engine, visit: Visit, case: str
) -> None:
    worker = visit("case_manager")
    page = worker.open(worker.open(LIST).links[f"Put it right: {case}"])
    done = worker.follow(worker.send(page, {"ethnicity": "W2", "gender": "female"}))
    assert "It is recorded" in done.text
    assert problem(engine) is None
    with Session(engine) as db:
        child = db.exec(select(Child)).one()
        assert (child.ethnicity, child.gender.value, child.postcode) == ("W2", "female", "KD1 2AB")
    assert (
        "Recorded what the figures need of the child: Female, W2"
        in worker.open(f"/cases/{case}/history").text
    )
    assert "No record has this problem now" in worker.open(LIST).text
    visit("other_case_manager").open(f"/cases/{case}/equality", status=404)
    wrong = worker.send(f"/cases/{case}/equality", {"gender": "unheard", "ethnicity": "W2"}, status=422)
    assert wrong.errors == ["Choose the child's gender, or not stated"]
    stale = worker.open(f"/cases/{case}/equality")
    worker.send(f"/cases/{case}/equality", {"gender": "male", "ethnicity": "W1"})
    worker.send(stale, {"gender": "female"}, status=409)


def test_right_as_it_is_counts_no_more_until_somebody_takes_it_back(
    engine: Engine, visit: Visit, case: str
) -> None:
    manager = visit("manager")
    unsaid = manager.send(f"{LIST}/{case}/right", {"reason": " "}, status=422)
    assert unsaid.errors == ["Give the reason"]
    manager.open(f"{LIST}/{case}/not-right", status=404)
    worker = visit("case_manager")
    twin = worker.open(f"{LIST}/{case}/right")
    listed = manager.follow(manager.send(f"{LIST}/{case}/right", REASON))
    assert listed.heading == "Ethnic group is not recorded: 0"
    seen = manager.open(listed.links["Looked at and right as they are: 1"])
    assert "Right as it is: The family was asked twice" in seen.text
    assert "1 problem was looked at" in manager.open("/data-quality").text
    worker.send(twin, REASON, status=409)
    taken = {"reason": "The child did say it to the school nurse."}
    back = manager.follow(manager.send(seen.links[f"Not right after all: {case}"], taken))
    assert back.heading == "Ethnic group is not recorded: 1"
    with Session(engine) as db:
        first, second = db.exec(select(DataReview).order_by(col(DataReview.id))).all()
        assert (first.undoes_id, second.undoes_id) == (None, first.id)
        changed = select(func.count()).where(
            AccessEntry.page == "quality.review", AccessEntry.operation == Operation.ALTERATION
        )
        assert db.exec(changed).one() == 2


def test_what_was_found_right_is_looked_at_again_when_the_record_says_something_else(
    engine: Engine, visit: Visit, case: str
) -> None:
    def age(years: int) -> None:
        with transaction(engine) as db:
            child = db.exec(select(Child)).one()
            child.date_of_birth = TODAY - timedelta(days=366 * years)
            db.add(child)

    age(8)
    visit("manager").send(f"/data-quality/age_at_offence/{case}/right", {"reason": "The court knows."})
    kept = problem(engine, "age_at_offence")
    assert kept is not None
    assert kept.reviewed_id is not None
    age(9)
    again = problem(engine, "age_at_offence")
    assert again is not None
    assert again.reviewed_id is None
    age(8)
    held = problem(engine, "age_at_offence")
    assert held is not None
    assert held.reviewed_id == kept.reviewed_id


def test_a_disposal_of_the_police_is_judged_too_and_leads_to_its_record(
    engine: Engine, world: World, visit: Visit, case: str
) -> None:
    with transaction(engine) as db:
        row = stands(db, world, force(db, world), Place.UNTOLD, 1, given_on=TODAY, ward="", postcode="")
        reference = row.reference
    manager = visit("manager")
    page = manager.open("/data-quality/police_place_missing")
    assert page.heading == "Neither ward nor postcode is recorded: 1"
    assert page.links[f"The record: {reference}"] == f"/police-disposals/{reference}"
    manager.send(f"/data-quality/police_place_missing/{reference}/right", {"reason": "No fixed abode."})
    assert manager.open("/data-quality/police_place_missing").heading.endswith(": 0")
    assert "Neither ward nor postcode" not in visit("case_manager").open("/data-quality").text


def test_the_share_of_a_metric_counts_each_case_once_and_not_what_is_right(
    engine: Engine, world: World, case: str, visit: Visit
) -> None:
    north = [world.areas["north"]]
    with Session(engine) as db:
        assert touched(db, north, AUTUMN)["M13"] == (0, 1)
        assert "M9" not in touched(db, north, AUTUMN)
    with transaction(engine) as db:
        row = db.exec(select(Referral)).one()
        row.case_manager_id, row.assessed_at = None, NOW - timedelta(days=40)
        db.add(row)
    with Session(engine) as db:
        assert touched(db, north, AUTUMN)["M13"] == (1, 1)
        assert touched(db, [world.areas["south"]], AUTUMN) == {}
        assert touched(db, north, quarter_of(AUTUMN.first - timedelta(days=1))) == {}
    text = visit("manager").open("/data-quality").text
    assert "Metrics whose records are touched" in text
    assert "M13" in text.split("Metrics whose records are touched")[1]
    said, key = (
        "1 of 1 cases received in this quarter have a data problem that may move this figure",
        Quarter.of(AUTUMN.first).key,
    )
    for path in ("/metrics", "/metrics/M13"):
        assert said in visit("manager").open(f"{path}?quarter={key}").text
        assert said not in visit("manager").open(f"{path}?quarter={key}&outcome=youth_caution").text
    for key in ("worker_missing", "assessed_before_referral"):
        visit("manager").send(f"/data-quality/{key}/{case}/right", {"reason": "Moved by hand."})
    with Session(engine) as db:
        assert touched(db, north, AUTUMN)["M13"] == (0, 1)


def test_a_long_list_goes_on_by_its_last_row(engine: Engine, world: World, visit: Visit, case: str) -> None:
    with transaction(engine) as db:
        one = db.exec(select(Referral)).one()
        same = {"area_id": one.area_id, "child_id": one.child_id, "referred_by_id": one.referred_by_id}
        for number in range(26):
            at = NOW - timedelta(days=number // 2)
            times = {"created_at": at, "changed_at": at, "submitted_at": at}
            db.add(Referral(reference=f"NK-{number:06}", status=Status.ACCEPTED, **same, **times))
    manager = visit("manager")
    first = manager.open(LIST)
    assert first.heading == "Ethnic group is not recorded: 27"
    second = manager.open(first.links["Next page"])
    found = [name for page in (first, second) for name in page.links if name.startswith("Put it right")]
    assert len(found) == len(set(found)) == 27
    assert manager.open(f"{LIST}?quarter=all").heading == "Ethnic group is not recorded: 27"
    assert manager.open(f"{LIST}?quarter=2026-07-01").heading == "Ethnic group is not recorded: 0"
