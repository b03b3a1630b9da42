"""Reading code lists: the day of the event picks the version."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, and_, col, or_, select

from panel.codes.models import CodeRow, CodeUpload, CodeVersion
from panel.errors import Missing
from workflows.codes import CodeList, GravityPart
from workflows.gravity import Factor, Matrix
from workflows.identifiers import offence_code
from workflows.vocabulary import ModeOfTrial, Outcome

MOST_SHOWN = 50


def version_on(db: Session, kind: CodeList, day: date) -> CodeVersion | None:
    """The version in force on a day: of two that start together, the one that was loaded later."""
    query = select(CodeVersion).where(CodeVersion.kind == kind, col(CodeVersion.in_force_from) <= day)
    return db.exec(
        query.order_by(col(CodeVersion.in_force_from).desc(), col(CodeVersion.id).desc()).limit(1)
    ).first()


def versions(db: Session) -> list[CodeVersion]:
    """Every version of every list, the newest first."""
    newest = (col(CodeVersion.in_force_from).desc(), col(CodeVersion.id).desc())
    return list(db.exec(select(CodeVersion).order_by(*newest)))


def version(db: Session, number: int) -> CodeVersion:
    """One version. Raises `Missing`."""
    found = db.exec(select(CodeVersion).where(CodeVersion.id == number)).first()
    if found is None:
        raise Missing()
    return found


def upload(db: Session, number: int, sent_by: int) -> CodeUpload:
    """A file that this person has sent and not confirmed. Raises `Missing`."""
    query = select(CodeUpload).where(CodeUpload.id == number, CodeUpload.sent_by_id == sent_by)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def rows_of(db: Session, version_id: int) -> list[CodeRow]:
    """The rows of a version, in the order of its file."""
    query = select(CodeRow).where(CodeRow.version_id == version_id)
    return list(db.exec(query.order_by(col(CodeRow.place))))


def entry(db: Session, kind: CodeList, code: str, day: date) -> CodeRow | None:
    """One code in the version in force on a day."""
    found = version_on(db, kind, day)
    if found is None:
        return None
    query = select(CodeRow).where(CodeRow.version_id == found.id, CodeRow.part == "", CodeRow.code == code)
    return db.exec(query).first()


def search_words(text: str) -> list[str]:
    """The words that a search looks for; an offence code may be typed with spaces."""
    code = offence_code(text)
    return [code.lower()] if code else re.findall(r"[a-z0-9']+", text.lower())[:8]


def _stem(word: str) -> str:
    """'tak' for take, takes and taking, so that each finds the others."""
    return re.sub(r"(?<=\w{3})(?:ing|ed|es|e|s)$", "", word)


def search(db: Session, text: str, day: date) -> tuple[int, Sequence[CodeRow]]:
    """How many offences hold all these words, and the best of them: those that begin with them first."""
    words, found = search_words(text), version_on(db, CodeList.OFFENCES, day)
    if not words or found is None:
        return 0, []

    def holding(part: str) -> ColumnElement[bool]:
        return col(CodeRow.search).contains(part, autoescape=True)

    holds = [holding(_stem(word)) for word in words]
    starts = [holding(f" {_stem(word)}") for word in words]
    # 0 the title or code begins so, 1 every word begins a word, 2 the words are within other words.
    rank = case((holding(f"| {_stem(' '.join(words))}"), 0), (and_(*starts), 1), else_=2)
    query = select(CodeRow).where(CodeRow.version_id == found.id, *holds)
    listed = list(db.exec(query.order_by(rank, col(CodeRow.title), col(CodeRow.code))))
    return len(listed), listed[:MOST_SHOWN]


def mode_of(row: CodeRow) -> ModeOfTrial:
    """How an adult would be tried for a listed offence (CAT-2)."""
    return ModeOfTrial(row.details["mode"])


def matrix_on(db: Session, day: date, code: str) -> Matrix | None:
    """The gravity matrix in force on a day, with the base score of one offence; None before the first one."""
    found = version_on(db, CodeList.GRAVITY, day)
    if found is None:
        return None
    wanted = or_(col(CodeRow.part) != GravityPart.SCORE, col(CodeRow.code) == code)
    query = select(CodeRow).where(CodeRow.version_id == found.id, wanted).order_by(col(CodeRow.place))
    parts: dict[str, list[CodeRow]] = {part: [] for part in GravityPart}
    for row in db.exec(query):
        parts[row.part].append(row)
    limits: dict[str, Any] = {row.code: row.details["value"] for row in parts[GravityPart.LIMIT]}
    return Matrix(
        version_id=found.id,
        name=found.name,
        since=found.in_force_from,
        factors=tuple(Factor(r.code, r.title, r.details["value"]) for r in parts[GravityPart.FACTOR]),
        presumes={
            int(row.code): frozenset(map(Outcome, row.details["outcomes"]))
            for row in parts[GravityPart.PRESUMPTION]
        },
        listed=next((row.details["value"] for row in parts[GravityPart.SCORE]), None),
        **limits,
    )


def rows_on(db: Session, kind: CodeList, day: date) -> list[CodeRow]:
    """The rows of the list that is in force on a day; none without one."""
    found = version_on(db, kind, day)
    return rows_of(db, found.id) if found else []


def ethnicities(db: Session, day: date) -> dict[str, str]:
    """The codes that a person may choose for themselves, with their words."""
    listed = rows_on(db, CodeList.ETHNICITY, day)
    return {row.code: _ethnicity_words(row) for row in listed if not row.details["replaced_by"]}


def _ethnicity_words(row: CodeRow) -> str:
    group = row.details["group"]
    repeats = not group or group in row.title or row.title.startswith("Any other")
    return row.title if repeats else f"{group}: {row.title}"


def ethnicity_code(db: Session, code: str, day: date) -> str | None:
    """The code in use today for one that somebody sent: O1 of the older list is A4. None if unknown."""
    row = entry(db, CodeList.ETHNICITY, code.strip().upper(), day)
    return None if row is None else row.details["replaced_by"] or row.code


def ethnicity_words(db: Session, code: str, day: date) -> str:
    """'W1, White: English, …', or nothing when nobody has asked."""
    row = entry(db, CodeList.ETHNICITY, code, day) if code else None
    return f"{code}, {_ethnicity_words(row)}" if row else code


def home_office_codes(db: Session, day: date) -> dict[Outcome, str]:
    """The Home Office outcome of each decision that a panel may take, by the list in force on a day."""
    found = version_on(db, CodeList.OUTCOMES, day)
    listed = rows_of(db, found.id) if found else []
    return {Outcome(name): row.code for row in listed for name in row.details["for"]}
