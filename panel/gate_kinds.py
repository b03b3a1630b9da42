"""Kinds of gates, and the groups of roles that several routes share."""

from panel.access import Gate
from workflows.roles import Role

PUBLIC = Gate(public=True, once=False)
ANYONE = frozenset(set(Role) - {Role.CHAIR})
# Whoever may open a case at all; which cases is decided by `referrals.queries.scope`.
CASE_READERS = frozenset(
    {
        Role.OFFICER,
        Role.SECONDED,
        Role.CASE_MANAGER,
        Role.YOT_MANAGER,
        Role.VICTIM_WORKER,
        Role.LIAISON,
        Role.INSPECTOR,
    }
)
# Whoever looks after records of children: proposes a merge, or says that two children are two.
KEEPERS = frozenset({Role.YOT_MANAGER, Role.SECONDED})
PANEL = frozenset({Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER})
# Papers about the child's life: not for the operational officer, nor before there is a decision to act on.
WELFARE_READERS = frozenset(
    {Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER, Role.INSPECTOR}
)


def reads(roles: frozenset[Role]) -> Gate:
    """A page that nobody can act on."""
    return Gate(read=roles)


def acts(*roles: Role) -> Gate:
    """A form: who may see it may send it."""
    return Gate(read=frozenset(roles), act=frozenset(roles))


def takes(*roles: Role) -> Gate:
    """A form that gives a file: it reads for long before it writes what was taken."""
    return Gate(read=frozenset(roles), act=frozenset(roles), late=True)


def posts(*roles: Role) -> Gate:
    """A button without a page of its own."""
    return Gate(act=frozenset(roles))


MANAGER, CASE_MANAGER = Role.YOT_MANAGER, Role.CASE_MANAGER
