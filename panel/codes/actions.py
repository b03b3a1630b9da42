"""Loading a code list: the whole file or nothing."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlmodel import Session, col, delete, select

import config
from panel.access import Actor
from panel.codes.commands import LoadDetails
from panel.codes.models import CodeRow, CodeUpload, CodeVersion
from panel.codes.reading import Reading, read
from panel.db import transaction
from panel.history.record import note
from workflows.calendar import long_date
from workflows.codes import CodeList
from workflows.flow import Refusal, Refused
from workflows.vocabulary import words

FOLDER = Path(config.__file__).parent / "codes"
INVENTED, RECALLED = "Invented default of this service", "Default of this service, to be checked"
DEFAULT_NAMES = {
    CodeList.OFFENCES: INVENTED,
    CodeList.GRAVITY: INVENTED,
    CodeList.OUTCOMES: RECALLED,
    CodeList.ETHNICITY: RECALLED,
}
DEFAULT_FROM = date(2000, 1, 1)
OPERATOR = "An operator of the service"
SERVICE = "The service itself"
RULE = ("GM-6", "Code lists under the force's control")


def _refused(name: str, says: str) -> Refused:
    return Refused("codes", "load", (Refusal(name, says, *RULE, True),))


def name_taken(db: Session, kind: CodeList, name: str) -> bool:
    """Whether a version of this list has the name already."""
    query = select(CodeVersion.id).where(CodeVersion.kind == kind, CodeVersion.name == name)
    return db.exec(query).first() is not None


def load(
    db: Session, reading: Reading, command: LoadDetails, *, by: Actor | str, at: datetime
) -> CodeVersion:
    """Make a version of what was read; `by` is an account or says who an operator is.

    Raises `Refused` when the file has problems or the name is taken.
    """
    if reading.problems:
        first = reading.problems[0]
        place = f"row {first.row}, {first.column}".rstrip(", ") if first.row else "the file"
        says = f"{len(reading.problems)} problems; the first, {place}: {first.says}"
        raise _refused("file_right", says)
    if name_taken(db, reading.kind, command.name):
        raise _refused("name_new", f"There is a version of this list with the name “{command.name}” already.")
    version = CodeVersion(
        kind=reading.kind,
        name=command.name,
        in_force_from=command.in_force_from,
        loaded_at=at,
        loaded_by=by if isinstance(by, str) else f"{by.name} ({by.role_words})",
        loaded_by_id=None if isinstance(by, str) else by.id,
        digest=reading.digest,
        size=len(reading.entries),
    )
    db.add(version)
    db.flush()
    db.connection().execute(insert(CodeRow), _rows(version.id, reading))
    if isinstance(by, Actor):
        _tell(db, version, by=by, at=at)
    return version


def _rows(version_id: int, reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "version_id": version_id,
            "part": entry.part,
            "code": entry.code,
            "title": entry.title,
            "place": place,
            # A bar marks where the title and the code begin, so that a search can ask for it.
            "search": f"| {entry.title.lower()} | {entry.code.lower()}",
            "details": dict(entry.details),
        }
        for place, entry in enumerate(reading.entries, 1)
    ]


def _tell(db: Session, version: CodeVersion, *, by: Actor, at: datetime) -> None:
    said = {
        "list": words(version.kind),
        "name": version.name,
        "rows": str(version.size),
        "since": long_date(version.in_force_from),
        "digest": version.digest,
    }
    note(db, "codes.load", chain=f"codes:{version.kind}", by=by, at=at, facts=said)


def keep(
    db: Session, kind: CodeList, command: LoadDetails, content: bytes, *, by: Actor, at: datetime
) -> CodeUpload:
    """Keep a file that was read without a problem until it is confirmed; it replaces any earlier one."""
    db.exec(delete(CodeUpload).where(col(CodeUpload.sent_by_id) == by.id))
    upload = CodeUpload(
        kind=kind,
        name=command.name,
        in_force_from=command.in_force_from,
        content=content,
        sent_by_id=by.id,
        sent_at=at,
    )
    db.add(upload)
    db.flush()
    return upload


def confirm(db: Session, upload: CodeUpload, *, by: Actor, at: datetime) -> CodeVersion:
    """Load a file that was looked at; it is read once more by the same way."""
    command = LoadDetails(name=upload.name, in_force_from=upload.in_force_from)
    version = load(db, read(upload.kind, upload.content), command, by=by, at=at)
    db.delete(upload)
    return version


def load_defaults(engine: Engine, *, at: datetime) -> list[CodeList]:
    """Load the invented default of each list that has no version yet; gives back which."""
    with transaction(engine) as db:
        there = set(db.exec(select(CodeVersion.kind).distinct()))
        missing = [kind for kind in CodeList if kind not in there]
        for kind in missing:
            reading = read(kind, (FOLDER / f"{kind}.csv").read_bytes())
            command = LoadDetails(name=DEFAULT_NAMES[kind], in_force_from=DEFAULT_FROM)
            load(db, reading, command, by=SERVICE, at=at)
    return missing
