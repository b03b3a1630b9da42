"""Letters to invented victims who still wait to be told: each lies ready to be read and sent."""

from datetime import datetime

from sqlmodel import Session

from panel.demo.after import ISSUER
from panel.demo.people import Team
from panel.referrals.models import Referral
from panel.victims import letters
from panel.victims.commands import LetterText
from panel.victims.models import Victim, VictimUpdate
from panel.victims.queries import contact_of

WHY = "It was admitted straight away, and what was agreed puts it right as far as that can be done."


def lay_ready(
    db: Session, team: Team, referral: Referral, victim: Victim, update: VictimUpdate, *, at: datetime
) -> None:
    """Write a letter about a decision, to whomever it may go."""
    if update.happened not in letters.WITH_LETTER:
        return
    to = letters.recipients(victim, contact_of(db, victim))[0]
    letters.write(
        db,
        referral,
        victim,
        update,
        LetterText(recipient=to, reasons=WHY),
        force_name=ISSUER.force_name,
        demo=ISSUER.demo,
        by=team["victims"],
        at=at,
    )
