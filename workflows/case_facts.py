"""What the rules of a case may look at."""

from dataclasses import dataclass, field
from datetime import date

from workflows import calendar
from workflows.before_panel import Evidence
from workflows.closing import ClosingFacts
from workflows.codes import Category
from workflows.conditions import StepKind
from workflows.flow import Guard
from workflows.given_alone import AloneFacts
from workflows.limitation import last_day_to_prosecute
from workflows.papers import Paper
from workflows.roles import Seat
from workflows.source import Source
from workflows.vocabulary import Admission, ModeOfTrial, Outcome, Purpose, View


@dataclass(frozen=True, kw_only=True)
class OffenceFacts:
    """One offence as the rules see it.

    `number` is its row; `outcome` is what the panel is about to decide, if anything; `presumes` are the
    outcomes that its gravity score presumes, none where the matrix says nothing of them.
    """

    number: int = 0
    committed_on: date
    mode: ModeOfTrial
    ended_on: date | None = None
    prosecute_by: date | None = None
    gravity_given: bool = False
    presumes: frozenset[Outcome] = frozenset()
    admission: Admission = Admission.NONE
    outcome: Outcome | None = None
    evidence: Evidence = Evidence.NOT_RECORDED
    categories: frozenset[Category] = frozenset()
    adult_present: bool | None = None
    cps_authority: bool = False

    @property
    def last_day_to_prosecute(self) -> date | None:
        """Until when it can be charged; None without a limit (LIM-1, LIM-3)."""
        return last_day_to_prosecute(
            self.mode, self.committed_on, ended_on=self.ended_on, set_to=self.prosecute_by
        )


@dataclass(frozen=True, kw_only=True)
class ConditionFacts:
    """One condition as the rules see it; `hours` counts attendance.

    `placed`: place and times are written; `payable`: to whom and how money is paid; `checked`: who checks it.
    """

    complete: bool
    purpose: Purpose
    due_on: date
    hours: int = 0
    at_childs_home: bool = False
    kind: StepKind = StepKind.ACTIVITY
    attends: bool = False
    placed: bool = True
    amount_pence: int = 0
    payable: bool = False
    checked: bool = False
    vague: bool = False
    place_full: bool = False
    place_suits: bool = True


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """All that the rules of a case may look at; whoever makes a move gathers what that move needs."""

    today: date
    date_of_birth: date
    reason: str = ""
    offences: tuple[OffenceFacts, ...] = ()
    carer_named: bool = False
    circumstances_given: bool = False
    source: Source | None = Source.POLICE
    source_complete: bool = True
    source_is_senders: bool = True
    by_referrer_or_police: bool = True
    sent_by_same_person: bool = False
    to_put_right: int = 0
    codes: tuple[str, ...] = ()
    social_care_told: bool = False
    victim_answered: bool = False
    victim_named: bool = False
    case_manager_chosen: bool = False
    papers_missing: frozenset[Paper] = frozenset()
    assessment_countersigned: bool = False
    event_unanswered: bool = False
    victim_identified: bool = False
    victim_view: View = View.NOT_YET
    victim_wishes_known: bool = True
    victim_agrees_at_home: bool = False
    listed_elsewhere: bool = False
    meeting_open: bool = False
    meeting_has_room: bool = True
    seats_present: frozenset[Seat] = frozenset()
    seats_with_position: frozenset[Seat] = frozenset()
    papers_published: bool = True
    papers_current: bool = True
    urgent: bool = False
    seats_written_for: frozenset[Seat] = frozenset()
    police_position: Outcome | None = None
    looked_after: bool = False
    senior_review: bool = False
    charge_form: bool = False
    conditions: tuple[ConditionFacts, ...] = ()
    victim_told_in: tuple[str, ...] = ()
    steps_open: int = 0
    closing: ClosingFacts = field(default_factory=ClosingFacts)
    disposal_given: bool = False
    took_place_on: date | None = None
    late_reason: str = ""
    evidence_told: bool = True
    cif_ready: bool = False
    rescinded_by_two: bool = False
    police_coded: bool = False
    police_named: bool = False
    police_differs: bool = True
    alone: AloneFacts = field(default_factory=AloneFacts)

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes proposed, each once."""
        return frozenset(o.outcome for o in self.offences if o.outcome is not None)

    @property
    def age(self) -> int:
        """Whole years today."""
        return calendar.age_on(self.date_of_birth, self.today)


CaseGuard = Guard[CaseFacts]
