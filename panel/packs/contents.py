"""What the papers of a case hold, part by part, in the order in which panels talk about it.

Only dates that stand still are in it, no 'in three days': the same case gives the same papers on any day.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from panel.assessments.queries import assessment_of
from panel.assessments.summary import whole
from panel.assessments.versions import Final, final
from panel.concerns.telling import panel_rows
from panel.documents.expected import expected
from panel.documents.models import Document, Kind, paper_words
from panel.documents.queries import papers as papers_of
from panel.incidents.models import CaseLink
from panel.packs.earlier import earlier_disposals, earlier_words
from panel.packs.similar import similar_rows
from panel.referrals.clocks import deadlines, worth_showing
from panel.referrals.models import Offence, Referral
from panel.referrals.offence_words import gravity_rows, title_words, when_words
from panel.referrals.queries import child_of, names_of, offences_of
from panel.referrals.said import said_about
from panel.victims.queries import PanelView, cleared
from workflows.assessment import Status
from workflows.assessment_parts import ANSWERED
from workflows.calendar import age_on, clock_words, long_date
from workflows.vocabulary import words

Row = dict[str, Any]
Part = dict[str, Any]
NOTHING = "Nothing is written here"
SOURCES, RECOMMENDATION, STEP = "Sources of information", "Recommendation", "Proposed step"
# The groups of an assessment that panels talk about in a place of their own; all others come before these.
AFTER = ("Worries, strengths and what comes next", "Judgements", "Who was heard")
NO_GAP = tuple(words(answer) for answer in ANSWERED)


def parts_of(db: Session, referral: Referral, *, held_on: date) -> list[Part]:
    """Every part of the papers but the similar cases, for a meeting on this day."""
    signed = final(db, referral.id)
    groups = {group["title"]: group["rows"] for group in read_by_the_panel(db, referral, held_on, signed)}
    steps = [title for title in groups if title.startswith(STEP)]
    last = (*AFTER, SOURCES, RECOMMENDATION, *steps)
    found = [
        part("child", "The child", _child(db, referral, held_on)),
        part("happened", "What happened", _happened(db, referral)),
        part("gravity", "Gravity", _gravity(offences_of(db, referral))),
        part("deadlines", "Deadlines that press", _deadlines(db, referral, held_on)),
        part("earlier", "Earlier disposals", _earlier(db, referral)),
        part("assessment", "The assessment as countersigned", _assessment(db, signed)),
        *(_group(title, groups) for title in groups if title not in last),
        *(_group(title, groups) for title in AFTER if title in groups),
        part("victims", "What the victims say", _victims(db, referral)),
        *(
            [part("sources", SOURCES, [_with_gap(row) for row in groups[SOURCES]])]
            if SOURCES in groups
            else []
        ),
        part("events", "Significant events", panel_rows(db, referral)),
        *_linked(db, referral),
        *(_group(title, groups) for title in (RECOMMENDATION, *steps) if title in groups),
        part("papers", "Police papers", _police_papers(db, referral, held_on)),
    ]
    return [one for one in found if one["rows"]]


def similar_part(db: Session, referral: Referral, *, on: date) -> Part:
    """Similar cases and how they were decided: counts alone, as they are on a day."""
    return part("similar", "Similar cases", similar_rows(db, referral, on=on))


def part(key: str, title: str, rows: list[Row]) -> Part:
    """One part; what is empty says so."""
    return {"key": key, "title": title, "rows": [row | {"value": row["value"] or NOTHING} for row in rows]}


def read_by_the_panel(
    db: Session, referral: Referral, on: date, signed: Final | None
) -> list[dict[str, Any]]:
    """The countersigned version, word for word, also while the assessment is written again."""
    if signed is not None:
        return list(signed.version.content["groups"])
    assessment = assessment_of(db, referral.id)
    # What was countersigned before versions were kept is read as it is.
    old = assessment is not None and assessment.status is Status.COUNTERSIGNED
    return whole(db, referral, assessment, today=on) if assessment and old else []


def offence_words(offence: Offence) -> str:
    """'Criminal damage to a bus shelter on 6 November 2026'."""
    return f"{offence.title} on {long_date(offence.committed_on)}"


def _row(key: str, value: Any) -> Row:
    return {"key": key, "value": value}


def _group(title: str, groups: dict[str, list[Row]]) -> Part:
    named = title.split(":")[0] if title.startswith(STEP) else title
    return part(re.sub(r"[^a-z0-9]+", "-", named.lower()).strip("-"), title, groups[title])


def _child(db: Session, referral: Referral, on: date) -> list[Row]:
    child = child_of(db, referral)
    born = f"{long_date(child.date_of_birth)}, aged {age_on(child.date_of_birth, on)} on {long_date(on)}"
    return [
        _row("Name", child.name),
        _row("Date of birth", born),
        _row("Looked after", "Yes" if child.looked_after else "No"),
        _row("Language, interpreter or other needs", child.needs or "None that we were told of"),
    ]


def _happened(db: Session, referral: Referral) -> list[Row]:
    offences = [
        f"{title_words(o)} on {when_words(o)}, {o.location}. {words(o.mode)}."
        for o in offences_of(db, referral)
    ]
    said = [f"{s.offence.title}: {_lower(s.in_words)}" for s in said_about(db, referral)]
    return [
        _row("Offences", offences),
        _row("In the officer's words", referral.circumstances),
        _row("What the child said", said),
    ]


def _gravity(offences: list[Offence]) -> list[Row]:
    return [_row(offence_words(offence), gravity_rows(offence)) for offence in offences]


def _deadlines(db: Session, referral: Referral, held_on: date) -> list[Row]:
    clocks = deadlines(referral, child_of(db, referral), offences_of(db, referral), today=held_on)
    return [
        _row(clock.text, f"{long_date(clock.due)}\n{clock.rule}")
        for clock in clocks
        if worth_showing(clock, held_on)
    ]


def _earlier(db: Session, referral: Referral) -> list[Row]:
    return [_row("In this area", earlier_words(earlier_disposals(db, referral)))]


def _assessment(db: Session, signed: Final | None) -> list[Row]:
    if signed is None:
        return []
    version, signature = signed.version, signed.signature
    people = names_of(db, [version.by_id, signature.by_id])
    return [
        _row(
            "Version", f"{version.number}, by {people[version.by_id]}, submitted on {clock_words(version.at)}"
        ),
        _row("Countersigned", f"{people[signature.by_id]}, {clock_words(signature.at)}"),
        _row("SHA-256 of the version", version.digest),
    ]


def _victims(db: Session, referral: Referral) -> list[Row]:
    rows = [_row(view.title, _cleared(view)) for view in cleared(db, referral.id)]
    if rows:
        return rows
    return [_row("Victims", "No victim" if referral.victim_identified is False else "Nobody is named yet")]


def _cleared(view: PanelView) -> list[str]:
    wish = f"Reparation: {view.reparation}" if view.reparation else ""
    return [text for text in (view.status_words, view.text, view.justice_words, wish) if text]


def _with_gap(row: Row) -> Row:
    """A source that gave nothing is a gap in the papers, not an empty line."""
    lines = row["value"] if isinstance(row["value"], list) else [row["value"]]
    return row if any(line.startswith(NO_GAP) for line in lines) else row | {"gap": "Not received"}


def _linked(db: Session, referral: Referral) -> Iterator[Part]:
    incident = select(CaseLink.incident_id).where(CaseLink.referral_id == referral.id)
    query = select(CaseLink.id).where(
        col(CaseLink.incident_id).in_(incident), CaseLink.referral_id != referral.id
    )
    if count := len(db.exec(query).all()):
        title = f"Other children: {count} linked, each decided separately"
        yield part("linked", title, [_row("Linked cases", str(count))])


def _police_papers(db: Session, referral: Referral, on: date) -> list[Row]:
    there = papers_of(db, referral.id, kinds=(Kind.POLICE_PAPER,))
    lacks = [paper.words for paper in expected(there, on) if not paper.there]
    rows = [_row("There", [_paper(paper) for paper in reversed(there)] or "None")]
    return [*rows, *(_row(name, "Not there") | {"gap": "Missing"} for name in lacks)]


def _paper(document: Document) -> str:
    kind = paper_words(document).split(": ")[-1]
    title = "" if document.title.lower() == kind.lower() else f", {document.title}"
    return f"{kind[:1].upper()}{kind[1:]}{title} (paper {document.number}, SHA-256 {document.digest[:12]}…)"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
