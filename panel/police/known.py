"""A child of whom the police tell is known here: found, linked, and whoever works with the child is told."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import AreaSetting, User
from panel.children.models import Child
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.notifications.actions import acknowledge_by, notify
from panel.notifications.models import Why
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.queries import path_of, police_chain
from panel.referrals.matching import found, held_in
from panel.referrals.models import Referral
from workflows.case import OPEN, Status
from workflows.likeness import plain
from workflows.matching import Person
from workflows.police import Fit, Standing, Verdict
from workflows.roles import Role

BY_NAME, BY_PNC = "same name and date of birth", "same PNC ID"
# Children with a key in common who are compared; more than these tell nothing.
COMPARED = 20
WITH_US = tuple(status for status in OPEN if status is not Status.DRAFT)


def find_child(db: Session, disposal: PoliceDisposal, *, by: Actor, at: datetime) -> None:
    """Link the record to the one child of the area with its name and birthday, or with its PNC ID.

    Whatever is less certain is left to the search for likenesses and to a person.
    """
    if disposal.child_id is not None or disposal.date_of_birth is None:
        return
    names = ("given_name", "surname", "date_of_birth", "address", "postcode", "pnc_id")
    person = Person(**{name: getattr(disposal, name) for name in names})
    near = found(db, person, held_in([disposal.area_id]), most=COMPARED)
    exact = [(one.child, why) for one in near if (why := _exactly(disposal, one.child))]
    if len(exact) == 1:
        _link(db, disposal, *exact[0], by=by, at=at)


def _exactly(disposal: PoliceDisposal, child: Child) -> str:
    if child.merged_into_id is not None:
        return ""
    if disposal.pnc_id and disposal.pnc_id == child.pnc_id:
        return BY_PNC
    mine = (plain(disposal.given_name), plain(disposal.surname), disposal.date_of_birth)
    return BY_NAME if mine == (plain(child.given_name), plain(child.surname), child.date_of_birth) else ""


def _link(
    db: Session, disposal: PoliceDisposal, child: Child, because: str, *, by: Actor, at: datetime
) -> None:
    disposal.child_id, disposal.fit = child.id, Fit.LINKED
    db.add(disposal)
    db.add(
        PoliceLink(
            disposal_id=disposal.id, verdict=Verdict.SAME, child_id=child.id, score=1, because=because, at=at
        )
    )
    chain = police_chain(disposal.id)
    note(db, "police_disposal.known_child", chain=chain, by=by, at=at, facts={"because": because})
    log_access(db, Operation.COMBINATION, f"child:{child.id}", by=by, at=at, page="police.known_child")
    db.flush()


def flag_known(db: Session, disposal: PoliceDisposal, *, at: datetime) -> None:
    """Tell who works with the child of each open case that the police dealt with the child; once for each."""
    if disposal.child_id is None or disposal.status is not Standing.COUNTED:
        return
    for case in _open_cases(db, disposal):
        worker = case.case_manager_id
        _alert(db, disposal, case, "worker", at, user=worker, role=None if worker else Role.YOT_MANAGER)
        _alert(db, disposal, case, "seconded", at, role=Role.SECONDED)


def _open_cases(db: Session, disposal: PoliceDisposal) -> list[Referral]:
    query = select(Referral).where(
        Referral.child_id == disposal.child_id,
        Referral.area_id == disposal.area_id,
        col(Referral.status).in_(WITH_US),
        Referral.id != (disposal.referral_id or 0),
    )
    return list(db.exec(query.order_by(col(Referral.id))))


def _alert(
    db: Session,
    disposal: PoliceDisposal,
    case: Referral,
    whom: str,
    at: datetime,
    *,
    user: int | None = None,
    role: Role | None = None,
) -> None:
    notify(
        db,
        why=Why.KNOWN_CHILD,
        area_id=case.area_id,
        referral_id=case.id,
        key=f"{disposal.reference}-{case.reference}-known-{whom}",
        at=at,
        to_user=user,
        to_role=role,
        due_on=acknowledge_by(Why.KNOWN_CHILD, at),
        path=path_of(disposal.reference),
    )


@dataclass(frozen=True)
class OpenChild:
    """A child with an open case, as the force may flag it: nothing about the child's life."""

    child_id: int
    surname: str
    given_name: str
    date_of_birth: date
    pnc_id: str
    case_manager: str
    phone: str


def children_with_open_cases(db: Session, area_id: int, *, most: int) -> list[OpenChild]:
    """The children of an area with an open case, each once, by name; the newest case names the worker."""
    query = (
        select(Child, User.name, AreaSetting.phone)
        .join(Referral, col(Referral.child_id) == Child.id)
        .outerjoin(User, col(User.id) == Referral.case_manager_id)
        .outerjoin(AreaSetting, col(AreaSetting.area_id) == Referral.area_id)
        .where(Referral.area_id == area_id, col(Referral.status).in_(WITH_US))
        .order_by(col(Child.surname), col(Child.given_name), col(Child.id), col(Referral.id).desc())
        .limit(most)
    )
    lines: dict[int, OpenChild] = {}
    for child, worker, phone in db.exec(query):
        line = OpenChild(
            child.id,
            child.surname,
            child.given_name,
            child.date_of_birth,
            child.pnc_id,
            worker or "",
            phone or "",
        )
        lines.setdefault(child.id, line)
    return list(lines.values())
