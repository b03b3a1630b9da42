"""A demonstration case at its end: the closing summary, and what child and parent think of it."""

from datetime import datetime
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.closing import actions
from panel.closing import commands as c
from panel.closing.queries import activity_of
from panel.referrals.models import Referral
from workflows.calendar import today_in_london
from workflows.closing import Means, Side
from workflows.vocabulary import Outcome

SAID = {
    Side.CHILD: ("It was fair.", "I liked the painting.", "They listened to me.", ""),
    Side.PARENT: ("He is calmer at home now.", "I would have liked a call earlier.", ""),
}


def finish(db: Session, referral: Referral, worker: Actor, draw: Random, *, at: datetime) -> None:
    """Sum up and ask; of outcome 22 release the code, as something took place."""
    summary = c.Summary(
        done="Every step that was agreed, in its time.",
        helped="The same worker throughout, and appointments after school.",
        still_open="Nothing that we know of.",
        exit_services="The youth club goes on; the school knows whom to call.",
        safety="Safe at home. Nobody else is at risk that we know of.",
        if_trouble="Short talks early in the day work; letters do not.",
        child_done="You came when you said that you would, and you finished what you began.",
        child_well="You are good at listening, and at making things with your hands.",
        child_next="The youth club is there for you. You can call us too.",
    )
    actions.sum_up(db, referral, summary, by=worker, at=at)
    for side, said in SAID.items():
        words = draw.choice(said)
        key = "fair" if side is Side.CHILD else "parent_helped"
        told = c.SaidToWorker(
            declined=not words,
            answers={key: draw.choice(("yes", "yes", "partly"))} if words else {},
            words=words,
            means=Means.TALK,
            given_on=today_in_london(at),
        )
        actions.say(db, referral, side, told, by=worker, at=at)


def release(db: Session, referral: Referral, manager: Actor, *, at: datetime) -> None:
    """Release the code 22 of a case that is over."""
    if referral.outcome is Outcome.O22 and activity_of(db, referral.id):
        why = c.Release(said="What was agreed was done, and nothing more is needed.")
        actions.release(db, referral, why, by=manager, at=at)
