"""Who signed and who did not, and the copies that are kept of it, on both databases."""

import io
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.disposals import actions, signing
from panel.disposals.paper import signers_of
from panel.disposals.queries import disposal_for, document_at, not_signed_of, signatures_of
from panel.disposals.sign_commands import Sign
from panel.documents import typeset
from panel.documents.models import Document, Kind
from panel.documents.queries import content, papers
from panel.documents.signed import versions_of
from panel.documents.uploads import CleanFile
from panel.history.models import Event
from panel.history.record import case_chain
from panel.history.sentences import events_of
from panel.referrals.models import Referral
from tests.panel.documents.disposal_papers import drawn, paper, text_of
from tests.support.given import (
    EVERYBODY,
    GIVEN_AT,
    ISSUER,
    NAMES,
    TOLD,
    drawings,
    explained,
    prepared,
    signed,
)
from tests.support.world import World, build
from workflows.disposal import Status
from workflows.flow import Refused
from workflows.vocabulary import Answer, Outcome, Signer

PREFIX = {"child": "child", "appropriate_adult": "adult", "officer": "officer", "case_manager": "manager"}
ALONE = TOLD.model_copy(update={"case_manager_present": False})


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def without(signer: Signer, answer: Answer = Answer.UNABLE, why: str = "Has a broken wrist") -> Sign:
    """What is told when one person does not sign."""
    who = PREFIX[signer.value]
    return NAMES.model_copy(update={f"{who}_how": answer, f"{who}_why": why})


def kept(db: Session, referral: Referral) -> Document:
    """The signed copy."""
    found = document_at(db, disposal_for(db, referral).signed_document_id)
    assert found is not None
    return found


def sign(db: Session, world: World, referral: Referral, command: Sign, who: frozenset[Signer]) -> Document:
    officer = world.actor("officer")
    return signing.sign(db, referral, command, drawings(who), ISSUER, by=officer, at=GIVEN_AT)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.UNABLE])
@pytest.mark.parametrize("missing", sorted(EVERYBODY - {Signer.CHILD}))
def test_who_refuses_or_cannot_sign_is_recorded_with_the_reason_and_who_says_so(
    engine: Engine, missing: Signer, answer: Answer
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        sign(db, world, referral, without(missing, answer), EVERYBODY - {missing})
        disposal = disposal_for(db, referral)
        (row,) = not_signed_of(db, disposal.id)
        assert (row.signer, row.answer, row.why) == (missing, answer, "Has a broken wrist")
        assert (row.witness_id, row.document_digest) == (world.users["officer"], disposal.document_digest)
        assert {s.signer for s in signatures_of(db, disposal.id)} == EVERYBODY - {missing}
        event = db.exec(select(Event).where(Event.verb == "disposal.sign")).one()
        assert "(Has a broken wrist)" in event.overrides["all_signed"]
        assert "Has a broken wrist" in text_of(content(db, kept(db, referral)))


@pytest.mark.parametrize("missing", list(Signer))
def test_a_person_of_whom_nothing_is_said_is_a_gap_that_stops_the_signing(
    engine: Engine, missing: Signer
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world, Outcome.CR)
        assert "no_gap" in refused(lambda: sign(db, world, referral, NAMES, EVERYBODY - {missing}))
        silent = without(missing, why="")
        assert "no_gap" in refused(lambda: sign(db, world, referral, silent, EVERYBODY - {missing}))


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.UNABLE])
def test_a_conditional_caution_needs_the_childs_own_signature_whatever_the_reason(
    engine: Engine, answer: Answer
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = explained(db, world), world.actor("officer")
        told = without(Signer.CHILD, answer)
        assert refused(lambda: sign(db, world, referral, told, EVERYBODY - {Signer.CHILD})) == {
            "child_signed"
        }
        assert refused(lambda: actions.give(db, referral, by=officer, at=GIVEN_AT)) == {"wrong_state"}


def test_a_youth_caution_may_be_given_to_a_child_who_refuses_to_sign(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world, Outcome.YC)
        told = without(Signer.CHILD, Answer.REFUSED, "Does not want to write anything")
        sign(db, world, referral, told, EVERYBODY - {Signer.CHILD})
        actions.give(db, referral, by=world.actor("officer"), at=GIVEN_AT)
        assert disposal_for(db, referral).status is Status.GIVEN


def test_the_case_manager_signs_only_when_it_is_given_together(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world, told=ALONE)
        disposal = disposal_for(db, referral)
        three = EVERYBODY - {Signer.CASE_MANAGER}
        assert set(signers_of(disposal)) == three
        sign(db, world, referral, NAMES, three)
        assert not_signed_of(db, disposal.id) == []
        assert "Was not there" in text_of(content(db, kept(db, referral)))
    with transaction(engine) as db:
        assert db.exec(select(Event).where(Event.verb == "disposal.sign")).one().overrides == {}


def test_the_signed_copies_are_the_same_paper_with_the_pictures_and_the_digest_of_what_was_shown(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        referral = signed(db, build(db))
        disposal = disposal_for(db, referral)
        shown = document_at(db, disposal.document_id)
        assert shown is not None
        copies = {
            "for the file": content(db, kept(db, referral)),
            "for the child": content(db, papers(db, referral.id, kinds=(Kind.CHILD_COPY,))[0]),
        }
        for words, data in copies.items():
            pictures = [image for page in PdfReader(io.BytesIO(data)).pages for image in page.images]
            assert len(pictures) == 4
            assert f"Copy {words}" in text_of(data)
            assert disposal.document_digest in text_of(data).replace(" ", "")
        before = text_of(content(db, shown))
        assert "Copy for the child" in before
        assert disposal.document_digest not in before.replace(" ", "")


def test_a_pdf_scan_is_kept_byte_for_byte_where_there_is_no_seal(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        data = typeset.disposal_pdf(paper("youth_caution"))
        scan = signing.Signed(EVERYBODY, {}, CleanFile("application/pdf", "pdf", data))
        signing.sign(db, referral, NAMES, scan, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
        assert content(db, kept(db, referral)) == data
        disposal = disposal_for(db, referral)
        assert all(s.on_paper and s.image_document_id is None for s in signatures_of(db, disposal.id))


def test_a_photo_of_the_paper_becomes_a_page_that_says_who_added_it(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        scan = signing.Signed(EVERYBODY, {}, CleanFile("image/png", "png", drawn()))
        signing.sign(db, referral, NAMES, scan, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
        copy = kept(db, referral)
        assert copy.media_type == "application/pdf"
        assert "Jo Marsh added it to the case on 17 November 2026" in text_of(content(db, copy))


def test_the_history_holds_the_digests_of_what_was_shown_and_of_what_is_kept(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = signed(db, build(db))
        disposal, copy = disposal_for(db, referral), kept(db, referral)
        (version,) = versions_of(db, f"disposal:{disposal.id}")
        assert (version.version, version.digest) == (1, copy.digest)
        facts = {event.verb: event.facts for event in events_of(db, case_chain(referral.id))}
        assert facts["case.prepare_disposal"]["digest"] == disposal.document_digest
        assert facts["disposal.sign"]["shown"] == disposal.document_digest
        assert facts["disposal.sign"]["digest"] == copy.digest


def test_a_letter_is_never_signed(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = prepared(db, build(db), Outcome.NFA)
        assert signers_of(disposal_for(db, referral)) == ()
