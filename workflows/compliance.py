"""When something is missed: the rungs from the first call to the decision, which a person always makes."""

from dataclasses import dataclass
from datetime import date

from workflows.flow import Flow, Guard, Move
from workflows.keeping import ENDS, WITH_THE_POLICE, WITH_THE_YOT, Choice, Level, Status
from workflows.roles import Role
from workflows.vocabulary import CAUTIONS, DEFERRED_OUTCOMES, Outcome

WORKERS = (Role.CASE_MANAGER, Role.YOT_MANAGER)
# They enter what a named decision-maker of the police decides: the record holds what the child told.
DECIDERS = (Role.SECONDED,)


@dataclass(frozen=True, kw_only=True)
class MatterFacts:
    """What the rules of the ladder look at.

    `excuse` is True when a police decision-maker found it reasonable, False when not, None before that.
    `last_day` is the last on which any of the offences can be charged, None where there is no limit.
    """

    today: date
    outcome: Outcome | None = None
    reason: str = ""
    answered: bool = False
    warned: bool = False
    final: bool = False
    met: bool = False
    level: Level | None = None
    conditions_named: bool = False
    child_signed: bool = False
    plan_runs: bool = True
    all_done: bool = False
    told_by: date | None = None
    excuse: bool | None = None
    choice: Choice | None = None
    named: bool = False
    last_day: date | None = None


MatterGuard = Guard[MatterFacts]
CDA_BREACH = "Crime and Disorder Act 1998 s.66E"
GUIDANCE = "Our default; HM Inspectorate of Probation, Bradford inspection, January 2020"
REASON = MatterGuard("matter_reason", lambda f: bool(f.reason.strip()), "Give a reason.", "BR-1", CDA_BREACH)
ANSWERED_FIRST = MatterGuard(
    "answered_first",
    lambda f: f.answered or f.met,
    "Nobody has spoken with the child and family about it yet.",
    "YC-7",
    GUIDANCE,
    hard=False,
)
FIRST_BEFORE_FINAL = MatterGuard(
    "first_before_final",
    lambda f: f.level is not Level.FINAL or f.warned,
    "There has been no first warning yet.",
    "YC-7",
    GUIDANCE,
    hard=False,
)
FINAL_GIVEN = MatterGuard(
    "final_given", lambda f: f.final, "There has been no final warning.", "YC-7", GUIDANCE, hard=False
)
MET_FIRST = MatterGuard(
    "met_first",
    lambda f: f.met,
    "There has been no meeting to find out what stood in the way.",
    "YC-7",
    GUIDANCE,
    hard=False,
)
IS_CONDITIONAL = MatterGuard(
    "is_conditional",
    lambda f: f.outcome is Outcome.YCC,
    "Only a condition of a youth conditional caution can be breached.",
    "BR-1",
    CDA_BREACH,
)
IS_CAUTION = MatterGuard(
    "is_caution",
    lambda f: f.outcome is Outcome.YC,
    "A report of not taking part is written about the programme after a youth caution.",
    "YC-7",
    "Crime and Disorder Act 1998 s.66ZB(7)",
)
IS_VOLUNTARY = MatterGuard(
    "is_voluntary",
    lambda f: f.outcome is not None and f.outcome not in (*CAUTIONS, *DEFERRED_OUTCOMES),
    "Only what is voluntary ends in this way.",
    "CR-5",
    "Ask the Police: community resolutions are not enforceable",
)
IS_DEFERRED = MatterGuard(
    "is_deferred",
    lambda f: f.outcome in DEFERRED_OUTCOMES,
    "Only a deferred prosecution or caution goes back to the police in this way.",
    "O22-2",
    "Outcomes 22 and 23: the decision that was held back stands",
)
CONDITION_NAMED = MatterGuard(
    "condition_named",
    lambda f: f.conditions_named,
    "Say which condition was not kept.",
    "BR-1",
    CDA_BREACH,
)
CHILD_SIGNED = MatterGuard(
    "child_signed",
    lambda f: f.child_signed,
    "The child did not sign the caution, so there is no signed condition that can be breached.",
    "YCC-R5",
    "Crime and Disorder Act 1998 s.66B",
    where="disposal",
)
IN_FORCE = MatterGuard(
    "in_force",
    lambda f: f.plan_runs and not f.all_done,
    "Every condition has been kept, or the caution is over: it cannot be breached any more.",
    "BR-3",
    CDA_BREACH,
    where="plan",
)
TOLD_IN_TIME = MatterGuard(
    "told_in_time",
    lambda f: f.told_by is None or f.today <= f.told_by,
    "The police should have been told by the next working day: say why it is later.",
    "BR-6",
    GUIDANCE,
    hard=False,
)
NAMED = MatterGuard(
    "decided_by_name",
    lambda f: f.named,
    "Give the name, rank and authority of the person who decides for the police.",
    "BR-4",
    "A breach is decided by an authorised person and never by a computer; DPP guidance (YCC-1)",
)
EXCUSE_CONSIDERED = MatterGuard(
    "excuse_considered",
    lambda f: f.outcome is not Outcome.YCC or f.excuse is not None,
    "The police have to say first whether the child had a reasonable excuse.",
    "BR-1",
    CDA_BREACH,
)
UNEXCUSED = MatterGuard(
    "unexcused",
    lambda f: f.choice is not Choice.PROSECUTE or f.outcome is not Outcome.YCC or f.excuse is not True,
    "The excuse was found reasonable, so the child cannot be prosecuted for this.",
    "BR-1",
    CDA_BREACH,
)
VARIES_CAUTION = MatterGuard(
    "varies_caution",
    lambda f: f.choice is not Choice.VARY or f.outcome is Outcome.YCC,
    "Only the conditions of a youth conditional caution are varied in this way.",
    "VAR-1",
    "Crime and Disorder Act 1998 s.66D",
)
IN_TIME = MatterGuard(
    "in_time",
    lambda f: f.choice is not Choice.PROSECUTE or f.last_day is None or f.today <= f.last_day,
    "The time to prosecute has run out, so nobody can be prosecuted for this offence any more.",
    "LIM-2",
    "Magistrates' Courts Act 1980 s.127",
)
CHOSEN = MatterGuard(
    "choice_made", lambda f: f.choice is not None, "Say what the police decide.", "BR-1", CDA_BREACH
)

TO_DECIDE = (CHOSEN, NAMED, REASON, EXCUSE_CONSIDERED, UNEXCUSED, VARIES_CAUTION, IN_TIME)

COMPLIANCE: Flow[Status, MatterFacts] = Flow(
    "matter",
    Status,
    Status.MISSED,
    (
        Move("answer", (Status.MISSED, Status.ANSWERED), Status.ANSWERED, by=WORKERS),
        # Something else is missed while the matter is with the YOT: it waits for an answer again.
        Move("miss_again", (Status.ANSWERED, Status.WARNED, Status.MET), Status.MISSED, by=WORKERS),
        Move("warn", WITH_THE_YOT, Status.WARNED, by=WORKERS, guards=(FIRST_BEFORE_FINAL,)),
        Move("meet", WITH_THE_YOT, Status.MET, by=WORKERS),
        Move("settle", WITH_THE_YOT, Status.SETTLED, by=WORKERS, guards=(REASON, ANSWERED_FIRST)),
        Move(
            "allege",
            WITH_THE_YOT,
            Status.ALLEGED,
            by=WORKERS,
            guards=(
                *(IS_CONDITIONAL, CONDITION_NAMED, CHILD_SIGNED, IN_FORCE),
                *(ANSWERED_FIRST, FINAL_GIVEN, MET_FIRST, TOLD_IN_TIME),
            ),
        ),
        Move(
            "report",
            WITH_THE_YOT,
            Status.REPORTED,
            by=WORKERS,
            guards=(IS_CAUTION, REASON, ANSWERED_FIRST, MET_FIRST),
        ),
        Move(
            "end_voluntary",
            WITH_THE_YOT,
            Status.NOT_ENFORCED,
            by=WORKERS,
            guards=(IS_VOLUNTARY, REASON, ANSWERED_FIRST),
        ),
        Move(
            "return",
            WITH_THE_YOT,
            Status.RETURNED,
            by=WORKERS,
            guards=(IS_DEFERRED, REASON, ANSWERED_FIRST, MET_FIRST, TOLD_IN_TIME),
        ),
        Move("consider", Status.ALLEGED, Status.CONSIDERED, by=DECIDERS, guards=(NAMED, REASON)),
        *(
            Move(
                "decide",
                WITH_THE_POLICE,
                end,
                by=DECIDERS,
                guards=TO_DECIDE,
                when=lambda f, chosen=choice: f.choice is chosen,  # type: ignore[misc]
            )
            for choice, end in ENDS.items()
        ),
        Move(
            "start_proceedings", Status.PROSECUTED, Status.PROCEEDINGS, by=DECIDERS, guards=(NAMED, IN_TIME)
        ),
    ),
)


def turn(status: Status) -> str:
    """Whose turn it is; empty when the matter is over."""
    if status in WITH_THE_YOT:
        return "the case manager"
    return "the police" if status in WITH_THE_POLICE else ""


def next_step(status: Status, *, warned: bool, final: bool, met: bool, outcome: Outcome | None) -> str:
    """The usual next rung in a sentence; guidance, and a person may go another way with a reason."""
    if status is Status.MISSED:
        return "Speak with the child and family, and write down what they say."
    if status in WITH_THE_YOT:
        if not warned:
            return "If it is settled, say so. Otherwise give a first warning in writing."
        if not met:
            return "Meet with the child and family: find out what stands in the way, and what would help."
        if not final:
            return "If it is settled, say so. Otherwise give a final warning."
        return _last(outcome)
    return {
        Status.ALLEGED: "A police decision-maker considers whether there was a reasonable excuse.",
        Status.CONSIDERED: "A police decision-maker decides: continue, vary, prosecute, or nothing.",
        Status.RETURNED: "A police decision-maker decides what becomes of the decision that was held back.",
        Status.PROSECUTED: "The police write down when proceedings were started, or decide again.",
    }.get(status, "Nothing: this matter is over.")


def _last(outcome: Outcome | None) -> str:
    if outcome is Outcome.YCC:
        return "If it is settled, say so. Otherwise report the possible breach to the police."
    if outcome is Outcome.YC:
        return "If it is settled, say so. Otherwise write the report of not taking part for the file."
    if outcome in DEFERRED_OUTCOMES:
        return "If it is settled, say so. Otherwise return it to the police, who decide."
    return "If it is settled, say so. Otherwise end it: it was voluntary, and nothing else follows."


def last_day_of_all(days: tuple[date | None, ...]) -> date | None:
    """Until when any of the offences can be charged; None when one of them has no limit (LIM-1)."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
