"""The block of the gap on the page of a record: what became of the child, and what can be done."""

from datetime import date

from sqlmodel import Session

from panel.access import Actor
from panel.gap.actions import follow_ups
from panel.gap.list_rows import list_row
from panel.police.models import PoliceDisposal
from panel.police.record_parts import PARTS, Part
from workflows.calendar import long_date
from workflows.vocabulary import words

NOTHING = "Nobody has written down yet what became of the child."
REFER, LATE = "Open a case for the child", "Open a late referral"
FOLLOW = "Write down what became of the child"


def gap_part(db: Session, disposal: PoliceDisposal, actor: Actor, today: date) -> Part | None:
    """What was written down of the child, and ways to a late referral; None for who has no part in it."""
    row = list_row(disposal, actor, today=today)
    refer = LATE if row["follow"] else REFER
    links = tuple((text, row[key]) for text, key in ((refer, "refer"), (FOLLOW, "follow")) if row[key])
    told = follow_ups(db, [disposal.id]).get(disposal.id, [])
    if not links and not told:
        return None
    lines = tuple(f"{long_date(one.happened_on)}: {words(one.became)} ({one.by_words})" for one in told)
    return Part("What became of the child", lines, links, NOTHING)


PARTS.append(gap_part)
