"""Merging two records of one child, and taking it back. No record is ever deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from panel.access import Actor
from panel.children.actions import file_keys, judge_pair
from panel.children.models import Child
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.merges.models import Merge
from panel.merges.queries import Pair, areas_of, children_of
from panel.merges.records import changed_since, put, snapshot
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.references import new_reference
from panel.referrals.matching import cases_of, decided_elsewhere, note_pairs
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.matching import Verdict
from workflows.merge import MERGE, MergeFacts, Status
from workflows.roles import Role


def merge_chain(merge_id: int) -> str:
    """The chain of a merge."""
    return f"merge:{merge_id}"


def propose(db: Session, pair: Pair, taken: Sequence[str], reason: str, *, by: Actor, at: datetime) -> Merge:
    """Propose that the second record be merged into the first, the older one."""
    survivor, merged = pair.first, pair.second
    areas = areas_of(db, survivor.id, merged.id)
    merge = Merge(
        reference=new_reference("M"),
        area_id=min(areas & {area for area, _ in by.memberships}),
        survivor_id=survivor.id,
        merged_id=merged.id,
        reason=reason,
        taken=list(taken),
        before=snapshot(db, survivor, merged),
        proposed_by_id=by.id,
        proposed_at=at,
    )
    facts = facts_of(db, merge, survivor, merged, by=by, reason=reason)
    step = MERGE.step("propose", merge.status, facts, by.roles_in(merge.area_id))
    db.add(merge)
    db.flush()
    record(db, merge, step, flow="merge", chain=merge_chain(merge.id), by=by, at=at, facts={"reason": reason})
    newest = cases_of(db, survivor.id)[-1]
    notify(
        db,
        why=Why.MERGE_PROPOSED,
        area_id=merge.area_id,
        referral_id=newest.id,
        key=f"{merge.reference}-proposed",
        at=at,
        to_role=Role.YOT_MANAGER,
    )
    db.flush()
    return merge


def facts_of(
    db: Session, merge: Merge, survivor: Child, merged: Child, *, by: Actor, reason: str = ""
) -> MergeFacts:
    """What the rules look at now."""
    both = (survivor.id, merged.id)
    now = snapshot(db, survivor, merged)
    cases = [case for child in both for case in cases_of(db, child)]
    return MergeFacts(
        reason=reason,
        another_person=by.id != merge.proposed_by_id,
        one_area=len({case.area_id for case in cases}) == 1,
        both_free=not (survivor.merged_into_id or merged.merged_into_id or _elsewhere(db, merge, both)),
        unchanged=all(now[side] == merge.before[side] for side in ("survivor", "merged")),
        decided_open=decided_elsewhere(cases),
        newest=survivor.merged_into_id is None and not _later(db, merge, both),
    )


def _elsewhere(db: Session, merge: Merge, both: tuple[int, int]) -> bool:
    touches = or_(col(Merge.survivor_id).in_(both), col(Merge.merged_id).in_(both))
    query = select(Merge.id).where(Merge.status == Status.PROPOSED, touches, Merge.id != (merge.id or 0))
    return db.exec(query).first() is not None


def _later(db: Session, merge: Merge, both: tuple[int, int]) -> bool:
    touches = or_(col(Merge.survivor_id).in_(both), col(Merge.merged_id).in_(both))
    query = select(Merge.id).where(Merge.status == Status.CONFIRMED, touches, col(Merge.id) > (merge.id or 0))
    return db.exec(query).first() is not None


def confirm(
    db: Session, merge: Merge, *, by: Actor, at: datetime, overrides: Mapping[str, str] | None = None
) -> None:
    """Merge the two records: its cases go to the survivor, and the merged record points to it."""
    survivor, merged = children_of(db, merge)
    facts = facts_of(db, merge, survivor, merged, by=by)
    step = MERGE.step("confirm", merge.status, facts, by.roles_in(merge.area_id), overrides)
    record(db, merge, step, flow="merge", chain=merge_chain(merge.id), by=by, at=at)
    merge.before = snapshot(db, survivor, merged)
    merge.answered_by_id, merge.answered_at = by.id, at
    merged.merged_into_id = survivor.id
    db.add(merged)
    file_keys(db, merged)
    put(db, survivor, {name: merge.before["merged"][name] for name in merge.taken})
    _move(db, merge.before["cases"]["merged"], to=survivor.id)
    merge.after = {"survivor": snapshot(db, survivor, merged)["survivor"]}
    judge_pair(db, survivor.id, merged.id, Verdict.MERGED, by_id=by.id, at=at)
    note_pairs(db, survivor, merge.area_id, at=at)
    for child in (survivor, merged):
        log_access(db, Operation.COMBINATION, f"child:{child.id}", by=by, at=at, page="merge.confirm")
    _settle(db, merge, survivor, merged, "merge", merge.reason, by=by, at=at)


def _move(db: Session, cases: Sequence[int], *, to: int) -> None:
    for case in db.exec(select(Referral).where(col(Referral.id).in_(cases))).all():
        case.child_id = to
        db.add(case)
    db.flush()


def _settle(
    db: Session, merge: Merge, survivor: Child, merged: Child, verb: str, why: str, *, by: Actor, at: datetime
) -> None:
    for child in (survivor, merged):
        for case in cases_of(db, child.id):
            tell(db, case, verb, by=by, at=at, said={"reason": why})
            finish_for_case(db, case.id, (Why.MERGE_PROPOSED,), by=by, at=at)
    db.add(merge)
    db.flush()


def decline(db: Session, merge: Merge, reason: str, *, by: Actor, at: datetime) -> None:
    """The two records stay apart."""
    survivor, merged = children_of(db, merge)
    facts = facts_of(db, merge, survivor, merged, by=by, reason=reason)
    step = MERGE.step("decline", merge.status, facts, by.roles_in(merge.area_id))
    record(db, merge, step, flow="merge", chain=merge_chain(merge.id), by=by, at=at, facts={"reason": reason})
    merge.answered_by_id, merge.answered_at = by.id, at
    judge_pair(db, survivor.id, merged.id, Verdict.DIFFERENT, by_id=by.id, at=at)
    for case in cases_of(db, survivor.id):
        finish_for_case(db, case.id, (Why.MERGE_PROPOSED,), by=by, at=at)
    db.add(merge)
    db.flush()


def undo(
    db: Session,
    merge: Merge,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> tuple[list[str], int]:
    """Take a merge back: both records and whose cases are whose become what they were.

    What was changed after the merge, and cases added since, stay with the survivor: gives back the
    names of those fields and the number of those cases.
    """
    survivor, merged = children_of(db, merge)
    facts = facts_of(db, merge, survivor, merged, by=by, reason=reason)
    step = MERGE.step("undo", merge.status, facts, by.roles_in(merge.area_id), overrides)
    record(db, merge, step, flow="merge", chain=merge_chain(merge.id), by=by, at=at, facts={"reason": reason})
    before, kept = merge.before, changed_since(db, merge, survivor)
    put(db, survivor, {name: before["survivor"][name] for name in merge.taken if name not in kept})
    merged.merged_into_id = None
    db.add(merged)
    file_keys(db, merged)
    added = len(cases_of(db, survivor.id)) - len(before["cases"]["merged"]) - len(before["cases"]["survivor"])
    _move(db, before["cases"]["merged"], to=merged.id)
    judge_pair(db, survivor.id, merged.id, Verdict.DIFFERENT, by_id=by.id, at=at)
    merge.undone_by_id, merge.undone_at = by.id, at
    for child in (survivor, merged):
        note_pairs(db, child, merge.area_id, at=at)
        log_access(db, Operation.ALTERATION, f"child:{child.id}", by=by, at=at, page="merge.undo")
    _settle(db, merge, survivor, merged, "unmerge", reason, by=by, at=at)
    return kept, max(added, 0)


def tell_apart(db: Session, pair: Pair, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """A person has looked: these are two children. Nobody is asked about them again."""
    if verdict not in (Verdict.RELATED, Verdict.DIFFERENT):
        raise Missing()
    judge_pair(db, pair.first.id, pair.second.id, verdict, by_id=by.id, at=at)
    chain = f"pair:{pair.row.id}"
    note(db, "merge.tell_apart", chain=chain, by=by, at=at, facts={"verdict": verdict.value})
