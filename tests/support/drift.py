"""After each test, whether the kept figures are what its database gives.

`python -m pytest -p tests.support.drift tests/panel/...`

Too slow for every run; for a change of what a figure counts, or of how an act writes. A test that changes
rows past the session (raw SQL) is reported as well, and is no fault.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, inspect

from panel.figures.rebuild import verify
from tests.support import databases

_open_engine = databases.open_engine


@contextmanager
def _and_verify(url: str) -> Iterator[Engine]:
    with _open_engine(url) as engine:
        yield engine
        if inspect(engine).has_table("figure"):
            assert verify(engine) == []


databases.open_engine = _and_verify
