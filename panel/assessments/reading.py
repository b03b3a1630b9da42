"""Reads everything that an assessment holds, in a fixed number of questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from config.policy import names, number
from panel.accounts.models import User
from panel.assessments.models import Assessment, ProposedStep
from panel.assessments.queries import proposed_steps
from panel.assessments.written import (
    AssetPlus,
    Chase,
    LinkedPlan,
    ScreenDone,
    Section,
    SelfAnswer,
    SelfAssessment,
    Source,
    Statement,
)
from panel.errors import Missing
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import child_of, offences_of
from workflows.assessment_parts import BY_KEY, Screen

T = TypeVar("T")


@dataclass(frozen=True)
class Written:
    """An assessment with everything in it."""

    assessment: Assessment
    sections: dict[str, Section]
    statements: list[Statement]
    sources: list[Source]
    chases: list[Chase]
    screens: dict[Screen, ScreenDone]
    plans: list[LinkedPlan]
    asset_plus: AssetPlus | None
    own: SelfAssessment | None
    answers: list[SelfAnswer]
    steps: list[ProposedStep]
    people: dict[int, str]
    assetplus_because: tuple[str, ...]
    looked_after: bool

    def text(self, key: str) -> str:
        """The text of a section, empty until somebody writes."""
        section = self.sections.get(key)
        return section.text.strip() if section else ""

    @property
    def social_care_open(self) -> bool:
        """Whether children's social care works with the child, as far as we know."""
        return bool(self.assessment.social_care_open) or self.looked_after


def everything(db: Session, referral: Referral, assessment: Assessment, *, today: date) -> Written:
    """The whole assessment."""
    child, number_ = child_of(db, referral), assessment.id
    own = own_answers_of(db, assessment)
    sections = _of(db, Section, number_)
    return Written(
        assessment=assessment,
        sections={section.key: section for section in sections},
        statements=_of(db, Statement, number_),
        sources=sources_of(db, number_),
        chases=_chases(db, number_),
        screens={screen.kind: screen for screen in _of(db, ScreenDone, number_)},
        plans=_of(db, LinkedPlan, number_),
        asset_plus=next(iter(_of(db, AssetPlus, number_)), None),
        own=own,
        answers=answers_of(db, own) if own else [],
        steps=proposed_steps(db, number_),
        people=_people(db, {assessment.author_id, *(s.edited_by_id for s in sections)}),
        assetplus_because=assetplus_because(child.looked_after, offences_of(db, referral), today=today),
        looked_after=child.looked_after,
    )


def _of(db: Session, table: type[T], assessment_id: int | None) -> list[T]:
    row: Any = table
    if assessment_id is None:
        return []
    return list(db.exec(select(row).where(row.assessment_id == assessment_id).order_by(row.id)))


def sources_of(db: Session, assessment_id: int) -> list[Source]:
    """Who was asked, in the order of asking."""
    return _of(db, Source, assessment_id)


def row_of(db: Session, table: type[T], assessment: Assessment | None, row_id: int) -> T:
    """One row of this assessment. Raises `Missing`, also for a row of another case."""
    row: Any = table
    if assessment is None:
        raise Missing()
    found = db.exec(select(row).where(row.id == row_id, row.assessment_id == assessment.id)).first()
    if found is None:
        raise Missing()
    return found  # type: ignore[no-any-return]


def own_answers_of(db: Session, assessment: Assessment) -> SelfAssessment | None:
    """The child's own page, once it was started."""
    return next(iter(_of(db, SelfAssessment, assessment.id)), None)


def answers_of(db: Session, own: SelfAssessment) -> list[SelfAnswer]:
    """The child's answers."""
    query = select(SelfAnswer).where(SelfAnswer.self_assessment_id == own.id)
    return list(db.exec(query.order_by(col(SelfAnswer.id))))


def _chases(db: Session, assessment_id: int | None) -> list[Chase]:
    query = select(Chase).join(Source, col(Source.id) == Chase.source_id)
    return list(db.exec(query.where(Source.assessment_id == assessment_id).order_by(col(Chase.id))))


def _people(db: Session, ids: set[int]) -> dict[int, str]:
    rows = db.exec(select(User.id, User.name).where(col(User.id).in_(ids)))
    return {int(i): str(name) for i, name in rows}


def section_of(db: Session, assessment: Assessment | None, key: str) -> Section | None:
    """One section, once it was written. Raises `Missing` for a key that no section has."""
    if key not in BY_KEY:
        raise Missing()
    if assessment is None:
        return None
    query = select(Section).where(Section.assessment_id == assessment.id, Section.key == key)
    return db.exec(query).first()


def texts_of(db: Session, assessment_id: int) -> dict[str, str]:
    """The text of every section; empty where nothing is written."""
    return dict.fromkeys(BY_KEY, "") | {s.key: s.text for s in _of(db, Section, assessment_id)}


def assetplus_because(looked_after: bool, offences: Sequence[Offence], *, today: date) -> tuple[str, ...]:
    """Why a full AssetPlus is needed; empty when it is not (ASM-2)."""
    why = ["The child is looked after."] if looked_after else []
    limit, risky = number("assetplus_gravity", today), names("assetplus_offences", today)
    for offence in offences:
        if offence.gravity is not None and offence.gravity >= limit:
            why.append(f"{offence.title}: gravity score {offence.gravity}, and we ask from {limit} on.")
        elif set(risky) & set(offence.categories) or any(word in offence.title.lower() for word in risky):
            why.append(f"{offence.title}: an offence on the list of high-risk offences.")
    return tuple(why)
