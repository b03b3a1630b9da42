"""Draws each state machine from its own table, so that no picture can tell another story than the code."""

from pathlib import Path
from typing import Any

from workflows.action import ACTION
from workflows.appointment import APPOINTMENT
from workflows.assessment import ASSESSMENT
from workflows.case import CASE
from workflows.disposal import DISPOSAL
from workflows.flow import Flow
from workflows.meeting import MEETING
from workflows.merge import MERGE
from workflows.minutes import MINUTES
from workflows.plan import PLAN
from workflows.police_list import POLICE_LIST
from workflows.ruling import CORRECTION, RESCISSION
from workflows.scrutiny import ROUND, SAMPLED

FOLDER = Path("docs")
FLOWS: tuple[Flow[Any, Any], ...] = (
    *(CASE, ASSESSMENT, MEETING, APPOINTMENT, DISPOSAL, PLAN, MERGE, CORRECTION, RESCISSION),
    *(ACTION, MINUTES, ROUND, SAMPLED, POLICE_LIST),
)
TOP = """# The state machines

Drawn by `make docs` from the tables in `workflows/`; do not edit. Each arrow is a move and who may make it.
Below each picture stand the words with which a move is refused: a *must* blocks, a *should* can be
passed over by a named person who gives a reason.
"""


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write every drawing; the files that changed."""
    changed = stale(folder)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_drawings(folder)[path])
    return changed


def stale(folder: Path = FOLDER) -> list[Path]:
    """The drawings that no longer show what the tables say."""
    return [path for path, text in _drawings(folder).items() if not path.exists() or path.read_text() != text]


def _drawings(folder: Path) -> dict[Path, str]:
    pictures = {folder / "flows" / f"{flow.name}.mmd": flow.mermaid() for flow in FLOWS}
    return {**pictures, folder / "flows.md": "\n".join([TOP, *map(_chapter, FLOWS)])}


def _chapter(flow: Flow[Any, Any]) -> str:
    lines = [f"## {flow.name.capitalize()}", "", "```mermaid", flow.mermaid().rstrip(), "```", ""]
    for move in flow.moves:
        if move.guards:
            sources = ", ".join(source.value for source in move.sources)
            lines += [f"**{move.name}** ({sources} → {move.to.value})", ""]
            lines += [f"- {'must' if g.hard else 'should'}: {g.says} *({g.source})*" for g in move.guards]
            lines += [""]
    return "\n".join(lines)
