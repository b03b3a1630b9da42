"""Demonstration judgements: signed, given back once, read a second time; and events on the way."""

from datetime import date, timedelta
from random import Random

from sqlmodel import Session

from config.countersigning import criteria
from panel.access import Actor
from panel.assessments import actions as assessments
from panel.assessments import countersigning, second_reads, writing
from panel.assessments.commands import Comment
from panel.assessments.countersign_commands import GiveBack, Judgement, Said, SecondReading
from panel.assessments.part_commands import SectionText
from panel.assessments.queries import assessment_of
from panel.assessments.reading import texts_of
from panel.concerns import actions as concerns
from panel.concerns.commands import EventDetails, FollowUp, SafeguardingDetails
from panel.demo.people import Team
from panel.demo.profile import at, earlier, later
from panel.demo.told import read
from panel.notifications.models import Why
from panel.referrals.models import Referral
from workflows.concerns import EventKind, Follows, Safeguarding
from workflows.countersigning import Judged

THIN = {"offending": "It tells what happened, and not why.", "other_agencies": "The school was not asked."}
EVENTS = (
    (EventKind.MISSING, "Did not come home for one night; found at a friend's on the next morning."),
    (EventKind.ARREST, "Arrested in town for being with others who had taken a bicycle; released."),
    (EventKind.POLICE_FLAG, "Seen twice with adults whom the police link to the supply of drugs."),
)


def given_back(db: Session, referral: Referral, manager: Actor, day: date) -> None:
    """A manager gives back what was submitted; the case manager has not answered yet."""
    countersigning.judge(db, referral, _judgement(THIN), by=manager, at=at(day, 15, 20))
    back = GiveBack(
        comment="Please say why it happened, and ask the school.", reasons=("analysis_thin", "sources")
    )
    countersigning.give_back(db, referral, back, by=manager, at=at(day, 15, 30))


def unanswered_event(db: Session, referral: Referral, officer: Actor, day: date) -> None:
    """The police tell of something that nobody has answered yet."""
    kind, what = EVENTS[2]
    told = EventDetails(kind=kind, happened_on=day, what=what, source="Police intelligence")
    concerns.record_event(db, referral, told, by=officer, at=at(day, 17))


def asked_about_safety(db: Session, referral: Referral, worker: Actor, day: date, draw: Random) -> None:
    """The case manager answers the safeguarding question; a referral is made now and then."""
    answer = SafeguardingDetails(answer=Safeguarding.NOT_NEEDED, reason="No sign of harm at home or outside.")
    if draw.random() < 0.08:
        answer = SafeguardingDetails(
            answer=Safeguarding.MADE,
            made_on=day,
            made_to="Front door team, duty worker",
            reference="CSC-2210",
        )
    concerns.safeguard(db, referral, answer, by=worker, at=at(day, 14))


def judged(
    db: Session,
    team: Team,
    referral: Referral,
    worker: Actor,
    manager: Actor,
    day: date,
    draw: Random,
    *,
    today: date,
) -> None:
    """Managers judge what was submitted on this day; one in ten was given back first."""
    if draw.random() < 0.1:
        given_back(db, referral, manager, day)
        _mend(db, referral, worker, day)
    signed = later(day, 1) if later(day, 1) < today else earlier(today, 1)
    countersigning.judge(db, referral, _judgement({}), by=manager, at=at(signed, 16))
    praise = Comment(comment="Clear, fair, and more than one source was asked.")
    countersigning.countersign(db, referral, praise, by=manager, at=at(signed, 16), overrides={})
    read(db, team, referral, Why.ASSESSMENT_CONCLUDED, at(signed, 16, 30))
    _read_again(db, team, referral, min(later(signed, 3), earlier(today, 1)), today=today)
    if draw.random() < 0.04:
        _event(db, referral, worker, signed, draw)


def _judgement(not_met: dict[str, str]) -> Judgement:
    return Judgement(
        criteria={
            c.key: Said(judged=Judged.NOT_MET, remark=not_met[c.key])
            if c.key in not_met
            else Said(judged=Judged.MET)
            for c in criteria()
        }
    )


def _mend(db: Session, referral: Referral, worker: Actor, day: date) -> None:
    assessment = assessment_of(db, referral.id)
    if assessment is None:
        return
    before = texts_of(db, assessment.id)["offence_analysis"]
    more = f"{before} It answered a dare, after weeks in which nothing went well at school."
    writing.section(db, referral, "offence_analysis", SectionText(text=more), by=worker, at=at(day, 16))
    assessments.submit(db, referral, by=worker, at=at(day, 16, 10), overrides={})


def _read_again(db: Session, team: Team, referral: Referral, day: date, *, today: date) -> None:
    waiting = second_reads.waiting_second(db, referral.id)
    if waiting is None or later(day, 4) >= today:
        return
    reader = next(actor for actor in team.people.values() if actor.id == waiting[0].reader_id)
    again = _judgement({})
    seen = Said(judged=Judged.PARTLY, remark="Housing is named and not followed up.")
    again = Judgement(criteria=again.criteria | {"barriers": seen})
    said = SecondReading(would_sign=True, comment="Good work; look at barriers more closely.")
    second_reads.read_again(db, referral, *waiting, said, again, by=reader, at=at(day, 11))


def _event(db: Session, referral: Referral, worker: Actor, day: date, draw: Random) -> None:
    kind, what = draw.choice(EVENTS)
    told = EventDetails(kind=kind, happened_on=day - timedelta(days=1), what=what, source="The police")
    event = concerns.record_event(db, referral, told, by=worker, at=at(day, 16, 10))
    safe = SafeguardingDetails(answer=Safeguarding.ALREADY_OPEN, reason="The social worker was told.")
    concerns.safeguard(db, referral, safe, event.id, by=worker, at=at(day, 16, 15))
    why = FollowUp(follows=Follows.NO_CHANGE, why="It was a single evening, and the plan already covers it.")
    concerns.follow(db, referral, event.id, why, by=worker, at=at(day, 16, 20))
