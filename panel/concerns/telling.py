"""Significant events in the words that the panel reads."""

from sqlmodel import Session

from panel.concerns.queries import events_of
from panel.referrals.models import Referral
from workflows.calendar import long_date
from workflows.vocabulary import words


def panel_rows(db: Session, referral: Referral) -> list[dict[str, str]]:
    """The events as the papers of the panel tell them."""
    return [
        {
            "key": f"{words(e.kind)}, {long_date(e.happened_on)}",
            "value": f"{e.what}\nWhat follows: {words(e.follows) if e.follows else 'nobody has said it yet'}."
            + (f" {e.follows_why}" if e.follows_why else ""),
        }
        for e in events_of(db, referral.id)
    ]
