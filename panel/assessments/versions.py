"""The versions of an assessment: pinned when it is submitted, read by everyone, compared with each other."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from re import findall
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.assessments.models import Assessment
from panel.assessments.queries import JUDGEMENTS, proposed_steps
from panel.assessments.summary import whole
from panel.assessments.version_models import AssessmentVersion, Countersignature
from panel.errors import Missing
from panel.referrals.models import Referral
from workflows.calendar import today_in_london
from workflows.countersigning import Verdict

Group = Mapping[str, Any]


def pin(
    db: Session, referral: Referral, assessment: Assessment, *, by_id: int, at: datetime
) -> AssessmentVersion:
    """Keep the whole assessment as it is submitted, under the next number."""
    before = latest(db, assessment.id)
    content = _content(db, referral, assessment, today_in_london(at))
    version = AssessmentVersion(
        assessment_id=assessment.id,
        number=1 if before is None else before.number + 1,
        content=content,
        digest=digest_of(content),
        by_id=by_id,
        at=at,
    )
    db.add(version)
    db.flush()
    return version


def _content(db: Session, referral: Referral, assessment: Assessment, today: date) -> dict[str, Any]:
    content = {
        "groups": whole(db, referral, assessment, today=today),
        "judgements": {name: getattr(assessment, name, None) for name in JUDGEMENTS},
        "recommended": assessment.recommended,
        "steps": [step.model_dump(mode="json") for step in proposed_steps(db, assessment.id)],
    }
    # What is kept is what JSON holds, so that the digest is the same when it is read back.
    kept: dict[str, Any] = json.loads(json.dumps(content))
    return kept


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def versions_of(db: Session, assessment_id: int) -> list[AssessmentVersion]:
    """Every version, the newest first."""
    query = select(AssessmentVersion).where(AssessmentVersion.assessment_id == assessment_id)
    return list(db.exec(query.order_by(col(AssessmentVersion.number).desc())))


def latest(db: Session, assessment_id: int) -> AssessmentVersion | None:
    """What was submitted last."""
    query = select(AssessmentVersion).where(AssessmentVersion.assessment_id == assessment_id)
    return db.exec(query.order_by(col(AssessmentVersion.number).desc()).limit(1)).first()


def version_of(db: Session, assessment_id: int, number: int) -> AssessmentVersion:
    """One version. Raises `Missing`."""
    query = select(AssessmentVersion).where(
        AssessmentVersion.assessment_id == assessment_id, AssessmentVersion.number == number
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


@dataclass(frozen=True)
class Final:
    """The version that the panel reads, with the signature under it; void once the assessment moved on."""

    version: AssessmentVersion
    signature: Countersignature


def final(db: Session, referral_id: int) -> Final | None:
    """What was countersigned last, whether or not the draft has moved on since."""
    query = (
        select(AssessmentVersion, Countersignature)
        .join(Countersignature, col(Countersignature.version_id) == AssessmentVersion.id)
        .join(Assessment, col(Assessment.id) == AssessmentVersion.assessment_id)
        .where(Assessment.referral_id == referral_id, Countersignature.verdict == Verdict.SIGNED)
        .order_by(col(Countersignature.id).desc())
        .limit(1)
    )
    found = db.exec(query).first()
    return None if found is None else Final(*found)


@dataclass(frozen=True)
class Piece:
    """A piece of a text: 'same', 'added' or 'removed'."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One answer that differs between two versions."""

    group: str
    key: str
    pieces: tuple[Piece, ...]


def differences(before: Sequence[Group], after: Sequence[Group]) -> list[Change]:
    """Every answer that was changed, added or taken away, in the order of the newer version."""
    old, new = dict(_answers(before)), dict(_answers(after))
    names = [*new, *(name for name in old if name not in new)]
    return [
        Change(*name, tuple(_pieces(old.get(name, ""), new.get(name, ""))))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def _answers(groups: Sequence[Group]) -> Iterator[tuple[tuple[str, str], str]]:
    for group in groups:
        for row in group["rows"]:
            value = row["value"]
            text = value if isinstance(value, str) else "\n".join(map(str, value or []))
            yield (group["title"], row["key"]), text


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """Word by word, so that one reads what was changed in the middle of a long text."""
    before, after = findall(r"\s+|\S+", old), findall(r"\s+|\S+", new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("removed", "".join(before[i1:i2]))
        if j2 > j1:
            yield Piece("added", "".join(after[j1:j2]))


def verify(engine: Engine) -> list[str]:
    """One sentence for each version whose content is no longer what was submitted; empty when all is well."""
    with Session(engine) as db:
        return [
            f"version {version.number} of assessment {version.assessment_id} was altered"
            for version in db.exec(select(AssessmentVersion)).yield_per(100)
            if digest_of(version.content) != version.digest
        ]
