"""Signing a disposal: who signed and who did not, and the copies that are kept (YCC-R5, YC-9, BR-2)."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.disposals.actions import keep_step, now, take
from panel.disposals.models import Disposal, FamilyPaper, NotSigned, Signature
from panel.disposals.paper import ROLES, Issuer, paper_of, places_of, signers_of, title_of
from panel.disposals.queries import disposal_for, document_at, officer_of
from panel.disposals.requirements import document_signed
from panel.disposals.sign_commands import Sign
from panel.documents.actions import keep
from panel.documents.models import Document, Kind
from panel.documents.signed import keep_signed
from panel.documents.typeset import Copy, DisposalPaper, SignatureLine, disposal_pdf
from panel.documents.typst import IncompletePaper
from panel.documents.uploads import CleanFile, safe_filename
from panel.errors import Missing
from panel.referrals.models import Referral
from workflows.calendar import today_in_london
from workflows.vocabulary import Answer, Signer, words

NOT_JOINTLY = "Was not there"
PDF = "application/pdf"


@dataclass(frozen=True)
class Signed:
    """What was signed: by whom, with the pictures of the signatures or the scan of the paper."""

    by: frozenset[Signer]
    drawings: Mapping[Signer, bytes]
    scan: CleanFile | None = None

    def __post_init__(self) -> None:
        """ValueError for a signature of which there is neither a drawing nor a scan."""
        if self.scan is None and self.by != frozenset(self.drawings):
            raise ValueError("who signed must have drawn a signature, or there must be a scan")


def sign(
    db: Session,
    referral: Referral,
    command: Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Document:
    """Keep the signatures, who did not sign and why, and the signed copies of what was explained.

    Raises `Refused`; `UploadRefused` for a scan to which no seal can be added.
    """
    disposal = disposal_for(db, referral)
    missing = missing_of(signers_of(disposal), command, signed)
    facts = replace(
        now(db, referral, disposal, at),
        signed_by=signed.by,
        did_not_sign=frozenset(missing),
        consented=command.consented,
    )
    if signed.scan is None and facts.signed_document_is_shown_document:
        facts = replace(facts, signed_document_is_shown_document=_unchanged(db, referral, disposal, issuer))
    reasons = dict(overrides or {})
    if missing:
        reasons.setdefault("all_signed", "; ".join(missing.values()))
    step = take(referral, disposal, "sign", facts, by, reasons)
    copy = _copies(db, referral, disposal, command, signed, issuer, by=by, at=at)
    _keep_signatures(db, referral, disposal, command, signed, by=by, at=at)
    disposal.consented, disposal.signed_at, disposal.signed_document_id = command.consented, at, copy.id
    document_signed(db, disposal, copy.digest, by=by, at=at)
    said = {"signed_by": ", ".join(words(s).lower() for s in Signer if s in signed.by) or "nobody"}
    said |= {"shown": disposal.document_digest, "digest": copy.digest, "paper": str(copy.number)}
    keep_step(db, referral, disposal, step, by=by, at=at, said=said)
    return copy


def missing_of(signers: Iterable[Signer], command: Sign, signed: Signed) -> dict[Signer, str]:
    """Whoever was asked and did not sign, with what is recorded of it; nobody of whom nothing is said."""
    return {
        signer: f"{words(signer)}: {words(command.answer_of(signer)).lower()} ({command.why_of(signer)})"
        for signer in signers
        if signer not in signed.by
        and command.answer_of(signer) is not Answer.SIGNED
        and command.why_of(signer)
    }


def _unchanged(db: Session, referral: Referral, disposal: Disposal, issuer: Issuer) -> bool:
    """Whether the document would come out the same now: only then can signatures be put on it (X8)."""
    try:
        data = disposal_pdf(_same_paper(db, referral, disposal, issuer))
    except IncompletePaper:
        return False
    return hashlib.sha256(data).hexdigest() == disposal.document_digest


def _same_paper(db: Session, referral: Referral, disposal: Disposal, issuer: Issuer) -> DisposalPaper:
    officer, document = officer_of(db, disposal), document_at(db, disposal.document_id)
    if officer is None or document is None:
        raise Missing()
    made_on = today_in_london(document.added_at)
    return paper_of(db, referral, disposal, issuer, officer=officer, on=made_on)


def _copies(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    command: Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
) -> Document:
    """The copy for the file, which is what counts; from the screen a copy for the child is made beside it."""

    def kept(file: CleanFile, kind: Kind = Kind.SIGNED_COPY) -> Document:
        child = kind is Kind.CHILD_COPY
        return keep_signed(
            db,
            referral_id=referral.id,
            subject=f"disposal:{disposal.id}" + (":child" if child else ""),
            title=title_of(disposal.outcome) + (" for the child" if child else ""),
            file=file,
            shown_digest=disposal.document_digest,
            by=by,
            at=at,
            kind=kind,
        )

    if signed.scan is not None:
        return kept(signed.scan)
    same = _same_paper(db, referral, disposal, issuer)
    lines = tuple(
        signature_line(signer, line.name, signers_of(disposal), command, signed, at)
        for signer, line in zip(places_of(disposal), same.signatures, strict=True)
    )
    same = replace(same, signatures=lines, shown_digest=disposal.document_digest)
    copy = kept(_print(same, "for the file"))
    child = kept(_print(same, "for the child"), Kind.CHILD_COPY)
    shown = document_at(db, disposal.document_id)
    if shown is not None:
        db.add(FamilyPaper(disposal_id=disposal.id, document_id=child.id, made_with_id=shown.id))
    return copy


def _print(paper: DisposalPaper, copy: Copy) -> CleanFile:
    return CleanFile(PDF, "pdf", disposal_pdf(replace(paper, copy=copy)))


def signature_line(
    signer: Signer,
    printed: str,
    signers: Collection[Signer],
    command: Sign,
    signed: Signed,
    at: datetime,
) -> SignatureLine:
    """A place to sign as the signed copy has it: the signature, or why there is none."""
    if signer not in signers:
        return SignatureLine(ROLES[signer], printed, note=NOT_JOINTLY)
    if signer not in signed.by:
        note = f"{words(command.answer_of(signer))}: {command.why_of(signer)}"
        return SignatureLine(ROLES[signer], printed, note=note)
    typed = command.name_of(signer)
    note = "" if typed in ("", printed) else f"Signed as {typed}"
    return SignatureLine(ROLES[signer], printed, today_in_london(at), note, signed.drawings.get(signer))


def _keep_signatures(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    command: Sign,
    signed: Signed,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """One row for each person who was asked: a signature, or why there is none and who says so."""
    for signer in signers_of(disposal):
        same: dict[str, Any] = {
            "disposal_id": disposal.id,
            "signer": signer,
            "name": command.name_of(signer),
            "at": at,
            "document_digest": disposal.document_digest,
        }
        if signer not in signed.by:
            answer, why = command.answer_of(signer), command.why_of(signer)
            db.add(NotSigned(**same, answer=answer, why=why, witness_id=by.id))
            continue
        picture = signed.drawings.get(signer)
        image = None if picture is None else keep_picture(db, referral, signer, picture, by=by, at=at)
        db.add(Signature(**same, image_document_id=image.id if image else None, on_paper=picture is None))
    db.flush()


def keep_picture(
    db: Session, referral: Referral, signer: Signer, data: bytes, *, by: Actor, at: datetime
) -> Document:
    """Keep a drawn signature as a paper of its own."""
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
