"""What follows from a disposal that was given, each line with its rule."""

from datetime import date

from sqlmodel import Session, col, select

from panel.children.models import Child
from panel.disposals.ceased import ceased_on
from panel.disposals.models import Disposal
from panel.disposals.standing import record_rows
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, offences_of
from workflows.aftermath import (
    Before,
    assessment_mandatory,
    discharge_barred_until,
    earlier_cautions,
    first_time_entrant,
)
from workflows.calendar import deadline, long_date
from workflows.disposal import Status
from workflows.vocabulary import CAUTIONS, Outcome, words

Rows = list[dict[str, str]]


def given_before(db: Session, referral: Referral, given_on: date) -> list[Before]:
    """What this child was given before, in any area and under any record that was merged into theirs."""
    child = child_of(db, referral)
    same = select(Child.id).where(
        (col(Child.id) == child.id) | (col(Child.merged_into_id) == child.id)
        if child.merged_into_id is None
        else col(Child.id).in_((child.id, child.merged_into_id))
    )
    query = (
        select(Disposal, Referral.reference)
        .join(Referral, col(Referral.id) == Disposal.referral_id)
        .where(
            col(Referral.child_id).in_(same),
            Referral.id != referral.id,
            Disposal.status == Status.GIVEN,
            col(Disposal.given_on) <= given_on,
        )
    )
    return [Before(row.outcome, row.given_on, reference) for row, reference in db.exec(query) if row.given_on]


def rows_after(
    db: Session, referral: Referral, disposal: Disposal, ends: date | None, *, today: date
) -> Rows:
    """Spent, first-time entrant, checks, discharge, limitation, the YOT's duty; nothing before the giving."""
    given_on = disposal.given_on
    if given_on is None:
        return []
    before = given_before(db, referral, given_on)
    ceased = ceased_on(db, referral.id)
    rows = record_rows(disposal.outcome, given_on, ends, today=today, ceased_on=ceased)
    return [
        rows[0],
        _first_time(disposal.outcome, before),
        *rows[1:],
        *_discharge(disposal.outcome, given_on, before),
        *_limitation(db, referral),
        *_duties(disposal.outcome, given_on, before),
    ]


def _first_time(outcome: Outcome, before: list[Before]) -> dict[str, str]:
    earlier = earlier_cautions(before)
    if outcome not in CAUTIONS:
        said = f"No: a {words(outcome).lower()} does not count."
    elif first_time_entrant(outcome, before):
        said = "Yes: this service knows of no earlier caution. A conviction elsewhere would change that."
    else:
        first = earlier[0]
        said = f"No: {words(first.outcome).lower()} on {long_date(first.given_on)} ({first.reference})."
    return {
        "key": "First-time entrant",
        "value": said,
        "rule": "A first youth caution, youth conditional caution or conviction counts (FTE-1)",
    }


def _discharge(outcome: Outcome, given_on: date, before: list[Before]) -> Rows:
    if outcome not in CAUTIONS:
        return []
    until = discharge_barred_until(outcome, given_on, before)
    said = (
        "No: it is the child's first caution that this service knows of."
        if until is None
        else f"Barred for an offence committed until {long_date(until)}, save in exceptional circumstances."
    )
    rule = (
        "Crime and Disorder Act 1998 s.66F (BR-5)"
        if outcome is Outcome.YCC
        else "Crime and Disorder Act 1998 s.66ZB(5)-(6) (YC-8)"
    )
    return [{"key": "Conditional discharge by a court", "value": said, "rule": rule}]


def _limitation(db: Session, referral: Referral) -> Rows:
    last = [day for offence in offences_of(db, referral) if (day := offence.last_day_to_prosecute)]
    said = (
        f"{long_date(min(last))} is the last day on which the offence can be charged."
        if last
        else "No limit: the offence is not summary only."
    )
    return [
        {
            "key": "Time limit for prosecution",
            "value": said,
            "rule": "Magistrates' Courts Act 1980 s.127 (LIM-1)",
        }
    ]


def _duties(outcome: Outcome, given_on: date, before: list[Before]) -> Rows:
    must = assessment_mandatory(outcome, before)
    if must is None:
        return []
    due = deadline("police_refer_after_caution", given_on, "Refer").due
    asked = "must assess the child and, unless it is inappropriate, arrange a programme"
    may = "may assess the child and arrange a programme: it is the first caution that this service knows of"
    return [
        {
            "key": "Referral to the YOT",
            "value": f"The police must refer the child as soon as practicable; expected by {long_date(due)}. "
            "It was done with the giving.",
            "rule": "Crime and Disorder Act 1998 ss.66ZB(1), 66A(6A) (YC-5, YCC-3)",
        },
        {
            "key": "Assessment by the YOT",
            "value": f"The YOT {asked if must else may}.",
            "rule": "Crime and Disorder Act 1998 s.66ZB(2)-(3) (YC-6, YCC-3)",
        },
    ]
