"""A plan changes by versions only, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import select, update

from panel.db import transaction
from panel.errors import Missing
from panel.plans import actions, agreeing, drafting
from panel.plans import change_commands as c
from panel.plans.commands import StepNote
from panel.plans.content import differences, digest_of
from panel.plans.models import Plan, PlanVersion, StepState
from panel.plans.queries import plan_of, step_of, steps_of
from panel.plans.versions import AS_DECIDED, content_now, versions_of
from panel.referrals.models import Referral
from panel.victims.models import Victim
from tests.support.given import GIVEN_AT, drawn_url, notified
from tests.support.planned import AFTER
from tests.support.world import TODAY, World, build
from workflows.flow import NotYours, Refused
from workflows.plan_parts import LinkKind, Risk, Serves
from workflows.vocabulary import Outcome

EXIT = c.Exit(
    service="Boxing club", what_for="Friday nights", who="Priya Nair", by_when=TODAY + timedelta(days=60)
)
PHONE = c.Contingency(
    trigger="He stays out after ten",
    action="Priya phones his aunt, who takes him in that night",
    who="Priya Nair",
    risk=Risk.SAFETY,
)
CARE = c.Linked(kind=LinkKind.CARE, held_by="Social care", contact="Ana Reyes", fit="One meeting each month")


def planned(**more: object) -> c.PlannedStep:
    """A step that is agreed."""
    return c.PlannedStep.model_validate(
        {
            "what": "Join the boxing club with his mentor",
            "who": "Sol Adeyemi",
            "where_at": "Kelder Boxing Club",
            "when_at": "Fridays at 18:00",
            "done_when": "Four evenings",
            "due_on": TODAY + timedelta(days=40),
            "purpose": "rehabilitation",
            "owner": "Sol Adeyemi",
            "serves": Serves.DESISTANCE,
        }
        | more
    )


SAFER = c.StepOwned(owner="Priya Nair", serves=Serves.SAFETY)


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def under_way(db: Any, outcome: Outcome = Outcome.YCC, **more: object) -> tuple[World, Referral, Plan]:
    """A case whose plan is under way."""
    world = build(db)
    referral = notified(db, world, outcome, **more)
    plan = plan_of(db, referral.id)
    assert plan is not None
    return world, referral, plan


def test_the_first_version_is_the_plan_as_decided(engine: Engine) -> None:
    with transaction(engine) as db:
        _, referral, plan = under_way(db)
        (version,) = versions_of(db, plan.id)
        assert (version.number, version.why) == (1, AS_DECIDED)
        assert version.digest == digest_of(version.content)
        assert [row["what"] for row in version.content["steps"]] == [
            s.what for s in steps_of(db, referral.id)
        ]
        assert all(row["binding"] for row in version.content["steps"])


def test_a_change_is_a_draft_until_it_becomes_a_version_and_says_what_is_different(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, plan = under_way(db)
        kept = {"by": world.actor("case_manager"), "at": AFTER}
        drafting.set_step(db, referral, plan, None, planned(), **kept)
        drafting.set_owner(db, referral, plan, 2, SAFER, **kept)
        drafting.set_row(db, referral, plan, "exits", None, EXIT, **kept)
        drafting.set_row(db, referral, plan, "contingencies", None, PHONE, **kept)
        drafting.set_row(db, referral, plan, "links", None, CARE, **kept)
        assert len(steps_of(db, referral.id)) == 2
        version = drafting.publish(db, referral, plan, "He asked for boxing", **kept)
        assert version.number == 2
        assert [step.place for step in steps_of(db, referral.id)] == [1, 2, 3]
        assert step_of(db, referral.id, 3).binding is False
        assert drafting.draft_of(db, plan) is None
        first, second = versions_of(db, plan.id)
        titles = [one.title for one in differences(first.content, second.content)]
        assert titles == [
            "Steps, in their order",
            "If things get worse",
            "Lined up with other plans",
            "Ways into mainstream services",
        ]
        assert "Join the boxing club" in differences(first.content, second.content)[0].after


def test_a_condition_is_neither_changed_nor_taken_out_here_but_may_be_ordered(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world, referral, plan = under_way(db)
        kept: dict[str, Any] = {"by": world.actor("case_manager"), "at": AFTER}
        with pytest.raises(Missing):
            drafting.set_step(db, referral, plan, 1, planned(), **kept)
        with pytest.raises(Missing):
            drafting.remove(db, referral, plan, "steps", 1, **kept)
        before = [step.what for step in steps_of(db, referral.id)]
        drafting.move_step(db, referral, plan, 2, earlier=True, **kept)
        drafting.set_owner(db, referral, plan, 2, SAFER, **kept)
        drafting.set_row(db, referral, plan, "exits", None, EXIT, **kept)
        drafting.publish(db, referral, plan, "Repair first", **kept)
        after = steps_of(db, referral.id)
        assert [step.what for step in after] == before[::-1]
        assert [(step.place, step.position) for step in after] == [(2, 1), (1, 2)]


def test_guidance_gives_way_to_a_reason_and_a_forged_draft_changes_no_condition(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world, referral, plan = under_way(db)
        kept: dict[str, Any] = {"by": world.actor("case_manager"), "at": AFTER}
        drafting.set_owner(db, referral, plan, 1, SAFER, **kept)
        drafting.set_row(db, referral, plan, "contingencies", None, PHONE, **kept)
        assert refused(lambda: drafting.publish(db, referral, plan, "Safer", **kept)) == {"has_exit"}
        why = {"has_exit": "His school goes on anyway"}
        drafting.publish(db, referral, plan, "Safer", overrides=why, **kept)
        drafting.set_row(db, referral, plan, "exits", None, EXIT, **kept)
        draft = drafting.draft_of(db, plan)
        assert draft is not None
        steps = [dict(row) for row in draft.content["steps"]]
        steps[0]["hours"] = 19
        draft.content = draft.content | {"steps": steps}
        assert refused(lambda: drafting.publish(db, referral, plan, "More", **kept)) == {"conditions_kept"}


def test_a_step_that_was_done_stays_and_one_taken_out_is_not_a_failure(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, plan = under_way(db, Outcome.CR)
        worker = world.actor("case_manager")
        kept: dict[str, Any] = {"by": worker, "at": AFTER}
        done = StepNote(state=StepState.DONE, done_on=TODAY, evidence="Seen.")
        actions.note_step(db, referral, 1, done, by=worker, at=GIVEN_AT)
        drafting.set_row(db, referral, plan, "exits", None, EXIT, **kept)
        drafting.set_owner(db, referral, plan, 2, SAFER, **kept)
        drafting.remove(db, referral, plan, "steps", 1, **kept)
        assert refused(lambda: drafting.publish(db, referral, plan, "Less", **kept)) == {"nothing_done_goes"}
        drafting.drop(db, referral, plan, **kept)
        drafting.set_row(db, referral, plan, "exits", None, EXIT, **kept)
        drafting.set_owner(db, referral, plan, 1, SAFER, **kept)
        drafting.remove(db, referral, plan, "steps", 2, **kept)
        drafting.publish(db, referral, plan, "Less", **kept)
        assert [step.place for step in steps_of(db, referral.id)] == [1]
        assert content_now(db, plan)["steps"][0]["number"] == 1


def test_a_version_is_never_altered_and_nobody_else_writes_one(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, plan = under_way(db)
        with pytest.raises(NotYours):
            drafting.set_row(db, referral, plan, "exits", None, EXIT, by=world.actor("officer"), at=AFTER)
    with pytest.raises(DatabaseError), transaction(engine) as db:
        db.execute(update(PlanVersion).values(why="Something else"))


@pytest.mark.parametrize("part", ["what", "who", "where_at"])
def test_a_text_that_tells_of_the_victim_goes_into_no_plan(engine: Engine, part: str) -> None:
    with transaction(engine) as db:
        world, referral, plan = under_way(db, victim=True)
        victim = db.exec(select(Victim)).first()
        assert victim is not None
        command = planned(**{part: f"Meet {victim.name} at the shop and talk it over"})
        with pytest.raises(drafting.NamesVictim):
            drafting.set_step(db, referral, plan, None, command, by=world.actor("case_manager"), at=AFTER)


def test_child_and_adult_agree_a_version_and_a_missing_signature_needs_its_reason(engine: Engine) -> None:
    from panel.documents.signatures import signature_png

    with transaction(engine) as db:
        world, referral, plan = under_way(db, Outcome.CR)
        kept: dict[str, Any] = {"by": world.actor("case_manager"), "at": AFTER, "demo": True}
        names = c.Agree(child_name="Robin Fielding", adult_name="Dana Fielding")
        child = agreeing.Agreed(frozenset({"child"}), {"child": signature_png(drawn_url())})
        assert refused(lambda: agreeing.agree(db, referral, plan, names, child, **kept)) == {
            "somebody_agrees"
        }
        why = names.model_copy(update={"not_signed": "She is at work and agrees by telephone"})
        document = agreeing.agree(db, referral, plan, why, child, **kept)
        assert document.title == "Plan, version 1, signed copy"
