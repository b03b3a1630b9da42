"""Rounds of case audits on their way from the lot to the end."""

from sqlmodel import Session

from config.audit_form import questions
from panel.audits import auditing, drawing
from panel.audits import commands as c
from panel.audits.models import AuditRound, CaseAudit
from panel.audits.queries import cases_of
from tests.support.given import given
from tests.support.world import NOW, TODAY, World
from workflows.audit import Answer
from workflows.ratings import Framework
from workflows.vocabulary import Level, Outcome

AUDITORS = ("inspector", "other_case_manager")
ITEMS = [key for q in questions("2018") for key in (*(p.key for p in q.prompts), q.key)]


def cases(db: Session, world: World, count: int = 1, outcome: Outcome = Outcome.YCC) -> None:
    """Disposals given today."""
    for _ in range(count):
        given(db, world, outcome)


def asked(world: World, **more: object) -> c.Opened:
    """Everything that was given today, audited by an inspector and a case manager who worked on nothing."""
    return c.Opened.model_validate(
        {
            "since": TODAY,
            "until": TODAY,
            "framework": Framework.F2018,
            "confidence": 80,
            "margin": 5,
            "members": tuple(world.users[key] for key in AUDITORS),
        }
        | more
    )


def opened(db: Session, world: World, count: int = 1, **more: object) -> AuditRound:
    """A round whose sample is drawn."""
    cases(db, world, count)
    return again(db, world, **more)


def again(db: Session, world: World, **more: object) -> AuditRound:
    """A round over the cases that there are."""
    command, area = asked(world, **more), world.areas["north"]
    return drawing.open_round(db, command, area, by=world.actor("manager"), at=NOW, seed="fixed")


def write(
    db: Session,
    world: World,
    made: AuditRound,
    key: str,
    place: int = 1,
    *,
    safety: Level = Level.LOW,
    right: bool = True,
    **answers: Answer,
) -> None:
    """An auditor answers everything with yes, but for what is named: `a3_1_1` is 3.1.1."""
    by = world.actor(key)
    auditing.begin(db, made, place, by=by, at=NOW)
    named = {name.removeprefix("a").replace("_", "."): answer for name, answer in answers.items()}
    given_ = dict.fromkeys(ITEMS, Answer.YES) | named
    part = c.Part(answers=given_, notes=dict.fromkeys(named, "Seen in the file"))
    auditing.write_part(db, made, place, ITEMS, part, by=by, at=NOW)
    whole = c.Overall(
        safety_class=safety,
        harm_class=Level.LOW,
        disposal_right=right,
        right_note="" if right else "A caution was too much",
        comment="Good work with the family.",
    )
    auditing.write_overall(db, made, place, whole, by=by, at=NOW)


def audited(
    db: Session, world: World, made: AuditRound, key: str, place: int = 1, **more: object
) -> CaseAudit:
    """A finished audit."""
    write(db, world, made, key, place, **more)  # type: ignore[arg-type]
    return auditing.finish(db, made, place, by=world.actor(key), at=NOW)


def whole(db: Session, world: World, count: int = 1, **more: object) -> AuditRound:
    """A round in which everything is audited, by both where two are asked for."""
    made = opened(db, world, count, **more)
    for case in cases_of(db, made.id):
        for key in AUDITORS[: 2 if case.twice else 1]:
            audited(db, world, made, key, case.place)
    return made
