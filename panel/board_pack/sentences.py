"""What the numbers say, in sentences that a person then makes their own; from shown numbers only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.board_pack import FigureWords
from panel.board_pack.disparity import AGAINST, point_words
from panel.board_pack.figures import Figure, line_words
from workflows.board_pack import MOST_DECISIONS, SENTENCES, Shape
from workflows.gap import per_cent
from workflows.relative_rate import Index, index
from workflows.vocabulary import Gender, words

WITHHELD = "withheld"
NOTHING = "Nothing of this was recorded."
TOO_SMALL = "The numbers cannot be shown: they are too small, or changed by too few since they were told."
Words = Mapping[str, FigureWords]
Lines = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Said:
    """One share in words, and how far it moved since the quarter before, in points of a hundred."""

    text: str
    moved: int


def share(line: Mapping[str, Any]) -> str:
    """'39 of 118 (33 %)'; `WITHHELD` where it is not shown."""
    if line["part"] is None:
        return WITHHELD
    rate = per_cent(line["part"], line["whole"]) if line["whole"] else "none"
    return f"{line['part']:,} of {line['whole']:,} ({rate})"


def _points(line: Mapping[str, Any]) -> int:
    return round(100 * line["part"] / line["whole"]) if line["whole"] else 0


def _shares(figure: Figure, says: FigureWords) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The shares by which a figure is judged: each of its lines, or its total."""
    if figure["shape"] == Shape.SHARES:
        yield from ((line["key"], line) for line in figure["lines"])
    elif figure["shape"] == Shape.PARTS and figure["total"] is not None:
        yield "total", figure["total"]


def changes(figures: Sequence[Figure], before: Mapping[str, Figure], says: Words) -> list[Said]:
    """What is shown of this quarter beside what was published of the one before, the largest change first."""
    found = []
    for figure in figures:
        of = says[figure["key"]]
        old = dict(_shares(before[figure["key"]], of)) if figure["key"] in before else {}
        for key, line in _shares(figure, of):
            if line["part"] is None or not line["whole"]:
                continue
            was = old.get(key)
            if was is not None and (was["part"] is None or not was["whole"]):
                was = None
            stem = of.say.get(key) or f"{line_words(of, key)} {{share}} said yes"
            moved = 0 if was is None else _points(line) - _points(was)
            found.append(Said(_change(stem.replace("{share}", share(line)), line, was), moved))
    return sorted(found, key=lambda one: -abs(one.moved))


def _change(now: str, line: Mapping[str, Any], was: Mapping[str, Any] | None) -> str:
    if was is None:
        return f"{now}."
    if _points(line) == _points(was):
        return f"{now}, as in the quarter before."
    way = "up" if _points(line) > _points(was) else "down"
    return f"{now}, {way} from {per_cent(was['part'], was['whole'])} in the quarter before."


def of_year(figure: Figure, says: FigureWords) -> str:
    """What four quarters together say, in one sentence or two."""
    return f"Four quarters together, {figure['period']}: {two(figure, {}, says)}"


def front(
    figures: Sequence[Figure], before: Mapping[str, Figure], says: Words, year: Sequence[Figure] = ()
) -> list[str]:
    """The five sentences of the first page."""
    found = [one.text for one in changes(figures, before, says)]
    # Where few shares can be shown, the mix and what is unequal still say something.
    rest = [two(one, before, says[one["key"]]) for one in figures if one["shape"] in (Shape.MIX, Shape.RATES)]
    rest += [of_year(one, says[one["key"]]) for one in year if one["key"] in says]
    found = [*found, *(text for text in rest if text not in (NOTHING, TOO_SMALL))][:SENTENCES]
    return found or [f"In this quarter nothing can be said. {TOO_SMALL}"]


def decisions(figures: Sequence[Figure], says: Words) -> list[str]:
    """Up to three decisions to ask for: those whose figure is furthest from what it should be."""
    asked: list[tuple[int, str]] = []
    for figure in figures:
        of = says.get(figure["key"])
        for line in figure["lines"] if of is not None and figure["shape"] != Shape.RATES else ():
            ask = of.ask.get(line["key"]) if of is not None else None
            if ask and line["part"] is not None and line["whole"] and of is not None:
                bad = _points(line) if of.better == "fewer" else 100 - _points(line)
                asked.append((-bad, ask))
    return [text for bad, text in sorted(asked)[:MOST_DECISIONS] if bad < 0]


def two(figure: Figure, before: Mapping[str, Figure], says: FigureWords) -> str:
    """The two sentences under a figure."""
    if not figure["lines"]:
        return NOTHING
    if figure["shape"] == Shape.RATES:
        return _unequal(figure)
    seen = [line for line in figure["lines"] if line["part"] is not None]
    if not seen:
        total = figure["total"]
        return f"{says.part}: {share(total)}. Its parts cannot be shown." if total else TOO_SMALL
    if figure["shape"] == Shape.SHARES:
        return " ".join(one.text for one in changes([figure], before, {figure["key"]: says})[:2])
    most = max(seen, key=lambda line: line["part"] if figure["shape"] == Shape.MIX else line["whole"])
    largest = f"Most often: {line_words(says, most['key']).lower()}, {share(most)}."
    if figure["shape"] == Shape.MIX:
        return f"{says.part}: {figure['total']['whole']:,} in all. {largest}"
    all_of_it = changes([figure], before, {figure["key"]: says})
    return f"{all_of_it[0].text if all_of_it else TOO_SMALL} {largest}"


def against(figure: Figure, line: Mapping[str, Any], base: str) -> Index | None:
    """The relative rate of a group at a point: `base` is `whole` (who lives here) or `before` (last step)."""
    group = AGAINST[line["by"]]
    other = next(
        (
            one
            for one in figure["lines"]
            if (one["point"], one["by"], one["group"]) == (line["point"], line["by"], group)
        ),
        None,
    )
    if other is None or line["group"] == group:
        return None
    numbers = (line["part"], line[base], other["part"], other[base])
    return None if None in numbers else index(*numbers)


def group_words(group: str) -> str:
    """What a group is called."""
    return words(Gender(group)) if group in {one.value for one in Gender} else group


def _unequal(figure: Figure) -> str:
    found = [
        (found.value, line, found)
        for line in figure["lines"]
        if (found := against(figure, line, "whole")) is not None and found.differs
    ]
    if not found:
        return (
            "At no point of decision is a difference larger than chance alone could make it, as far as it "
            "can be shown. That does not say that there is none."
        )
    _, line, most = max(found, key=lambda one: max(one[0], 1 / one[0]))
    who, to = group_words(line["group"]), group_words(AGAINST[line["by"]])
    times = f"about {most.value:.1f} times as often as for children of the group {to}"
    return (
        f"{point_words(line['point'])}: for children of the group {who} {times} (95 % interval "
        f"{most.low:.1f} to {most.high:.1f}), counted against who lives here, from rounded counts. "
        "It says that something is unequal, not why."
    )
