"""What is recorded of real cases, as the hints of an audit find it."""

from sqlalchemy import Engine

from panel.audits.seeing import look
from panel.db import transaction
from panel.disposals.queries import disposal_for
from panel.plans.queries import steps_of
from tests.support.given import given
from tests.support.world import TODAY, World, accepted
from workflows.audit_seen import Kind
from workflows.plan_parts import Serves
from workflows.vocabulary import Level

IN_ORDER = (
    *("3.1.1a", "3.1.1d", "3.1.1e", "3.1.1i", "timely", "3.1.2a", "3.1.3a", "3.1.3b"),
    *("3.2.1a", "3.2.1f", "3.4.1a", "3.4.1b", "3.4.1c", "3.4.1d", "3.4.1e", "3.4.1f", "signed_copy"),
)


def test_a_caution_given_in_order_has_all_of_it_on_record(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        hints = look(db, given(db, world), today=TODAY).hints
    assert {key: hints[key] for key in IN_ORDER if hints[key].kind is not Kind.PRESENT} == {}


def test_what_is_taken_away_becomes_a_clear_fail(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        referral = given(db, world)
        before = look(db, referral, today=TODAY)
        assert before.assessment is not None
        assert before.hints["3.2.2a"].kind is not Kind.PRESENT
        for step in steps_of(db, referral.id):
            step.serves = Serves.SAFETY
        before.assessment.safety, before.assessment.countersigned_at = Level.HIGH, None
        disposal_for(db, referral).signed_document_id = None
        db.flush()
        hints = look(db, referral, today=TODAY).hints
        assert hints["3.2.2a"].kind is Kind.PRESENT
        assert {key for key in ("timely", "signed_copy") if hints[key].proposes_no} == {
            "timely",
            "signed_copy",
        }


def test_a_case_without_an_assessment_fails_what_only_that_can_show(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        looked = look(db, accepted(db, world), today=TODAY)
    assert looked.assessment is None
    assert looked.hints["timely"].says == "No assessment was finished."
    assert looked.hints["3.4.1c"].says == "No panel decided it."
    assert looked.hints["3.4.1b"].kind is Kind.PRESENT
