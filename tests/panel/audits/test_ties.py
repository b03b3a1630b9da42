"""Never one's own case (AUD-4): each thing that a person may have been in it is enough by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature
from panel.audits.queries import ties
from panel.contacts.models import Contact, ContactKind
from panel.db import transaction
from panel.referrals.conflict_models import Conflict, ConflictLifting
from tests.support.world import NOW, World, accepted
from workflows.conflict import ConflictKind
from workflows.countersigning import Verdict

Made = Callable[[Any, int, int, int], None]  # session, case, the person, somebody else


def _contact(db: Any, case: int, who: int, other: int) -> None:
    said = {"kind": ContactKind.SESSION, "starts_at": NOW, "offered_at": NOW}
    db.add(Contact(referral_id=case, worker_id=who, offered_by_id=other, **said))


def _assessment(db: Any, case: int, author: int, **more: Any) -> Assessment:
    made = Assessment(referral_id=case, author_id=author, **more)
    db.add(made)
    db.flush()
    return made


def _version(db: Any, case: int, by: int, author: int) -> AssessmentVersion:
    made = AssessmentVersion(
        assessment_id=_assessment(db, case, author).id, number=1, digest="0" * 64, by_id=by, at=NOW
    )
    db.add(made)
    db.flush()
    return made


def _signed(db: Any, case: int, who: int, other: int) -> None:
    version = _version(db, case, other, other)
    db.add(Countersignature(version_id=version.id, by_id=who, at=NOW, verdict=Verdict.RETURNED))


def _conflict(db: Any, case: int, who: int, other: int) -> Conflict:
    made = Conflict(
        referral_id=case, user_id=who, kind=next(iter(ConflictKind)), text="x", by_id=other, at=NOW
    )
    db.add(made)
    db.flush()
    return made


def _lifted(db: Any, case: int, who: int, other: int) -> None:
    steps: list[ConflictLifting] = []
    conflict = _conflict(db, case, who, other)
    for number in range(2):
        confirms = steps[0].id if steps else None
        at = NOW + timedelta(minutes=number)
        steps.append(
            ConflictLifting(
                conflict_id=conflict.id, reason="x", by_id=other, led=not number, confirms_id=confirms, at=at
            )
        )
        db.add(steps[-1])
        db.flush()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda db, case, who, other: None, ()),
        (_contact, ("worker",)),
        (lambda db, case, who, other: _contact(db, case, other, who), ()),
        (lambda db, case, who, other: _assessment(db, case, who), ("author",)),
        (lambda db, case, who, other: _version(db, case, who, other), ("author of a version",)),
        (_signed, ("countersigner",)),
        (
            lambda db, case, who, other: _assessment(db, case, other, countersigned_by_id=who),
            ("countersigner of the assessment",),
        ),
        (_conflict, ("person with a conflict of interest",)),
        (_lifted, ()),
    ],
)
def test_each_tie_alone_keeps_an_auditor_out(
    sqlite_engine: Engine, small_world: World, make: Made, says: tuple[str, ...]
) -> None:
    who, other = small_world.users["other_case_manager"], small_world.users["case_manager"]
    with transaction(sqlite_engine) as db:
        case, beside = accepted(db, small_world).id, accepted(db, small_world).id
        make(db, case, who, other)
        db.flush()
        found = ties(db, [case, beside], who)
        assert found == ({case: says} if says else {})
        assert ties(db, [beside], who) == {}
        assert ties(db, [case], other)[case][0] in ("author", "author of a version", "case manager")
