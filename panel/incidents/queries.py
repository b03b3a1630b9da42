"""The other cases of an incident: named only to those who may see them."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from panel.access import Actor
from panel.children.models import Child
from panel.incidents.models import CaseLink
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from panel.referrals.words import STATUS


@dataclass(frozen=True)
class Linked:
    """Another child's case of the same incident; without reference and name for those who may not see it."""

    reference: str = ""
    given_name: str = ""
    status: str = ""

    @property
    def says(self) -> str:
        """'NK-7T3M9Q (Robin): Listed for panel', or no more than that there is one."""
        if not self.reference:
            return "Another child's case"
        return f"{self.reference} ({self.given_name}): {self.status}"


def linked(db: Session, actor: Actor, referral: Referral) -> list[Linked]:
    """The cases of the other children of the incident, in the order in which they were linked."""
    mine = aliased(CaseLink)
    query = (
        select(Referral, Child.given_name, scope(actor))
        .join(CaseLink, col(CaseLink.referral_id) == col(Referral.id))
        .join(mine, mine.incident_id == col(CaseLink.incident_id))  # type: ignore[arg-type]
        .join(Child, col(Child.id) == col(Referral.child_id))
        .where(mine.referral_id == referral.id, Referral.id != referral.id)
        .order_by(col(CaseLink.id))
    )
    return [
        Linked(case.reference, name, STATUS[case.status].text) if seen else Linked()
        for case, name, seen in db.exec(query)
    ]


def linked_cases(db: Session, referral_id: int) -> list[Referral]:
    """The rows themselves, for acts; what a person may see of them is `linked`."""
    link = link_of(db, referral_id)
    if link is None:
        return []
    query = select(Referral).join(CaseLink, col(CaseLink.referral_id) == col(Referral.id))
    query = query.where(CaseLink.incident_id == link.incident_id, Referral.id != referral_id)
    return list(db.exec(query.order_by(col(CaseLink.id))))


def link_of(db: Session, referral_id: int) -> CaseLink | None:
    """The place of a case in an incident."""
    return db.exec(select(CaseLink).where(CaseLink.referral_id == referral_id)).first()
