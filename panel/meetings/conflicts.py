"""Declaring a conflict of interest, lifting it by two people, and acting for somebody in one case."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.errors import Missing
from panel.history.record import meeting_chain, note
from panel.meetings.actions import touch
from panel.meetings.conflict_commands import Declaration, Lifting, StandingIn
from panel.meetings.locking import leads_case, lock_item
from panel.meetings.models import AgendaItem, Meeting, StandIn
from panel.meetings.queries import chair_roles, members_of, people_for, present_members
from panel.meetings.seating import left_out, stand_ins
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.conflict_models import Conflict, ConflictLifting
from panel.referrals.conflicts import Declared, conflicted_in, declared_in
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.calendar import today_in_london
from workflows.conflict import DECLARE, LiftFacts, against_lifting
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS
from workflows.roles import SEAT_WORDS, Seat


def declare(db: Session, referral: Referral, command: Declaration, *, by: Actor, at: datetime) -> Conflict:
    """Write down a conflict: one's own, or that of a member by whoever chairs this case."""
    meeting, item = lock_item(db, referral, expect=False)
    user_id = command.user_id or by.id
    name = by.name if user_id == by.id else _member(db, meeting, item, user_id, by)
    if user_id in conflicted_in(db, referral.id):
        says = "This conflict is declared already: the person takes no part in the case."
        raise Refused("case", "conflict", (Refusal("declared", says, "PAN-6", DECLARE, True),))
    row = Conflict(
        referral_id=referral.id, user_id=user_id, kind=command.kind, text=command.text, by_id=by.id, at=at
    )
    db.add(row)
    db.flush()
    tell(db, referral, "conflict", by=by, at=at, said={"person": name})
    note(
        db,
        "meeting.conflict",
        chain=meeting_chain(meeting.id),
        by=by,
        at=at,
        facts={"person": name, "case": referral.reference},
    )
    touch(db, meeting, by=by, at=at, page="meeting.conflict")
    _tell_chair(db, referral, meeting, row, by=by, at=at)
    return row


def _member(db: Session, meeting: Meeting, item: AgendaItem, user_id: int, by: Actor) -> str:
    if not leads_case(db, meeting, item.id, by):
        raise NotYours("case.conflict")
    for member in members_of(db, meeting.id):
        if member.user_id == user_id:
            return member.name
    raise Missing()


def _tell_chair(
    db: Session, referral: Referral, meeting: Meeting, row: Conflict, *, by: Actor, at: datetime
) -> None:
    if by.id == meeting.chair_id:
        return
    notify(
        db,
        why=Why.CONFLICT_DECLARED,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.CONFLICT_DECLARED.value}-{row.id}",
        at=at,
        to_user=meeting.chair_id,
        due_on=meeting.held_on,
    )


def declared_here(db: Session, referral: Referral, number: int) -> Declared:
    """One conflict of this case that still holds. Raises `Missing`."""
    found = next((one for one in declared_in(db, referral.id) if one.id == number and one.holds), None)
    if found is None:
        raise Missing()
    return found


def lift(db: Session, referral: Referral, number: int, command: Lifting, *, by: Actor, at: datetime) -> bool:
    """Propose that a conflict is lifted or, as another person, confirm it; says whether it is lifted now."""
    meeting, item = lock_item(db, referral, expect=False)
    one = declared_here(db, referral, number)
    leads = leads_case(db, meeting, item.id, by)
    first = one.proposed
    facts = LiftFacts(
        conflicted_id=one.user_id,
        by_id=by.id,
        first_id=first.by_id if first else None,
        leads_now=leads,
        led_first=first is not None and first.led,
    )
    if against := against_lifting(facts):
        raise Refused("case", "lift_conflict", against)
    confirms = first.id if first else None
    db.add(
        ConflictLifting(
            conflict_id=one.id, reason=command.reason, by_id=by.id, led=leads, confirms_id=confirms, at=at
        )
    )
    db.flush()
    said = {"person": one.name}  # the reason stays with the chair: it may tell of a victim
    if first is None:
        tell(db, referral, "lift_conflict", by=by, at=at, said=said)
    else:
        tell(db, referral, "conflict_lifted", by=by, at=at, said=said)
    touch(db, meeting, by=by, at=at, page="meeting.lift_conflict")
    return first is not None


def gaps(db: Session, meeting: Meeting, item_id: int, *, at: datetime) -> dict[Seat | None, set[int]]:
    """What may be filled for this case, None for the chair, and who may not: out, or in another seat."""
    today = today_in_london(at)
    out, acting = left_out(db, item_id), stand_ins(db, item_id)
    here = present_members(db, meeting, today=today, item_id=item_id)
    found: dict[Seat | None, set[int]] = {}
    for seat in Seat:
        if seat in acting or seat not in here:
            found[seat] = set(out) | {m.user_id for s, m in here.items() if s is not seat}
    if meeting.chair_id in out or None in acting:
        found[None] = set(out)
    return found


def stand_in(db: Session, referral: Referral, command: StandingIn, *, by: Actor, at: datetime) -> None:
    """Name who acts in this case only: in a seat that is empty, or in the chair (PAN-1, PAN-6)."""
    meeting, item = lock_item(db, referral, expect=False)
    if not chair_roles(meeting, by) and not leads_case(db, meeting, item.id, by):
        raise NotYours("case.stand_in")
    may, before = gaps(db, meeting, item.id, at=at), stand_ins(db, item.id)
    said = []
    for seat, user_id in command.named.items():
        if before.get(seat) == (user_id or None):
            continue
        name = _may_act(db, meeting, seat, user_id, may, at) if user_id else "nobody"
        said.append(f"{name} ({SEAT_WORDS[seat] if seat else 'chair'})")
        db.add(
            StandIn(
                meeting_id=meeting.id,
                referral_id=referral.id,
                seat=seat,
                user_id=user_id or None,
                by_id=by.id,
                at=at,
            )
        )
    db.flush()
    if not said:
        return
    tell(db, referral, "stand_in", by=by, at=at, said={"who": ", ".join(said)})
    finish_for_case(db, referral.id, (Why.CONFLICT_DECLARED,), by=by, at=at)
    touch(db, meeting, by=by, at=at, page="meeting.stand_in")


def _may_act(
    db: Session,
    meeting: Meeting,
    seat: Seat | None,
    user_id: int,
    may: dict[Seat | None, set[int]],
    at: datetime,
) -> str:
    today = today_in_london(at)
    names = dict(people_for(db, meeting.area_id, seat or Seat.YOT_MANAGER, today=today))
    if seat in may and user_id in names and user_id not in may[seat]:
        return names[user_id]
    says = "This person cannot step in there: they have a conflict, or another seat, or the seat is taken."
    raise Refused("case", "stand_in", (Refusal("may_step_in", says, "PAN-1", TERMS, True, "panel"),))
