"""The access policy of the two policies of YOT and police, and of what was given without the panel."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, acts
from workflows.roles import POLICE

ALIGNMENT: dict[str, Gate] = {
    "before_panel.tell": acts(*POLICE, MANAGER),
}
