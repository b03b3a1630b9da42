"""What is on record before the panel decides: the evidence, the senior review, the charge form."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, col, select

from panel.accounts.models import User
from panel.columns import link, moment, prose, word
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.referrals.said import said_about
from panel.tables import Row
from workflows.before_panel import Check, Evidence
from workflows.case_facts import CaseFacts, OffenceFacts
from workflows.codes import Category


class EvidenceView(Row, table=True):
    """What an officer holds of the evidence of one offence, once: a later view stands beside it."""

    __tablename__ = "evidence_view"
    referral_id: int = link("referral.id")
    # Not a link: what was said outlives an offence that is taken out when the referral is sent back.
    offence_id: int
    evidence: Evidence = word(Evidence)
    categories: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class CaseCheck(Row, table=True):
    """What was said once about the whole case; the newest of its kind holds."""

    __tablename__ = "case_check"
    referral_id: int = link("referral.id")
    kind: Check = word(Check)
    said: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


@dataclass(frozen=True)
class Beforehand:
    """The newest of everything, by offence and by kind, with the names of who said it."""

    views: dict[int, EvidenceView]
    checks: dict[Check, CaseCheck]
    names: dict[int, str]

    def who(self, row: EvidenceView | CaseCheck) -> str:
        """Who said it."""
        return self.names[row.by_id]


def beforehand_of(db: Session, referral_id: int) -> Beforehand:
    """What is on record for a case, in a fixed number of questions."""
    views = select(EvidenceView).where(EvidenceView.referral_id == referral_id).order_by(col(EvidenceView.id))
    checks = select(CaseCheck).where(CaseCheck.referral_id == referral_id).order_by(col(CaseCheck.id))
    viewed = {row.offence_id: row for row in db.exec(views)}
    checked = {row.kind: row for row in db.exec(checks)}
    ids = {view.by_id for view in viewed.values()} | {check.by_id for check in checked.values()}
    named = db.exec(select(User.id, User.name).where(col(User.id).in_(ids)))
    return Beforehand(viewed, checked, {int(number): str(name) for number, name in named})


def with_beforehand(db: Session, referral: Referral, facts: CaseFacts) -> CaseFacts:
    """The facts with what is on record before the panel decides."""
    known = beforehand_of(db, referral.id)
    adults = {s.offence.id: s.account.adult_present for s in said_about(db, referral) if s.account}
    return replace(
        facts,
        offences=tuple(
            _with_view(o, known.views.get(o.number), adults.get(o.number)) for o in facts.offences
        ),
        looked_after=child_of(db, referral).looked_after,
        senior_review=Check.SENIOR_REVIEW in known.checks,
        charge_form=facts.cif_ready or Check.CHARGE_FORM in known.checks,
        evidence_told=facts.evidence_told or all(o.number in known.views for o in facts.offences),
    )


def _with_view(offence: OffenceFacts, view: EvidenceView | None, adult: bool | None) -> OffenceFacts:
    found = (
        offence
        if view is None
        else replace(
            offence,
            evidence=view.evidence,
            categories=offence.categories | frozenset(map(Category, view.categories)),
        )
    )
    return replace(found, adult_present=adult)
