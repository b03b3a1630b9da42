"""What `make bench` measures can be measured: with few cases, so that it does not rot between two runs."""

from tests.bench.__main__ import main


def test_every_page_answers_and_asks_as_many_questions_of_500_cases_as_of_ten() -> None:
    assert main(["--cases", "500", "--times", "1", "--limit", "5000"]) == 0
