"""Linking the cases of children who took part in one incident; nothing of one is ever decided by another."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, select

from panel.access import Actor
from panel.incidents.models import CaseLink, Incident
from panel.incidents.queries import link_of, linked_cases
from panel.referrals import actions as referrals
from panel.referrals import commands as c
from panel.referrals import offences as listing
from panel.referrals.models import Offence, Referral
from panel.referrals.moves import tell
from workflows.flow import Refusal, Refused

# All that one child's offence says about another's; what each did, said and deserves is its own (CAT-3).
COPIED = (
    *("code", "title", "by_hand_reason", "mode", "mode_reason", "committed_on", "ended_on", "location"),
    *("crime_reference", "prosecute_by", "prosecute_source", "prosecute_reason"),
)
ONE_CHILD = Refusal(
    "one_child",
    "Both cases are of the same child. Only cases of different children are linked as one incident.",
    "CAT-3",
    "Outcomes are decided per child and per offence",
    True,
)


def join(db: Session, referral: Referral, other: Referral, *, by: Actor, at: datetime) -> None:
    """Link two cases, and with them all that they are linked with. Raises `Refused` for one child."""
    if referral.child_id == other.child_id:
        raise Refused("incident", "link", (ONE_CHILD,))
    mine, theirs = link_of(db, referral.id), link_of(db, other.id)
    if mine and theirs and mine.incident_id == theirs.incident_id:
        return
    kept = mine or theirs or _begin(db, referral, by=by, at=at)
    _bring(db, kept.incident_id, theirs if kept is mine else mine)
    for case in (referral, other):
        if link_of(db, case.id) is None:
            db.add(CaseLink(incident_id=kept.incident_id, referral_id=case.id, by_id=by.id, at=at))
            db.flush()
    for case, with_case in ((referral, other), (other, referral)):
        tell(db, case, "link_case", by=by, at=at, said={"other": with_case.reference})


def _begin(db: Session, referral: Referral, *, by: Actor, at: datetime) -> CaseLink:
    incident = Incident(begun_at=at)
    db.add(incident)
    db.flush()
    link = CaseLink(incident_id=incident.id, referral_id=referral.id, by_id=by.id, at=at)
    db.add(link)
    db.flush()
    return link


def _bring(db: Session, incident_id: int, link: CaseLink | None) -> None:
    """Two incidents turn out to be one: the cases of the other come along."""
    if link is None or link.incident_id == incident_id:
        return
    emptied = link.incident_id
    for moved in db.exec(select(CaseLink).where(CaseLink.incident_id == emptied)).all():
        moved.incident_id = incident_id
        db.add(moved)
    db.flush()
    db.delete(db.get_one(Incident, emptied))
    db.flush()


def leave(db: Session, referral: Referral, reason: str, *, by: Actor, at: datetime) -> None:
    """Take a case out of its incident; a link of one case with nobody goes too."""
    others, link = linked_cases(db, referral.id), link_of(db, referral.id)
    if link is None:
        return
    incident = db.get_one(Incident, link.incident_id)
    last = [link_of(db, others[0].id)] if len(others) == 1 else []
    for gone in (link, *last):
        db.delete(gone)
    db.flush()
    if len(others) <= 1:
        db.delete(incident)
    for case in (referral, *others):
        tell(db, case, "unlink_case", by=by, at=at, said={"reason": reason})


def copy(
    db: Session,
    source: Referral,
    target: Referral,
    ticked: Collection[int],
    offences: Sequence[Offence],
    *,
    circumstances: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Copy the ticked offences and what happened; the gravity of what this child did is judged anew."""
    chosen = [offence for offence in offences if offence.id in ticked]
    for offence in chosen:
        values = {name: getattr(offence, name) for name in COPIED}
        command = c.OffenceDetails.model_validate(values)
        listing.add_offence(db, target, command, by=by, at=at)
    if circumstances and not target.circumstances:
        story = c.Circumstances(circumstances=source.circumstances, bailed_on=target.bailed_on)
        referrals.save_circumstances(db, target, story, by=by, at=at)
    what = f"{len(chosen)} offence{'' if len(chosen) == 1 else 's'}"
    said = {"what": f"{what} and what happened" if circumstances else what}
    if chosen or circumstances:
        tell(db, target, "copy_incident", by=by, at=at, said=said)
