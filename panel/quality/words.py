"""The checks and their problems as pages show them."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from panel.counting import MOST, up_to
from panel.quality.queries import Line
from workflows.calendar import long_date
from workflows.data_quality import BASIS, OF_THE_POLICE, Check, Kind, Subject
from workflows.data_quality_police import CHECKS
from workflows.vocabulary import words

# Where each kind of problem is mended; a tab of the case from which those who may go on to the form.
PAGES = {
    "equality": "quality.equality",
    "offences": "cases.offence",
    "carer": "cases.offence",
    "child": "cases.offence",
    "tell_victim": "cases.offence",
    "case": "cases.overview",
    "worker": "handovers.give",
    "assessment": "assessments.view",
    "disposal": "disposals.view",
    "closing": "closing.view",
    "plan": "plans.view",
    "contacts": "contacts.index",
    "police": "police.view",
}
MENDS = {
    "quality.equality": "Put it right",
    "cases.offence": "What the police told us",
    "cases.overview": "The case",
    "handovers.give": "Hand it over",
    "assessments.view": "The assessment",
    "disposals.view": "The disposal",
    "closing.view": "The closing page",
    "plans.view": "The plan",
    "contacts.index": "The contacts",
    "police.view": "The record",
}
LEFT = "If it stays as it is, say by “Right as it is” what is known of it: it is then counted no more."
TOLD = (
    "Until the panel decides, the officer changes it in what the police told us, or a YOT manager sends the "
    "case back for it. What the panel has decided on is not changed afterwards; a mistake in the record of "
    f"the decision itself is put right by a correction that another person confirms. {LEFT}"
)
# How each kind of problem is mended, or why it cannot be.
HOW = {
    "equality": f"The case manager or a YOT manager puts it right, also after the decision. {LEFT}",
    **dict.fromkeys(("offences", "carer", "child", "tell_victim"), TOLD),
    "case": f"The service writes this when somebody acts, so it cannot be typed in afterwards. {LEFT}",
    "worker": f"A YOT manager hands the case over to a case manager, until the case is at an end. {LEFT}",
    "assessment": (
        "Until the panel decides, a YOT manager opens the assessment again and the case manager submits it "
        f"anew. A version that the panel has read is not changed. {LEFT}"
    ),
    "disposal": (
        "Until it is given, the officer who gives it puts it right on the page of the disposal. What was "
        f"recorded at the giving is not changed afterwards. {LEFT}"
    ),
    "closing": f"The days of an end are written when somebody acts, and cannot be changed. {LEFT}",
    "plan": f"Of a case that has ended the plan is not changed any more. {LEFT}",
    "contacts": f"A contact that was noted is not changed any more. {LEFT}",
    "police": (
        "Ask the force, which can send its list again. A record that is not ours, or is there twice, is set "
        f"aside on its page. {LEFT}"
    ),
}
COLOURS = {Kind.MISSING: "blue", Kind.CONTRADICTORY: "orange", Kind.IMPOSSIBLE: "red"}


def rests(check: Check[Any]) -> str:
    """What rests on a check: 'M3, M4; breakdown by age'."""
    parts = [", ".join(check.metrics)] if check.metrics else []
    if check.splits:
        parts.append(f"{'b' if parts else 'B'}reakdown by {check.splits}")
    return "; ".join(parts)


def among(metric: str, number: int, whole: int) -> str:
    """'3 of 41 police disposals of this figure': of how many records, and which they are."""
    what = "police disposals of this figure"
    if metric not in OF_THE_POLICE:
        what = f"cases {words(BASIS[metric]).lower()} in this quarter"
    return f"{number:,} of {whole:,} {what}"


def share(number: int, whole: int) -> str:
    """'3 of 41 (7 %)'; without a whole just the number."""
    if not whole:
        return up_to(number)
    return f"{number:,} of {whole:,} ({(200 * number + whole) // (2 * whole)} %)"


def table(
    subject: Subject, counts: Mapping[str, int], whole: int, address: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The checks of a subject, the gravest first, each number with the list that it counts."""
    checks = [one for one in CHECKS.values() if one.subject is subject]
    order = (Kind.IMPOSSIBLE, Kind.CONTRADICTORY, Kind.MISSING)
    return [
        {
            "title": one.title,
            "kind": words(one.kind),
            "colour": COLOURS[one.kind],
            "owner": words(one.owner),
            "count": counts.get(one.key, 0),
            "said": share(min(counts.get(one.key, 0), whole or MOST), whole),
            "href": url_for("quality.listing", key=one.key, **address),
            "rests": rests(one),
        }
        for kind in order
        for one in checks
        if one.kind is kind
    ]


def row(line: Line, key: str, may_open: Any, *, acts: bool) -> dict[str, Any]:
    """One record of a list."""
    endpoint = PAGES[CHECKS[key].mended_at]
    if not may_open(endpoint):
        endpoint = "cases.overview"
    review = line.review
    return {
        "reference": line.reference,
        "name": line.child_name or "Not named",
        "worker": line.worker or ("–" if line.subject is Subject.POLICE else "Nobody yet"),
        "day": long_date(line.received_on),
        "said": line.said,
        "href": url_for(endpoint, reference=line.reference),
        "link": MENDS[endpoint],
        "review": f"{review.reason} ({review.by_words}, {long_date(review.at.date())})" if review else "",
        "act": _act(line, key) if acts else None,
    }


def _act(line: Line, key: str) -> str:
    endpoint = "quality.undo" if line.review else "quality.review"
    return url_for(endpoint, key=key, reference=line.reference)
