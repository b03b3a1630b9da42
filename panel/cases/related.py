"""What else there is of this child and of this incident, as far as the reader needs to know it."""

from collections.abc import Collection
from typing import Any

from flask import url_for
from sqlmodel import Session, col, or_, select

from panel.access import Actor
from panel.incidents.queries import linked
from panel.merges.queries import waiting_for
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from panel.referrals.words import STATUS
from workflows.calendar import long_date, today_in_london
from workflows.case import Status
from workflows.roles import REFERRERS, Role
from workflows.vocabulary import words

# What a child was given before belongs to the assessment and to the panel (PAN-5), not to every officer.
NEEDS_OUTCOMES = frozenset(
    {Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER, Role.INSPECTOR}
)
LINKERS = frozenset({*REFERRERS, Role.CASE_MANAGER})


def related(db: Session, actor: Actor, referral: Referral) -> dict[str, Any]:
    """The other cases of the child, the cases of other children, and who may act on these links."""
    roles = actor.roles_in(referral.area_id)
    others, untold = _of_child(db, actor, referral, roles)
    merge = waiting_for(db, actor, referral.child_id)
    return {
        "cases": others,
        "count": len(others) + untold,
        "untold": untold,
        "children": [
            {
                "says": other.says,
                "href": url_for("cases.overview", reference=other.reference) if other.reference else None,
            }
            for other in linked(db, actor, referral)
        ],
        "adds": bool(roles & set(REFERRERS)),
        "links": bool(roles & LINKERS),
        "merge": url_for("merges.view", reference=merge) if merge else None,
    }


def _of_child(
    db: Session, actor: Actor, referral: Referral, roles: Collection[Role]
) -> tuple[list[dict[str, Any]], int]:
    sent = or_(col(Referral.status) != Status.DRAFT, col(Referral.referred_by_id) == actor.id)
    query = select(Referral, scope(actor)).where(
        Referral.child_id == referral.child_id, Referral.id != referral.id, sent
    )
    told: list[dict[str, Any]] = []
    untold = 0
    for case, seen in db.exec(query.order_by(col(Referral.id).desc()).limit(50)):
        if seen:
            href = url_for("cases.overview", reference=case.reference)
            told.append({"text": case.reference, "href": href, "hint": _became(case)})
        elif set(roles) & NEEDS_OUTCOMES:
            told.append({"text": "Another case", "href": None, "hint": _became(case)})
        else:
            untold += 1
    return told, untold


def _became(case: Referral) -> str:
    if case.given_on and case.outcome:
        return f"{words(case.outcome)}, given on {long_date(case.given_on)}"
    begun = long_date(today_in_london(case.submitted_at or case.created_at))
    return f"{STATUS[case.status].text}, begun on {begun}"
