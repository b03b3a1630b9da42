"""A decision takes its places, two decisions never take the last one both, and an end gives it back."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.decisions import actions
from panel.decisions import decide as deciding
from panel.decisions.models import Condition, DraftCondition
from panel.placements.actions import release
from panel.placements.models import Booking
from panel.plans import actions as plans
from panel.plans.commands import Close, StepNote
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from tests.panel.decisions.test_decide_races import at_once
from tests.support.decided import heard, mark_of, ready, step, wrote
from tests.support.given import GIVEN_AT, asked, notified
from tests.support.placements import place
from tests.support.world import NOW, TODAY, World, build
from workflows.flow import Refused
from workflows.vocabulary import Outcome

SOFT = {"victim_wishes": "They said so by telephone.", "not_vague": "Read as it is."}


def choosing(db: Session, world: World, place_id: int) -> Referral:
    """A case whose decision is written, with one condition at this placement."""
    referral = ready(db, world)
    command = step(what="Mend the fence", purpose="reparation", placement_id=place_id, hours=3)
    actions.condition(db, referral, command, None, seen=0, by=world.actor("chair"), at=NOW)
    return referral


def record(db: Session, world: World, referral: Referral, seen: int) -> None:
    chair = world.actor("chair")
    deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides=SOFT)


def test_a_decision_takes_the_place_until_the_condition_is_due(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        farm = place(db, world)
        referral = choosing(db, world, farm.id)
        assert db.exec(select(Booking)).all() == [], "a draft takes nothing"
        record(db, world, referral, mark_of(db, referral))
        booked = db.exec(select(Booking)).one()
        condition = db.get_one(Condition, booked.condition_id)
        assert (booked.placement_id, booked.referral_id) == (farm.id, referral.id)
        assert (booked.from_on, booked.until_on) == (TODAY, TODAY + timedelta(days=30))
        assert condition.what == "Mend the fence"


def test_a_full_placement_stops_the_decision_and_a_given_back_one_does_not(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        farm = place(db, world)
        first, second = choosing(db, world, farm.id), choosing(db, world, farm.id)
        record(db, world, first, mark_of(db, first))
        with pytest.raises(Refused) as refused:
            record(db, world, second, mark_of(db, second))
        assert [r.name for r in refused.value.refusals] == ["placement_free"]
        assert release(db, first.id, on=TODAY, why="The decision was rescinded") == 1
        assert release(db, first.id, on=TODAY, why="Again") == 0
        record(db, world, second, mark_of(db, second))


def test_a_place_that_does_not_suit_needs_a_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = choosing(db, world, place(db, world, min_age=17).id)
        with pytest.raises(Refused) as refused:
            record(db, world, referral, mark_of(db, referral))
        assert [(r.name, r.hard) for r in refused.value.refusals] == [("placement_suits", False)]
        chair, reason = world.actor("chair"), {"placement_suits": "His brother works there."}
        deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides=SOFT | reason)


@pytest.mark.parametrize("_round", range(5))
def test_of_two_panels_only_one_gets_the_last_place(engine: Engine, _round: int) -> None:
    with transaction(engine) as db:
        world = build(db)
        farm = place(db, world)
        cases = [choosing(db, world, farm.id) for _ in range(2)]
        prepared = [(case.reference, mark_of(db, case)) for case in cases]

    def decide(reference: str, seen: int, db: Session) -> str:
        referral = referral_for(db, world.actor("chair"), reference, at=NOW, page="test")
        record(db, world, referral, seen)
        return "won"

    acts = [lambda db, r=r, s=s: decide(r, s, db) for r, s in prepared]
    ends = at_once(engine, acts)
    assert [end for end in ends if end == "won"] == ["won"]
    lost = next(end for end in ends if end != "won")
    assert isinstance(lost, Refused)
    assert [r.name for r in lost.refusals] == ["placement_free"]
    with Session(engine) as db:
        assert len(db.exec(select(Booking)).all()) == 1


def test_the_end_of_the_case_gives_the_place_back(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world)
        condition = db.exec(select(Condition)).first()
        assert condition is not None
        db.add(
            Booking(
                placement_id=place(db, world).id,
                referral_id=referral.id,
                condition_id=condition.id,
                from_on=TODAY,
                until_on=TODAY + timedelta(days=60),
            )
        )
        worker = world.actor("case_manager")
        done = StepNote.model_validate({"state": "done", "done_on": TODAY, "evidence": "Seen"})
        for step_ in steps_of(db, referral.id):
            plans.note_step(db, referral, step_.place, done, by=worker, at=GIVEN_AT)
        assert db.exec(select(Booking)).one().released_on is None
        asked(db, world, referral)
        plans.close(db, referral, Close(reason="All done"), by=worker, at=GIVEN_AT)
        booked = db.exec(select(Booking)).one()
        assert booked.released_on == GIVEN_AT.date()
        assert booked.released_why == "The case is over (close)"


def test_what_is_read_out_goes_from_the_draft_into_the_decision(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = heard(db, world)
        wrote(db, world, referral, Outcome.YCC)
        draft = db.exec(select(DraftCondition)).first()
        assert draft is not None
        draft.sealed = "The shop at the corner"
        db.add(draft)
        db.flush()
        record(db, world, referral, mark_of(db, referral))
        assert "The shop at the corner" in [row.sealed for row in db.exec(select(Condition))]
