"""What officers do with the offences of a referral: choose from the list, describe, judge how serious."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from panel.access import Actor
from panel.codes.models import CodeRow
from panel.codes.queries import entry, matrix_on, mode_of
from panel.errors import Missing
from panel.referrals.commands import GravityDetails, OffenceDetails
from panel.referrals.models import GravityFields, Offence, Referral
from panel.referrals.moves import tell
from panel.referrals.writers import editable
from workflows.calendar import today_in_london
from workflows.codes import CodeList
from workflows.gravity import Judgement, Matrix, departures, final_score, presumed, problems
from workflows.vocabulary import words


class Unfit(Exception):
    """What was typed does not agree with the list or the matrix; `sentences` say so, field by field."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = sentences


def offence_of(db: Session, referral: Referral, number: int) -> Offence:
    """One offence of a case. Raises `Missing` for one that is not of this case."""
    found = db.exec(select(Offence).where(Offence.id == number, Offence.referral_id == referral.id)).first()
    if found is None:
        raise Missing()
    return found


def listed_offence(db: Session, code: str, day: date | None, today: date) -> CodeRow:
    """The offence as the list of its day has it, or else that of today. Raises `Missing`."""
    found = (day and entry(db, CodeList.OFFENCES, code, day)) or entry(db, CodeList.OFFENCES, code, today)
    if not found:
        raise Missing()
    return found


def _values(db: Session, command: OffenceDetails, today: date) -> dict[str, Any]:
    values = command.model_dump()
    if not command.prosecute_by:
        values |= {"prosecute_source": "", "prosecute_reason": ""}
    if not command.code:
        return values | {"mode_reason": "", "code_version_id": None, "categories": []}
    listed = listed_offence(db, command.code, command.ended_on or command.committed_on, today)
    departs = command.mode is not mode_of(listed)
    if departs and not command.mode_reason:
        says = f"The list says “{words(mode_of(listed))}” for this offence: choose that, or say why not"
        raise Unfit({"mode_reason": says})
    return values | {
        "title": listed.title,
        "by_hand_reason": "",
        "mode_reason": command.mode_reason if departs else "",
        "code_version_id": listed.version_id,
        "categories": listed.details["flags"],
    }


def add_offence(
    db: Session, referral: Referral, command: OffenceDetails, *, by: Actor, at: datetime
) -> Offence:
    """Add an offence. Raises `Unfit` when it departs from the list without a reason."""
    editable(referral, by)
    offence = Offence(referral_id=referral.id, **_values(db, command, today_in_london(at)))
    db.add(offence)
    db.flush()
    tell(db, referral, "add_offence", by=by, at=at, said={"offence": offence.title})
    return offence


def change_offence(
    db: Session, referral: Referral, offence: Offence, command: OffenceDetails, *, by: Actor, at: datetime
) -> None:
    """Change an offence; another code takes the gravity score away. Raises `Unfit`."""
    editable(referral, by)
    values = _values(db, command, today_in_london(at))
    # A code that was typed before there was a list counts as none.
    if values["code"] != (offence.code if offence.code_version_id else ""):
        values |= GravityFields().model_dump()
    offence.sqlmodel_update(values)
    db.add(offence)
    db.flush()
    tell(db, referral, "change_offence", by=by, at=at, said={"offence": offence.title})


def remove_offence(db: Session, referral: Referral, number: int, *, by: Actor, at: datetime) -> None:
    """Remove an offence. Raises `Missing` for one that is not of this case."""
    editable(referral, by)
    found = offence_of(db, referral, number)
    db.delete(found)
    db.flush()
    tell(db, referral, "remove_offence", by=by, at=at, said={"offence": found.title})


def matrix_for(db: Session, offence: Offence, today: date) -> Matrix | None:
    """The matrix that is in force when the score is given, with the base score of this offence."""
    return matrix_on(db, today, offence.code)


def give_gravity(
    db: Session, referral: Referral, offence: Offence, command: GravityDetails, *, by: Actor, at: datetime
) -> None:
    """Give an offence its gravity score (GM-1). Raises `Unfit` where a departure has no reason."""
    editable(referral, by)
    matrix = matrix_for(db, offence, today_in_london(at))
    if matrix is None:
        raise Missing()
    judged = Judgement(
        base=command.base,
        factors=command.aggravating | command.mitigating,
        adjustment=command.adjustment,
        final=command.final,
    )
    _must_fit(matrix, judged, command.reason)
    score = final_score(matrix, judged)
    offence.sqlmodel_update(
        {
            "gravity": score,
            "gravity_version_id": matrix.version_id,
            "gravity_matrix": matrix.name,
            "gravity_listed": matrix.listed,
            "gravity_base": judged.base,
            "gravity_factors": _ticked(matrix, judged),
            "gravity_adjustment": judged.adjustment,
            "gravity_reason": command.reason,
            "gravity_presumes": sorted(presumed(matrix, score)),
        }
    )
    db.add(offence)
    said = {"offence": offence.title, "score": str(score), "matrix": matrix.name}
    tell(db, referral, "gravity", by=by, at=at, said=said)


def _must_fit(matrix: Matrix, judged: Judgement, reason: str) -> None:
    if wrong := problems(matrix, judged):
        raise Unfit({"aggravating" if name == "factors" else name: says for name, says in wrong.items()})
    if (departed := departures(matrix, judged)) and not reason:
        raise Unfit({"reason": f"{' '.join(departed)} Say why"})


def _ticked(matrix: Matrix, judged: Judgement) -> list[dict[str, Any]]:
    return [
        {"key": factor.key, "words": factor.words, "value": factor.value}
        for factor in matrix.factors
        if factor.key in judged.factors
    ]
