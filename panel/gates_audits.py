"""The access policy of case audits: who runs rounds, who audits, who reads what was found."""

from panel.access import Gate
from panel.gate_kinds import CASE_MANAGER, MANAGER, acts, posts, reads
from workflows.audit import AUDITOR_ROLES, MODERATORS
from workflows.roles import Role

LOOKERS = frozenset({MANAGER, Role.INSPECTOR})
AUDITORS = frozenset(AUDITOR_ROLES)
AUDITS: dict[str, Gate] = {
    "audits.index": reads(AUDITORS),
    "audits.open_round": acts(MANAGER),
    "audits.view": reads(LOOKERS),
    "audits.exclude": acts(MANAGER),
    "audits.end": acts(MANAGER),
    "audits.result": reads(LOOKERS),
    "audits.settle": acts(*MODERATORS),
    "audits.feed_back": acts(MANAGER),
    "audits.differing": reads(LOOKERS),
    "audits.sample": reads(AUDITORS),
    "audits.case": reads(AUDITORS),
    "audits.file": reads(AUDITORS),
    "audits.paper": reads(AUDITORS),
    "audits.begin": posts(*AUDITOR_ROLES),
    "audits.part": acts(*AUDITOR_ROLES),
    "audits.finish": posts(*AUDITOR_ROLES),
    "audits.of_case": Gate(
        read=frozenset({CASE_MANAGER, MANAGER, Role.INSPECTOR}), act=frozenset({CASE_MANAGER})
    ),
}
