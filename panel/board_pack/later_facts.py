"""Facts about what came afterwards: not keeping to it, offending again, what victims and scrutineers say."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from panel.board_pack.facts import Fact, Kind, Scope, begins
from panel.compliance.models import Entry, Matter
from panel.police.models import PoliceDisposal
from panel.referrals.models import Offence, Referral
from panel.scrutiny.models import SampledCase, ScrutinyRound
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim
from workflows.calendar import add_months
from workflows.keeping import Rung
from workflows.police import Standing
from workflows.scrutiny import Finding, RoundStatus
from workflows.vocabulary import Outcome

# Then nobody gave anything: it says nothing of whether the child did it.
NOTHING_GIVEN = (Outcome.NFA, Outcome.RETURNED)
TO_THE_POLICE = (Rung.ALLEGED, Rung.RETURNED)
YES = "Yes"
A_YEAR = 12
QUARTERS_BACK = 4


def breach(db: Session, scope: Scope) -> list[Fact]:
    """Matters of not keeping to a plan that began in the quarter, and whether the police were told."""
    reported = select(Entry.matter_id).where(col(Entry.rung).in_(TO_THE_POLICE))
    query = (
        select(col(Matter.referral_id), col(Matter.id).in_(reported))
        .join(Referral, col(Referral.id) == Matter.referral_id)
        .where(Referral.area_id == scope.area_id, col(Matter.opened_on).between(scope.first, scope.last))
    )
    return [Fact("breach", bool(told), number) for number, told in db.exec(query)]


def reoffending(db: Session, scope: Scope) -> list[Fact]:
    """Of the disposals given a year before: whether anything further is recorded within a year."""
    before = scope.quarter.moved(-QUARTERS_BACK)
    columns = (col(Referral.id), col(Referral.child_id), col(Referral.outcome), col(Referral.given_on))
    query = select(*columns).where(
        Referral.area_id == scope.area_id,
        col(Referral.given_on).between(before.first, before.last),
        col(Referral.outcome).is_not(None),
    )
    cohort = list(db.exec(query))
    children = {child for _, child, _, _ in cohort}
    again = _again(db, children, before.first, add_months(before.last, A_YEAR))
    return [
        Fact(Outcome(outcome).value, _within(again.get(child, []), given, number), number)
        for number, child, outcome, given in cohort
        if given is not None and outcome is not None
    ]


def _within(days: list[tuple[date, int]], given: date, number: int) -> bool:
    return any(given < day <= add_months(given, A_YEAR) and case != number for day, case in days)


def _again(db: Session, children: set[int], first: date, last: date) -> dict[int, list[tuple[date, int]]]:
    """By child the days of offences in cases, and of what the police gave that has no case here."""
    committed = (
        select(col(Referral.child_id), col(Offence.committed_on), col(Referral.id))
        .join(Offence, col(Offence.referral_id) == Referral.id)
        .where(col(Referral.submitted_at).is_not(None), col(Offence.committed_on).between(first, last))
    )
    given = select(col(PoliceDisposal.child_id), col(PoliceDisposal.given_on)).where(
        col(PoliceDisposal.referral_id).is_(None),
        col(PoliceDisposal.given_on).between(first, last),
        col(PoliceDisposal.status) == Standing.COUNTED,
        col(PoliceDisposal.outcome).not_in(NOTHING_GIVEN),
    )
    found: dict[int, list[tuple[date, int]]] = {}
    for part in _some(sorted(children)):
        for child, day, number in db.exec(committed.where(col(Referral.child_id).in_(part))):
            found.setdefault(child, []).append((day, number))
        for of, day in db.exec(given.where(col(PoliceDisposal.child_id).in_(part))):
            found.setdefault(of or 0, []).append((day, 0))
    return found


def _some(numbers: list[int], most: int = 500) -> list[list[int]]:
    return [numbers[first : first + most] for first in range(0, len(numbers), most)]


def victims(db: Session, scope: Scope) -> list[Fact]:
    """Whether a victim who was asked answered, and whether each answer is a yes; it opens no case."""
    query = (
        select(VictimFeedback.declined, VictimFeedback.answers)
        .join(Victim, col(Victim.id) == VictimFeedback.victim_id)
        .join(Referral, col(Referral.id) == Victim.referral_id)
        .where(
            Referral.area_id == scope.area_id, col(VictimFeedback.given_on).between(scope.first, scope.last)
        )
        .order_by(col(VictimFeedback.id))
    )
    found: list[Fact] = []
    for declined, answers in db.exec(query):
        found.append(Fact("answered", not declined, kind=Kind.NOBODY))
        found += [Fact(question, answer == YES, kind=Kind.NOBODY) for _, question, answer in answers]
    return found


def scrutiny(db: Session, scope: Scope) -> list[Fact]:
    """What scrutineers found together in the rounds that were finished in the quarter."""
    query = (
        select(SampledCase.referral_id, SampledCase.finding)
        .join(ScrutinyRound, col(ScrutinyRound.id) == SampledCase.round_id)
        .where(
            ScrutinyRound.area_id == scope.area_id,
            ScrutinyRound.status == RoundStatus.FINISHED,
            *_finished(scope),
            col(SampledCase.finding).is_not(None),
        )
    )
    return [
        Fact(Finding(finding).value, True, number)
        for number, finding in db.exec(query)
        if finding is not None
    ]


def _finished(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    at = col(ScrutinyRound.finished_at)
    return at >= begins(scope.first), at < begins(scope.last + timedelta(days=1))
