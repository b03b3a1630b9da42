"""Which numbers tell of a few by their difference: of the same cases, or of cases within others."""

import pytest

from config.metrics import definitions
from tests.support.world import TODAY
from workflows.nested import (
    ALSO,
    POPULATIONS,
    WITHIN,
    Known,
    Number,
    Told,
    alike,
    comparable,
    numbers_of,
    numbers_of_outcomes,
)


@pytest.mark.parametrize(("many", "few"), [(98, False), (97, True), (94, True), (93, False), (99, True)])
def test_a_difference_of_one_to_four_tells(many: int, few: bool) -> None:
    known = Known({("given community_resolution", 98)})
    assert known.tells_few([("listed", many)], 5) is few
    assert not known.tells_few([("cautions", many)], 5), "they are others"


def test_populations_lie_within_others_however_far() -> None:
    assert comparable("listed and told", "given")
    assert comparable("given", "listed and told")
    assert comparable("cases", "cases")
    assert not comparable("listed", "told")
    assert alike("M23", "M10")
    assert not alike("M23", "M24")
    assert not alike("M5", "M10")


def test_every_population_that_is_named_is_one() -> None:
    names = {name for one in POPULATIONS.values() for name in one} | {*WITHIN, "sums", "given"}
    assert {name for one in WITHIN.values() for name in one} <= names
    metrics = {one.id for one in definitions(TODAY)}
    assert {name for name in POPULATIONS if name.startswith("M")} <= metrics
    assert {line for line, _ in ALSO.values()} <= set(POPULATIONS)
    for inner in definitions(TODAY):
        for outer in inner.within:
            assert alike(inner.id, outer), (inner.id, outer)


def test_a_line_tells_its_whole_its_part_and_the_rest() -> None:
    assert numbers_of("M1", 98, 26) == [("listed", 98), ("missed", 26), ("listed and told", 72)]
    assert numbers_of("victims|seen", 20, 6) == [("victims question", 20)]
    assert numbers_of("exceptions|breach", 20, 6) == []


def test_outcomes_tell_the_sums_in_which_all_cautions_are() -> None:
    lines = {"youth_caution": 12, "youth_conditional_caution": 8, "community_resolution": 90, "outcome_22": 7}
    found: list[Number] = list(numbers_of_outcomes(lines, sums=True))
    assert ("cautions", 20) in found
    assert [many for name, many in found if name == "sums"] == [110, 27, 117]
    assert all(name.startswith("given ") for name, _ in numbers_of_outcomes(lines, sums=False))


def test_what_follows_from_withheld_outcomes_is_withheld() -> None:
    told = Told(lines={"M1": None, "M11": (5, 10)}, hidden=("no_further_action",))
    assert [name for name in ("M1", "M3", "M4", "M5", "M11") if told.withholds(name)] == ["M1", "M4"]
    assert Told(hidden=("youth_caution",)).withholds("M3")
    nobody_knows = Told(anything=False)
    assert nobody_knows.withholds("M1")
    assert not nobody_knows.withholds("M5")
