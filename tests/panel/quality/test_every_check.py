"""Each check has a list with an example, says how it is mended, and its link opens for whoever mends it."""

import pytest
from sqlalchemy import Engine
from sqlmodel import col, delete, select

from panel.db import transaction
from panel.quality.models import DataProblem
from panel.quality.words import HOW, LEFT
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, make
from tests.support.gaps import stands
from tests.support.given import given
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.data_quality import Owner, Subject
from workflows.data_quality_police import CHECKS
from workflows.gap import Place

# Who reads the list and goes on from there; an officer gets the case back from the manager.
READER = {
    Owner.CASE_MANAGER: "case_manager",
    **dict.fromkeys((Owner.MANAGER, Owner.OFFICER, Owner.GIVER, Owner.FORCE), "manager"),
}
AT_THE_RECORD = {Owner.OFFICER: "officer", Owner.GIVER: "seconded"}


@pytest.fixture
def examples(
    sqlite_engine: Engine, small_world: World, monkeypatch: pytest.MonkeyPatch
) -> dict[Subject, str]:
    """A case that was decided and given, and a disposal of the police; each has every problem of its kind."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    case = make(sqlite_engine, given, small_world)
    with transaction(sqlite_engine) as db:
        row = stands(db, small_world, force(db, small_world), Place.UNTOLD, 1, given_on=TODAY)
        police, referral = (
            row.reference,
            db.exec(select(Referral).where(col(Referral.reference) == case)).one(),
        )
        ids = {Subject.CASE: referral.id, Subject.POLICE: row.id}
        area, worker = referral.area_id, referral.case_manager_id
    with transaction(sqlite_engine) as db:
        db.exec(delete(DataProblem))
        for key, check in CHECKS.items():
            of_case = check.subject is Subject.CASE
            keys = {"subject": check.subject, "subject_id": ids[check.subject], "check_key": key}
            whose = {"area_id": area, "worker_id": worker if of_case else None, "received_on": TODAY}
            db.add(DataProblem(said="What stands there", **keys, **whose))
    return {Subject.CASE: case, Subject.POLICE: police}


def test_every_check_of_a_decided_case_has_an_owner_a_way_and_a_link_that_opens(
    examples: dict[Subject, str], small_visit: Visit
) -> None:
    people = {key: small_visit(key) for key in {*READER.values(), *AT_THE_RECORD.values()}}
    assert len(CHECKS) == 40
    for key, check in CHECKS.items():
        reference, reader = examples[check.subject], people[READER[check.owner]]
        page = reader.open(f"/data-quality/{key}")
        assert page.heading == f"{check.title}: 1"
        assert HOW[check.mended_at] in page.text
        assert HOW[check.mended_at].endswith(LEFT)
        (onward,) = [
            where
            for words, where in page.links.items()
            if words.endswith(f": {reference}") and not words.startswith("Right")
        ]
        reader.open(onward, status=200)
        if check.owner in AT_THE_RECORD:
            people[AT_THE_RECORD[check.owner]].open(onward, status=200)
        judged = reader.open(page.links[f"Right as it is: {reference}"])
        assert judged.heading == "Right as it is"
    assert {check.mended_at for check in CHECKS.values()} == set(HOW)
