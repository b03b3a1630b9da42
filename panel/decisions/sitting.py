"""The panel sitting on one case: the meeting, who is here, what they think and what is written so far."""

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from config.outcomes import in_force
from panel.access import Actor
from panel.assessments.models import ProposedStep
from panel.assessments.queries import assessment_of, is_countersigned, proposed_steps
from panel.decisions.beforehand import with_beforehand
from panel.decisions.models import DraftCondition, DraftDecision
from panel.decisions.queries import Said, draft_conditions, draft_of, positions_of
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import Seated, chair_roles, lock_case, lock_meeting, present_members
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import case_facts, offence_facts, offences_of
from panel.steps import StepFields
from panel.victims.queries import agrees_at_home, view_of, wishes_known
from panel.victims.screening import places_that_tell
from workflows.assessment_parts import Part
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts, ConditionFacts
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS
from workflows.meeting import Status as MeetingStatus
from workflows.outcome_rules import IN_FORCE
from workflows.roles import Seat
from workflows.vocabulary import Outcome


@dataclass(frozen=True)
class Sitting:
    """One case before the panel; `here` are the members who are present and may still hold their seats."""

    meeting: Meeting
    item: AgendaItem
    here: dict[Seat, Seated]
    positions: list[Said]
    draft: DraftDecision | None
    conditions: list[DraftCondition]
    proposed: list[ProposedStep]

    @property
    def steps(self) -> Sequence[StepFields]:
        """What the child would do: the conditions, or the proposed steps from which they start."""
        return self.proposed if self.draft is None else self.conditions

    @property
    def is_open(self) -> bool:
        """Whether the meeting is going on."""
        return self.meeting.status is MeetingStatus.OPEN

    @property
    def heard(self) -> frozenset[Seat]:
        """The seats whose members are here and have taken a position."""
        spoke = {position.user_id for position in self.positions}
        return frozenset(seat for seat, member in self.here.items() if member.user_id in spoke)

    @property
    def chosen(self) -> dict[int, Outcome]:
        """The outcomes written so far, by offence."""
        written = self.draft.outcomes if self.draft else {}
        return {int(number): Outcome(value) for number, value in written.items()}

    @property
    def reasons(self) -> str:
        """The reasons written so far."""
        return self.draft.reasons if self.draft else ""


def sitting_of(db: Session, referral: Referral, *, today: date) -> Sitting | None:
    """The sitting that the case waits for or is in, if it is listed."""
    item = open_item(db, referral)
    return None if item is None else _sitting(db, meeting_of(db, item), item, today)


def _sitting(db: Session, meeting: Meeting, item: AgendaItem, today: date) -> Sitting:
    draft, assessment = draft_of(db, item.id), assessment_of(db, item.referral_id)
    return Sitting(
        meeting,
        item,
        present_members(db, meeting, today=today),
        positions_of(db, item.id),
        draft,
        draft_conditions(db, draft.id) if draft else [],
        # What professionals do is not for the child to agree to or be held to.
        proposed_steps(db, assessment.id, part=Part.CHILD) if assessment else [],
    )


def lock_sitting(db: Session, referral: Referral, *, today: date, expect: bool) -> Sitting:
    """The sitting as it is now, locked as `lock_item` does."""
    return _sitting(db, *lock_item(db, referral, expect=expect), today)


def lock_item(db: Session, referral: Referral, *, expect: bool) -> tuple[Meeting, AgendaItem]:
    """Where the case sits now, with the meeting and then the case locked, so that nobody changes either.

    Raises `Stale` when the case changed since it was read, if that matters, and `Refused` when it does not
    wait for a panel.
    """
    item = open_item(db, referral)
    meeting = lock_meeting(db, item.meeting_id) if item else None
    lock_case(db, referral, expect=expect)
    item = open_item(db, referral)
    if meeting is None or item is None or item.meeting_id != meeting.id:
        says = "The case does not wait for a panel now. Somebody may have acted before you."
        raise Refused(
            "case", "panel", (Refusal("wrong_state", says, "FLOW", "The case flow of this service", True),)
        )
    return meeting, item


def must_lead(sitting: Sitting, by: Actor) -> None:
    """Raise `NotYours` unless the person chairs, and `Refused` unless the meeting is going on."""
    if not chair_roles(sitting.meeting, by):
        raise NotYours("decision")
    must_be_open(sitting.meeting)


def must_be_open(meeting: Meeting) -> None:
    """Raise `Refused` unless the meeting is going on."""
    if meeting.status is not MeetingStatus.OPEN:
        says = "The meeting has not been opened, or it is over."
        raise Refused("case", "panel", (Refusal("meeting_open", says, "PAN-1", TERMS, True, "panel"),))


def facts_of(
    db: Session,
    referral: Referral,
    sitting: Sitting,
    *,
    today: date,
    chosen: dict[int, Outcome] | None = None,
    reason: str | None = None,
) -> CaseFacts:
    """All that the rules of deciding look at; `chosen` replaces the outcomes that are written."""
    outcomes = sitting.chosen if chosen is None else chosen
    facts = replace(
        case_facts(db, referral, today=today, reason=sitting.reasons if reason is None else reason),
        offences=offence_facts(offences_of(db, referral), outcomes),
        assessment_countersigned=is_countersigned(db, referral.id),
        victim_view=view_of(db, referral),
        victim_wishes_known=wishes_known(db, referral),
        victim_agrees_at_home=agrees_at_home(db, referral),
        meeting_open=sitting.is_open,
        seats_present=frozenset(sitting.here),
        seats_with_position=sitting.heard,
        police_position=next((p.outcome for p in sitting.positions if p.seat is Seat.POLICE), None),
        conditions=tuple(condition_facts(step) for step in sitting.steps),
        victim_told_in=tuple(places_that_tell(db, referral, _texts(db, referral, sitting))),
    )
    return with_beforehand(db, referral, facts)


def _texts(db: Session, referral: Referral, sitting: Sitting) -> dict[str, list[str]]:
    """What the child or the family will read of the decision."""
    steps = [text for s in sitting.steps for text in (s.what, s.who, s.where_at, s.when_at, s.done_when)]
    offences = [text for o in offences_of(db, referral) for text in (o.title, o.location)]
    return {"the reasons": [sitting.reasons], "a condition": steps, "an offence": offences}


def condition_facts(step: StepFields) -> ConditionFacts:
    """A condition as the rules see it."""
    return ConditionFacts(
        complete=step.is_complete(),
        purpose=step.purpose,
        due_on=step.due_on,
        hours=step.hours,
        at_childs_home=step.at_childs_home,
    )


@dataclass(frozen=True)
class Choice:
    """One outcome, with the rules that stand against it in this case."""

    outcome: Outcome
    against: tuple[Refusal, ...]

    @property
    def blocked(self) -> bool:
        """Whether a law forbids it as things are; otherwise guidance asks for a reason."""
        return any(refusal.hard for refusal in self.against)


def offered(today: date) -> tuple[Outcome, ...]:
    """The outcomes that may be chosen on a day."""
    return tuple(outcome for outcome in Outcome if in_force(outcome, today))


def must_be_offered(outcomes: Collection[Outcome], today: date) -> None:
    """Raise `Refused` for an outcome that may not be chosen on this day."""
    if not set(outcomes) <= set(offered(today)):
        refusal = Refusal(IN_FORCE.name, IN_FORCE.says, IN_FORCE.rule, IN_FORCE.source, True)
        raise Refused("case", "panel", (refusal,))


def choices(facts: CaseFacts, offences: Sequence[Offence]) -> tuple[Choice, ...]:
    """Every outcome for these offences, with what stands against it and not against each of them."""
    against = {outcome: _against(facts, offences, outcome) for outcome in offered(facts.today)}
    always = set.intersection(*({refusal.name for refusal in found} for found in against.values()))
    return tuple(
        Choice(outcome, tuple(refusal for refusal in found if refusal.name not in always))
        for outcome, found in against.items()
    )


def _against(facts: CaseFacts, offences: Sequence[Offence], outcome: Outcome) -> tuple[Refusal, ...]:
    numbers = {offence.id for offence in offences}
    chosen = tuple(replace(o, outcome=outcome) for o in facts.offences if o.number in numbers)
    return CASE.refusals("decide", Status.LISTED, replace(facts, offences=chosen))


def mark(*contents: Any) -> int:
    """A number that changes with what it is made from: the version of what has no version of its own."""
    return zlib.crc32(json.dumps(contents, default=str, sort_keys=True).encode())


def draft_mark(sitting: Sitting) -> int:
    """The version of what the chair has written, conditions apart."""
    return mark(sitting.draft.outcomes, sitting.draft.reasons) if sitting.draft else 0


def whole_mark(referral: Referral, sitting: Sitting) -> int:
    """The version of all that is read aloud before the decision is recorded."""
    steps = [step.model_dump() for step in sitting.conditions]
    return mark(referral.version, draft_mark(sitting), steps)
