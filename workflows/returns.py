"""The ways in which a referral comes back from the YOT."""

from enum import StrEnum

from workflows.vocabulary import register


class Round(StrEnum):
    """Sent back to be put right, or turned down for good."""

    SENT_BACK = "sent_back"
    REJECTED = "rejected"


register(((Round.SENT_BACK, "Sent back"), (Round.REJECTED, "Turned down")))
