"""Curfew checks: written down once, never changed."""

from datetime import datetime, time

from sqlmodel import Session

from panel.access import Actor
from panel.compliance import commands as c
from panel.compliance.models import CurfewCheck
from panel.compliance.queries import curfew_steps
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.calendar import LONDON
from workflows.flow import NotYours, Refusal, Refused
from workflows.roles import Role
from workflows.vocabulary import words

NO_CURFEW = Refusal(
    "no_curfew",
    "This case has no condition with a curfew, so there is nothing to check at the door.",
    "CON-6",
    "Youth Conditional Caution Code of Practice 2013: restrictive conditions",
    True,
)
NOT_YET = Refusal(
    "not_yet", "A check cannot lie in the future.", "CON-6", "The engagement record of this service", True
)


CHECKERS = (Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER)


def check(db: Session, referral: Referral, command: c.Check, *, by: Actor, at: datetime) -> CurfewCheck:
    """Write down one check. Raises `Refused` for a case without a curfew."""
    if not by.roles_in(referral.area_id) & set(CHECKERS):
        raise NotYours("case.curfew_check")
    if command.step not in dict(curfew_steps(db, referral.id)):
        raise Refused("case", "curfew_check", (NO_CURFEW,))
    hour, minute = command.checked_at.replace(".", ":").split(":")
    moment = datetime.combine(command.checked_on, time(int(hour), int(minute)), LONDON)
    if moment > at:
        raise Refused("case", "curfew_check", (NOT_YET,))
    row = CurfewCheck(
        referral_id=referral.id,
        step_place=command.step,
        checked_at=moment,
        team=command.team,
        officer=command.officer,
        collar=command.collar,
        found=command.found,
        followed=command.followed,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    tell(db, referral, "curfew_check", by=by, at=at, said={"found": words(command.found)})
    return row
