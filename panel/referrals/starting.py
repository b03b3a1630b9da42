"""From a typed child to a draft: who may it be, what did the person answer, whose case is it then."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session, col, func, select, update

from config.policy import figure, number
from panel.access import Actor
from panel.children.actions import change_child, judge_pair
from panel.children.models import Child, ChildSearch
from panel.errors import Missing
from panel.history.record import case_chain, note
from panel.referrals import actions
from panel.referrals import commands as c
from panel.referrals.matching import (
    Candidate,
    cases_of,
    counted,
    decided_elsewhere,
    found,
    held_in,
    note_pairs,
)
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.writers import editable
from workflows.calendar import today_in_london
from workflows.flow import Refusal, Refused
from workflows.matching import Person, Verdict, compare

log = structlog.get_logger()
SAME, RELATED, NOBODY = "same", "related", "none"
VERDICTS = {RELATED: Verdict.RELATED, NOBODY: Verdict.DIFFERENT}
LOCKED = Refusal(
    "decided_elsewhere",
    "The panel has decided on another case of this child that is still open, so what is known about the "
    "child stays as the panel saw it until that case is closed.",
    "PAN-5",
    "Decision record minimum",
    True,
)


def search(
    db: Session, command: c.ChildDetails, area_id: int, *, by: Actor, at: datetime
) -> tuple[ChildSearch, list[Candidate]]:
    """Look for the typed child where the person works. Raises `Refused` after too many in an hour."""
    _within_limit(db, by=by, at=at)
    _forget_old(db, at=at)
    areas = sorted({area for area, _ in by.memberships})
    most = number("matches_shown", today_in_london(at))
    near = found(db, _person(command), held_in(areas, drafts_of=by.id), most=most)
    asked = ChildSearch(
        token=secrets.token_urlsafe(24),
        by_id=by.id,
        area_id=area_id,
        at=at,
        typed=command.model_dump(mode="json") if near else {},
        shown=[candidate.child.id for candidate in near],
        answer="" if near else NOBODY,
        answered_at=None if near else at,
    )
    db.add(asked)
    db.flush()
    return asked, near


def _person(command: c.ChildDetails) -> Person:
    return Person(**{name: getattr(command, name) for name in Person.__dataclass_fields__})


def _within_limit(db: Session, *, by: Actor, at: datetime) -> None:
    since = at - timedelta(hours=1)
    query = select(func.count()).where(ChildSearch.by_id == by.id, col(ChildSearch.at) > since)
    limit = figure("child_searches_per_hour", today_in_london(at))
    if db.exec(query).one() < int(str(limit.value)):
        return
    log.warning("child searches stopped", user_id=by.id, at=at.isoformat())
    says = f"{limit.says} Nothing is lost: send this again later. Every search is logged."
    raise Refused("child", "search", (Refusal("searches", says, limit.rule, limit.source, True),))


def _forget_old(db: Session, *, at: datetime) -> None:
    # What was typed is kept only while its question is open; a person who walked away is not a record.
    old = (col(ChildSearch.at) < at - timedelta(days=1), col(ChildSearch.at) > at - timedelta(days=8))
    unanswered = col(ChildSearch.answered_at).is_(None)
    db.exec(update(ChildSearch).where(*old, unanswered).values(typed={}, answer=NOBODY, answered_at=at))


def open_search(db: Session, actor: Actor, token: str) -> ChildSearch:
    """The question that this person still has to answer. Raises `Missing`."""
    query = select(ChildSearch).where(ChildSearch.token == token, ChildSearch.by_id == actor.id)
    asked = db.exec(query.where(col(ChildSearch.answered_at).is_(None)).with_for_update()).first()
    if asked is None:
        raise Missing()
    return asked


def typed(asked: ChildSearch) -> c.ChildDetails:
    """The child as it was typed."""
    return c.ChildDetails.model_validate(asked.typed)


def shown(db: Session, asked: ChildSearch) -> list[Candidate]:
    """The children that the question is about, the best first."""
    children = db.exec(
        select(Child).where(col(Child.id).in_(asked.shown), col(Child.merged_into_id).is_(None))
    ).all()
    person = _person(typed(asked))
    near = [(child, compare(person, child.person)) for child in children]
    return counted(db, sorted(near, key=lambda pair: asked.shown.index(pair[0].id)))


def differing(child: Child, command: c.ChildDetails) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was typed and contradicts the record, and what the record does not have yet."""
    contradicts: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name, value in command.model_dump().items():
        saved = getattr(child, name)
        if value in ("", saved):
            continue
        (new if saved == "" else contradicts)[name] = value
    return contradicts, new


def locked(db: Session, child: Child) -> bool:
    """Whether the panel has decided on an open case of the child, so that nothing of it may change."""
    return decided_elsewhere(cases_of(db, child.id))


def begin_new(db: Session, command: c.ChildDetails, area_id: int, *, by: Actor, at: datetime) -> Referral:
    """A draft for a child that nobody knew."""
    return actions.start(db, command, area_id, by=by, at=at)


def answer_other(db: Session, asked: ChildSearch, answer: str, *, by: Actor, at: datetime) -> Referral:
    """It is none of the children shown: a new record, and nobody is asked about these pairs again."""
    referral = begin_new(db, typed(asked), asked.area_id, by=by, at=at)
    for other in asked.shown:
        judge_pair(db, referral.child_id, other, VERDICTS[answer], by_id=by.id, at=at)
    facts = {"count": str(len(asked.shown))}
    note(db, "case.told_apart", chain=case_chain(referral.id), by=by, at=at, facts=facts)
    _close(db, asked, answer, referral.child_id, at=at)
    return referral


def answer_same(
    db: Session, asked: ChildSearch, child: Child, replace: Collection[str], *, by: Actor, at: datetime
) -> Referral:
    """It is this child: one more case of it, with the typed details that the person chose to keep."""
    command = typed(asked)
    contradicts, new = differing(child, command)
    values = new | {name: value for name, value in contradicts.items() if name in replace}
    before = len(cases_of(db, child.id))
    blocked = locked(db, child)
    referral = actions.start(db, command, asked.area_id, by=by, at=at, known=child)
    note(db, "case.known_child", chain=case_chain(referral.id), by=by, at=at, facts={"count": str(before)})
    if not blocked:
        change_details(db, referral, values, by=by, at=at)
    _close(db, asked, SAME, child.id, at=at)
    return referral


def _close(db: Session, asked: ChildSearch, answer: str, child_id: int, *, at: datetime) -> None:
    asked.answer, asked.answered_at, asked.child_id, asked.typed = answer, at, child_id, {}
    db.add(asked)
    db.flush()


def save_child(db: Session, referral: Referral, command: c.ChildDetails, *, by: Actor, at: datetime) -> None:
    """Change who the child is, on the page of one of its cases."""
    editable(referral, by)
    if not change_details(db, referral, command.model_dump(), by=by, at=at):
        tell(db, referral, "child", by=by, at=at)


def change_details(
    db: Session, referral: Referral, values: dict[str, Any], *, by: Actor, at: datetime
) -> bool:
    """Change the child and tell all of its cases, with their deadlines timed anew; whether anything changed.

    Raises `Refused` when the panel has decided on another case of the child that is still open.
    """
    child = db.get_one(Child, referral.child_id)
    if all(getattr(child, name) == value for name, value in values.items()):
        return False
    others = [case for case in cases_of(db, child.id) if case.id != referral.id]
    if decided_elsewhere(others):
        raise Refused("case", "child", (LOCKED,))
    change_child(db, child, values)
    note_pairs(db, child, referral.area_id, at=at)
    tell(db, referral, "child", by=by, at=at)
    for other in others:
        tell(db, other, "child_elsewhere", by=by, at=at)
    return True
