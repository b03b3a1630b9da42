"""What a case is made of, in the one question that gathers it: for its row and for the checks of its data."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import col

from panel.assessments.models import Assessment, ProposedStep
from panel.assessments.version_models import AssessmentVersion
from panel.assessments.written import LinkedPlan, Section, SelfAssessment, Source
from panel.children.models import Carer, Child
from panel.closing.models import Completion
from panel.compliance.models import Entry, Matter
from panel.contacts.models import Contact
from panel.decisions.models import Decision
from panel.decisions.standing_models import PoliceDecision, Rescission
from panel.disposals.day_models import Explanation
from panel.disposals.models import Disposal, Signature
from panel.figures.json_rows import Part
from panel.meetings.models import AgendaItem, Meeting, Position
from panel.plans.models import ExitNote, Plan, PlanAgreement, PlanStep, PlanVersion
from panel.police.models import PoliceDisposal
from panel.referrals.models import Offence, Referral
from panel.steps import StepFields
from panel.victims.models import Victim, VictimAttempt, VictimClearing
from workflows.conditions import NEEDS
from workflows.contact import Attendance
from workflows.ruling import Status as Standing

NEEDED = tuple(dict.fromkeys(name for names in NEEDS.values() for name in names))
STEP = tuple(name for name in StepFields.model_fields if name in (*NEEDED, "kind", "amount_pence"))
VOICES = ("child_words", "parent_words")


def _named(table: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(table, name) for name in names}


def _own(kind: str, table: Any, *names: str, where: tuple[Any, ...] = ()) -> Part:
    return Part(kind, col(table.referral_id), _named(table, *names), where=where)


def _below(kind: str, parent: Any, table: Any, link: str, *names: str, where: tuple[Any, ...] = ()) -> Part:
    """Rows that hang on a row of the case."""
    start = parent.__table__.join(table.__table__, col(getattr(table, link)) == col(parent.id))
    return Part(kind, col(parent.referral_id), _named(table, *names), where=where, start=start)


def _first(column: Any, where: Any) -> Any:
    return select(func.min(column)).where(where).scalar_subquery()


CASE = Part(
    "case",
    col(Referral.id),
    _named(Referral, "reference", "area_id", "status", "source", "outcome", "bailed_on", "victim_identified")
    | _named(Referral, "created_at", "submitted_at", "accepted_at", "notified_at", "closed_at")
    | _named(Referral, "appointed_on", "given_on", "assessment_stopped_days", "assessment_stopped_since")
    | _named(Referral, "assessed_at", "decided_at", "case_manager_id", "no_carer_reason")
    | _named(Child, "gender", "ethnicity", "date_of_birth", "looked_after", "postcode")
    | {"carer": col(Carer.name)},
    joins=((Carer, col(Carer.child_id) == col(Referral.child_id)),),
    start=Referral.__table__.join(Child.__table__, col(Child.id) == col(Referral.child_id)),  # type: ignore[attr-defined]
)
ASSESSING = (
    _own(
        "assessment",
        Assessment,
        *("author_id", "status", "submitted_at", "countersigned_at", "countersigned_by_id", "safety", "harm"),
        "reoffending",
    ),
    _below("version", Assessment, AssessmentVersion, "assessment_id", "at"),
    _below(
        "voice",
        Assessment,
        Section,
        "assessment_id",
        "key",
        # Values that come as a list are read by the driver again with every question.
        where=(or_(*(col(Section.key) == key for key in VOICES)), func.trim(col(Section.text)) != ""),
    ),
    _below("self", Assessment, SelfAssessment, "assessment_id", "given_back_at"),
    _below("source", Assessment, Source, "assessment_id", "kind", "answer"),
    _below("linked", Assessment, LinkedPlan, "assessment_id", "kind"),
    _below(
        "strength",
        Assessment,
        ProposedStep,
        "assessment_id",
        "id",
        where=(func.trim(col(ProposedStep.strength)) != "",),
    ),
)
DECIDING = (
    Part(
        "decision",
        col(Decision.referral_id),
        _named(Decision, "id", "item_id", "outcome", "took_place_on", "reasons") | _named(Meeting, "held_on"),
        joins=(
            (AgendaItem, col(AgendaItem.id) == col(Decision.item_id)),
            (Meeting, col(Meeting.id) == col(AgendaItem.meeting_id)),
        ),
    ),
    _below("position", AgendaItem, Position, "item_id", "item_id", "seat"),
    _below(
        "rescinded",
        Decision,
        Rescission,
        "decision_id",
        "decision_id",
        where=(col(Rescission.status) == Standing.CONFIRMED,),
    ),
    _below("police", Decision, PoliceDecision, "decision_id", "decision_id", "number", "outcome"),
    Part(
        "victim",
        col(Victim.referral_id),
        _named(Victim, "view", "same_household", "reparation_at_home", "objects_to_sharing")
        | {
            "tried_on": _first(col(VictimAttempt.made_on), col(VictimAttempt.victim_id) == col(Victim.id)),
            "cleared_at": _first(col(VictimClearing.at), col(VictimClearing.victim_id) == col(Victim.id)),
        },
    ),
)
IN_USE = (col(Disposal.withdrawn_at).is_(None),)
GIVING = (
    _own(
        "disposal",
        Disposal,
        *("outcome", "explained_at", "adult_name", "signed_at", "given_on", "signed_document_id"),
        *("copy_altered_at", "case_manager_present", "document_id", "given_at", "given_late_reason"),
        where=IN_USE,
    ),
    _below("signature", Disposal, Signature, "disposal_id", "signer", where=IN_USE),
    _below("explained", Disposal, Explanation, "disposal_id", "there", where=IN_USE),
)
NEWEST = (
    select(func.max(PlanVersion.number))
    .where(col(PlanVersion.plan_id) == col(Plan.id))
    .correlate(Plan)
    .scalar_subquery()
)
PLANNING = (
    _own("plan", Plan, "id"),
    _below(
        "step",
        Plan,
        PlanStep,
        "plan_id",
        *STEP,
        *("due_on", "done_on", "state", "binding", "purpose", "at_childs_home"),
    ),
    Part(
        "content",
        col(Plan.referral_id),
        {part: col(PlanVersion.content)[part] for part in ("contingencies", "links", "exits")},
        where=(col(PlanVersion.number) == NEWEST,),
        start=Plan.__table__.join(PlanVersion.__table__, col(PlanVersion.plan_id) == col(Plan.id)),  # type: ignore[attr-defined]
    ),
    _below("agreed", Plan, PlanAgreement, "plan_id", "child_signed", "adult_signed", "at"),
    _below("exit", Plan, ExitNote, "plan_id", "happened"),
)
KEEPING = (
    _own("contact", Contact, "starts_at", "noted_at", where=(col(Contact.state) == Attendance.ATTENDED,)),
    Part(
        "entry",
        col(Matter.referral_id),
        _named(Entry, "id", "matter_id", "rung", "happened_on") | _named(Contact, "state"),
        joins=((Contact, col(Contact.id) == col(Entry.contact_id)),),
        start=Matter.__table__.join(Entry.__table__, col(Entry.matter_id) == col(Matter.id)),  # type: ignore[attr-defined]
    ),
    _own("completion", Completion, "completed_on"),
)
OFFENCE = _own("offence", Offence, "id", "committed_on", "ended_on", "gravity", "crime_reference")
ALONE = _own("alone", PoliceDisposal, "id", where=(col(PoliceDisposal.exception) != "",))
CASE_PARTS = (CASE, OFFENCE, ALONE, *ASSESSING, *DECIDING, *GIVING, *PLANNING, *KEEPING)
