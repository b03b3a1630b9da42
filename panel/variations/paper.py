"""The document of a variation: the four blocks again, with the new conditions, as a version of its own."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from panel.accounts.models import User
from panel.db import row_at
from panel.disposals.models import Disposal
from panel.disposals.paper import Issuer, condition_line, paper_of, title_of
from panel.disposals.queries import document_at
from panel.documents.typeset import DisposalPaper, SignatureLine, disposal_pdf
from panel.documents.typst import IncompletePaper
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.variations.models import Variation
from panel.variations.queries import caution_of, new_set
from workflows.calendar import today_in_london


def title_of_version(variation: Variation, disposal: Disposal) -> str:
    """'Youth conditional caution, version 2'."""
    return f"{title_of(disposal.outcome)}, version {variation.number}"


def as_disposal(variation: Variation, disposal: Disposal) -> Disposal:
    """What the document is made from: the caution as given, with the adult and reasons of this day.

    The value is never added to a session.
    """
    return Disposal(
        id=disposal.id,
        referral_id=disposal.referral_id,
        decision_id=disposal.decision_id,
        outcome=disposal.outcome,
        child_reasons=variation.child_reasons,
        adult=variation.adult,
        adult_name=variation.adult_name,
        adult_relationship=variation.adult_relationship,
        case_manager_present=variation.case_manager_present,
        document_digest=variation.document_digest,
    )


def paper_of_version(
    db: Session,
    referral: Referral,
    variation: Variation,
    issuer: Issuer,
    *,
    officer: User,
    on: date,
    signed: Sequence[SignatureLine] | None = None,
) -> DisposalPaper:
    """The paper of this version; the same rows and day give the same paper."""
    disposal = caution_of(db, referral)
    paper = paper_of(
        db, referral, as_disposal(variation, disposal), issuer, officer=officer, on=on, signed=signed
    )
    return replace(
        paper,
        outcome_words=title_of_version(variation, disposal),
        conditions=tuple(condition_line(row) for row in new_set(db, variation)),
        takes_place_of=disposal.given_on,
        copy="for the child" if signed is None else "for the file",
    )


def same_paper(db: Session, referral: Referral, variation: Variation, issuer: Issuer) -> DisposalPaper:
    """The paper as it was made for the explaining. Raises `Missing` before that."""
    document = document_at(db, variation.document_id)
    if document is None:
        raise Missing()
    officer, made_on = row_at(db, User, document.added_by_id), today_in_london(document.added_at)
    return paper_of_version(db, referral, variation, issuer, officer=officer, on=made_on)


def unchanged(db: Session, referral: Referral, variation: Variation, issuer: Issuer) -> bool:
    """Whether the document would come out the same now: only then can signatures be put on it."""
    try:
        data = disposal_pdf(same_paper(db, referral, variation, issuer))
    except IncompletePaper:
        return False
    return hashlib.sha256(data).hexdigest() == variation.document_digest
