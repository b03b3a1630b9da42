"""The closing summary on paper: for the file, and plain for the child."""

from typing import Any, Literal

from sqlmodel import Session

from panel.accounts.models import Area
from panel.closing.models import ClosingSummary
from panel.closing.shown import CHILD_PARTS, FILE_PARTS
from panel.db import row_at
from panel.documents.typst import DEMO_WORDS, pdf
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from workflows.calendar import clock_words, today_in_london

Copy = Literal["file", "child"]


def summary_pdf(db: Session, referral: Referral, version: ClosingSummary, copy: Copy, *, demo: bool) -> bytes:
    """One version as an accessible PDF; the same version gives the same bytes."""
    child, day = child_of(db, referral), today_in_london(version.at)
    own = copy == "child"
    paper: dict[str, Any] = {
        "title": "You have finished" if own else "Closing summary",
        "area": row_at(db, Area, referral.area_id).name,
        "reference": referral.reference,
        "child": child.given_name if own else child.name,
        "own": own,
        "day": [day.year, day.month, day.day],
        "stands": f"Version {version.number}, {clock_words(version.at)}, by {version.by_words}",
        "digest": "" if own else version.digest,
        "parts": [[title, version.content[name]] for name, title in (CHILD_PARTS if own else FILE_PARTS)],
        "demo_words": DEMO_WORDS if demo else "",
    }
    return pdf("closing.typ", paper)
