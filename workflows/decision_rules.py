"""The rules of the panel's decision: who must be there, what each outcome asks (law digest, 2-6 and 9)."""

from datetime import date, timedelta

from config.policy import names, number
from workflows.case_facts import CaseFacts, CaseGuard, ConditionFacts, OffenceFacts
from workflows.case_rules import (
    AGED_10_AT_OFFENCE,
    AGED_UNDER_18,
    COUNTERSIGNED,
    EVENT_ANSWERED,
    HMIP,
    REASON,
    VICTIM_VIEW,
)
from workflows.condition_rules import HARD_ON_CONDITIONS, SOFT_ON_CONDITIONS
from workflows.outcome_rules import OF_OUTCOMES
from workflows.paper_rules import PAPERS_CURRENT, PAPERS_PUBLISHED
from workflows.quorum_rules import OWN_POSITIONS
from workflows.record_rules import OF_THE_RECORD
from workflows.roles import Seat
from workflows.said import TAKES_RESPONSIBILITY
from workflows.vocabulary import CAUTIONS, DEFERRED_OUTCOMES, Admission, ModeOfTrial, Outcome, Purpose

DIVERSIONS = frozenset({Outcome.O22, *DEFERRED_OUTCOMES})


def _quorum(facts: CaseFacts) -> set[Seat]:
    return {Seat(name) for name in names("panel_quorum", facts.today)}


def _limit(key: str, facts: CaseFacts) -> int:
    return number(key, facts.today)


def _expired(offence: OffenceFacts, today: date) -> bool:
    last = offence.last_day_to_prosecute
    return last is not None and today > last


def _time_left(offence: OffenceFacts, facts: CaseFacts) -> bool:
    """Whether enough days remain to prosecute after the last condition (DL-3)."""
    last = offence.last_day_to_prosecute
    if last is None or not facts.conditions:
        return True
    ends = max(condition.due_on for condition in facts.conditions)
    return (last - ends).days >= _limit("summary_buffer_days", facts)


def _needs_cps(facts: CaseFacts, outcome: Outcome) -> bool:
    return any(
        o.outcome is outcome and o.mode is ModeOfTrial.INDICTABLE and not o.cps_authority
        for o in facts.offences
    )


def _reparation(facts: CaseFacts) -> list[ConditionFacts]:
    return [c for c in facts.conditions if c.purpose is Purpose.REPARATION]


def _lasts_until(facts: CaseFacts, key: str) -> bool:
    length = timedelta(days=_limit(key, facts))
    return all(c.due_on <= facts.today + length for c in facts.conditions)


MEETING_OPEN = CaseGuard(
    "meeting_open",
    lambda f: f.meeting_open,
    "The meeting has not been opened, or it is over.",
    "PAN-1",
    "Joint panel terms of reference",
    where="panel",
)
NOT_SITTING = CaseGuard(
    "not_sitting",
    lambda f: not f.meeting_open,
    "The panel is sitting on this case now: it decides the case or defers it.",
    "PAN-1",
    "Joint panel terms of reference",
    where="panel",
)
QUORATE = CaseGuard(
    "quorate",
    lambda f: _quorum(f) <= f.seats_present,
    "The panel is not complete: a YOT manager, the police and a victim worker must be here, three different "
    "people.",
    "PAN-1",
    "Joint panel terms of reference",
    where="panel",
)
POSITIONS = CaseGuard(
    "positions",
    lambda f: _quorum(f) <= f.seats_with_position,
    "Each member's position must be recorded before the decision.",
    "PAN-5",
    "Decision record minimum",
    where="panel",
)
EVERY_OFFENCE = CaseGuard(
    "every_offence",
    lambda f: bool(f.offences) and all(o.outcome is not None for o in f.offences),
    "Choose an outcome for every offence.",
    "CAT-3",
    "Decide per child and per offence",
)
ADMITTED = CaseGuard(
    "admitted",
    lambda f: all(o.admission is Admission.FULL for o in f.offences if o.outcome in CAUTIONS),
    "A youth caution or youth conditional caution needs a full admission of that offence to the police.",
    "ADM-1",
    "Crime and Disorder Act 1998 ss.66ZA(1)(b), 66B(3)",
    where="admission",
)
RESPONSIBLE = CaseGuard(
    "responsible",
    lambda f: all(o.admission in TAKES_RESPONSIBILITY for o in f.offences if o.outcome is Outcome.CR),
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
HAS_ACTIVITY = CaseGuard(
    "has_activity",
    lambda f: not f.outcomes & DIVERSIONS or bool(f.conditions),
    "Outcome 22 and outcome 23 need at least one activity: say what the child will do.",
    "O22-1",
    "Home Office counting rules, outcome 22: an activity resulting from the crime report",
)
NO_VICTIM_NAMED = CaseGuard(
    "no_victim_named",
    lambda f: not f.victim_told_in,
    "The reasons, a condition or an offence would tell the child who the victim is or where to find them: "
    "take that out.",
    "VIC-9",
    "Data Protection Act 2018 s.40: personal data are kept secure",
)
CONDITIONS_COMPLETE = CaseGuard(
    "conditions_complete",
    lambda f: all(c.complete for c in f.conditions),
    "Every condition must say what, who, where, when and how we know that it is done.",
    "CON-2",
    f"Youth Conditional Caution Code of Practice 2013; {HMIP}",
    hard=False,
)
CEILING = CaseGuard(
    "ceiling",
    lambda f: Outcome.YCC not in f.outcomes or _lasts_until(f, "ycc_completion_ceiling"),
    "The last condition ends later than a youth conditional caution may run.",
    "DL-2",
    "Local policy figure",
)
NORMAL_LENGTH = CaseGuard(
    "normal_length",
    lambda f: Outcome.YCC not in f.outcomes or _lasts_until(f, "ycc_completion_normal"),
    "The last condition ends later than is usual for a youth conditional caution.",
    "DL-2",
    "Local policy figure",
    hard=False,
)
MANAGER_LENGTH = CaseGuard(
    "manager_length",
    lambda f: Outcome.YCC not in f.outcomes or _lasts_until(f, "ycc_completion_manager"),
    "The last condition ends so late that a manager must give a reason.",
    "DL-2",
    "Local policy figure",
    hard=False,
)
O22_LENGTH = CaseGuard(
    "o22_length",
    lambda f: (
        not f.outcomes & DIVERSIONS
        or all(c.due_on <= f.today + timedelta(weeks=_limit("o22_length_weeks", f)) for c in f.conditions)
    ),
    "The last step ends later than is usual for outcome 22 or 23.",
    "O22-3",
    "Local policy figure",
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
    "The time to prosecute this offence is over (six months for a summary offence): a conditional caution "
    "has no sanction.",
    "LIM-2",
    "Magistrates' Courts Act 1980 s.127",
    where="offences",
)
TIME_TO_PROSECUTE = CaseGuard(
    "time_to_prosecute",
    lambda f: all(_time_left(o, f) for o in f.offences if o.outcome is Outcome.YCC),
    "The last condition ends too close to the last day to prosecute (six months for a summary offence): "
    "there would be no time to prosecute if it were not kept.",
    "DL-3",
    "Magistrates' Courts Act 1980 s.127 with a local buffer",
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
    "DPP guidance",
    hard=False,
    where="offences",
)
NOT_AT_HOME = CaseGuard(
    "not_at_home",
    lambda f: f.victim_agrees_at_home or not any(c.at_childs_home for c in _reparation(f)),
    "Reparation at the child's own home is not reparation, unless the victim lives there and agrees.",
    "CON-7",
    HMIP,
    hard=False,
)
FITS_GRAVITY = CaseGuard(
    "fits_gravity",
    lambda f: all(o.outcome in o.presumes for o in f.offences if o.outcome is not None and o.presumes),
    "The outcome is not the one that the gravity score presumes. The score is only a guide: say why this "
    "outcome is right here.",
    "GM-3",
    "NPCC Child Gravity Matrix, September 2023",
    hard=False,
)
VICTIM_WISHES = CaseGuard(
    "victim_wishes",
    lambda f: f.victim_wishes_known or not _reparation(f),
    "Something is to be put right, and it is not recorded what every victim who gave a view wishes.",
    "CON-8",
    "GOV.UK guidance: work with victims, youth offending teams",
    hard=False,
    where="victim",
)
TO_DECIDE = (
    MEETING_OPEN,
    QUORATE,
    POSITIONS,
    PAPERS_PUBLISHED,
    PAPERS_CURRENT,
    OWN_POSITIONS,
    EVERY_OFFENCE,
    REASON,
    COUNTERSIGNED,
    AGED_10_AT_OFFENCE,
    AGED_UNDER_18,
    ADMITTED,
    HAS_CONDITION,
    HAS_ACTIVITY,
    NO_VICTIM_NAMED,
    CONDITION_IN_FUTURE,
    *HARD_ON_CONDITIONS,
    CEILING,
    CAN_STILL_CHARGE,
    CPS_FOR_YCC,
    RESPONSIBLE,
    CONDITIONS_COMPLETE,
    *SOFT_ON_CONDITIONS,
    NORMAL_LENGTH,
    MANAGER_LENGTH,
    O22_LENGTH,
    TIME_TO_PROSECUTE,
    CPS_FOR_YC,
    NOT_AT_HOME,
    FITS_GRAVITY,
    VICTIM_WISHES,
    VICTIM_VIEW,
    EVENT_ANSWERED,
    *OF_THE_RECORD,
    *OF_OUTCOMES,
)
