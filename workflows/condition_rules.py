"""The rules of conditions: objects, places and times, money, curfews (law digest, 4.2)."""

from datetime import date

from config.policy import number
from workflows.case_facts import CaseFacts, CaseGuard, ConditionFacts
from workflows.conditions import BOUND_TO, RESTRICTIVE, StepKind
from workflows.vocabulary import ModeOfTrial, Outcome, Purpose

ACT = "Crime and Disorder Act 1998"
ORDER = "SI 2013/608, from 8 April 2013"
CODE = "Youth Conditional Caution Code of Practice 2013"
OLDER = 14
PENALTY_MOST = {
    (ModeOfTrial.SUMMARY, False): "penalty_summary_10_to_13",
    (ModeOfTrial.SUMMARY, True): "penalty_summary_14_to_17",
    (ModeOfTrial.EITHER_WAY, False): "penalty_either_way_10_to_13",
    (ModeOfTrial.EITHER_WAY, True): "penalty_either_way_14_to_17",
    (ModeOfTrial.INDICTABLE, False): "penalty_indictable_10_to_13",
    (ModeOfTrial.INDICTABLE, True): "penalty_indictable_14_to_17",
}


def penalty_most(mode: ModeOfTrial, age: int, on: date) -> int:
    """The highest financial penalty in pounds for one offence, by the age on the day it is given (CON-5)."""
    return number(PENALTY_MOST[mode, age >= OLDER], on)


def _of_kind(facts: CaseFacts, *kinds: StepKind) -> list[ConditionFacts]:
    return [c for c in facts.conditions if c.kind in kinds]


def _is_ycc(facts: CaseFacts) -> bool:
    return Outcome.YCC in facts.outcomes


def _within_most(facts: CaseFacts) -> bool:
    """All penalties together against the offence of the caution that allows most."""
    asked = sum(c.amount_pence for c in _of_kind(facts, StepKind.PENALTY))
    modes = [o.mode for o in facts.offences if o.outcome is Outcome.YCC]
    if not asked or not modes:
        return True
    return asked <= 100 * max(penalty_most(mode, facts.age, facts.today) for mode in modes)


def _hours(facts: CaseFacts) -> int:
    return sum(c.hours for c in facts.conditions if c.purpose is not Purpose.REHABILITATION)


def _most_hours(facts: CaseFacts) -> int:
    most = number("ycc_nonrehabilitative_hours", facts.today)
    if facts.age < OLDER:
        return min(most, number("ycc_nonrehabilitative_hours_10_to_13", facts.today))
    return most


PLACE_AND_TIMES = CaseGuard(
    "place_and_times",
    lambda f: not _is_ycc(f) or all(c.placed for c in f.conditions if c.attends or c.hours),
    "A condition to attend must say where and at what times, so that the child knows both when the "
    "caution is given.",
    "CON-3",
    f"{ACT} s.66A(5): a condition to attend specifies the place and the times",
)
TWENTY_HOURS = CaseGuard(
    "twenty_hours",
    lambda f: not _is_ycc(f) or _hours(f) <= _most_hours(f),
    "Attendance that is not for rehabilitation may be 20 hours in all, or fewer where local policy sets a "
    "lower limit for a child under 14.",
    "CON-4",
    f"{ACT} s.66A(5)",
)
PENALTY_ONLY_YCC = CaseGuard(
    "penalty_only_ycc",
    lambda f: _is_ycc(f) or not _of_kind(f, StepKind.PENALTY),
    "A financial penalty can only be a condition of a youth conditional caution.",
    "CON-5",
    f"{ACT} s.66C",
)
MONEY_OBJECT = CaseGuard(
    "money_object",
    lambda f: all(c.purpose is BOUND_TO[c.kind] for c in f.conditions if c.kind in BOUND_TO),
    "A financial penalty is for punishment, and compensation is reparation: neither is for anything else.",
    "CON-5",
    f"{ACT} ss.66A(3)-(5), 66C",
)
PENALTY_STATED = CaseGuard(
    "penalty_stated",
    lambda f: all(c.amount_pence > 0 and c.payable for c in _of_kind(f, StepKind.PENALTY)),
    "A financial penalty must say the amount, to whom it is paid and how.",
    "CON-5",
    f"{ACT} s.66C",
)
PENALTY_WITHIN = CaseGuard(
    "penalty_within",
    _within_most,
    "The financial penalty is higher than the law allows for the child's age today and the offence: summary "
    "30 pounds (15 under 14), either way 50 (25), indictable only 75 (35).",
    "CON-5",
    ORDER,
)
PUNISHMENT_LAST = CaseGuard(
    "punishment_last",
    lambda f: not _is_ycc(f) or all(c.purpose is not Purpose.PUNISHMENT for c in f.conditions),
    "A condition is for punishment. That is only right where rehabilitation and reparation do not fit: say "
    "why they do not.",
    "CON-1",
    CODE,
    hard=False,
)
CHECKED_BY_TEAM = CaseGuard(
    "checked_by_team",
    lambda f: all(c.checked for c in f.conditions if c.kind in RESTRICTIVE),
    "A doorstep curfew, or staying away, needs the neighbourhood policing team that checks it: there is no "
    "electronic monitoring.",
    "CON-6",
    "HMI Probation, Bradford 2020",
    hard=False,
)
NOT_VAGUE = CaseGuard(
    "not_vague",
    lambda f: not any(c.vague for c in f.conditions),
    "A condition only names a topic. Say what the child will do and work on.",
    "CON-2",
    f"{CODE}; HMI Probation, Bradford 2020",
    hard=False,
)
PLACEMENT_FREE = CaseGuard(
    "placement_free",
    lambda f: not any(c.place_full for c in f.conditions),
    "A placement that was chosen is full by now: choose another one.",
    "CON-7",
    "The register of placements: children in one session",
)
PLACEMENT_SUITS = CaseGuard(
    "placement_suits",
    lambda f: all(c.place_suits for c in f.conditions),
    "A placement does not fit the child: its age, days, dates, company or risk assessment. Its form says "
    "what. Choose another, or say why it is right here.",
    "CON-7",
    "HMI Probation, Bradford 2020: suitable placements and weekends",
    hard=False,
)
HARD_ON_CONDITIONS = (
    PLACE_AND_TIMES,
    TWENTY_HOURS,
    PENALTY_ONLY_YCC,
    MONEY_OBJECT,
    PENALTY_STATED,
    PENALTY_WITHIN,
    PLACEMENT_FREE,
)
SOFT_ON_CONDITIONS = (PUNISHMENT_LAST, CHECKED_BY_TEAM, NOT_VAGUE, PLACEMENT_SUITS)
