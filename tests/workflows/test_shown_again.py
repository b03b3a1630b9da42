"""Whoever reads every version and adds and subtracts learns of no group of fewer than five."""

import string
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.relative_rate import Index, index
from workflows.small_numbers import Line, Told, changes_little, rounded, shown_again, total

LEAST = 5
ONE = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda pair: Line(sum(pair), pair[0]))
STEP = st.tuples(st.integers(-3, 8), st.integers(-3, 8))
Table = dict[str, Line]
Version = tuple[Table, Told]


def moved(table: Table, steps: list[tuple[int, int]]) -> Table:
    """The same lines a while later: a few were put right, some were added."""
    found = {}
    for (name, line), (part, rest) in zip(table.items(), steps, strict=False):
        parts, others = max(0, line.part + part), max(0, line.whole - line.part + rest)
        found[name] = Line(parts + others, parts)
    return found


def publish(tables: list[Table]) -> list[Version]:
    """Each table in turn, as readers are told of it; where that is refused, what was said last."""
    told: list[Version] = []
    for table in tables:
        found = shown_again(table, [one for _, one in told], LEAST)
        told.append((table, Told(*found)) if found is not None else told[-1])
    return told


def rows_of(versions: list[Version], names: list[str], side: str) -> list[list[Fraction]]:
    """Everything that is told, as equations over the hidden numbers of every version."""
    equations, width = [], len(names) * len(versions)
    for place, (_, told) in enumerate(versions):
        for number, name in enumerate(names):
            line = told.lines.get(name, Line(0, 0) if name not in told.lines else None)
            if line is not None:
                row = [Fraction(0)] * (width + 1)
                row[place * len(names) + number], row[width] = Fraction(1), Fraction(value(line, side))
                equations.append(row)
        if told.total is not None:
            row = [Fraction(0)] * (width + 1)
            for number in range(len(names)):
                row[place * len(names) + number] = Fraction(1)
            row[width] = Fraction(value(told.total, side))
            equations.append(row)
    return equations


def value(line: Line, side: str) -> int:
    """The number on one side of a line."""
    return line.part if side == "part" else line.whole - line.part


def implied(equations: list[list[Fraction]], wanted: list[Fraction]) -> Fraction | None:
    """What the equations say of a sum of unknowns; None when they leave it open."""
    rows, target = [row[:] for row in equations], [*wanted, Fraction(0)]
    width = len(wanted)
    for column in range(width):
        pivot = next((row for row in rows if row[column] != 0), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in (*rows, target):
            if row[column] != 0:
                factor = row[column] / pivot[column]
                for place in range(width + 1):
                    row[place] -= factor * pivot[place]
    return None if any(target[:width]) else -target[width]


def attack(versions: list[Version]) -> None:
    """Nothing small follows: no number of any version, and no change of any line from one to another."""
    names = sorted({name for _, told in versions for name in told.lines})
    for side in ("part", "rest"):
        equations = rows_of(versions, names, side)
        width = len(names) * len(versions)
        for place in range(len(versions)):
            for number, name in enumerate(names):
                if name not in versions[place][1].lines:
                    continue
                unit = [Fraction(0)] * width
                unit[place * len(names) + number] = Fraction(1)
                found = implied(equations, unit)
                assert found is None or found >= LEAST, (name, side, found, versions)
                for before in range(place):
                    change = unit[:]
                    change[before * len(names) + number] -= 1
                    found = implied(equations, change)
                    assert found is None or found == 0 or abs(found) >= LEAST, (name, side, found, versions)


@settings(max_examples=150, deadline=None)
@given(st.lists(ONE, min_size=1, max_size=5), st.lists(st.lists(STEP, min_size=5, max_size=5), max_size=2))
def test_nothing_small_follows_from_several_versions(
    lines: list[Line], steps: list[list[tuple[int, int]]]
) -> None:
    tables = [dict(zip(string.ascii_uppercase, lines, strict=False))]
    for step in steps:
        tables.append(moved(tables[-1], step))
    attack(publish(tables))


def test_one_case_more_is_not_told_and_five_more_are() -> None:
    first = {"a": Line(40, 20), "b": Line(30, 12)}
    told = [Told(*_shown(first))]
    assert shown_again({"a": Line(41, 21), "b": Line(30, 12)}, told, LEAST) is None
    assert shown_again({"a": Line(40, 20), "b": Line(30, 12)}, told, LEAST) == (
        Line(70, 32),
        {"a": Line(40, 20), "b": Line(30, 12)},
    )
    assert shown_again({"a": Line(45, 25), "b": Line(30, 12)}, told, LEAST) == (
        Line(75, 37),
        {"a": Line(45, 25), "b": Line(30, 12)},
    )


def test_a_line_that_changed_a_little_is_withheld_with_another_one() -> None:
    first = {"a": Line(40, 20), "b": Line(30, 12), "c": Line(60, 30)}
    told = [Told(*_shown(first))]
    found = shown_again({"a": Line(42, 22), "b": Line(30, 12), "c": Line(70, 40)}, told, LEAST)
    assert found is not None
    assert found[0] == Line(142, 74)
    assert found[1]["a"] is None
    assert sum(line is None for line in found[1].values()) >= 2


def test_one_case_more_in_all_that_is_withheld_is_not_told_either() -> None:
    first = {"a": Line(10, 4), "b": Line(11, 4), "c": Line(60, 30), "d": Line(50, 30)}
    later = {"a": Line(11, 5), "b": Line(11, 4), "c": Line(66, 36), "d": Line(50, 30)}
    versions = publish([first, later])
    assert [name for name, line in versions[0][1].lines.items() if line is None] == ["a", "b"]
    attack(versions)
    assert [name for name, line in versions[1][1].lines.items() if line is not None] in (["c"], ["d"], [])


def test_what_was_withheld_once_stays_withheld() -> None:
    first = {"a": Line(10, 4), "b": Line(11, 4), "c": Line(60, 30)}
    found = shown_again(
        {"a": Line(30, 14), "b": Line(31, 14), "c": Line(60, 30)}, [Told(*_shown(first))], LEAST
    )
    assert found is not None
    assert found[1] == {"a": None, "b": None, "c": Line(60, 30)}


def _shown(lines: Table) -> tuple[Line | None, dict[str, Line | None]]:
    found = shown_again(lines, [], LEAST)
    assert found is not None
    return found


def test_what_is_withheld_elsewhere_is_withheld_here_and_not_alone() -> None:
    lines = {"a": Line(40, 20), "b": Line(30, 12), "c": Line(60, 30)}
    found = shown_again(lines, [], LEAST, ("c",))
    assert found is not None
    assert [name for name, line in found[1].items() if line is None] == ["b", "c"]


def test_a_change_is_little_up_to_four_on_either_side() -> None:
    assert not changes_little(Line(20, 10), Line(20, 10), LEAST)
    assert changes_little(Line(24, 14), Line(20, 10), LEAST)
    assert not changes_little(Line(25, 15), Line(20, 10), LEAST)
    assert changes_little(Line(24, 10), Line(20, 10), LEAST)


def test_counts_are_rounded_halves_up() -> None:
    assert [rounded(count, 5) for count in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]


def test_a_relative_rate_has_the_interval_of_the_logarithm() -> None:
    # 30 of 1,000 against 40 of 4,000: 3.0; the logarithm spreads by the square root of
    # 1/30 - 1/1000 + 1/40 - 1/4000 = 0.0570833, 0.238921; 1.96 times that is 0.468277.
    found = index(30, 1000, 40, 4000)
    assert found is not None
    assert (round(found.value, 4), round(found.low, 3), round(found.high, 3)) == (3.0, 1.878, 4.792)
    assert found.differs
    assert found.words == "3.0 (1.9 to 4.8)"


def test_there_is_no_rate_without_cases_or_without_a_base() -> None:
    assert index(0, 10, 4, 10) is None
    assert index(3, 10, 0, 10) is None
    assert index(3, 0, 4, 10) is None
    assert index(11, 10, 4, 10) is None
    same = index(4, 10, 4, 10)
    assert same is not None
    assert not same.differs


def test_a_total_that_is_too_small_hides_every_line() -> None:
    lines = {"a": Line(4, 2), "b": Line(3, 2)}
    assert total(list(lines.values()), LEAST) is None
    assert shown_again(lines, [], LEAST) == (None, {"a": None, "b": None})


def test_what_was_withheld_as_a_whole_binds_nobody_and_what_was_told_is_not_told_smaller() -> None:
    now = {"A": Line(30, 15), "B": Line(40, 20)}
    nothing = Told(None, {"A": None, "B": None})
    assert shown_again(now, [nothing], LEAST) == (Line(70, 35), now)
    small: Table = {"A": Line(10, 2), "B": Line(10, 2)}
    assert shown_again(small, [nothing], LEAST) == (None, {"A": None, "B": None})
    assert shown_again(small, [Told(Line(70, 35), dict(now))], LEAST) is None


def test_one_line_alone_may_be_withheld_and_one_that_is_gone_is_not_listed() -> None:
    assert shown_again({"A": Line(20, 10)}, [], LEAST, ("A",)) == (Line(20, 10), {"A": None})
    before = Told(Line(50, 25), {"A": Line(20, 10), "C": Line(30, 15)})
    # What is gone counts as nothing, which is little, so that one more is withheld with it.
    assert shown_again({"A": Line(20, 10)}, [before], LEAST) == (Line(20, 10), {"A": None})


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        ((10, 10, 5, 10), 2.0),  # all of one group
        ((5, 10, 10, 10), 0.5),
        ((11, 10, 5, 10), None),
        ((5, 10, 11, 10), None),
        ((0, 10, 5, 10), None),
        ((5, 10, 0, 10), None),
    ],
)
def test_a_rate_against_another_needs_something_on_each_side(
    numbers: tuple[int, int, int, int], value: float | None
) -> None:
    found = index(*numbers)
    assert (None if found is None else round(found.value, 9)) == value


@pytest.mark.parametrize(
    ("low", "high", "differs"), [(1.1, 3, True), (1, 3, False), (0.2, 1, False), (0.2, 0.9, True)]
)
def test_a_rate_differs_where_its_interval_leaves_out_one(low: float, high: float, differs: bool) -> None:
    assert Index(1.5, low, high).differs is differs
