"""The row of a case, made from what was gathered of it, as it stood on a day."""

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from typing import Any

from panel.figures.case_plan import conditions, exits, kept_to, planned
from panel.figures.json_rows import Gathered, day, loaded, london_day
from panel.referrals.clocks import assessment_due
from workflows.assessment_parts import ANSWERED, PlanKind, SourceKind
from workflows.calendar import age_on, deadline
from workflows.case import ENDED, Status
from workflows.roles import Seat
from workflows.source import Source
from workflows.vocabulary import SIGNED_OUTCOMES, Signer, View

Row = dict[str, Any]
AT_WORK = frozenset(status.value for status in Status) - {Status.DRAFT.value, Status.SENT_BACK.value}
OVER = frozenset(status.value for status in ENDED)
HEARD = frozenset((View.GIVEN.value, View.DECLINED.value))
ASKED = frozenset((SourceKind.POLICE.value, SourceKind.SOCIAL_CARE.value, SourceKind.EDUCATION.value))
ANSWERS = frozenset(answer.value for answer in ANSWERED)
OTHER_PLANS = frozenset((PlanKind.IN_NEED.value, PlanKind.PROTECTION.value, PlanKind.CARE.value))
SIGNED = frozenset(outcome.value for outcome in SIGNED_OUTCOMES)
OF_CHILD: tuple[str, ...] = ("gender", "ethnicity", "date_of_birth", "looked_after")
CARE, NO_CARE = "looked_after", "not_looked_after"


def milestone_of(number: int, of: Gathered, on: date) -> Row:
    """The row of a case; the days of `waits` are those by which something is still to come."""
    case = of.one("case")
    waits: set[date] = set()
    row = _itself(case, number) | _offences(of) | _assessed(of, case, on, waits) | _decided(of, case)
    row |= _victims(of, case, row["decided_on"]) | _given(of, case, on, waits)
    row |= planned(of, risky=_other_plan(of, case)) | conditions(of, on, waits)
    row |= kept_to(of, on, waits) | exits(of)
    return row | {"turns_on": turns_on(waits, on)}


def turns_on(waits: Iterable[date], on: date) -> date | None:
    """The day on which the nearest of the days that are to come has passed."""
    from datetime import timedelta

    nearest = min((one for one in waits if one >= on), default=None)
    return nearest + timedelta(days=1) if nearest else None


def of_child(row: Any, since: date | None) -> Row:
    """By what a case is broken down: the child as recorded, and the age on the day of the referral."""
    born = day(row.date_of_birth)
    return {
        "gender": row.gender,
        "ethnicity": row.ethnicity,
        "age": age_on(born, since) if born and since else None,
        "care": CARE if row.looked_after else NO_CARE,
    }


def _itself(case: Any, number: int) -> Row:
    referred, created = london_day(case.submitted_at), london_day(case.created_at)
    return of_child(case, referred or created) | {
        "subject_id": number,
        "reference": case.reference,
        "area_id": case.area_id,
        "outcome": case.outcome or "",
        "status": case.status,
        "source": case.source or "",
        "created_on": created,
        "bailed_on": day(case.bailed_on),
        "referred_on": referred,
        "accepted_on": london_day(case.accepted_at),
        "appointed_on": day(case.appointed_on),
        "notified_on": london_day(case.notified_at),
        "closed_on": london_day(case.closed_at),
    }


def _offences(of: Gathered) -> Row:
    days = [day(one.committed_on) for one in of.all("offence")]
    return {"offence_on": min((one for one in days if one), default=None)}


def _assessed(of: Gathered, case: Any, on: date, waits: set[date]) -> Row:
    first = min((london_day(one.at) for one in of.all("version")), default=None)  # type: ignore[type-var]
    due = _due(case, first, on)
    running = due is not None and first is None and due >= on and case.status not in OVER
    if running and due is not None:
        # While an agency keeps it waiting the day of the assessment moves with every day.
        waits.add(max(on, date.min) if case.assessment_stopped_since else due)
    voices = {one.key for one in of.all("voice")}
    answered = {one.kind for one in of.all("source") if one.answer in ANSWERS}
    itself = of.one("self")
    return {
        "assessment_due_on": due,
        "assessed_on": first,
        "assessment_running": running,
        "child_heard": "child_words" in voices or bool(itself and itself.given_back_at),
        "carer_heard": "parent_words" in voices,
        "agencies_heard": answered >= ASKED,
        "strengths": len(of.all("strength")),
        **_countersigned(of.one("assessment"), on, waits),
    }


def _due(case: Any, first: date | None, on: date) -> date | None:
    """When it is due for the first time; opening it again is no part of that."""
    referred = london_day(case.submitted_at)
    if referred is None or case.status not in AT_WORK:
        return None
    since = day(case.assessment_stopped_since)
    as_asked = SimpleNamespace(
        reopened_at=None,
        submitted_at=_noon(referred),
        source=Source(case.source) if case.source else None,
        assessment_stopped_days=case.assessment_stopped_days,
        assessment_stopped_since=since,
        assessment_stopped_for="",
    )
    found = assessment_due(as_asked, max(first or on, referred))  # type: ignore[arg-type]
    return found.due if found else None


def _noon(on: date) -> Any:
    from datetime import datetime, time

    from workflows.calendar import LONDON

    return datetime.combine(on, time(12), LONDON)


def _countersigned(assessment: Any, on: date, waits: set[date]) -> Row:
    submitted = london_day(assessment.submitted_at) if assessment else None
    signed = london_day(assessment.countersigned_at) if assessment else None
    due = deadline("countersign_due", submitted, "Countersigned").due if submitted else None
    running = due is not None and signed is None and due >= on
    if running and due is not None:
        waits.add(due)
    return {
        "submitted_on": submitted,
        "countersign_due_on": due,
        "countersigned_on": signed,
        "countersign_running": running,
        "countersigned_by_other": signed is not None
        and assessment.countersigned_by_id not in (None, assessment.author_id),
        "safety": (assessment.safety if assessment else None) or "",
        "harm": (assessment.harm if assessment else None) or "",
    }


def _decided(of: Gathered, case: Any) -> Row:
    last = max(of.all("decision"), key=lambda one: one.id, default=None)
    seats = {one.seat for one in of.all("position") if last and one.item_id == last.item_id}
    return {
        "panel_on": day(last.held_on) if last else None,
        "decided_on": day(last.took_place_on) if last else None,
        "reasons_given": bool(last and last.reasons.strip()),
        "police_view": Seat.POLICE.value in seats,
        "yot_view": Seat.YOT_MANAGER.value in seats,
        "followed": _followed(of, case, last) if last else "",
    }


def _followed(of: Gathered, case: Any, last: Any) -> str:
    if any(one.decision_id == last.id for one in of.all("rescinded")):
        return "rescinded"
    words = [one for one in of.all("police") if one.decision_id == last.id]
    if words:
        return _same(max(words, key=lambda one: one.number).outcome, last.outcome)
    disposal = of.one("disposal")
    if case.given_on:
        return _same(disposal.outcome if disposal else case.outcome, last.outcome)
    return "not_given_yet" if last.outcome in SIGNED else "nothing_to_give"


def _same(one: str, other: str) -> str:
    return "yes" if one == other else "no"


def _victims(of: Gathered, case: Any, decided_on: date | None) -> Row:
    victims = of.all("victim")
    unreachable = sum(one.view == View.NOT_CONTACTABLE.value for one in victims)
    heard = sum(one.view in HEARD and _before(one, decided_on) for one in victims)
    # Somebody was harmed and nobody wrote down who: asked of nobody.
    count = len(victims) or int(bool(case.victim_identified))
    return {"victims": count, "victims_heard": heard, "victims_unreachable": unreachable}


def _before(victim: Any, decided_on: date | None) -> bool:
    days = (day(victim.tried_on), london_day(victim.cleared_at))
    return decided_on is not None and any(one is not None and one <= decided_on for one in days)


def _given(of: Gathered, case: Any, on: date, waits: set[date]) -> Row:
    disposal, given = of.one("disposal"), day(case.given_on)
    due = deadline("signed_copy", given, "Signed copy").due if given else None
    on_file = bool(disposal and disposal.signed_document_id and not disposal.copy_altered_at)
    running = due is not None and not on_file and due >= on
    if running and due is not None:
        waits.add(due)
    there = [person for one in of.all("explained") for person in loaded(one.there)]
    roles = {person["role"] for person in there}
    explained = bool(disposal and disposal.explained_at)
    adult = any(role.startswith("Appropriate adult") for role in roles)
    return {
        "given_on": given,
        "explained_on": london_day(disposal.explained_at) if disposal else None,
        "signed_on": london_day(disposal.signed_at) if disposal else None,
        "copy_due_on": due,
        "copy_on_file": on_file,
        "copy_running": running,
        "case_manager_present": bool(disposal and disposal.case_manager_present),
        "explained_child": explained and (not there or "Child" in roles),
        "explained_adult": explained and (adult if there else bool(disposal.adult_name.strip())),
        "plan_signed": _plan_signed(of),
    }


def _plan_signed(of: Gathered) -> bool:
    """A plan that binds is signed with its disposal, one that does not has a paper of its own (3.2.1f)."""
    signers = {one.signer for one in of.all("signature")}
    agreed = any(one.child_signed and one.adult_signed for one in of.all("agreed"))
    return agreed or signers >= {Signer.CHILD.value, Signer.ADULT.value}


def _other_plan(of: Gathered, case: Any) -> bool:
    return bool(case.looked_after) or any(one.kind in OTHER_PLANS for one in of.all("linked"))
