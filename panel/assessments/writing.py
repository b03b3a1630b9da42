"""What a case manager writes page by page; saving in the background leaves one line of history, not fifty."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.actions import begun, keep_section
from panel.assessments.models import Assessment
from panel.assessments.part_commands import (
    Contingency,
    Full,
    Judging,
    Known,
    Linking,
    Recommending,
    Screened,
    SectionText,
    SocialCare,
)
from panel.assessments.queries import JUDGEMENTS
from panel.assessments.reading import row_of
from panel.assessments.screens import screen_of
from panel.assessments.written import AssetPlus, LinkedPlan, ScreenDone, Source, Statement
from panel.errors import Missing
from panel.history.record import case_chain
from panel.history.sentences import events_of
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell
from workflows.assessment_parts import BY_KEY, Screen
from workflows.calendar import today_in_london

ONE_SITTING = timedelta(minutes=30)
WROTE = "case.assessment"


def wrote(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Log that somebody wrote (DP-13); a further line of history only after a pause."""
    last = events_of(db, case_chain(referral.id), limit=1)
    if last and (last[0].verb, last[0].by_id) == (WROTE, by.id) and at - last[0].at < ONE_SITTING:
        settle(db, referral, by=by, at=at, page=WROTE, retime=False)
    else:
        tell(db, referral, "assessment", by=by, at=at)


def section(
    db: Session, referral: Referral, key: str, command: SectionText, *, by: Actor, at: datetime
) -> None:
    """Write one section. Raises `Missing` for a section that does not exist."""
    if key not in BY_KEY:
        raise Missing()
    keep_section(db, begun(db, referral, by=by), key, command.text, by=by, at=at)
    wrote(db, referral, by=by, at=at)


def judged(assessment: Assessment | None, name: str) -> dict[str, Any]:
    """One judgement as its page shows it; nobody is named for reoffending. Raises `Missing`."""
    if name not in JUDGEMENTS:
        raise Missing()
    found = assessment or Assessment()
    return {
        "level": getattr(found, name),
        "why": getattr(found, f"{name}_why"),
        "who": getattr(found, f"{name}_who", ""),
        "up": getattr(found, f"{name}_up"),
        "down": getattr(found, f"{name}_down"),
    }


def judge(db: Session, referral: Referral, name: str, command: Judging, *, by: Actor, at: datetime) -> None:
    """Give one of the three judgements."""
    assessment = begun(db, referral, by=by)
    judged(assessment, name)
    setattr(assessment, name, command.level)
    for part in ("why", "who", "up", "down"):
        if hasattr(assessment, f"{name}_{part}"):
            setattr(assessment, f"{name}_{part}", getattr(command, part))
    wrote(db, referral, by=by, at=at)


def fill(
    db: Session,
    referral: Referral,
    command: Recommending | Contingency | SocialCare,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write what stands on the assessment itself: recommendation, contingency, social care."""
    assessment = begun(db, referral, by=by)
    assessment.sqlmodel_update(command.model_dump())
    wrote(db, referral, by=by, at=at)


def know(
    db: Session,
    referral: Referral,
    key: str,
    command: Known,
    number: int | None = None,
    *,
    by: Actor,
    at: datetime,
) -> Statement:
    """Add a statement to a section, or change one (DP-6)."""
    assessment = begun(db, referral, by=by)
    if key not in BY_KEY:
        raise Missing()
    if command.source_id is not None:
        row_of(db, Source, assessment, command.source_id)
    statement = row_of(db, Statement, assessment, number) if number else Statement()
    statement.sqlmodel_update(command.model_dump())
    statement.assessment_id, statement.section = assessment.id, key
    statement.written_by_id, statement.written_at = by.id, at
    db.add(statement)
    wrote(db, referral, by=by, at=at)
    return statement


def forget(
    db: Session,
    referral: Referral,
    table: type[Statement] | type[LinkedPlan],
    number: int,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """Take away a statement or a linked plan; gives the section that a statement stood in."""
    assessment = begun(db, referral, by=by)
    row = row_of(db, table, assessment, number)
    db.delete(row)
    db.flush()
    wrote(db, referral, by=by, at=at)
    return getattr(row, "section", "")


def screen(
    db: Session,
    referral: Referral,
    kind: Screen,
    command: Screened,
    *,
    score: int | None,
    by: Actor,
    at: datetime,
) -> None:
    """Keep the answers of a screen and what the person decided."""
    assessment = begun(db, referral, by=by)
    today = today_in_london(at)
    fresh = ScreenDone(assessment_id=assessment.id, kind=kind, done_on=today)
    done = screen_of(db, assessment, kind) or fresh
    not_done = bool(command.not_done_reason)
    done.answers = {} if not_done else dict(command.answers)
    done.score = None if not_done else score
    done.referred = None if not_done else command.referred
    done.note, done.not_done_reason = command.note, command.not_done_reason
    done.done_by_id, done.done_on = by.id, today
    db.add(done)
    wrote(db, referral, by=by, at=at)


def link_plan(
    db: Session, referral: Referral, command: Linking, number: int | None, *, by: Actor, at: datetime
) -> None:
    """Link a plan of another service, or change one."""
    assessment = begun(db, referral, by=by)
    plan = row_of(db, LinkedPlan, assessment, number) if number else LinkedPlan(assessment_id=assessment.id)
    plan.sqlmodel_update(command.model_dump())
    db.add(plan)
    wrote(db, referral, by=by, at=at)


def full(
    db: Session, referral: Referral, command: Full, before: AssetPlus | None, *, by: Actor, at: datetime
) -> None:
    """Record the full AssetPlus (ASM-2)."""
    assessment = begun(db, referral, by=by)
    row = before or AssetPlus(assessment_id=assessment.id)
    row.sqlmodel_update(command.model_dump())
    db.add(row)
    wrote(db, referral, by=by, at=at)
