"""Facts about disposals that the police gave: what they were, by whom decided, for the first time or not."""

from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select

from panel.alignment.queries import decided_before
from panel.board_pack.facts import Fact, Kind, Scope
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from workflows.police import POLICE_OUTCOMES, Standing
from workflows.vocabulary import CAUTIONS, Outcome

D = PoliceDisposal


def counted(area_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """The disposals of an area that count, given between two days."""
    return (
        col(D.area_id) == area_id,
        col(D.outcome).in_(POLICE_OUTCOMES),
        col(D.given_on).between(first, last),
        col(D.status) == Standing.COUNTED,
    )


def outside(db: Session, scope: Scope) -> list[Fact]:
    """Cautions on which the panel had not decided before they were given, as M4 says it."""
    query = (
        select(col(D.id), decided_before())
        .join(Referral, col(Referral.id) == col(D.referral_id), isouter=True)
        .where(*counted(scope.area_id, scope.first, scope.last), col(D.outcome).in_(CAUTIONS))
    )
    return [Fact("outside", not decided, number, Kind.POLICE) for number, decided in db.exec(query)]


def outcomes(db: Session, scope: Scope) -> list[Fact]:
    """Every disposal by its outcome."""
    query = select(D.id, D.outcome).where(*counted(scope.area_id, scope.first, scope.last))
    return [Fact(Outcome(outcome).value, True, number, Kind.POLICE) for number, outcome in db.exec(query)]


def entrants(db: Session, scope: Scope) -> list[Fact]:
    """Cautions by their kind, and whether the child had none before (FTE-1)."""
    other = aliased(PoliceDisposal)
    before = exists().where(
        col(other.child_id) == col(D.child_id),
        col(other.outcome).in_(CAUTIONS),
        col(other.status) == Standing.COUNTED,
        or_(
            col(other.given_on) < col(D.given_on),
            (col(other.given_on) == col(D.given_on)) & (col(other.id) < col(D.id)),
        ),
    )
    query = select(col(D.id), col(D.outcome), col(D.first_time), before).where(
        *counted(scope.area_id, scope.first, scope.last),
        col(D.outcome).in_(CAUTIONS),
    )
    return [
        Fact(Outcome(outcome).value, first is not False and not earlier, number, Kind.POLICE)
        for number, outcome, first, earlier in db.exec(query)
    ]
