"""Keeps the victims out of what a child or a family may read (VIC-9, E6)."""

import re
from collections.abc import Iterable, Mapping

from sqlmodel import Session

from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of
from panel.victims.leaks import Known, known, leaks
from panel.victims.queries import contacts_of, victims_of


def known_of(db: Session, referral: Referral) -> list[Known]:
    """What tells who the victims of a case are, of those also who object."""
    return known(victims_of(db, referral.id), contacts_of(db, referral.id))


def places_that_tell(db: Session, referral: Referral, texts: Mapping[str, Iterable[str]]) -> list[str]:
    """Where texts tell who a victim is or where to find them, and what they tell; empty when nowhere."""
    somebody = known_of(db, referral)
    if not somebody:
        return []
    own = _own_names(db, referral)
    return [
        f"{place} ({', '.join(found)})"
        for place, written in texts.items()
        if (found := leaks(own.sub("", "\n".join(written)), somebody))
    ]


def _own_names(db: Session, referral: Referral) -> re.Pattern[str]:
    # A victim of the same family shares the surname with the child, whose name may stand there.
    carer = carer_of(db, referral)
    names = f"{child_of(db, referral).name} {carer.name if carer else ''}".split()
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
