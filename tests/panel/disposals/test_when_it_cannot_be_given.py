"""A disposal that lapses, is not there yet, or is somebody else's to give."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.disposals import actions, signing
from panel.disposals.models import Disposal
from panel.disposals.queries import disposal_for
from panel.documents.queries import content
from panel.history.models import Event
from panel.history.record import case_chain
from panel.notifications.models import Notification, Why
from panel.plans.queries import plan_of
from tests.panel.disposals.test_disposal_actions import LAPSES, kept, refused
from tests.panel.documents.disposal_papers import text_of
from tests.support.given import (
    GIVEN_AT,
    ISSUER,
    MOTHER,
    NAMES,
    TOLD,
    decided,
    drawings,
    explained,
    prepared,
    signed,
)
from tests.support.world import build
from workflows.case import Status as CaseStatus
from workflows.disposal import Status
from workflows.flow import NotYours
from workflows.vocabulary import Adult, Outcome


def test_a_disposal_that_lapses_ends_the_case_and_its_tasks(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        actions.lapse(db, referral, LAPSES, by=world.actor("officer"), at=GIVEN_AT)
        assert referral.status is CaseStatus.WITHDRAWN
        assert disposal_for(db, referral).status is Status.LAPSED
        assert plan_of(db, referral.id) is None
        open_tasks = db.exec(select(Notification).where(Notification.done_at == None))  # noqa: E711
        assert [task.why for task in open_tasks] == [Why.CASE_WITHDRAWN]


def test_a_disposal_can_lapse_before_its_document_was_made(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        actions.lapse(db, referral, LAPSES, by=world.actor("seconded"), at=GIVEN_AT)
        assert referral.status is CaseStatus.WITHDRAWN


def test_the_birthday_between_the_panel_and_the_giving_stops_a_caution(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        birthday = GIVEN_AT.date() + timedelta(days=1)
        born = birthday.replace(year=birthday.year - 18)
        referral = signed(db, world, Outcome.YC, child={"date_of_birth": born})
        officer, tomorrow = world.actor("officer"), GIVEN_AT + timedelta(days=1)
        assert refused(lambda: actions.give(db, referral, by=officer, at=tomorrow)) == {"aged_10_to_17"}
        actions.give(db, referral, by=officer, at=GIVEN_AT)
        assert referral.status is CaseStatus.GIVEN


def test_before_the_panel_has_decided_there_is_nothing_to_prepare(engine: Engine) -> None:
    from tests.support.assessed import assessed

    with transaction(engine) as db:
        world = build(db)
        referral, officer = assessed(db, world), world.actor("officer")
        act = refused(lambda: actions.prepare(db, referral, MOTHER, ISSUER, by=officer, at=GIVEN_AT))
        assert act == {"not_decided"}


def test_only_the_police_of_the_area_prepare_a_disposal(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        for key in ("manager", "case_manager", "far_officer"):
            with pytest.raises(NotYours):
                actions.prepare(db, referral, MOTHER, ISSUER, by=world.actor(key), at=GIVEN_AT)
        assert db.exec(select(Disposal)).first() is None


def test_an_involved_adult_is_allowed_only_with_a_named_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        aunt = MOTHER.model_copy(
            update={
                "adult": Adult.OTHER,
                "adult_involved": True,
                "adult_order_reason": "Both parents work away.",
            }
        )
        referral, officer = prepared(db, world, command=aunt), world.actor("officer")
        assert refused(lambda: actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)) == {
            "adult_not_involved"
        }
        why = {"adult_not_involved": "Nobody else could come"}
        actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT, overrides=why)
        event = db.exec(
            select(Event).where(Event.chain == case_chain(referral.id), Event.verb == "disposal.explain")
        ).one()
        assert event.overrides == why


def test_a_picture_stands_only_by_the_name_of_its_signer(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        nickname = NAMES.model_copy(update={"child_name": "Robbie Fielding"})
        everything = replace(drawings(), scan=None)
        signing.sign(db, referral, nickname, everything, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
        assert "Signed as Robbie Fielding" in text_of(content(db, kept(db, referral)))
