"""The access policy of the board pack: managers make it, board and inspectors read what is published."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, acts, posts, reads
from workflows.roles import Role

BOARD_READS = frozenset({MANAGER, Role.BOARD, Role.INSPECTOR})
BOARD_PACK: dict[str, Gate] = {
    "board_pack.index": reads(BOARD_READS),
    "board_pack.view": reads(BOARD_READS),
    "board_pack.version": reads(BOARD_READS),
    "board_pack.printed": reads(BOARD_READS),
    "board_pack.workbook": reads(BOARD_READS),
    "board_pack.asked": reads(BOARD_READS),
    "board_pack.make": posts(MANAGER),
    "board_pack.draft": reads(frozenset({MANAGER})),
    "board_pack.preview": reads(frozenset({MANAGER})),
    "board_pack.cases": reads(frozenset({MANAGER})),
    "board_pack.front": acts(MANAGER),
    "board_pack.text": acts(MANAGER),
    "board_pack.publish": acts(MANAGER),
    "board_pack.ask": acts(MANAGER),
    "board_pack.close": acts(MANAGER),
}
