"""From a figure to the audit of a case and back, for whom it concerns."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config.audit_form import questions
from config.metrics import definitions
from panel.access import Actor
from panel.audits.finding import audited_in
from panel.audits.mirrors import mirrored
from panel.audits.models import AuditedCase, AuditRound, CaseAudit
from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.record import case_chain
from panel.referrals.conflict_models import Conflict
from panel.referrals.models import Referral
from tests.panel.audits.rounds import audited, opened
from tests.panel.conftest import Visit
from tests.support.world import NOW, TODAY, World
from workflows.audit import Answer
from workflows.conflict import ConflictKind
from workflows.quarters import Quarter

THIS = f"quarter={Quarter.of(TODAY).key}"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def both(db: Session, world: World) -> AuditRound:
    """A case that two people have audited; they differ about the disposal."""
    made = opened(db, world)
    audited(db, world, made, "inspector")
    audited(db, world, made, "other_case_manager", right=False, a3_1_1=Answer.NO)
    return made


def test_each_list_of_a_figure_leads_to_the_audit_and_the_audit_to_each_figure(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = both(db, world)
        reference, number = made.reference, db.exec(select(Referral.id)).one()
    manager, said = visit("manager"), f"Case 1 of {reference}"
    for metric, side in (("M6", "passing"), ("M22", "failing"), ("M7", "excluded"), ("M19", "passing")):
        page = manager.open(f"/metrics/{metric}/{side}?{THIS}")
        found = {href for text, href in page.links.items() if text.startswith(said)}
        assert found == {f"/audits/{reference}/1/result"}, metric
    with Session(engine) as db:
        looks = db.exec(select(AccessEntry.subject).where(AccessEntry.page == "metrics.listing")).all()
    assert set(looks) == {case_chain(number)}
    page = manager.open(f"/audits/{reference}/1/result")
    for said_ in (
        "Not settled yet",
        "It counts meetings",
        "It counts disposals of the police",
        "Not counted in it",
    ):
        assert said_ in page.text
    for metric, side in (("M7", "excluded"), ("M22", "failing"), ("M6", "passing")):
        link = next(href for text, href in page.links.items() if f"metrics/{metric}/{side}" in href)
        assert link == f"/metrics/{metric}/{side}?{THIS}"
        assert said in manager.open(link).links
    assert page.links["M22 Strengths in the plan"] == "/metrics/M22"
    for item, metric in (
        ("safety_class", "M18 Agreed how safe the child is"),
        ("3.2.1c", "M22 Strengths in the plan"),
    ):
        page = manager.open(f"/audits/{reference}/differences?item={item}")
        assert page.links[metric] == f"/metrics/{metric.split()[0]}"


def test_before_both_have_finished_no_list_tells_of_the_audit(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audited(db, world, made, "inspector")
    page = visit("manager").open(f"/metrics/M6/passing?{THIS}")
    assert page.heading == "In order: 1"
    assert "auditors" not in page.text
    assert "Not audited" not in page.text


def _of(db: Session, actor: Actor) -> dict[str, int]:
    """How many audits this person finds by case, by what M7 counts and by what M18 counts."""
    numbers = {
        "case": list(db.exec(select(Referral.id))),
        "audited": list(db.exec(select(AuditedCase.id))),
        "audit": list(db.exec(select(CaseAudit.id).order_by(col(CaseAudit.id)))),
        "meeting": [1],
    }
    return {kind: len(audited_in(db, actor, kind, found)) for kind, found in numbers.items()}


def test_who_may_not_read_an_audit_finds_no_way_to_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        both(db, world)
        here = {"case": 1, "audited": 1, "audit": 2, "meeting": 0}
        nothing = dict.fromkeys(here, 0)
        assert _of(db, world.actor("manager")) == _of(db, world.actor("inspector")) == here
        # The auditor who is a case manager has no list of the figures, and the other area is another one.
        assert _of(db, world.actor("other_case_manager")) == nothing
        assert _of(db, world.actor("far_manager")) == nothing
        case, own = db.exec(select(Referral)).one(), world.users["manager"]
        db.add(
            Conflict(referral_id=case.id, user_id=own, kind=ConflictKind.FAMILY, text="", by_id=own, at=NOW)
        )
        db.flush()
        assert _of(db, world.actor("manager")) == nothing
        assert _of(db, world.actor("inspector")) == here


@pytest.mark.parametrize("framework", ["2018", "2021"])
def test_every_key_question_has_a_figure_but_those_that_only_a_person_can_judge(framework: str) -> None:
    metrics = definitions(date(2026, 11, 30))
    found = {item for metric in metrics for item in mirrored(metric, framework)}
    keys = {question.key for question in questions(framework)}
    assert keys - found == {"3.3.2", "3.3.3"}
    assert found - keys == {"safety_class", "harm_class", "disposal_right"}
    by_id = {metric.id: mirrored(metric, framework) for metric in metrics}
    assert by_id["M17"] == ("3.1.1", "3.1.2", "3.1.3")
    assert by_id["M11"] == ("3.2.1", "3.2.2", "3.2.3", "3.4.1", "3.4.2")
    assert by_id["M1"] == ("3.4.1", "3.4.2")
    assert by_id["M14"] == by_id["M30"] == ()
