"""Reading scrutiny: managers see rounds of their area, scrutineers the cases that were given to them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.scrutiny.models import SampledCase, ScrutinyMember, ScrutinyRound, ScrutinyScore, ScrutinyTie
from workflows.roles import Role
from workflows.scrutiny import CaseStatus, RoundStatus

READERS = (Role.YOT_MANAGER, Role.INSPECTOR)
WITH_SCRUTINEERS = (RoundStatus.SCORING, RoundStatus.FINISHED)
IN_SAMPLE = (CaseStatus.DRAWN, CaseStatus.CLEARED, CaseStatus.FOUND, CaseStatus.FED_BACK)


def scrutiny_chain(round_id: int) -> str:
    """The chain of a round."""
    return f"scrutiny:{round_id}"


def rounds(db: Session, actor: Actor) -> list[ScrutinyRound]:
    """The rounds of the actor's areas, the newest first."""
    area = col(ScrutinyRound.area_id).in_(actor.areas_as(*READERS))
    query = select(ScrutinyRound).where(area).order_by(col(ScrutinyRound.id).desc()).limit(50)
    return list(db.exec(query))


def given_to(db: Session, actor: Actor) -> list[ScrutinyRound]:
    """The rounds that a scrutineer was given, the newest first."""
    query = (
        select(ScrutinyRound)
        .join(ScrutinyMember, col(ScrutinyMember.round_id) == ScrutinyRound.id)
        .where(
            ScrutinyMember.user_id == actor.id,
            col(ScrutinyRound.area_id).in_(actor.areas_as(Role.SCRUTINEER)),
            col(ScrutinyRound.status).in_(WITH_SCRUTINEERS),
        )
        .order_by(col(ScrutinyRound.id).desc())
        .limit(50)
    )
    return list(db.exec(query))


def round_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> ScrutinyRound:
    """A round of one of the reader's areas. Raises `Missing`; logs the look."""
    area = col(ScrutinyRound.area_id).in_(actor.areas_as(*READERS))
    found = db.exec(select(ScrutinyRound).where(ScrutinyRound.reference == reference, area)).first()
    return _looked(db, found, actor, at, page)


def sample_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> ScrutinyRound:
    """A round that a scrutineer was given, once it is with them. Raises `Missing`; logs the look."""
    found = next((one for one in given_to(db, actor) if one.reference == reference), None)
    return _looked(db, found, actor, at, page)


def _looked(db: Session, found: ScrutinyRound | None, actor: Actor, at: datetime, page: str) -> ScrutinyRound:
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, scrutiny_chain(found.id), by=actor, at=at, page=page)
    return found


def cases_of(db: Session, round_id: int) -> list[SampledCase]:
    """Every case that was ever in the sample, in order."""
    query = select(SampledCase).where(SampledCase.round_id == round_id).order_by(col(SampledCase.place))
    return list(db.exec(query))


def sample_of(db: Session, round_id: int) -> list[SampledCase]:
    """The cases that are in the sample now."""
    return [case for case in cases_of(db, round_id) if case.status in IN_SAMPLE]


def case_at(db: Session, round_id: int, place: int, *, lock: bool = False) -> SampledCase:
    """One case of a round by its number. Raises `Missing`."""
    query = select(SampledCase).where(SampledCase.round_id == round_id, SampledCase.place == place)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


@dataclass(frozen=True)
class Scrutineer:
    """Somebody who judges in a round."""

    user_id: int
    name: str


def members_of(db: Session, round_id: int) -> list[Scrutineer]:
    """The scrutineers of a round, by name."""
    query = (
        select(User.id, User.name)
        .join(ScrutinyMember, col(ScrutinyMember.user_id) == User.id)
        .where(ScrutinyMember.round_id == round_id)
        .order_by(col(User.name), col(User.id))
    )
    return [Scrutineer(int(number), str(name)) for number, name in db.exec(query)]


def independent(db: Session, area_id: int, *, today: date) -> list[tuple[int, str]]:
    """Who may judge: scrutineers of the area who hold no other role anywhere."""
    lasts = or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today)
    other = select(Membership.user_id).where(Membership.role != Role.SCRUTINEER, lasts)
    query = (
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            Membership.role == Role.SCRUTINEER,
            lasts,
            col(User.disabled_at).is_(None),
            col(User.id).not_in(other),
        )
        .order_by(col(User.name), col(User.id))
    )
    return [(int(number), str(name)) for number, name in db.exec(query)]


def ties_of(db: Session, case_ids: list[int]) -> set[tuple[int, int]]:
    """Who has a tie to which case: (case, person)."""
    query = select(ScrutinyTie.case_id, ScrutinyTie.user_id).where(col(ScrutinyTie.case_id).in_(case_ids))
    return {(case, user) for case, user in db.exec(query)}


def scores_of(db: Session, case_ids: list[int]) -> list[ScrutinyScore]:
    """The scores of these cases, in the order in which they came."""
    query = select(ScrutinyScore).where(col(ScrutinyScore.case_id).in_(case_ids))
    return list(db.exec(query.order_by(col(ScrutinyScore.id))))


def to_score(db: Session, actor: Actor) -> int:
    """How many cases wait for a scrutineer's own score."""
    mine = (ScrutinyScore, ScrutinyTie)
    query = (
        select(func.count())
        .select_from(SampledCase)
        .join(ScrutinyRound, col(ScrutinyRound.id) == SampledCase.round_id)
        .join(ScrutinyMember, col(ScrutinyMember.round_id) == ScrutinyRound.id)
        .where(
            ScrutinyMember.user_id == actor.id,
            col(ScrutinyRound.area_id).in_(actor.areas_as(Role.SCRUTINEER)),
            ScrutinyRound.status == RoundStatus.SCORING,
            SampledCase.status == CaseStatus.CLEARED,
            *(
                col(SampledCase.id).not_in(select(table.case_id).where(table.user_id == actor.id))
                for table in mine
            ),
        )
    )
    return db.exec(query).one()


def learning_of(db: Session, referral_id: int) -> list[SampledCase]:
    """What scrutiny fed back to a case, the newest first."""
    query = select(SampledCase).where(
        SampledCase.referral_id == referral_id, SampledCase.status == CaseStatus.FED_BACK
    )
    return list(db.exec(query.order_by(col(SampledCase.id).desc())))
