"""What still stands between a case and its next move."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from panel.assessments.queries import is_countersigned
from panel.plans.queries import open_steps
from panel.referrals.models import Referral
from panel.referrals.queries import case_facts
from panel.referrals.rounds import to_put_right
from panel.victims.queries import view_of
from workflows.case import CASE, Status
from workflows.flow import Refusal

# The move that each status waits for, when what it needs can be seen before somebody tries.
WAITS_FOR = {
    Status.DRAFT: "submit",
    Status.SENT_BACK: "submit",
    Status.ACCEPTED: "assess",
    Status.ASSESSED: "list",
    Status.DEFERRED: "list",
    Status.NOTIFIED: "close",
}
# Asked for on the page of the move itself.
ASKED_THERE = frozenset({"reason"})


def missing_for(db: Session, referral: Referral, *, today: date) -> tuple[Refusal, ...]:
    """The rules that the next move would break now."""
    move = WAITS_FOR.get(referral.status)
    if move is None:
        return ()
    facts = replace(
        case_facts(db, referral, today=today),
        assessment_countersigned=is_countersigned(db, referral.id),
        victim_view=view_of(db, referral),
        to_put_right=to_put_right(db, referral),
        steps_open=open_steps(db, referral.id),
    )
    unmet = CASE.refusals(move, referral.status, facts)
    return tuple(refusal for refusal in unmet if refusal.name not in ASKED_THERE)
