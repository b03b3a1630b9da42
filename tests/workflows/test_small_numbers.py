"""No number that was withheld can be worked out from the numbers that are shown."""

import itertools
import string

from hypothesis import given
from hypothesis import strategies as st

from workflows.small_numbers import Line, shown, total

LEAST = 5
LINES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: Line(sum(pair), pair[0])), max_size=8
)
Table = dict[str, Line]


def named(lines: list[Line]) -> Table:
    """The lines by the letters of the alphabet."""
    return dict(zip(string.ascii_uppercase, lines, strict=False))


def bounds(lines: Table, told: dict[str, Line | None], part: str) -> list[tuple[int, int]]:
    """What somebody who adds and subtracts can say of each withheld number: at least, and at most."""
    hidden = [name for name, line in told.items() if line is None]
    whole = total(list(lines.values()), LEAST)
    if whole is None:
        return []
    rest = getattr(whole, part) - sum(getattr(line, part) for line in told.values() if line is not None)
    return [(rest if len(hidden) == 1 else 0, rest) for _ in hidden]


def check(lines: Table) -> None:
    """A breakdown as it is shown: nothing small in it, and nothing withheld that follows."""
    told = shown(lines, LEAST)
    for line in told.values():
        assert line is None or (line.part >= LEAST and line.whole - line.part >= LEAST)
    for part in ("part", "whole"):
        for low, high in bounds(lines, told, part):
            assert high - low >= LEAST, (lines, told, part)
    rests = [(lines[name].whole - lines[name].part) for name, line in told.items() if line is None]
    if rests and total(list(lines.values()), LEAST) is not None:
        assert len(rests) > 1
        assert sum(rests) >= LEAST


@given(LINES)
def test_nothing_withheld_follows_by_subtraction(lines: list[Line]) -> None:
    check(named(lines))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), max_size=150))
def test_nothing_follows_across_the_breakdowns_of_one_total(children: list[tuple[int, int, bool]]) -> None:
    """Each child has a station, a ward and an answer: the breakdowns share their total and nothing else."""
    totals = set()
    for by in (0, 1):
        lines = {
            str(value): Line(len(group), sum(child[2] for child in group))
            for value, found in itertools.groupby(sorted(children, key=lambda c: c[by]), key=lambda c: c[by])
            if (group := list(found))
        }
        check(lines)
        totals.add(total(list(lines.values()), LEAST))
    assert len(totals) == 1


def test_a_line_of_four_is_withheld_and_takes_the_next_smallest_with_it() -> None:
    lines = {"A": Line(40, 20), "B": Line(20, 9), "C": Line(12, 4)}
    assert shown(lines, LEAST) == {"A": Line(40, 20), "B": None, "C": None}


def test_a_line_of_five_is_shown() -> None:
    lines = {"A": Line(40, 20), "B": Line(20, 9), "C": Line(12, 5)}
    assert shown(lines, LEAST) == lines


def test_a_line_in_which_all_but_four_were_missed_is_withheld_too() -> None:
    assert shown({"A": Line(24, 20), "B": Line(40, 20), "C": Line(30, 15)}, LEAST)["A"] is None


def test_one_line_alone_is_shown_as_its_total_or_not_at_all() -> None:
    assert shown({"A": Line(30, 15)}, LEAST) == {"A": Line(30, 15)}
    assert shown({"A": Line(30, 4)}, LEAST) == {"A": None}
    assert total([Line(30, 4)], LEAST) is None
