"""The rules of the record of a decision: its day, and what it has to say (PAN-5)."""

from config.policy import number
from workflows.case_facts import CaseGuard

MINIMUM = "Decision record minimum"

TOOK_PLACE_BY_NOW = CaseGuard(
    "took_place_by_now",
    lambda f: f.took_place_on is None or f.took_place_on <= f.today,
    "The decision cannot have been made on a day that is still to come.",
    "PAN-5",
    MINIMUM,
)
LATE_EXPLAINED = CaseGuard(
    "late_explained",
    lambda f: (
        f.took_place_on is None
        or (f.today - f.took_place_on).days <= number("decision_recorded_within", f.today)
        or bool(f.late_reason.strip())
    ),
    "The decision was made more than a day before it is recorded: say why it is recorded only now.",
    "PAN-5",
    MINIMUM,
)
EVIDENCE_TOLD = CaseGuard(
    "evidence_told",
    lambda f: f.evidence_told,
    "Write down how the police see the evidence: the record has to say so.",
    "PAN-5",
    MINIMUM,
    hard=False,
)
OF_THE_RECORD = (TOOK_PLACE_BY_NOW, LATE_EXPLAINED, EVIDENCE_TOLD)
