"""One demonstration case that the police did not leave to the panel (X14)."""

from sqlmodel import Session

from panel.access import Actor
from panel.demo.people import Team
from panel.demo.profile import Profile, at
from panel.forces.models import Force, ForceArea
from panel.forces.queries import force_of
from panel.police.before_commands import GivenAlone
from panel.police.before_panel import given_alone
from panel.referrals.models import Referral
from workflows.calendar import add_working_days
from workflows.vocabulary import Outcome

FORCE, CODE = "Kelder Police (invented)", "13"


def give_alone(db: Session, team: Team, referral: Referral, profile: Profile, *, by: Actor) -> None:
    """The officer gave a youth caution while the child was being assessed; the police tell it days later."""
    if force_of(db, team.area_id) is None:
        force = Force(name=FORCE, code=CODE)
        db.add(force)
        db.flush()
        db.add(ForceArea(force_id=force.id, area_id=team.area_id))
        db.flush()
    told = GivenAlone(
        outcome=Outcome.YC,
        given_on=add_working_days(profile.sent_on, 2),
        code="policy_not_known",
        reason="The family came to the station, and I gave it there. I did not know that the panel decides.",
    )
    given_alone(db, referral, told, by=by, at=at(add_working_days(profile.sent_on, 5), 10))
