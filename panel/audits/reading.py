"""The case as an auditor reads it who cannot open the case itself: decision, plan, contacts, papers."""

from typing import Any

from sqlmodel import Session

from panel.contacts.queries import contacts_of
from panel.decisions.standing import standing_of
from panel.packs.making import struck_in
from panel.packs.queries import latest
from panel.packs.shown import sections
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from workflows.calendar import long_date
from workflows.vocabulary import words


def file_of(db: Session, referral: Referral) -> dict[str, Any]:
    """What was decided, planned, done and read, in a fixed number of questions."""
    pack, standing = latest(db, referral.id), standing_of(db, referral.id)
    return {
        "decision": []
        if standing is None
        else [
            ["Outcome", words(standing.outcome)],
            ["Decided on", long_date(standing.decision.took_place_on)],
            ["Reasons", standing.reasons],
            ["What else was considered", standing.decision.considered or "Nothing is recorded"],
        ],
        "steps": [
            [step.what, step.who, long_date(step.due_on), _became(words(step.state), step.evidence)]
            for step in steps_of(db, referral.id)
        ],
        "contacts": [
            [line.when, words(line.contact.kind), words(line.contact.state), line.contact.done or line.why]
            for line in contacts_of(db, referral.id)
        ],
        "sections": sections(pack, struck_in(pack)) if pack else [],
    }


def _became(state: str, evidence: str) -> str:
    return f"{state}: {evidence}" if evidence else state
