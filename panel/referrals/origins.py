"""How a case came to us, and what that source needs."""

from sqlmodel import Session, select

from panel.referrals.models import Origin, Referral
from panel.referrals.source_commands import NEEDED
from workflows.source import Source

OF_THE_CASE = ("source", "source_on", "source_due_on")
OF_THE_ORIGIN = ("who", "charge", "stands", "why")
# What each question is called for each source: one table in the database, plain words on the page.
CALLED: dict[Source, dict[str, str]] = {
    Source.POLICE: {},
    Source.COURT: {
        "who": "Court",
        "charge": "Charge",
        "source_on": "Day of the hearing",
        "source_due_on": "Back in court on",
        "why": "Why the court sent the case back",
    },
    Source.PRE_CHARGE: {
        "who": "Who asks",
        "source_on": "Day on which they asked",
        "source_due_on": "Answer needed by",
        "why": "What they want to know",
    },
    Source.LIAISON: {
        "who": "Liaison and diversion worker",
        "source_on": "Day on which the child was seen",
        "why": "Why the case comes to us",
    },
    Source.TRANSFER: {
        "who": "Team from which the case comes",
        "source_on": "Day on which they asked",
        "stands": "Where their case stands",
        "why": "Why the case is transferred",
    },
    Source.LIST: {},
}


def origin_of(db: Session, referral_id: int) -> Origin | None:
    """What is known of the source, for a case that the police did not simply refer."""
    return db.exec(select(Origin).where(Origin.referral_id == referral_id)).first()


def answers(referral: Referral, origin: Origin | None) -> dict[str, object]:
    """What is known of the source, by the names of the questions."""
    kept = origin or Origin()
    return {name: getattr(referral, name) for name in OF_THE_CASE} | {
        name: getattr(kept, name) for name in OF_THE_ORIGIN
    }


def source_complete(db: Session, referral: Referral) -> bool:
    """Whether the source has everything that it needs, asking the database only where it needs anything."""
    asked = referral.source is not None and CALLED[referral.source]
    return is_complete(referral, origin_of(db, referral.id) if asked else None)


def is_complete(referral: Referral, origin: Origin | None) -> bool:
    """Whether the source has everything that it needs."""
    if referral.source is None:
        return False
    known = answers(referral, origin)
    return all(known[name] for name in NEEDED[referral.source])
