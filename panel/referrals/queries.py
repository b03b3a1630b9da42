"""Reading cases: the look-up is the permission, and each look is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, false, or_, select

from config.policy import number
from panel.access import Actor
from panel.accounts.models import Area, Membership, User
from panel.children.models import Carer, Child
from panel.db import once, row_at
from panel.documents.expected import missing
from panel.documents.queries import police_papers_there
from panel.errors import Missing, ShutOut
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.referrals.clocks import state, worth_showing
from panel.referrals.conflicts import shut_out
from panel.referrals.flags import flags_of
from panel.referrals.models import Offence, Referral
from panel.referrals.origins import source_complete
from panel.referrals.timing import all_deadlines
from panel.referrals.words import STATUS, Tag
from workflows.calendar import age_on, birthday, long_date
from workflows.case import OPEN, Status
from workflows.case_facts import CaseFacts, OffenceFacts
from workflows.codes import Category
from workflows.roles import REFERRERS, Role
from workflows.vocabulary import Outcome

WHOLE_AREA = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.INSPECTOR)
AFTER_GIVING = (Status.GIVEN, Status.NOTIFIED, Status.CLOSED)


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which cases a person may see at all; everything else does not exist for them."""
    area, status = col(Referral.area_id), col(Referral.status)
    own, whole = actor.areas_as(*REFERRERS), actor.areas_as(*WHOLE_AREA)
    worker, liaison = actor.areas_as(Role.CASE_MANAGER), actor.areas_as(Role.LIAISON)
    ways = []
    # Only what the person's roles call for, one way for each area, so that an index answers each list.
    mine = col(Referral.referred_by_id) == actor.id
    if both := [number for number in own if number in whole]:
        ways.append(and_(area.in_(both), or_(status != Status.DRAFT, mine)))
    if only := [number for number in own if number not in whole]:
        ways.append(and_(mine, area.in_(only)))
    if only := [number for number in whole if number not in own]:
        ways.append(and_(area.in_(only), status != Status.DRAFT))
    if worker:
        ways.append(and_(col(Referral.case_manager_id) == actor.id, area.in_(worker)))
    if liaison:
        resolved = and_(col(Referral.outcome) == Outcome.CR, status.in_(AFTER_GIVING))
        ways.append(and_(area.in_(liaison), resolved))
    return or_(*ways) if ways else false()


def referral_for(
    db: Session,
    actor: Actor,
    reference: str,
    *,
    at: datetime,
    page: str,
    lock: bool = False,
    in_spite_of_conflict: bool = False,
) -> Referral:
    """The case with this reference, if the person may see it. Raises `Missing` otherwise. Logs the look.

    Raises `ShutOut` for somebody with a conflict of interest in it, on whichever page (PAN-6); only the
    pages about conflicts themselves ask `in_spite_of_conflict`.
    """
    query = select(Referral, shut_out(actor.id)).where(Referral.reference == reference, scope(actor))
    row = db.exec(query.with_for_update(of=Referral) if lock else query).first()
    if row is None:
        raise Missing()
    found, conflicted = row
    if conflicted and not in_spite_of_conflict:
        raise ShutOut(reference)
    log_access(db, Operation.CONSULTATION, case_chain(found.id), by=actor, at=at, page=page)
    return found


def child_of(db: Session, referral: Referral) -> Child:
    """The child of a case."""
    return row_at(db, Child, referral.child_id)


def carer_of(db: Session, referral: Referral) -> Carer | None:
    """The parent or carer, when one is named."""
    query = select(Carer).where(Carer.child_id == referral.child_id)
    return once(db, Carer, referral.child_id, lambda: db.exec(query).first())


def offences_of(db: Session, referral: Referral) -> list[Offence]:
    """The offences, by date."""
    query = select(Offence).where(Offence.referral_id == referral.id)
    query = query.order_by(col(Offence.committed_on), col(Offence.id))
    return list(once(db, Offence, ("of", referral.id), lambda: db.exec(query).all()))


def offence_facts(
    offences: Sequence[Offence], chosen: dict[int, Outcome] | None = None
) -> tuple[OffenceFacts, ...]:
    """The offences as the rules see them, with the outcomes that are being chosen."""
    return tuple(
        OffenceFacts(
            number=o.id,
            committed_on=o.committed_on,
            mode=o.mode,
            ended_on=o.ended_on,
            prosecute_by=o.prosecute_by,
            gravity_given=o.gravity is not None,
            presumes=frozenset(map(Outcome, o.gravity_presumes)),
            admission=o.admission,
            outcome=(chosen or {}).get(o.id, o.outcome if chosen is None else None),
            cps_authority=o.cps_authority,
            categories=frozenset(map(Category, o.categories)),
        )
        for o in offences
    )


def case_facts(db: Session, referral: Referral, *, today: date, reason: str = "") -> CaseFacts:
    """What the referral itself tells the rules; the rooms above add what they know."""
    carer = carer_of(db, referral)
    return CaseFacts(
        today=today,
        date_of_birth=child_of(db, referral).date_of_birth,
        reason=reason,
        offences=offence_facts(offences_of(db, referral)),
        carer_named=bool((carer and carer.name) or referral.no_carer_reason),
        circumstances_given=bool(referral.circumstances.strip()),
        source=referral.source,
        source_complete=source_complete(db, referral),
        victim_answered=referral.victim_identified is not None,
        victim_named=referral.victim_named,
        victim_identified=bool(referral.victim_identified),
        case_manager_chosen=referral.case_manager_id is not None,
        papers_missing=missing(police_papers_there(db, referral.id), today),
        event_unanswered=referral.event_open_on is not None,
    )


@dataclass(frozen=True)
class Clock:
    """A deadline as the page shows it."""

    text: str
    when: str
    rule: str
    state: str


@dataclass(frozen=True)
class CaseHeader:
    """What stays on the screen while one moves between the tabs of a case."""

    reference: str
    child_name: str
    age_words: str
    area_name: str
    worker_name: str
    status: Tag
    flags: tuple[Tag, ...]
    deadlines: tuple[Clock, ...]


def header_of(db: Session, referral: Referral, *, today: date) -> CaseHeader:
    """The header of a case."""
    child, offences = child_of(db, referral), offences_of(db, referral)
    area = db.exec(select(Area.name).where(Area.id == referral.area_id)).one()
    worker = db.exec(select(User.name).where(User.id == referral.case_manager_id)).first()
    clocks = tuple(
        Clock(d.text, d.words(today), d.rule, state(d, today))
        for d in all_deadlines(db, referral, child, offences, today=today)
        if worth_showing(d, today)
    )
    return CaseHeader(
        referral.reference,
        child.name,
        age_words(child.date_of_birth, today),
        area,
        worker or "No case manager yet",
        STATUS[referral.status],
        flags_of(child, referral),
        clocks,
    )


def age_words(date_of_birth: date, today: date) -> str:
    """'15', and for a 17-year-old also when they turn 18."""
    age = age_on(date_of_birth, today)
    if age == number("adult_age", today) - 1:
        return f"{age}, turns {age + 1} on {long_date(birthday(date_of_birth, age + 1))}"
    return str(age)


def names_of(db: Session, user_ids: Sequence[int | None]) -> dict[int, str]:
    """The names of people by their numbers."""
    query = select(User.id, User.name).where(col(User.id).in_([i for i in user_ids if i is not None]))
    return {int(number): str(name) for number, name in db.exec(query)}


def case_managers(db: Session, area_id: int, *, today: date) -> list[tuple[int, str, int]]:
    """The case managers of an area with their number of open cases, the least loaded first."""
    from sqlmodel import func

    load = (
        select(func.count())
        .select_from(Referral)
        .where(Referral.case_manager_id == User.id, col(Referral.status).in_(OPEN))
        .scalar_subquery()
    )
    query = (
        select(User.id, User.name, load)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            Membership.role == Role.CASE_MANAGER,
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
        .order_by(load, col(User.name))
    )
    return [(int(i), str(name), int(count)) for i, name, count in db.exec(query)]
