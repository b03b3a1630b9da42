"""A round of case audits in the demonstration: half done, with two auditors who differ and what followed."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from config.audit_form import questions
from panel.access import Actor
from panel.audits import actions, auditing, drawing
from panel.audits import commands as c
from panel.audits.models import AuditedCase, AuditRound
from panel.audits.queries import case_at, needed, sample_of, ties
from panel.audits.results import judged_items, read
from panel.demo.people import Team
from panel.demo.profile import at, later
from workflows.audit import Answer, LeftOut
from workflows.ratings import Framework
from workflows.vocabulary import Level

AUDITORS = ("inspector", "caseworker2", "chair")
# The answers that are not yes, by turns, with the note beside each.
FOUND: tuple[dict[str, tuple[Answer, str]], ...] = (
    {
        "3.2.2": (Answer.NO, "No words for the day on which things go wrong at home."),
        "3.2.2c": (Answer.NO, "It says that the manager is told, and no more."),
        "3.2.3": (Answer.NO, "Nobody is named who would act."),
    },
    {
        "3.1.2": (Answer.NOT_APPLICABLE, "No factor concerns the child's own safety."),
        "3.2.1": (Answer.NO, "Steps without an order, and no strength is used."),
        "3.2.1c": (Answer.NO, "The boxing club is in the assessment and not in the plan."),
    },
    {},
)
COMMENT = (
    "The assessment hears the child and the mother and explains why it happened. The plan is short: it does "
    "not say what is done when things get worse."
)


def audit(db: Session, team: Team, *, today: date) -> None:
    """A round over what was given in the last months."""
    day = today - timedelta(days=12)
    members = tuple(team[key].id for key in AUDITORS)
    command = c.Opened(
        since=today - timedelta(days=330),
        until=today - timedelta(days=35),
        framework=Framework.F2018,
        confidence=80,
        margin=5,
        members=members,
    )
    area = team.area_id
    if not drawing.population(db, area, command, today=today):
        return
    made = drawing.open_round(db, command, area, by=team["manager"], at=at(day, 9), seed="the first sample")
    sample = sample_of(db, made.id)
    out = c.Excluded(left_out=LeftOut.PROCEEDINGS, words="A complaint about the case is being looked into.")
    drawing.exclude(db, made, sample[-1].place, out, by=team["manager"], at=at(day, 10))
    both = [case for case in sample[:-1] if case.twice]
    once = [case for case in sample[:-1] if not case.twice]
    for number, case in enumerate([*both[:2], *once[:4]]):
        _audit(db, team, made, case, number, day + timedelta(days=2))
    _follow(db, team, made, both[:1], today)


def _audit(db: Session, team: Team, made: AuditRound, case: AuditedCase, number: int, day: date) -> None:
    able = [team[key] for key in AUDITORS if not ties(db, [case.referral_id], team[key].id)]
    for turn, person in enumerate(able[: needed(case)]):
        _write(db, made, case, person, number + turn, at(day, 11 + turn, number))


def _write(db: Session, made: AuditRound, case: AuditedCase, by: Actor, turn: int, moment: datetime) -> None:
    auditing.begin(db, made, case.place, by=by, at=moment)
    items = [key for q in questions("2018") for key in (*(p.key for p in q.prompts), q.key)]
    found = FOUND[turn % len(FOUND)]
    part = c.Part(
        answers=dict.fromkeys(items, Answer.YES) | {key: answer for key, (answer, _) in found.items()},
        notes={key: note for key, (_, note) in found.items()},
    )
    auditing.write_part(db, made, case.place, items, part, by=by, at=moment)
    whole = c.Overall(
        safety_class=Level.MEDIUM, harm_class=Level.LOW, disposal_right=True, comment=COMMENT if found else ""
    )
    auditing.write_overall(db, made, case.place, whole, by=by, at=moment)
    auditing.finish(db, made, case.place, by=by, at=moment)


def _follow(db: Session, team: Team, made: AuditRound, cases: list[AuditedCase], today: date) -> None:
    """The first case that two people audited is settled by a third, and its case manager is told."""
    day = today - timedelta(days=5)
    for case in cases:
        (one,) = read(db, [case_at(db, made.id, case.place)])
        differing = one.differing(judged_items(made.framework.value))
        judges = {audit.auditor_id for audit in one.audits}
        third = [team[key] for key in ("chair", "inspector", "manager")]
        free = [p for p in third if p.id not in judges and not ties(db, [case.referral_id], p.id)]
        if not one.complete or not differing or not free:
            return
        values = {item: both[0] for item, both in differing.items()}
        said = c.Settled(words="Read again with both notes beside it: the first reading holds.")
        actions.moderate(db, made, case.place, values, said, by=free[0], at=at(day, 9))
        told = c.FedBack(
            words=COMMENT,
            action="Show the team two plans with good contingency",
            holder_id=team["manager"].id,
            due_on=later(today, 8),
        )
        actions.feed_back(db, made, case.place, told, by=team["manager"], at=at(day, 10))
