"""Reading rounds that are drawn by lot: those of an area, those in which one judges, and their cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from sqlmodel import Session, col, or_, select

from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.rounds.models import DrawnCase, DrawnRound, RoundMember
from workflows.roles import Role

R = TypeVar("R", bound=DrawnRound)
C = TypeVar("C", bound=DrawnCase)
PAGE = 50
READERS = (Role.YOT_MANAGER, Role.INSPECTOR)


@dataclass(frozen=True)
class Judge:
    """Somebody who judges in a round."""

    user_id: int
    name: str


@dataclass(frozen=True)
class Part(Generic[R]):
    """One page of rounds; `onward` is behind what the next one begins, empty on the last."""

    rounds: list[R]
    onward: str


def holding(area_id: int, roles: Collection[Role], *, today: date) -> Any:
    """Number, name and role of everybody who holds one of these roles in an area, by name; a query."""
    return (
        select(User.id, User.name, Membership.role)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            col(Membership.role).in_(roles),
            lasting(today),
            col(User.disabled_at).is_(None),
        )
        .order_by(col(User.name), col(User.id))
    )


def lasting(today: date) -> Any:
    """Whether a membership has not ended."""
    return or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today)


@dataclass(frozen=True)
class Rounds(Generic[R, C]):
    """The rounds of one kind: their tables, the first word of their chains, who judges, what is in a sample.

    `with_judges` names the states in which whoever judges finds a round; empty for all of them.
    """

    word: str
    round: type[R]
    case: type[C]
    member: type[RoundMember]
    judges: Collection[Role]
    in_sample: Collection[StrEnum]
    with_judges: Collection[StrEnum] = ()

    def chain(self, round_id: int) -> str:
        """The chain of a round."""
        return f"{self.word}:{round_id}"

    def of_areas(self, db: Session, areas: Collection[int], *, after: str = "") -> Part[R]:
        """Rounds of some areas, the newest first, from behind `after` on."""
        return self._part(db, [col(self.round.area_id).in_(areas)], after)

    def _part(self, db: Session, where: list[Any], after: str) -> Part[R]:
        number = col(self.round.id)
        # What cannot be the number of a round begins the list at its beginning.
        behind = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else None
        query = select(self.round).where(*where)
        query = query if behind is None else query.where(number < behind)
        found = list(db.exec(query.order_by(number.desc()).limit(PAGE + 1)))
        return Part(found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else "")

    def mine(self, actor: Actor) -> list[Any]:
        """Conditions: the rounds in which this person judges, as long as they hold a role that may."""
        own = select(self.member.round_id).where(self.member.user_id == actor.id)
        found: list[Any] = [
            col(self.round.id).in_(own),
            col(self.round.area_id).in_(actor.areas_as(*self.judges)),
        ]
        if self.with_judges:
            found.append(cast("Any", self.round).status.in_(self.with_judges))
        return found

    def judged_by(self, db: Session, actor: Actor, *, after: str = "") -> Part[R]:
        """The rounds in which this person judges, the newest first, from behind `after` on."""
        return self._part(db, self.mine(actor), after)

    def round_for(self, db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> R:
        """A round of one of the reader's areas. Raises `Missing`; logs the look."""
        area = col(self.round.area_id).in_(actor.areas_as(*READERS))
        return self._looked(db, [area], actor, reference, at, page)

    def sample_for(self, db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> R:
        """A round in which this person judges. Raises `Missing`; logs the look."""
        return self._looked(db, self.mine(actor), actor, reference, at, page)

    def _looked(
        self, db: Session, where: list[Any], actor: Actor, reference: str, at: datetime, page: str
    ) -> R:
        found = db.exec(select(self.round).where(self.round.reference == reference, *where)).first()
        if found is None:
            raise Missing()
        log_access(db, Operation.CONSULTATION, self.chain(found.id), by=actor, at=at, page=page)
        return found

    def lock(self, db: Session, one: R) -> None:
        """Read a round again, locked: whoever else changes its sample waits."""
        query = select(self.round).where(self.round.id == one.id).with_for_update()
        db.exec(query.execution_options(populate_existing=True)).one()

    def cases_of(self, db: Session, round_id: int) -> list[C]:
        """Every case that was ever in the sample, in order."""
        query = select(self.case).where(self.case.round_id == round_id).order_by(col(self.case.place))
        return list(db.exec(query))

    def sample_of(self, db: Session, round_id: int) -> list[C]:
        """The cases that are in the sample now."""
        return [case for case in self.cases_of(db, round_id) if cast("Any", case).status in self.in_sample]

    def case_at(self, db: Session, round_id: int, place: int, *, lock: bool = False) -> C:
        """One case of a round by its number. Raises `Missing`."""
        query = select(self.case).where(self.case.round_id == round_id, self.case.place == place)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        found = db.exec(query).first()
        if found is None:
            raise Missing()
        return found

    def members_of(self, db: Session, round_id: int) -> list[Judge]:
        """Who judges in a round, by name."""
        query = (
            select(User.id, User.name)
            .join(self.member, col(self.member.user_id) == User.id)
            .where(self.member.round_id == round_id)
            .order_by(col(User.name), col(User.id))
        )
        return [Judge(int(number), str(name)) for number, name in db.exec(query)]
