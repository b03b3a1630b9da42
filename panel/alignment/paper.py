"""One page for the chief officer and the YOT: the conflicts, the figures, two questions to settle."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from config.joint_policy import JointPolicy
from panel.alignment.figures import Figures
from panel.alignment.shown import M3, M4, Share, conflict_rows, going_on
from panel.documents.typst import DEMO_WORDS, pdf
from workflows.calendar import long_date
from workflows.policy_conflict import Conflict, Verdict, conflicts
from workflows.vocabulary import Outcome, words

QUESTIONS = 2


def questions(found: Sequence[Conflict], fell: Mapping[Outcome, Share]) -> list[str]:
    """The two conflicts to settle first: where law binds, then where most fell between, then by outcome."""

    def weight(conflict: Conflict) -> tuple[bool, int]:
        share = fell.get(conflict.outcome) if conflict.outcome else None
        return not conflict.law, -(share.count if share else 0)

    asked: list[str] = []
    named: set[Outcome | None] = set()
    for conflict in sorted(found, key=weight):
        if len(asked) < QUESTIONS and conflict.outcome not in named:
            named.add(conflict.outcome)
            asked.append(_question(conflict, fell))
    return asked


def _question(conflict: Conflict, fell: Mapping[Outcome, Share]) -> str:
    about = words(conflict.outcome) if conflict.outcome else "Offences for the panel"
    said = (
        f"{about}: {going_on(words(conflict.kind))}. Joint policy: {conflict.joint} Force: {conflict.force}"
    )
    if conflict.law:
        says, rule = conflict.law[0][1], conflict.law[0][0]
        return f"{said} The law binds here ({rule}): {says} When will the force's policy say so?"
    share = fell.get(conflict.outcome) if conflict.outcome else None
    counted = f" {share.says} fell between." if share and share.count else ""
    return f"{said}{counted} Which of the two is to hold for both, and from which day?"


def paper_of(area: str, counted: Figures, joint: JointPolicy, force: JointPolicy) -> dict[str, Any]:
    """What the page says: policies and counts, and nobody's data."""
    found = conflicts(joint, force)
    tally = counted.chosen
    fell = {
        outcome: Share(one.verdicts[Verdict.BETWEEN], one.of) for outcome, one in counted.by_outcome.items()
    }
    return {
        "area": area,
        "period": counted.quarter.words,
        "joint": f"{joint.name}, from {long_date(joint.since)}",
        "force": f"{force.name}, from {long_date(force.since)}",
        "conflicts": [
            [f"{row['what']}: {going_on(row['kind'])}", row["joint"], row["force"], *_law(row)]
            for row in conflict_rows(found)
        ],
        "counts": [
            *([words(verdict), f"{tally.verdicts[verdict]:,} of {tally.of:,}"] for verdict in Verdict),
            ["Cautions without consultation (M3)", Share(tally.without, tally.cautions).says],
            ["Decided by the panel before (M4)", Share(tally.decided, tally.eligible).says],
        ],
        "definitions": [M3, M4],
        "questions": questions(found, fell),
    }


def _law(row: Mapping[str, Any]) -> list[str]:
    return [row["law"][0] if row["law"] else row["stricter"]]


def paper_pdf(paper: Mapping[str, Any], *, day: date, demo: bool) -> bytes:
    """The page as an accessible PDF."""
    more = {
        "title": "Joint policy and force policy",
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS if demo else "",
    }
    return pdf("alignment.typ", dict(paper) | more)
