"""Reading the register: the look-up is the permission; who is booked is counted afresh each time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, and_, col, or_, select

from config.policy import number
from panel.access import Actor
from panel.children.models import Child
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.placements.models import Booking, Placement
from workflows.calendar import age_on
from workflows.placements import Against, Need, PlaceFacts, Weekday, against, fullest
from workflows.roles import Role
from workflows.vocabulary import Gender

READERS = (Role.YOT_MANAGER, Role.CASE_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.INSPECTOR)
PAGE = 50
MOST_CHOICES = 30
SCHOOL_AGE_UNTIL = 17
Cursor = tuple[str, int]


def placement_chain(number: int) -> str:
    """The chain of a placement."""
    return f"placement:{number}"


def placement_for(db: Session, actor: Actor, number: int, *, at: datetime, page: str) -> Placement:
    """The placement in one of the person's areas. Raises `Missing`, logs the look."""
    query = select(Placement).where(
        Placement.id == number, col(Placement.area_id).in_(actor.areas_as(*READERS))
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, placement_chain(found.id), by=actor, at=at, page=page)
    return found


def listed(
    db: Session,
    actor: Actor,
    *,
    today: date,
    text: str = "",
    ended: bool = False,
    weekend: bool = False,
    after: Cursor | None = None,
) -> list[Placement]:
    """The placements of the person's areas by name; those that are over only when asked for."""
    query = select(Placement).where(col(Placement.area_id).in_(actor.areas_as(*READERS)))
    over = col(Placement.active_until) < today
    query = query.where(over if ended else or_(col(Placement.active_until).is_(None), ~over))
    if weekend:
        query = query.where(col(Placement.weekend).is_(True))
    for part in text.split():
        said = f"%{part.replace('%', '').replace('_', '')}%"
        query = query.where(or_(col(Placement.name).ilike(said), col(Placement.work).ilike(said)))
    if after is not None:
        name, number_ = after
        later = and_(col(Placement.name) == name, col(Placement.id) > number_)
        query = query.where(or_(col(Placement.name) > name, later))
    return list(db.exec(query.order_by(col(Placement.name), col(Placement.id)).limit(PAGE + 1)))


def bookings(
    db: Session, ids: Collection[int], from_on: date, until_on: date, *, besides: int | None = None
) -> dict[int, list[tuple[date, date]]]:
    """Who is booked where between two days, by placement; not counting one case."""
    query = select(col(Booking.placement_id), col(Booking.from_on), col(Booking.until_on)).where(
        col(Booking.placement_id).in_(ids),
        col(Booking.released_on).is_(None),
        col(Booking.from_on) <= until_on,
        col(Booking.until_on) >= from_on,
    )
    if besides is not None:
        query = query.where(Booking.referral_id != besides)
    found: dict[int, list[tuple[date, date]]] = {}
    for place, begins, ends in db.exec(query):
        found.setdefault(place, []).append((begins, ends))
    return found


@dataclass(frozen=True)
class Option:
    """A placement with the reasons why it does not fit, none when it does."""

    placement: Placement
    against: tuple[Against, ...]

    @property
    def full(self) -> bool:
        """Whether nobody else can come."""
        return any(one.full for one in self.against)


def need_of(child: Child, from_on: date, until_on: date) -> Need:
    """What this child needs of a placement; whose school is not known is taken to be at school."""
    return Need(
        date_of_birth=child.date_of_birth,
        is_girl=child.gender is Gender.FEMALE,
        in_school=bool(child.school.strip()) or age_on(child.date_of_birth, from_on) < SCHOOL_AGE_UNTIL,
        from_on=from_on,
        until_on=until_on,
        school_ends=time(number("school_ends_hour", from_on), 0),
    )


def options(db: Session, area_id: int, need: Need) -> list[Option]:
    """The placements of an area that are not over, those that fit first."""
    query = select(Placement).where(
        Placement.area_id == area_id,
        or_(col(Placement.active_until).is_(None), col(Placement.active_until) >= need.from_on),
    )
    places = list(db.exec(query.order_by(col(Placement.name), col(Placement.id)).limit(MOST_CHOICES)))
    found = judged(db, places, dict.fromkeys((p.id for p in places), need))
    return sorted(found, key=lambda option: (bool(option.against), option.placement.name))


def judged(
    db: Session, places: Collection[Placement], needs: Mapping[int, Need], *, besides: int | None = None
) -> list[Option]:
    """Each placement against what is needed of it between its days."""
    if not places:
        return []
    first = min(need.from_on for need in needs.values())
    last = max(need.until_on for need in needs.values())
    booked = bookings(db, [place.id for place in places], first, last, besides=besides)
    return [
        Option(place, against(facts(place, booked.get(place.id, []), needs[place.id]), needs[place.id]))
        for place in places
    ]


def facts(place: Placement, booked: Collection[tuple[date, date]], need: Need) -> PlaceFacts:
    """A placement as the rules see it."""
    return PlaceFacts(
        days=frozenset(Weekday(day) for day in place.days),
        starts_at=place.starts_at,
        girls_only=place.girls_only,
        min_age=place.min_age,
        capacity=place.capacity,
        taken=fullest(booked, need.from_on, need.until_on),
        active_from=place.active_from,
        active_until=place.active_until,
        risk_review_due=place.risk_review_due,
    )
