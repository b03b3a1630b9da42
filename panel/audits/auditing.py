"""What an auditor does: begin a case, write answers as far as they are, finish."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from config.audit_form import questions
from panel.access import Actor
from panel.audits import commands as c
from panel.audits.models import AuditedCase, AuditRound, CaseAudit, CaseAuditAnswer
from panel.audits.queries import (
    audit_chain,
    case_at,
    lock_round,
    members_of,
    needed,
    own_audit,
    ties,
    waiting_for,
)
from panel.audits.results import RIGHT
from panel.audits.seeing import look
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.notifications.actions import finish_key
from panel.notifications.models import Why
from panel.referrals.models import Referral
from workflows.audit import CASE_AUDIT, IN_SAMPLE, Answer, AuditFacts
from workflows.calendar import today_in_london
from workflows.flow import Refused
from workflows.vocabulary import Level

OVERALL = {
    "safety_class": "your classification of safety",
    "harm_class": "your classification of harm",
    "disposal_right": "whether the disposal was right",
}


def facts_of(
    db: Session, made: AuditRound, case: AuditedCase, audit: CaseAudit | None, *, by: Actor
) -> AuditFacts:
    """An audit as its rules see it."""
    others = db.exec(
        select(func.count()).where(CaseAudit.case_id == case.id, CaseAudit.auditor_id != by.id)
    ).one()
    draft = audit.draft if audit else {}
    return AuditFacts(
        round_status=made.status,
        invited=by.id in {member.user_id for member in members_of(db, made.id)},
        in_sample=case.status in IN_SAMPLE,
        ties=ties(db, [case.referral_id], by.id).get(case.referral_id, ()),
        others=others,
        needed=needed(case),
        unanswered=unanswered(made, draft),
        without_note=without_note(made, draft),
    )


def unanswered(made: AuditRound, draft: dict[str, object]) -> tuple[str, ...]:
    """The prompts, key questions and parts of the whole that have no answer yet."""
    answers = _answers(draft)
    items = [key for q in questions(made.framework.value) for key in (*(p.key for p in q.prompts), q.key)]
    return (
        *(item for item in items if item not in answers),
        *(says for name, says in OVERALL.items() if draft.get(name) is None),
    )


def without_note(made: AuditRound, draft: dict[str, object]) -> tuple[str, ...]:
    """The key questions answered with no or not applicable, and the disposal, without a word why."""
    answers, notes = _answers(draft), draft.get("notes") or {}
    assert isinstance(notes, dict)
    asked = [
        question.key
        for question in questions(made.framework.value)
        if answers.get(question.key) in (Answer.NO.value, Answer.NOT_APPLICABLE.value)
    ]
    lacking = [key for key in asked if not notes.get(key)]
    wrong = draft.get("disposal_right") is False and not draft.get("right_note")
    return (*lacking, *([OVERALL["disposal_right"]] if wrong else []))


def _answers(draft: dict[str, object]) -> dict[str, str]:
    found = draft.get("answers") or {}
    assert isinstance(found, dict)
    return found


def begin(db: Session, made: AuditRound, place: int, *, by: Actor, at: datetime) -> CaseAudit:
    """Take a case to audit; whoever has it already goes on with it."""
    case = case_at(db, made.id, place, lock=True)
    there = own_audit(db, case, by)
    if there is not None:
        return there
    audit = CaseAudit(case_id=case.id, referral_id=case.referral_id, auditor_id=by.id, began_at=at)
    facts = facts_of(db, made, case, None, by=by)
    step = CASE_AUDIT.step("begin", audit.status, facts, by.roles_in(made.area_id))
    db.add(audit)
    db.flush()
    chain, said = audit_chain(made.id), {"number": str(place)}
    record(db, audit, step, flow="case_audit", chain=chain, by=by, at=at, facts=said)
    log_access(db, Operation.COLLECTION, chain, by=by, at=at, page="audits.begin")
    db.flush()
    return audit


def _writing(db: Session, made: AuditRound, place: int, by: Actor) -> CaseAudit:
    case = case_at(db, made.id, place)
    audit = own_audit(db, case, by, lock=True)
    if audit is None:
        raise Missing()
    facts = facts_of(db, made, case, audit, by=by)
    # What is written must be allowed to be finished, once it is complete.
    stops = [
        refusal
        for refusal in CASE_AUDIT.refusals("finish", audit.status, facts)
        if refusal.name not in ("audit_complete", "audit_noted")
    ]
    if stops:
        raise Refused("case_audit", "write", tuple(stops))
    return audit


def write_part(
    db: Session, made: AuditRound, place: int, items: list[str], command: c.Part, *, by: Actor, at: datetime
) -> None:
    """Keep the answers of one part of the form; what was taken back goes."""
    audit = _writing(db, made, place, by)
    before = audit.draft
    kept = {k: v for k, v in (before.get("answers") or {}).items() if k not in items}
    notes = {k: v for k, v in (before.get("notes") or {}).items() if k not in items}
    given = {item: answer.value for item, answer in command.answers.items()}
    audit.draft = {**before, "answers": kept | given, "notes": notes | command.notes}
    _wrote(db, made, audit, place, by=by, at=at)


def write_overall(
    db: Session, made: AuditRound, place: int, command: c.Overall, *, by: Actor, at: datetime
) -> None:
    """Keep what the auditor thinks of the case as a whole."""
    audit = _writing(db, made, place, by)
    audit.draft = {**audit.draft, **command.model_dump(mode="json")}
    _wrote(db, made, audit, place, by=by, at=at)


def _wrote(db: Session, made: AuditRound, audit: CaseAudit, place: int, *, by: Actor, at: datetime) -> None:
    chain = audit_chain(made.id)
    note(db, "case_audit.write", chain=chain, by=by, at=at, facts={"number": str(place)})
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="audits.write")
    db.add(audit)
    db.flush()


def finish(db: Session, made: AuditRound, place: int, *, by: Actor, at: datetime) -> CaseAudit:
    """Sign an audit off: its answers become rows that nobody changes, with what the data showed that day."""
    # Nobody drops the round meanwhile: its audits would stay in the figures.
    lock_round(db, made)
    case = case_at(db, made.id, place, lock=True)
    audit = own_audit(db, case, by, lock=True)
    if audit is None:
        raise Missing()
    facts = facts_of(db, made, case, audit, by=by)
    step = CASE_AUDIT.step("finish", audit.status, facts, by.roles_in(made.area_id))
    today, draft = today_in_london(at), audit.draft
    seen = look(db, db.get_one(Referral, case.referral_id), today=today)
    audit.hints = {key: [hint.kind.value, hint.says] for key, hint in seen.hints.items()}
    audit.safety_class, audit.harm_class = Level(draft["safety_class"]), Level(draft["harm_class"])
    audit.disposal_right, audit.comment = bool(draft["disposal_right"]), str(draft.get("comment") or "")
    if seen.assessment is not None:
        audit.recorded_safety, audit.recorded_harm = seen.assessment.safety, seen.assessment.harm
    audit.signed_off_at, audit.finished_on = at, today
    chain, said = audit_chain(made.id), {"number": str(place)}
    record(db, audit, step, flow="case_audit", chain=chain, by=by, at=at, facts=said)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="audits.finish")
    db.add(audit)
    db.add_all(_rows(audit))
    db.flush()
    if not waiting_for(db, by, made.id):
        finish_key(db, f"{made.reference}-{Why.AUDIT_TO_DO.value}-{by.id}", by=by, at=at)
    return audit


def _rows(audit: CaseAudit) -> list[CaseAuditAnswer]:
    notes = audit.draft.get("notes") or {}
    rows = [
        CaseAuditAnswer(audit_id=audit.id, item=item, answer=Answer(value), note=str(notes.get(item, "")))
        for item, value in sorted(_answers(audit.draft).items())
    ]
    right = Answer.YES if audit.disposal_right else Answer.NO
    why = str(audit.draft.get("right_note") or "")
    return [*rows, CaseAuditAnswer(audit_id=audit.id, item=RIGHT, answer=right, note=why)]


def begun(db: Session, case_ids: list[int]) -> dict[int, int]:
    """How many audits of each case are begun and not finished."""
    query = select(CaseAudit.case_id, func.count()).where(
        col(CaseAudit.case_id).in_(case_ids), col(CaseAudit.finished_on).is_(None)
    )
    return {int(case): int(count) for case, count in db.exec(query.group_by(col(CaseAudit.case_id)))}
