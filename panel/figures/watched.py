"""The tables that a subject is made of: which of their columns count, and whose subject a row is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session as AnySession
from sqlmodel import col

from panel.assessments.models import Assessment, ProposedStep
from panel.assessments.version_models import AssessmentVersion
from panel.assessments.written import LinkedPlan, Section, SelfAssessment, Source
from panel.audits.models import AuditedCase, AuditModeration, AuditRound, CaseAudit
from panel.children.models import Carer, Child
from panel.closing.models import Completion
from panel.compliance.models import Entry, Matter
from panel.contacts.models import Contact
from panel.decisions.models import Decision
from panel.decisions.standing_models import PoliceDecision, Rescission
from panel.disposals.day_models import Explanation
from panel.disposals.models import Disposal, Signature
from panel.figures.audit_rows import AUDITED as JUDGED
from panel.figures.case_parts import CASE_PARTS
from panel.figures.case_rows import OF_CHILD
from panel.figures.in_python import columns_in
from panel.figures.kinds import AUDIT, AUDITED, CASE, MEETING, POLICE, Kind
from panel.figures.other_rows import CHECKED, KEPT
from panel.meetings.models import AgendaItem, Meeting, Member, Position
from panel.plans.models import ExitNote, Plan, PlanAgreement, PlanStep, PlanVersion
from panel.police.models import PoliceDisposal
from panel.referrals.models import Offence, Referral
from panel.victims.models import Victim, VictimAttempt, VictimClearing


@dataclass(frozen=True)
class Watch:
    """Rows of one table: `key` names the column that leads to the subject, `way` the row that it leads over.

    A way is the table of the row above and its column with the number of the subject; without one `key` has
    that number itself. `below` is a table whose rows hang on the row above, and are the subjects; `by` is its
    column that leads there.
    """

    kind: Kind
    key: str
    columns: frozenset[str]
    way: tuple[Any, str, str] | None = None
    below: Any = None
    by: str = "referral_id"

    @property
    def below_it(self) -> bool:
        """Whether the subjects hang below the row: there are none while it is new."""
        return self.way is not None and self.way[1] != "id" and self.key == "id"

    def known(self, db: AnySession, keys: Iterable[int]) -> tuple[set[int], set[int]]:
        """The subjects of keys whose rows the session holds, and the keys of which it does not."""
        if self.way is None:
            return set(keys), set()
        table, link, subject = self.way
        found, unknown = set(), set()
        for key in keys:
            row = db.identity_map.get((table, (key,), None)) if link == "id" else None
            if row is None or subject not in row.__dict__:
                unknown.add(key)
            else:
                found.add(row.__dict__[subject])
        return found, unknown

    def query(self, keys: Iterable[int]) -> Any:
        """The subjects of some keys."""
        table, link, subject = cast("tuple[Any, str, str]", self.way)
        query: Any = select(getattr(self.below or table, subject))
        if self.below is not None:
            query = query.join(table, col(table.id) == getattr(self.below, self.by))
        return query.where(col(getattr(table, link)).in_(sorted(keys)))


def _read_of(table: Any) -> frozenset[str]:
    """The columns of a table that the gathering of a case reads or by which it chooses."""
    names = set()
    for part in CASE_PARTS:
        for clause in (*part.columns.values(), *part.where, *(joined for _, joined in part.joins)):
            names |= {one.name for one in columns_in(clause) if one.table is table.__table__}
    return frozenset(names)


def _of_case(table: Any) -> Watch:
    return Watch(CASE, "referral_id", _read_of(table) | {"referral_id"})


def _below(parent: Any, table: Any, link: str) -> Watch:
    return Watch(CASE, link, _read_of(table) | {link}, (parent, "id", "referral_id"))


CHILD = Watch(CASE, "id", _read_of(Child), (Referral, "child_id", "id"))
GIVING = Watch(POLICE, "id", frozenset({"given_on", "child_id"}), (PoliceDisposal, "referral_id", "id"))
HELD_ON = Watch(CASE, "id", frozenset({"held_on"}), (AgendaItem, "meeting_id", "referral_id"))
# Audits are broken down like their case, and the last audit of a case makes all of them count.
ABOUT_CASE = frozenset({"area_id", "outcome", "child_id"})
AUDITS = (
    Watch(AUDIT, "id", ABOUT_CASE, (CaseAudit, "referral_id", "id")),
    Watch(AUDITED, "id", ABOUT_CASE, (AuditedCase, "referral_id", "id")),
)
# So are disposals of the police, where their own record says nothing.
BELOW_CHILD = tuple(
    Watch(kind, "id", frozenset(OF_CHILD), (Referral, "child_id", "id"), below)
    for kind, below in ((AUDIT, CaseAudit), (AUDITED, AuditedCase), (POLICE, PoliceDisposal))
)
# A round that is dropped takes all its audits out of the figures.
DROPPED = (
    Watch(AUDITED, "id", frozenset({"status"}), (AuditedCase, "round_id", "id")),
    Watch(AUDIT, "id", frozenset({"status"}), (AuditedCase, "round_id", "id"), CaseAudit, "case_id"),
)
OF_AUDITS = (
    Watch(AUDIT, "id", frozenset(JUDGED)),
    Watch(AUDIT, "case_id", frozenset({"finished_on"}), (CaseAudit, "case_id", "id")),
    Watch(AUDITED, "case_id", frozenset({"finished_on", "disposal_right"})),
)
OWN = (Offence, Assessment, Decision, Disposal, Plan, Contact, Matter, Completion, Victim, AgendaItem)
BELOW: tuple[tuple[Any, str, tuple[Any, ...]], ...] = (
    (
        Assessment,
        "assessment_id",
        (AssessmentVersion, Section, SelfAssessment, Source, LinkedPlan, ProposedStep),
    ),
    (AgendaItem, "item_id", (Position,)),
    (Decision, "decision_id", (Rescission, PoliceDecision)),
    (Disposal, "disposal_id", (Signature, Explanation)),
    (Plan, "plan_id", (PlanStep, PlanVersion, PlanAgreement, ExitNote)),
    (Matter, "matter_id", (Entry,)),
    (Victim, "victim_id", (VictimAttempt, VictimClearing)),
)
WATCHED: dict[type[Any], tuple[Watch, ...]] = {
    Referral: (Watch(CASE, "id", _read_of(Referral) | {"child_id"}), GIVING, *AUDITS),
    Child: (CHILD, *BELOW_CHILD),
    Carer: (Watch(CASE, "child_id", _read_of(Carer) | {"child_id"}, (Referral, "child_id", "id")),),
    AuditRound: DROPPED,
    CaseAudit: OF_AUDITS,
    AuditModeration: (Watch(AUDITED, "case_id", frozenset({"item", "settled"})),),
    Meeting: (Watch(MEETING, "id", frozenset({"area_id", "status", "held_on"})), HELD_ON),
    Member: (Watch(MEETING, "meeting_id", frozenset({"meeting_id", "seat", "present"})),),
    PoliceDisposal: (
        Watch(POLICE, "id", frozenset((*KEPT, *CHECKED, "told_how", "referral_id"))),
        _of_case(PoliceDisposal),
    ),
    **{table: (_of_case(table),) for table in OWN},
    **{table: (_below(parent, table, link),) for parent, link, tables in BELOW for table in tables},
}
