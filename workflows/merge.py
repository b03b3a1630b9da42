"""Two records turn out to be of one child: one person proposes, another confirms, and it can be undone."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register

ACCURATE = "Data Protection Act 2018 s.38: personal data must be accurate"


class Status(StrEnum):
    """Where a merge stands."""

    SEEN = "seen"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    UNDONE = "undone"


register(
    (
        (Status.SEEN, "Looked at"),
        (Status.PROPOSED, "Waits for a second person"),
        (Status.CONFIRMED, "Merged"),
        (Status.DECLINED, "Declined"),
        (Status.UNDONE, "Taken back"),
    )
)


@dataclass(frozen=True, kw_only=True)
class MergeFacts:
    """What the rules of a merge may look at."""

    reason: str = ""
    another_person: bool = False
    one_area: bool = False
    both_free: bool = False
    unchanged: bool = False
    decided_open: bool = False
    newest: bool = False


MergeGuard = Guard[MergeFacts]
REASON = MergeGuard("reason", lambda f: bool(f.reason.strip()), "Give a reason.", "DP-8", ACCURATE)
TWO_PEOPLE = MergeGuard(
    "two_people",
    lambda f: f.another_person,
    "You proposed this merge. A second, different person confirms it.",
    "DP-8",
    ACCURATE,
)
ONE_AREA = MergeGuard(
    "one_area",
    lambda f: f.one_area,
    "The two records have cases in different areas. Records are merged within one area only.",
    "DP-11",
    "Crime and Disorder Act 1998 s.115: sharing needs a purpose",
)
BOTH_FREE = MergeGuard(
    "both_free",
    lambda f: f.both_free,
    "One of the two records is merged already, or is part of another merge that waits to be confirmed.",
    "DP-8",
    ACCURATE,
)
UNCHANGED = MergeGuard(
    "unchanged",
    lambda f: f.unchanged,
    "One of the two records was changed after the merge was proposed. Decline it and look at both again.",
    "DP-8",
    ACCURATE,
)
NOT_DECIDED = MergeGuard(
    "not_decided",
    lambda f: not f.decided_open,
    "The panel has decided on a case of this child that is still open. What the panel saw should stay as it "
    "was until that case is closed.",
    "PAN-5",
    "Decision record minimum",
    hard=False,
)
NEWEST = MergeGuard(
    "newest",
    lambda f: f.newest,
    "One of the two records was merged again afterwards. Take that merge back first.",
    "DP-8",
    ACCURATE,
)
MANAGER = (Role.YOT_MANAGER,)

MERGE: Flow[Status, MergeFacts] = Flow(
    "merge",
    Status,
    Status.SEEN,
    (
        Move(
            "propose",
            Status.SEEN,
            Status.PROPOSED,
            by=(Role.YOT_MANAGER, Role.SECONDED),
            guards=(REASON, ONE_AREA, BOTH_FREE),
        ),
        Move(
            "confirm",
            Status.PROPOSED,
            Status.CONFIRMED,
            by=MANAGER,
            guards=(TWO_PEOPLE, ONE_AREA, BOTH_FREE, UNCHANGED, NOT_DECIDED),
        ),
        Move("decline", Status.PROPOSED, Status.DECLINED, by=MANAGER, guards=(REASON,)),
        Move("undo", Status.CONFIRMED, Status.UNDONE, by=MANAGER, guards=(REASON, NEWEST, NOT_DECIDED)),
    ),
)
