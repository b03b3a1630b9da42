"""What is told and recorded about a victim; nothing of it is ever written into an event."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.referrals.models import Referral
from panel.referrals.moves import tell as note_in_case
from panel.referrals.writers import editable
from panel.victims.commands import Recorded, Told
from panel.victims.leaks import leaks
from panel.victims.models import Victim
from panel.victims.queries import WITH_THE_OFFICER, victim_of
from workflows.flow import Refusal, Refused
from workflows.vocabulary import View

CODE = "Code of Practice for Victims of Crime"
WITH_THE_YOT = Refusal(
    "with_the_yot",
    "The YOT has this referral, and its victim worker now keeps what is known about the victim. "
    "Tell the victim worker what has changed.",
    "VIC-9",
    "Data Protection Act 2018 s.36: collected data are used for their purpose only",
    True,
)
ALREADY_ASKED = Refusal(
    "already_asked",
    "The victim worker has already recorded what the victim said. Ask the victim worker before you say "
    "that there is no victim.",
    "VIC-2",
    CODE,
    True,
)


class NotCleared(Exception):
    """A text for the panel gives the victim away; `wrong` has a sentence for each such field."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("the text for the panel gives the victim away")
        self.wrong = wrong


def writable(referral: Referral) -> None:
    """Raise `Refused` once the YOT has the referral: from then on it is the victim worker's to keep."""
    if referral.status not in WITH_THE_OFFICER:
        raise Refused("case", "victim", (WITH_THE_YOT,))


def tell(db: Session, referral: Referral, command: Told, *, by: Actor, at: datetime) -> None:
    """Keep what the police know of the victim; of one who objects, only that (VIC-4)."""
    writable(referral)
    victim = victim_of(db, referral.id)
    if command.is_there:
        _keep(db, victim or Victim(referral_id=referral.id), command)
    elif victim is not None:
        _forget(db, victim)
    referral.victim_identified, referral.victim_named = command.is_there, command.named
    note_in_case(db, referral, "victim", by=by, at=at)


def _keep(db: Session, victim: Victim, command: Told) -> None:
    given = command.model_dump(exclude={"is_there", "objects"})
    if command.objects:
        given = {"name": "", "contact": "", "is_business": False, "under_18": False, "same_household": False}
    victim.sqlmodel_update(given | {"objects_to_sharing": command.objects})
    db.add(victim)


def _forget(db: Session, victim: Victim) -> None:
    if victim.view is not View.NOT_YET:
        raise Refused("case", "victim", (ALREADY_ASKED,))
    db.delete(victim)


def record_view(db: Session, referral: Referral, command: Recorded, *, by: Actor, at: datetime) -> Victim:
    """Record what the victim said and clear a text for the panel.

    Raises `NotCleared` when that text gives the victim away, `Refused` once the panel has decided.
    """
    editable(referral)
    victim = victim_of(db, referral.id) or Victim(referral_id=referral.id)
    wrong = _given_away(victim, command)
    if wrong:
        raise NotCleared(wrong)
    victim.sqlmodel_update(command.model_dump() | {"cleared_by_id": by.id, "cleared_at": at})
    db.add(victim)
    note_in_case(db, referral, "victim_view", by=by, at=at)
    return victim


def _given_away(victim: Victim, command: Recorded) -> dict[str, str]:
    texts = {"cleared_text": command.cleared_text, "view_reason": command.view_reason}
    found = {name: leaks(text, victim) for name, text in texts.items()}
    return {
        name: f"Leave out the victim's {' and '.join(parts)}: the panel reads this"
        for name, parts in found.items()
        if parts
    }
