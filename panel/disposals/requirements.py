"""Putting on record, one by one, what the law asks for a caution (s.66B, YC-1)."""

from datetime import datetime

from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import User
from panel.disposals import commands as c
from panel.disposals.day_models import RequirementMet
from panel.disposals.models import Disposal
from workflows.calendar import today_in_london
from workflows.requirements import BEFOREHAND, Requirement
from workflows.vocabulary import Outcome


def keep_beforehand(
    db: Session, disposal: Disposal, command: c.Authorise, *, by: Actor, at: datetime
) -> None:
    """What the officer answers for before anything is explained: evidence, and that this is right."""
    for requirement in BEFOREHAND[disposal.outcome]:
        of_evidence = requirement in (Requirement.R1, Requirement.EVIDENCE)
        keep(
            db,
            disposal,
            RequirementMet(
                requirement=requirement,
                met_on=today_in_london(at),
                rank=command.rank,
                collar=command.collar,
                authority=command.authority if isinstance(command, c.AuthoriseConditional) else None,
                ground=command.evidence if of_evidence else command.decision,
                cps_reference=command.cps_reference,
                exception=command.exception if isinstance(command, c.AuthoriseConditional) else "",
            ),
            by=by,
            at=at,
        )


def keep_explained(db: Session, disposal: Disposal, command: c.Explain, *, by: Actor, at: datetime) -> None:
    """What came about while it was explained: the admission, and the explanation with its warning."""
    told = f"The child told {by.name} so, at {command.explained_place}."
    warned = f"Explained at {command.explained_place}; there: {disposal.adult_name or 'no adult'}."
    grounds = {
        Outcome.YCC: {Requirement.R3: told, Requirement.R4: warned},
        Outcome.YC: {Requirement.ADMISSION: told},
    }
    for requirement, ground in grounds.get(disposal.outcome, {}).items():
        keep(db, disposal, _item(requirement, ground, at), by=by, at=at)


def document_signed(db: Session, disposal: Disposal, copy_digest: str, *, by: Actor, at: datetime) -> None:
    """The child has signed the document with its four parts (YCC-R5)."""
    if disposal.outcome is Outcome.YCC:
        ground = f"The signed copy is kept under SHA-256 {copy_digest[:12]}."
        keep(db, disposal, _item(Requirement.R5, ground, at), by=by, at=at)


def _item(requirement: Requirement, ground: str, at: datetime) -> RequirementMet:
    return RequirementMet(requirement=requirement, ground=ground, met_on=today_in_london(at))


def keep(db: Session, disposal: Disposal, row: RequirementMet, *, by: Actor, at: datetime) -> None:
    """Write one item, in the name of this person; nothing that was written before changes."""
    row.disposal_id, row.by_id, row.by_name = disposal.id, by.id, by.name
    row.at, row.document_digest = at, disposal.document_digest
    if not row.collar:
        row.collar = db.exec(select(User.collar_number).where(User.id == by.id)).one()
    db.add(row)
    db.flush()
