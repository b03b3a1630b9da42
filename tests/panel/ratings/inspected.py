"""Self-inspections for the tests, made by the real acts; the one of Bradford in 2020 among them."""

from datetime import date, datetime

from sqlmodel import Session

from config.inspection import published, published_ratings, standards
from panel.ratings import actions, report
from panel.ratings import commands as c
from panel.ratings.models import ReportVersion, SelfInspection
from tests.support.world import NOW, World
from workflows.ratings import Framework, Rating, percent

SOURCE = "An audit of our own"
WORDS = c.Texts(summary="We know our work.", strengths="Assessment is sound.", areas="Plans are thin.")


def begun(
    db: Session,
    world: World,
    *,
    framework: Framework = Framework.F2018,
    by: str = "manager",
    at: datetime = NOW,
    **more: object,
) -> SelfInspection:
    """A self-inspection on which nothing rests yet."""
    area = world.areas["south" if by.startswith("far") else "north"]
    command = c.Started.model_validate(
        {
            "title": "Out-of-court work, summer 2026",
            "framework": framework,
            "first_on": date(2026, 6, 1),
            "last_on": date(2026, 8, 31),
        }
        | more
    )
    return actions.start(db, area, command, by=world.actor(by), at=at)


def answered(
    db: Session, world: World, row: SelfInspection, question: str, yes: int, no: int, apart: int = 0
) -> None:
    """Enter the answers to a key question."""
    command = c.Answered(yes=yes, no=no, not_applicable=apart, source=SOURCE)
    actions.answer(db, row, question, command, by=world.actor("manager"), at=NOW)


def judged(db: Session, world: World, row: SelfInspection, standard: str, rating: Rating | None) -> None:
    """Judge a standard."""
    command = c.Judged(rating=rating, reason="Read the minutes of the board")
    actions.judge(db, row, standard, command, by=world.actor("manager"), at=NOW)


def domain_three(db: Session, world: World) -> SelfInspection:
    """Answers to all of domain three: good, one at the edge, one that rests on rounding."""
    row = begun(db, world)
    for question, yes, no, apart in (
        ("3.1.1", 24, 4, 0),
        ("3.1.2", 19, 4, 5),
        ("3.1.3", 14, 3, 11),
        ("3.2.1", 17, 11, 0),
        ("3.2.2", 14, 9, 5),
        ("3.2.3", 11, 6, 11),
        ("3.3.1", 22, 6, 0),
        ("3.3.2", 13, 2, 13),
        ("3.3.3", 3, 1, 24),
        ("3.4.1", 11, 14, 3),
        ("3.4.2", 21, 6, 1),
    ):
        answered(db, world, row, question, yes, no, apart)
    return row


def bradford(db: Session, world: World) -> SelfInspection:
    """Counts that give each published percentage, and the judgements of domain one."""
    row = begun(db, world, with_court=True, title="Bradford 2020")
    for question, value in published().items():
        yes, n = next((k, n) for n in range(5, 101) for k in range(n + 1) if percent(k, n) == value)
        answered(db, world, row, question, yes, n - yes)
    by_words = {rating.says: rating for rating in Rating}
    for standard in standards("2018"):
        if not standard.questions:
            judged(db, world, row, standard.key, by_words[published_ratings()[standard.key]])
    return row


def written(db: Session, world: World) -> SelfInspection:
    """With a draft that a person saved."""
    row = domain_three(db, world)
    report.save(db, row, WORDS, by=world.actor("manager"), at=NOW)
    return row


def published_one(db: Session, world: World) -> ReportVersion:
    """A published report."""
    row = written(db, world)
    return report.publish(db, row, seen=row.version, by=world.actor("manager"), at=NOW)
