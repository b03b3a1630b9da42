"""What follows from audits: differences are settled, the case manager is told, the round ends."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.agreed_actions import actions as agreed
from panel.agreed_actions.commands import Agreed
from panel.audits import commands as c
from panel.audits.drawing import sample_path
from panel.audits.models import AuditedCase, AuditModeration, AuditRound
from panel.audits.queries import audit_chain, case_at, lock_round, needed, sample_of, ties
from panel.audits.results import Read, judged_items, open_differences, read
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.notifications.actions import finish_for_person, finish_path, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.audit import AUDIT_ROUND, AUDITED_CASE, CaseStatus, RoundFacts, SampledFacts
from workflows.calendar import today_in_london
from workflows.flow import Step


def round_facts(db: Session, made: AuditRound, *, at: datetime, said: str = "") -> RoundFacts:
    """A round as its rules see it once it runs."""
    reads = read(db, sample_of(db, made.id))
    return RoundFacts(
        today=today_in_london(at),
        since=made.since,
        until=made.until,
        eligible=made.population,
        waiting=sum(not one.complete for one in reads),
        to_moderate=len(open_differences(reads, judged_items(made.framework.value))),
        words=said,
    )


def sampled_facts(
    db: Session,
    made: AuditRound,
    one: Read,
    *,
    by: Actor,
    settled: frozenset[str] | None = None,
    said: str = "",
) -> SampledFacts:
    """A case as its rules see it; `settled` are the items that are being settled now."""
    case = one.case
    return SampledFacts(
        round_status=made.status,
        finished=len(one.audits),
        needed=needed(case),
        differing=frozenset(one.differing(judged_items(made.framework.value))),
        settled=frozenset(one.settled) if settled is None else settled,
        judged_it=by.id in {audit.auditor_id for audit in one.audits},
        tied=bool(ties(db, [case.referral_id], by.id)),
        words=said,
    )


def moderate(
    db: Session,
    made: AuditRound,
    place: int,
    values: dict[str, str],
    command: c.Settled,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """A third person settles every answer on which two auditors differ; the answers themselves stay."""
    lock_round(db, made)
    case = case_at(db, made.id, place, lock=True)
    (one,) = read(db, [case])
    facts = sampled_facts(db, made, one, by=by, settled=frozenset(values), said=command.words)
    step = AUDITED_CASE.step("moderate", case.status, facts, by.roles_in(made.area_id))
    differing = one.differing(judged_items(made.framework.value))
    if any(value not in differing[item] for item, value in values.items()):
        raise Missing()
    db.add_all(
        AuditModeration(case_id=case.id, item=item, settled=value, reason=command.words, by_id=by.id, at=at)
        for item, value in sorted(values.items())
    )
    case.changed_at = at
    said = {"number": str(place), "items": str(len(values))}
    _kept(db, made, case, "moderate", step, said, by=by, at=at)


def feed_back(
    db: Session, made: AuditRound, place: int, command: c.FedBack, *, by: Actor, at: datetime
) -> None:
    """Tell the case manager what the audits found, and agree an action where one is wanted."""
    case = case_at(db, made.id, place, lock=True)
    (one,) = read(db, [case])
    facts = sampled_facts(db, made, one, by=by, said=command.words)
    step = AUDITED_CASE.step("feed_back", case.status, facts, by.roles_in(made.area_id))
    case.feedback, case.fed_back_by_id, case.fed_back_at, case.changed_at = command.words, by.id, at, at
    referral = db.get_one(Referral, case.referral_id)
    if command.action and command.holder_id and command.due_on:
        origin = agreed.Origin(made.area_id, True, audit_chain(made.id))
        wanted = Agreed(what=command.action, holder_id=command.holder_id, due_on=command.due_on)
        case.action_id = agreed.agree(db, wanted, origin, referral.id, by=by, at=at).id
    _kept(db, made, case, "feed_back", step, {"number": str(place)}, by=by, at=at)
    tell(db, referral, "audit", by=by, at=at)
    if referral.case_manager_id:
        notify(
            db,
            why=Why.AUDIT_FED_BACK,
            area_id=made.area_id,
            referral_id=referral.id,
            key=f"{made.reference}-{place}-{Why.AUDIT_FED_BACK.value}",
            at=at,
            to_user=referral.case_manager_id,
            path=f"/cases/{referral.reference}/audit",
        )
    db.flush()


def _kept(
    db: Session,
    made: AuditRound,
    case: AuditedCase,
    name: str,
    step: Step[CaseStatus],
    said: dict[str, str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    chain = audit_chain(made.id)
    record(db, case, step, flow="audited_case", chain=chain, by=by, at=at, facts=said)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=f"audits.{name}")
    db.add(case)
    db.flush()


def reply(
    db: Session, referral: Referral, case: AuditedCase, command: c.Replied, *, by: Actor, at: datetime
) -> None:
    """The case manager has read what the audit found and answers; their task is done."""
    case.reply, case.replied_at, case.changed_at = command.words, at, at
    db.add(case)
    note(db, "audit.reply", chain=audit_chain(case.round_id), by=by, at=at, facts={"number": str(case.place)})
    tell(db, referral, "audit_reply", by=by, at=at)
    finish_for_person(db, referral.id, Why.AUDIT_FED_BACK, by=by, at=at)
    db.flush()


def finish(db: Session, made: AuditRound, command: c.Words, *, by: Actor, at: datetime) -> None:
    """Close the round with what is learned from it."""
    _move(db, made, "finish", command.words, by=by, at=at)
    made.finished_at = at


def drop(db: Session, made: AuditRound, command: c.Words, *, by: Actor, at: datetime) -> None:
    """End the round without a result."""
    _move(db, made, "drop", command.words, by=by, at=at)


def _move(db: Session, made: AuditRound, name: str, said: str, *, by: Actor, at: datetime) -> None:
    lock_round(db, made)
    facts = round_facts(db, made, at=at, said=said)
    step = AUDIT_ROUND.step(name, made.status, facts, by.roles_in(made.area_id))
    made.learned, made.changed_at = said, at
    chain = audit_chain(made.id)
    words = {"reason": said} if name == "drop" else {}
    record(db, made, step, flow="audit_round", chain=chain, by=by, at=at, facts=words)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=f"audits.{name}")
    finish_path(db, sample_path(made), by=by, at=at)
    db.add(made)
    db.flush()
