"""Facts about disposals that the police gave: told or not, by the panel or not, for the first time or not."""

from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select

from panel.alignment.queries import decided_before
from panel.board_pack.facts import Fact, Kind, Scope
from panel.disposals.models import Disposal
from panel.gap.scope import place_column, within
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from workflows.gap import PLACES, Group
from workflows.periods import Period
from workflows.police import POLICE_OUTCOMES, Standing
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Outcome

D = PoliceDisposal


def counted(area_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """The disposals of an area that count, given between two days."""
    return (
        col(D.area_id) == area_id,
        col(D.outcome).in_(POLICE_OUTCOMES),
        col(D.given_on).between(first, last),
        col(D.status) == Standing.COUNTED,
    )


def untold(db: Session, scope: Scope) -> list[Fact]:
    """Community resolutions on the lists of the force, and of which nobody told us by themselves (M1)."""
    place = place_column(scope.today)
    where = within(scope.area_id, Outcome.CR, Period(scope.first, scope.last))
    listed = {one.value for one in PLACES[Group.LISTED]}
    missed = {one.value for one in PLACES[Group.MISSED]}
    found = db.exec(select(col(D.id), place).where(where, place.in_(listed)))
    return [Fact("untold", where_it_is in missed, number, Kind.POLICE) for number, where_it_is in found]


def outside(db: Session, scope: Scope) -> list[Fact]:
    """Cautions on which the panel had not decided before they were given, as M4 says it."""
    query = (
        select(col(D.id), decided_before())
        .join(Referral, col(Referral.id) == col(D.referral_id), isouter=True)
        .where(*counted(scope.area_id, scope.first, scope.last), col(D.outcome).in_(CAUTIONS))
    )
    return [Fact("outside", not decided, number, Kind.POLICE) for number, decided in db.exec(query)]


def unsigned(db: Session, scope: Scope) -> list[Fact]:
    """Disposals that ask for signatures and were given, without the signed copy on the case."""
    query = (
        select(Referral.id, Disposal.signed_document_id, Disposal.copy_altered_at)
        .join(Disposal, col(Disposal.referral_id) == Referral.id)
        .where(
            Referral.area_id == scope.area_id,
            col(Referral.given_on).between(scope.first, scope.last),
            col(Disposal.withdrawn_at).is_(None),
            col(Disposal.given_on).is_not(None),
            col(Disposal.outcome).in_(SIGNED_OUTCOMES),
        )
    )
    return [
        Fact("unsigned", copy is None or altered is not None, number)
        for number, copy, altered in db.exec(query)
    ]


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
