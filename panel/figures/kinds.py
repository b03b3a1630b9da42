"""The kinds of subjects: how each is gathered, what its row is made of, and which metrics look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from panel.audits.models import AuditedCase, CaseAudit
from panel.figures.audit_rows import (
    AUDIT_PARTS,
    AUDIT_STATEMENT,
    AUDITED_PARTS,
    AUDITED_STATEMENT,
    audit_of,
    audited_of,
)
from panel.figures.case_parts import CASE_PARTS, CASE_STATEMENT
from panel.figures.case_rows import milestone_of
from panel.figures.definitions import MEASURES
from panel.figures.json_rows import Gathered, Part
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
    MEETING_STATEMENT,
    POLICE_PARTS,
    POLICE_STATEMENT,
    meeting_of,
    police_of,
)
from panel.meetings.models import Meeting
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind; `root` is the kind of rows without which a subject is gone."""

    name: str
    root: str
    source: Any
    model: type[Subject]
    parts: tuple[Part, ...]
    statement: Any
    row_of: Callable[[int, Gathered, date], dict[str, Any]]

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

    def row(self, number: int, of: Gathered, on: date) -> dict[str, Any]:
        """The whole row of a subject as it stood on a day."""
        return EMPTY | self.row_of(number, of, on)


EMPTY: dict[str, Any] = {
    "outcome": "",
    "gender": "",
    "ethnicity": "",
    "age": None,
    "care": "",
    "turns_on": None,
}
CASE = Kind("case", "case", Referral, Milestone, CASE_PARTS, CASE_STATEMENT, milestone_of)
POLICE = Kind("police", "police", PoliceDisposal, PoliceMilestone, POLICE_PARTS, POLICE_STATEMENT, police_of)
MEETING = Kind("meeting", "meeting", Meeting, MeetingMilestone, MEETING_PARTS, MEETING_STATEMENT, meeting_of)
AUDIT = Kind("audit", "audit", CaseAudit, AuditMilestone, AUDIT_PARTS, AUDIT_STATEMENT, audit_of)
AUDITED = Kind(
    "audited", "audited", AuditedCase, AuditedMilestone, AUDITED_PARTS, AUDITED_STATEMENT, audited_of
)
KINDS = (CASE, POLICE, MEETING, AUDIT, AUDITED)
