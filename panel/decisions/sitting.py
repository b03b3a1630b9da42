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
from panel.decisions.standing import cif_ready
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.locking import lock_item
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import Seated, present_members
from panel.meetings.seating import chair_of, left_out
from panel.meetings.urgent import urgent_of
from panel.packs.making import pending
from panel.packs.queries import current
from panel.placements.actions import fits
from panel.placements.queries import Option
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import case_facts, offence_facts, offences_of
from panel.steps import StepFields, only_names_a_topic
from panel.victims.queries import agrees_at_home, view_of, wishes_known
from panel.victims.screening import places_that_tell
from workflows.assessment_parts import Part
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts, ConditionFacts
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS
from workflows.meeting import Status as MeetingStatus
from workflows.outcome_rules import IN_FORCE
from workflows.roles import Role, Seat
from workflows.vocabulary import Outcome

# What the chair types for the record, beside the outcomes.
TYPED = ("reasons", "considered", "evidence", "took_place_on", "late_reason")


@dataclass(frozen=True)
class Sitting:
    """One case before the panel; `here` are the members who count in it, `out` those who must not."""

    meeting: Meeting
    item: AgendaItem
    chair_id: int
    out: frozenset[int]
    urgent: bool
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

    def led_by(self, by: Actor) -> frozenset[Role]:
        """The chair's role, for whoever chairs this case: a YOT manager of the area without a conflict."""
        manages = Role.YOT_MANAGER in by.roles_in(self.meeting.area_id)
        leads = by.id == self.chair_id and by.id not in self.out
        return frozenset({Role.CHAIR}) if manages and leads else frozenset()

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
        chair_of(db, meeting, item.id),
        left_out(db, item.id),
        urgent_of(db, meeting.id) is not None,
        present_members(db, meeting, today=today, item_id=item.id),
        positions_of(db, item.id),
        draft,
        draft_conditions(db, draft.id) if draft else [],
        # What professionals do is not for the child to agree to or be held to.
        proposed_steps(db, assessment.id, part=Part.CHILD) if assessment else [],
    )


def lock_sitting(db: Session, referral: Referral, *, today: date, expect: bool) -> Sitting:
    """The sitting as it is now, locked as `lock_item` does."""
    return _sitting(db, *lock_item(db, referral, expect=expect), today)


def must_lead(sitting: Sitting, by: Actor) -> None:
    """Raise `NotYours` unless the person chairs this case, and `Refused` unless the meeting is going on."""
    if not sitting.led_by(by):
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
    locked: bool = False,
    papers_current: bool | None = None,
) -> CaseFacts:
    """All that the rules of deciding look at; `chosen` replaces the outcomes that are written.

    A page that shows the papers knows already whether they are current. With `locked` the chosen placements
    stay as they are until the decision is recorded.
    """
    outcomes, papers = sitting.chosen if chosen is None else chosen, current(db, sitting.item.id)
    if papers_current is None:
        held_on = sitting.meeting.held_on
        papers_current = papers is None or not pending(db, referral, papers, held_on=held_on)
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
        urgent=sitting.urgent,
        seats_written_for=frozenset(said.seat for said in sitting.positions if said.entered_by),
        papers_published=papers is not None,
        papers_current=papers_current,
        conditions=_condition_facts(db, referral, sitting, today=today, locked=locked),
        victim_told_in=tuple(places_that_tell(db, referral, _texts(db, referral, sitting))),
        cif_ready=cif_ready(db, referral.id),
        took_place_on=sitting.draft.took_place_on if sitting.draft else None,
        late_reason=sitting.draft.late_reason if sitting.draft else "",
        evidence_told=bool(sitting.draft and sitting.draft.evidence.strip()),
    )
    return with_beforehand(db, referral, facts)


def _texts(db: Session, referral: Referral, sitting: Sitting) -> dict[str, list[str]]:
    """What the child or the family will read of the decision."""
    steps = [text for step in sitting.steps for text in step.texts()]
    offences = [text for o in offences_of(db, referral) for text in (o.title, o.location)]
    considered = [sitting.draft.considered] if sitting.draft else []
    return {"the reasons": [sitting.reasons, *considered], "a condition": steps, "an offence": offences}


def _condition_facts(
    db: Session, referral: Referral, sitting: Sitting, *, today: date, locked: bool
) -> tuple[ConditionFacts, ...]:
    places = fits(db, referral, sitting.steps, today=today, locked=locked)
    return tuple(condition_facts(step, today, places.get(step.placement_id or 0)) for step in sitting.steps)


def condition_facts(step: StepFields, today: date, place: Option | None = None) -> ConditionFacts:
    """A condition as the rules see it; `place` is its placement, with what stands against it."""
    return ConditionFacts(
        complete=step.is_complete(),
        purpose=step.purpose,
        due_on=step.due_on,
        hours=step.hours,
        at_childs_home=step.at_childs_home,
        kind=step.kind,
        attends=step.attends,
        placed=bool(step.where_at.strip() and step.when_at.strip()),
        amount_pence=step.amount_pence,
        payable=bool(step.payee.strip() and step.pay_how.strip()),
        checked=bool(step.checked_by.strip()),
        vague=only_names_a_topic(step.what, today),
        place_full=place is not None and place.full,
        place_suits=place is None or all(one.full for one in place.against),
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
    if sitting.draft is None:
        return 0
    return mark(sitting.draft.outcomes, *(getattr(sitting.draft, name) for name in TYPED))


def whole_mark(referral: Referral, sitting: Sitting) -> int:
    """The version of all that is read aloud before the decision is recorded."""
    steps = [step.model_dump() for step in sitting.conditions]
    return mark(referral.version, draft_mark(sitting), steps)
