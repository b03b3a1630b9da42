"""What auditors find counts when everybody who audits a case has finished, and not before (M7, M18, M19)."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.audits import actions
from panel.audits import commands as c
from panel.audits.models import AuditedCase, AuditRound, CaseAudit, CaseAuditAnswer
from panel.audits.results import RIGHT
from panel.children.models import Child
from panel.db import transaction
from panel.figures import queries
from panel.figures.models import AuditedMilestone, AuditMilestone
from panel.figures.rebuild import rebuild, verify
from panel.figures.slices import Count, Slice
from panel.referrals.models import Referral
from tests.panel.audits.rounds import AUDITORS, again, audited, opened, write
from tests.panel.figures.test_keeping import THIS, at
from tests.support.world import NOW, TODAY, World
from workflows.audit import RoundStatus
from workflows.vocabulary import Gender, Level

AUDITED = ("M7", "M18", "M19")
RIGHT_TWICE, WRONG_TWICE, DIFFER = (True, True), (False, False), (True, False)


def twice(db: Session, world: World, said: tuple[bool, ...]) -> AuditRound:
    """A round of one case, which two people audit; so many of them have, and said this of the disposal."""
    made = opened(db, world)
    for key, right in zip(AUDITORS, said, strict=False):
        audited(db, world, made, key, right=right)
    return made


def settle(db: Session, world: World, made: AuditRound, value: str) -> None:
    """A third person settles that the disposal was right, or was not."""
    command = c.Settled(words="Read again.")
    by = world.actor("chair")
    actions.moderate(db, made, 1, {RIGHT: value}, command, by=by, at=NOW)


def test_nothing_counts_before_everybody_has_finished(engine: Engine, world: World) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        made = twice(db, world, (False,))
        write(db, world, made, "other_case_manager", right=False)
    # The second auditor may read figures: a single audit in them would tell what the first one found.
    assert not {*AUDITED} & set(at(engine, area))
    with Session(engine) as db:
        assert db.exec(select(AuditMilestone)).all() == db.exec(select(AuditedMilestone)).all() == []
    assert verify(engine) == []


def test_a_case_counts_once_and_the_agreement_of_each_auditor(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audited(db, world, made, "inspector", right=False, safety=Level.HIGH)
        audited(db, world, made, "other_case_manager", right=False, safety=Level.LOW)
    with Session(engine) as db:
        row = db.exec(select(AuditedMilestone)).one()
        assert (row.audited_on, row.disposal_right, row.to_settle) == (TODAY, False, False)
        assert (row.outcome, row.gender, row.age) == ("youth_conditional_caution", "male", 15)
        recorded = {audit.recorded_safety for audit in db.exec(select(CaseAudit))}
        listed = queries.cases(db, "M7", Slice(frozenset({world.areas["north"]}), THIS), "failing", None, 5)
    found = at(engine, world.areas["north"])
    assert found["M7"] == Count(0, 1, 0)
    assert found["M18"] == Count(len(recorded & {Level.HIGH, Level.LOW}), 2, 0)
    assert found["M19"].counted == 2
    assert [(one.kind, one.address) for one in listed] == [("audited", f"/cases/{row.reference}")]
    assert verify(engine) == []


@pytest.mark.parametrize(
    ("said", "settled", "count"),
    [
        (RIGHT_TWICE, None, Count(1, 1, 0)),
        (WRONG_TWICE, None, Count(0, 1, 0)),
        (DIFFER, None, Count(0, 0, 1)),
        (DIFFER, "yes", Count(1, 1, 0)),
        (DIFFER, "no", Count(0, 1, 0)),
    ],
)
def test_two_who_differ_count_when_a_third_has_settled_it(
    engine: Engine, world: World, said: tuple[bool, bool], settled: str | None, count: Count
) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        made = twice(db, world, said)
    if settled is not None:
        assert at(engine, area)["M7"] == Count(0, 0, 1)
        with Session(engine) as db:
            (row,) = queries.cases(db, "M7", Slice(frozenset({area}), THIS), "excluded", None, 5)
            assert row.reason == "not_settled"
        with transaction(engine) as db:
            db.add(made)
            settle(db, world, made, settled)
    assert at(engine, area)["M7"] == count
    assert verify(engine) == []


def test_a_case_that_one_person_audits_counts_with_that_audit(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world, 2)
        once = db.exec(select(AuditedCase).where(col(AuditedCase.twice).is_(False))).one()
        audited(db, world, made, "inspector", once.place)
    assert at(engine, world.areas["north"])["M7"] == Count(1, 1, 0)
    assert verify(engine) == []


def _gender(db: Session) -> None:
    db.exec(select(Child)).one().gender = Gender.FEMALE


def _area(db: Session) -> None:
    case = db.exec(select(Referral)).one()
    case.area_id += 1


@pytest.mark.parametrize("change", [_gender, _area])
def test_a_correction_of_child_or_case_moves_its_audits(engine: Engine, world: World, change: Any) -> None:
    with transaction(engine) as db:
        twice(db, world, RIGHT_TWICE)
    before = at(engine, world.areas["north"])
    with transaction(engine) as db:
        change(db)
    assert verify(engine) == []
    assert at(engine, world.areas["north"], gender="male").get("M7") is None
    assert before["M7"] == Count(1, 1, 0)


def test_a_rebuild_finds_the_same_audits(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        twice(db, world, DIFFER)
    before = at(engine, world.areas["north"])
    rebuild(engine)
    assert at(engine, world.areas["north"]) == before
    assert verify(engine) == []


@pytest.mark.parametrize("said", [RIGHT_TWICE, DIFFER])
def test_the_sample_of_a_round_that_was_dropped_counts_no_more_and_its_judgements_stay(
    engine: Engine, world: World, said: tuple[bool, bool]
) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        made = twice(db, world, said)
        case, answers = db.exec(select(AuditedCase)).one(), len(rows_of(db))
    assert {*AUDITED} <= set(at(engine, area))
    with transaction(engine) as db:
        db.add(made)
        actions.drop(db, made, c.Words(words="The wrong period"), by=world.actor("manager"), at=NOW)
    assert not {*AUDITED} & set(at(engine, area))
    assert verify(engine) == []
    with transaction(engine) as db:
        assert len(rows_of(db)) == answers
        assert [audit.disposal_right for audit in db.exec(select(CaseAudit).order_by(CaseAudit.id))] == [
            *said
        ]
        if said == RIGHT_TWICE:
            told = c.FedBack(words="The right disposal.")
            actions.feed_back(db, made, case.place, told, by=world.actor("manager"), at=NOW)
    assert not {*AUDITED} & set(at(engine, area))
    rebuild(engine)
    assert not {*AUDITED} & set(at(engine, area))
    assert verify(engine) == []


def test_of_two_rounds_over_a_case_the_one_that_was_dropped_does_not_count(
    engine: Engine, world: World
) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        first = twice(db, world, WRONG_TWICE)
        actions.drop(db, first, c.Words(words="Drawn too early"), by=world.actor("manager"), at=NOW)
    with transaction(engine) as db:
        second = again(db, world)
        for key in AUDITORS:
            audited(db, world, second, key)
    # The case was free for the next round, so it would stand in the figure with both.
    found = at(engine, area)
    assert (found["M7"], found["M19"].counted) == (Count(1, 1, 0), 2)
    assert verify(engine) == []


def test_only_the_round_that_is_dropped_leaves_the_figures(engine: Engine, world: World) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        stays = twice(db, world, RIGHT_TWICE)
        goes = again(db, world, again=True)
        for key in AUDITORS:
            audited(db, world, goes, key, right=False)
    assert at(engine, area)["M7"] == Count(1, 2, 0)
    with transaction(engine) as db:
        db.add(goes)
        actions.drop(db, goes, c.Words(words="Twice by mistake"), by=world.actor("manager"), at=NOW)
        assert stays.status is RoundStatus.OPEN
    assert at(engine, area)["M7"] == Count(1, 1, 0)
    assert verify(engine) == []


def rows_of(db: Session) -> list[CaseAuditAnswer]:
    """Every answer that was signed off."""
    return list(db.exec(select(CaseAuditAnswer)))
