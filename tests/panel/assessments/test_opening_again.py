"""An assessment that was signed is opened again."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.assessments import actions
from panel.assessments.queries import assessment_of, is_countersigned
from panel.assessments.version_models import Countersignature
from panel.db import transaction
from panel.errors import Missing
from panel.history.models import Event
from panel.meetings.agenda import open_item
from panel.meetings.listing import put_on
from panel.meetings.models import AgendaItem
from panel.meetings.reassessing import reassess
from panel.notifications.models import Why
from panel.packs.contents import parts_of
from panel.packs.shown import assessment_note
from panel.referrals.clocks import deadlines
from panel.referrals.queries import child_of, offences_of
from tests.panel.assessments.test_countersigning import AGAIN, NONE, mended, names, open_tasks
from tests.support.assessed import WRITTEN, assessed, handed_in, sign
from tests.support.decided import decided, listed, open_meeting, planned
from tests.support.world import NOW, build
from workflows.assessment import Status
from workflows.case import Status as CaseStatus
from workflows.flow import Refused
from workflows.roles import Role


def test_opening_again_voids_the_signature_and_keeps_it_readable(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world)
        reassess(db, referral, AGAIN, by=world.actor("case_manager"), at=NOW)
        found = assessment_of(db, referral.id)
        assert found is not None
        assert (found.status, found.countersigned_at) == (Status.IN_PROGRESS, None)
        assert (referral.status, referral.assessed_at) == (CaseStatus.ACCEPTED, None)
        kept = db.exec(select(Countersignature)).one()
        assert (kept.voided_at, kept.voided_by_id) == (NOW, world.users["case_manager"])
        assert kept.voided_because == AGAIN
        actions.write(
            db,
            referral,
            WRITTEN.model_copy(update={"family": "Moved."}),
            by=world.actor("case_manager"),
            at=NOW,
        )
        shown = str(parts_of(db, referral, held_on=NOW.date()))
        assert WRITTEN.family in shown
        assert "Moved." not in shown
        assert "being written again" in assessment_note(db, referral)["void"]
        clocks = [d.key for d in deadlines(referral, child_of(db, referral), offences_of(db, referral))]
        assert "reassessment_due" in clocks
        assert "assessment_due" not in clocks


def test_after_signing_again_the_panel_reads_the_new_version(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = assessed(db, world)
        reassess(db, referral, AGAIN, by=world.actor("manager"), at=NOW)
        mended(db, world, referral, family="Moved to his aunt.")
        sign(db, world, referral)
        assert "Moved to his aunt." in str(parts_of(db, referral, held_on=NOW.date()))
        assert assessment_note(db, referral)["void"] == ""
        kept = db.exec(select(Countersignature)).all()
        assert [row.voided_at is None for row in kept] == [False, True]


def test_a_listed_case_leaves_the_agenda_and_the_chair_and_the_managers_are_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = listed(db, world)
        reassess(db, referral, AGAIN, by=world.actor("case_manager"), at=NOW)
        assert db.exec(select(AgendaItem)).all() == []
        assert referral.status is CaseStatus.ACCEPTED
        assert [t.user_id for t in open_tasks(db, Why.CASE_OFF_AGENDA)] == [world.users["chair"]]
        assert [t.role for t in open_tasks(db, Why.ASSESSMENT_REOPENED)] == [Role.YOT_MANAGER]
        assert open_tasks(db, Why.CASE_LISTED) == []
        assert "meeting.leave" in set(db.exec(select(Event.verb)))
        mended(db, world, referral)
        sign(db, world, referral)
        put_on(db, referral, planned(db, world).id, by=world.actor("manager"), at=NOW, overrides=NONE)
        assert open_tasks(db, Why.CASE_OFF_AGENDA) == []
        assert open_tasks(db, Why.ASSESSMENT_REOPENED) == []


def test_a_submitted_assessment_that_nobody_signed_can_be_taken_back_too(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = handed_in(db, world)
        reassess(db, referral, AGAIN, by=world.actor("case_manager"), at=NOW)
        assert referral.status is CaseStatus.ACCEPTED
        assert open_tasks(db, Why.ASSESSMENT_TO_COUNTERSIGN) == []
        mended(db, world, referral)


def test_while_the_panel_sits_on_the_case_its_assessment_stays(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        with pytest.raises(Refused) as no:
            reassess(db, referral, AGAIN, by=world.actor("manager"), at=NOW)
        assert names(no) == {"not_sitting"}
        assert open_item(db, referral) is not None
        assert is_countersigned(db, referral.id)


def test_after_the_decision_the_assessment_stays(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        with pytest.raises(Refused) as no:
            reassess(db, referral, AGAIN, by=world.actor("manager"), at=NOW)
        assert names(no) == {"wrong_state"}


@pytest.mark.parametrize("key", ["other_case_manager", "officer", "victim_worker", "far_manager"])
def test_nobody_else_opens_it_again(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = assessed(db, world)
        with pytest.raises(Missing):
            reassess(db, referral, AGAIN, by=world.actor(key), at=NOW)
