"""The access policy of what comes after the giving: keeping to it, liaison, the end."""

from panel.access import Gate
from panel.gate_kinds import CASE_MANAGER, MANAGER, WELFARE_READERS, acts, posts, reads
from workflows.roles import Role

# What a child tells there is for whoever helps the child, and not for the police.
LIAISON_READERS = frozenset({Role.LIAISON, CASE_MANAGER, MANAGER, Role.INSPECTOR})
AFTER_GIVING: dict[str, Gate] = {
    "compliance.view": reads(WELFARE_READERS | {Role.LIAISON}),
    "compliance.miss": acts(CASE_MANAGER, MANAGER),
    "compliance.act": acts(CASE_MANAGER, MANAGER),
    "compliance.police_turn": acts(Role.SECONDED),
    "compliance.warning": reads(WELFARE_READERS),
    "compliance.check": acts(Role.SECONDED, CASE_MANAGER, MANAGER),
    "compliance.index": reads(frozenset({CASE_MANAGER, MANAGER, Role.SECONDED, Role.INSPECTOR})),
    "closing.view": reads(WELFARE_READERS | {Role.LIAISON}),
    "closing.complete": acts(CASE_MANAGER, MANAGER),
    "closing.seen": posts(Role.SECONDED),
    "closing.release": acts(MANAGER, Role.SECONDED),
    "closing.summary": acts(CASE_MANAGER, MANAGER),
    "closing.printed": reads(WELFARE_READERS),
    "closing.feedback": acts(CASE_MANAGER, MANAGER),
    "closing.hand_over": posts(CASE_MANAGER, MANAGER),
    "closing.own": acts(CASE_MANAGER, MANAGER),
    "closing.thanks": reads(frozenset({CASE_MANAGER, MANAGER})),
    "closing.take_back": acts(CASE_MANAGER, MANAGER),
    "closing.codes": reads(frozenset({MANAGER, Role.SECONDED, CASE_MANAGER, Role.INSPECTOR})),
    "closing.export": reads(frozenset({MANAGER, Role.SECONDED})),
    "closing.figures": reads(frozenset({MANAGER, Role.INSPECTOR})),
    "liaison.view": reads(LIAISON_READERS),
    "liaison.act": acts(MANAGER, Role.LIAISON),
    "liaison.index": reads(frozenset({MANAGER, Role.LIAISON})),
    "victims.feedback": acts(Role.VICTIM_WORKER),
}
