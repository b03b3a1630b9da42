"""The pages for the child and for their parent or carer, made from what the document of the disposal says.

Like the document they know nothing of the person harmed (E6).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from panel.documents.typeset import CAUTIONS, ConditionLine, DisposalPaper, Kind
from panel.documents.typst import DEMO_WORDS, pdf

MOST_FOR_THE_CHILD = 350  # letters; longer reasons stand on the parent's page, for the child's has two sides


@dataclass(frozen=True)
class Task:
    """One thing to do, on one line or two: what, with whom, where and when, and by which day."""

    what: str
    place: str
    by: date


@dataclass(frozen=True)
class FamilyPage:
    """What the pages of the family may say; `offered` are things that nobody has to do."""

    kind: Kind
    reference: str
    outcome_words: str
    child_name: str
    called: str
    offences: tuple[str, ...]
    reasons: str
    tasks: tuple[Task, ...]
    offered: tuple[Task, ...]
    explanation: tuple[str, ...]
    adult_name: str
    officer_name: str
    officer_collar: str
    case_manager_name: str
    area_name: str
    force_name: str
    prepared_on: date
    demo: bool
    phone: str = ""


def family_page(
    paper: DisposalPaper, *, called: str, offered: tuple[ConditionLine, ...] = (), phone: str = ""
) -> FamilyPage:
    """The page that goes with a document; `called` is the child's first name, `phone` the team's number."""
    return FamilyPage(
        kind=paper.kind,
        reference=paper.reference,
        outcome_words=paper.outcome_words,
        child_name=paper.child_name,
        called=called,
        offences=tuple(line.title for line in paper.offences),
        reasons=paper.reasons,
        tasks=_tasks(paper.conditions),
        offered=_tasks(offered),
        explanation=paper.explanation,
        adult_name=paper.adult_name,
        officer_name=paper.officer_name,
        officer_collar=paper.officer_collar,
        case_manager_name=paper.case_manager_name,
        area_name=paper.area_name,
        force_name=paper.force_name,
        prepared_on=paper.prepared_on,
        demo=paper.demo,
        phone=phone,
    )


def _tasks(lines: tuple[ConditionLine, ...]) -> tuple[Task, ...]:
    return tuple(Task(line.what, _where_and_when(line), line.due_on) for line in lines)


def _where_and_when(line: ConditionLine) -> str:
    return ", ".join(part for part in (line.when, line.where, line.who and f"with {line.who}") if part)


def child_pdf(page: FamilyPage) -> bytes:
    """The page for the child, in short sentences and big letters, as PDF/A-2a and PDF/UA-1."""
    return pdf("child.typ", _payload(page) | {"short_reasons": len(page.reasons) <= MOST_FOR_THE_CHILD})


def parent_pdf(page: FamilyPage) -> bytes:
    """The page for the parent or carer, as PDF/A-2a and PDF/UA-1."""
    return pdf("parent.typ", _payload(page))


def _payload(page: FamilyPage) -> dict[str, object]:
    day = page.prepared_on
    return asdict(page) | {
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS if page.demo else "",
        "caution": page.kind in CAUTIONS,
    }
