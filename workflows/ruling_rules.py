"""The rules of what follows the panel's decision: rescinding it, or the police's last word."""

from workflows.case_facts import CaseGuard
from workflows.case_rules import REASON
from workflows.decision_rules import TO_DECIDE

TERMS = "Joint panel terms of reference"
YCC_1 = "Crime and Disorder Act 1998 s.66A(7); DPP guidance on youth conditional cautions"

RESCINDED_BY_TWO = CaseGuard(
    "rescinded_by_two",
    lambda f: f.rescinded_by_two,
    "A YOT manager and the police rescind a decision together.",
    "PAN-3",
    TERMS,
)
POLICE_CODED = CaseGuard(
    "police_coded",
    lambda f: f.police_coded,
    "Choose why the police decide otherwise.",
    "PAN-2",
    TERMS,
)
POLICE_NAMED = CaseGuard(
    "police_named",
    lambda f: f.police_named,
    "Name who decided for the police, with rank and authority.",
    "YCC-1",
    YCC_1,
)
POLICE_DIFFERS = CaseGuard(
    "police_differs",
    lambda f: f.police_differs,
    "This is what stands already: there is no other decision of the police to record.",
    "PAN-2",
    TERMS,
)
# What binds only the panel as a meeting; every other hard rule of an outcome binds the police too.
OF_THE_MEETING = frozenset(
    {
        *("meeting_open", "quorate", "positions", "reason", "took_place_by_now", "late_explained"),
        *("countersigned", "papers_published", "papers_current"),
    }
)
OF_THE_OUTCOME = tuple(guard for guard in TO_DECIDE if guard.hard and guard.name not in OF_THE_MEETING)
TO_POLICE_DECIDE = (POLICE_CODED, POLICE_NAMED, REASON, POLICE_DIFFERS, *OF_THE_OUTCOME)
TO_RESCIND = (RESCINDED_BY_TWO, REASON)
