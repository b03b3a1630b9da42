"""Positions of the members and the draft of the decision, before anything is recorded."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.decisions import actions
from panel.decisions import decide as deciding
from panel.decisions.commands import Draft, PositionTaken
from panel.decisions.models import DraftCondition
from panel.decisions.queries import (
    positions_of,
)
from panel.decisions.sitting import draft_mark, sitting_of
from panel.errors import Missing, Stale
from panel.history.models import Event
from panel.meetings.agenda import open_item
from tests.panel.decisions.test_deciding import CR, YC, YCC
from tests.support.decided import (
    heard,
    listed,
    mark_of,
    open_meeting,
    step,
    wrote,
)
from tests.support.world import NOW, TODAY, build
from workflows.flow import NotYours, Refused


def test_a_member_changes_their_position_and_the_chair_may_write_it_down_for_them(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = open_meeting(db, world), world.actor("chair")
        victim_worker = world.actor("victim_worker")
        actions.position(
            db, referral, PositionTaken(outcome=CR, comment="Too hard."), by=victim_worker, at=NOW
        )
        for_them = PositionTaken(outcome=YC, member_id=victim_worker.id)
        actions.position(db, referral, for_them, by=chair, at=NOW)
        item = open_item(db, referral)
        assert item is not None
        said = positions_of(db, item.id)
        assert [(p.name, p.outcome, p.entered_by) for p in said] == [("Nadia Khan", YC, "Alan Pike")]


def test_nobody_but_the_chair_writes_down_what_another_member_thinks(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        command = PositionTaken(outcome=YC, member_id=world.users["victim_worker"])
        for key in ("seconded", "manager"):
            with pytest.raises(NotYours):
                actions.position(db, referral, command, by=world.actor(key), at=NOW)


@pytest.mark.parametrize("key", ["manager", "case_manager", "far_manager"])
def test_only_members_who_are_here_take_a_position(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        with pytest.raises(Refused, match="Only members who are here"):
            actions.position(db, referral, PositionTaken(outcome=YC), by=world.actor(key), at=NOW)


def test_no_position_is_taken_before_the_meeting_opens(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = listed(db, world)
        with pytest.raises(Refused, match="has not been opened"):
            actions.position(db, referral, PositionTaken(outcome=YC), by=world.actor("chair"), at=NOW)


def test_the_draft_starts_from_the_proposed_steps_only_once(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = heard(db, world), world.actor("chair")
        wrote(db, world, referral, YCC, reasons="First words.")
        rows = db.exec(select(DraftCondition)).all()
        assert [row.what for row in rows] == ["Four talks about anger", "Help to repaint bus shelters"]
        actions.remove_condition(db, referral, rows[0].id, by=chair, at=NOW)
        wrote(db, world, referral, YCC, reasons="Second words.")
        added = actions.condition(db, referral, step(what="A letter"), None, seen=0, by=chair, at=NOW)
        sitting = sitting_of(db, referral, today=TODAY)
        assert sitting is not None
        assert [s.what for s in sitting.conditions] == ["Help to repaint bus shelters", "A letter"]
        assert sitting.reasons == "Second words."
        changed = step(what="A longer letter")
        seen = actions.condition_mark(added)
        actions.condition(db, referral, changed, added.id, seen=seen, by=chair, at=NOW)
        with pytest.raises(Stale):
            actions.condition(db, referral, step(), added.id, seen=seen, by=chair, at=NOW)
        with pytest.raises(Missing):
            actions.condition(db, referral, step(), 4711, seen=0, by=chair, at=NOW)


def test_a_draft_that_was_written_elsewhere_meanwhile_is_not_overwritten(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = heard(db, world), world.actor("chair")
        wrote(db, world, referral, YC, reasons="In the other window.")
        with pytest.raises(Stale) as stale:
            actions.write(db, referral, Draft(reasons="In this window."), seen=0, by=chair, at=NOW)
        sitting = sitting_of(db, referral, today=TODAY)
        assert sitting is not None
        assert stale.value.saved["reasons"] == "In the other window."
        assert stale.value.saved["version"] == draft_mark(sitting)


def test_what_members_and_the_chair_type_is_not_in_the_history(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = heard(db, world)
        secret = PositionTaken(outcome=YC, comment="Mrs Oldcastle told me")
        actions.position(db, referral, secret, by=world.actor("seconded"), at=NOW)
        wrote(db, world, referral, YCC, reasons="Mrs Oldcastle is afraid")
        seen = mark_of(db, referral)
        deciding.decide(db, referral, seen=seen, by=world.actor("chair"), at=NOW, overrides={})
        assert not [event for event in db.exec(select(Event)) if "Oldcastle" in str(event.facts)]
