"""Signing a variation: new signatures on a new version of the document; the old ones stay (VAR-1, BR-2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.disposals import commands as dc
from panel.disposals.paper import ROLES, Issuer, signers_of
from panel.disposals.signing import NOT_SIGNED, Signed, names_in
from panel.documents.actions import keep
from panel.documents.models import Document, Kind
from panel.documents.typeset import SignatureLine, disposal_pdf
from panel.documents.uploads import CleanFile, safe_filename
from panel.referrals.models import Referral
from panel.variations.actions import keep_step, take
from panel.variations.models import Variation, VariationSignature
from panel.variations.paper import as_disposal, same_paper, title_of_version, unchanged
from panel.variations.queries import caution_of, variation_facts
from workflows.calendar import today_in_london
from workflows.vocabulary import Signer, words


def sign(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: dc.Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Document:
    """Keep the new signatures and the signed copy of this version. Raises `Refused`."""
    today = today_in_london(at)
    typed = {"signed_by": signed.by, "consented": command.consented}
    facts = variation_facts(db, referral, variation, today=today, **typed)
    if signed.scan is None and facts.paper.signed_document_is_shown_document:
        same = unchanged(db, referral, variation, issuer)
        facts = replace(facts, paper=replace(facts.paper, signed_document_is_shown_document=same))
    reasons = dict(overrides or {})
    if command.not_signed:
        reasons.setdefault("all_signed", command.not_signed)
    step = take(referral, variation, "sign", facts, by, reasons)
    copy = _signed_copy(db, referral, variation, command, signed, issuer, by=by, at=at)
    _keep_signatures(db, referral, variation, command, signed, by=by, at=at)
    variation.consented, variation.signed_at, variation.signed_document_id = command.consented, at, copy.id
    said = {"signed_by": ", ".join(words(s).lower() for s in Signer if s in signed.by) or "nobody"}
    said |= {"number": str(variation.number), "digest": copy.digest[:12]}
    keep_step(db, referral, variation, step, by=by, at=at, said=said)
    return copy


def _signed_copy(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: dc.Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
) -> Document:
    file, disposal = signed.scan, caution_of(db, referral)
    if file is None:
        paper = same_paper(db, referral, variation, issuer)
        signers = signers_of(as_disposal(variation, disposal))
        lines = tuple(
            _line(signer, line.name, command, signed, at)
            for signer, line in zip(signers, paper.signatures, strict=True)
        )
        data = disposal_pdf(replace(paper, copy="for the file", signatures=lines))
        file = CleanFile("application/pdf", "pdf", data)
    title = f"{title_of_version(variation, disposal)}, signed copy"
    return keep(
        db,
        referral_id=referral.id,
        kind=Kind.SIGNED_COPY,
        title=title,
        filename=safe_filename(title, file.extension),
        media_type=file.media_type,
        data=file.data,
        by=by,
        at=at,
    )


def _line(signer: Signer, printed: str, command: dc.Sign, signed: Signed, at: datetime) -> SignatureLine:
    if signer not in signed.by:
        return SignatureLine(ROLES[signer], printed, note=NOT_SIGNED)
    typed = names_in(command)[signer]
    note = "" if typed in ("", printed) else f"Signed as {typed}"
    return SignatureLine(ROLES[signer], printed, today_in_london(at), note, signed.drawings.get(signer))


def _keep_signatures(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: dc.Sign,
    signed: Signed,
    *,
    by: Actor,
    at: datetime,
) -> None:
    for signer in (s for s in Signer if s in signed.by):
        picture = signed.drawings.get(signer)
        image = None if picture is None else _picture(db, referral, signer, picture, by=by, at=at)
        db.add(
            VariationSignature(
                variation_id=variation.id,
                signer=signer,
                name=names_in(command)[signer],
                at=at,
                document_digest=variation.document_digest,
                image_document_id=None if image is None else image.id,
                on_paper=picture is None,
            )
        )
    db.flush()


def _picture(
    db: Session, referral: Referral, signer: Signer, data: bytes, *, by: Actor, at: datetime
) -> Document:
    return keep(
        db,
        referral_id=referral.id,
        kind=Kind.SIGNATURE,
        title=f"Signature: {words(signer).lower()}",
        filename=safe_filename("signature", "png"),
        media_type="image/png",
        data=data,
        by=by,
        at=at,
    )
