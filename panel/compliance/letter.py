"""The letter of a warning: made from its entry, which is never changed, and from nothing of the victim."""

from sqlmodel import Session

from panel.accounts.models import Area
from panel.compliance.models import Entry
from panel.db import row_at
from panel.documents.typst import DEMO_WORDS, pdf
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from workflows.calendar import long_date
from workflows.keeping import Level
from workflows.vocabulary import Outcome, words

# What follows if it goes on: by law only a conditional caution can be breached (BR-1, CR-5, YC-7, O22-2).
WHAT_FOLLOWS: dict[Outcome, str] = {
    Outcome.YCC: "If you do not do what you agreed, and there is no good reason, the police may decide that "
    "you go to court for what you did. A person decides that, and you can say first why it was hard.",
    Outcome.YC: "You do not have to take part. If you do not take part without a good reason, we write that "
    "down. A court could be told about it if you are ever in court again.",
    Outcome.O22_DEFERRED: "If you do not do what you agreed, the case goes back to the police, and they "
    "decide again. You can say first why it was hard.",
    Outcome.O23: "If you do not do what you agreed, the case goes back to the police, and they decide again. "
    "You can say first why it was hard.",
}
VOLUNTARY = "This is voluntary: nobody can make you do it. We would like to help you to finish it."
TITLES = {Level.FIRST: "A warning: please come back", Level.FINAL: "A final warning"}


def warning_pdf(db: Session, referral: Referral, entry: Entry, *, demo: bool) -> bytes:
    """The letter as an accessible PDF; the same entry gives the same bytes."""
    lines = dict(entry.more)
    level = entry.level or Level.FIRST
    day = entry.happened_on
    return pdf(
        "warning.typ",
        {
            "title": TITLES[level],
            "level": words(level),
            "area": row_at(db, Area, referral.area_id).name,
            "reference": referral.reference,
            "child": child_of(db, referral).given_name,
            "outcome": words(referral.outcome) if referral.outcome else "",
            "day": [day.year, day.month, day.day],
            "on": long_date(day),
            "happened": entry.said,
            "must": lines.get("What has to happen", ""),
            "help": lines.get("Who helps", ""),
            "follows": WHAT_FOLLOWS.get(referral.outcome, VOLUNTARY) if referral.outcome else VOLUNTARY,
            "given_by": entry.by_words,
            "demo_words": DEMO_WORDS if demo else "",
        },
    )
