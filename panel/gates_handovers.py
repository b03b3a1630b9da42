"""The access policy of handing a case over."""

from panel.access import Gate
from panel.gate_kinds import CASE_MANAGER, MANAGER, acts

HANDOVERS: dict[str, Gate] = {
    "handovers.give": acts(MANAGER),
    "handovers.given": acts(CASE_MANAGER),
}
