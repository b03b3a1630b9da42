"""What auditors find counts from the moment in which an audit is finished (M7, M18, M19)."""

from sqlalchemy import Engine

from panel.audits.models import CaseAudit
from panel.db import transaction
from panel.figures.models import AuditMilestone
from panel.figures.rebuild import rebuild, verify
from tests.panel.audits.rounds import audited, opened, write
from tests.panel.figures.test_keeping import at
from tests.support.world import TODAY, World
from workflows.vocabulary import Level

AUDITED = ("M7", "M18", "M19")


def test_an_audit_counts_when_it_is_finished_and_not_before(engine: Engine, world: World) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        made = opened(db, world)
        write(db, world, made, "inspector", right=False, safety=Level.HIGH)
    assert not {*AUDITED} & set(at(engine, area))
    with transaction(engine) as db:
        db.add(made)
        number = audited(db, world, made, "other_case_manager", right=False, safety=Level.HIGH).id
    with transaction(engine) as db:
        audit, row = db.get_one(CaseAudit, number), db.get_one(AuditMilestone, number)
        agrees = audit.recorded_safety is Level.HIGH, audit.recorded_harm is Level.LOW
        assert (row.finished_on, row.disposal_right) == (TODAY, False)
        assert (row.safety_agrees, row.harm_agrees) == agrees
        assert (row.outcome, row.gender, row.age) == ("youth_conditional_caution", "male", 15)
    found = at(engine, area)
    assert [(found[one].met, found[one].counted) for one in AUDITED] == [
        (0, 1),
        (int(agrees[0]), 1),
        (int(agrees[1]), 1),
    ]
    assert verify(engine) == []


def test_a_rebuild_finds_the_same_audits(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audited(db, world, made, "inspector")
    before = at(engine, world.areas["north"])
    rebuild(engine)
    assert at(engine, world.areas["north"]) == before
    assert verify(engine) == []
