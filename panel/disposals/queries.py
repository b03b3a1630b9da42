"""Reading disposals; the caller has looked the case up for its reader."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from panel.accounts.models import User
from panel.db import once, row_at
from panel.decisions.models import Decision
from panel.decisions.standing import outcomes_standing, police_of
from panel.disposals.day_models import RequirementMet
from panel.disposals.models import Disposal, NotSigned, Signature
from panel.documents.models import Document
from panel.documents.queries import Altered
from panel.documents.signed import opened
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, offences_of
from workflows.calendar import today_in_london
from workflows.disposal_rules import DisposalFacts
from workflows.requirements import OF_THE_DOCUMENT, Requirement
from workflows.vocabulary import CAUTIONS, ModeOfTrial, Signer


def disposal_of(db: Session, referral_id: int) -> Disposal | None:
    """The disposal of a case, once somebody has begun to prepare it; none that was withdrawn."""
    query = select(Disposal).where(Disposal.referral_id == referral_id, col(Disposal.withdrawn_at).is_(None))
    return once(db, Disposal, ("of", referral_id), lambda: db.exec(query).first())


def disposal_for(db: Session, referral: Referral) -> Disposal:
    """The disposal of a case. Raises `Missing` before anybody has prepared it."""
    found = disposal_of(db, referral.id)
    if found is None:
        raise Missing()
    return found


def signatures_of(db: Session, disposal_id: int) -> list[Signature]:
    """Who signed, in the order of signing."""
    query = select(Signature).where(Signature.disposal_id == disposal_id)
    return list(db.exec(query.order_by(col(Signature.id))))


def not_signed_of(db: Session, disposal_id: int) -> list[NotSigned]:
    """Who was asked and did not sign."""
    query = select(NotSigned).where(NotSigned.disposal_id == disposal_id)
    return list(db.exec(query.order_by(col(NotSigned.id))))


def document_at(db: Session, document_id: int | None) -> Document | None:
    """A paper by its row, or None."""
    return None if document_id is None else row_at(db, Document, document_id)


def officer_of(db: Session, disposal: Disposal) -> User | None:
    """The officer whom the document names: whoever made it."""
    document = document_at(db, disposal.document_id)
    return None if document is None else row_at(db, User, document.added_by_id)


def user_name(db: Session, user_id: int | None) -> str:
    """The name of a person, or nothing."""
    return db.exec(select(User.name).where(User.id == user_id)).first() or ""


def intact(db: Session, document_id: int | None) -> bool:
    """Whether the paper is there and its bytes still have their digest."""
    document = document_at(db, document_id)
    if document is None:
        return False
    try:
        opened(db, document)
    except Altered:
        return False
    return True


def requirements_of(db: Session, disposal: Disposal) -> list[RequirementMet]:
    """What was said to be so, the first word first."""
    query = select(RequirementMet).where(RequirementMet.disposal_id == disposal.id)
    return list(
        once(
            db,
            RequirementMet,
            disposal.id,
            lambda: db.exec(query.order_by(col(RequirementMet.id))).all(),
        )
    )


def standing_requirements(db: Session, disposal: Disposal) -> dict[Requirement, RequirementMet]:
    """The last word on each, as far as it holds for the document and the officer whom it names."""
    officer = officer_of(db, disposal)
    named = officer.id if officer else None
    found: dict[Requirement, RequirementMet] = {}
    for row in requirements_of(db, disposal):
        of_this = row.document_digest == disposal.document_digest
        if row.requirement in OF_THE_DOCUMENT and not of_this:
            continue
        # The evidence is before the person to whom the child then admits it (s.66B(1) and (3)).
        if row.requirement is Requirement.R1 and named is not None and row.by_id != named:
            continue
        found[row.requirement] = row
    return found


def decided_on(db: Session, disposal: Disposal) -> date:
    """The day of the decision that is given: the panel's, or that of the police who decided otherwise."""
    police = police_of(db, disposal.decision_id)
    return police.decided_on if police else row_at(db, Decision, disposal.decision_id).took_place_on


def indictable_only(db: Session, referral: Referral, disposal: Disposal) -> bool:
    """Whether an offence for which a caution is given is tried in the Crown Court only."""
    indictable = [o for o in offences_of(db, referral) if o.mode is ModeOfTrial.INDICTABLE]
    outcomes = outcomes_standing(db, disposal.decision_id) if indictable else {}
    return any(outcomes.get(o.id, disposal.outcome) in CAUTIONS for o in indictable)


def _of_the_law(db: Session, referral: Referral, disposal: Disposal) -> dict[str, Any]:
    """What the rules of cautions look at beyond document and signatures."""
    met = standing_requirements(db, disposal)
    decided = met.get(Requirement.R2) or met.get(Requirement.RIGHT)
    return {
        "requirements": frozenset(met),
        "authority": decided.authority if decided else None,
        "cps_reference": decided.cps_reference if decided else "",
        "exception": decided.exception if decided else "",
        "indictable_only": indictable_only(db, referral, disposal),
        "yot_consulted": police_of(db, disposal.decision_id) is None,
    }


def _drawn_on(db: Session, disposal: Disposal) -> date | None:
    """The day on which it was signed on the screen; paper may be written down later than it was signed."""
    drawn = [row.at for row in signatures_of(db, disposal.id) if not row.on_paper]
    return today_in_london(max(drawn)) if drawn else None


def facts_of(
    db: Session, referral: Referral, disposal: Disposal, due: Sequence[date], *, today: date, reason: str = ""
) -> DisposalFacts:
    """The disposal as the rules see it, from what is written down; `due` are the days of its conditions."""
    same = disposal.explained_digest == disposal.document_digest
    whole = intact(db, disposal.document_id)
    child = child_of(db, referral)
    return DisposalFacts(
        today=today,
        date_of_birth=child.date_of_birth,
        looked_after=child.looked_after,
        decided_on=decided_on(db, disposal),
        signed_on=_drawn_on(db, disposal),
        adult_order_reason=disposal.adult_order_reason,
        adult_interprets=disposal.adult_interprets,
        adult_advises=disposal.adult_advises,
        adult_objected=disposal.adult_objected,
        adult_was_told=disposal.adult_was_told,
        **(_of_the_law(db, referral, disposal) if disposal.outcome in CAUTIONS else {}),
        outcome=disposal.outcome,
        reason=reason,
        document_made=whole,
        conditions_due=tuple(due),
        adult=disposal.adult,
        adult_named=bool(disposal.adult_name),
        adult_aged_18=disposal.adult_aged_18,
        adult_is_police=disposal.adult_is_police,
        adult_involved=disposal.adult_involved,
        advice=disposal.advice,
        childs_words=disposal.childs_words,
        warned=disposal.warned,
        consented=disposal.consented,
        admitted_again=disposal.admitted_again,
        signed_by=frozenset(Signer(s.signer) for s in signatures_of(db, disposal.id)),
        did_not_sign=frozenset(Signer(s.signer) for s in not_signed_of(db, disposal.id)),
        jointly=disposal.case_manager_present,
        signed_copy_kept=intact(db, disposal.signed_document_id),
        signed_document_is_shown_document=same and whole,
    )
