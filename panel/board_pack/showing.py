"""What board members may see of the figures: small numbers withheld, and whatever would give one away.

Readers know earlier versions, earlier quarters and the other tables of a pack. So a number is shown only when
it, and its difference to what was shown before, is large enough; a number that is the sum of lines of another
table only where these lines are shown; and what is said of a whole year is said once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from panel.board_pack.figures import Figure
from workflows.board_pack import Shape
from workflows.small_numbers import Line, Told, changes_little, rounded, shown_again
from workflows.vocabulary import Outcome

CAUTION_LINES = (Outcome.YC.value, Outcome.YCC.value)
# Numbers that follow from lines of the outcomes: shown only where those lines are shown.
FOLLOWS = {"outside": CAUTION_LINES}
# Lines about the same cases: two wholes that differ by a few would tell of the few.
SAME_CASES = (
    "exceptions|late",
    "exceptions|unsigned",
    "timeliness",
    "needs|health",
    "needs|speech",
    "needs|alcohol",
)
ALL = ""
SAME = (SAME_CASES, ("victims",), ("countersigning",))
AS_BEFORE = "As told before: what has changed since is too little to be shown."
ONCE = "As first published: what is said of a whole year is said once."
ROUNDED = "Counts are rounded to the nearest {least}, and rates are worked out from the rounded counts."


@dataclass(frozen=True)
class Known:
    """What the readers know: earlier statements of this quarter, of the year, and outcomes a year ago.

    `hidden`: by figure the lines that stay withheld because of what is told elsewhere, with `ALL` its total.
    """

    versions: Sequence[Mapping[str, Figure]] = ()
    year: Figure | None = None
    year_ago: Figure | None = None
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict)


def for_board(figures: Sequence[Figure], known: Known, least: int) -> list[Figure]:
    """The figures as the board reads them."""
    shown = {figure["key"]: _shown(figure, known, least) for figure in figures}
    outcomes = shown.get("outcomes")
    if outcomes is not None:
        _follow(shown, outcomes)
    for group in SAME:
        _keep_apart(shown, group, least)
    return [shown[figure["key"]] for figure in figures]


def _shown(figure: Figure, known: Known, least: int) -> Figure:
    earlier = [one[figure["key"]] for one in known.versions if figure["key"] in one]
    if figure["shape"] == Shape.RATES:
        return _rates(figure, earlier[0] if earlier else known.year, least)
    if figure["shape"] == Shape.SHARES:
        return _shares(figure, earlier, least, known.hidden.get(figure["key"], ()))
    hidden = {*known.hidden.get(figure["key"], ())}
    if ALL in hidden:
        return figure | {"total": None, "lines": [_withheld(line) for line in figure["lines"]], "note": ""}
    hidden |= set(hidden_lines(known.year_ago)) if figure["key"] == "reoffending" else set()
    found = shown_again(_lines(figure), [_told(one) for one in earlier], least, hidden)
    if found is None:
        return earlier[-1] | {"note": AS_BEFORE}
    total, lines = found
    return figure | {
        "total": None
        if total is None
        else {"part": figure["total"]["part"], "whole": figure["total"]["whole"]},
        "lines": [line if lines[line["key"]] is not None else _withheld(line) for line in figure["lines"]],
        "note": "",
    }


def _withheld(line: Mapping[str, Any]) -> dict[str, Any]:
    return {**line, "part": None, "whole": None}


def _line(figure: Figure, line: Mapping[str, Any]) -> Line:
    # Of a mix there is only the count: it is small when it is small, whatever else there is.
    return (
        Line(2 * line["part"], line["part"])
        if figure["shape"] == Shape.MIX
        else Line(line["whole"], line["part"])
    )


def _lines(figure: Figure) -> dict[str, Line]:
    return {line["key"]: _line(figure, line) for line in figure["lines"] if line["part"] is not None}


def _told(figure: Figure) -> Told:
    total = figure["total"]
    lines = {line["key"]: None if line["part"] is None else _line(figure, line) for line in figure["lines"]}
    return Told(None if total is None else _line(figure, total), lines)


def hidden_lines(figure: Figure | None) -> tuple[str, ...]:
    """The lines of a published figure that are withheld."""
    return () if figure is None else tuple(one["key"] for one in figure["lines"] if one["part"] is None)


def _shares(figure: Figure, earlier: Sequence[Figure], least: int, hidden: Collection[str] = ()) -> Figure:
    """Each line by itself; what changed a little since it was last shown is withheld."""
    before = [_lines(one) for one in earlier]
    lines = []
    for line in figure["lines"]:
        now, told = _line(figure, line), [one[line["key"]] for one in before if line["key"] in one]
        small = now.is_small(least) or any(changes_little(now, one, least) for one in told)
        small = small or line["key"] in hidden
        lines.append(_withheld(line) if small else line)
    return figure | {"lines": lines, "note": ""}


def _rates(figure: Figure, published: Figure | None, least: int) -> Figure:
    if published is not None and published["period"] == figure["period"]:
        return published | {"note": f"{ONCE} {ROUNDED.format(least=least)}"}
    lines = []
    for line in figure["lines"]:
        part, before = line["part"], line["before"]
        small = part < least or (before is not None and before - part < least)
        known = None if before is None or before < least else rounded(before, least)
        lines.append(
            {**line, "part": None if small else rounded(part, least), "before": None if small else known}
        )
    return figure | {"lines": lines, "note": ROUNDED.format(least=least)}


def _follow(shown: dict[str, Figure], outcomes: Figure) -> None:
    """Withhold what would give away a line of the outcomes that is withheld."""
    hidden = set(hidden_lines(outcomes))
    if outcomes["total"] is None:
        hidden |= {one.value for one in Outcome}
    exceptions, entrants = shown.get("exceptions"), shown.get("entrants")
    if exceptions is not None:
        lines = [
            _withheld(line) if hidden & set(FOLLOWS.get(line["key"], ())) else line
            for line in exceptions["lines"]
        ]
        shown["exceptions"] = exceptions | {"lines": lines}
    if entrants is not None and hidden & set(CAUTION_LINES):
        lines = [_withheld(line) for line in entrants["lines"]]
        shown["entrants"] = entrants | {"lines": lines, "total": None}


def in_group(group: Sequence[str], key: str, line: Mapping[str, Any]) -> bool:
    """Whether a line of a figure is about the same cases as the others of a group."""
    return bool({key, f"{key}|{line['key']}"} & set(group))


def _keep_apart(shown: dict[str, Figure], group: Sequence[str], least: int) -> None:
    """Withhold a line whose whole differs by a few from that of a line about the same cases."""
    wholes: list[int] = []
    for key, figure in shown.items():
        lines = []
        for line in figure["lines"] if figure["shape"] == Shape.SHARES else ():
            if line["whole"] is not None and in_group(group, key, line):
                if any(0 < abs(line["whole"] - whole) < least for whole in wholes):
                    lines.append(_withheld(line))
                    continue
                wholes.append(line["whole"])
            lines.append(line)
        if lines:
            shown[key] = figure | {"lines": lines}
