"""What is recorded about a case, gathered for the hints of an audit: a fixed number of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from config.policy import number
from panel.assessments.models import Assessment
from panel.assessments.reading import Written, everything
from panel.closing.models import Completion
from panel.compliance.models import Matter
from panel.concerns.models import SignificantEvent
from panel.contacts.models import Attendance, Contact
from panel.decisions.queries import overrides_of
from panel.decisions.standing import standing_of
from panel.disposals.models import Disposal, Signature
from panel.plans.models import ExitNote, Plan, PlanAgreement, PlanStep, PlanVersion, StepState
from panel.referrals.clocks import assessment_due
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.victims.models import Victim, VictimAttempt, VictimUpdate
from panel.victims.queries import cleared
from workflows.assessment_parts import ANSWERED
from workflows.audit_evidence import hints
from workflows.audit_seen import Hint, Seen, StepSeen
from workflows.calendar import deadline, today_in_london
from workflows.conditions import StepKind
from workflows.contact import ContactKind
from workflows.keeping import WITH_THE_POLICE
from workflows.plan_parts import Risk, says_too_little
from workflows.roles import Seat
from workflows.vocabulary import Admission, Outcome, Purpose, Signer

ADMITS = (Admission.FULL, Admission.ACCEPTS, Admission.PARTIAL)
TEXTS = ("safety_why", "safety_who", "safety_down", "harm_why", "harm_who", "harm_down", "recommended_why")


@dataclass(frozen=True)
class Looked:
    """The hints of a case, and how it is classified now."""

    hints: dict[str, Hint]
    assessment: Assessment | None


def look(db: Session, referral: Referral, *, today: date) -> Looked:
    """What the recorded data show beside each prompt today."""
    query = select(Assessment).where(Assessment.referral_id == referral.id)
    assessment = db.exec(query).first()
    known: dict[str, Any] = {}
    if assessment is not None:
        written = everything(db, referral, assessment, today=today)
        known |= _assessed(db, referral, written)
    known |= _decided(db, referral) | _victims(db, referral, today)
    known |= _planned(db, referral, today) | _delivered(db, referral, today)
    known["words"] = known.pop("assessed_words", {}) | known.pop("reason_words", {})
    seen = Seen(today=today, given_on=referral.given_on, earlier_cases=_earlier(db, referral), **known)
    return Looked(hints(seen), assessment)


def _count(text: str) -> int:
    return len(text.split())


def _earlier(db: Session, referral: Referral) -> int:
    query = select(func.count()).where(Referral.child_id == referral.child_id, Referral.id < referral.id)
    return db.exec(query).one()


def _assessed(db: Session, referral: Referral, written: Written) -> dict[str, Any]:
    a = written.assessment
    submitted = today_in_london(a.submitted_at) if a.submitted_at else None
    signed = today_in_london(a.countersigned_at) if a.countersigned_at else None
    due = assessment_due(referral, None)
    sign_by = deadline("countersign_due", submitted, "Countersign").due if submitted else None
    texts = {key: _count(section.text) for key, section in written.sections.items()}
    return {
        "assessed": a.submitted_at is not None,
        "assessed_words": texts | {name: _count(getattr(a, name)) for name in TEXTS},
        "sources": frozenset(s.kind.value for s in written.sources if s.answer in ANSWERED),
        "screens": frozenset(s.kind.value for s in written.screens.values() if not s.not_done_reason),
        "own_answers": len(written.answers),
        "heard_child": written.own is not None or _met_before(db, referral, a),
        "safety": a.safety,
        "harm": a.harm,
        "social_care_open": written.social_care_open,
        "submitted_on": submitted,
        "due_on": due.due if due else None,
        "signed_on": signed,
        "sign_by": sign_by,
        "signed_by_author": a.countersigned_by_id == a.author_id,
        "strengths": sum(bool(step.strength.strip()) for step in written.steps),
        "recommended": a.recommended,
    }


def _met_before(db: Session, referral: Referral, assessment: Assessment) -> bool:
    if assessment.submitted_at is None:
        return False
    query = select(Contact.id).where(
        Contact.referral_id == referral.id,
        Contact.state == Attendance.ATTENDED,
        col(Contact.starts_at) <= assessment.submitted_at,
    )
    return db.exec(query.limit(1)).first() is not None


def _decided(db: Session, referral: Referral) -> dict[str, Any]:
    offences = offences_of(db, referral)
    found: dict[str, Any] = {
        "admitted": any(o.admission in ADMITS for o in offences),
        "gravity": any(o.gravity is not None for o in offences),
    }
    standing = standing_of(db, referral.id)
    if standing is not None:
        decision = standing.decision
        members = decision.content.get("members", [])
        off = any(
            o.gravity_presumes and (o.outcome or standing.outcome) not in o.gravity_presumes for o in offences
        )
        found |= {
            "panel_on": decision.took_place_on,
            "reason_words": {"reasons": _count(standing.reasons)},
            "yot_there": any(seat.get("seat") == Seat.YOT_MANAGER.value for seat in decision.quorum)
            or any(member.get("seat") == Seat.YOT_MANAGER.value for member in members),
            "dissent": any(member.get("dissents") for member in members),
            "presumed": not off or "fits_gravity" in overrides_of(db, referral.id)[1],
        }
    return found | _given(db, referral)


def _given(db: Session, referral: Referral) -> dict[str, Any]:
    query = select(Disposal).where(Disposal.referral_id == referral.id, col(Disposal.withdrawn_at).is_(None))
    disposal = db.exec(query).first()
    if disposal is None:
        return {}
    signers = _signers(db, disposal.id)
    return {
        "explained": disposal.explained_at is not None,
        "explained_to_adult": bool(disposal.adult_name),
        "signed_child": Signer.CHILD in signers,
        "signed_adult": Signer.ADULT in signers,
        "copy_kept": disposal.signed_document_id is not None and disposal.copy_altered_at is None,
    }


def _victims(db: Session, referral: Referral, today: date) -> dict[str, Any]:
    ids = db.exec(select(Victim.id).where(Victim.referral_id == referral.id)).all()
    first: Any = select(func.min(VictimAttempt.made_on)).where(col(VictimAttempt.victim_id).in_(ids))
    began = db.exec(first).one()
    updates = list(db.exec(select(VictimUpdate).where(col(VictimUpdate.victim_id).in_(ids))))
    decided = today_in_london(referral.decided_at) if referral.decided_at else today
    late = [u for u in updates if not u.not_owed and (u.told_on or today) > u.due_on]
    return {
        "victim": bool(referral.victim_identified),
        "victim_asked": began is not None and began <= decided,
        # Only what the victim worker cleared for the panel: the rest stays in the room of the victims.
        "victim_wishes": any(view.reparation for view in cleared(db, referral.id)),
        "updates_late": len(late),
    }


def _planned(db: Session, referral: Referral, today: date) -> dict[str, Any]:
    plan = db.exec(select(Plan).where(Plan.referral_id == referral.id)).first()
    if plan is None:
        return {}
    steps = db.exec(select(PlanStep).where(PlanStep.plan_id == plan.id)).all()
    version = db.exec(
        select(PlanVersion)
        .where(PlanVersion.plan_id == plan.id)
        .order_by(col(PlanVersion.number).desc())
        .limit(1)
    ).first()
    content: Mapping[str, Any] = version.content if version else {}
    agreed = db.exec(
        select(PlanAgreement).where(PlanAgreement.plan_id == plan.id).order_by(col(PlanAgreement.id).desc())
    ).first()
    signers = _signers(db, plan.disposal_id)
    made: Any = select(func.count(func.distinct(ExitNote.exit_key))).where(
        ExitNote.plan_id == plan.id, col(ExitNote.happened).is_(True)
    )
    return {
        "planned": True,
        "steps": tuple(_step(step) for step in steps if step.state is not StepState.REMOVED),
        "ends_on": plan.ends_on,
        "most_hours": number("ycc_nonrehabilitative_hours", today) if referral.outcome is Outcome.YCC else 0,
        "agreed_child": Signer.CHILD in signers or bool(agreed and agreed.child_signed),
        "agreed_adult": Signer.ADULT in signers or bool(agreed and agreed.adult_signed),
        "links": len(content.get("links", [])),
        "exits": len(content.get("exits", [])),
        "exits_made": db.exec(made).one(),
        **_contingencies(content.get("contingencies", [])),
    }


def _signers(db: Session, disposal_id: int) -> set[Signer]:
    found = db.exec(select(Signature.signer).where(Signature.disposal_id == disposal_id))
    return {Signer(signer) for signer in found}


def _contingencies(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    risks = {Risk(row["risk"]) for row in rows}
    return {
        "contingency_safety": bool(risks & {Risk.SAFETY, Risk.BOTH}),
        "contingency_harm": bool(risks & {Risk.OTHERS, Risk.BOTH}),
        "hollow": sum(says_too_little(row["action"]) for row in rows),
    }


def _step(step: PlanStep) -> StepSeen:
    return StepSeen(
        complete=step.is_complete(),
        serves=step.serves,
        with_somebody=bool(step.who.strip()),
        hours=step.hours,
        rehabilitates=step.purpose is Purpose.REHABILITATION,
        starts_on=step.starts_on,
        due_on=step.due_on,
        done_on=step.done_on,
        open=step.state is StepState.TO_DO,
        dropped=step.state is StepState.ENDED,
        answers_victim=step.purpose is Purpose.REPARATION or step.kind is StepKind.COMPENSATION,
    )


def _delivered(db: Session, referral: Referral, today: date) -> dict[str, Any]:
    contacts = db.exec(select(Contact).where(Contact.referral_id == referral.id)).all()
    came = [contact for contact in contacts if contact.state is Attendance.ATTENDED]
    missed = [contact for contact in contacts if contact.state is Attendance.MISSED]
    matters = db.exec(select(Matter).where(Matter.referral_id == referral.id)).all()
    completion = db.exec(select(Completion).where(Completion.referral_id == referral.id)).first()
    events: Any = select(func.count()).where(
        SignificantEvent.referral_id == referral.id, col(SignificantEvent.follows).is_(None)
    )
    late = None if completion is None else today_in_london(completion.at) > completion.police_due_on
    open_late = [m for m in matters if m.over_at is None and m.due_on is not None and m.due_on < today]
    return {
        "attended": len(came),
        "missed": len(missed),
        "unanswered": min(len(missed), sum(m.status not in WITH_THE_POLICE for m in open_late)),
        "fitted": sum(bool(contact.fits.strip()) for contact in contacts),
        "workers": len({contact.worker_id for contact in came}),
        "with_others": sum(bool(contact.others.strip()) for contact in came),
        "with_carer": sum(contact.kind is ContactKind.CARER for contact in came),
        "events_open": db.exec(events).one(),
        "completion_late": late,
        "breaches_open": sum(m.status in WITH_THE_POLICE for m in open_late),
        "over": referral.closed_at is not None,
    }
