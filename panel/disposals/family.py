"""The papers for the family: made with the document, listed with it, and handed over on the day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.decisions.standing import conditions_standing
from panel.disposals.models import Disposal, FamilyPaper, PaperHanded
from panel.disposals.paper import binds, condition_lines
from panel.documents.actions import keep
from panel.documents.family import child_pdf, family_page, parent_pdf
from panel.documents.models import Document, Kind
from panel.documents.typeset import ConditionLine, DisposalPaper
from panel.documents.uploads import safe_filename
from panel.notifications.queries import phone_of
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.queries import child_of
from workflows.flow import NotYours
from workflows.roles import POLICE, Role

# In the order in which they are handed over.
ORDER = (Kind.CHILD_COPY, Kind.DISPOSAL, Kind.EASY_READ, Kind.PARENT_PAGE)


@dataclass(frozen=True)
class ForFamily:
    """A paper that the family can have, and when it was handed to them."""

    document: Document
    handed_at: datetime | None


def make(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    paper: DisposalPaper,
    document: Document,
    *,
    by: Actor,
    at: datetime,
) -> dict[str, str]:
    """Make the pages for child and parent that go with a document; their digests, for the history."""
    called, offers = child_of(db, referral).given_name, offered(db, disposal)
    page = family_page(paper, called=called, offered=offers, phone=phone_of(db, referral.area_id))
    digests = {}
    for kind, title, data in (
        (Kind.EASY_READ, "The page for the child", child_pdf(page)),
        (Kind.PARENT_PAGE, "The page for the parent or carer", parent_pdf(page)),
    ):
        kept = keep(
            db,
            referral_id=referral.id,
            kind=kind,
            title=title,
            filename=safe_filename(title, "pdf"),
            media_type="application/pdf",
            data=data,
            by=by,
            at=at,
        )
        db.add(FamilyPaper(disposal_id=disposal.id, document_id=kept.id, made_with_id=document.id))
        digests[kind.value] = kept.digest
    db.flush()
    return digests


def offered(db: Session, disposal: Disposal) -> tuple[ConditionLine, ...]:
    """What the child may do and does not have to: the steps where they do not bind (YC-7)."""
    return () if binds(disposal.outcome) else condition_lines(conditions_standing(db, disposal.decision_id))


def papers_for(db: Session, disposal: Disposal) -> list[ForFamily]:
    """What the family can have on paper of the document as it stands; their signed copy in place of it."""
    query = (
        select(Document)
        .join(FamilyPaper, col(FamilyPaper.document_id) == Document.id)
        .where(FamilyPaper.disposal_id == disposal.id, FamilyPaper.made_with_id == disposal.document_id)
    )
    found = list(db.exec(query))
    if not any(document.kind is Kind.CHILD_COPY for document in found):
        signed = disposal.signed_document_id or disposal.document_id
        found += db.exec(select(Document).where(Document.id == signed))
    handed = _handed(db, disposal)
    return [ForFamily(document, handed.get(document.id)) for document in sorted(found, key=_place)]


def _place(document: Document) -> int:
    return ORDER.index(document.kind) if document.kind in ORDER else 0


def _handed(db: Session, disposal: Disposal) -> dict[int, datetime]:
    rows = db.exec(select(PaperHanded).where(PaperHanded.disposal_id == disposal.id))
    return {row.document_id: row.at for row in rows}


def hand_over(
    db: Session, referral: Referral, disposal: Disposal, numbers: Collection[int], *, by: Actor, at: datetime
) -> list[Document]:
    """Write down that the family took these papers with them, by their numbers on the case; each once."""
    if not by.roles_in(referral.area_id) & {*POLICE, Role.CASE_MANAGER}:
        raise NotYours("disposal.hand_over")
    given = [one.document for one in papers_for(db, disposal) if _wanted(one, numbers)]
    db.add_all(
        PaperHanded(disposal_id=disposal.id, document_id=document.id, by_id=by.id, at=at)
        for document in given
    )
    if given:
        said = {"papers": _titles(given)}
        tell(db, referral, "hand_papers", by=by, at=at, said=said)
    return given


def _wanted(one: ForFamily, numbers: Collection[int]) -> bool:
    return one.document.number in numbers and one.handed_at is None


def _titles(documents: Iterable[Document]) -> str:
    return ", ".join(document.title for document in documents)
