"""The access policy of what the police tell us of disposals, and of the forces themselves."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, PUBLIC, acts, posts, reads
from workflows.roles import POLICE, Role

# Who reads the records of an area; an officer reads those of which that officer told us.
AREA_READERS = frozenset({MANAGER, Role.SECONDED, Role.CASE_MANAGER, Role.LIAISON, Role.INSPECTOR})
ADMIN = frozenset({Role.ADMIN})
POLICE_DISPOSALS: dict[str, Gate] = {
    "police.tell": acts(*POLICE),
    "police.sent": reads(frozenset(POLICE)),
    "police.mine": reads(frozenset(POLICE)),
    "police.index": reads(AREA_READERS),
    "police.view": reads(AREA_READERS | {Role.OFFICER}),
    "police.acknowledge": posts(MANAGER, Role.SECONDED, Role.CASE_MANAGER, Role.LIAISON),
    "police.set_aside": acts(MANAGER, Role.SECONDED),
    "police.count_again": acts(MANAGER, Role.SECONDED),
    "police.open_cases": acts(MANAGER, Role.SECONDED),
    "forces.index": reads(ADMIN),
    "forces.view": reads(ADMIN),
    "forces.add": acts(Role.ADMIN),
    "forces.change": acts(Role.ADMIN),
    "forces.token": acts(Role.ADMIN),
    "forces.end": posts(Role.ADMIN),
    # A token of a force lets in, and nothing else does.
    "api.tell": PUBLIC,
    "api.openapi": PUBLIC,
}
