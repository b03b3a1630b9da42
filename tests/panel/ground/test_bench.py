"""What `make bench` measures can be measured: with few cases, so that it does not rot between two runs."""

from collections.abc import Mapping

import pytest

from tests.bench.__main__ import MOST_QUESTIONS, judge, main
from tests.bench.pages import Timing
from workflows.roles import Role


def test_every_page_answers_and_asks_as_many_questions_of_500_cases_as_of_ten() -> None:
    assert main(["--cases", "500", "--times", "1", "--limit", "5000"]) == 0


def timing(asked: Mapping[str, int], milliseconds: float = 9) -> Timing:
    """A page that answers in so many milliseconds."""
    return Timing(Role.YOT_MANAGER, "page", (milliseconds,), asked)


@pytest.mark.parametrize(
    ("few", "many", "troubles"),
    [
        # The same case asks the same, whatever other cases have to show.
        ({"/cases/1": 14}, {"/cases/1": 14, "/cases/2": 17}, []),
        ({"/cases/1": 14}, {"/cases/1": 13}, []),
        ({"/cases/1": 14}, {"/cases/1": 15}, ["14 questions of 10 cases, 15 of many"]),
        # The second page of a list is nowhere in the small database.
        ({"/cases": 14}, {"/cases?after=9": 14}, []),
        ({"/cases": 14}, {"/cases?after=9": 15}, ["14 questions of 10 cases, 15 of many"]),
        ({"/": MOST_QUESTIONS}, {"/": MOST_QUESTIONS}, []),
        (
            {"/cases/1": 14},
            {"/cases/1": 14, "/cases/2": MOST_QUESTIONS + 1},
            [f"{MOST_QUESTIONS + 1} questions, at most {MOST_QUESTIONS} are allowed"],
        ),
    ],
)
def test_the_bench_complains_of_growth_and_not_of_two_cases_that_differ(
    few: Mapping[str, int], many: Mapping[str, int], troubles: list[str]
) -> None:
    found = judge([timing(few)], [timing(many)], limit=10)
    assert found == [f"yot_manager, page: {said}" for said in troubles]


@pytest.mark.parametrize(("milliseconds", "troubles"), [(10, 0), (10.1, 1)])
def test_the_bench_complains_of_a_page_that_takes_longer_than_its_limit(
    milliseconds: float, troubles: int
) -> None:
    found = judge([timing({"/": 1})], [timing({"/": 1}, milliseconds)], limit=10)
    assert len(found) == troubles
