"""Who is in the room for one case, who has spoken, and which positions the reader may read by now."""

from datetime import date
from typing import Any

from sqlmodel import Session

from config.policy import names
from panel.access import Actor
from panel.decisions.queries import Said
from panel.decisions.sitting import Sitting
from panel.meetings.agenda import last_item, meeting_of, next_reference
from panel.meetings.queries import missing_seats
from panel.meetings.words import quorum_words
from panel.referrals.conflicts import declared_in
from panel.referrals.models import Referral
from workflows.calendar import clock_words
from workflows.positions import Reader, may_read
from workflows.roles import SEAT_WORDS, Seat
from workflows.vocabulary import words

SPOKE = "has spoken"


def live(db: Session, sitting: Sitting, actor: Actor | None, *, today: date) -> dict[str, Any]:
    """What changes while the panel talks; without an actor it is the big screen that reads."""
    said = positions_for(sitting, actor, today=today)
    quorum = quorum_words(missing_seats(sitting.here, today=today))
    spoken, needed = len(sitting.heard & _needed(today)), len(_needed(today))
    return {
        "open": sitting.is_open,
        "quorum": quorum,
        "complete": not missing_seats(sitting.here, today=today),
        "seats": _seats(sitting, today),
        "out": [one.name for one in declared_in(db, sitting.item.referral_id) if one.holds],
        "positions": said,
        "hidden": any(one["hidden"] for one in said),
        "summary": f"{quorum} {spoken} of {needed} have spoken.",
        "over": "",
        "next": "",
    }


def onward(db: Session, referral: Referral, actor: Actor) -> str:
    """The next case that waits in the same meeting, if there is one."""
    item = last_item(db, referral.id)
    return (item and next_reference(db, actor, meeting_of(db, item), referral.reference)) or ""


def gone(status: str, following: str) -> dict[str, Any]:
    """The case has left the room: decided, put off or withdrawn; another one may follow."""
    return {
        "open": False,
        "quorum": "",
        "complete": False,
        "seats": [],
        "out": [],
        "positions": [],
        "hidden": False,
        "summary": f"{status}.",
        "over": status,
        "next": following,
    }


def _needed(today: date) -> frozenset[Seat]:
    return frozenset(map(Seat, names("panel_quorum", today)))


def _seats(sitting: Sitting, today: date) -> list[dict[str, str]]:
    """Every seat that is needed or taken, who sits in it, and whether they have spoken."""
    rows = []
    for seat in Seat:
        member = sitting.here.get(seat)
        if member is None and seat not in _needed(today):
            continue
        has_spoken = seat in sitting.heard
        tag, colour = ("Has spoken", "green") if has_spoken else ("Not yet", "grey")
        if member is None:
            tag, colour = "Nobody is here", "red"
        rows.append(
            {
                "seat": SEAT_WORDS[seat],
                "name": member.name if member else "",
                "tag": tag,
                "colour": colour,
            }
        )
    return rows


def positions_for(sitting: Sitting, actor: Actor | None, *, today: date) -> list[dict[str, Any]]:
    """Each position that was taken; what it is only when the policy lets this reader read it."""
    mine = actor.id if actor else 0
    reader = Reader(
        has_spoken=mine in [member.user_id for seat, member in sitting.here.items() if seat in sitting.heard],
        all_spoken=_needed(today) <= sitting.heard,
    )
    counts = {member.user_id for member in sitting.here.values()}
    return [
        said(
            one,
            hidden=not may_read(today, reader, own=mine in (one.user_id, one.entered_by_id)),
            absent=not one.set_aside and one.user_id not in counts,
        )
        for one in sitting.positions
    ]


def said(one: Said, *, hidden: bool = False, absent: bool = False) -> dict[str, Any]:
    """One position as the pages show it; hidden: that it was taken, and not what it is."""
    return {
        "name": one.name,
        "seat": SEAT_WORDS[one.seat],
        "outcome": SPOKE if hidden else words(one.outcome),
        "comment": "" if hidden else one.comment,
        "entered_by": one.entered_by,
        "when": clock_words(one.at),
        "hidden": hidden,
        "set_aside": one.set_aside,
        "absent": absent,
    }
