"""What a force gets when it is asked: a letter and a table, with no more of a child than is needed."""

from collections.abc import Sequence

from panel.accounts.models import Area
from panel.documents.typst import DEMO_WORDS, pdf
from panel.gap.models import ForceQuery
from panel.gap.sheets import as_csv
from panel.police.models import PoliceDisposal
from workflows.calendar import long_date
from workflows.vocabulary import words

KNOWN = ("Our reference", "Crime reference", "Your number", "Disposal", "Given on", "Station", "Initials")
WANTED = (
    "Is it a disposal of yours? (yes / no / cannot say yet)",
    "Was the youth offending team told before? When and how?",
    "Date of birth",
    "Officer",
    "Support that was offered",
    "If it does not belong here: other area / 18 or over / under 10 then / on the list twice / taken back",
)


def initials(row: PoliceDisposal) -> str:
    """The first letters of a child's names; what is no letter begins no name."""
    firsts = (next(filter(str.isalpha, name), "") for name in f"{row.given_name} {row.surname}".split())
    return "".join(f"{first}." for first in firsts if first)


def _line(row: PoliceDisposal) -> list[str]:
    crime, number = row.crime_reference, row.force_reference
    given, outcome = long_date(row.given_on), words(row.outcome)
    return [row.reference, crime, number, outcome, given, row.station, initials(row)]


def table_of(rows: Sequence[PoliceDisposal]) -> bytes:
    """The rows with a column for each thing that we need to know."""
    return as_csv([[[*KNOWN, *WANTED], *([*_line(row), *[""] * len(WANTED)] for row in rows)]])


def letter_pdf(
    query: ForceQuery,
    rows: Sequence[PoliceDisposal],
    *,
    force: str,
    area: Area,
    phone: str,
    demo: bool,
) -> bytes:
    """The letter as an accessible PDF, with where the answer goes; the same query gives the same bytes."""
    day = query.asked_on
    return pdf(
        "force_query.typ",
        {
            "title": f"Query {query.reference}: disposals of which we were not told",
            "reference": query.reference,
            "area": area.name,
            "mailbox": area.duty_mailbox,
            "phone": phone,
            "force": force,
            "day": [day.year, day.month, day.day],
            "on": long_date(day),
            "answer_by": long_date(query.answer_by),
            "columns": [KNOWN[0], KNOWN[1], KNOWN[3], KNOWN[4], KNOWN[6]],
            "rows": [[line[0], line[1] or "–", line[3], line[4], line[6]] for line in map(_line, rows)],
            "wanted": list(WANTED),
            "by": query.by_words,
            "demo_words": DEMO_WORDS if demo else "",
        },
    )
