"""The kinds of subjects: how each is gathered, what its row is made of, and which metrics look at it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import Session

from panel.audits.models import AuditedCase, CaseAudit
from panel.figures.audit_rows import AUDIT_PARTS, AUDITED_PARTS, audit_of, audited_of
from panel.figures.case_parts import CASE_PARTS
from panel.figures.case_rows import milestone_of
from panel.figures.definitions import MEASURES
from panel.figures.json_rows import Gathered, Part, gathered
from panel.figures.measure import Measure
from panel.figures.models import (
    AuditedMilestone,
    AuditMilestone,
    MeetingMilestone,
    Milestone,
    PoliceMilestone,
    Subject,
)
from panel.figures.other_rows import (
    MEETING_PARTS,
    POLICE_PARTS,
    meeting_of,
    police_of,
)
from panel.meetings.models import Meeting
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral


@dataclass(frozen=True)
class Beside:
    """What another room keeps of the same subjects in the same breath: what it reads, and what it does."""

    parts: tuple[Part, ...]
    keep: Callable[[Session, Collection[int], Mapping[int, Gathered]], object]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind; `root` is the kind of rows without which a subject is gone.

    A room that keeps something of these subjects adds itself to `beside`.
    """

    name: str
    root: str
    source: Any
    model: type[Subject]
    parts: tuple[Part, ...]
    row_of: Callable[[int, Gathered, date], dict[str, Any]]
    beside: list[Beside] = field(default_factory=list)

    @cached_property
    def table(self) -> Any:
        """The table of its rows."""
        return self.model.__table__  # type: ignore[attr-defined]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows."""
        return tuple(self.table.columns.keys())

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The metrics that look at it."""
        return tuple(one for one in MEASURES.values() if one.model is self.model)

    def gathered(self, db: Session, numbers: Collection[int]) -> tuple[dict[int, Gathered], date | None]:
        """What there is of some subjects, and the day of the last turning."""
        return gathered(db, (*self.parts, *(part for one in self.beside for part in one.parts)), numbers)

    def rows(self, found: Mapping[int, Gathered], on: date) -> dict[int, dict[str, Any]]:
        """The rows of the subjects that there are, as they stood on a day."""
        there = ((number, of) for number, of in found.items() if of.one(self.root) is not None)
        return {number: EMPTY | self.row_of(number, of, on) for number, of in there}


EMPTY: dict[str, Any] = {
    "outcome": "",
    "gender": "",
    "ethnicity": "",
    "age": None,
    "care": "",
    "turns_on": None,
}
CASE = Kind("case", "case", Referral, Milestone, CASE_PARTS, milestone_of)
POLICE = Kind("police", "police", PoliceDisposal, PoliceMilestone, POLICE_PARTS, police_of)
MEETING = Kind("meeting", "meeting", Meeting, MeetingMilestone, MEETING_PARTS, meeting_of)
AUDIT = Kind("audit", "audit", CaseAudit, AuditMilestone, AUDIT_PARTS, audit_of)
AUDITED = Kind("audited", "audited", AuditedCase, AuditedMilestone, AUDITED_PARTS, audited_of)
KINDS = (CASE, POLICE, MEETING, AUDIT, AUDITED)
