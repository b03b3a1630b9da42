"""What board members may see of the figures: small numbers withheld, and whatever would give one away.

Readers know earlier versions, earlier quarters and the other tables of a pack. So a number is shown only when
it, and its difference to what was shown before, is large enough; a number that is the sum of lines of another
table only where these lines are shown; and what is said of a whole year is said once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from panel.board_pack.figures import BY_OUTCOME, Figure
from workflows.board_pack import Shape
from workflows.nested import Known as Numbers
from workflows.nested import Number, numbers_of, numbers_of_outcomes
from workflows.police import POLICE_OUTCOMES
from workflows.scrutiny import Finding
from workflows.small_numbers import Line, Told, changes_little, rounded, shown_again
from workflows.vocabulary import CAUTIONS, SERIOUSNESS, Outcome

CAUTION_LINES = tuple(one.value for one in CAUTIONS)
# Numbers that follow from lines of the outcomes: shown only where those lines are shown.
FOLLOWS = {"outside": CAUTION_LINES}
# In this order numbers are shown that would tell of a few together; then the others as they come.
ORDER = ("exceptions", "outcomes")
# The lines that add up to a total, all that there can be.
LISTS: Mapping[str, Sequence[str]] = {
    "outcomes": [one.value for one in SERIOUSNESS if one in POLICE_OUTCOMES],
    "entrants": CAUTION_LINES,
    "reoffending": [one.value for one in SERIOUSNESS],
    "reparation": ("weekday", "weekend", "elsewhere", "home"),
    "education": ("school", "part_time", "work", "neet", "unknown"),
    "scrutiny": [one.value for one in Finding],
}
UNTOLD, CR = "untold", Outcome.CR.value
ALL = ""
AS_BEFORE = "As told before: what has changed since is too little to be shown."
ONCE = "As first published: what is said of a whole year is said once."
ROUNDED = "Counts are rounded to the nearest {least}, and rates are worked out from the rounded counts."


@dataclass(frozen=True)
class Known:
    """What the readers know: earlier statements of this quarter, of the year, and outcomes a year ago.

    `hidden`: by figure the lines that stay withheld because of what is told elsewhere, with `ALL` its total.
    `numbers`: what was told of this quarter anywhere; `ago`: the same of the quarter a year before.
    """

    versions: Sequence[Mapping[str, Figure]] = ()
    year: Figure | None = None
    year_ago: Figure | None = None
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict)
    numbers: Collection[Number] = ()
    ago: Collection[Number] = ()


def for_board(figures: Sequence[Figure], known: Known, least: int) -> list[Figure]:
    """The figures as the board reads them.

    Of numbers that would tell of a few together, that of which we were not told stays, then the outcomes.
    """
    read, ago = Numbers(set(known.numbers)), Numbers(set(known.ago))
    shown: dict[str, Figure] = {}
    for figure in sorted(figures, key=_turn):
        key = figure["key"]
        if key == "outcomes":
            shown[key] = _outcomes(figure, known, read, least)
            read.add(numbers_told(shown[key]))
            continue
        shown[key] = _shown(figure, known, least)
        if key == "exceptions":
            first = [line for line in shown[key]["lines"] if line["key"] == UNTOLD]
            _apart(shown[key] | {"lines": first}, read, least)
    if "outcomes" in shown:
        _follow(shown, shown["outcomes"])
    for figure in figures:
        key = figure["key"]
        if key != "outcomes":
            shown[key] = _apart(shown[key], ago if key == "reoffending" else read, least)
    return [_every_line(shown[figure["key"]]) for figure in figures]


def _every_line(figure: Figure) -> Figure:
    """Where a line is withheld, all lines of its list that are not shown: which there are tells as much."""
    names = LISTS.get(figure["key"], ())
    if not hidden_lines(figure):
        return figure
    have = {line["key"]: line for line in figure["lines"]}
    other = [line for line in figure["lines"] if line["key"] not in names]
    none = {"part": None, "whole": None}
    return figure | {"lines": [*(have.get(name, {"key": name, **none}) for name in names), *other]}


def _turn(figure: Figure) -> int:
    return ORDER.index(figure["key"]) if figure["key"] in ORDER else len(ORDER)


def numbers_told(figure: Figure) -> list[Number]:
    """Every number that a figure tells, and what follows from its lines together."""
    key, lines = figure["key"], [line for line in figure["lines"] if line["part"] is not None]
    found: list[Number] = []
    if figure["shape"] == Shape.SHARES:
        for line in lines:
            found += numbers_of(f"{key}|{line['key']}", line["whole"], line["part"])
    elif figure["shape"] != Shape.RATES:
        if figure["total"] is not None:
            found += numbers_of(key, figure["total"]["whole"], figure["total"]["part"])
        if key == "outcomes":
            hidden = set(hidden_lines(figure)) & set(CAUTION_LINES)
            cautions = {one["key"]: one["part"] for one in lines}
            found += numbers_of_outcomes(cautions, sums=not hidden)
        elif key in BY_OUTCOME:
            kind = "given" if key == "entrants" else "case"
            found += [(f"{kind} {line['key']}", line["whole"]) for line in lines]
    return found


def _outcomes(figure: Figure, known: Known, read: Numbers, least: int) -> Figure:
    """The outcomes without a line that would tell of a few together with what is known."""
    hidden = set(known.hidden.get("outcomes", ()))
    every = [("given", figure["total"]["whole"])]
    for line in figure["lines"]:
        if read.tells_few([(f"given {line['key']}", line["part"])], least):
            hidden.add(line["key"])
    cautions = [line["part"] for line in figure["lines"] if line["key"] in CAUTION_LINES]
    if read.tells_few([("cautions", sum(cautions))] if cautions else [], least):
        hidden |= set(CAUTION_LINES)
    if read.tells_few(every, least):
        hidden.add(ALL)
    shown = _shown(figure, replace(known, hidden={**known.hidden, "outcomes": hidden}), least)
    rest = sum(line["part"] for line in figure["lines"] if line["key"] in hidden_lines(shown))
    gone = CR in hidden_lines(shown) and read.tells_few([(f"given {CR}", rest)], least)
    return _nothing(shown) if gone and shown["note"] != AS_BEFORE else shown


def _nothing(figure: Figure) -> Figure:
    return figure | {"total": None, "lines": [_withheld(line) for line in figure["lines"]], "note": ""}


def _shown(figure: Figure, known: Known, least: int) -> Figure:
    earlier = [one[figure["key"]] for one in known.versions if figure["key"] in one]
    if figure["shape"] == Shape.RATES:
        return _rates(figure, earlier[0] if earlier else known.year, least)
    if figure["shape"] == Shape.SHARES:
        return _shares(figure, earlier, least, known.hidden.get(figure["key"], ()))
    hidden = {*known.hidden.get(figure["key"], ())}
    if ALL in hidden:
        return _nothing(figure)
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


def _apart(figure: Figure, read: Numbers, least: int) -> Figure:
    """Withhold what would tell of a few together with what is known; what is shown is known from then on."""
    if figure["shape"] == Shape.RATES or figure["note"] == AS_BEFORE:
        return figure
    if figure["shape"] != Shape.SHARES:
        if read.tells_few(numbers_told(figure), least):
            return _nothing(figure)
        read.add(numbers_told(figure))
        return figure
    lines = []
    for line in figure["lines"]:
        new = numbers_told(figure | {"lines": [line]})
        lines.append(_withheld(line) if read.tells_few(new, least) else line)
        if lines[-1] is line:
            read.add(new)
    return figure | {"lines": lines}


def in_group(group: Collection[str], key: str, line: Mapping[str, Any]) -> bool:
    """Whether the whole of a line of a figure is one of these populations."""
    return any(name in group for name, _ in numbers_of(f"{key}|{line['key']}", 0, 0)[:1])
