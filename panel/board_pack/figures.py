"""The figures of a pack as managers have them: every number, and the facts behind each of its lines."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from config.board_pack import FigureWords, figure_words
from panel.board_pack import case_facts, later_facts, metric_facts, police_facts
from panel.board_pack.disparity import disparity
from panel.board_pack.facts import Fact, Scope
from workflows.board_pack import Shape
from workflows.scrutiny import Finding
from workflows.vocabulary import SERIOUSNESS, Outcome, words

Loader = Callable[[Session, Scope], list[Fact]]
Figure = dict[str, Any]
LOADERS: dict[str, tuple[Loader, ...]] = {
    "exceptions": (
        *(metric_facts.untold, police_facts.outside, metric_facts.unsigned),
        *(case_facts.late, later_facts.breach),
    ),
    "entrants": (police_facts.entrants,),
    "outcomes": (police_facts.outcomes,),
    "timeliness": (case_facts.timeliness,),
    "countersigning": (metric_facts.countersigned, case_facts.countersigning),
    "reparation": (case_facts.reparation,),
    "education": (case_facts.education,),
    "needs": (case_facts.needs,),
    "reoffending": (later_facts.reoffending,),
    "victims": (later_facts.victims,),
    "scrutiny": (later_facts.scrutiny,),
}
RATES = "disproportionality"
BY_OUTCOME = ("entrants", "outcomes", "reoffending")


def facts_of(db: Session, key: str, scope: Scope) -> list[Fact]:
    """Every fact of a figure, in the order of its loaders."""
    return [fact for load in LOADERS.get(key, ()) for fact in load(db, scope)]


def figures(db: Session, scope: Scope, *, rates: bool = True) -> list[Figure]:
    """Every figure of a quarter, with all its numbers; without `rates` none about a whole year."""
    return [_figure(db, says, scope) for says in figure_words(scope.last) if rates or says.key != RATES]


def _figure(db: Session, says: FigureWords, scope: Scope) -> Figure:
    figure: Figure = {"key": says.key, "shape": says.shape, "period": _period(says.key, scope)}
    if says.key == RATES:
        return figure | disparity(db, scope)
    counted: dict[str, list[int]] = {}
    for fact in facts_of(db, says.key, scope):
        line = counted.setdefault(fact.line, [0, 0])
        line[0] += fact.part
        line[1] += 1
    if counted and says.shape == Shape.SHARES:
        # A line of which there was nothing is named all the same: it is not left out, and not 0 %.
        counted = {key: [0, 0] for key in says.line} | counted
    order = _order(says, counted)
    whole = sum(one[1] for one in counted.values())
    lines: list[dict[str, Any]] = [
        {
            "key": key,
            "part": counted[key][0],
            "whole": whole if says.shape == Shape.MIX else counted[key][1],
        }
        for key in order
    ]
    if says.shape == Shape.SHARES:
        return figure | {"lines": lines, "total": None}
    return figure | {"lines": lines, "total": {"part": sum(one["part"] for one in lines), "whole": whole}}


def _period(key: str, scope: Scope) -> str:
    return (
        scope.quarter.moved(-later_facts.QUARTERS_BACK).words if key == "reoffending" else scope.quarter.words
    )


def _order(says: FigureWords, counted: dict[str, list[int]]) -> list[str]:
    """The lines that have something, in the order of their words; those without words as they came."""
    known = list(says.line)
    if says.key in BY_OUTCOME:
        known = [one.value for one in SERIOUSNESS]
    if says.key == "scrutiny":
        known = [one.value for one in Finding]
    return [key for key in known if key in counted] + [key for key in counted if key not in known]


def line_words(says: FigureWords, key: str) -> str:
    """What a line is called."""
    if says.key in BY_OUTCOME:
        return words(Outcome(key))
    return words(Finding(key)) if says.key == "scrutiny" else says.line.get(key) or says.was.get(key, key)
