"""The pack on paper: six pages that lead to decisions, however full they are, and an annex behind them."""

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from config.board_pack import figure_words, page_words
from panel.board_pack.disparity import AGAINST
from panel.board_pack.paper import pack_pdf
from panel.board_pack.trend import Back
from panel.board_pack.words import page_of
from tests.support.board import SUMMER
from workflows.board_pack import SENTENCES, Shape
from workflows.scrutiny import Finding
from workflows.vocabulary import CAUTIONS, SERIOUSNESS, SIGNED_OUTCOMES, Outcome

SAYS = figure_words(SUMMER.last)
GROUPS = ("White", "Asian or Asian British", "Black or Black British", "Mixed", "Other", "Not stated")
TEXT = "The police did not tell us of 35 of 113 (31 %) community resolutions, down from 34 % before. " * 2
OF = {"entrants": CAUTIONS, "reoffending": (Outcome.NFA, *SIGNED_OUTCOMES), "scrutiny": tuple(Finding)}
ACTIONS = [
    dict.fromkeys(("asked", "owner", "due_on", "answer", "said"), "The head of service reports in full.")
] * 4


def full(key: str, shape: str) -> dict[str, Any]:
    """A figure of which every line is told."""
    says = next(one for one in SAYS if one.key == key)
    if shape == Shape.RATES:
        return {
            "key": key,
            "shape": shape,
            "period": "Y",
            "lines": rates(),
            "total": None,
            "caveat": "C. " * 60,
        }
    keys = list(says.line) or [one.value for one in OF.get(key, SERIOUSNESS)]
    if key == "victims":
        keys += [f"Were you told what would happen next, and by whom, question {n}?" for n in range(6)]
    whole = 30 * len(keys) if shape == Shape.MIX else 30
    lines = [{"key": one, "part": 20, "whole": whole} for one in keys]
    total = None if shape == Shape.SHARES else {"part": 20 * len(keys), "whole": 30 * len(keys)}
    return {"key": key, "shape": shape, "period": SUMMER.words, "lines": lines, "total": total}


def rates() -> list[dict[str, Any]]:
    """Every group at every point of decision, each far from the first one."""
    points = ("referred", "panel", "given", *(one.value for one in SERIOUSNESS), "breach")
    return [
        {
            "point": point,
            "by": by,
            "group": group,
            "part": 40 + 20 * n,
            "whole": 9000 // (n + 1),
            "before": 400,
        }
        for point in points
        for by, groups in (("group", GROUPS), ("gender", (AGAINST["gender"], "female")))
        for n, group in enumerate(groups)
    ]


def paper(*, told: bool) -> list[str]:
    """The words of each sheet of a pack with eight quarters behind it."""
    figures = {one.key: full(one.key, one.shape) for one in SAYS}
    if not told:
        figures = {key: hidden(one) for key, one in figures.items()}
    back = Back(SUMMER, {SUMMER.moved(-n).key: figures for n in range(1, 8)})
    pages = [page_of(figures[one.key], one, back, text=TEXT) for one in SAYS]
    content = {"area": "North Kelder", "period": SUMMER.words, "least": 5, "actions": ACTIONS}
    content |= {"sentences": [TEXT] * SENTENCES, "decisions": [TEXT] * 3}
    data = pack_pdf(content, pages, "Version 1", day=date(2026, 10, 20), demo=True)
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def hidden(figure: dict[str, Any]) -> dict[str, Any]:
    """The same figure with every number withheld."""
    lines = [one | {"part": None, "whole": None, "before": None} for one in figure["lines"]]
    return figure | {"lines": lines, "total": None}


@pytest.mark.parametrize("told", [True, False])
def test_the_pack_is_six_pages_and_an_annex(told: bool) -> None:
    sheets = paper(told=told)
    titles = ["What changed", *(one.title for one in page_words())]
    for title, sheet in zip(titles, sheets[:6], strict=True):
        assert title in sheet
    assert "What the board asked before" in sheets[5]
    assert "Annex" in sheets[6]
    assert not any("Annex" in sheet for sheet in sheets[:6])


def test_every_figure_stands_on_one_page() -> None:
    assert sorted(key for one in page_words() for key in one.figures) == sorted(one.key for one in SAYS)
    assert len(page_words()) == 5
