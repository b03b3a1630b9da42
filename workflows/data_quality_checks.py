"""The checks of cases and of police disposals, as data."""

from collections.abc import Callable
from datetime import date

from config.policy import number
from workflows.calendar import age_on, long_date
from workflows.case import Status
from workflows.data_quality import CaseRecord, Check, Kind, OffenceRecord, Owner, Subject
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Gender, words

Case = Check[CaseRecord]
# Nobody judges a referral that the officer still writes, or one that has ended without the panel.
NOT_JUDGED = (Status.DRAFT, Status.SENT_BACK, Status.WITHDRAWN, Status.REJECTED)
MISSING, WRONG, IMPOSSIBLE = Kind.MISSING, Kind.CONTRADICTORY, Kind.IMPOSSIBLE
CASE = Subject.CASE


def _given(record: CaseRecord) -> bool:
    return record.given_on is not None and record.outcome in SIGNED_OUTCOMES


def _before(first: date | None, then: date | None) -> bool:
    return first is not None and then is not None and first < then


def _nothing(what: str) -> Callable[[object], str]:
    return lambda _: f"No {what} is recorded"


def _days(*names: tuple[str, str]) -> Callable[[CaseRecord], str]:
    def said(record: CaseRecord) -> str:
        parts = [(title, getattr(record, name)) for title, name in names]
        return ", ".join(f"{title} {long_date(day)}" for title, day in parts if day)

    return said


def is_child(age: int, day: date) -> bool:
    """Whether somebody of this age can be given a disposal out of court as a child."""
    return number("minimum_age", day) <= age < number("adult_age", day)


def _out_of_age(record: CaseRecord) -> list[tuple[OffenceRecord, int]]:
    ages = [(one, age_on(record.born, one.committed_on)) for one in record.offences]
    return [(one, age) for one, age in ages if not is_child(age, record.created_on)]


def _adult_cautioned(record: CaseRecord) -> bool:
    given = record.given_on if record.outcome in CAUTIONS else None
    return given is not None and age_on(record.born, given) >= number("adult_age", record.created_on)


def _said_ages(record: CaseRecord) -> str:
    found = [f"{age} on {long_date(one.committed_on)}" for one, age in _out_of_age(record)]
    return f"Born {long_date(record.born)}: aged {', '.join(found)}"


def _late_offences(record: CaseRecord) -> list[OffenceRecord]:
    return [one for one in record.offences if _before(record.received_on, one.committed_on)]


def _unended(record: CaseRecord) -> list[OffenceRecord]:
    return [one for one in record.offences if _before(one.ended_on, one.committed_on)]


def _said_first(title: str, offences: list[OffenceRecord]) -> str:
    return f"{title} {long_date(offences[0].committed_on)}"


def _of_disposal(record: CaseRecord) -> bool:
    both = record.outcome is not None and record.disposal_outcome is not None
    return both and record.outcome != record.disposal_outcome


def _said_outcomes(record: CaseRecord) -> str:
    one, other = record.outcome, record.disposal_outcome
    return f"The case says {words(one)}, the disposal {words(other)}" if one and other else ""


CASES: tuple[Check[CaseRecord], ...] = (
    Case(
        *("ethnicity_missing", CASE, MISSING, "Ethnic group is not recorded", Owner.CASE_MANAGER),
        "equality",
        lambda r: not r.ethnicity,
        _nothing("ethnic group"),
        splits="ethnic group",
    ),
    Case(
        *("gender_missing", CASE, MISSING, "Gender is not recorded", Owner.CASE_MANAGER),
        "equality",
        lambda r: r.gender is Gender.NOT_STATED,
        _nothing("gender"),
        splits="gender",
    ),
    Case(
        *("postcode_missing", CASE, MISSING, "Postcode is not recorded", Owner.CASE_MANAGER),
        "equality",
        lambda r: not r.postcode,
        _nothing("postcode"),
        splits="place",
    ),
    Case(
        *("gravity_missing", CASE, MISSING, "An offence has no gravity score", Owner.OFFICER),
        "offences",
        lambda r: any(not one.scored for one in r.offences),
        lambda r: f"{sum(not one.scored for one in r.offences)} of {len(r.offences)} offences",
        metrics=("M4", "M8"),
    ),
    Case(
        *("crime_missing", CASE, MISSING, "An offence has no crime reference", Owner.OFFICER),
        "offences",
        lambda r: any(not one.crime_reference for one in r.offences),
        lambda r: f"{sum(not one.crime_reference for one in r.offences)} of {len(r.offences)} offences",
        splits="the match with the force's list",
    ),
    Case(
        *("carer_missing", CASE, MISSING, "Neither a carer nor why there is none", Owner.OFFICER),
        "carer",
        lambda r: not r.carer_answered,
        _nothing("parent or carer"),
        metrics=("M10", "M15", "M21"),
    ),
    Case(
        *("victim_missing", CASE, MISSING, "Whether there is a victim is not answered", Owner.OFFICER),
        "tell_victim",
        lambda r: not r.victim_answered,
        _nothing("answer"),
        metrics=("M16",),
    ),
    Case(
        *("worker_missing", CASE, MISSING, "An accepted case has no case manager", Owner.MANAGER),
        "worker",
        lambda r: r.status is not Status.SUBMITTED and not r.has_worker,
        _nothing("case manager"),
        metrics=("M12", "M13"),
    ),
    Case(
        *("levels_missing", CASE, MISSING, "An assessed case lacks a judgement", Owner.CASE_MANAGER),
        "assessment",
        lambda r: r.assessed_on is not None and r.levels_missing > 0,
        lambda r: f"{r.levels_missing} of 3 judgements are missing",
        metrics=("M23", "M24"),
    ),
    Case(
        *("document_missing", CASE, MISSING, "A disposal was given without its document", Owner.GIVER),
        "disposal",
        lambda r: _given(r) and not r.has_document,
        _days(("Given", "given_on")),
        metrics=("M11",),
    ),
    Case(
        *("explanation_missing", CASE, MISSING, "Given, with no day of explaining it", Owner.GIVER),
        "disposal",
        lambda r: _given(r) and r.explained_on is None,
        _days(("Given", "given_on")),
        metrics=("M10",),
    ),
    Case(
        *("adult_missing", CASE, MISSING, "Given, and no adult is named", Owner.GIVER),
        "disposal",
        lambda r: _given(r) and not r.adult_named,
        _days(("Given", "given_on")),
        metrics=("M10", "M21"),
    ),
    Case(
        *("late_reason_missing", CASE, MISSING, "Recorded after its day, without a reason", Owner.GIVER),
        "disposal",
        lambda r: _before(r.disposal_given_on, r.written_on) and not r.late_reason,
        _days(("Given", "disposal_given_on"), ("recorded", "written_on")),
        metrics=("M3",),
    ),
    Case(
        *("offence_after_referral", CASE, WRONG, "An offence is later than its referral", Owner.OFFICER),
        "offences",
        lambda r: bool(_late_offences(r)),
        lambda r: (
            f"Offence {long_date(_late_offences(r)[0].committed_on)}, {_days(('referred', 'received_on'))(r)}"
        ),
        splits="days from the offence",
    ),
    Case(
        *("offence_ends_early", CASE, WRONG, "An offence ends before it begins", Owner.OFFICER),
        "offences",
        lambda r: bool(_unended(r)),
        lambda r: _said_first("Begun", _unended(r)),
        splits="days from the offence",
    ),
    Case(
        *("assessed_before_referral", CASE, WRONG, "Assessed before it was referred", Owner.CASE_MANAGER),
        "assessment",
        lambda r: _before(r.assessed_on, r.received_on),
        _days(("Referred", "received_on"), ("assessed", "assessed_on")),
        metrics=("M6", "M13"),
    ),
    Case(
        *("signed_before_submitted", CASE, WRONG, "Countersigned before it was submitted", Owner.MANAGER),
        "assessment",
        lambda r: _before(r.countersigned_on, r.submitted_on),
        _days(("Submitted", "submitted_on"), ("countersigned", "countersigned_on")),
        metrics=("M14",),
    ),
    Case(
        *("decided_before_referral", CASE, WRONG, "Decided before it was referred", Owner.MANAGER),
        "case",
        lambda r: _before(r.decided_on, r.received_on),
        _days(("Referred", "received_on"), ("decided", "decided_on")),
        metrics=("M3", "M4", "M6"),
    ),
    Case(
        *("decided_before_assessed", CASE, WRONG, "Decided before it was assessed", Owner.MANAGER),
        "case",
        lambda r: _before(r.decided_on, r.assessed_on),
        _days(("Assessed", "assessed_on"), ("decided", "decided_on")),
        metrics=("M6",),
    ),
    Case(
        *("given_before_decided", CASE, WRONG, "Given before the decision, no exception", Owner.MANAGER),
        "disposal",
        lambda r: _before(r.given_on, r.decided_on) and not r.exception_reason,
        _days(("Decided", "decided_on"), ("given", "given_on")),
        metrics=("M3", "M4"),
    ),
    Case(
        *("explained_after_given", CASE, WRONG, "Explained after it was given", Owner.GIVER),
        "disposal",
        lambda r: _before(r.given_on, r.explained_on),
        _days(("Given", "given_on"), ("explained", "explained_on")),
        metrics=("M10",),
    ),
    Case(
        *("giving_differs", CASE, WRONG, "Case and disposal differ in the day of giving", Owner.MANAGER),
        "disposal",
        lambda r: r.given_on != r.disposal_given_on and r.disposal_outcome is not None,
        _days(("On the case", "given_on"), ("on the disposal", "disposal_given_on")),
        metrics=("M3", "M10", "M11"),
    ),
    Case(
        *("outcome_differs", CASE, WRONG, "Case and disposal differ in the outcome", Owner.MANAGER),
        "disposal",
        _of_disposal,
        _said_outcomes,
        metrics=("M9",),
    ),
    Case(
        *("closed_before_given", CASE, WRONG, "Closed before the disposal was given", Owner.MANAGER),
        "closing",
        lambda r: _before(r.closed_on, r.given_on),
        _days(("Given", "given_on"), ("closed", "closed_on")),
        metrics=("M26", "M28"),
    ),
    Case(
        *("closed_with_steps", CASE, WRONG, "Closed with steps of the plan open", Owner.CASE_MANAGER),
        "plan",
        lambda r: r.status is Status.CLOSED and r.steps_open > 0,
        lambda r: f"Steps to do: {r.steps_open}",
        metrics=("M26", "M28"),
    ),
    Case(
        *("attended_early", CASE, WRONG, "A contact was attended before it took place", Owner.CASE_MANAGER),
        "contacts",
        lambda r: r.attended_early > 0,
        lambda r: f"Contacts noted before their day: {r.attended_early}",
        metrics=("M27",),
    ),
    Case(
        *("age_at_offence", CASE, IMPOSSIBLE, "Not aged 10 to 17 at the offence", Owner.OFFICER),
        "child",
        lambda r: bool(_out_of_age(r)),
        _said_ages,
        metrics=("M3", "M4"),
        splits="age",
    ),
    Case(
        *("born_when_written", CASE, IMPOSSIBLE, "Born on the day of writing, or later", Owner.OFFICER),
        "child",
        lambda r: r.born >= r.created_on,
        _days(("Born", "born"), ("written", "created_on")),
        splits="age",
    ),
    Case(
        *("caution_to_adult", CASE, IMPOSSIBLE, "A youth caution to somebody of 18 or more", Owner.MANAGER),
        "disposal",
        _adult_cautioned,
        _days(("Born", "born"), ("given", "given_on")),
        metrics=("M3",),
        splits="age",
    ),
    Case(
        *("given_ahead", CASE, IMPOSSIBLE, "Given on a day that had not come", Owner.GIVER),
        "disposal",
        lambda r: _before(r.written_on, r.disposal_given_on),
        _days(("Recorded", "written_on"), ("given", "disposal_given_on")),
        metrics=("M3",),
    ),
)
