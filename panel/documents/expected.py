"""Which papers of the police a case should have, and which of them it has."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from config.policy import names
from panel.documents.models import Document
from workflows.papers import Paper
from workflows.vocabulary import words


@dataclass(frozen=True)
class Expected:
    """One paper that a case should have."""

    words: str
    there: bool


def missing(there: Collection[Paper | None], on: date) -> frozenset[Paper]:
    """The papers that are expected on a day and not there."""
    return frozenset(map(Paper, names("expected_papers", on))) - frozenset(filter(None, there))


def expected(listed: Iterable[Document], on: date) -> Sequence[Expected]:
    """Every paper that is expected on a day, in the order of the policy."""
    lacks = missing([document.paper for document in listed], on)
    usual = [Paper(name) for name in names("expected_papers", on)]
    return [Expected(words(paper), paper not in lacks) for paper in usual]
