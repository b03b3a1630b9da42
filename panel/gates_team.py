"""The access policy of the team pages and of extracts."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, reads
from workflows.roles import Role

TEAM: dict[str, Gate] = {
    "team.index": reads(frozenset({MANAGER, Role.INSPECTOR})),
    "team.person": reads(frozenset({MANAGER, Role.INSPECTOR})),
}
