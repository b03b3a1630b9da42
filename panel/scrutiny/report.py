"""What a round found: counts, themes and what is done about it, without a word about anybody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, select

from config.scrutiny import criteria
from panel.accounts.models import Area
from panel.agreed_actions.queries import from_round
from panel.documents.typst import DEMO_WORDS, pdf
from panel.scrutiny.models import SampledCase, ScrutinyRound
from panel.scrutiny.queries import cases_of, members_of, scores_of, ties_of
from workflows.calendar import long_date
from workflows.scrutiny import Answer, CaseStatus, Finding
from workflows.vocabulary import Outcome, words

Rows = list[list[str]]


def report_of(db: Session, drawn: ScrutinyRound) -> dict[str, Any]:
    """The report as page and paper show it."""
    cases = cases_of(db, drawn.id)
    sample = [case for case in cases if case.status is not CaseStatus.EXCLUDED]
    return {
        "area": db.exec(select(Area.name).where(Area.id == drawn.area_id)).one(),
        "reference": drawn.reference,
        "period": f"{long_date(drawn.since)} to {long_date(drawn.until)}",
        "drawing": _drawing(drawn, cases, len(members_of(db, drawn.id))),
        "findings": [[words(f), str(n)] for f, n in _findings(sample).items()],
        "outcomes": _outcomes(drawn, sample),
        "criteria": _criteria(db, drawn, sample),
        "themes": drawn.themes,
        "observations": [
            [f"Case {case.place}: {words(case.finding)}", case.found_words]
            for case in sample
            if case.finding is not None and case.found_words
        ],
        "actions": _actions(db, drawn),
    }


def _drawing(drawn: ScrutinyRound, cases: Sequence[SampledCase], judges: int) -> Rows:
    left_out = [case for case in cases if case.status is CaseStatus.EXCLUDED]
    flagged = sum(bool(case.flag) for case in cases)
    return [
        ["Decisions in the period", str(len(drawn.listed))],
        ["Drawn by lot", str(drawn.size)],
        ["Looked at in any case", str(flagged)],
        ["Left out, with a reason", str(len(left_out))],
        ["Scrutineers", str(judges)],
        ["Seed of the lot", drawn.seed],
        ["Digest of the list", drawn.list_digest],
    ]


def _findings(sample: Sequence[SampledCase]) -> dict[Finding, int]:
    counted = Counter(case.finding for case in sample)
    return {finding: counted[finding] for finding in Finding}


def _outcomes(drawn: ScrutinyRound, sample: Sequence[SampledCase]) -> Rows:
    listed = Counter(str(stratum) for _, stratum in drawn.listed)
    looked = Counter(case.stratum.value for case in sample)
    return [[words(Outcome(name)), str(count), str(looked[name])] for name, count in sorted(listed.items())]


def _criteria(db: Session, drawn: ScrutinyRound, sample: Sequence[SampledCase]) -> Rows:
    ids = [case.id for case in sample]
    tied = ties_of(db, ids)
    scores = [row for row in scores_of(db, ids) if (row.case_id, row.user_id) not in tied]
    rows = []
    for criterion in criteria(drawn.edition):
        counted = Counter(row.answers.get(criterion.key) for row in scores)
        rows.append([criterion.says, *(str(counted[answer.value]) for answer in Answer)])
    return rows


def _actions(db: Session, drawn: ScrutinyRound) -> Rows:
    # What is to be done was written by somebody who knows the cases: only its reference leaves that circle.
    return [
        [line.action.reference, long_date(line.action.due_on), words(line.action.status)]
        for line in from_round(db, drawn.id)
    ]


def report_pdf(report: Mapping[str, Any], *, day: date, demo: bool) -> bytes:
    """The report as an accessible PDF."""
    paper = dict(report) | {
        "title": "Independent scrutiny of panel decisions",
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS if demo else "",
        "answers": [words(answer) for answer in Answer],
    }
    return pdf("scrutiny.typ", paper)
