"""The milestones as a file: one row for each case with every date, with or without personal data."""

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from config.metrics import definitions
from panel.access import Actor
from panel.children.models import Child
from panel.codes.queries import ethnicities
from panel.figures.models import Milestone
from panel.gap.commands import Kind
from panel.gap.sheets import as_csv, as_xlsx
from panel.metrics.choosing import Choice
from panel.metrics.commands import Milestones
from panel.metrics.exporting import LONGEST, keep, owned
from panel.metrics.models import MetricExport
from panel.metrics.words import CARE, value_words
from panel.referrals.models import Referral
from workflows.calendar import clock_words, long_date, today_in_london
from workflows.case import Status
from workflows.vocabulary import words as said_of

DATES = (
    ("Offence", "offence_on"),
    ("Bailed", "bailed_on"),
    ("Referred", "referred_on"),
    ("Accepted", "accepted_on"),
    ("Assessment due", "assessment_due_on"),
    ("Assessment first submitted", "assessed_on"),
    ("Assessment submitted as it stands", "submitted_on"),
    ("Countersigning due", "countersign_due_on"),
    ("Countersigned", "countersigned_on"),
    ("Panel", "panel_on"),
    ("Decided", "decided_on"),
    ("Giving planned for", "appointed_on"),
    ("Explained", "explained_on"),
    ("Signed", "signed_on"),
    ("Given", "given_on"),
    ("Signed copy due", "copy_due_on"),
    ("YOT notified", "notified_on"),
    ("First contact", "first_contact_on"),
    ("Last condition due", "conditions_due_on"),
    ("Completed", "completed_on"),
    ("Closed", "closed_on"),
)
CHUNK = 500
VALUES = ("outcome", "gender", "ethnicity", "age", "care")
PLAIN_WORDS = (
    "Each date is the number of calendar days after the offence. The month of the referral is the only "
    "date. Small groups could still tell who a child is: it is not to be published."
)
NAMED_WORDS = "Official – sensitive. The file names children."
Names = Mapping[str, Mapping[str, str]]


def export(
    db: Session, choice: Choice, command: Milestones, *, named: bool, by: Actor, at: datetime
) -> bytes:
    """The file; its evidence is written along, after a transaction that reads. Raises `NotYours`."""
    choice, today = owned(choice, by), today_in_london(at)
    words: Names = {"ethnicity": ethnicities(db, today), "care": CARE}
    ids = array("q")
    cases = _cases(db, choice, command, named=named, ids=ids)
    table = _named(cases, words) if named else _plain(cases, words)
    head = [
        ["Areas", choice.area_words],
        ["Cases referred", f"{long_date(command.first)} to {long_date(command.last)}"],
        ["What it holds", NAMED_WORDS if named else PLAIN_WORDS],
        ["Made on", clock_words(at)],
        ["Made by", by.name],
        ["What it is for", command.reason],
        *([f"{one.id} version {one.version}", f"{one.name}. {one.clock}"] for one in definitions(today)),
    ]
    if command.kind is Kind.CSV:
        data = as_csv([head, table])
    else:
        data = as_xlsx([("Milestones", table), ("About", head)])
    made = MetricExport(
        what="milestones",
        areas=choice.area_words[:LONGEST],
        first_on=command.first,
        last_on=command.last,
        kind=command.kind.value,
        named=named,
        rows=len(ids),
        reason=command.reason,
        digest=hashlib.sha256(data).hexdigest(),
        by_id=by.id,
        at=at,
    )
    keep(db, made, ids if named else (), by=by, at=at, page="metrics.milestones")
    return data


def _cases(
    db: Session, choice: Choice, command: Milestones, *, named: bool, ids: "array[int]"
) -> Iterator[Any]:
    """The cases some hundreds at a time, with their children where they are named; fills the numbers."""
    columns: list[Any] = [*(col(Milestone.subject_id), col(Milestone.reference), col(Milestone.status))]
    columns += [getattr(Milestone, name) for name in (*VALUES, *(name for _, name in DATES))]
    if named:
        columns += [col(Child.given_name), col(Child.surname), col(Child.date_of_birth)]
    query = select(*columns)
    if named:
        query = query.outerjoin(Referral, col(Referral.id) == col(Milestone.subject_id))
        query = query.outerjoin(Child, col(Child.id) == col(Referral.child_id))
    query = query.where(
        col(Milestone.area_id).in_(sorted(choice.areas)),
        col(Milestone.referred_on).between(command.first, command.last),
    ).order_by(col(Milestone.referred_on), col(Milestone.subject_id))
    for case in db.execute(query, execution_options={"yield_per": CHUNK}):
        ids.append(case.subject_id)
        yield case


def _values(case: Any, words: Names) -> list[str]:
    said = [said_of(Status(case.status)) if case.status else ""]
    for name in VALUES:
        value = getattr(case, name)
        text = "" if value is None else str(value)
        if name == "outcome":
            text = text.replace("_", " ")
        elif name in words:
            text = value_words(name, text, words[name])
        said.append(text)
    return said


def _table(
    cases: Iterator[Any], words: Names, first: Sequence[str], say: Callable[[Any], list[str]]
) -> Iterator[list[str]]:
    heads = [*first, "Status", "Disposal", "Gender", "Ethnic group", "Age", "Looked after"]
    yield [*heads, *(name for name, _ in DATES)]
    for case in cases:
        said = say(case)
        yield [*said[: len(first)], *_values(case, words), *said[len(first) :]]


def _plain(cases: Iterator[Any], words: Names) -> Iterator[list[str]]:
    def say(case: Any) -> list[str]:
        month = "" if case.referred_on is None else f"{case.referred_on:%Y-%m}"
        return [month, *(_after(case.offence_on, getattr(case, name)) for _, name in DATES)]

    return _table(cases, words, ["Month of referral"], say)


def _after(start: date | None, day: date | None) -> str:
    return "" if start is None or day is None else str((day - start).days)


def _named(cases: Iterator[Any], words: Names) -> Iterator[list[str]]:
    def say(case: Any) -> list[str]:
        who = [case.given_name or "", case.surname or "", _day(case.date_of_birth)]
        return [case.reference, *who, *(_day(getattr(case, name)) for _, name in DATES)]

    return _table(cases, words, ["Reference", "First names", "Last name", "Date of birth"], say)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()
