"""One row of a list behind a figure: what it is, why it stands there, and where it is mended."""

from collections.abc import Sequence
from typing import Any, cast

from flask import current_app, url_for

from config.metrics import Metric
from panel.access import Actor
from panel.audits.finding import Audited
from panel.figures.queries import CaseRow
from panel.history.record import case_chain, meeting_chain
from panel.metrics.why import because
from panel.police.queries import police_chain
from panel.web import PanelApp
from workflows.calendar import long_date
from workflows.roles import ROLE_WORDS, Role

CHAINS = {"case": case_chain, "police": police_chain, "meeting": meeting_chain}
OF_CASES = ("case", "audit", "audited")
OPENS = {"police": "Open the record", "meeting": "Open the meeting"}
OPENS |= dict.fromkeys(OF_CASES, "Open the case")
Audits = Sequence[Audited]
TURNS = ("first", "second")


def chain_of(row: CaseRow, audits: Audits) -> str:
    """What the access log says that was looked at: of an audit, the case that was audited."""
    if row.kind in ("audit", "audited"):
        return case_chain(audits[0].referral_id) if audits else f"{row.kind}:{row.id}"
    return CHAINS[row.kind](row.id)


def line_of(
    metric: Metric, row: CaseRow, looked_at: Any, side: str, actor: Actor, audits: Audits
) -> dict[str, Any]:
    """A row as it is shown; `looked_at` is what the metric sees of the subject."""
    codes = because(metric.id, looked_at) if side == "failing" else [row.reason] if row.reason else []
    if side == "passing":
        codes = []
    return {
        "reference": row.reference,
        "href": row.address,
        "day": long_date(row.day),
        "why": [metric.reason(code) for code in codes],
        "parts": _parts(metric, row, side),
        "audits": [_audit(one) for one in audits],
        "owner": ROLE_WORDS[Role(metric.owner)],
        "mend": None if side == "passing" else mending(metric, row.kind, row.reference, row.address, actor),
    }


def _audit(one: Audited) -> dict[str, str]:
    href = url_for("audits.result", reference=one.reference, number=one.place)
    text = f"Case {one.place} of {one.reference}"
    if one.turn is not None and one.finished_on is not None:
        text += f", {TURNS[one.turn - 1]} audit, finished on {long_date(one.finished_on)}"
    return {"href": href, "text": text}


def _parts(metric: Metric, row: CaseRow, side: str) -> str:
    """How many of its parts are meant where a case has several: '2 of its 5 conditions due'.

    Over a list they add up to its heading.
    """
    left, counted, of_numerator = (
        row.excluded_part,
        row.counted_part,
        (side == "passing") is (metric.better == "more"),
    )
    if left + counted < 2:
        return ""
    if side == "excluded":
        return f"{left} left out, {counted} counted" if counted else f"{left} left out"
    return f"{row.met_part if of_numerator else counted - row.met_part} of its {counted} {metric.counts}"


def mending(
    metric: Metric, kind: str, reference: str, address: str | None, actor: Actor
) -> dict[str, str] | None:
    """The link to the work that would mend it, if this reader may open it."""
    gates = cast(PanelApp, current_app).gates
    if kind in OF_CASES and metric.mended_at and gates[metric.mended_at].lets_in(actor.roles, "GET"):
        return {"href": url_for(metric.mended_at, reference=reference), "text": "Go to the work"}
    return {"href": address, "text": OPENS[kind]} if address and kind in OPENS else None
