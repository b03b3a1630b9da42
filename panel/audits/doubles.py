"""Who of a round's auditors is free to audit which case, and which cases two of them audit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from config.policy import number
from panel.audits.models import AuditedCase, AuditRound
from panel.audits.queries import able, audits_of, members_of, ties_of
from workflows.audit import IN_SAMPLE, CaseStatus, RoundStatus
from workflows.calendar import today_in_london
from workflows.stratified import audited_twice, twice_due

TWO = 2
Free = Mapping[int, frozenset[int]]


def free_of(db: Session, auditors: Collection[int], referral_ids: Collection[int]) -> Free:
    """Who of these people was nothing in which of these cases."""
    tied = ties_of(db, referral_ids, auditors)
    return {case: frozenset(user for user in auditors if (case, user) not in tied) for case in referral_ids}


def free_in(db: Session, made: AuditRound, referral_ids: Collection[int], *, today: date) -> Free:
    """Who of the auditors of a round may audit which case; nobody whose work in the area has ended."""
    there = {user for user, _, _ in able(db, made.area_id, today=today)}
    auditors = {member.user_id for member in members_of(db, made.id)} & there
    return free_of(db, auditors, referral_ids)


def due(count: int, at: datetime) -> int:
    """How many of a sample of this size two people audit, by the policy of a day."""
    return twice_due(count, number("audit_twice_per_cent", today_in_london(at)))


def drawn(keys: Sequence[int], free: Free, seed: str, at: datetime) -> set[int]:
    """Which of a sample two people audit: by lot from those for which two of the auditors are free."""
    able_twice = [key for key in keys if len(free[key]) >= TWO]
    return set(audited_twice(able_twice, due(len(keys), at), seed))


def fill(db: Session, made: AuditRound, cases: Sequence[AuditedCase], *, at: datetime) -> None:
    """Let two people audit another case of the sample, by lot, where one that two were to audit is gone.

    Only a case that nobody has begun and for which two of the auditors are free.
    """
    sample = [case for case in cases if case.status in IN_SAMPLE]
    lacking = due(len(sample), made.opened_at) - sum(case.twice for case in sample)
    begun = {audit.case_id for audit in audits_of(db, [case.id for case in sample])}
    open_ = {
        case.referral_id: case
        for case in sample
        if case.status is CaseStatus.DRAWN and not case.twice and case.id not in begun
    }
    free = free_in(db, made, list(open_), today=today_in_london(at))
    able_twice = [key for key in open_ if len(free[key]) >= TWO]
    for key in audited_twice(able_twice, max(lacking, 0), made.seed):
        open_[key].twice, open_[key].changed_at = True, at
        db.add(open_[key])
    db.flush()


@dataclass(frozen=True)
class Reach:
    """How far a round's auditors reach: how many cases two audit of how many due, and who is missing where.

    `lacking` is by case how many free auditors there are, where that is fewer than it needs.
    """

    due: int
    drawn: int
    lacking: Mapping[int, int]

    @property
    def says(self) -> str:
        """That fewer cases than due are audited twice, and why; empty where enough are."""
        if self.drawn >= self.due:
            return ""
        cases = "1 case was" if self.due == 1 else f"{self.due} cases were"
        return (
            f"{cases} to be audited by two people, and {self.drawn or 'none'} "
            f"{'are' if self.drawn > 1 else 'is'}: for no other case that nobody had begun were two of the "
            "auditors free, because they worked on it. A round with more auditors would reach it."
        )


def reach(db: Session, made: AuditRound, cases: Sequence[AuditedCase], *, at: datetime) -> Reach:
    """Whether a round has the auditors that it needs."""
    sample = [case for case in cases if case.status in IN_SAMPLE]
    whole = due(len(sample), made.opened_at), sum(case.twice for case in sample)
    if made.status is not RoundStatus.OPEN:
        return Reach(*whole, {})
    free = free_in(db, made, [case.referral_id for case in sample], today=today_in_london(at))
    audits = audits_of(db, [case.id for case in sample])
    lacking = {}
    for case in sample:
        done = {a.auditor_id for a in audits if a.case_id == case.id and a.signed_off_at is not None}
        found = len(done | free[case.referral_id])
        if found < (TWO if case.twice else 1):
            lacking[case.id] = found
    return Reach(*whole, lacking)
