"""Judgements, versions and waiting work as the pages show them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlmodel import Session

from config.countersigning import criteria, reasons
from config.policy import number
from panel.access import Actor
from panel.assessments.countersign_commands import Said
from panel.assessments.countersigning import judged_in, verdicts_of
from panel.assessments.models import Assessment
from panel.assessments.queries import reads_drafts
from panel.assessments.second_reads import Consistency, must_not_see, second_reads_of
from panel.assessments.summary import whole
from panel.assessments.version_models import AssessmentVersion, Countersignature, CriterionJudged
from panel.assessments.versions import Final, final, latest, versions_of
from panel.referrals.models import Referral
from panel.referrals.queries import names_of
from workflows.assessment import Status
from workflows.assessment_parts import BY_KEY, JUDGED
from workflows.calendar import clock_words, today_in_london, working_days_between
from workflows.countersigning import Judged, Verdict
from workflows.vocabulary import words

OTHER_PARTS = {
    "recommended": "assessments.recommendation",
    "sources": "assessments.sources",
    "steps": "assessments.steps",
}
TONE = {
    Judged.MET: "green",
    Judged.PARTLY: "yellow",
    Judged.NOT_MET: "red",
    Judged.NOT_APPLICABLE: "grey",
}


def mend_at(reference: str, part: str) -> str:
    """The page on which the case manager mends a part of the assessment."""
    if part in BY_KEY:
        return url_for("assessments.section", reference=reference, key=part)
    if part in JUDGED:
        return url_for("assessments.judgement", reference=reference, name=part)
    return url_for(OTHER_PARTS[part], reference=reference)


def pinned(version: AssessmentVersion) -> str:
    """'Version 2, submitted on 17 November 2026 at 10:00, digest 3f…'."""
    return f"Version {version.number}, submitted on {clock_words(version.at)}, digest {version.digest[:12]}…"


def days_taken(version: AssessmentVersion, kept: Countersignature) -> str:
    """How many working days a judgement took, beside its target."""
    began, ended = today_in_london(version.at), today_in_london(kept.at)
    taken, target = working_days_between(began, ended), number("countersign_due", began)
    late = f", {taken - target} more than the target" if taken > target else ""
    return f"{_days(taken)} after submission (target: {_days(target)}{late})"


def _days(count: int) -> str:
    return f"{count} working day{'s' if count != 1 else ''}"


def verdicts(
    db: Session, referral: Referral, assessment: Assessment, actor: Actor, *, mends: bool
) -> list[dict[str, Any]]:
    """Everything that managers did with the assessment, the newest first; void ones too."""
    found = verdicts_of(db, assessment.id)
    by_number = judged_in(db, [kept.id for _, kept in found])
    people = names_of(db, [i for _, kept in found for i in (kept.by_id, kept.voided_by_id)])
    hidden = must_not_see(db, referral, actor)
    return [
        _verdict(version, kept, by_number[kept.id], people, referral.reference, mends=mends)
        | ({"hidden": True} if hidden and kept.by_id != actor.id else {})
        for version, kept in found
    ]


def _verdict(
    version: AssessmentVersion,
    kept: Countersignature,
    judged: Mapping[str, CriterionJudged],
    people: Mapping[int, str],
    reference: str,
    *,
    mends: bool,
) -> dict[str, Any]:
    void = ""
    if kept.voided_at is not None:
        by = people.get(kept.voided_by_id or 0, "")
        void = f"Void since {clock_words(kept.voided_at)}, opened again by {by}: {kept.voided_because}"
    return {
        "hidden": False,
        "returned": kept.verdict is Verdict.RETURNED,
        "title": f"{words(kept.verdict)}: version {version.number}",
        "number": version.number,
        "by": f"{people.get(kept.by_id, '')}, {clock_words(kept.at)}",
        "taken": days_taken(version, kept),
        "comment": kept.comment,
        "void": void,
        "reasons": [
            {"text": reason.says, "href": mend_at(reference, reason.part) if mends else None}
            for code in kept.reasons
            if (reason := reasons().get(code))
        ],
        "criteria": criteria_rows(judged, reference, mends=mends),
    }


def criteria_rows(
    judged: Mapping[str, CriterionJudged] | Mapping[str, Said], reference: str, *, mends: bool
) -> list[dict[str, Any]]:
    """The criteria as far as they are judged, each with where it is mended."""
    return [
        {
            "short": criterion.short,
            "says": criterion.says,
            "question": criterion.question,
            "judged": words(row.judged),
            "colour": TONE[row.judged],
            "remark": row.remark,
            "href": mend_at(reference, criterion.part)
            if mends and row.judged in (Judged.NOT_MET, Judged.PARTLY)
            else None,
        }
        for criterion in criteria()
        if (row := judged.get(criterion.key))
    ]


def side_by_side(db: Session, assessment: Assessment) -> list[dict[str, Any]]:
    """First and second reading beside each other, for each version that was read twice."""
    reads = second_reads_of(db, assessment.id)
    people = names_of(db, [read.reader_id for read, _ in reads])
    found = []
    for read, pairs in reads:
        rows = [
            {
                "says": criterion.says,
                "first": words(one.judged),
                "second": words(other.judged),
                "differs": one.judged is not other.judged,
                "remarks": [text for text in (one.remark, other.remark) if text],
            }
            for criterion in criteria()
            if (pair := pairs.get(criterion.key))
            for one, other in [pair]
        ]
        same = sum(not row["differs"] for row in rows)
        found.append(
            {
                "title": f"Second reading by {people.get(read.reader_id, '')}",
                "agreed": f"They agree on {same} of {len(rows)} criteria.",
                "would": "Would have countersigned it too."
                if read.would_sign
                else "Would not have countersigned it.",
                "comment": read.comment,
                "rows": rows,
            }
        )
    return found


def version_rows(db: Session, assessment: Assessment, reference: str) -> list[dict[str, Any]]:
    """Every version as a row that opens it."""
    found = versions_of(db, assessment.id)
    people = names_of(db, [version.by_id for version in found])
    return [
        {
            "href": url_for("countersigning.version", reference=reference, number=version.number),
            "cells": [
                f"Version {version.number}",
                clock_words(version.at),
                people.get(version.by_id, ""),
                {"text": f"{version.digest[:12]}…"},
            ],
        }
        for version in found
    ]


def standing(
    db: Session, referral: Referral, assessment: Assessment, actor: Actor, *, today: date
) -> dict[str, Any] | None:
    """What this person reads: a draft on its author's desk, otherwise a pinned version, or nothing."""
    signed = final(db, referral.id)
    drafts = reads_drafts(actor, referral)
    version = latest(db, assessment.id) if drafts else signed.version if signed else None
    written = drafts and assessment.status in (Status.IN_PROGRESS, Status.RETURNED)
    # What was countersigned before versions were kept is read as it is.
    if written or (version is None and (drafts or assessment.status is Status.COUNTERSIGNED)):
        return {
            "groups": whole(db, referral, assessment, today=today),
            "pinned": "",
            "signed": "",
            "void": "",
        }
    if version is None:
        return None
    return _pinned(db, version, signed if signed and signed.version.id == version.id else None)


def _pinned(db: Session, version: AssessmentVersion, signed: Final | None) -> dict[str, Any]:
    people = names_of(db, [version.by_id, signed.signature.by_id if signed else None])
    shown = {"groups": version.content["groups"], "pinned": pinned(version), "signed": "", "void": ""}
    shown["pinned"] += f", by {people.get(version.by_id, '')}"
    if signed is None:
        return shown
    signature = signed.signature
    shown["signed"] = f"{people.get(signature.by_id, '')}, {clock_words(signature.at)}"
    shown["void"] = void_words(signature)
    return shown


def void_words(signature: Countersignature) -> str:
    """That the assessment is written again, for readers of what was signed; empty while it stands."""
    if signature.voided_at is None:
        return ""
    return (
        "The assessment is being written again. What you read here was countersigned last; its "
        f"countersignature is void since {clock_words(signature.voided_at)}: {signature.voided_because}"
    )


def agreement(found: Consistency) -> dict[str, Any]:
    """How far managers agree, in words and rows."""
    rows = []
    for criterion in criteria():
        pairs = [pair for pair in found.pairs if pair.key == criterion.key]
        same = sum(pair.first is pair.second for pair in pairs)
        rows.append({"says": criterion.says, "count": f"{same} of {len(pairs)}" if pairs else "None yet"})
    return {
        "count": f"{found.agreed} of {len(found.pairs)}",
        "readings": found.readings,
        "waiting": found.waiting,
        "alone": found.managers < 2,
        "kappa": None if found.kappa is None else f"{found.kappa:.2f}",
        "pairs": len(found.pairs),
        "criteria": rows,
        "disagreements": _disagreements(found),
    }


def _disagreements(found: Consistency) -> list[dict[str, Any]]:
    short = {criterion.key: criterion.short for criterion in criteria()}
    return [
        {
            "href": url_for("countersigning.versions", reference=pair.reference),
            "cells": [
                {"text": pair.reference, "hint": short[pair.key]},
                {"text": words(pair.first), "hint": pair.first_remark},
                {"text": words(pair.second), "hint": pair.second_remark},
            ],
        }
        for pair in found.pairs
        if pair.first is not pair.second
    ]


def waiting_rows(rows: Sequence[Any], *, today: date, endpoint: str) -> list[dict[str, Any]]:
    """Work that waits for a manager, with the days that it has waited."""
    return [
        {
            "href": url_for(endpoint, reference=row.reference),
            "cells": [
                {"text": row.child_name, "hint": row.reference},
                row.worker or "Nobody yet",
                clock_words(row.since),
                _waited(row.since, today, row.due),
            ],
        }
        for row in rows
    ]


def _waited(since: Any, today: date, due: date | None) -> dict[str, str]:
    text = _days(working_days_between(today_in_london(since), today))
    return {"text": text, "hint": "Late" if due is not None and today > due else ""}
