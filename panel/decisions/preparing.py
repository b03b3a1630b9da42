"""What officers and managers put on record before the panel decides; nothing is overwritten."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.decisions.beforehand import CaseCheck, EvidenceView
from panel.decisions.commands import EvidenceSeen
from panel.errors import Missing
from panel.meetings.queries import lock_case
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.queries import offences_of
from workflows.before_panel import Check
from workflows.case import BEFORE_DECISION
from workflows.flow import NotYours, Refusal, Refused
from workflows.roles import POLICE, Role
from workflows.vocabulary import words

# A constable holds the view of the evidence; a manager reviews (YC-1, YCC-R2, CAT-1).
MAY: dict[Check, Sequence[Role]] = {Check.SENIOR_REVIEW: (Role.YOT_MANAGER,), Check.CHARGE_FORM: POLICE}


def see_evidence(db: Session, referral: Referral, command: EvidenceSeen, *, by: Actor, at: datetime) -> None:
    """Record what an officer holds of the evidence. Raises `Missing` for an offence of another case."""
    _before_the_decision(db, referral, POLICE, by)
    offences = {o.id: o for o in offences_of(db, referral)}
    if not command.evidence.keys() <= offences.keys():
        raise Missing()
    for number, evidence in command.evidence.items():
        kinds = sorted(kind.value for kind in command.categories.get(number, ()))
        db.add(
            EvidenceView(
                referral_id=referral.id,
                offence_id=number,
                evidence=evidence,
                categories=kinds,
                by_id=by.id,
                at=at,
            )
        )
        said = {"offence": offences[number].title, "evidence": words(evidence)}
        tell(db, referral, "see_evidence", by=by, at=at, said=said)


def check(db: Session, referral: Referral, kind: Check, said: str, *, by: Actor, at: datetime) -> None:
    """Record the senior review, or where the form for a charge is."""
    _before_the_decision(db, referral, MAY[kind], by)
    db.add(CaseCheck(referral_id=referral.id, kind=kind, said=said, by_id=by.id, at=at))
    tell(db, referral, kind.value, by=by, at=at)


def _before_the_decision(db: Session, referral: Referral, roles: Sequence[Role], by: Actor) -> None:
    """The case, locked. Raises `NotYours`, and `Refused` once the panel has decided or the case has ended."""
    if not by.roles_in(referral.area_id) & set(roles):
        raise NotYours("case.before")
    lock_case(db, referral)
    if referral.status not in BEFORE_DECISION:
        says = "The panel has decided, or the case has ended: nothing can be added to what it rested on."
        raise Refused(
            "case", "before", (Refusal("wrong_state", says, "FLOW", "The case flow of this service", True),)
        )
