"""The child's own page: handed over, answered question by question, given back."""

from datetime import datetime

from sqlmodel import Session, select

from config.screens import Question, questions
from panel.access import Actor
from panel.accounts import sessions
from panel.accounts.models import User
from panel.assessments.actions import begun
from panel.assessments.part_commands import Handing
from panel.assessments.reading import own_answers_of
from panel.assessments.written import SelfAnswer, SelfAssessment
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell


def asked() -> tuple[Question, ...]:
    """The questions that a child is asked, in their order."""
    return questions("child").items


def hand_over(
    db: Session, referral: Referral, command: Handing, *, by: Actor, at: datetime
) -> SelfAssessment:
    """Give the child the tablet; what was answered before stays and can be gone on with."""
    assessment = begun(db, referral, by=by)
    fresh = SelfAssessment(assessment_id=assessment.id, started_on=command.started_on)
    own = own_answers_of(db, assessment) or fresh
    own.helper, own.started_on, own.given_back_at = command.helper, command.started_on, None
    db.add(own)
    tell(db, referral, "hand_over", by=by, at=at)
    return own


def own_of(db: Session, referral: Referral, *, by: Actor) -> SelfAssessment:
    """The child's page that is under way. Raises `Missing` when there is none."""
    own = own_answers_of(db, begun(db, referral, by=by))
    if own is None:
        raise Missing()
    return own


def question(place: int) -> Question:
    """The question at a place, from 1. Raises `Missing`."""
    if not 1 <= place <= len(asked()):
        raise Missing()
    return asked()[place - 1]


def answer_of(db: Session, own: SelfAssessment, key: str) -> SelfAnswer | None:
    """What the child answered to one question."""
    query = select(SelfAnswer).where(SelfAnswer.self_assessment_id == own.id, SelfAnswer.key == key)
    return db.exec(query).first()


def say(db: Session, referral: Referral, place: int, text: str, *, by: Actor, at: datetime) -> None:
    """Keep the child's words to one question; nothing written is a question left out."""
    own, key = own_of(db, referral, by=by), question(place).key
    answer = answer_of(db, own, key) or SelfAnswer(self_assessment_id=own.id, key=key)
    answer.text, answer.skipped, answer.answered_at = text, not text, at
    db.add(answer)
    settle(db, referral, by=by, at=at, page="case.child_says", retime=False)


def take_back(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """The worker has the tablet again."""
    own_of(db, referral, by=by).given_back_at = at
    tell(db, referral, "take_back", by=by, at=at)


def is_worker(db: Session, password: str, *, by: Actor, at: datetime) -> bool:
    """Whether this is the worker's own password; wrong tries count as when signing in (raises `Locked`)."""
    email = db.exec(select(User.email).where(User.id == by.id)).one()
    token = sessions.sign_in(db, email, password, at=at)
    if token is None:
        return False
    sessions.sign_out(db, token, at=at)
    return True
