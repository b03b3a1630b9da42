"""Signing a variation: new signatures on a new version of the document; the old ones stay (VAR-1, BR-2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.disposals.paper import Issuer, places_of, signers_of
from panel.disposals.sign_commands import Sign
from panel.disposals.signing import Signed, keep_picture, missing_of, signature_line
from panel.documents.models import Document
from panel.documents.signed import keep_signed
from panel.documents.typeset import disposal_pdf
from panel.documents.uploads import CleanFile
from panel.referrals.models import Referral
from panel.variations.actions import keep_step, take
from panel.variations.models import Variation, VariationSignature
from panel.variations.paper import as_disposal, same_paper, title_of_version, unchanged
from panel.variations.queries import caution_of, variation_facts
from workflows.calendar import today_in_london
from workflows.vocabulary import Answer, Signer, words


def sign(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Document:
    """Keep the new signatures, who did not sign and why, and the signed copy of this version.

    Raises `Refused`; `UploadRefused` for a scan to which no seal can be added.
    """
    signers = signers_of(as_disposal(variation, caution_of(db, referral)))
    missing = missing_of(signers, command, signed)
    typed = {
        "signed_by": signed.by,
        "did_not_sign": frozenset(missing),
        "consented": command.consented,
    }
    facts = variation_facts(db, referral, variation, today=today_in_london(at), **typed)
    if signed.scan is None and facts.paper.signed_document_is_shown_document:
        same = unchanged(db, referral, variation, issuer)
        facts = replace(facts, paper=replace(facts.paper, signed_document_is_shown_document=same))
    reasons = dict(overrides or {})
    if missing:
        reasons.setdefault("all_signed", "; ".join(missing.values()))
    step = take(referral, variation, "sign", facts, by, reasons)
    copy = _signed_copy(db, referral, variation, command, signed, issuer, by=by, at=at)
    _keep_answers(db, referral, variation, command, signed, by=by, at=at)
    variation.consented, variation.signed_at, variation.signed_document_id = command.consented, at, copy.id
    said = {"signed_by": ", ".join(words(s).lower() for s in Signer if s in signed.by) or "nobody"}
    said |= {"number": str(variation.number), "digest": copy.digest[:12]}
    keep_step(db, referral, variation, step, by=by, at=at, said=said)
    return copy


def _signed_copy(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
) -> Document:
    file, disposal = signed.scan, caution_of(db, referral)
    if file is None:
        paper, made = same_paper(db, referral, variation, issuer), as_disposal(variation, disposal)
        lines = tuple(
            signature_line(signer, line.name, signers_of(made), command, signed, at)
            for signer, line in zip(places_of(made), paper.signatures, strict=True)
        )
        paper = replace(paper, copy="for the file", signatures=lines, shown_digest=variation.document_digest)
        file = CleanFile("application/pdf", "pdf", disposal_pdf(paper))
    return keep_signed(
        db,
        referral_id=referral.id,
        subject=f"variation:{variation.id}",
        title=title_of_version(variation, disposal),
        file=file,
        shown_digest=variation.document_digest,
        by=by,
        at=at,
    )


def _keep_answers(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: Sign,
    signed: Signed,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """One row for each person who was asked: a signature, or why there is none and who says so."""
    for signer in signers_of(as_disposal(variation, caution_of(db, referral))):
        signs, picture = signer in signed.by, signed.drawings.get(signer)
        image = None if picture is None else keep_picture(db, referral, signer, picture, by=by, at=at)
        db.add(
            VariationSignature(
                variation_id=variation.id,
                signer=signer,
                name=command.name_of(signer),
                at=at,
                document_digest=variation.document_digest,
                answer=Answer.SIGNED if signs else command.answer_of(signer),
                why="" if signs else command.why_of(signer),
                witness_id=by.id,
                image_document_id=None if image is None else image.id,
                on_paper=signs and picture is None,
            )
        )
    db.flush()
