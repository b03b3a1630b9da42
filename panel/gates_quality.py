"""The access policy of data quality."""

from panel.access import Gate
from panel.gate_kinds import CASE_MANAGER, MANAGER, acts, reads
from workflows.roles import Role

READERS = frozenset({CASE_MANAGER, MANAGER, Role.INSPECTOR})
QUALITY: dict[str, Gate] = {
    "quality.index": reads(READERS),
    "quality.listing": reads(READERS),
    "quality.review": acts(CASE_MANAGER, MANAGER),
    "quality.undo": acts(CASE_MANAGER, MANAGER),
    "quality.equality": acts(CASE_MANAGER, MANAGER),
}
