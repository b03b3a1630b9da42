"""Varying the conditions of a caution from the first word to the plan that follows, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select, update

from panel.db import transaction
from panel.documents.models import Document, Kind
from panel.documents.queries import content
from panel.errors import Missing
from panel.notifications.models import Notification, Why
from panel.plans.queries import plan_of, steps_of
from panel.plans.versions import versions_of
from panel.referrals.models import Referral
from panel.variations import actions, signing, writing
from panel.variations import commands as c
from panel.variations.models import Change, Variation
from panel.variations.queries import bound, conditions_in, signatures_of
from tests.panel.documents.disposal_papers import text_of
from tests.support.given import ISSUER, NAMES, TOLD, drawings, given, notified
from tests.support.planned import (
    AFTER,
    PREPARED,
    begun,
    explained_variation,
    in_force,
    longer,
    prepared_variation,
    signed_variation,
)
from tests.support.world import TODAY, build
from workflows.flow import NotYours, Refused
from workflows.variation import Status
from workflows.vocabulary import Outcome, Signer


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def test_a_signed_variation_makes_new_versions_and_keeps_the_old_ones(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        before = {d.id: d.digest for d in db.exec(select(Document))}
        variation = in_force(db, world, referral)
        assert (variation.number, variation.status, variation.in_force_on) == (
            2,
            Status.IN_FORCE,
            TODAY + timedelta(days=3),
        )
        plan = plan_of(db, referral.id)
        assert plan is not None
        assert [v.number for v in versions_of(db, plan.id)] == [1, 2]
        first = bound(db, referral.id)[0]
        assert (first.hours, first.due_on) == (longer().hours, longer().due_on)
        assert plan.ends_on == max(step.due_on for step in steps_of(db, referral.id))
        after = {d.id: d.digest for d in db.exec(select(Document))}
        assert before.items() <= after.items()
        signed = db.exec(
            select(Document).where(Document.kind == Kind.SIGNED_COPY).order_by(Document.id)
        ).all()  # type: ignore[arg-type]
        assert [d.title for d in signed] == [
            "Youth conditional caution, signed copy",
            "Youth conditional caution, version 2, signed copy",
        ]
        assert {s.signer for s in signatures_of(db, variation)} == set(Signer)
        first_paper, second_paper = (text_of(content(db, d)) for d in signed)
        assert "I consent to being given this youth conditional caution." in first_paper
        assert "on 17 November 2026. I consent to the conditions in part 4" in second_paper
        assert "consent to being given this" not in second_paper


def test_yot_and_police_are_told_once_and_one_word_of_the_yot_settles_it_for_the_yot_only(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        in_force(db, world, referral, by="seconded")
        query = select(Notification).where(Notification.why == Why.CONDITIONS_VARIED)
        tasks = db.exec(query).all()
        assert {task.user_id for task in tasks if task.user_id} == {
            world.users["case_manager"],
            world.users["officer"],
        }
        assert len(tasks) == 3
        actions.seen(db, referral, by=world.actor("case_manager"), at=AFTER)
        left = [task.user_id for task in db.exec(query).all() if task.done_at is None]
        assert left == [world.users["officer"]], "the police have not been heard yet"


def test_without_consent_nothing_is_varied(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        variation = explained_variation(db, world, referral)
        no = NAMES.model_copy(update={"consented": False})
        officer = world.actor("officer")

        def act() -> Any:
            return signing.sign(
                db,
                referral,
                variation,
                no,
                drawings(),
                ISSUER,
                by=officer,
                at=AFTER,
                overrides={"child_consents": "He nodded"},
            )

        assert refused(act) == {"child_consents"}
        assert bound(db, referral.id)[0].what != longer().what
        said_no = c.Withdraw(reason="The child said no")
        actions.withdraw(db, referral, variation, said_no, by=officer, at=AFTER)
        assert (variation.status, variation.withdrawn_why) == (Status.WITHDRAWN, "The child said no")


def test_the_child_signs_and_an_adult_is_there_on_the_day(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        variation = prepared_variation(db, world, referral, adult_aged_18=False)
        officer = world.actor("officer")
        assert refused(lambda: actions.explain(db, referral, variation, TOLD, by=officer, at=AFTER)) == {
            "adult_is_adult"
        }
        without = PREPARED.model_copy(update={"adult": None, "adult_name": ""})
        with pytest.raises(Exception, match="appropriate adult"):
            writing.prepare(db, referral, variation, without, ISSUER, by=officer, at=AFTER)
        writing.prepare(db, referral, variation, PREPARED, ISSUER, by=officer, at=AFTER)
        actions.explain(db, referral, variation, TOLD, by=officer, at=AFTER)
        absent = drawings(frozenset({Signer.ADULT, Signer.OFFICER}))

        def act() -> Any:
            why = {"all_signed": "He left"}
            return signing.sign(
                db, referral, variation, NAMES, absent, ISSUER, by=officer, at=AFTER, overrides=why
            )

        assert refused(act) == {"child_signed", "no_gap"}


@pytest.mark.parametrize(("hours", "stopped"), [(14, False), (15, True)])
def test_the_new_set_as_a_whole_stays_within_twenty_hours(engine: Engine, hours: int, stopped: bool) -> None:
    """The caution has six hours of reparation; together they may be twenty (CON-4)."""
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        officer = world.actor("officer")
        variation = begun(db, world, referral)
        command = longer(hours=hours, purpose="reparation", attends=True)
        writing.set_condition(db, referral, variation, None, command, by=officer, at=AFTER)
        writing.prepare(db, referral, variation, PREPARED, ISSUER, by=officer, at=AFTER)

        def act() -> None:
            actions.explain(db, referral, variation, TOLD, by=officer, at=AFTER)

        if stopped:
            assert refused(act) == {"twenty_hours"}
        else:
            act()


@pytest.mark.parametrize(("days", "stopped"), [(140, False), (141, True)])
def test_the_time_runs_from_the_day_of_giving_and_not_from_the_variation(
    engine: Engine, days: int, stopped: bool
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        officer = world.actor("officer")
        variation = begun(db, world, referral)
        command = longer(due_on=TODAY + timedelta(days=days))
        writing.set_condition(db, referral, variation, None, command, by=officer, at=AFTER)
        writing.prepare(db, referral, variation, PREPARED, ISSUER, by=officer, at=AFTER)
        why = {"normal_length": "School first", "manager_length": "Agreed with Ruth Okoro"}

        def act() -> None:
            actions.explain(db, referral, variation, TOLD, by=officer, at=AFTER, overrides=why)

        if stopped:
            assert refused(act) == {"ceiling"}
        else:
            act()


def test_a_changed_condition_voids_the_document_until_it_is_explained_again(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        variation = explained_variation(db, world, referral)
        officer = world.actor("officer")
        writing.set_condition(
            db, referral, variation, None, longer(what="Say sorry in a letter"), by=officer, at=AFTER
        )

        def act() -> Any:
            return signing.sign(db, referral, variation, NAMES, drawings(), ISSUER, by=officer, at=AFTER)

        assert refused(act) == {"same_document"}
        writing.prepare(db, referral, variation, PREPARED, ISSUER, by=officer, at=AFTER)
        assert refused(act) == {"same_document"}


def test_a_condition_left_out_leaves_the_plan_and_is_no_failure(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        officer = world.actor("officer")
        variation = begun(db, world, referral)
        last = conditions_in(db, variation)[-1]
        writing.omit(db, referral, variation, last.id, by=officer, at=AFTER)
        assert last.change is Change.OMITTED
        writing.omit(db, referral, variation, last.id, by=officer, at=AFTER)
        assert last.change is Change.KEPT
        writing.omit(db, referral, variation, last.id, by=officer, at=AFTER)
        signed_variation(db, world, referral, variation=variation)
        actions.bring(db, referral, variation, by=officer, at=AFTER)
        assert [step.place for step in steps_of(db, referral.id)] == [1]
        first, second = versions_of(db, _plan(db, referral))
        assert len(first.content["steps"]) == 2
        assert len(second.content["steps"]) == 1


def _plan(db: Session, referral: Referral) -> int:
    plan = plan_of(db, referral.id)
    assert plan is not None
    return plan.id


def test_nothing_changed_no_reason_or_nobody_named_is_no_variation(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        officer = world.actor("officer")
        variation = writing.begin(db, referral, by=officer, at=AFTER)
        writing.prepare(db, referral, variation, PREPARED, ISSUER, by=officer, at=AFTER)
        variation.reason, variation.authority_name = "", ""
        assert refused(lambda: actions.explain(db, referral, variation, TOLD, by=officer, at=AFTER)) == {
            "differs",
            "variation_reason",
            "authorised",
        }


def test_only_one_at_a_time_only_by_the_police_and_only_of_a_caution_that_was_given(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        with pytest.raises(NotYours):
            writing.begin(db, referral, by=world.actor("case_manager"), at=AFTER)
        begun(db, world, referral)
        assert refused(lambda: begun(db, world, referral)) == {"one_at_a_time"}


def test_a_community_resolution_has_no_conditions_to_vary(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world, Outcome.CR)
        assert refused(lambda: writing.begin(db, referral, by=world.actor("officer"), at=AFTER)) == {
            "of_a_caution"
        }


def test_a_variation_in_force_is_never_changed_not_even_in_the_database(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        variation = in_force(db, world, referral)
        row = conditions_in(db, variation)[0]
        assert refused(
            lambda: writing.set_condition(
                db, referral, variation, row.id, longer(), by=world.actor("officer"), at=AFTER
            )
        ) == {"too_late"}
    with pytest.raises(DatabaseError), transaction(engine) as db:
        db.execute(update(Variation).values(reason="Something else"))


def test_a_condition_that_is_not_there_is_not_found(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        variation = begun(db, world, referral)
        with pytest.raises(Missing):
            writing.omit(db, referral, variation, 10**6, by=world.actor("officer"), at=AFTER)
