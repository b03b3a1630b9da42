"""The report of a self-inspection: its content as it stands, its drafts, and its pinned versions."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from config.inspection import frameworks
from config.policy import number
from panel.access import Actor
from panel.accounts.models import Area
from panel.documents.typst import DEMO_WORDS, pdf
from panel.errors import Stale
from panel.gap.sheets import as_xlsx
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.ratings import audited
from panel.ratings import commands as c
from panel.ratings.actions import least_answers, touch
from panel.ratings.drafting import NAMES, drafted, telling
from panel.ratings.models import ReportDraft, ReportVersion, SelfInspection
from panel.ratings.queries import Standing, drafts, lock, ratings_chain, standing, versions
from panel.ratings.words import (
    HEAD,
    PUBLISHED_HEAD,
    assumptions,
    overall_words,
    published_rows,
    standard_row,
)
from workflows.audit import RoundStatus
from workflows.calendar import clock_words, long_date, today_in_london
from workflows.flow import NotYours, Refusal
from workflows.self_rating import KEEPERS, PublishFacts, allow_publish, unmet_to_publish

TITLE = "Self-inspection report"
DRAFT = "Draft, not published"


def figures_of(db: Session, inspection: SelfInspection, now: Standing, at: datetime) -> dict[str, Any]:
    """Everything in the report that people do not write."""
    known = frameworks()[inspection.framework.value]
    total, assumed = overall_words(inspection.framework, now)
    points = number("rating_edge_points", today_in_london(at))
    return {
        "title": inspection.title,
        "reference": inspection.reference,
        "area": db.exec(select(Area.name).where(Area.id == inspection.area_id)).one(),
        "period": f"{long_date(inspection.first_on)} to {long_date(inspection.last_on)}",
        "framework": known.title,
        "used": known.used,
        "overall": total,
        "overall_note": assumed,
        "standards": [standard_row(one, now) for one in now.standards],
        "published": published_rows(now),
        "assumptions": assumptions(inspection.framework, least=least_answers(at), points=points),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over a content, whatever the order of its parts."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def report_of(db: Session, inspection: SelfInspection, *, at: datetime) -> dict[str, Any]:
    """The report as it would be published now, with the saved words or, without any, the drafted ones."""
    now = standing(db, inspection, least=least_answers(at))
    saved = next(iter(drafts(db, inspection)), None)
    texts = drafted(db, inspection, now) if saved is None else saved.texts
    return figures_of(db, inspection, now, at) | {
        "texts": dict(texts),
        "stands": DRAFT,
        "foot": DRAFT,
        "digest": "",
    }


def of_version(version: ReportVersion) -> dict[str, Any]:
    """A published report as it was pinned."""
    stands = f"Published by {version.by_words} on {clock_words(version.at)}, version {version.number}"
    return dict(version.content) | {
        "stands": stands,
        "foot": f"Version {version.number}",
        "digest": version.digest,
    }


def intact(version: ReportVersion) -> bool:
    """Whether the content of a published report still has the digest that was kept."""
    return digest_of(version.content) == version.digest


def save(
    db: Session, inspection: SelfInspection, command: c.Texts, *, by: Actor, at: datetime
) -> ReportDraft:
    """Keep the words as a new draft; the ones before stay. Whoever names a child was told by the form."""
    if not set(KEEPERS) & by.roles_in(inspection.area_id):
        raise NotYours("ratings.edit")
    lock(db, inspection)
    now = standing(db, inspection, least=least_answers(at))
    found = drafts(db, inspection)
    row = ReportDraft(
        inspection_id=inspection.id,
        number=found[0].number + 1 if found else 1,
        texts=command.model_dump(),
        rests_on=digest_of(figures_of(db, inspection, now, at)),
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    touch(db, inspection, at)
    chain = ratings_chain(inspection.id)
    facts = {"number": str(row.number)}
    note(db, "self_inspection.draft", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="ratings.edit")
    db.flush()
    return row


def told_in(db: Session, inspection: SelfInspection, command: c.Texts) -> dict[str, str]:
    """For each text that gives somebody away a sentence that says by what."""
    said: dict[str, str] = {}
    for name in NAMES:
        if found := telling(db, inspection.area_id, getattr(command, name)):
            said[name] = f"A report names nobody. Take out: {', '.join(found)}"
    return said


def publish_facts(db: Session, inspection: SelfInspection, now: Standing, *, at: datetime) -> PublishFacts:
    """What the rules of publishing look at."""
    found = drafts(db, inspection)
    fits = bool(found) and found[0].rests_on == digest_of(figures_of(db, inspection, now, at))
    rated = sum(one.rating is not None for one in now.rated.values())
    state = audited.state_of(db, inspection.audit_round_id)
    return PublishFacts(
        rated=rated,
        drafts=len(found),
        drafted_about_this=fits,
        round_dropped=state is RoundStatus.DROPPED,
        round_runs=state is RoundStatus.OPEN,
    )


def against_publishing(db: Session, inspection: SelfInspection, *, at: datetime) -> tuple[Refusal, ...]:
    """What still stands against publishing."""
    now = standing(db, inspection, least=least_answers(at))
    return unmet_to_publish(publish_facts(db, inspection, now, at=at))


def publish(
    db: Session, inspection: SelfInspection, *, seen: int | None, by: Actor, at: datetime
) -> ReportVersion:
    """Pin the report with its digest. Raises `Refused`, `Stale`."""
    if not set(KEEPERS) & by.roles_in(inspection.area_id):
        raise NotYours("ratings.publish")
    lock(db, inspection)
    if inspection.version != seen:
        raise Stale({"version": inspection.version})
    now = standing(db, inspection, least=least_answers(at))
    allow_publish(publish_facts(db, inspection, now, at=at))
    content = figures_of(db, inspection, now, at) | {"texts": dict(drafts(db, inspection)[0].texts)}
    found = versions(db, inspection)
    row = ReportVersion(
        inspection_id=inspection.id,
        number=found[0].number + 1 if found else 1,
        content=content,
        digest=digest_of(content),
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    db.add(row)
    touch(db, inspection, at)
    chain, facts = ratings_chain(inspection.id), {"number": str(row.number), "digest": row.digest}
    note(db, "self_inspection.publish", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="ratings.publish")
    db.flush()
    return row


def report_pdf(report: Mapping[str, Any], *, day: date, demo: bool) -> bytes:
    """The report as an accessible PDF."""
    paper = dict(report) | {
        "kind": TITLE,
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS if demo else "",
        "head": list(HEAD),
        "published_head": list(PUBLISHED_HEAD),
    }
    return pdf("self_inspection.typ", paper)


def report_xlsx(report: Mapping[str, Any]) -> bytes:
    """The report as a workbook: ratings, key questions, words, and how it is counted."""
    about = [
        [TITLE, report["title"]],
        *([name, report[key]] for name, key in ABOUT),
        *(["What is assumed", said] for said in report["assumptions"]),
    ]
    ratings = [["Standard", "Rating", "Points", "What it rests on"]]
    questions = [["Standard", *HEAD[:1], "What is asked", *HEAD[1:], "Where the answers come from"]]
    for one in report["standards"]:
        why = " ".join([*one["notes"], *one["why"]])
        ratings.append([one["name"], one["rating"], one["points"], why])
        questions += [[one["name"], *question_cells(q), q["source"]] for q in one["questions"]]
    words = [[TEXT_NAMES[name], line] for name in NAMES for line in report["texts"][name].splitlines()]
    return as_xlsx(
        [
            ("Ratings", ratings),
            ("Key questions", questions),
            ("Words", words),
            ("Beside Bradford 2020", [list(PUBLISHED_HEAD), *report["published"]]),
            ("How it is counted", about),
        ]
    )


def question_cells(question: Mapping[str, Any]) -> list[str]:
    """One key question as the cells of a table."""
    return [
        *(question[name] for name in ("key", "title", "share", "apart", "per_cent", "interval", "band")),
        "; ".join(question["notes"]),
    ]


TEXT_NAMES = {
    "summary": "In short",
    "strengths": "Strengths",
    "areas": "Areas for improvement",
    "examples": "Examples from practice",
}
ABOUT = (
    ("Reference", "reference"),
    ("Area", "area"),
    ("Cases of", "period"),
    ("Framework", "framework"),
    ("Overall", "overall"),
    ("About the total", "overall_note"),
    ("Stands", "stands"),
    ("SHA-256", "digest"),
)
