"""Cases on their way from the countersigned assessment through the panel."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from panel.decisions import actions as decisions
from panel.decisions import decide as deciding
from panel.decisions import preparing
from panel.decisions.commands import Draft, EvidenceSeen, PositionTaken
from panel.decisions.sitting import draft_mark, sitting_of, whole_mark
from panel.meetings import actions as meetings
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.commands import Attendance, MeetingDetails
from panel.meetings.listing import put_on
from panel.meetings.models import Meeting
from panel.packs.making import publish
from panel.packs.models import Pack
from panel.packs.queries import latest
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.stepcommand import StepCommand
from tests.support.assessed import assessed
from tests.support.remembered import remembered
from tests.support.world import NOW, TODAY, World
from workflows.before_panel import Check, Evidence
from workflows.vocabulary import Outcome

SEATS = {"yot_manager": "chair", "police": "seconded", "victim_worker": "victim_worker"}
REASONS = "Robin admits it, has never been in trouble and wants to put it right."
EVIDENCE = "The paint on his sleeve and his own account; enough for court."


def planned(db: Session, world: World, *, held_on: date = TODAY, at: datetime = NOW) -> Meeting:
    """A meeting chaired by Alan Pike, with the three people of the north invited."""
    people = {seat: world.users[key] for seat, key in SEATS.items()}
    command = MeetingDetails(
        held_on=held_on,
        starts_at=time(10, 0),
        location="Room 2, Civic Centre",
        chair_id=world.users["chair"],
        yot_manager=people["yot_manager"],
        police=people["police"],
        victim_worker=people["victim_worker"],
    )
    return meetings.add(db, command, world.areas["north"], by=world.actor("manager"), at=at)


@remembered
def listed(db: Session, world: World, *, meeting: Meeting | None = None, **more: object) -> Referral:
    """A case on the agenda of a meeting today, planned for it unless one is given."""
    referral = assessed(db, world, **more)
    meeting = meeting or planned(db, world)
    put_on(db, referral, meeting.id, by=world.actor("manager"), at=NOW, overrides={})
    return referral


def here(world: World, **absent: bool) -> Attendance:
    """Everybody is here, except the seats that are named as false."""
    return Attendance.model_validate(
        {seat: world.users[key] if absent.get(seat, True) else 0 for seat, key in SEATS.items()}
    )


def open_meeting(db: Session, world: World, **more: object) -> Referral:
    """A listed case whose meeting is open, with all three members here and nobody heard yet."""
    referral = listed(db, world, **more)  # type: ignore[arg-type]
    item = open_item(db, referral)
    assert item is not None
    meeting = meeting_of(db, item)
    meetings.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
    meetings.attendance(db, meeting, here(world), by=world.actor("chair"), at=NOW)
    on_record(db, world, referral)
    return referral


def on_record(
    db: Session, world: World, referral: Referral, *, evidence: Evidence = Evidence.FULL_TEST, **kinds: object
) -> None:
    """What outcomes rest on: an officer's view of the evidence, the senior review, the charge form."""
    seen = EvidenceSeen(evidence={o.id: evidence for o in offences_of(db, referral)}, **kinds)  # type: ignore[arg-type]
    preparing.see_evidence(db, referral, seen, by=world.actor("seconded"), at=NOW)
    reviewed = "Looked at the papers; the panel can take it."
    preparing.check(db, referral, Check.SENIOR_REVIEW, reviewed, by=world.actor("manager"), at=NOW)
    preparing.check(db, referral, Check.CHARGE_FORM, "CIF/26/0042", by=world.actor("seconded"), at=NOW)


@remembered
def heard(db: Session, world: World, *, position: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case before an open panel whose three members have taken their positions."""
    referral = open_meeting(db, world, **more)
    for key in SEATS.values():
        command = PositionTaken(outcome=position)
        decisions.position(db, referral, command, by=world.actor(key), at=NOW)
    return referral


def wrote(db: Session, world: World, referral: Referral, outcome: Outcome, *, reasons: str = REASONS) -> None:
    """The chair writes one outcome for every offence; the proposed steps become the conditions."""
    sitting = sitting_of(db, referral, today=TODAY)
    assert sitting is not None
    outcomes = {o.id: outcome for o in offences_of(db, referral)}
    command = Draft(outcomes=outcomes, reasons=reasons, evidence=EVIDENCE)
    decisions.write(db, referral, command, seen=draft_mark(sitting), by=world.actor("chair"), at=NOW)


def published(db: Session, world: World, referral: Referral) -> Pack:
    """The papers, published again after something in the case has changed."""
    before = latest(db, referral.id)
    seen = before.number if before else None
    return publish(db, referral, seen=seen, by=world.actor("manager"), at=NOW)


def mark_of(db: Session, referral: Referral) -> int:
    """The version of what is read aloud now."""
    sitting = sitting_of(db, referral, today=TODAY)
    assert sitting is not None
    return whole_mark(referral, sitting)


def ready(db: Session, world: World, *, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case whose decision is written and only has to be recorded."""
    referral = heard(db, world, position=outcome, **more)
    wrote(db, world, referral, outcome)
    return referral


@remembered
def decided(
    db: Session,
    world: World,
    outcome: Outcome = Outcome.YCC,
    *,
    overrides: dict[str, str] | None = None,
    **more: object,
) -> Referral:
    """A case that the panel has decided; the meeting is still open."""
    referral = ready(db, world, outcome=outcome, **more)
    seen = mark_of(db, referral)
    deciding.decide(db, referral, seen=seen, by=world.actor("chair"), at=NOW, overrides=overrides or {})
    return referral


def step(**more: object) -> StepCommand:
    """A condition in rehabilitation that is complete and due in a month."""
    return StepCommand.model_validate(
        {
            "what": "Two talks about anger",
            "who": "Priya Nair",
            "where_at": "Youth centre",
            "when_at": "Two Mondays at 16:00",
            "done_when": "Both talks were held",
            "due_on": TODAY + timedelta(days=30),
            "purpose": "rehabilitation",
        }
        | more
    )
