"""Every deadline of a case: those of its own dates, and those that rooms above this one know of."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlmodel import Session

from panel.children.models import Child
from panel.referrals.clocks import deadlines
from panel.referrals.models import Offence, Referral
from workflows.calendar import Deadline

# A room above that waits for something says so here; when it comes about, the room settles the case.
Waits = Callable[[Session, Referral], Sequence[Deadline]]
WAITS: list[Waits] = []


def all_deadlines(
    db: Session, referral: Referral, child: Child, offences: Sequence[Offence], *, today: date | None = None
) -> tuple[Deadline, ...]:
    """Every deadline of the case as it stands, the nearest first."""
    above = [clock for waits in WAITS for clock in waits(db, referral)]
    return tuple(sorted([*deadlines(referral, child, offences, today=today), *above], key=lambda c: c.due))
