"""What victims say at the end, asked by the victim worker; it never reaches the child's side."""

from datetime import datetime

from sqlmodel import Session

from config.feedback import ANSWERS, questions
from panel.access import Actor
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.victims.commands import ThinksOfIt
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim


def say(
    db: Session, referral: Referral, victim: Victim, command: ThinksOfIt, *, by: Actor, at: datetime
) -> VictimFeedback:
    """Keep what a victim thinks of it, or that they would rather not say."""
    answers = [
        [question.key, question.text, ANSWERS[command.answers[question.key]]]
        for question in questions("victim", command.given_on)
        if command.answers.get(question.key) in ANSWERS
    ]
    row = VictimFeedback(
        victim_id=victim.id,
        declined=command.declined,
        answers=[] if command.declined else answers,
        words="" if command.declined else command.words,
        given_on=command.given_on,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    tell(db, referral, "victim_feedback", by=by, at=at)
    return row
