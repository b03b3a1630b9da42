"""The trend as a picture: bars with their figures written on them, so that it needs no colour."""

from collections.abc import Sequence
from functools import lru_cache

Bar = tuple[str, int, str]
INK = "#16242f"


@lru_cache(maxsize=64)
def trend_svg(bars: tuple[Bar, ...]) -> str:
    """Bars by quarter: name, height and what is written above."""
    import vl_convert  # loads a JavaScript engine: only for the one picture that needs it

    return str(vl_convert.vegalite_to_svg(_spec(bars)))


def _spec(bars: Sequence[Bar]) -> dict[str, object]:
    values = [{"quarter": name, "count": height, "says": says} for name, height, says in bars]
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13, "labelLimit": 0}
    x = {
        "field": "quarter",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": text | {"labelAngle": 0, "labelExpr": "split(datum.label, '|')"},
    }
    y = {
        "field": "count",
        "type": "quantitative",
        "title": "Disposals that fell between",
        "axis": text | {"tickMinStep": 1, "format": "d"},
        # Where nothing fell between, the line of nothing is still at the foot.
        "scale": {"domainMin": 0, "domainMax": max(1, *(height for _, height, _ in bars))},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": "Disposals that fell between the two policies, by quarter",
        "width": 620,
        "height": 240,
        "background": "white",
        "data": {"values": values},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "bar", "color": "#14506b", "stroke": INK, "width": 34}},
            {
                "mark": {"type": "text", "dy": -9, "fontSize": 13, "color": INK},
                "encoding": {"text": {"field": "says", "type": "nominal"}},
            },
        ],
        "config": {"view": {"stroke": None}, "font": "Helvetica, Arial, sans-serif"},
    }
