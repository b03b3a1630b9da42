"""Rounds of case audits in the demonstration: one that is finished, and one that is half done."""

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
from workflows.calendar import add_months
from workflows.ratings import Framework
from workflows.vocabulary import Level

AUDITORS = ("inspector", "caseworker2", "chair")
MODERATORS = ("chair", "inspector", "manager")
LEARNED = (
    "Assessments hear child and parents and say why it happened. Plans are the weak part: what is done when "
    "things go wrong is missing in too many. The team reads two good ones together."
)
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
    {
        "3.1.1": (Answer.NO, "What the school said is missing, and the index offence is not looked at."),
        "3.3.1": (Answer.NO, "The sessions began six weeks late, and nobody says why."),
        "3.4.2": (Answer.NO, "The police were not told how it ended."),
    },
    {
        "3.3.3": (Answer.NOT_APPLICABLE, "No factor concerns other people."),
        "3.4.1": (Answer.NO, "No word why this outcome and no other."),
    },
)
COMMENT = (
    "The assessment hears the child and the mother and explains why it happened. The plan is short: it does "
    "not say what is done when things get worse."
)


def finished(db: Session, team: Team, *, today: date) -> AuditRound | None:
    """A round of the spring: a part of a fixed total, audited to the end, settled and closed."""
    day = add_months(today, -5)
    command = _command(team, today - timedelta(days=720), today - timedelta(days=241))
    command = command.model_copy(update={"whole": 30, "share": 40})
    if not drawing.population(db, team.area_id, command, today=today):
        return None
    by, moment = team["manager"], at(day, 9)
    made = drawing.open_round(db, command, team.area_id, by=by, at=moment, seed="the spring sample")
    number = 0
    while waiting := [one.case for one in read(db, sample_of(db, made.id)) if not one.complete]:
        case, day_after = waiting[0], day + timedelta(days=1 + number // 4)
        if not _can_be_audited(db, team, case):
            out = c.Excluded(left_out=LeftOut.NO_AUDITOR, words="Everybody else who audits worked on it.")
            if len(_free(db, team, case)) >= needed(case):
                out = c.Excluded(left_out=LeftOut.OTHER, words="Nobody is left who could settle it.")
            drawing.exclude(db, made, case.place, out, by=by, at=at(day_after, 9, number))
        else:
            _audit(db, team, made, case, number, day_after)
        number += 1
    end = day + timedelta(days=20)
    for case in sample_of(db, made.id):
        _settle(db, team, made, case, at(end, 9, case.place))
    actions.finish(db, made, c.Words(words=LEARNED), by=by, at=at(end, 14))
    return made


def audit(db: Session, team: Team, *, today: date) -> None:
    """A round over what was given in the last months: half done, with two who differ and what followed."""
    day = today - timedelta(days=12)
    command = _command(team, today - timedelta(days=240), today - timedelta(days=35))
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


def _command(team: Team, since: date, until: date) -> c.Opened:
    members = tuple(team[key].id for key in AUDITORS)
    return c.Opened(
        since=since, until=until, framework=Framework.F2018, confidence=80, margin=5, members=members
    )


def _free(db: Session, team: Team, case: AuditedCase, keys: tuple[str, ...] = AUDITORS) -> list[Actor]:
    return [team[key] for key in keys if not ties(db, [case.referral_id], team[key].id)]


def _can_be_audited(db: Session, team: Team, case: AuditedCase) -> bool:
    """Whether there is somebody to audit a case, and of one that two audit somebody to settle it."""
    free = [person.id for person in _free(db, team, case)]
    third = {person.id for person in _free(db, team, case, MODERATORS)} - set(free[: needed(case)])
    return len(free) >= needed(case) and (not case.twice or bool(third))


def _audit(db: Session, team: Team, made: AuditRound, case: AuditedCase, number: int, day: date) -> None:
    for turn, person in enumerate(_free(db, team, case)[: needed(case)]):
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
        if not _settle(db, team, made, case, at(day, 9)):
            return
        told = c.FedBack(
            words=COMMENT,
            action="Show the team two plans with good contingency",
            holder_id=team["manager"].id,
            due_on=later(today, 8),
        )
        actions.feed_back(db, made, case.place, told, by=team["manager"], at=at(day, 10))


def _settle(db: Session, team: Team, made: AuditRound, case: AuditedCase, moment: datetime) -> bool:
    """A third person settles what two see differently; whether there was anything to settle, and anybody."""
    (one,) = read(db, [case_at(db, made.id, case.place)])
    differing = one.differing(judged_items(made.framework.value))
    judges = {audit.auditor_id for audit in one.audits}
    free = [person for person in _free(db, team, case, MODERATORS) if person.id not in judges]
    if not one.complete or not differing or not free:
        return False
    values = {item: both[0] for item, both in differing.items()}
    said = c.Settled(words="Read again with both notes beside it: the first reading holds.")
    actions.moderate(db, made, case.place, values, said, by=free[0], at=moment)
    return True
