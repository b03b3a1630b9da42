"""Where a list goes on is read from the address; what cannot be read begins at the beginning."""

from datetime import date

import pytest
from flask import Flask

from panel.request import LARGEST, behind

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-30_17", (DAY, 17)),
        ("2026-11-30.17", (DAY, 17)),
        (f"2026-11-30_{LARGEST}", (DAY, LARGEST)),
        (f"2026-11-30_{LARGEST + 1}", (DAY, LARGEST)),
        ("2026-11-31_17", None),
        ("2026-11-30_", None),
        ("2026-11-30_-1", None),
        ("2026-11-30_²", None),
        ("", None),
    ],
)
def test_a_day_and_a_number_that_a_row_can_have(text: str, found: tuple[date, int] | None) -> None:
    with Flask("test").test_request_context(query_string={"after": text}):
        assert behind() == found
        assert behind("before") is None
