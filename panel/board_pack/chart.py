"""Static pictures of figures: read without colour and without a script, the same on page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import log
from textwrap import wrap

INK, QUIET, FILL = "#16242f", "#4a5863", "#14506b"
WIDTH, SIDE = 340, 4
LINE, BAR, GAP = 17, 16, 12
LETTERS = 44
FONT = f'fill="{INK}" font-family="Atkinson Hyperlegible, Arial, sans-serif" font-size="13"'
SMALL = FONT.replace('"13"', '"12"')
TALL, QUARTERS = 56, 8
MOST_OF_ALL = 100
STEP = (WIDTH - 2 * SIDE) / QUARTERS
SPARK_TALL, SPARK_STEP = 24, 14
# The rates are drawn between a eighth and eight times.
MOST = 8.0


@dataclass(frozen=True)
class Bar:
    """One line: its name, how much of the whole is filled (None where it is withheld), and what it says."""

    name: str
    share: float | None
    says: str


@dataclass(frozen=True)
class Span:
    """One rate with its interval; `says` is written beside its name."""

    name: str
    low: float
    value: float
    high: float
    says: str


@dataclass(frozen=True)
class Column:
    """One quarter of a series: its first month and year, its share (None without one), and what it says."""

    month: str
    year: str
    share: float | None
    says: str


@dataclass(frozen=True)
class Series:
    """One line of a figure over its quarters, with the target in per cent where there is one."""

    name: str
    quarters: tuple[Column, ...]
    target: int | None = None


@lru_cache(maxsize=256)
def columns(key: str, title: str, rows: tuple[Series, ...]) -> str:
    """Columns by quarter: hatched for a share, dashed and empty for one withheld, none for nothing."""
    parts, top = [], 4
    for row in rows:
        texts, top = _texts(row.name, top)
        parts += texts
        if row.target is not None:
            line = "Dashed line: the target of" if 0 < row.target < MOST_OF_ALL else "Target:"
            texts, top = _texts(f"{line} {row.target} %", top)
            parts += texts
        for place, one in enumerate(row.quarters):
            parts += _column(key, one, SIDE + place * STEP, top, last=place == len(row.quarters) - 1)
        if row.target is not None and 0 < row.target < MOST_OF_ALL:
            at = top + LINE + TALL * (1 - row.target / 100)
            parts.append(f'<path d="M{SIDE} {at:.1f}H{WIDTH - SIDE}" stroke="{INK}" stroke-dasharray="6 3"/>')
        top += TALL + 3 * LINE + GAP
    described = "; ".join(
        f"{row.name}: " + ", ".join(f"{one.month} {one.year} {one.says}" for one in row.quarters)
        for row in rows
    )
    return _picture(key, title, described, _hatch(key), parts, top)


def _column(key: str, one: Column, left: float, top: int, *, last: bool) -> list[str]:
    middle, foot = left + STEP / 2, top + LINE + TALL
    frame = f'<rect x="{left + 6:.1f}" width="{STEP - 12:.1f}" stroke="{INK}"'
    if one.share is not None:
        high = max(1.0, TALL * min(1.0, one.share))
        drawn = f'{frame} y="{foot - high:.1f}" height="{high:.1f}" fill="url(#{key}-hatch)"/>'
        said, over = one.says, foot - high
    elif one.says == "withheld":
        drawn = f'{frame} y="{foot - TALL / 2:.1f}" height="{TALL / 2}" fill="none" stroke-dasharray="4 4"/>'
        said, over = "", foot - TALL / 2
    else:
        drawn, said, over = "", one.says, float(foot)
    weight = ' font-weight="bold"' if last else ""
    words = ((over - 4, said), (foot + LINE - 3, one.month), (foot + 2 * LINE - 5, one.year))
    return [
        drawn,
        f'<path d="M{left:.1f} {foot}h{STEP:.1f}" stroke="{INK}"/>',
        *(
            f'<text x="{middle:.1f}" y="{y:.1f}" text-anchor="middle"{weight} {SMALL}>{escape(text)}</text>'
            for y, text in words
        ),
    ]


@lru_cache(maxsize=512)
def spark(key: str, title: str, row: Series) -> str:
    """One line over its quarters in the height of a row, the last one filled; its numbers stand beside it."""
    parts: list[str] = []
    for place, one in enumerate(row.quarters):
        left, last = place * SPARK_STEP + 2, place == len(row.quarters) - 1
        frame = f'<rect x="{left}" width="{SPARK_STEP - 4}" stroke="{INK}"'
        if one.share is not None:
            high = max(1.0, SPARK_TALL * min(1.0, one.share))
            fill = FILL if last else "#ffffff"
            parts.append(f'{frame} y="{SPARK_TALL + 2 - high:.1f}" height="{high:.1f}" fill="{fill}"/>')
        elif one.says == "withheld":
            half = f'y="{SPARK_TALL / 2 + 2}" height="{SPARK_TALL / 2}"'
            parts.append(f'{frame} {half} fill="none" stroke-dasharray="2 2"/>')
    foot, width = SPARK_TALL + 2, SPARK_STEP * len(row.quarters)
    parts.append(f'<path d="M0 {foot}H{width}" stroke="{INK}"/>')
    if row.target is not None and 0 < row.target < MOST_OF_ALL:
        at = 2 + SPARK_TALL * (1 - row.target / 100)
        parts.append(f'<path d="M0 {at:.1f}H{width}" stroke="{INK}" stroke-dasharray="4 2"/>')
    described = ", ".join(f"{one.month} {one.year} {one.says}" for one in row.quarters)
    return _picture(key, title, f"{row.name}: {described}", "", parts, SPARK_TALL + 4, width)


@lru_cache(maxsize=256)
def bars(key: str, title: str, rows: tuple[Bar, ...]) -> str:
    """Bars: hatched where something is so, outlined where it is not, dashed where it is withheld."""
    parts, top = [], 4
    for row in rows:
        texts, top = _texts(f"{row.name}: {row.says}", top)
        parts += [*texts, _bar(key, row.share, top)]
        top += BAR + GAP
    described = "; ".join(f"{row.name}: {row.says}" for row in rows)
    return _picture(key, title, described, _hatch(key), parts, top)


def _bar(key: str, share: float | None, top: int) -> str:
    across = WIDTH - 2 * SIDE
    frame = f'<rect x="{SIDE}" y="{top}" width="{across}" height="{BAR}" fill="none" stroke="{INK}"'
    if share is None:
        return f'{frame} stroke-dasharray="4 4"/>'
    filled = max(2.0, across * share) if share else 0.0
    inner = f'<rect x="{SIDE}" y="{top}" width="{filled:.1f}" height="{BAR}"'
    return f'{inner} fill="url(#{key}-hatch)" stroke="{INK}"/>{frame}/>'


@lru_cache(maxsize=256)
def spans(key: str, title: str, rows: tuple[Span, ...]) -> str:
    """Rates as points with their intervals; half as often and twice as often are as far from the middle."""
    parts, top = [], 4
    for row in rows:
        texts, top = _texts(f"{row.name}: {row.says}", top)
        parts += texts
        middle = top + BAR // 2
        low, value, high = _place(row.low), _place(row.value), _place(row.high)
        parts += [
            f'<path d="M{_place(1):.1f} {top}V{top + BAR}" stroke="{QUIET}" stroke-dasharray="2 2"/>',
            f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="{INK}" stroke-width="2"/>',
            _end(low, middle, row.low < 1 / MOST, -1),
            _end(high, middle, row.high > MOST, 1),
            f'<circle cx="{value:.1f}" cy="{middle}" r="5" fill="{FILL}" stroke="{INK}"/>',
        ]
        top += BAR + GAP
    if rows:
        parts += _scale(top)
        top += LINE + 8
    described = "; ".join(f"{row.name}: {row.says}" for row in rows)
    return _picture(key, title, described, "", parts, top)


def _end(at: float, middle: int, goes_on: bool, way: int) -> str:
    """The end of an interval: a stroke, or an arrow where it goes on beyond the picture."""
    if goes_on:
        back = at - 7 * way
        return f'<path d="M{back:.1f} {middle - 5}L{at:.1f} {middle}L{back:.1f} {middle + 5}Z" fill="{INK}"/>'
    return f'<path d="M{at:.1f} {middle - 5}v10" stroke="{INK}"/>'


def _place(times: float) -> float:
    inside = min(MOST, max(1 / MOST, times))
    return SIDE + (WIDTH - 2 * SIDE) * (log(inside, MOST) + 1) / 2


def _scale(top: int) -> list[str]:
    marks = (
        (0.125, "⅛", "start"),
        (0.5, "½", "middle"),
        (1, "1", "middle"),
        (2, "2", "middle"),
        (8, "8", "end"),
    )
    return [
        f'<text x="{_place(times):.1f}" y="{top + LINE - 4}" text-anchor="{side}" {FONT}>{word}</text>'
        for times, word, side in marks
    ]


def _texts(said: str, top: int) -> tuple[list[str], int]:
    found = []
    for line in wrap(said, LETTERS) or [""]:
        found.append(f'<text x="{SIDE}" y="{top + LINE - 4}" {FONT}>{escape(line)}</text>')
        top += LINE
    return found, top + 2


def _hatch(key: str) -> str:
    return (
        f'<defs><pattern id="{key}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{FILL}"/>'
        '<path d="M0 0V6" stroke="#ffffff" stroke-width="2"/></pattern></defs>'
    )


def _picture(
    key: str, title: str, described: str, defs: str, parts: Sequence[str], height: int, width: int = WIDTH
) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="app-picture" role="img" '
        f'viewBox="0 0 {width} {height}" '
        f'width="{width * 3 // 2}" height="{height * 3 // 2}" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(described)}.</desc>'
        f'{defs}<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )
