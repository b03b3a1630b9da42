"""Self-inspections of the demonstration: two that are published, and one that is being written."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from panel.audits.models import AuditRound
from panel.demo.people import Team
from panel.demo.profile import at
from panel.ratings import actions, report
from panel.ratings import commands as c
from panel.ratings.drafting import drafted
from panel.ratings.models import SelfInspection
from panel.ratings.queries import standing
from workflows.calendar import add_months
from workflows.ratings import Framework

SOURCE = "Audit of 28 cases by two managers and a visiting inspector"
# Key question, yes, no, not applicable: in the first inspection and in the second.
FIRST = (
    *(("3.1.1", 20, 8, 0), ("3.1.2", 14, 9, 5), ("3.1.3", 12, 5, 11)),
    *(("3.2.1", 15, 13, 0), ("3.2.2", 9, 10, 9), ("3.2.3", 9, 11, 8)),
    *(("3.3.1", 20, 8, 0), ("3.3.2", 12, 4, 12), ("3.3.3", 13, 4, 11)),
    *(("3.4.1", 19, 9, 0), ("3.4.2", 18, 5, 5)),
)
SECOND = (
    *(("3.1.1", 25, 3, 0), ("3.1.2", 19, 4, 5), ("3.1.3", 14, 3, 11)),
    *(("3.2.1", 17, 11, 0), ("3.2.2", 15, 8, 5), ("3.2.3", 11, 6, 11)),
    *(("3.3.1", 22, 6, 0), ("3.3.2", 13, 2, 13), ("3.3.3", 3, 1, 24)),
    *(("3.4.1", 18, 7, 3), ("3.4.2", 21, 6, 1)),
)
JUDGED = (
    ("1.1", 2, "The board met each quarter, asked for the figures of the gap, and followed its actions up."),
    ("1.2", 1, "Countersigning was late in a fifth of the cases; two posts were empty for four months."),
)
EXAMPLES = (
    "A plan in the words of the child, with a drawing of who helps.\n"
    "A safety plan that named what to do at the weekend, agreed with children's social care.\n"
    "A plan that listed appointments and said nothing of what they were for."
)


def rate(db: Session, team: Team, audited: AuditRound | None, *, today: date) -> None:
    """Last year was counted by hand, spring rests on its round of audits; summer waits for its words."""
    past = _inspection(db, team, "Out-of-court work of", FIRST, add_months(today, -14))
    _publish(db, team, past, EXAMPLES, at(add_months(today, -13), 15))
    if audited is not None:
        begun = c.Started(
            title=f"Out-of-court work to spring {today.year}",
            framework=Framework.F2018,
            first_on=audited.since,
            last_on=audited.until,
            audit_round_id=audited.id,
        )
        when = at(add_months(today, -4), 11)
        spring = actions.start(db, team.area_id, begun, by=team["manager"], at=when)
        _publish(db, team, spring, "", when + timedelta(days=2))
    summer = _inspection(db, team, "Out-of-court work, summer", SECOND, add_months(today, -2))
    for standard, rating, reason in JUDGED:
        command = c.Judged(rating=rating, reason=reason)
        actions.judge(db, summer, standard, command, by=team["manager"], at=at(today - timedelta(days=6), 10))
    why = c.Lifted(
        reason="In two of the plans the contingency was agreed in the meeting and typed a day later."
    )
    actions.lift(db, summer, "3.2", why, by=team["chair"], at=at(today - timedelta(days=5), 10))


def _publish(db: Session, team: Team, made: SelfInspection, examples: str, when: datetime) -> None:
    texts = drafted(db, made, standing(db, made, least=5))
    kept = c.Texts.model_validate(texts | ({"examples": examples} if examples else {}))
    report.save(db, made, kept, by=team["manager"], at=when)
    report.publish(db, made, seen=made.version, by=team["manager"], at=when)


def _inspection(
    db: Session, team: Team, title: str, answers: tuple[tuple[str, int, int, int], ...], over: date
) -> SelfInspection:
    first = add_months(over.replace(day=1), -3)
    command = c.Started(
        title=f"{title} {first.year}",
        framework=Framework.F2018,
        first_on=first,
        last_on=over.replace(day=1) - timedelta(days=1),
    )
    when = at(over, 11)
    made = actions.start(db, team.area_id, command, by=team["manager"], at=when)
    for question, yes, no, apart in answers:
        answer = c.Answered(yes=yes, no=no, not_applicable=apart, source=SOURCE)
        actions.answer(db, made, question, answer, by=team["manager"], at=when)
    return made
