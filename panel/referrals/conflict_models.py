"""Conflicts of interest as declared and as lifted; nothing of either is ever changed."""

from datetime import datetime

from panel.columns import link, moment, prose, word
from panel.tables import Row
from workflows.conflict import ConflictKind


class Conflict(Row, table=True):
    """One person's conflict of interest in one case; it goes with the case from meeting to meeting."""

    __tablename__ = "conflict"
    referral_id: int = link("referral.id")
    user_id: int = link("user_account.id")
    kind: ConflictKind = word(ConflictKind)
    text: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class ConflictLifting(Row, table=True):
    """One of the two steps by which a conflict is lifted: proposed by one person, confirmed by another."""

    __tablename__ = "conflict_lifting"
    conflict_id: int = link("conflict.id")
    reason: str = prose()
    by_id: int = link("user_account.id", index=False)
    led: bool
    confirms_id: int | None = link("conflict_lifting.id", null=True, unique=True)
    at: datetime = moment()
