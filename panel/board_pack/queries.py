"""Reading packs: managers see the drafts of their areas, board members what was published."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns_of
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from config.board_pack import FigureWords, figure_words
from panel.access import Actor
from panel.board_pack.facts import Fact, Kind
from panel.board_pack.models import BoardAction, BoardPack, BoardPackVersion
from panel.children.models import Child
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from workflows.quarters import Quarter
from workflows.roles import Role

MANAGERS = (Role.YOT_MANAGER,)
READERS = (Role.YOT_MANAGER, Role.BOARD, Role.INSPECTOR)
MOST_PACKS = 40
MOST_ACTIONS = 50


def pack_chain(number: int) -> str:
    """The chain of a pack."""
    return f"board_pack:{number}"


def pack_path(reference: str) -> str:
    """Where the board reads what was published last."""
    return f"/board-pack/{reference}"


def quarter_of(pack: BoardPack) -> Quarter:
    """The quarter that a pack is about."""
    found = Quarter.read(pack.quarter)
    if found is None:
        raise ValueError(f"no quarter {pack.quarter}")
    return found


def words_of(quarter: Quarter) -> dict[str, FigureWords]:
    """What the figures of a quarter are called, by their keys."""
    return {one.key: one for one in figure_words(quarter.last)}


def pack_for(
    db: Session,
    actor: Actor,
    reference: str,
    *,
    at: datetime,
    page: str,
    roles: tuple[Role, ...] = MANAGERS,
    lock: bool = False,
) -> BoardPack:
    """The pack with this reference in one of the person's areas. Raises `Missing`; logs the look."""
    here = col(BoardPack.area_id).in_(actor.areas_as(*roles))
    query = select(BoardPack).where(BoardPack.reference == reference, here)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, pack_chain(found.id), by=actor, at=at, page=page)
    return found


@dataclass(frozen=True)
class Listed:
    """One pack in a list: the version that was published last, 0 while there is none."""

    reference: str
    area_id: int
    quarter: Quarter
    number: int
    published_at: datetime | None
    changed_at: datetime


def listed(db: Session, actor: Actor) -> list[Listed]:
    """The packs of the person's areas, the newest quarter first; for board members published ones only."""
    last = (
        select(
            col(BoardPackVersion.pack_id),
            func.max(col(BoardPackVersion.number)).label("number"),
            func.max(col(BoardPackVersion.at)).label("at"),
        )
        .group_by(col(BoardPackVersion.pack_id))
        .subquery()
    )
    columns: Any = (col(BoardPack.reference), col(BoardPack.area_id), col(BoardPack.quarter), last.c.number)
    query: Any = (
        columns_of(*columns, last.c.at, col(BoardPack.changed_at))
        .join(last, last.c.pack_id == col(BoardPack.id), isouter=True)
        .where(col(BoardPack.area_id).in_(actor.areas_as(*READERS)))
        .order_by(col(BoardPack.quarter).desc(), col(BoardPack.id).desc())
        .limit(MOST_PACKS)
    )
    drafts = set(actor.areas_as(*MANAGERS))
    return [
        Listed(reference, area, quarter, number or 0, moment, changed)
        for reference, area, key, number, moment, changed in db.execute(query)
        if (quarter := Quarter.read(key)) and (number or area in drafts)
    ]


def versions(db: Session, pack_id: int) -> list[BoardPackVersion]:
    """Every publication of a pack, the first one first."""
    query = select(BoardPackVersion).where(BoardPackVersion.pack_id == pack_id)
    return list(db.exec(query.order_by(col(BoardPackVersion.number))))


def version(db: Session, pack_id: int, number: int | None = None) -> BoardPackVersion | None:
    """One publication, or the last one."""
    query = select(BoardPackVersion).where(BoardPackVersion.pack_id == pack_id)
    if number is not None:
        query = query.where(BoardPackVersion.number == number)
    # What is behind the numbers is for another page, and as large as what is read.
    query = query.options(defer(BoardPackVersion.behind))  # type: ignore[arg-type]
    return db.exec(query.order_by(col(BoardPackVersion.number).desc()).limit(1)).first()


def newest(db: Session, actor: Actor, role: Role) -> tuple[BoardPack, BoardPackVersion] | None:
    """What was published last of the newest quarter in the areas in which the person holds a role."""
    query = (
        select(BoardPack, BoardPackVersion)
        .join(BoardPackVersion, col(BoardPackVersion.pack_id) == BoardPack.id)
        .where(col(BoardPack.area_id).in_(actor.areas_as(role)))
        .options(defer(BoardPackVersion.behind))  # type: ignore[arg-type]
        .order_by(col(BoardPack.quarter).desc(), col(BoardPackVersion.number).desc())
        .limit(1)
    )
    return db.exec(query).first()


def actions_of(db: Session, area_id: int, *, until: Quarter | None = None) -> list[BoardAction]:
    """What the board asked for when it had read packs of an area, the newest first."""
    query = (
        select(BoardAction)
        .join(BoardPack, col(BoardPack.id) == BoardAction.pack_id)
        .where(BoardPack.area_id == area_id)
    )
    if until is not None:
        query = query.where(BoardPack.quarter < until.key)
    return list(db.exec(query.order_by(col(BoardAction.id).desc()).limit(MOST_ACTIONS)))


def action_for(
    db: Session, actor: Actor, number: int, *, lock: bool = False
) -> tuple[BoardAction, BoardPack]:
    """One thing that the board asked for, with its pack. Raises `Missing`."""
    query = (
        select(BoardAction, BoardPack)
        .join(BoardPack, col(BoardPack.id) == BoardAction.pack_id)
        .where(BoardAction.id == number, col(BoardPack.area_id).in_(actor.areas_as(*MANAGERS)))
    )
    if lock:
        query = query.with_for_update(of=BoardAction).execution_options(populate_existing=True)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found[0], found[1]


@dataclass(frozen=True)
class Behind:
    """One case or disposal behind a number."""

    kind: Kind
    id: int
    reference: str
    name: str
    given_on: date | None


def behind(db: Session, facts: list[Fact]) -> list[Behind]:
    """The rows of these facts, in their order."""
    cases = [fact.subject for fact in facts if fact.kind is Kind.CASE]
    of_police = [fact.subject for fact in facts if fact.kind is Kind.POLICE]
    found: dict[tuple[Kind, int], Behind] = {}
    if cases:
        query = select(Referral, Child).join(Child, col(Child.id) == Referral.child_id)
        for referral, child in db.exec(query.where(col(Referral.id).in_(cases))):
            row = Behind(Kind.CASE, referral.id, referral.reference, child.name, referral.given_on)
            found[(Kind.CASE, referral.id)] = row
    if of_police:
        for one in db.exec(select(PoliceDisposal).where(col(PoliceDisposal.id).in_(of_police))):
            name = f"{one.given_name} {one.surname}".strip()
            found[(Kind.POLICE, one.id)] = Behind(Kind.POLICE, one.id, one.reference, name, one.given_on)
    return [found[(fact.kind, fact.subject)] for fact in facts if (fact.kind, fact.subject) in found]
