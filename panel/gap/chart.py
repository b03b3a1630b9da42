"""The trend as a picture: a static SVG that needs no colour and no script, drawn once for its figures."""

import json
from functools import lru_cache
from html import escape
from typing import Any

from panel.gap.queries import Month
from workflows.gap import Basis, rate
from workflows.periods import Cover

INK, BAR, QUIET = "#16242f", "#14506b", "#4a5863"
TITLE = "Share of the force's list of which we were not told, by month"
NO_LIST = "no list"


def points(months: tuple[Month, ...]) -> list[dict[str, Any]]:
    """One point for each month: the rate A in per cent, or none with the words that stand in its place."""
    found = []
    for month in months:
        said = rate(Basis.LISTED, month.tally, month.coverage)
        share = 100 * said.numerator / said.denominator if said.known else 0
        empty = NO_LIST if month.coverage.cover is Cover.NONE else "nothing listed"
        found.append(
            {
                "month": f"{month.period.first:%b %Y}",
                "share": round(share, 1),
                "label": said.per_cent.replace("less than", "<").replace("more than", ">") or empty,
            }
        )
    return found


def described(found: list[dict[str, Any]]) -> str:
    """The picture in words, for whoever does not see it."""
    return f"{TITLE}. " + "; ".join(f"{point['month']}: {point['label']}" for point in found) + "."


def svg(months: tuple[Month, ...]) -> str:
    """The picture of the trend."""
    return _drawn(json.dumps(points(months)))


@lru_cache(maxsize=256)
def _drawn(data: str) -> str:
    import vl_convert  # 84 MB: only when a picture is drawn

    found = json.loads(data)
    picture = vl_convert.vegalite_to_svg(_spec(found))
    said = f"<title>{escape(TITLE)}</title><desc>{escape(described(found))}</desc>"
    head, mark, rest = picture.partition(">")
    return f"{head}{mark}{said}{rest}"


def _spec(found: list[dict[str, Any]]) -> dict[str, Any]:
    order = [point["month"] for point in found]
    across = {"field": "month", "type": "ordinal", "sort": order, "title": None, "axis": {"labelAngle": -45}}
    up = {
        "field": "share",
        "type": "quantitative",
        "title": "Not told, per cent of the list",
        "scale": {"domain": [0, 100]},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 640,
        "height": 240,
        "background": "white",
        "config": {
            "font": "sans-serif",
            "axis": {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13},
            "view": {"stroke": None},
        },
        "data": {"values": found},
        "encoding": {"x": across, "y": up},
        "layer": [
            {"mark": {"type": "bar", "color": BAR, "width": {"band": 0.6}}},
            {
                "mark": {"type": "text", "dy": -8, "fontSize": 13, "color": INK},
                "encoding": {"text": {"field": "label"}},
            },
        ],
    }
