"""Where answers of case audits come from: the room of the audits says so when it is there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from workflows.ratings import Framework
from workflows.self_rating import Answers


@dataclass(frozen=True)
class AuditRound:
    """A round of case audits that a self-inspection can rest on."""

    id: int
    title: str
    first_on: date
    last_on: date
    framework: Framework


def _no_rounds(db: Session, areas: Collection[int]) -> Sequence[AuditRound]:
    return ()


def _no_answers(db: Session, round_id: int) -> Mapping[str, Answers]:
    return {}


def _no_examples(db: Session, round_id: int) -> Sequence[str]:
    return ()


@dataclass
class AuditSource:
    """What is asked of the audits: rounds of areas, answers by key question, examples without names."""

    rounds: Callable[[Session, Collection[int]], Sequence[AuditRound]] = field(default=_no_rounds)
    answered: Callable[[Session, int], Mapping[str, Answers]] = field(default=_no_answers)
    examples: Callable[[Session, int], Sequence[str]] = field(default=_no_examples)


AUDITS = AuditSource()
