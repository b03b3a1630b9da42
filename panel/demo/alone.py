"""One demonstration case that the police did not leave to the panel (X14)."""

from sqlmodel import Session

from panel.access import Actor
from panel.demo.people import Team
from panel.demo.profile import Profile, at
from panel.police.before_commands import GivenAlone
from panel.police.before_panel import given_alone
from panel.referrals.models import Referral
from workflows.calendar import add_working_days
from workflows.vocabulary import Outcome


def give_alone(db: Session, team: Team, referral: Referral, profile: Profile, *, by: Actor) -> None:
    """The officer gave a youth caution while the child was being assessed; the police tell it days later."""
    told = GivenAlone(
        outcome=Outcome.YC,
        given_on=add_working_days(profile.sent_on, 2),
        code="policy_not_known",
        reason="The family came to the station, and I gave it there. I did not know that the panel decides.",
    )
    given_alone(db, referral, told, by=by, at=at(add_working_days(profile.sent_on, 5), 10))
