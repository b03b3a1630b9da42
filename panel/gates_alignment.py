"""The access policy of the two policies of YOT and police, and of what was given without the panel."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, acts, reads
from workflows.roles import POLICE, Role

# Whoever may open the cases behind the figures. The board reads the policies only: figures that are counted
# anew for each reader tell of one child from one day to the next, so the board's are in its packs (DP-13).
ALIGNS = frozenset({MANAGER, Role.SECONDED, Role.INSPECTOR})
ALIGNMENT: dict[str, Gate] = {
    "before_panel.tell": acts(*POLICE, MANAGER),
    "alignment.index": reads(ALIGNS | {Role.BOARD}),
    "alignment.trend": reads(ALIGNS),
    "alignment.changes": reads(ALIGNS | {Role.BOARD}),
    "alignment.cases": reads(ALIGNS),
    "alignment.printed": reads(ALIGNS),
}
