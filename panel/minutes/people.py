"""Who sat at a meeting, who was kept out of which case, and which urgent decisions it looked at."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from panel.accounts.models import User
from panel.meetings.models import AgendaItem, Meeting, Member
from panel.meetings.people import Invitee, guests_of, invitees
from panel.meetings.urgent_models import Ratification
from panel.meetings.words import REPLY
from panel.referrals.conflict_models import Conflict
from panel.referrals.conflicts import in_force
from panel.referrals.models import Referral
from workflows.meeting import Reply
from workflows.roles import INVITED_WORDS, SEAT_WORDS, Seat
from workflows.urgent import Answer
from workflows.vocabulary import words


def who_was_there(db: Session, meeting: Meeting) -> list[dict[str, str]]:
    """Members by their seats with deputies, then those from outside, who are heard and do not decide."""
    invited = invitees(db, meeting.id)
    stood_for = {one.deputy_id: one for one in invited if one.deputy_id}
    return [
        *(
            {"seat": SEAT_WORDS[one.seat], "name": one.name, "was": _was(one, one.user_id in stood_for)}
            for one in invited
        ),
        *(
            {
                "seat": f"From outside: {INVITED_WORDS[guest.agency]}",
                "name": guest.name,
                "was": f"Invited: {REPLY[guest.reply].lower()}",
            }
            for guest in guests_of(db, meeting.id)
        ),
    ]


def _was(one: Invitee, as_deputy: bool) -> str:
    if one.present:
        return "Present as deputy" if as_deputy else "Present"
    return "Apologies" if one.reply is Reply.DECLINED else "Not there"


def conflicts_in(db: Session, meeting_id: int, cases: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """By case, who has a conflict of interest in it, with the seat that they hold at this meeting."""
    query = (
        select(Conflict.referral_id, User.name, Member.seat)
        .join(User, col(User.id) == Conflict.user_id)
        .outerjoin(Member, (col(Member.user_id) == Conflict.user_id) & (col(Member.meeting_id) == meeting_id))
        .where(col(Conflict.referral_id).in_(cases), in_force())
        .order_by(col(Conflict.id))
    )
    found: dict[int, list[dict[str, str]]] = {}
    for case, name, seat in db.exec(query):
        role = SEAT_WORDS[Seat(seat)] if seat else "Somebody who stood in"
        found.setdefault(case, []).append({"name": name, "role": role})
    return found


def ratified_at(db: Session, meeting_id: int) -> list[dict[str, str]]:
    """The urgent decisions that this meeting confirmed or opened again."""
    query = (
        select(Referral.reference, Ratification.answer, Ratification.reason)
        .join(AgendaItem, col(AgendaItem.id) == Ratification.item_id)
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .where(Ratification.meeting_id == meeting_id)
        .order_by(col(Ratification.id))
    )
    return [
        {"case": reference, "answer": words(Answer(answer)), "reason": reason}
        for reference, answer, reason in db.exec(query)
    ]
