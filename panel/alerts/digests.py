"""The daily mails: one a person, for those who have a deadline or papers to read on their list."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select

from panel.accounts.models import Membership, User
from panel.db import transaction
from panel.jobs import enqueue
from panel.notifications.deliver_counts import DELIVER_DIGEST
from panel.notifications.kinds import KINDS
from panel.notifications.models import IN_DIGEST, Digest, MailWish, Notification, Why

Counts = Mapping[int, Counter[Why]]
# What somebody who wants one mail a day hears of in it; the urgent kinds come at once.
OTHER_TASKS = tuple(why for why in Why if why not in IN_DIGEST and not KINDS[why].urgent)


def queue_digests(engine: Engine, day: date, *, at: datetime) -> int:
    """Queue the mails of a day, once; how many. Whoever has nothing on the list gets nothing."""
    try:
        with transaction(engine) as db:
            had = set(db.exec(select(Digest.user_id).where(Digest.day == day)))
            found = {user: counts for user, counts in _counts(db, day).items() if user not in had}
            for user, counts in sorted(found.items()):
                _queue(db, user, counts, day, at)
            return len(found)
    except IntegrityError:
        # Another run was faster with the same person and day, and its mails are queued.
        return 0


def _queue(db: Session, user_id: int, counts: Counter[Why], day: date, at: datetime) -> None:
    late = counts[Why.DEADLINE_LATE]
    papers = counts[Why.PAPERS_TO_READ]
    near = counts[Why.DEADLINE_NEAR] + counts[Why.DEADLINE_TODAY]
    tasks = counts.total() - near - late - papers
    digest = Digest(user_id=user_id, day=day, near=near, late=late, papers=papers, tasks=tasks, queued_at=at)
    db.add(digest)
    db.flush()
    enqueue(db, DELIVER_DIGEST, f"digest:{user_id}:{day}", digest.id)


def _counts(db: Session, day: date) -> Counts:
    """The open alerts of everybody who works here today, and their papers to read; for whom it is the

    only mail of the day, their other tasks too.
    """
    daily = set(db.exec(select(MailWish.user_id).where(col(MailWish.daily).is_(True))))
    whys = (*IN_DIGEST, *OTHER_TASKS) if daily else IN_DIGEST
    kinds = (Notification.area_id, Notification.user_id, Notification.role, Notification.why)
    query = (
        select(*kinds, func.count())  # type: ignore[call-overload]
        .where(col(Notification.why).in_(whys), col(Notification.done_at).is_(None))
        .where(col(Notification.party).is_(None))
        .group_by(*kinds)
    )
    of_person: dict[tuple[int, int], Counter[Why]] = defaultdict(Counter)
    of_role: dict[tuple[int, str], Counter[Why]] = defaultdict(Counter)
    for area, user, role, why, count in db.exec(query):
        (of_role[area, role] if user is None else of_person[area, user])[why] += count
    found = _by_person(db, day, of_person, of_role)
    kept = {user: counts if user in daily else _only(counts) for user, counts in found.items()}
    return {user: counts for user, counts in kept.items() if counts.total()}


def _only(counts: Counter[Why]) -> Counter[Why]:
    return Counter({why: count for why, count in counts.items() if why in IN_DIGEST})


def _by_person(
    db: Session,
    day: date,
    of_person: Mapping[tuple[int, int], Counter[Why]],
    of_role: Mapping[tuple[int, str], Counter[Why]],
) -> Counts:
    working = (
        select(Membership.area_id, Membership.user_id, Membership.role)
        .join(User, col(User.id) == Membership.user_id)
        .where(
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= day),
        )
    )
    held = db.exec(working).all()
    found: dict[int, Counter[Why]] = defaultdict(Counter)
    for area, user, role in held:
        found[user] += of_role.get((area, role), Counter())
    for area, user in {(area, user) for area, user, _ in held}:
        found[user] += of_person.get((area, user), Counter())
    return {user: counts for user, counts in found.items() if counts.total()}
