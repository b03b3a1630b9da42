"""How the states of a case are called and coloured."""

from dataclasses import dataclass

from workflows.case import Status


@dataclass(frozen=True)
class Tag:
    """A word in a coloured tag; the word alone tells it all."""

    text: str
    colour: str = "grey"


STATUS: dict[Status, Tag] = {
    Status.DRAFT: Tag("Draft", "grey"),
    Status.SUBMITTED: Tag("Waiting to be accepted", "yellow"),
    Status.SENT_BACK: Tag("Sent back", "red"),
    Status.ACCEPTED: Tag("Being assessed", "blue"),
    Status.ASSESSED: Tag("Ready for panel", "light-blue"),
    Status.LISTED: Tag("Listed for panel", "turquoise"),
    Status.DEFERRED: Tag("Deferred", "orange"),
    Status.DECIDED: Tag("Decided, to be given", "purple"),
    Status.GIVEN: Tag("Given, YOT not told yet", "pink"),
    Status.NOTIFIED: Tag("Plan under way", "green"),
    Status.CLOSED: Tag("Closed", "grey"),
    Status.WITHDRAWN: Tag("Withdrawn", "grey"),
    Status.REJECTED: Tag("Turned down", "grey"),
}
