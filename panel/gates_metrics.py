"""The access policy of the metrics: the board reads totals, files are made by managers only."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, reads, takes
from workflows.roles import Role

# Whoever may open the cases behind the figures.
LOOKERS = frozenset({MANAGER, Role.INSPECTOR})
METRICS: dict[str, Gate] = {
    "metrics.index": reads(LOOKERS | {Role.BOARD}),
    "metrics.metric": reads(LOOKERS | {Role.BOARD}),
    "metrics.how": reads(LOOKERS | {Role.BOARD}),
    "metrics.listing": reads(LOOKERS),
    "metrics.coming": reads(LOOKERS),
    "metrics.export": takes(MANAGER),
    "metrics.milestones": takes(MANAGER),
    "metrics.milestones_named": takes(MANAGER),
}
