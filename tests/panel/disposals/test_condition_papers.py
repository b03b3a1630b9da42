"""What the child's paper says of each kind of condition, and what it never says."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.accounts.models import User
from panel.db import transaction
from panel.decisions import actions
from panel.decisions.commands import ConditionWritten
from panel.decisions.decide import decide
from panel.decisions.queries import conditions_of, decision_of
from panel.decisions.summary import steps_words
from panel.disposals import actions as disposals
from panel.disposals.paper import paper_of
from panel.disposals.queries import disposal_for
from panel.documents.typeset import disposal_pdf
from panel.plans import actions as plans
from panel.plans.models import PlanStep
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.documents.disposal_papers import text_of
from tests.support.assessed import enter
from tests.support.decided import mark_of, ready, step
from tests.support.given import GIVEN_AT, ISSUER, MOTHER
from tests.support.placements import place
from tests.support.world import NOW, TODAY, World, build
from workflows.conditions import StepKind

SEALED = "Quillfeather Arcade behind the station"  # nothing else says this
REASONS = dict.fromkeys(("punishment_last", "victim_wishes"), "Nothing else fits this case.")
PENALTY = {
    "kind": StepKind.PENALTY,
    "what": "Pay a penalty",
    "purpose": "punishment",
    "amount_pence": 2000,
    "payee": "The fines office",
    "pay_how": "By card",
    "done_when": "It is paid",
    "who": "",
    "where_at": "",
    "when_at": "",
}
CURFEW = {
    "kind": StepKind.CURFEW,
    "what": "Be at home and come to the door",
    "where_at": "12 Weavers Row",
    "when_at": "19:00 to 07:00",
    "how_often": "Fridays and Saturdays",
    "checked_by": "Keel Street neighbourhood team",
    "who": "",
}
AWAY = {
    "kind": StepKind.STAY_AWAY,
    "what": "Do not go into the place in the schedule that the officer reads out",
    "when_at": "Until the end of the caution",
    "checked_by": "Keel Street neighbourhood team",
    "sealed": SEALED,
    "who": "",
    "where_at": "",
}


def with_conditions(db: Session, world: World) -> Referral:
    """A decided case with one condition of each kind and its document made."""
    referral, chair = ready(db, world), world.actor("chair")
    farm = place(db, world)
    reparation = {
        "what": "Mend the fence",
        "purpose": "reparation",
        "placement_id": farm.id,
        "where_at": "Orchard Farm, Mill Lane, Kelder",
        "hours": 6,
        "attends": True,
        "sessions": 2,
    }
    for more in (PENALTY, CURFEW, AWAY, reparation):
        command = ConditionWritten.model_validate(step().model_dump() | more)
        actions.condition(db, referral, command, None, seen=0, by=chair, at=NOW)
    decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides=REASONS)
    disposals.prepare(db, referral, MOTHER, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
    return referral


def printed(db: Session, world: World, referral: Referral) -> str:
    officer = db.get_one(User, world.users["officer"])
    disposal = disposal_for(db, referral)
    return text_of(disposal_pdf(paper_of(db, referral, disposal, ISSUER, officer=officer, on=TODAY)))


def test_the_paper_says_all_that_the_child_has_to_know(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        said = printed(db, world, with_conditions(db, world))
        for words in (
            "Amount £20",
            "Pay to The fines office",
            "How to pay By card",
            "Checked by Keel Street neighbourhood team",
            "How often Fridays and Saturdays",
            "12 Weavers Row",
            "Orchard Farm, Mill Lane, Kelder",
            "Hours 6",
            "Sessions 2",
            "The officer reads out to you what exactly this means",
        ):
            assert words in said, words


def test_the_paper_never_says_what_is_sealed_or_for_staff_only(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = with_conditions(db, world)
        said = printed(db, world, referral)
        for never in ("Quillfeather", "960888", "Machines stay locked"):
            assert never not in said
        decision = decision_of(db, referral.id)
        assert decision is not None
        aloud = " ".join(steps_words(conditions_of(db, decision.id)))
        assert "Quillfeather" not in aloud
        assert "£20 to The fines office" in aloud
        assert "checked by Keel Street neighbourhood team" in aloud


def test_the_plan_carries_the_questions_on_and_not_the_schedule(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = with_conditions(db, world)
        decision = decision_of(db, referral.id)
        assert decision is not None
        decided = conditions_of(db, decision.id)
        disposal = disposal_for(db, referral)
        plans.begin(db, referral, disposal.id, decided, by=world.actor("officer"), at=GIVEN_AT)
        found = {row.kind: row for row in steps_of(db, referral.id)}
        assert found[StepKind.PENALTY].amount_pence == 2000
        assert found[StepKind.CURFEW].checked_by == "Keel Street neighbourhood team"
        assert "sealed" not in PlanStep.model_fields
        assert [row.sealed for row in decided if row.sealed] == [SEALED]


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: GIVEN_AT)


@pytest.mark.usefixtures("_today")
def test_the_schedule_has_a_page_of_its_own_for_those_who_read_it_out(app: PanelApp) -> None:
    with transaction(app.engine) as db:
        reference = with_conditions(db, build(db)).reference
    base = f"/cases/{reference}"
    officer = enter(app, "officer")
    page = officer.open(base + "/disposal")
    assert "Quillfeather" not in page.text
    link = page.links["A schedule has to be read out: open it where the child cannot see it"]
    assert SEALED in officer.open(link).text
    for key in ("seconded", "case_manager", "manager", "victim_worker"):
        assert SEALED in enter(app, key).open(link).text
    for key in ("inspector", "liaison", "board"):
        enter(app, key).open(link, status=403)
    for tail in ("", "/panel", "/disposal/explain", "/plan", "/history", "/assessment"):
        assert "Quillfeather" not in enter(app, "seconded").open(base + tail, status=None).text, tail
