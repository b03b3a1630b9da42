"""Reading scrutiny: managers see rounds of their area, scrutineers the cases that were given to them."""

from datetime import date

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.counting import Number, many
from panel.rounds.queries import Rounds, holding, lasting
from panel.scrutiny.models import SampledCase, ScrutinyMember, ScrutinyRound, ScrutinyScore, ScrutinyTie
from workflows.roles import Role
from workflows.scrutiny import CaseStatus, RoundStatus

WITH_SCRUTINEERS = (RoundStatus.SCORING, RoundStatus.FINISHED)
IN_SAMPLE = (CaseStatus.DRAWN, CaseStatus.CLEARED, CaseStatus.FOUND, CaseStatus.FED_BACK)


SCRUTINY = Rounds(
    "scrutiny",
    ScrutinyRound,
    SampledCase,
    ScrutinyMember,
    (Role.SCRUTINEER,),
    IN_SAMPLE,
    with_judges=WITH_SCRUTINEERS,
)
scrutiny_chain, rounds, given_to = SCRUTINY.chain, SCRUTINY.of_areas, SCRUTINY.judged_by
round_for, sample_for, lock_round = SCRUTINY.round_for, SCRUTINY.sample_for, SCRUTINY.lock
cases_of, sample_of, case_at = SCRUTINY.cases_of, SCRUTINY.sample_of, SCRUTINY.case_at
members_of = SCRUTINY.members_of


def independent(db: Session, area_id: int, *, today: date) -> list[tuple[int, str]]:
    """Who may judge: scrutineers of the area who hold no other role anywhere."""
    other = select(Membership.user_id).where(Membership.role != Role.SCRUTINEER, lasting(today))
    query = holding(area_id, (Role.SCRUTINEER,), today=today).where(col(User.id).not_in(other))
    return [(int(number), str(name)) for number, name, _ in db.exec(query)]


def ties_of(db: Session, case_ids: list[int]) -> set[tuple[int, int]]:
    """Who has a tie to which case: (case, person)."""
    query = select(ScrutinyTie.case_id, ScrutinyTie.user_id).where(col(ScrutinyTie.case_id).in_(case_ids))
    return {(case, user) for case, user in db.exec(query)}


def scores_of(db: Session, case_ids: list[int]) -> list[ScrutinyScore]:
    """The scores of these cases, in the order in which they came."""
    query = select(ScrutinyScore).where(col(ScrutinyScore.case_id).in_(case_ids))
    return list(db.exec(query.order_by(col(ScrutinyScore.id))))


def score_counted(actor: Actor) -> Number:
    """How many cases wait for a scrutineer's own score, up to `MOST`, to be asked with others."""
    mine = (ScrutinyScore, ScrutinyTie)
    query = (
        select(SampledCase.id)
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
    return many(query)


def learning_of(db: Session, referral_id: int) -> list[SampledCase]:
    """What scrutiny fed back to a case, the newest first."""
    query = select(SampledCase).where(
        SampledCase.referral_id == referral_id, SampledCase.status == CaseStatus.FED_BACK
    )
    return list(db.exec(query.order_by(col(SampledCase.id).desc())))
