"""The rules of case audits, and what they look at."""

from dataclasses import dataclass, field
from datetime import date

from workflows.audit_words import LeftOut, RoundStatus
from workflows.flow import Guard

BRADFORD = "HM Inspectorate of Probation, Bradford inspection, January 2020: how cases were drawn and judged"
OWN = "Inspection digest, 2: rules of the form"


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """What the rules of a round may look at."""

    today: date
    since: date
    until: date
    eligible: int = 0
    form_questions: int = 0
    auditors: int = 0
    waiting: int = 0
    to_moderate: int = 0
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class SampledFacts:
    """What the rules of one case may look at; `differing` are the items on which two auditors differ.

    `free` is how many auditors of the round may audit it, `left_out` why it is to leave the sample.
    """

    round_status: RoundStatus
    finished: int = 0
    needed: int = 1
    free: int = 0
    left_out: LeftOut | None = None
    differing: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    judged_it: bool = False
    tied: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditFacts:
    """What the rules of one audit may look at; `ties` says in words what the auditor was in the case."""

    round_status: RoundStatus
    invited: bool = True
    in_sample: bool = True
    ties: tuple[str, ...] = ()
    others: int = 0
    needed: int = 1
    unanswered: tuple[str, ...] = ()
    without_note: tuple[str, ...] = field(default_factory=tuple)


R, S, A = Guard[RoundFacts], Guard[SampledFacts], Guard[AuditFacts]
PERIOD = R(
    "audit_period",
    lambda f: f.since <= f.until <= f.today,
    "The period must lie in the past, with its first day before its last.",
    "AUD-1",
    BRADFORD,
)
ELIGIBLE = R(
    "audit_eligible",
    lambda f: f.eligible > 0,
    "No disposal was given in this period: choose a longer one.",
    "AUD-1",
    BRADFORD,
)
FORM_READ = R(
    "audit_form_read",
    lambda f: f.form_questions > 0,
    "The questions of this framework were not read yet, so there is no form for it.",
    "AUD-2",
    OWN,
)
AUDITORS = R(
    "audit_auditors",
    lambda f: f.auditors > 0,
    "Name at least one auditor; two when cases are to be audited twice.",
    "AUD-4",
    OWN,
)
ALL_AUDITED = R(
    "audit_all_audited",
    lambda f: f.waiting == 0,
    "Some audits of the sample are not finished yet.",
    "AUD-2",
    OWN,
)
ALL_MODERATED = R(
    "audit_all_moderated",
    lambda f: f.to_moderate == 0,
    "Two auditors differ about a case, and no third person has settled it yet.",
    "AUD-5",
    OWN,
)
WORDS = R(
    "audit_words",
    lambda f: bool(f.words.strip()),
    "Say what is learned from the round, or why it is dropped.",
    "AUD-2",
    OWN,
)
RUNNING = S(
    "audit_running",
    lambda f: f.round_status is RoundStatus.OPEN,
    "The round is over: its sample and answers stay as they are.",
    "AUD-1",
    BRADFORD,
)
NOT_AUDITED = S(
    "audit_not_audited",
    lambda f: f.finished == 0,
    "Somebody has finished an audit of this case: it stays in the sample.",
    "AUD-1",
    BRADFORD,
)
NOBODY_FREE = S(
    "audit_nobody_free",
    lambda f: f.left_out is not LeftOut.NO_AUDITOR or f.free < f.needed,
    "As many auditors of this round as the case needs never worked on it: it stays, or has another reason.",
    "AUD-1",
    OWN,
)
SAYS_WHY = S(
    "audit_says_why",
    lambda f: bool(f.words.strip()),
    "Give a reason, or say what the case manager should know.",
    "AUD-1",
    BRADFORD,
)
BOTH_FINISHED = S(
    "audit_both_finished",
    lambda f: f.finished >= f.needed,
    "Not every audit of this case is finished yet.",
    "AUD-5",
    OWN,
)
DIFFERS = S(
    "audit_differs",
    lambda f: bool(f.differing),
    "The auditors do not differ: there is nothing to settle.",
    "AUD-5",
    OWN,
)
THIRD_PERSON = S(
    "audit_third_person",
    lambda f: not f.judged_it and not f.tied,
    "A third person settles it: neither of the two auditors, nor anybody who worked on the case.",
    "AUD-5",
    OWN,
)
ALL_SETTLED = S(
    "audit_all_settled",
    lambda f: f.settled == f.differing,
    "Settle every answer on which the two differ, and no other.",
    "AUD-5",
    OWN,
)
SETTLED_FIRST = S(
    "audit_settled_first",
    lambda f: not (f.differing - f.settled),
    "The two auditors differ: a third person settles that before the case manager is told.",
    "AUD-5",
    OWN,
)
ROUND_OPEN = A(
    "audit_round_open",
    lambda f: f.round_status is RoundStatus.OPEN and f.in_sample,
    "This case is not with the auditors now.",
    "AUD-2",
    OWN,
)
INVITED = A(
    "audit_invited",
    lambda f: f.invited,
    "You are not one of the auditors of this round.",
    "AUD-4",
    OWN,
)
INDEPENDENT = A(
    "audit_independent",
    lambda f: not f.ties,
    "You worked on this case as its case manager, author or countersigner, so somebody else audits it.",
    "AUD-4",
    OWN,
)
PLACE_LEFT = A(
    "audit_place_left",
    lambda f: f.others < f.needed,
    "Somebody else is auditing this case already.",
    "AUD-4",
    OWN,
)
COMPLETE = A(
    "audit_complete",
    lambda f: not f.unanswered,
    "Answer every prompt and every key question, and give your own two classifications.",
    "AUD-2",
    OWN,
)
NOTED = A(
    "audit_noted",
    lambda f: not f.without_note,
    "Say why, beside each key question that you answer with no or not applicable.",
    "AUD-2",
    OWN,
)
