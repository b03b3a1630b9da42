"""Who may write in a referral, and until when."""

from collections.abc import Collection

from panel.access import Actor
from panel.referrals.models import Referral
from workflows.case import BEFORE_DECISION
from workflows.flow import NotYours, Refusal, Refused
from workflows.roles import POLICE, Role

DECIDED = Refusal(
    "decided",
    "The panel has decided this case, so what it was told can no longer be changed here.",
    "PAN-5",
    "Decision record minimum",
    True,
)


def may_write(referral: Referral, roles: Collection[Role], user_id: int) -> bool:
    """Whether the referral is this person's to write: the police's, or of whoever started it."""
    return bool(set(POLICE) & set(roles)) or referral.referred_by_id == user_id


def editable(referral: Referral, by: Actor | None = None) -> None:
    """Raise `Refused` when the panel has decided, `NotYours` for somebody else's referral."""
    if by is not None and not may_write(referral, by.roles_in(referral.area_id), by.id):
        raise NotYours("case.edit")
    if referral.status not in BEFORE_DECISION:
        raise Refused("case", "edit", (DECIDED,))
