"""Preparing, explaining, signing and giving a disposal, on both databases."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from panel.accounts.models import User
from panel.db import transaction
from panel.disposals import actions, signing
from panel.disposals.commands import Lapse
from panel.disposals.queries import disposal_for, document_at, signatures_of
from panel.documents.models import Document, Kind
from panel.documents.queries import Altered, content, papers
from panel.documents.typst import IncompletePaper
from panel.history.models import Event
from panel.notifications.models import Notification, Party, Why
from panel.plans.queries import plan_of
from panel.referrals.models import Referral
from tests.panel.documents.disposal_papers import text_of
from tests.support.assessed import CANARIES, VICTIM_NAME
from tests.support.given import (
    EVERYBODY,
    GIVEN_AT,
    ISSUER,
    MOTHER,
    NAMES,
    TOLD,
    authorised,
    decided,
    drawings,
    explained,
    given,
    prepared,
    signed,
)
from tests.support.world import build
from workflows.calendar import today_in_london
from workflows.case import Status as CaseStatus
from workflows.disposal import Status
from workflows.flow import Refused
from workflows.plan import Status as PlanStatus
from workflows.roles import Role
from workflows.vocabulary import Outcome

LAPSES = Lapse(reason="The child turned 18.")


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def shown(db: Session, referral: Referral) -> Document:
    """The document that was shown."""
    found = document_at(db, disposal_for(db, referral).document_id)
    assert found is not None
    return found


def kept(db: Session, referral: Referral) -> Document:
    """The signed copy."""
    found = document_at(db, disposal_for(db, referral).signed_document_id)
    assert found is not None
    return found


def told_of(db: Session, referral: Referral, why: Why) -> list[Notification]:
    query = select(Notification).where(Notification.referral_id == referral.id, Notification.why == why)
    return list(db.exec(query))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_given_with_its_plan_on_the_day_of_giving(engine: Engine, outcome: Outcome) -> None:
    with transaction(engine) as db:
        referral = given(db, build(db), outcome)
        disposal, plan = disposal_for(db, referral), plan_of(db, referral.id)
        assert (disposal.status, referral.status) == (Status.GIVEN, CaseStatus.GIVEN)
        assert disposal.given_on == referral.given_on == today_in_london(GIVEN_AT)
        assert plan is not None
        assert plan.status is PlanStatus.UNDER_WAY


def test_the_day_of_giving_is_the_day_in_london(engine: Engine) -> None:
    late = GIVEN_AT.replace(month=6, day=30, hour=23, minute=30) + timedelta(days=365)
    with transaction(engine) as db:
        why = {"conditions_ahead": "The panel agreed to a new date"}
        world = build(db)
        referral = prepared(db, world, Outcome.YC, at=late)
        actions.explain(db, referral, TOLD, by=world.actor("officer"), at=late, overrides=why)
        signing.sign(db, referral, NAMES, drawings(), ISSUER, by=world.actor("officer"), at=late)
        actions.give(db, referral, by=world.actor("officer"), at=late)
        assert str(referral.given_on) == "2027-07-01"


def test_the_yot_is_told_exactly_once(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world)
        tasks = told_of(db, referral, Why.DISPOSAL_GIVEN)
        to = {(task.user_id, task.role, task.party) for task in tasks}
        assert to == {
            (world.users["case_manager"], None, None),
            (None, Role.YOT_MANAGER, None),
            (None, None, Party.DUTY),
        }
        assert len(tasks) == 3
        assert {str(task.due_on) for task in tasks} == {"2026-11-18"}
        assert all(task.done_at for task in told_of(db, referral, Why.DISPOSAL_TO_GIVE))
        assert refused(lambda: actions.give(db, referral, by=world.actor("officer"), at=GIVEN_AT))
        assert len(told_of(db, referral, Why.DISPOSAL_GIVEN)) == 3


def test_of_a_community_resolution_the_liaison_worker_is_told_too(engine: Engine) -> None:
    with transaction(engine) as db:
        tasks = told_of(db, given(db, build(db), Outcome.CR), Why.DISPOSAL_GIVEN)
        assert Role.LIAISON in {task.role for task in tasks}
        assert len(tasks) == 4


def test_the_document_is_made_once_and_found_again(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = prepared(db, world)
        first = shown(db, referral).id
        actions.prepare(db, referral, MOTHER, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
        assert shown(db, referral).id == first
        assert len(papers(db, referral.id, kinds=(Kind.DISPOSAL,))) == 1


def test_answers_about_the_adult_that_change_nothing_on_the_paper_have_their_line(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = prepared(db, world), world.actor("officer")
        first = shown(db, referral).id
        reached = MOTHER.model_copy(update={"adult_phone": "01632 960 777"})
        for _ in range(2):
            actions.prepare(db, referral, reached, ISSUER, by=officer, at=GIVEN_AT)
        assert shown(db, referral).id == first
        query = select(Event).where(Event.verb == "case.change_adult")
        assert [event.facts for event in db.exec(query)] == [{"what": "How to reach them"}]


def test_a_document_that_was_made_again_must_be_explained_again(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = explained(db, world), world.actor("officer")
        father = MOTHER.model_copy(update={"adult_name": "Ivan Fielding"})
        actions.prepare(db, referral, father, ISSUER, by=officer, at=GIVEN_AT)

        def sign() -> None:
            signing.sign(db, referral, NAMES, drawings(), ISSUER, by=officer, at=GIVEN_AT)

        assert refused(sign) == {"same_document"}
        actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)
        sign()
        assert disposal_for(db, referral).status is Status.SIGNED


def test_a_signed_document_is_never_made_again(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = signed(db, world)
        father = MOTHER.model_copy(update={"adult_name": "Ivan Fielding"})
        again = refused(
            lambda: actions.prepare(db, referral, father, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
        )
        assert again == {"too_late"}


def test_what_would_come_out_differently_now_cannot_be_signed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        manager = db.exec(select(User).where(User.id == referral.case_manager_id)).one()
        manager.name = "Priya Nair-Holt"
        db.add(manager)
        db.flush()
        names = refused(
            lambda: signing.sign(
                db, referral, NAMES, drawings(), ISSUER, by=world.actor("officer"), at=GIVEN_AT
            )
        )
        assert names == {"same_document"}


def test_the_document_names_the_officer_who_explains_it(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = prepared(db, world, by="officer")
        seconded = world.actor("seconded")
        act = refused(lambda: actions.explain(db, referral, TOLD, by=seconded, at=GIVEN_AT))
        assert "names_officer" in act
        actions.prepare(db, referral, MOTHER, ISSUER, by=seconded, at=GIVEN_AT)
        act = refused(lambda: actions.explain(db, referral, TOLD, by=seconded, at=GIVEN_AT))
        assert act == {"ycc_evidence"}, "the evidence has to be before whoever explains it"
        authorised(db, world, referral, by="seconded")
        actions.explain(db, referral, TOLD, by=seconded, at=GIVEN_AT)
        assert disposal_for(db, referral).explained_by_id == seconded.id


def test_an_adult_who_has_left_cannot_hear_the_explanation(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = prepared(db, world)
        alone = TOLD.model_copy(update={"adult_here": False})
        names = refused(lambda: actions.explain(db, referral, alone, by=world.actor("officer"), at=GIVEN_AT))
        assert names == {"adult_here"}


def test_a_caution_needs_an_adult_on_its_document_and_a_letter_does_not(engine: Engine) -> None:
    alone = MOTHER.model_copy(update={"adult": None, "adult_name": "", "adult_relationship": None})
    with transaction(engine) as db:
        world = build(db)
        with pytest.raises(IncompletePaper, match="appropriate adult"):
            prepared(db, world, Outcome.YC, command=alone)
    with transaction(engine) as db:
        assert shown(db, prepared(db, world, Outcome.NFA, command=alone)).size > 0


def test_nobody_has_signed_who_left_neither_a_drawing_nor_a_scan() -> None:
    with pytest.raises(ValueError, match="drawn"):
        signing.Signed(EVERYBODY, {})


def test_each_signature_holds_the_digest_of_what_was_shown(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = signed(db, build(db))
        document = shown(db, referral)
        digest = hashlib.sha256(content(db, document)).hexdigest()
        disposal = disposal_for(db, referral)
        signatures = signatures_of(db, disposal.id)
        assert {s.signer for s in signatures} == EVERYBODY
        assert {s.document_digest for s in signatures} == {digest}
        assert digest == document.digest == disposal.document_digest == disposal.explained_digest
        assert not any(s.on_paper for s in signatures)
        assert len(papers(db, referral.id, kinds=(Kind.SIGNATURE,))) == 4


@pytest.mark.parametrize("which", ["shown", "kept"])
def test_altered_bytes_are_noticed_and_stop_the_giving(sqlite_engine: Engine, which: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = signed(db, world) if which == "kept" else explained(db, world)
        document = kept(db, referral) if which == "kept" else shown(db, referral)
        officer = world.actor("officer")
    with transaction(sqlite_engine) as db:  # as somebody would who owns the file of the database
        _unguard(db)
        db.connection().execute(
            text("UPDATE stored_file SET content = :c WHERE digest = :d"),
            {"c": b"%PDF-1.7 another", "d": document.digest},
        )
    with transaction(sqlite_engine) as db:
        referral = db.exec(select(Referral).where(Referral.id == referral.id)).one()
        with pytest.raises(Altered):
            content(db, document)
        if which == "kept":
            assert refused(lambda: actions.give(db, referral, by=officer, at=GIVEN_AT)) == {"signed_copy"}
        else:
            assert "same_document" in refused(
                lambda: signing.sign(db, referral, NAMES, drawings(), ISSUER, by=officer, at=GIVEN_AT)
            )


def _unguard(db: Session) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'stored_file'"
    for name in db.connection().execute(text(query)).scalars().all():
        db.connection().execute(text(f"DROP TRIGGER {name}"))


def test_nothing_of_the_victim_is_in_the_document(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = signed(db, build(db), victim=True)
        for document in papers(db, referral.id, kinds=(Kind.DISPOSAL, Kind.SIGNED_COPY)):
            data = content(db, document)
            reader = PdfReader(io.BytesIO(data))
            said = text_of(data) + str(reader.metadata) + str(reader.xmp_metadata)
            assert not [canary for canary in CANARIES if canary in said]


@pytest.mark.parametrize("leak", [VICTIM_NAME, "Marguerite", "01632 960 777", "9 Weir Cottages"])
def test_reasons_that_name_the_victim_stop_the_document(engine: Engine, leak: str) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world, victim=True)
        telling = MOTHER.model_copy(update={"child_reasons": f"You frightened {leak} badly."})
        officer = world.actor("officer")
        with pytest.raises(actions.NamesVictim, match="the reasons"):
            actions.prepare(db, referral, telling, ISSUER, by=officer, at=GIVEN_AT)


def test_the_panels_own_reasons_stay_as_they_are(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = prepared(db, build(db))
        words = text_of(content(db, papers(db, referral.id, kinds=(Kind.PARENT_PAGE,))[0]))
        assert MOTHER.child_reasons in words
        assert "has never been in trouble" not in words
