"""Where a case comes from, who may start it, and which clock its source sets."""

from collections.abc import Collection
from enum import StrEnum

from workflows.roles import POLICE, Role
from workflows.vocabulary import register


class Source(StrEnum):
    """How a case came to the service (PAN-4, RET-1, KNF-1)."""

    POLICE = "police_referral"
    COURT = "returned_by_court"
    PRE_CHARGE = "pre_charge_consultation"
    LIAISON = "liaison_and_diversion"
    TRANSFER = "transferred"
    LIST = "found_on_the_list"


register(
    (
        (Source.POLICE, "The police refer the child"),
        (Source.COURT, "Returned by the youth court"),
        (Source.PRE_CHARGE, "Pre-charge consultation"),
        (Source.LIAISON, "Liaison and diversion"),
        (Source.TRANSFER, "Transferred from another area"),
        (Source.LIST, "Found on the force's list of disposals: we were not told"),
    )
)

MAY_START: dict[Source, tuple[Role, ...]] = {
    Source.POLICE: POLICE,
    Source.COURT: (*POLICE, Role.YOT_MANAGER),
    Source.PRE_CHARGE: (*POLICE, Role.YOT_MANAGER),
    Source.LIAISON: (Role.LIAISON,),
    Source.TRANSFER: (*POLICE, Role.YOT_MANAGER),
    Source.LIST: (Role.SECONDED, Role.YOT_MANAGER, Role.LIAISON),
}
# What a row of the force's list opens; nobody chooses it by hand, so no question offers it.
BY_ITSELF = (Source.LIST,)
# The child need not have said anything to the police yet.
WITHOUT_ADMISSION = (Source.COURT, Source.PRE_CHARGE, Source.LIAISON, Source.LIST)
# What was asked has an answer only when the panel has decided; a transfer, when it is taken up.
ANSWERED_BY_DECISION = (Source.COURT, Source.PRE_CHARGE)


def sources_for(roles: Collection[Role]) -> tuple[Source, ...]:
    """The sources that a person with these roles may choose for a case."""
    return tuple(one for one in MAY_START if one not in BY_ITSELF and may_come(one, roles))


def may_come(source: Source, roles: Collection[Role]) -> bool:
    """Whether a case of this source may be sent by a person with these roles."""
    return bool(set(MAY_START[source]) & set(roles))


def usual_source(roles: Collection[Role]) -> Source | None:
    """The source that needs no question: of the police, and of whoever has only one."""
    offered = sources_for(roles)
    return offered[0] if Source.POLICE in offered or len(offered) == 1 else None
