"""Makes an extract: files and manifest from one moment, then the evidence, before anything leaves."""

import json
import secrets
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from sqlmodel import Session, col, select

from config.extract_fields import Field, authority, edition, items, not_supplied
from panel.access import Actor
from panel.codes.models import CodeVersion
from panel.db import write_along
from panel.errors import Missing
from panel.extracts import commands as c
from panel.extracts.fields import Maker
from panel.extracts.files import KINDS, archive, digest_of
from panel.extracts.guide import GUIDE, SHEET, guide
from panel.extracts.models import Extract
from panel.extracts.rows import home_office, numbers, read
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, log_many, note
from panel.references import new_reference
from workflows.calendar import clock_words
from workflows.codes import CodeList
from workflows.extracts import CODE_SETS, NAMERS, TAKERS
from workflows.flow import NotYours
from workflows.periods import Period
from workflows.vocabulary import words

PREFIX, PAGE = "EX", "extracts.take"


@dataclass(frozen=True)
class Made:
    """A finished extract: its row of evidence and the archive."""

    row: Extract
    file: IO[bytes]


def make(db: Session, area_id: int, command: c.Take, *, named: bool, by: Actor, at: datetime) -> Made:
    """The archive; its evidence is written along, after a transaction that reads. Raises `NotYours`."""
    if not set(NAMERS if named else TAKERS) & by.roles_in(area_id):
        raise NotYours(PAGE)
    period, columns = Period(command.first, command.last), items(named=named)
    reference = new_reference(PREFIX)
    maker, lists = Maker(secrets.token_bytes(32), home_office(db)), code_lists(db, period)
    tables = KINDS[command.kind]({**columns, SHEET: GUIDE})
    counts = dict.fromkeys(columns, 0)
    ids = numbers(db, area_id, command.basis, period)
    for cases in read(db, ids):
        for item, fields in columns.items():
            rows = [row for case in cases for row in maker.rows(item, fields, case)]
            tables.add(item, rows)
            counts[item] += len(rows)
    tables.add(SHEET, list(guide(columns, lists)))
    files = tables.finish()
    manifest = {
        "reference": reference,
        "made": clock_words(at),
        "made_by": by.name,
        "area": by.area_names[area_id],
        "reason": command.reason,
        "recipient": command.recipient,
        "cases": f"{words(command.basis)}, {period.words}",
        "personal_data": words_about(named),
        "rows": counts,
        "files": {name: {"sha256": digest_of(file)} for name, file in files.items()},
        **definitions(columns),
        "code_lists": lists,
    }
    made = archive(files, json.dumps(manifest, ensure_ascii=False, indent=2).encode())
    row = Extract(
        reference=reference,
        area_id=area_id,
        basis=command.basis,
        first_on=period.first,
        last_on=period.last,
        kind=command.kind.value,
        named=named,
        cases=counts["person_details"],
        reason=command.reason,
        recipient=command.recipient,
        digest=digest_of(made),
        manifest=manifest,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    write_along(db, lambda into: _evidence(into, row, ids if named else array("q"), by=by, at=at))
    return Made(row, made)


def words_about(named: bool) -> str:
    """What kind of personal data the file holds."""
    if named:
        return "Names, birthdays, postcodes, references and exact days. Official – sensitive."
    return (
        "No names, birthdays, references or exact days. A row is about one child all the same, and age, "
        "months and offence together can tell who it is: treat it as personal data, and do not publish it."
    )


def definitions(columns: dict[str, tuple[Field, ...]]) -> dict[str, Any]:
    """What each field means, what is left out, and who decides how national data are recorded."""
    return {
        "authority": authority(),
        "fields_since": edition().isoformat(),
        "fields": {
            item: {
                field.name: {
                    "means": field.title,
                    "name_seen_in_public_texts": field.seen,
                    **({"code_list": field.coded} if field.coded else {}),
                    **({"codes": dict(CODE_SETS[field.codes])} if field.codes else {}),
                }
                for field in fields
            }
            for item, fields in columns.items()
        },
        "not_supplied": dict(not_supplied()),
    }


def code_lists(db: Session, period: Period) -> dict[str, list[dict[str, str]]]:
    """The versions of each list that were in force on some day of a period."""
    found: dict[str, list[dict[str, str]]] = {}
    for kind in CodeList:
        for version in _in_force(db, kind, period):
            since = version.in_force_from.isoformat()
            said = {"name": version.name, "in_force_from": since, "sha256": version.digest}
            found.setdefault(kind.value, []).append(said)
    return found


def _in_force(db: Session, kind: CodeList, period: Period) -> Sequence[CodeVersion]:
    query = select(CodeVersion).where(CodeVersion.kind == kind, col(CodeVersion.in_force_from) <= period.last)
    newest = (col(CodeVersion.in_force_from), col(CodeVersion.id))
    versions = db.exec(query.order_by(*newest)).all()
    before = [one for one in versions if one.in_force_from <= period.first]
    return [*before[-1:], *(one for one in versions if one.in_force_from > period.first)]


def _evidence(db: Session, row: Extract, named: "array[int]", *, by: Actor, at: datetime) -> None:
    db.add(row)
    db.flush()
    chain = f"extract:{row.id}"
    facts = {"reference": row.reference, "count": f"{row.cases:,}", "reason": row.reason}
    note(db, "extract.make", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.DISCLOSURE, chain, by=by, at=at, page=PAGE, recipients=row.recipient)
    chains = map(case_chain, named)
    log_many(db, Operation.DISCLOSURE, chains, by=by, at=at, page=PAGE, recipients=row.recipient)


def made_by(db: Session, actor: Actor, *, limit: int, after: int | None = None) -> list[Extract]:
    """The extracts of the areas in which a person may take one, the newest first."""
    query = select(Extract).where(col(Extract.area_id).in_(actor.areas_as(*TAKERS)))
    if after is not None:
        query = query.where(col(Extract.id) < after)
    return list(db.exec(query.order_by(col(Extract.id).desc()).limit(limit)))


def extract_for(db: Session, actor: Actor, reference: str) -> Extract:
    """One extract with its manifest. Raises `Missing`."""
    areas = actor.areas_as(*TAKERS)
    query = select(Extract).where(Extract.reference == reference, col(Extract.area_id).in_(areas))
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found
