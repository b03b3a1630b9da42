"""Data quality: what a record may lack, contradict or get impossible, and which metrics rest on it.

Every check looks at the record alone and never at the day on which it is asked: a day that lay ahead is
judged by the day on which somebody wrote it down. So a check changes its answer only when a record changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from workflows.case import Status
from workflows.vocabulary import Gender, Outcome, register

R = TypeVar("R")


class Kind(StrEnum):
    """In which way a record is wrong."""

    MISSING = "missing"
    CONTRADICTORY = "contradictory"
    IMPOSSIBLE = "impossible"


class Subject(StrEnum):
    """What a check looks at."""

    CASE = "case"
    POLICE = "police"


class Owner(StrEnum):
    """Who can mend it."""

    OFFICER = "officer"
    CASE_MANAGER = "case_manager"
    MANAGER = "manager"
    GIVER = "giver"
    FORCE = "force"


class Basis(StrEnum):
    """The day that puts a record into a quarter."""

    RECEIVED = "received_on"
    DECIDED = "decided_on"
    GIVEN = "given_on"


register(
    (
        (Kind.MISSING, "Missing"),
        (Kind.CONTRADICTORY, "Contradictory"),
        (Kind.IMPOSSIBLE, "Impossible"),
        (Subject.CASE, "Cases"),
        (Subject.POLICE, "Police disposals"),
        (Owner.OFFICER, "The officer who referred; after the decision, a correction by a YOT manager"),
        (Owner.CASE_MANAGER, "The case manager"),
        (Owner.MANAGER, "A YOT manager"),
        (Owner.GIVER, "The officer who gives the disposal"),
        (Owner.FORCE, "A YOT manager, who asks the force"),
        (Basis.RECEIVED, "Received"),
        (Basis.DECIDED, "Decided"),
        (Basis.GIVEN, "Given"),
    )
)


@dataclass(frozen=True)
class OffenceRecord:
    """One offence as the checks see it."""

    committed_on: date
    ended_on: date | None = None
    scored: bool = True
    crime_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    """One case as the checks see it: every day is the day in London."""

    status: Status
    born: date
    created_on: date
    gender: Gender = Gender.NOT_STATED
    ethnicity: str = ""
    postcode: str = ""
    carer_answered: bool = False
    has_worker: bool = False
    victim_answered: bool = False
    outcome: Outcome | None = None
    offences: tuple[OffenceRecord, ...] = ()
    received_on: date | None = None
    submitted_on: date | None = None
    countersigned_on: date | None = None
    assessed_on: date | None = None
    decided_on: date | None = None
    given_on: date | None = None
    closed_on: date | None = None
    levels_missing: int = 0
    disposal_outcome: Outcome | None = None
    disposal_given_on: date | None = None
    written_on: date | None = None
    explained_on: date | None = None
    has_document: bool = False
    adult_named: bool = False
    late_reason: bool = False
    exception_reason: bool = False
    steps_open: int = 0
    attended_early: int = 0


@dataclass(frozen=True, kw_only=True)
class PoliceRecord:
    """One disposal of the police as the checks see it."""

    made_on: date
    given_on: date
    outcome: Outcome
    counted: bool = True
    born: date | None = None
    gender: Gender = Gender.NOT_STATED
    ethnicity: str = ""
    ward: str = ""
    postcode: str = ""
    offence: str = ""
    crime_reference: str = ""
    force_reference: str = ""
    listed_on: date | None = None
    consulted: bool | None = None
    exception_reason: bool = False


@dataclass(frozen=True)
class Check(Generic[R]):
    """One check: its sentence, who mends it where, and what rests on it.

    `wrong` says whether a record has the problem, `shows` what stands in it. `mended_at` names the page.
    `metrics` are those whose numerator or denominator it may move; `splits` the breakdown that it spoils.
    """

    key: str
    subject: Subject
    kind: Kind
    title: str
    owner: Owner
    mended_at: str
    wrong: Callable[[R], bool]
    shows: Callable[[R], str]
    metrics: tuple[str, ...] = ()
    splits: str = ""


# The day by which a metric counts its cases. M5 is about meetings; M7, M18 and M19 about audits.
BASIS: dict[str, Basis] = {
    **dict.fromkeys(("M13", "M17", "M30"), Basis.RECEIVED),
    **dict.fromkeys(("M6", "M8", "M14", "M15", "M16"), Basis.DECIDED),
    **dict.fromkeys(("M9", "M10", "M11", "M12", "M20", "M21", "M22", "M23"), Basis.GIVEN),
    **dict.fromkeys(("M24", "M25", "M26", "M27", "M28", "M29"), Basis.GIVEN),
}
# These count what the force gave, by the day of giving; a case here that it belongs to bears on them too.
OF_THE_POLICE = ("M1", "M2", "M3", "M4")
