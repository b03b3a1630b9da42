"""Making the papers of a case: pinned when it goes on an agenda, published again when they changed.

They are pinned by the act that lists the case, so that nobody can forget it and members read from that day;
whatever changes later waits for a person to publish it, because the panel must not be given other papers
than those that somebody looked at.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, update

from config.policy import number as figure
from panel.access import Actor
from panel.errors import Missing, Stale
from panel.history.record import case_chain, note
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.listing import LISTENERS as WHEN_LISTED
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import lock_case, lock_meeting, members_of
from panel.notifications.actions import notify
from panel.notifications.models import Notification, Why
from panel.packs.contents import Part, parts_of, similar_part
from panel.packs.manifest import changes, differing, digest_of, kept, manifest_of
from panel.packs.models import Pack
from panel.packs.queries import current, latest
from panel.referrals.conflicts import conflicted_in
from panel.referrals.models import Referral
from panel.referrals.moves import LISTENERS, settle
from workflows.calendar import long_date, today_in_london
from workflows.case import Status
from workflows.flow import Refusal, Refused, Step

LISTED, AGAIN = "The case was put on the agenda.", "The papers had changed."
Struck = Mapping[str, Mapping[str, str]]


def pin(
    db: Session,
    referral: Referral,
    item: AgendaItem,
    *,
    by: Actor | None,
    at: datetime,
    why: str = AGAIN,
    struck: Struck | None = None,
) -> Pack:
    """Keep the papers as they are now as the next version; the last version when nothing of it changed.

    `struck` are the parts that are struck out, by key; without it those of the last version stay so. Without
    `by` the service made it.
    """
    before, meeting = latest(db, referral.id), meeting_of(db, item)
    parts = whole(db, referral, meeting, struck_in(before) if struck is None else struck, at=at)
    manifest = manifest_of(parts)
    if _is_same(before, meeting, manifest):
        assert before is not None
        return before
    pack = Pack(
        referral_id=referral.id,
        meeting_id=meeting.id,
        number=1 if before is None else before.number + 1,
        made_at=at,
        made_by_id=by.id if by else None,
        why=why,
        changes=changes(before.manifest, manifest) if before else [],
        content=kept({"reference": referral.reference, "parts": [_shown(one) for one in parts]}),
        manifest=manifest,
        digest=digest_of(referral.reference, manifest),
    )
    db.add(pack)
    db.flush()
    _write_down(db, referral, pack, by=by, at=at)
    _tell_members(db, referral, meeting, pack, at=at)
    return pack


def whole(db: Session, referral: Referral, meeting: Meeting, struck: Struck, *, at: datetime) -> list[Part]:
    """Every part as it is now, similar cases too, with what is struck out marked."""
    parts = [
        *parts_of(db, referral, held_on=meeting.held_on),
        similar_part(db, referral, on=today_in_london(at)),
    ]
    return [kept(with_strike(one, struck)) for one in parts]


def with_strike(one: Part, struck: Struck) -> Part:
    """The part, marked when it is struck out."""
    return one | ({"struck": dict(struck[one["key"]])} if one["key"] in struck else {})


def _shown(one: Part) -> Part:
    """A struck part keeps its place, its title and the reason; its words stay in the version before."""
    return one | ({"rows": []} if one.get("struck") else {})


def struck_in(pack: Pack | None) -> dict[str, dict[str, str]]:
    """The parts of a version that are struck out, with who did it, when and why."""
    entries = pack.manifest if pack else []
    return {entry["key"]: entry["struck"] for entry in entries if entry.get("struck")}


def _is_same(before: Pack | None, meeting: Meeting, manifest: Sequence[Mapping[str, Any]]) -> bool:
    if before is None or before.meeting_id != meeting.id:
        return False
    return not differing(before.manifest, [dict(entry) for entry in manifest])


def pending(db: Session, referral: Referral, pack: Pack, *, held_on: date) -> list[str]:
    """What has changed since these papers were made, part by part; empty when they are current."""
    struck = struck_in(pack)
    now = manifest_of([kept(with_strike(one, struck)) for one in parts_of(db, referral, held_on=held_on)])
    similar = [entry for entry in pack.manifest if entry["key"] == "similar"]
    return changes(pack.manifest, [*now, *similar])


def publish(db: Session, referral: Referral, *, seen: int | None, by: Actor, at: datetime) -> Pack:
    """Publish the papers of a case that waits for a panel again. Raises `Refused`, or `Stale` by `seen`."""
    item = locked(db, referral, seen=seen)
    pack = pin(db, referral, item, by=by, at=at)
    settle(db, referral, by=by, at=at, page="case.publish_papers", retime=False)
    return pack


def locked(db: Session, referral: Referral, *, seen: int | None) -> AgendaItem:
    """The place on the agenda, meeting and case locked. Raises `Refused` when the case waits for no panel."""
    item = open_item(db, referral)
    if item is not None:
        lock_meeting(db, item.meeting_id)
    lock_case(db, referral, expect=False)
    item = open_item(db, referral)
    if item is None:
        says = "The case does not wait for a panel now, so its papers stay as they are."
        raise Refused("case", "papers", (Refusal("listed", says, "PAN-5", "Decision record minimum", True),))
    pack = current(db, item.id)
    if pack is not None and seen != pack.number:
        raise Stale({"version": pack.number})
    return item


def strike(
    db: Session, referral: Referral, key: str, reason: str, *, seen: int | None, by: Actor, at: datetime
) -> Pack:
    """Strike a part out with a reason, or put a struck part back; either way a new version says so (X18)."""
    item = locked(db, referral, seen=seen)
    before = current(db, item.id)
    entry = next((one for one in before.manifest if one["key"] == key), None) if before else None
    if before is None or entry is None:
        raise Missing()
    struck = struck_in(before)
    if struck.pop(key, None) is None:
        struck[key] = {"why": reason, "by": by.name, "on": long_date(today_in_london(at))}
    pack = pin(db, referral, item, by=by, at=at, why=reason, struck=struck)
    settle(db, referral, by=by, at=at, page="case.strike_papers", retime=False)
    return pack


def _write_down(db: Session, referral: Referral, pack: Pack, *, by: Actor | None, at: datetime) -> None:
    """The digest goes into the history too: papers and manifest cannot be exchanged together."""
    if by is not None:
        facts = {"version": str(pack.number), "digest": pack.digest, "why": pack.why}
        note(db, "case.publish_papers", chain=case_chain(referral.id), by=by, at=at, facts=facts)


def _tell_members(db: Session, referral: Referral, meeting: Meeting, pack: Pack, *, at: datetime) -> None:
    forget_tasks(db, referral, at=at)
    days = (meeting.held_on - today_in_london(at)).days
    soon = days <= figure("papers_mailed_at_once", today_in_london(at))
    conflicted = conflicted_in(db, referral.id)
    for member in members_of(db, meeting.id):
        if member.user_id in conflicted:
            continue
        notify(
            db,
            why=Why.PAPERS_TO_READ,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=task_key(referral, pack.number, member.user_id),
            at=at,
            to_user=member.user_id,
            due_on=meeting.held_on,
            mailed=soon,
        )


def task_key(referral: Referral, number: int, user_id: int) -> str:
    """The key of the task to read one version."""
    return f"{referral.reference}-{Why.PAPERS_TO_READ.value}-{number}-{user_id}"


def forget_tasks(db: Session, referral: Referral, *, at: datetime) -> None:
    """Take the tasks to read these papers off the lists: newer ones are there, or nobody has to any more."""
    done = update(Notification).where(
        col(Notification.referral_id) == referral.id,
        col(Notification.why) == Why.PAPERS_TO_READ,
        col(Notification.done_at).is_(None),
    )
    db.execute(done.values(done_at=at))


def put_on(db: Session, referral: Referral, item: AgendaItem, by: Actor, at: datetime) -> None:
    """A case was put on an agenda: its papers are pinned in the same act."""
    pin(db, referral, item, by=by, at=at, why=LISTED)


def moved(db: Session, referral: Referral, step: Step[Status], at: datetime) -> None:
    """A case left the panel: nobody has to read its papers any more."""
    if step.before is Status.LISTED and step.after is not Status.LISTED:
        forget_tasks(db, referral, at=at)


if put_on not in WHEN_LISTED:
    WHEN_LISTED.append(put_on)
if moved not in LISTENERS:
    LISTENERS.append(moved)
