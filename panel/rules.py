"""Every rule of every flow, for the pages that explain them and the tests that count them."""

from itertools import chain
from typing import Any

from workflows.action import ACTION
from workflows.admission import ADMISSION
from workflows.appointment import APPOINTMENT
from workflows.assessment import ASSESSMENT
from workflows.audit import AUDIT_ROUND, AUDITED_CASE, CASE_AUDIT
from workflows.case import CASE
from workflows.compliance import COMPLIANCE
from workflows.contact import CONTACT
from workflows.disposal import DISPOSAL
from workflows.flow import Flow
from workflows.liaison import LIAISON
from workflows.meeting import MEETING
from workflows.merge import MERGE
from workflows.minutes import MINUTES
from workflows.plan import PLAN
from workflows.police import POLICE_DISPOSAL
from workflows.police_list import POLICE_LIST
from workflows.ruling import CORRECTION, RESCISSION
from workflows.scrutiny import ROUND, SAMPLED
from workflows.variation import VARIATION

FLOWS: tuple[Flow[Any, Any], ...] = (
    CASE,
    ADMISSION,
    ASSESSMENT,
    MEETING,
    APPOINTMENT,
    DISPOSAL,
    PLAN,
    COMPLIANCE,
    LIAISON,
    CONTACT,
    VARIATION,
    MERGE,
    CORRECTION,
    RESCISSION,
    ACTION,
    MINUTES,
    ROUND,
    SAMPLED,
    POLICE_DISPOSAL,
    POLICE_LIST,
    AUDIT_ROUND,
    AUDITED_CASE,
    CASE_AUDIT,
)
RULE_SENTENCES: dict[str, str] = {
    guard.name: guard.says for guard in chain.from_iterable(flow.guards() for flow in FLOWS)
}
