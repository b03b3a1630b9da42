"""Demonstration meetings: planned, held, and the one that comes next."""

from datetime import date, datetime, time, timedelta
from random import Random

from sqlmodel import Session

from panel.db import row_at
from panel.decisions import actions as panel
from panel.decisions import commands as c
from panel.decisions.beforehand import with_beforehand
from panel.decisions.decide import decide
from panel.decisions.deferring import defer
from panel.decisions.preparing import check, see_evidence
from panel.decisions.sitting import draft_mark, sitting_of, whole_mark
from panel.demo.people import Team
from panel.demo.profile import Profile, at, earlier
from panel.meetings import actions as meetings
from panel.meetings.commands import Attendance, MeetingDetails
from panel.meetings.listing import put_on
from panel.meetings.models import Meeting
from panel.referrals.models import Referral
from panel.referrals.queries import case_facts, offences_of
from workflows.before_panel import Check, Evidence
from workflows.case import Status
from workflows.outcome_rules import needs_senior_review
from workflows.vocabulary import Outcome

REASONS = {
    Outcome.NFA: "The evidence is thin and the family has already dealt with it.",
    Outcome.CR: "A first matter, responsibility accepted, and the harm can be repaired.",
    Outcome.O22: "Work with the child has begun and serves the public better than a caution.",
    Outcome.O22_DEFERRED: "A caution can wait: the work agreed with the child may make it needless.",
    Outcome.O23: "The case could go to court; it is held back while the child does what was agreed.",
    Outcome.YC: "A full admission; a formal warning is enough and no condition would add to it.",
    Outcome.YCC: "A full admission; the conditions answer why it happened and repair the harm.",
    Outcome.CHARGE: "The matter is serious and denied: the Crown Prosecution Service should decide.",
    Outcome.RETURNED: "The police have new information and should look at it before anybody decides.",
}
CONSIDERED = (
    "A lighter and a heavier outcome were talked about; neither fits the gravity and the child's efforts."
)
EVIDENCE = "The police see enough evidence for a realistic prospect of conviction."
# What the victim worker would rather see, in decisions that wait to be given: named as dissent.
LIGHTER = {Outcome.YCC: Outcome.YC, Outcome.YC: Outcome.CR}


def sit(db: Session, team: Team, day: date, cases: list[Profile], draw: Random, *, today: date) -> None:
    """Plan the meeting of a day and, when it is past, hold it."""
    meeting = _plan(db, team, day, today)
    chair = team["chair"]
    for profile in cases:
        referral = _referral(db, profile)
        when = min(at(day, 8), at(today, 8))
        put_on(db, referral, meeting.id, by=team["manager"], at=when, overrides={})
        if day >= today:
            _prepare(db, team, referral, when)
    if day >= today:
        return
    meetings.open_meeting(db, meeting, by=chair, at=at(day, 10))
    here = Attendance(yot_manager=chair.id, police=team["seconded"].id, victim_worker=team["victims"].id)
    meetings.attendance(db, meeting, here, by=chair, at=at(day, 10, 1))
    for number, profile in enumerate(cases):
        _take(db, team, profile, day, 5 + number * 6)
    meetings.close(db, meeting, by=chair, at=at(day, 12))


def hear_again(db: Session, team: Team, profile: Profile, day: date, *, since: date) -> None:
    """A meeting of its own for a case whose decision was taken back."""
    chair, referral = team["chair"], _referral(db, profile)
    meeting = _plan(db, team, day, day)
    put_on(db, referral, meeting.id, by=team["manager"], at=at(since, 16), overrides={})
    meetings.open_meeting(db, meeting, by=chair, at=at(day, 10))
    here = Attendance(yot_manager=chair.id, police=team["seconded"].id, victim_worker=team["victims"].id)
    meetings.attendance(db, meeting, here, by=chair, at=at(day, 10, 1))
    _take(db, team, profile, day, 5)
    meetings.close(db, meeting, by=chair, at=at(day, 11))


def _plan(db: Session, team: Team, day: date, today: date) -> Meeting:
    chair = team["chair"]
    details = MeetingDetails(
        held_on=day,
        starts_at=time(10, 0),
        location="Keel Street station, room 2",
        chair_id=chair.id,
        yot_manager=chair.id,
        police=team["seconded"].id,
        victim_worker=team["victims"].id,
    )
    planned = min(day - timedelta(days=14), earlier(today, 1))
    return meetings.add(db, details, team.area_id, by=team["manager"], at=at(planned))


def _take(db: Session, team: Team, profile: Profile, day: date, minute: int) -> None:
    referral, chair, when = _referral(db, profile), team["chair"], at(day, 10 + minute // 60, minute % 60)
    if profile.stop is Status.DEFERRED:
        later = c.Deferral(code="report_missing", reason="The school's report has not come in yet.")
        defer(db, referral, later, by=chair, at=when)
        return
    _prepare(db, team, referral, when)
    check(db, referral, Check.CHARGE_FORM, f"CIF-{referral.id:05}", by=team["seconded"], at=when)
    for member in (chair, team["seconded"], team["victims"]):
        taken = c.PositionTaken(outcome=profile.outcome, comment="It fits what was found.")
        if member is team["victims"] and profile.stop is Status.DECIDED and profile.outcome in LIGHTER:
            taken = c.PositionTaken(
                outcome=LIGHTER[profile.outcome], comment="Less would do: what was broken has been mended."
            )
        panel.position(db, referral, taken, by=member, at=when)
    outcomes = {offence.id: profile.outcome for offence in offences_of(db, referral)}
    written = c.Draft(
        outcomes=outcomes, reasons=REASONS[profile.outcome], considered=CONSIDERED, evidence=EVIDENCE
    )
    sitting = sitting_of(db, referral, today=day)
    seen = draft_mark(sitting) if sitting else None
    panel.write(db, referral, written, seen=seen, by=chair, at=when)
    sitting = sitting_of(db, referral, today=day)
    mark = whole_mark(referral, sitting) if sitting else None
    why = "Agreed by all three members"
    soft = (
        "knife_plan",
        "deferred_caution",
        "normal_length",
        "o22_length",
        "time_to_prosecute",
        "responsible",
        "fits_gravity",
    )
    overrides = dict.fromkeys(soft, why)
    decide(db, referral, seen=mark, by=chair, at=when, overrides=overrides)


def _prepare(db: Session, team: Team, referral: Referral, when: datetime) -> None:
    """What the outcomes rest on, said by the seconded officer and, where it is called for, by a manager."""
    officer, manager = team["seconded"], team["manager"]
    seen = c.EvidenceSeen(evidence={o.id: Evidence.FULL_TEST for o in offences_of(db, referral)})
    see_evidence(db, referral, seen, by=officer, at=when)
    if needs_senior_review(with_beforehand(db, referral, case_facts(db, referral, today=when.date()))):
        check(
            db, referral, Check.SENIOR_REVIEW, "Read the papers; the panel can take it.", by=manager, at=when
        )


def _referral(db: Session, profile: Profile) -> Referral:
    return row_at(db, Referral, profile.referral_id)
