"""What the demonstration learned: actions open and late, minutes that are confirmed, a round of scrutiny."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from panel.agreed_actions import actions as agreed
from panel.agreed_actions.commands import Agreed, Done
from panel.demo.people import Team
from panel.demo.profile import at, later
from panel.history.record import meeting_chain
from panel.meetings.models import Meeting
from panel.minutes import actions as minutes
from panel.minutes.commands import Written
from panel.minutes.queries import written_of
from panel.scrutiny import actions as scrutiny
from panel.scrutiny import commands as c
from panel.scrutiny import drawing, scoring
from panel.scrutiny.anonymising import proposed
from panel.scrutiny.models import SampledCase, ScrutinyRound
from panel.scrutiny.queries import sample_of
from workflows.meeting import Status
from workflows.scrutiny import Answer, Finding

# What, who does it, days after the meeting, somebody from outside, and whether it is done.
ACTIONS = (
    ("Ask the youth club whether it has places on Saturdays", "caseworker", 6, "", True),
    (
        "Agree with the school how it hears of a decision",
        "manager",
        4,
        "The head of Weirside Academy",
        False,
    ),
    ("Bring two examples of good reasons to the next panel", "seconded", 400, "", False),
)
MATTERS = Written(
    other_matters="The heating in the room was out. The victim worker reported on the new leaflet.",
    public_note="The panel looks for places for reparation on Saturdays. A new leaflet is in use.",
)
THEMES = (
    "Outcomes fitted what had happened. Reasons were often one sentence: one could not see what was weighed. "
    "The panel was asked to name what the child and the victim said in each reason."
)
SHORT = "The reasons are short: one cannot see how the child's words were weighed."


def learn(db: Session, team: Team, *, today: date) -> None:
    """Actions and minutes of the last meeting that is over, and scrutiny of what was decided before it."""
    query = select(Meeting).where(Meeting.area_id == team.area_id, Meeting.status == Status.CLOSED)
    last = db.exec(query.order_by(col(Meeting.held_on).desc()).limit(1)).first()
    if last is None:
        return
    _agree(db, team, last, today)
    chair, day = team["chair"], last.held_on
    minutes.write(db, last, MATTERS, seen=0, by=chair, at=at(day, 12, 10))
    minutes.confirm(db, last, seen=written_of(db, last.id).version, by=chair, at=at(day, 12, 30))
    _scrutinise(db, team, today)


def _agree(db: Session, team: Team, meeting: Meeting, today: date) -> None:
    origin = agreed.Origin(meeting.area_id, True, meeting_chain(meeting.id), meeting_id=meeting.id)
    for what, who, days, outside, done in ACTIONS:
        due = min(meeting.held_on + timedelta(days=days), today - timedelta(days=1))
        if days > 100:
            due = later(today, 5)
        command = Agreed(what=what, holder_id=team[who].id, outside_owner=outside, due_on=due)
        action = agreed.agree(db, command, origin, None, by=team["chair"], at=at(meeting.held_on, 11, 50))
        if done:
            said = Done(words="It has six places on Saturdays from ten.")
            agreed.do(db, action, said, by=team[who], at=at(min(due, today), 9))


def _scrutinise(db: Session, team: Team, today: date) -> None:
    manager = team["manager"]
    judges = [team["scrutineer"], team["scrutineer2"]]
    period = c.Drawn(
        since=today - timedelta(days=400),
        until=today - timedelta(days=30),
        size=6,
        members=tuple(judge.id for judge in judges),
    )
    when = today - timedelta(days=20)
    round_ = drawing.draw_round(db, period, team.area_id, by=manager, at=at(when, 9), seed="the first round")
    sample = sample_of(db, round_.id)
    for case in sample:
        offences, reasons = proposed(db, case)
        read = c.Cleared(offences=offences, reasons=reasons, looked=True)
        scrutiny.clear(db, round_, case.place, read, by=manager, at=at(when, 10))
    scrutiny.begin(db, round_, by=manager, at=at(when, 11))
    for number, case in enumerate(sample):
        _judge(db, team, round_, case, number, when + timedelta(days=3))
    themes = c.Finished(words=THEMES)
    scrutiny.finish(db, round_, themes, by=manager, at=at(when + timedelta(days=5), 9))
    told = c.FedBack(
        words="Write down what the child said and how it was weighed.",
        action="Put a line for the child's words into the panel's template for reasons",
        holder_id=team["chair"].id,
        due_on=later(today, 10),
    )
    scrutiny.feed_back(db, round_, sample[0].place, told, by=manager, at=at(when + timedelta(days=5), 10))


def _judge(db: Session, team: Team, round_: ScrutinyRound, case: SampledCase, number: int, day: date) -> None:
    """Every third decision is found right, with an observation."""
    found = Finding.OBSERVATIONS if number % 3 == 0 else Finding.APPROPRIATE
    said = SHORT if found is Finding.OBSERVATIONS else ""
    keys = ("proportionate", "lawful", "reasons", "victim", "child", "consistent", "conditions")
    answers = dict.fromkeys(keys, Answer.MET) | ({"reasons": Answer.PARTLY} if said else {})
    for judge in ("scrutineer", "scrutineer2"):
        score = c.Scored(finding=found, answers=answers, comment=said)
        scoring.score(db, round_, case.place, score, by=team[judge], at=at(day, 14, number))
    together = c.Found(finding=found, words=said)
    scoring.find(db, round_, case.place, together, by=team["scrutineer"], at=at(day, 15, number))
