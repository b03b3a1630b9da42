"""Whatever people do to four cases in one meeting, in whatever order: what may never happen does not.

The machine presses the real routes as five people and keeps a book of its own about who is here, who has a
conflict, who has spoken and what the child admitted. After each step it compares: no decision without quorum,
none without the admission that the law asks for, no edit after the decision, and a history that only grows.
"""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel import create_app
from panel.accounts.models import Membership
from panel.db import transaction
from panel.decisions.models import Condition, DecidedOutcome, Decision
from panel.forms import new_key
from panel.history.models import Event
from panel.history.verify import verify
from panel.meetings import actions as meetings
from panel.meetings.models import AgendaItem, Position
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.conftest import settings_for
from tests.panel.conftest import signed_in
from tests.support import databases
from tests.support.decided import SEATS, here, listed, on_record, planned
from tests.support.visitor import Page, Visitor
from tests.support.world import NOW, World, build
from workflows.case import Status
from workflows.roles import Role
from workflows.vocabulary import CAUTIONS, Admission, Outcome

SAID = (Admission.FULL, Admission.DENIES, Admission.DENIES, Admission.FULL)  # one case for each
CASES = st.sampled_from(range(len(SAID)))
MEMBERS = ("chair", "seconded", "victim_worker")
STAND_IN = "liaison"  # holds the police role too, and was not invited
PEOPLE = (*MEMBERS, STAND_IN, "officer")
SEAT_OF = {key: seat for seat, key in SEATS.items()} | {STAND_IN: "police"}
OUTCOMES = st.sampled_from((Outcome.NFA, Outcome.YC, Outcome.YCC, Outcome.CR))
LATE = st.sampled_from((None, None, None, "seconded", "victim_worker"))
FINE = {200, 205, 303, 403, 404, 409, 422}


class Ground:
    """What every run starts from: one database to copy, the application, and five signed-in browsers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.template = folder, folder / "template.db"
        self.app: PanelApp
        with databases.open_engine(f"sqlite:///{self.template}") as engine:
            databases.migrate(engine)
            self.app = create_app(settings_for(f"sqlite:///{self.template}", folder))
            self.app.engine.dispose()
            self.app.engine = engine
            self.app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
            with transaction(engine) as db:
                self.world: World = build(db)
                self._cases(db)
            self.visitors: dict[str, Visitor] = {key: signed_in(self.app, key) for key in PEOPLE}
            self.tokens = {key: _token(visitor.open("/password")) for key, visitor in self.visitors.items()}
            with engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _cases(self, db: Session) -> None:
        north = self.world.areas["north"]
        db.add(Membership(user_id=self.world.users[STAND_IN], area_id=north, role=Role.SECONDED))
        meeting, chair = planned(db, self.world), self.world.actor("chair")
        cases = [listed(db, self.world, meeting=meeting, admission=said) for said in SAID]
        for case in cases:
            on_record(db, self.world, case)
        meetings.open_meeting(db, meeting, by=chair, at=NOW)
        meetings.attendance(db, meeting, here(self.world), by=chair, at=NOW)
        self.meeting = f"/meetings/{meeting.reference}"
        self.cases = [f"/cases/{case.reference}" for case in cases]
        self.ids = [case.id for case in cases]


GROUND: list[Ground] = []
COUNT: Counter[str] = Counter()


class Panel(RuleBasedStateMachine):
    """One meeting with four cases; the book is kept apart from everything that the service knows."""

    def __init__(self) -> None:
        super().__init__()
        self.ground = GROUND[0]
        self.here = set(MEMBERS)
        self.out: dict[int, set[str]] = {case: set() for case in range(len(SAID))}
        self.steps_in: set[int] = set()
        self.spoke: dict[int, set[str]] = {case: set() for case in range(len(SAID))}
        self.written: dict[int, Outcome] = {}
        self.ended: dict[int, Status] = {}
        self.decisions: dict[int, str] = {}
        self.history: dict[str, list[str]] = {}

    @initialize(
        tried=st.lists(st.tuples(CASES, OUTCOMES, LATE), min_size=2, max_size=3),
    )
    def begin(self, tried: list[tuple[int, Outcome, str | None]]) -> None:
        """A database of its own, and a first round, so that what follows happens before and after the end."""
        copy = self.ground.folder / "run.db"
        for old in self.ground.folder.glob("run.db*"):
            old.unlink()
        shutil.copy(self.ground.template, copy)
        self.engine: Engine = databases.make_engine(f"sqlite:///{copy}")
        self.ground.app.engine = self.engine
        for case, outcome, late in tried:
            self.goes_through(case, outcome, late)

    def teardown(self) -> None:
        """Leave no connection behind."""
        if hasattr(self, "engine"):
            self.engine.dispose()

    def press(self, key: str, path: str, values: dict[str, Any], *, page: Page | None = None) -> int:
        """Send a form as this person, with the version that its page carries; nothing ever breaks."""
        visitor = self.ground.visitors[key]
        hidden = _hidden(page, path) if page else {}
        token = {"csrf_token": self.ground.tokens[key], "act_key": new_key()}
        page = Page(visitor.client.post(path, data=hidden | values | token))
        assert page.status in FINE, (key, path, page.status, page.text[:200])
        COUNT[f"{path.rsplit('/', 1)[-1] if '/cases/' in path else 'meeting'} {page.status}"] += 1
        return page.status

    def _counts(self, case: int) -> dict[str, str]:
        """Who counts in this case by the book, by seat: here, or stepping in, and without a conflict."""
        found = {SEAT_OF[key]: key for key in self.here if key not in self.out[case]}
        if case in self.steps_in and "police" not in found and STAND_IN not in self.out[case]:
            found["police"] = STAND_IN
        return found

    @rule(absent=st.sampled_from((None, None, *MEMBERS)))
    def says_who_is_here(self, absent: str | None) -> None:
        """The chair writes down the attendance: all three, or all but one."""
        users = self.ground.world.users
        sits = {seat: str(0 if key == absent else users[key]) for seat, key in SEATS.items()}
        page = self.ground.visitors["chair"].open(f"{self.ground.meeting}/attendance")
        if self.press("chair", f"{self.ground.meeting}/attendance", sits, page=page) == 303:
            self.here = {key for key in MEMBERS if key != absent}

    @rule(case=CASES, key=st.sampled_from((*MEMBERS, STAND_IN)), outcome=OUTCOMES)
    def takes_a_position(self, case: int, key: str, outcome: Outcome) -> None:
        """Somebody speaks for themselves."""
        base = f"{self.ground.cases[case]}/panel"
        if self.press(key, f"{base}/position", {"outcome": outcome.value}) == 303:
            assert case not in self.ended, "a position after the end"
            assert key in self._counts(case).values(), "a position of somebody who does not count"
            self.spoke[case].add(key)

    @rule(case=CASES, outcome=OUTCOMES)
    def everybody_speaks(self, case: int, outcome: Outcome) -> None:
        """All who count say the same, so that runs reach decisions."""
        for key in self._counts(case).values():
            self.takes_a_position(case, key, outcome)

    @rule(case=CASES, key=st.sampled_from((*MEMBERS, STAND_IN)))
    def declares_a_conflict(self, case: int, key: str) -> None:
        """Somebody finds that they are tied to the case."""
        own = {"kind": "knows", "text": "A neighbour", "user_id": str(self.ground.world.users[key])}
        if self.press(key, f"{self.ground.cases[case]}/conflict", own) == 303:
            self.out[case].add(key)

    @rule(case=CASES)
    def somebody_steps_in(self, case: int) -> None:
        """The chair names another police officer for one case."""
        named = {"police": str(self.ground.world.users[STAND_IN])}
        before = self._counts(case).get("police")
        if self.press("chair", f"{self.ground.cases[case]}/panel/instead", named) == 303 and not before:
            self.steps_in.add(case)

    @rule(case=CASES, outcome=OUTCOMES)
    def writes_and_decides(self, case: int, outcome: Outcome) -> None:
        """The chair writes an outcome and records it; here the book is compared with what happened."""
        base, visitor = f"{self.ground.cases[case]}/panel", self.ground.visitors["chair"]
        page = visitor.open(f"{base}/decision", status=None)
        names = [n for f in page.forms() for n in f.names if n.startswith("outcome_")]
        said = dict.fromkeys(names, outcome.value) | {"reasons": "Agreed.", "then": "stay"}
        if names and self.press("chair", f"{base}/decision", said, page=page) == 303:
            self.written[case] = outcome
        self.decides(case)

    @rule(case=CASES, outcome=OUTCOMES, late=LATE)
    def goes_through(self, case: int, outcome: Outcome, late: str | None) -> None:
        """All speak, and the chair writes and records it; now and then somebody finds a conflict late."""
        self.everybody_speaks(case, outcome)
        if late:
            self.declares_a_conflict(case, late)
        self.writes_and_decides(case, outcome)

    @rule(case=CASES)
    def decides(self, case: int) -> None:
        """The chair presses the button, whatever is missing; guidance is overridden with a reason."""
        base, visitor = f"{self.ground.cases[case]}/panel", self.ground.visitors["chair"]
        page = visitor.open(f"{base}/check", status=None)
        asked = {n: "Agreed" for f in page.forms() for n in f.names if n.startswith("override-")}
        if self.press("chair", f"{base}/check", asked, page=page) == 303:
            self._was_decided(case)

    def _was_decided(self, case: int) -> None:
        counts = self._counts(case)
        assert case not in self.ended, "decided twice"
        assert set(counts) == set(SEATS), f"decided without quorum: {counts}"
        assert len(set(counts.values())) == 3
        assert set(counts.values()) <= self.spoke[case], "decided before all had spoken"
        assert "chair" not in self.out[case], "decided by somebody with a conflict"
        admitted = SAID[case] is Admission.FULL
        assert admitted or self.written[case] not in CAUTIONS, "a caution without an admission"
        COUNT[f"decided {'' if admitted else 'not '}admitted"] += 1
        COUNT["cautions"] += self.written[case] in CAUTIONS
        self.ended[case] = Status.DECIDED
        self.decisions[case] = self._decision(case)
        COUNT["decided"] += 1

    @rule(case=CASES)
    def defers(self, case: int) -> None:
        """The chair puts the case off."""
        path = f"{self.ground.cases[case]}/panel/defer"
        if self.press("chair", path, {"code": "report_missing", "reason": "Not today"}) == 303:
            assert case not in self.ended
            self.ended[case] = Status.DEFERRED

    @rule(case=CASES)
    def withdraws(self, case: int) -> None:
        """The officer takes the referral back."""
        path = f"{self.ground.cases[case]}/withdraw"
        if self.press("officer", path, {"reason": "New evidence"}) == 303:
            assert self.ended.get(case) in (None, Status.DEFERRED), "withdrawn after the decision"
            self.ended[case] = Status.WITHDRAWN

    def _decision(self, case: int) -> str:
        """Everything that belongs to the decision of a case, as one text."""
        with Session(self.engine) as db:
            decisions = db.exec(select(Decision).where(Decision.referral_id == self.ground.ids[case])).all()
            found: list[Any] = list(decisions)
            ids = [decision.id for decision in decisions]
            for table in (DecidedOutcome, Condition):
                found += db.exec(select(table).where(col(table.decision_id).in_(ids))).all()
            items = select(AgendaItem.id).where(AgendaItem.referral_id == self.ground.ids[case])
            found += db.exec(select(Position).where(col(Position.item_id).in_(items))).all()
            return repr([row.model_dump() for row in found])

    @invariant()
    def what_was_decided_stays(self) -> None:
        """No edit after the decision, by any route."""
        for case, text in self.decisions.items():
            assert self._decision(case) == text

    @invariant()
    def the_case_stands_where_the_book_says(self) -> None:
        """And there is a decision exactly for the cases that were decided."""
        if not hasattr(self, "engine"):
            return
        with Session(self.engine) as db:
            found = {case.id: case.status for case in db.exec(select(Referral))}
            decided = set(db.exec(select(Decision.referral_id)))
        for case, number in enumerate(self.ground.ids):
            assert found[number] is self.ended.get(case, Status.LISTED)
            assert (number in decided) is (self.ended.get(case) is Status.DECIDED)

    @invariant()
    def history_only_grows(self) -> None:
        """Every chain verifies, and begins with what it was before."""
        if not hasattr(self, "engine"):
            return
        assert verify(self.engine) == []
        now: dict[str, list[str]] = {}
        with Session(self.engine) as db:
            for chain, digest in db.exec(
                select(Event.chain, Event.digest).order_by(col(Event.chain), col(Event.seq))
            ):
                now.setdefault(chain, []).append(digest)
        for chain, digests in self.history.items():
            assert now[chain][: len(digests)] == digests, chain
        self.history = now


def _hidden(page: Page, path: str) -> dict[str, Any]:
    """The version that a page carries for this address, if it has such a form."""
    for form in page.forms():
        if form.method == "post" and form.action.split("?")[0] == path and "version" in form.filled:
            return {"version": form.filled["version"][0]}
    return {}


def _token(page: Page) -> str:
    found = [e.get("value", "") for e in page.tree.iter("input") if e.get("name") == "csrf_token"]
    return found[0]


@pytest.fixture
def _ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    GROUND[:] = [Ground(tmp_path)]
    COUNT.clear()
    yield
    GROUND.clear()


@pytest.mark.usefixtures("_ground")
def test_nothing_that_people_do_in_a_meeting_breaks_what_must_hold() -> None:
    run_state_machine_as_test(
        Panel,
        settings=settings(
            # What Hypothesis draws depends on the modules that other tests have loaded: 16 runs came by
            # 7 to 17 decisions, so there are enough of them for the counts below.
            max_examples=32,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            # A failure is told at once; add Phase.shrink to have it made smaller, which takes minutes.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(dict(sorted(COUNT.items())))  # noqa: T201 - what the runs came by
    assert COUNT["decided"] >= 12, "the runs hardly ever reach a decision, so that they prove little"
    assert COUNT["cautions"] >= 3, "no caution is ever decided, so that admission proves nothing"
    assert COUNT["defer 303"]
    assert COUNT["check 409"] >= 20
