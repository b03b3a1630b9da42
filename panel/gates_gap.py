"""The access policy of the gap: what the police gave and we were not told of."""

from panel.access import Gate
from panel.gate_kinds import CASE_MANAGER, MANAGER, acts, reads, takes
from workflows.gap_work import ASKERS, FOLLOWERS, OPENERS
from workflows.roles import Role

LOOKERS = frozenset({MANAGER, Role.SECONDED, Role.INSPECTOR})
GAP: dict[str, Gate] = {
    "gap.index": reads(LOOKERS),
    "gap.trend": reads(LOOKERS),
    "gap.listing": reads(LOOKERS | {CASE_MANAGER, Role.LIAISON}),
    "gap.export": takes(*ASKERS),
    "gap.export_named": takes(MANAGER),
    "gap.ask": acts(*ASKERS),
    "gap.queries_index": reads(LOOKERS),
    "gap.query": reads(LOOKERS),
    "gap.letter": reads(frozenset(ASKERS)),
    "gap.rows_csv": reads(frozenset(ASKERS)),
    "gap.answer": acts(*ASKERS),
    "gap.refer": acts(*OPENERS),
    "gap.match": acts(*OPENERS),
    "gap.match_details": acts(*OPENERS),
    "gap.offence": acts(*OPENERS),
    "gap.follow_up": acts(*FOLLOWERS),
}
