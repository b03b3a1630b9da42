"""Code lists from the command line."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from panel import clock
from panel.codes import actions
from panel.codes.commands import LoadDetails
from panel.codes.reading import Problem, read
from panel.db import transaction
from workflows.codes import CodeList


def problems_in(kind: str, path: Path) -> list[str]:
    """Every problem of a file, one line each; empty when it can be loaded."""
    found = read(CodeList(kind), path.read_bytes()).problems
    return [f"{_place(problem)}: {problem.says}" for problem in found]


def _place(problem: Problem) -> str:
    return ", ".join(filter(None, (f"row {problem.row}" if problem.row else "the file", problem.column)))


def load(engine: Engine, kind: str, path: Path, *, name: str, since: date) -> int:
    """Load a file and give back how many rows it has. Raises `Refused`."""
    reading = read(CodeList(kind), path.read_bytes())
    command = LoadDetails(name=name, in_force_from=since)
    with transaction(engine) as db:
        return actions.load(db, reading, command, by=actions.OPERATOR, at=clock.now()).size
