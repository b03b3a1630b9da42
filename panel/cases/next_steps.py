"""What happens next in a case: one sentence, whose turn it is, and the buttons of the reader."""

from collections.abc import Collection
from dataclasses import dataclass

from panel.referrals.models import Referral
from panel.referrals.writers import may_write
from workflows.case import BEFORE_DECISION, Status
from workflows.roles import POLICE, REFERRERS, Role

MANAGER, WORKER = Role.YOT_MANAGER, Role.CASE_MANAGER


@dataclass(frozen=True)
class Turn:
    """What a status waits for."""

    sentence: str
    whose: str
    by: tuple[Role, ...]
    buttons: tuple[tuple[str, str], ...]


TURNS: dict[Status, Turn] = {
    Status.DRAFT: Turn(
        "Whoever started this referral finishes it and sends it.",
        "Waiting for whoever started it",
        REFERRERS,
        (("Go on with the referral", "referrals.tasks"),),
    ),
    Status.SUBMITTED: Turn(
        "A YOT manager accepts the referral and chooses a case manager, sends it back with what to put "
        "right, or turns it down.",
        "Waiting for a YOT manager",
        (MANAGER,),
        (
            ("Accept the referral", "referrals.accept"),
            ("Send it back", "referrals.send_back"),
            ("Turn it down", "referrals.reject"),
        ),
    ),
    Status.SENT_BACK: Turn(
        "Whoever sent this referral puts right what the YOT asked for and sends it again.",
        "Waiting for whoever sent it",
        REFERRERS,
        (("Put it right and send it again", "referrals.tasks"),),
    ),
    Status.ACCEPTED: Turn(
        "The case manager assesses the child, and a manager countersigns the assessment.",
        "Waiting for the case manager",
        (WORKER,),
        (("Go on with the assessment", "assessments.write"),),
    ),
    Status.ASSESSED: Turn(
        "A YOT manager puts the case on a panel meeting.",
        "Waiting for a YOT manager",
        (MANAGER,),
        (("Put it on a panel meeting", "meetings.put_on"), ("Ask for an urgent decision", "urgent.ask")),
    ),
    Status.LISTED: Turn(
        "The panel meets and decides.",
        "Waiting for the panel",
        (MANAGER, Role.SECONDED, Role.VICTIM_WORKER),
        (("Open the case in the panel", "decisions.view"),),
    ),
    Status.DEFERRED: Turn(
        "The panel deferred the case. A YOT manager puts it on another meeting.",
        "Waiting for a YOT manager",
        (MANAGER,),
        (("Put it on a panel meeting", "meetings.put_on"), ("Ask for an urgent decision", "urgent.ask")),
    ),
    Status.DECIDED: Turn(
        "A day is planned. The police explain the disposal to the child and their adult, everybody signs, "
        "and it is given.",
        "Waiting for the police",
        POLICE,
        (("Give the disposal", "disposals.view"), ("When it is given", "appointments.view")),
    ),
    Status.GIVEN: Turn(
        "The YOT confirms that it knows of the disposal, so that the plan can start.",
        "Waiting for the YOT",
        (WORKER, MANAGER, Role.LIAISON),
        (),
    ),
    Status.NOTIFIED: Turn(
        "The steps of the plan are done one by one. Then the case is closed.",
        "Waiting for the case manager",
        (WORKER,),
        (("Open the plan", "plans.view"),),
    ),
    Status.CLOSED: Turn("Nothing: the case is closed.", "Finished", (), ()),
    Status.WITHDRAWN: Turn("Nothing: the referral was withdrawn.", "Finished", (), ()),
    Status.REJECTED: Turn("Nothing: the YOT turned the case down.", "Finished", (), ()),
}


def turn_of(referral: Referral, roles: Collection[Role], user_id: int) -> tuple[Turn, bool]:
    """What the case waits for, and whether it is this reader's turn."""
    turn = TURNS[referral.status]
    mine = bool(set(turn.by) & set(roles))
    if turn.by is REFERRERS:
        mine = may_write(referral, roles, user_id)
    if mine and set(turn.by) & set(roles) == {WORKER}:
        mine = referral.case_manager_id == user_id
    return turn, mine


def may_withdraw(referral: Referral, roles: Collection[Role], user_id: int) -> bool:
    """Whether the reader could withdraw the referral now."""
    return referral.status in BEFORE_DECISION and may_write(referral, roles, user_id)
