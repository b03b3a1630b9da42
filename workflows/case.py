"""The path of one child's case, from the officer's draft to the closed file."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from config.policy import names, number
from workflows import calendar
from workflows.flow import Flow, Guard, Move
from workflows.roles import POLICE, Role, Seat
from workflows.vocabulary import CAUTIONS, Admission, ModeOfTrial, Outcome, Purpose, View


class Status(StrEnum):
    """Where a case stands. Lateness is never a state: it is worked out from dates."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    ASSESSED = "assessed"
    LISTED = "listed"
    DEFERRED = "deferred"
    DECIDED = "decided"
    GIVEN = "given"
    NOTIFIED = "notified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


BEFORE_DECISION = (
    Status.DRAFT,
    Status.SUBMITTED,
    Status.SENT_BACK,
    Status.ACCEPTED,
    Status.ASSESSED,
    Status.LISTED,
    Status.DEFERRED,
)
OPEN = tuple(status for status in Status if status not in (Status.CLOSED, Status.WITHDRAWN))


@dataclass(frozen=True, kw_only=True)
class OffenceFacts:
    """One offence as the rules see it; `outcome` is what the panel is about to decide, if anything."""

    committed_on: date
    mode: ModeOfTrial
    outcome: Outcome | None = None
    cps_authority: bool = False


@dataclass(frozen=True, kw_only=True)
class ConditionFacts:
    """One condition as the rules see it; `hours` counts attendance."""

    complete: bool
    purpose: Purpose
    due_on: date
    hours: int = 0
    at_childs_home: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """All that the rules of a case may look at; whoever makes a move gathers what that move needs."""

    today: date
    date_of_birth: date
    reason: str = ""
    offences: tuple[OffenceFacts, ...] = ()
    carer_named: bool = False
    circumstances_given: bool = False
    admission: Admission = Admission.NONE
    admission_adult_present: bool = False
    victim_answered: bool = False
    victim_named: bool = False
    case_manager_chosen: bool = False
    assessment_countersigned: bool = False
    victim_identified: bool = False
    victim_view: View = View.NOT_YET
    listed_elsewhere: bool = False
    meeting_open: bool = False
    seats_present: frozenset[Seat] = frozenset()
    seats_with_position: frozenset[Seat] = frozenset()
    conditions: tuple[ConditionFacts, ...] = ()
    steps_open: int = 0
    disposal_given: bool = False

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes proposed, each once."""
        return frozenset(o.outcome for o in self.offences if o.outcome is not None)

    @property
    def age(self) -> int:
        """Whole years today."""
        return calendar.age_on(self.date_of_birth, self.today)


CaseGuard = Guard[CaseFacts]
HMIP = "HM Inspectorate of Probation, Bradford inspection, January 2020"


def _quorum(facts: CaseFacts) -> set[Seat]:
    return {Seat(name) for name in names("panel_quorum", facts.today)}


def _limit(key: str, facts: CaseFacts) -> int:
    return number(key, facts.today)


def _expired(offence: OffenceFacts, today: date) -> bool:
    return offence.mode is ModeOfTrial.SUMMARY and today > calendar.limitation_date(offence.committed_on)


def _needs_cps(facts: CaseFacts, outcome: Outcome) -> bool:
    return any(
        o.outcome is outcome and o.mode is ModeOfTrial.INDICTABLE and not o.cps_authority
        for o in facts.offences
    )


def _lasts_until(facts: CaseFacts, key: str) -> bool:
    length = timedelta(days=_limit(key, facts))
    return all(c.due_on <= facts.today + length for c in facts.conditions)


REASON = CaseGuard(
    "reason",
    lambda f: bool(f.reason.strip()),
    "Give a reason.",
    "PAN-5",
    "Decision record minimum, law.md PAN-5",
)
AGED_10_AT_OFFENCE = CaseGuard(
    "aged_10_at_offence",
    lambda f: all(
        calendar.age_on(f.date_of_birth, o.committed_on) >= _limit("minimum_age", f) for o in f.offences
    ),
    "The child was under 10 on the day of an offence. No disposal of any kind is possible: tell children's "
    "social care instead.",
    "AGE-1",
    "Children and Young Persons Act 1933 s.50",
    where="offences",
)
AGED_UNDER_18 = CaseGuard(
    "aged_under_18",
    lambda f: f.age < _limit("adult_age", f),
    "The person is 18 or over today: this service is for children aged 10 to 17.",
    "AGE-2",
    "Crime and Disorder Act 1998 ss.66ZA, 66A, 117",
    where="child",
)
OFFENCE_LISTED = CaseGuard(
    "offence_listed",
    lambda f: bool(f.offences),
    "Add at least one offence.",
    "PAN-5",
    "Decision record minimum, law.md PAN-5",
    where="offences",
)
OFFENCE_IN_PAST = CaseGuard(
    "offence_in_past",
    lambda f: all(o.committed_on <= f.today for o in f.offences),
    "An offence has a date in the future.",
    "DP-8",
    "Data Protection Act 2018 s.38: data must be accurate",
    where="offences",
)
CARER_NAMED = CaseGuard(
    "carer_named",
    lambda f: f.carer_named,
    "Name the parent or carer, or say why there is none.",
    "AA-1",
    "Appropriate adult: parent or guardian first, law.md AA-1",
    hard=False,
    where="carer",
)
CIRCUMSTANCES = CaseGuard(
    "circumstances",
    lambda f: f.circumstances_given,
    "Say what happened.",
    "PAN-5",
    "Decision record minimum, law.md PAN-5",
    where="circumstances",
)
ADMISSION_RECORDED = CaseGuard(
    "admission_recorded",
    lambda f: f.admission is not Admission.NONE,
    "Record what the child said about the offence: nobody may seek an admission later just to make an "
    "outcome possible.",
    "ADM-1",
    "YJB case management guidance 2014; law.md ADM-1 and ADM-2",
    hard=False,
    where="admission",
)
VICTIM_ANSWERED = CaseGuard(
    "victim_answered",
    lambda f: f.victim_answered,
    "Say whether there is a victim.",
    "VIC-2",
    "Code of Practice for Victims of Crime, right 6",
    where="victim",
)
VICTIM_NAMED = CaseGuard(
    "victim_named",
    lambda f: f.victim_named or not f.victim_identified,
    "Give the victim's name and how to reach them, or say that they object to this.",
    "VIC-4",
    "GOV.UK guidance: work with victims, youth offending teams",
    hard=False,
    where="victim",
)
CASE_MANAGER = CaseGuard(
    "case_manager",
    lambda f: f.case_manager_chosen,
    "Choose the case manager who will assess the child.",
    "ASM-1",
    "YJB case management guidance 2014",
)
COUNTERSIGNED = CaseGuard(
    "countersigned",
    lambda f: f.assessment_countersigned,
    "A manager has not countersigned the assessment yet.",
    "ASM-4",
    HMIP,
    where="assessment",
)
VICTIM_VIEW = CaseGuard(
    "victim_view",
    lambda f: not f.victim_identified or f.victim_view is not View.NOT_YET,
    "The victim has not been asked for their view yet, and no reason is given.",
    "VIC-2",
    "Victims' Code, right 6; NPCC community resolution guidance (CR-2)",
    hard=False,
    where="victim",
)
MEETING_OPEN = CaseGuard(
    "meeting_open",
    lambda f: f.meeting_open,
    "The meeting has not been opened, or it is over.",
    "PAN-1",
    "Joint panel terms of reference, law.md PAN-1",
    where="panel",
)
NOT_SITTING = CaseGuard(
    "not_sitting",
    lambda f: not f.meeting_open,
    "The panel is sitting on this case now: it decides the case or defers it.",
    "PAN-1",
    "Joint panel terms of reference, law.md PAN-1",
    where="panel",
)
QUORATE = CaseGuard(
    "quorate",
    lambda f: _quorum(f) <= f.seats_present,
    "The panel is not complete: a YOT manager, the police and a victim worker must be here, three different "
    "people.",
    "PAN-1",
    "Joint panel terms of reference, law.md PAN-1",
    where="panel",
)
POSITIONS = CaseGuard(
    "positions",
    lambda f: _quorum(f) <= f.seats_with_position,
    "Each member's position must be recorded before the decision.",
    "PAN-5",
    "Decision record minimum, law.md PAN-5",
    where="panel",
)
EVERY_OFFENCE = CaseGuard(
    "every_offence",
    lambda f: bool(f.offences) and all(o.outcome is not None for o in f.offences),
    "Choose an outcome for every offence.",
    "CAT-3",
    "Decide per child and per offence, law.md CAT-3",
)
ADMITTED = CaseGuard(
    "admitted",
    lambda f: not f.outcomes & set(CAUTIONS) or f.admission is Admission.FULL,
    "A youth caution or youth conditional caution needs a full admission to the police.",
    "ADM-1",
    "Crime and Disorder Act 1998 ss.66ZA(1)(b), 66B(3)",
    where="admission",
)
RESPONSIBLE = CaseGuard(
    "responsible",
    lambda f: (
        Outcome.CR not in f.outcomes or f.admission in (Admission.ACCEPTS, Admission.PARTIAL, Admission.FULL)
    ),
    "A community resolution needs the child to accept responsibility.",
    "CR-1",
    "NPCC community resolution guidance",
    hard=False,
    where="admission",
)
HAS_CONDITION = CaseGuard(
    "has_condition",
    lambda f: Outcome.YCC not in f.outcomes or bool(f.conditions),
    "A youth conditional caution needs at least one condition.",
    "CON-1",
    "Crime and Disorder Act 1998 s.66A(2)-(3)",
)
CONDITIONS_COMPLETE = CaseGuard(
    "conditions_complete",
    lambda f: all(c.complete for c in f.conditions),
    "Every condition must say what, who, where, when and how we know that it is done.",
    "CON-2",
    f"Youth Conditional Caution Code of Practice 2013; {HMIP}",
    hard=False,
)
TWENTY_HOURS = CaseGuard(
    "twenty_hours",
    lambda f: (
        Outcome.YCC not in f.outcomes
        or sum(c.hours for c in f.conditions if c.purpose is not Purpose.REHABILITATION)
        <= _limit("ycc_nonrehabilitative_hours", f)
    ),
    "Attendance that is not for rehabilitation may be 20 hours in all.",
    "CON-4",
    "Crime and Disorder Act 1998 s.66A(5)",
)
CEILING = CaseGuard(
    "ceiling",
    lambda f: Outcome.YCC not in f.outcomes or _lasts_until(f, "ycc_completion_ceiling"),
    "The last condition ends later than a youth conditional caution may run.",
    "DL-2",
    "Local policy figure, see law.md DL-2",
)
NORMAL_LENGTH = CaseGuard(
    "normal_length",
    lambda f: Outcome.YCC not in f.outcomes or _lasts_until(f, "ycc_completion_normal"),
    "The last condition ends later than is usual for a youth conditional caution.",
    "DL-2",
    "Local policy figure, see law.md DL-2",
    hard=False,
)
MANAGER_LENGTH = CaseGuard(
    "manager_length",
    lambda f: Outcome.YCC not in f.outcomes or _lasts_until(f, "ycc_completion_manager"),
    "The last condition ends so late that a manager must give a reason.",
    "DL-2",
    "Local policy figure, see law.md DL-2",
    hard=False,
)
O22_LENGTH = CaseGuard(
    "o22_length",
    lambda f: Outcome.O22 not in f.outcomes
    or all(c.due_on <= f.today + timedelta(weeks=_limit("o22_length_weeks", f)) for c in f.conditions),
    "The last step ends later than is usual for outcome 22.",
    "O22-3",
    "Local policy figure, see law.md O22-3",
    hard=False,
)
CONDITION_IN_FUTURE = CaseGuard(
    "condition_in_future",
    lambda f: all(c.due_on > f.today for c in f.conditions),
    "A condition must be due on a day after the decision.",
    "DL-1",
    "Youth Conditional Caution Code of Practice 2013",
)
CAN_STILL_CHARGE = CaseGuard(
    "can_still_charge",
    lambda f: not any(o.outcome is Outcome.YCC and _expired(o, f.today) for o in f.offences),
    "The six months to prosecute this summary offence are over: a conditional caution would have no sanction.",
    "LIM-2",
    "Magistrates' Courts Act 1980 s.127",
    where="offences",
)
TIME_TO_PROSECUTE = CaseGuard(
    "time_to_prosecute",
    lambda f: (
        not any(
            o.outcome is Outcome.YCC
            and o.mode is ModeOfTrial.SUMMARY
            and f.conditions
            and (calendar.limitation_date(o.committed_on) - max(c.due_on for c in f.conditions)).days
            < _limit("summary_buffer_days", f)
            for o in f.offences
        )
    ),
    "The last condition ends too close to the six-month limit of a summary offence: there would be no time "
    "to prosecute if it were not kept.",
    "DL-3",
    "Magistrates' Courts Act 1980 s.127 with a local buffer, law.md DL-3",
    hard=False,
)
CPS_FOR_YCC = CaseGuard(
    "cps_for_ycc",
    lambda f: not _needs_cps(f, Outcome.YCC),
    "This offence can only be tried in the Crown Court: the Crown Prosecution Service must authorise a youth "
    "conditional caution.",
    "YCC-4",
    "DPP guidance on youth conditional cautions",
    where="offences",
)
CPS_FOR_YC = CaseGuard(
    "cps_for_yc",
    lambda f: not _needs_cps(f, Outcome.YC),
    "This offence can only be tried in the Crown Court: get the Crown Prosecution Service's decision before "
    "a youth caution.",
    "YC-10",
    "DPP guidance, law.md YC-10",
    hard=False,
    where="offences",
)
NOT_AT_HOME = CaseGuard(
    "not_at_home",
    lambda f: not any(c.purpose is Purpose.REPARATION and c.at_childs_home for c in f.conditions),
    "Reparation at the child's own home is not reparation, unless the victim lives there and agrees.",
    "CON-7",
    HMIP,
    hard=False,
)
IS_GIVEN = CaseGuard(
    "is_given",
    lambda f: f.disposal_given,
    "The disposal has not been given yet.",
    "WD-4",
    "Rehabilitation of Offenders Act 1974 Sch.2: the day of giving counts",
    where="disposal",
)
STEPS_DONE = CaseGuard(
    "steps_done",
    lambda f: f.steps_open == 0,
    "Steps of the plan are neither done nor ended with a reason.",
    "BR-6",
    HMIP,
    where="plan",
)

TO_SUBMIT = (
    OFFENCE_LISTED,
    OFFENCE_IN_PAST,
    AGED_10_AT_OFFENCE,
    AGED_UNDER_18,
    CIRCUMSTANCES,
    VICTIM_ANSWERED,
    CARER_NAMED,
    ADMISSION_RECORDED,
    VICTIM_NAMED,
)
TO_DECIDE = (
    MEETING_OPEN,
    QUORATE,
    POSITIONS,
    EVERY_OFFENCE,
    REASON,
    COUNTERSIGNED,
    AGED_10_AT_OFFENCE,
    AGED_UNDER_18,
    ADMITTED,
    HAS_CONDITION,
    CONDITION_IN_FUTURE,
    TWENTY_HOURS,
    CEILING,
    CAN_STILL_CHARGE,
    CPS_FOR_YCC,
    RESPONSIBLE,
    CONDITIONS_COMPLETE,
    NORMAL_LENGTH,
    MANAGER_LENGTH,
    O22_LENGTH,
    TIME_TO_PROSECUTE,
    CPS_FOR_YC,
    NOT_AT_HOME,
    VICTIM_VIEW,
)

CASE: Flow[Status, CaseFacts] = Flow(
    "case",
    Status,
    Status.DRAFT,
    (
        Move("submit", (Status.DRAFT, Status.SENT_BACK), Status.SUBMITTED, by=POLICE, guards=TO_SUBMIT),
        Move("send_back", Status.SUBMITTED, Status.SENT_BACK, by=(Role.YOT_MANAGER,), guards=(REASON,)),
        Move(
            "accept",
            Status.SUBMITTED,
            Status.ACCEPTED,
            by=(Role.YOT_MANAGER,),
            guards=(CASE_MANAGER, AGED_10_AT_OFFENCE, AGED_UNDER_18),
        ),
        Move("assess", Status.ACCEPTED, Status.ASSESSED, by=(Role.YOT_MANAGER,), guards=(COUNTERSIGNED,)),
        Move(
            "list",
            (Status.ASSESSED, Status.DEFERRED),
            Status.LISTED,
            by=(Role.YOT_MANAGER,),
            guards=(COUNTERSIGNED, AGED_UNDER_18, VICTIM_VIEW),
        ),
        # To another meeting: without it a meeting with cases could never be called off.
        Move(
            "list",
            Status.LISTED,
            Status.LISTED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_SITTING, COUNTERSIGNED, AGED_UNDER_18, VICTIM_VIEW),
        ),
        Move("decide", Status.LISTED, Status.DECIDED, by=(Role.CHAIR,), guards=TO_DECIDE),
        Move("defer", Status.LISTED, Status.DEFERRED, by=(Role.CHAIR,), guards=(MEETING_OPEN, REASON)),
        Move("give", Status.DECIDED, Status.GIVEN, by=POLICE, guards=(IS_GIVEN,)),
        Move(
            "acknowledge",
            Status.GIVEN,
            Status.NOTIFIED,
            by=(Role.CASE_MANAGER, Role.YOT_MANAGER, Role.LIAISON),
        ),
        Move(
            "close",
            Status.NOTIFIED,
            Status.CLOSED,
            by=(Role.CASE_MANAGER, Role.YOT_MANAGER),
            guards=(STEPS_DONE, REASON),
        ),
        Move("lapse", Status.DECIDED, Status.WITHDRAWN, by=POLICE, guards=(REASON,)),
        Move("withdraw", BEFORE_DECISION, Status.WITHDRAWN, by=POLICE, guards=(REASON,)),
    ),
)
