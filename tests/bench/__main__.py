"""`make bench`: fills a throw-away database, measures the pages, and fails when they are slow."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine

import panel.models  # noqa: F401 - rows name each other's tables, so all of them must be known
from tests.bench.fill import fill
from tests.bench.pages import Timing, application, measure
from tests.support import databases

FEW = 10
# A page may ask so many questions and no more: the first page of a case with everything has the most.
MOST_QUESTIONS = 24


def main(arguments: list[str] | None = None) -> int:
    """Measure; 1 when a page is too slow, or asks more questions of many cases than of ten."""
    asked = _options(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="panel-bench-")))
        few = _run(stack, folder / "few", asked.database, FEW, times=2)
        many = _run(stack, folder / "many", asked.database, asked.cases, times=asked.times)
    troubles = judge(few, many, limit=asked.limit)
    print(table(many))
    for trouble in troubles:
        print(f"TROUBLE: {trouble}")
    slowest = max(many, key=lambda timing: timing.p95)
    print(
        f"{len(many)} pages; the slowest has a p95 of {slowest.p95:.0f} ms, the limit is {asked.limit:g} ms."
    )
    return 1 if troubles else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--times", type=int, default=40, help="requests for each page (40)")
    parser.add_argument("--limit", type=float, default=100.0, help="most milliseconds at the 95th percentile")
    parser.add_argument(
        "--database", default="sqlite", help="sqlite, postgresql (a server of its own), or the address of one"
    )
    return parser.parse_args(arguments)


def _run(stack: ExitStack, folder: Path, database: str, cases: int, *, times: int) -> list[Timing]:
    folder.mkdir()
    engine = stack.enter_context(_engine(database, folder))
    databases.migrate(engine)
    began = time.perf_counter()
    made = fill(engine, cases)
    print(f"{cases} cases written in {time.perf_counter() - began:.0f} s", flush=True)
    return measure(application(engine, folder), made, times=times)


@contextmanager
def _engine(database: str, folder: Path) -> Iterator[Engine]:
    with ExitStack() as stack:
        url = f"sqlite:///{folder}/panel.db"
        if database != "sqlite":
            own = database == "postgresql"
            server = stack.enter_context(databases.postgres_server()) if own else database
            url = stack.enter_context(databases.scratch_postgres(server))
        yield stack.enter_context(databases.open_engine(url))


def judge(few: list[Timing], many: list[Timing], *, limit: float) -> list[str]:
    """What is wrong: pages that take too long, that ask more than they may, or whose questions grow."""
    before = {(timing.role, timing.page): timing for timing in few}
    troubles = []
    for one in many:
        name, growth = f"{one.role.value}, {one.page}", grown(before[one.role, one.page], one)
        if one.p95 > limit:
            troubles.append(f"{name}: p95 {one.p95:.0f} ms")
        if max(one.questions) > MOST_QUESTIONS:
            troubles.append(f"{name}: {max(one.questions)} questions, at most {MOST_QUESTIONS} are allowed")
        troubles += [f"{name}: {was} questions of {FEW} cases, {now} of many" for was, now in growth]
    return troubles


def grown(few: Timing, many: Timing) -> list[tuple[int, int]]:
    """Where more questions are asked of many cases than of few: the same addresses are compared.

    Of two cases one has what the other has not, such as an ethnic group to be named, and its page asks for
    it: that is no growth, and the most that any asks is held against `MOST_QUESTIONS`. A page of which no
    address is in both databases, such as the second one of a list, is compared as a whole.
    """
    same = [(few.asked[path], number) for path, number in many.asked.items() if path in few.asked]
    pairs = same or [(max(few.questions), max(many.questions))]
    return [(was, now) for was, now in pairs if now > was]


def table(many: list[Timing]) -> str:
    """The timings as text, one line for each page."""
    lines = [f"{'role':<18}{'page':<32}{'median':>8}{'p95':>8}{'most':>8}{'questions':>11}   milliseconds"]
    lines += [
        f"{t.role.value:<18}{t.page:<32}{t.median:>8.1f}{t.p95:>8.1f}{max(t.times):>8.1f}"
        f"{_numbers(t.questions):>11}"
        for t in many
    ]
    return "\n".join(lines)


def _numbers(found: frozenset[int]) -> str:
    return " or ".join(map(str, sorted(found)))


if __name__ == "__main__":
    sys.exit(main())
