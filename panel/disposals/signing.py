"""Signing a disposal: who signed what, and the signed copy that is kept (YCC-R5, YC-9, BR-2)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.disposals import commands as c
from panel.disposals.actions import keep_step, now, take
from panel.disposals.models import Disposal, Signature
from panel.disposals.paper import ROLES, Issuer, paper_of, signers_of, title_of
from panel.disposals.queries import disposal_for, document_at, officer_of
from panel.disposals.requirements import keep_signed
from panel.documents.actions import keep
from panel.documents.models import Document, Kind
from panel.documents.typeset import DisposalPaper, SignatureLine, disposal_pdf
from panel.documents.typst import IncompletePaper
from panel.documents.uploads import CleanFile, safe_filename
from panel.errors import Missing
from panel.referrals.models import Referral
from workflows.calendar import today_in_london
from workflows.vocabulary import Signer, words

NOT_SIGNED = "Did not sign"


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
    command: c.Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Document:
    """Keep the signatures and the signed copy of the document that was explained. Raises `Refused`."""
    disposal = disposal_for(db, referral)
    facts = replace(now(db, referral, disposal, at), signed_by=signed.by, consented=command.consented)
    if signed.scan is None and facts.signed_document_is_shown_document:
        facts = replace(facts, signed_document_is_shown_document=_unchanged(db, referral, disposal, issuer))
    reasons = dict(overrides or {})
    if command.not_signed:
        reasons.setdefault("all_signed", command.not_signed)
    step = take(referral, disposal, "sign", facts, by, reasons)
    copy = _signed_copy(db, referral, disposal, command, signed, issuer, by=by, at=at)
    _keep_signatures(db, referral, disposal, command, signed, by=by, at=at)
    disposal.consented, disposal.signed_at, disposal.signed_document_id = command.consented, at, copy.id
    keep_signed(db, disposal, copy.digest, by=by, at=at)
    said = {"signed_by": ", ".join(words(s).lower() for s in Signer if s in signed.by) or "nobody"}
    keep_step(db, referral, disposal, step, by=by, at=at, said=said | {"digest": copy.digest[:12]})
    return copy


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


def _signed_copy(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    command: c.Sign,
    signed: Signed,
    issuer: Issuer,
    *,
    by: Actor,
    at: datetime,
) -> Document:
    file = signed.scan
    if file is None:
        paper = _same_paper(db, referral, disposal, issuer)
        lines = tuple(
            _line(signer, line.name, command, signed, at)
            for signer, line in zip(signers_of(disposal), paper.signatures, strict=True)
        )
        pdf = disposal_pdf(replace(paper, copy="for the file", signatures=lines))
        file = CleanFile("application/pdf", "pdf", pdf)
    title = f"{title_of(disposal.outcome)}, signed copy"
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


def _line(signer: Signer, printed: str, command: c.Sign, signed: Signed, at: datetime) -> SignatureLine:
    if signer not in signed.by:
        return SignatureLine(ROLES[signer], printed, note=NOT_SIGNED)
    typed = names_in(command)[signer]
    note = "" if typed in ("", printed) else f"Signed as {typed}"
    return SignatureLine(ROLES[signer], printed, today_in_london(at), note, signed.drawings.get(signer))


def _keep_signatures(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    command: c.Sign,
    signed: Signed,
    *,
    by: Actor,
    at: datetime,
) -> None:
    for signer in (s for s in Signer if s in signed.by):
        picture = signed.drawings.get(signer)
        image = None if picture is None else _picture(db, referral, signer, picture, by=by, at=at)
        db.add(
            Signature(
                disposal_id=disposal.id,
                signer=signer,
                name=names_in(command)[signer],
                at=at,
                document_digest=disposal.document_digest,
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


def names_in(command: c.Sign) -> dict[Signer, str]:
    """The names that were typed beside the signatures."""
    return {
        Signer.CHILD: command.child_name,
        Signer.ADULT: command.adult_name,
        Signer.OFFICER: command.officer_name,
    }
