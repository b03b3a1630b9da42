"""The access policy of the team pages and of extracts."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, reads, takes
from workflows.extracts import NAMERS, TAKERS
from workflows.roles import Role

TEAM: dict[str, Gate] = {
    "team.index": reads(frozenset({MANAGER, Role.INSPECTOR})),
    "team.person": reads(frozenset({MANAGER, Role.INSPECTOR})),
    "extracts.index": reads(frozenset(TAKERS)),
    "extracts.view": reads(frozenset(TAKERS)),
    "extracts.take": takes(*TAKERS),
    "extracts.take_named": takes(*NAMERS),
}
