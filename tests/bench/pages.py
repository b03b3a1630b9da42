"""The pages that are measured, and how long each takes in the application itself."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from config.settings import Settings
from panel import create_app
from panel.memory import settle
from panel.web import PanelApp
from tests.bench.case import Case, email, person
from tests.support.visitor import Visitor
from tests.support.world import PASSWORD
from workflows.calendar import today_in_london
from workflows.case import Status
from workflows.roles import Role

SECRET = "only for measuring, never for an installation"
LISTS = {
    Role.YOT_MANAGER: ("open", "near", "late", "submitted", "accepted", "closed", "all"),
    Role.CASE_MANAGER: ("mine", "near", "late", "all"),
    Role.OFFICER: ("sent", "draft", "near"),
    Role.SECONDED: ("open", "near", "decided"),
    Role.VICTIM_WORKER: ("open", "near"),
    Role.LIAISON: ("given", "near"),
    Role.INSPECTOR: ("all", "closed"),
}
# The other lists and counts of a role, by what the table of the bench calls them.
ALSO = {
    Role.YOT_MANAGER: {
        "meetings": "/meetings",
        "papers to read": "/papers-to-read",
        "countersigning": "/countersigning",
        "safeguarding": "/safeguarding",
        "signed copies": "/signed-copies",
        "keeping": "/keeping?list=open",
        "liaison": "/liaison",
        "liaison, all": "/liaison?list=running",
        "codes, ready": "/code-22",
        "codes, waiting": "/code-22?list=waiting",
        "codes, released": "/code-22?list=released",
        "feedback": "/feedback",
        "notifications": "/notifications",
        "notifications, late": "/notifications?show=late",
        "week": "/week",
        "mails": "/mails",
        "actions": "/actions?list=area",
        "two policies": "/joint-policy",
        "police disposals": "/police-disposals",
        "exceptions": "/police-disposals?show=exceptions",
        "pairs": "/police/pairs",
        "lists": "/police/lists",
        "metrics": "/metrics",
        "metric": "/metrics/M13",
        "metric list": "/metrics/M13/passing",
        "metrics next": "/metrics/next",
    },
    Role.CASE_MANAGER: {"contacts": "/contacts", "keeping, late": "/keeping?list=late"},
    Role.SECONDED: {"keeping, police": "/keeping?list=police", "codes, ready": "/code-22"},
    Role.VICTIM_WORKER: {"victims to ask": "/victims/to-ask", "victims to tell": "/victims/to-tell"},
    Role.LIAISON: {"liaison": "/liaison"},
}
DEEP = {Role.YOT_MANAGER: ("open", "all"), Role.INSPECTOR: ("all",), Role.CASE_MANAGER: ("mine",)}
TODAY = today_in_london(datetime.now(UTC))
GAP = {
    "gap": "/gap",
    "gap list untold": "/gap/disposals",
    # The days of `police.py`: in a database of few, everything that is late was given 60 days ago.
    "gap list late": f"/gap/disposals?group=late&first={TODAY - timedelta(days=120)}&last={TODAY}",
    "gap queries": "/gap/queries",
    "ratings": "/ratings",
    "ratings elsewhere": "/ratings/elsewhere",
}
AUDITS = {"audits": "/audits"}
QUALITY = {
    "data quality": "/data-quality",
    "data quality, all": "/data-quality?quarter=all",
    "data quality list": "/data-quality/gender_missing?quarter=all",
    "data quality, rare": "/data-quality/given_before_decided?quarter=all",
}
TEAM = {"team": "/team", "team, unseen": f"/team/{person(1, Role.CASE_MANAGER)}?list=unseen"}
CASE_PAGES = ("", "/offence", "/history")
STATES = (Status.ACCEPTED, Status.DECIDED, Status.NOTIFIED)


@dataclass(frozen=True)
class Timing:
    """One page as one role sees it: milliseconds, and the most statements sent for each of its addresses."""

    role: Role
    page: str
    times: tuple[float, ...]
    asked: Mapping[str, int]

    @property
    def median(self) -> float:
        """The middle of the times."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """Nineteen of twenty requests are quicker."""
        if len(self.times) == 1:
            return self.times[0]
        return quantiles(self.times, n=20, method="inclusive")[-1]

    @property
    def questions(self) -> frozenset[int]:
        """How many statements its addresses need: one case has something to show that another has not."""
        return frozenset(self.asked.values())


@dataclass(frozen=True)
class Sample:
    """A page and the addresses with which it is asked for in turn."""

    role: Role
    page: str
    paths: Sequence[str]


def application(engine: Engine, folder: Path) -> PanelApp:
    """The application on a database of ours, as it runs elsewhere."""
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(
        Settings.from_environment(
            {"DATABASE_URL": url, "SECRET_KEY": SECRET, "PANEL_DEMO": "1", "DATA_DIR": str(folder)}
        )
    )
    app.engine.dispose()
    app.engine = engine
    return app


def measure(app: PanelApp, cases: Sequence[Case], *, times: int) -> list[Timing]:
    """Every page, `times` times each, after two that warm it up; memory is settled as in `wsgi.py`."""
    settle()
    found = []
    for role in (*LISTS, Role.BOARD):
        visitor = Visitor(app)
        visitor.send("/sign-in", {"email": email(1, role), "password": PASSWORD})
        found += [
            _time(app.engine, visitor.client, sample, times) for sample in _samples(visitor, role, cases)
        ]
    return found


def _samples(visitor: Visitor, role: Role, cases: Sequence[Case]) -> Iterator[Sample]:
    yield Sample(role, "home", ("/",))
    if role is Role.BOARD:
        yield Sample(role, "board packs", ("/board-pack",))
        yield Sample(role, "what the board asked", ("/board-pack/asked",))
        pack = next(href for href in visitor.open("/board-pack").links.values() if "/BP-" in href)
        yield Sample(role, "a published pack", (pack,))
        return
    if role is not Role.INSPECTOR:
        yield Sample(role, "tasks", ("/tasks",))
    for name in LISTS[role]:
        yield Sample(role, f"list {name}", (f"/cases?list={name}",))
    for name, path in ALSO.get(role, {}).items():
        yield Sample(role, name, (path,))
    for name in DEEP.get(role, ()):
        yield Sample(role, f"list {name}, later pages", tuple(_pages(visitor, name)))
    if role in (Role.YOT_MANAGER, Role.INSPECTOR):
        yield from (Sample(role, name, (path,)) for name, path in (GAP | AUDITS | QUALITY | TEAM).items())
    if role is Role.CASE_MANAGER:
        yield from (Sample(role, name, (path,)) for name, path in QUALITY.items())
    if role in (Role.YOT_MANAGER, Role.INSPECTOR, Role.CASE_MANAGER):
        yield from _case_samples(role, cases)


def _pages(visitor: Visitor, name: str, most: int = 30) -> Iterator[str]:
    """The addresses of the pages behind the first one; of the first when there is no other."""
    path, first = f"/cases?list={name}", True
    for _ in range(most):
        links = visitor.open(path).links
        onward = next((href for words, href in links.items() if words.startswith("Next")), "")
        if not onward:
            break
        path, first = onward, False
        yield path
    if first:
        yield path


def _case_samples(role: Role, cases: Sequence[Case]) -> Iterator[Sample]:
    for state in STATES:
        of_area = [case for case in cases if case.area == 1 and case.status is state]
        mine = [case for case in of_area if role is not Role.CASE_MANAGER or case.worker == of_area[0].worker]
        for page in CASE_PAGES:
            paths = tuple(f"/cases/{case.reference}{page}" for case in mine[:200])
            yield Sample(role, f"case {state.value}{page or ' overview'}".replace("/", " "), paths)


def _time(engine: Engine, client: FlaskClient, sample: Sample, times: int) -> Timing:
    for _ in range(2):
        client.get(sample.paths[0])
    took: list[float] = []
    asked: dict[str, int] = {}
    for number in range(times):
        path = sample.paths[number * 7 % len(sample.paths)]
        with _counted(engine) as sent:
            began = perf_counter()
            answer = client.get(path)
            took.append((perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{sample.role} {path}: {answer.status_code}"
        asked[path] = max(len(sent), asked.get(path, 0))
    return Timing(sample.role, sample.page, tuple(took), asked)


@contextmanager
def _counted(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
