"""From the gap to the child: a late referral from a row of the list, and what became of each child."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.errors import Missing
from panel.gap import commands as c
from panel.gap.models import GapFollowUp
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.queries import police_chain
from panel.referrals.actions import save_source
from panel.referrals.models import Referral
from panel.referrals.source_commands import SourceDetails
from workflows.calendar import today_in_london
from workflows.flow import NotYours
from workflows.gap_work import FOLLOWERS, OPENERS, FollowFacts, allow_follow_up
from workflows.police import Fit, Notice, Standing, Verdict, notice
from workflows.source import Source

OPENED = "The case was opened from this record."


def state_of(disposal: PoliceDisposal, today: date) -> Notice:
    """Whether we were told of a disposal, on a day."""
    return notice(
        told_on=disposal.told_on,
        tell_by=disposal.tell_by,
        asked_on=disposal.asked_on,
        counted=disposal.status is Standing.COUNTED,
        today=today,
    )


def may_open(disposal: PoliceDisposal, actor: Actor) -> bool:
    """Whether a person may open a case from a record: it counts and has none yet."""
    free = disposal.referral_id is None and disposal.status is Standing.COUNTED
    return free and bool(set(OPENERS) & actor.roles_in(disposal.area_id))


def openable(disposal: PoliceDisposal, actor: Actor) -> PoliceDisposal:
    """The record, if the person may open a case from it. Raises `NotYours`, `Missing` if it has one."""
    if not set(OPENERS) & actor.roles_in(disposal.area_id):
        raise NotYours("gap.refer")
    if not may_open(disposal, actor):
        raise Missing()
    return disposal


def link(db: Session, disposal: PoliceDisposal, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Tie a record to the case that was opened from it. That we were not told stays as it is."""
    openable(disposal, by)
    disposal.referral_id, disposal.child_id = referral.id, referral.child_id
    disposal.fit, disposal.changed_at = Fit.LINKED, at
    db.add(disposal)
    save_source(db, referral, SourceDetails(source=Source.LIST), by=by, at=at)
    db.add(
        PoliceLink(
            disposal_id=disposal.id,
            verdict=Verdict.SAME,
            child_id=referral.child_id,
            referral_id=referral.id,
            score=1,
            because=OPENED,
            by_id=by.id,
            at=at,
        )
    )
    chain = police_chain(disposal.id)
    note(db, "police_disposal.refer", chain=chain, by=by, at=at, facts={"case": referral.reference})
    log_access(db, Operation.COMBINATION, chain, by=by, at=at, page="gap.refer")


def follow_up(
    db: Session, disposal: PoliceDisposal, command: c.FollowUp, *, by: Actor, at: datetime
) -> GapFollowUp:
    """Write down what became of a child of whom we were not told. Raises `Refused`."""
    if not set(FOLLOWERS) & by.roles_in(disposal.area_id):
        raise NotYours("gap.follow_up")
    facts = FollowFacts(
        became=command.became,
        given_on=disposal.given_on,
        told_on=disposal.told_on,
        happened_on=command.happened_on,
        state=state_of(disposal, today_in_london(at)),
        crime_reference=command.crime_reference,
    )
    allow_follow_up(facts)
    row = GapFollowUp(
        **command.model_dump(),
        disposal_id=disposal.id,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    chain = police_chain(disposal.id)
    note(db, "police_disposal.follow_up", chain=chain, by=by, at=at, facts={"what": command.became.value})
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="gap.follow_up")
    return row


def follow_ups(db: Session, disposals: Sequence[int]) -> dict[int, list[GapFollowUp]]:
    """What became of each of these children, in order."""
    found: dict[int, list[GapFollowUp]] = {}
    query = select(GapFollowUp).where(col(GapFollowUp.disposal_id).in_(disposals))
    for row in db.exec(query.order_by(col(GapFollowUp.id))):
        found.setdefault(row.disposal_id, []).append(row)
    return found


def draft_of(db: Session, disposal: PoliceDisposal, actor: Actor) -> Referral:
    """The case that was opened from a record, for who opens cases. Raises `NotYours`, `Missing`."""
    if not set(OPENERS) & actor.roles_in(disposal.area_id):
        raise NotYours("gap.offence")
    if disposal.referral_id is None:
        raise Missing()
    return db.get_one(Referral, disposal.referral_id)
