"""Drawing the sample of a round, and drawing it again; another case takes the place of one left out."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from config.audit_form import questions
from config.policy import number
from panel.access import Actor
from panel.accounts.models import Area
from panel.assessments.models import Assessment
from panel.audits import commands as c
from panel.audits import doubles
from panel.audits.models import AuditedCase, AuditMember, AuditRound, PopulationRow
from panel.audits.queries import able, audit_chain, cases_of, finished_of, lock_round, needed
from panel.children.models import Child
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, record
from panel.notifications.actions import notify
from panel.notifications.models import Why
from panel.references import new_reference
from panel.referrals.models import Referral
from workflows.audit import (
    AUDIT_ROUND,
    AUDITED_CASE,
    IN_SAMPLE,
    CaseStatus,
    LeftOut,
    RoundFacts,
    RoundStatus,
    SampledFacts,
)
from workflows.calendar import add_months, today_in_london
from workflows.case import Status
from workflows.sample_size import sample_size, split
from workflows.stratified import Member, digest_of, draw, largest_gap, replacement
from workflows.vocabulary import SIGNED_OUTCOMES, Gender, Level, Outcome

GIVEN = (Status.GIVEN, Status.NOTIFIED, Status.CLOSED)
TRAITS = ("Gender", "Disposal", "Risk of serious harm", "Safety and wellbeing")


def size_for(command: c.Opened, eligible: int) -> int:
    """How many are drawn: the part of a fixed total, or what confidence and margin ask for."""
    if command.whole is not None:
        return min(eligible, split(command.whole, command.share or 0)[0])
    return sample_size(eligible, confidence=command.confidence / 100, margin=command.margin / 100)


def usual_period(today: date) -> tuple[date, date]:
    """The first and last day on which a disposal was given to be in a sample, by the policy of a day."""
    first, last = number("audit_from_months", today), number("audit_to_months", today)
    return add_months(today, -first), add_months(today, -last)


def population(db: Session, area_id: int, command: c.Opened, *, today: date) -> list[PopulationRow]:
    """Every disposal given in the period, with its traits; those audited lately are marked."""
    shown: Any = (
        Referral.id,
        Referral.given_on,
        Referral.outcome,
        Child.gender,
        Assessment.harm,
        Assessment.safety,
    )
    query: Any = (
        select(*shown)
        .join(Child, col(Child.id) == Referral.child_id)
        .outerjoin(Assessment, col(Assessment.referral_id) == Referral.id)
        .where(
            Referral.area_id == area_id,
            col(Referral.given_on) >= command.since,
            col(Referral.given_on) <= command.until,
            col(Referral.outcome).in_(SIGNED_OUTCOMES),
            col(Referral.status).in_(GIVEN),
        )
        .order_by(col(Referral.id))
    )
    lately = set() if command.again else _lately(db, area_id, today)
    return [
        PopulationRow(
            referral_id=case,
            given_on=given_on,
            outcome=Outcome(outcome),
            gender=Gender(gender),
            harm=Level(harm) if harm else None,
            safety=Level(safety) if safety else None,
            left_out=LeftOut.RECENT if case in lately else None,
            reason="In the sample of a round in the last months" if case in lately else "",
        )
        for case, given_on, outcome, gender, harm, safety in db.exec(query)
    ]


def not_listed(db: Session, made: AuditRound) -> dict[Outcome, int]:
    """How many cases of the period are not on the list of a round at all, by their outcome."""
    on_it = select(PopulationRow.referral_id).where(PopulationRow.round_id == made.id)
    query: Any = (
        select(Referral.outcome, func.count())
        .where(
            Referral.area_id == made.area_id,
            col(Referral.given_on) >= made.since,
            col(Referral.given_on) <= made.until,
            col(Referral.outcome).is_not(None),
            col(Referral.id).not_in(on_it),
        )
        .group_by(col(Referral.outcome))
    )
    return {Outcome(outcome): int(count) for outcome, count in db.exec(query)}


def _lately(db: Session, area_id: int, today: date) -> set[int]:
    since = add_months(today, -number("audit_again_months", today))
    query = (
        select(AuditedCase.referral_id, AuditRound.opened_at)
        .join(AuditRound, col(AuditRound.id) == AuditedCase.round_id)
        .where(
            AuditRound.area_id == area_id,
            AuditRound.status != RoundStatus.DROPPED,
            col(AuditedCase.status).in_(IN_SAMPLE),
        )
    )
    return {int(case) for case, at in db.exec(query) if today_in_london(at) >= since}


def member_of(row: PopulationRow) -> Member:
    """One row of the list as the lot sees it."""
    level = [value.value if value else "none" for value in (row.harm, row.safety)]
    return Member(row.referral_id, (row.gender.value, row.outcome.value, *level))


def listed(db: Session, round_id: int) -> list[PopulationRow]:
    """The list that a round was drawn from, those that were left out beforehand too."""
    query = select(PopulationRow).where(PopulationRow.round_id == round_id)
    return list(db.exec(query.order_by(col(PopulationRow.referral_id))))


def eligible(rows: list[PopulationRow]) -> list[Member]:
    """Those from which the lot is drawn."""
    return [member_of(row) for row in rows if row.left_out is None]


def gap_words(listed_: list[Member], keys: list[int]) -> str:
    """The largest distance of a margin from its quota, in cases with two decimals."""
    return f"{float(largest_gap(listed_, keys)):.2f}"


def open_round(
    db: Session, command: c.Opened, area_id: int, *, by: Actor, at: datetime, seed: str = ""
) -> AuditRound:
    """Make the list, draw the sample and invite the auditors."""
    today = today_in_london(at)
    people = {user for user, _, _ in able(db, area_id, today=today)}
    if not set(command.members) <= people:
        raise Missing()
    rows = population(db, area_id, command, today=today)
    members = eligible(rows)
    facts = RoundFacts(
        today=today,
        since=command.since,
        until=command.until,
        eligible=len(members),
        form_questions=len(questions(command.framework.value)),
        auditors=len(set(command.members)),
    )
    code = db.exec(select(Area.code).where(Area.id == area_id)).one()
    size = size_for(command, len(members))
    made = AuditRound(
        reference=new_reference(f"U{code}"),
        area_id=area_id,
        framework=command.framework,
        since=command.since,
        until=command.until,
        confidence=command.confidence,
        margin=command.margin,
        whole=command.whole,
        share=command.share if command.whole is not None else None,
        population=len(members),
        size=size,
        seed=seed or secrets.token_hex(8),
        list_digest=digest_of(members),
        opened_by_id=by.id,
        opened_at=at,
        changed_at=at,
    )
    step = AUDIT_ROUND.step("open", made.status, facts, by.roles_in(area_id))
    keys = draw(members, size, made.seed)
    made.largest_gap = gap_words(members, keys)
    db.add(made)
    db.flush()
    for row in rows:
        row.round_id = made.id
    db.add_all(rows)
    _fill(db, made, keys, set(command.members), at)
    said = {"drawn": str(size), "eligible": str(len(members)), "gap": made.largest_gap}
    record(db, made, step, flow="audit_round", chain=audit_chain(made.id), by=by, at=at, facts=said)
    log_access(db, Operation.COLLECTION, audit_chain(made.id), by=by, at=at, page="audits.open")
    _invite(db, made, sorted(set(command.members)), at)
    db.flush()
    return made


def _fill(db: Session, made: AuditRound, keys: list[int], auditors: set[int], at: datetime) -> None:
    twice = doubles.drawn(keys, doubles.free_of(db, auditors, keys), made.seed, at)
    db.add_all(
        AuditedCase(round_id=made.id, place=place, referral_id=key, twice=key in twice, changed_at=at)
        for place, key in enumerate(keys, 1)
    )


def sample_path(made: AuditRound) -> str:
    """Where auditors find their sample."""
    return f"/audits/sample/{made.reference}"


def _invite(db: Session, made: AuditRound, users: list[int], at: datetime) -> None:
    for user in users:
        db.add(AuditMember(round_id=made.id, user_id=user))
        notify(
            db,
            why=Why.AUDIT_TO_DO,
            area_id=made.area_id,
            referral_id=None,
            key=f"{made.reference}-{Why.AUDIT_TO_DO.value}-{user}",
            at=at,
            to_user=user,
            path=sample_path(made),
        )


def drawn_again(made: AuditRound, rows: list[PopulationRow], cases: list[AuditedCase]) -> bool:
    """Whether list, size and seed that were kept still give the sample that was kept."""
    members = eligible(rows)
    first = {case.referral_id for case in cases if case.replaces_id is None}
    return digest_of(members) == made.list_digest and set(draw(members, made.size, made.seed)) == first


def exclude(
    db: Session, made: AuditRound, place: int, command: c.Excluded, *, by: Actor, at: datetime
) -> AuditedCase | None:
    """Leave a case out, with its reason; the case that takes its place, if one is left."""
    lock_round(db, made)
    cases = cases_of(db, made.id)
    case = next((one for one in cases if one.place == place), None)
    if case is None:
        raise Missing()
    done = finished_of(db, [case.id])[case.id]
    free = doubles.free_in(db, made, [case.referral_id], today=today_in_london(at))
    facts = SampledFacts(
        round_status=made.status,
        finished=len(done),
        needed=needed(case),
        free=len(free[case.referral_id]),
        left_out=command.left_out,
        words=command.words,
    )
    step = AUDITED_CASE.step("exclude", case.status, facts, by.roles_in(made.area_id))
    case.left_out, case.reason, case.changed_at = command.left_out, command.words, at
    chain, said = audit_chain(made.id), {"number": str(place), "reason": command.words}
    record(db, case, step, flow="audited_case", chain=chain, by=by, at=at, facts=said)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="audits.exclude")
    db.add(case)
    found = _replace(db, made, case, cases, at)
    db.flush()
    return found


def _replace(
    db: Session, made: AuditRound, case: AuditedCase, cases: list[AuditedCase], at: datetime
) -> AuditedCase | None:
    members = eligible(listed(db, made.id))
    kept = [one.referral_id for one in cases if one.status is not CaseStatus.EXCLUDED]
    key = replacement(members, kept, [one.referral_id for one in cases], made.seed)
    if key is not None:
        kept.append(key)
        free = doubles.free_in(db, made, [key], today=today_in_london(at))[key]
        db.add(
            AuditedCase(
                round_id=made.id,
                place=max(one.place for one in cases) + 1,
                referral_id=key,
                twice=case.twice and len(free) >= doubles.TWO,
                replaces_id=case.id,
                changed_at=at,
            )
        )
    made.largest_gap, made.changed_at = gap_words(members, kept), at
    db.add(made)
    db.flush()
    now = cases_of(db, made.id)
    if case.twice:
        doubles.fill(db, made, now, at=at)
    return next((one for one in now if one.replaces_id == case.id), None)
