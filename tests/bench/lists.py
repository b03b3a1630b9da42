"""`python -m tests.bench.lists`: a list of 100,000 rows in a process of its own, its time and memory."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, func, select

import panel.models  # noqa: F401 - rows name each other's tables, so all of them must be known
from panel import clock
from panel.db import make_engine, transaction
from panel.lists import actions
from panel.lists.checking import check_list
from panel.lists.importing import import_list
from panel.police.models import PoliceDisposal, PoliceList
from tests.support import databases
from tests.support.lists import as_csv, as_xlsx, named, rows, sent
from tests.support.world import build

MOST_SECONDS, MOST_MB = 120, 300
T = TypeVar("T")


def main() -> int:
    """Make the files, measure each in a process of its own; 1 when one takes too long or too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    parser.add_argument("--kind", default="csv", choices=("csv", "xlsx"))
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="panel-lists-")))
        url = f"sqlite:///{folder}/panel.db"
        if asked.database == "postgresql":
            server = stack.enter_context(databases.postgres_server())
            url = stack.enter_context(databases.scratch_postgres(server))
        with databases.open_engine(url) as engine:
            databases.migrate(engine)
        file = folder / f"list.{asked.kind}"
        table = rows(asked.rows)
        file.write_bytes(as_csv(table).encode() if asked.kind == "csv" else as_xlsx(table))
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.lists", "measure"],
            env=os.environ | {"LIST_URL": url, "LIST_FILE": str(file)},
        )
        return done.returncode


def measure(url: str, file: Path) -> int:
    """Send, check and import one file; say the time of each part and the most memory of the process."""
    engine = make_engine(url)
    began = time.perf_counter()
    number, user = _timed("send", lambda: _send(engine, file.read_bytes()))
    _timed("check", lambda: check_list(engine, number, user, 1, now=clock.now))
    _timed("confirm", lambda: _confirm(engine))
    _timed("import", lambda: import_list(engine, number, user, now=clock.now))
    seconds, busy = time.perf_counter() - began, time.process_time()
    most = most_memory()
    with Session(engine) as db:
        held = db.exec(select(func.count()).select_from(PoliceDisposal)).one()
    print(
        f"{held:,} rows in {seconds:.1f} s (limit {MOST_SECONDS}), of which the processor worked {busy:.1f} s"
    )
    print(f"{most:.0f} MB at most (limit {MOST_MB})")
    return int(seconds > MOST_SECONDS or most > MOST_MB)


def most_memory() -> float:
    """The most memory that this process held, in MB.

    Not `ru_maxrss`: a process inherits that of whoever started it, which here has made the spreadsheet.
    """
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def _timed(what: str, act: Callable[[], T]) -> T:
    began = time.perf_counter()
    done = act()
    most = most_memory()
    print(f"{what}: {time.perf_counter() - began:.1f} s, {most:.0f} MB so far", flush=True)
    return done


def _send(engine: Engine, data: bytes) -> tuple[int, int]:
    with transaction(engine) as db:
        world = build(db)
        one = sent(db, world, data)
        said = named(db, one)
        actions.map_columns(db, one, said, by=world.actor("manager"), at=clock.now(), queue=False)
        return one.id, world.users["manager"]


def _confirm(engine: Engine) -> None:
    with transaction(engine) as db:
        one = db.exec(select(PoliceList)).one()
        by = _carrier(db, one)
        actions.confirm(db, one, whole=False, by=by, at=clock.now(), queue=False)


def _carrier(db: Session, one: PoliceList) -> actions.Actor:
    from panel.lists.queries import carrier

    return carrier(db, one.by_id, one.area_id)


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        sys.exit(measure(os.environ["LIST_URL"], Path(os.environ["LIST_FILE"])))
    sys.exit(main())
