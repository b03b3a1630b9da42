"""The last word of the police (PAN-2): beside the panel's decision, told at once, open to scrutiny."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from config.coded import POLICE_REASONS
from panel.access import Actor
from panel.appointments import actions as appointments
from panel.assessments.queries import is_countersigned
from panel.decisions.beforehand import with_beforehand
from panel.decisions.queries import conditions_of, outcomes_of
from panel.decisions.recording import digest_of, kept
from panel.decisions.sitting import condition_facts
from panel.decisions.standing import (
    Standing,
    all_of_the_police,
    cif_ready,
    conditions_standing,
    outcomes_standing,
)
from panel.decisions.standing_models import PoliceDecision
from panel.disposals.actions import withdraw
from panel.history.record import case_chain, note
from panel.meetings.queries import lock_case
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts, offence_facts, offences_of
from panel.rulings import commands as c
from panel.rulings.actions import tell_of, words_of
from panel.victims.queries import agrees_at_home, view_of, wishes_known
from panel.victims.screening import places_that_tell
from workflows.calendar import clock_words, today_in_london
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts
from workflows.vocabulary import Outcome, most_serious, words

TOLD = ("YOT managers", "the case manager", "victim workers", "seconded officers")


def facts_of(
    db: Session, referral: Referral, stands: Standing, command: c.Police, *, at: datetime
) -> CaseFacts:
    """What the rules look at: the outcomes of the police, and the conditions that would stay."""
    today = today_in_london(at)
    chosen = {number: Outcome(value) for number, value in command.outcomes.items()}
    conditions = conditions_of(db, stands.decision.id)
    now_standing = {row.id for row in conditions_standing(db, stands.decision.id)}
    texts = {"the reasons": [command.reason]}
    facts = replace(
        case_facts(db, referral, today=today, reason=command.reason),
        offences=offence_facts(offences_of(db, referral), chosen),
        assessment_countersigned=is_countersigned(db, referral.id),
        victim_view=view_of(db, referral),
        victim_wishes_known=wishes_known(db, referral),
        victim_agrees_at_home=agrees_at_home(db, referral),
        conditions=tuple(condition_facts(row, today) for row in conditions if row.id in command.kept),
        victim_told_in=tuple(places_that_tell(db, referral, texts)),
        cif_ready=cif_ready(db, referral.id),
        police_coded=command.code in {reason.key for reason in POLICE_REASONS.codes(today)},
        police_named=bool(command.name and command.rank),
        police_differs=chosen != outcomes_standing(db, stands.decision.id)
        or set(command.kept) != now_standing,
    )
    return with_beforehand(db, referral, facts)


def police_decide(
    db: Session, referral: Referral, stands: Standing, command: c.Police, *, by: Actor, at: datetime
) -> PoliceDecision:
    """Record what the police decided; what is given follows it, and the panel's decision stays as it is."""
    lock_case(db, referral)
    facts = facts_of(db, referral, stands, command, at=at)
    chosen = {number: Outcome(value) for number, value in command.outcomes.items()}
    said = {
        "outcome": words(most_serious(facts.outcomes)) if facts.outcomes else "",
        "code": POLICE_REASONS.code(command.code).says if facts.police_coded else command.code,
    }
    move(db, referral, "police_decide", facts, by=by, at=at, said=said)
    row = _written(db, referral, stands, command, facts, by=by, at=at)
    said = {
        "number": f"{stands.decision.number}/P{row.number}",
        "digest": row.digest,
        "dissent": "the police",
    }
    note(db, "case.record_decision", chain=case_chain(referral.id), by=by, at=at, facts=said)
    referral.outcome = row.outcome
    for offence in offences_of(db, referral):
        offence.outcome = chosen[offence.id]
    withdraw(db, referral, "The police decided otherwise than the panel", by=by, at=at)
    appointments.end(db, referral, by=by, at=at)
    tell_of(db, referral, Why.POLICE_DECIDED, f"police-{row.id}", at)
    return row


def _written(
    db: Session,
    referral: Referral,
    stands: Standing,
    command: c.Police,
    facts: CaseFacts,
    *,
    by: Actor,
    at: datetime,
) -> PoliceDecision:
    number = len(all_of_the_police(db, stands.decision.id)) + 1
    values: dict[str, Any] = command.model_dump() | {
        "outcome": most_serious(facts.outcomes),
        "outcomes": {str(key): value for key, value in command.outcomes.items()},
        "kept": sorted(command.kept),
        "told": [f"{who}, {clock_words(at)}" for who in TOLD],
        "named": [r.says for r in CASE.refusals("decide", Status.LISTED, facts) if r.name in ONLY_NAMED],
    }
    content = kept(
        {name: values[name] for name in SEALED}
        | {"number": number, "panel": {str(k): v for k, v in outcomes_of(db, stands.decision.id).items()}}
    )
    row = PoliceDecision(
        decision_id=stands.decision.id,
        number=number,
        recorded_by_id=by.id,
        recorded_by=words_of(by),
        recorded_at=at,
        content=content,
        digest=digest_of(content),
        **values,
    )
    db.add(row)
    db.flush()
    return row


# Guidance that was not met, the YOT not asked among it, stops no decision of the police: it is named (YCC-2).
ONLY_NAMED = frozenset(
    {
        *("countersigned", "victim_view", "victim_wishes", "event_answered", "fits_gravity"),
        "conditions_complete",
    }
)
SEALED = (
    *("outcome", "outcomes", "kept", "code", "reason", "name", "rank", "collar", "authority"),
    *("decided_on", "told", "named"),
)
