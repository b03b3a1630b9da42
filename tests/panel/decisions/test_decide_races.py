"""Two people act on one case at the same instant, 200 times on each database: one result (X11).

`PAIRS=300 make test T="-k at_once"` starts more pairs for each kind of race.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, select, update

from config.policy import names
from panel.db import transaction
from panel.decisions import actions, deferring
from panel.decisions import decide as deciding
from panel.decisions.commands import Deferral, PositionTaken
from panel.decisions.models import Decision
from panel.errors import Stale
from panel.history.models import Event
from panel.history.record import case_chain
from panel.history.verify import verify
from panel.meetings import actions as meetings
from panel.meetings import conflicts
from panel.meetings.conflict_commands import Declaration
from panel.meetings.models import Meeting, Member, Position
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from tests.support.copies import copies
from tests.support.decided import here, mark_of, open_meeting, ready
from tests.support.world import NOW, TODAY, World, build
from workflows.case import Status
from workflows.conflict import ConflictKind
from workflows.flow import Refused
from workflows.vocabulary import Outcome

Act = Callable[[Session], object]
Acts = Callable[[World, str], Act]
LOST = (Stale, StaleDataError, Refused)
PAIRS = int(os.environ.get("PAIRS", "40"))  # for each of five kinds
OFF = Deferral(code="report_missing", reason="The school report")
CONFLICT = Declaration(kind=ConflictKind.KNOWS, text="A neighbour.")


def at_once(engine: Engine, acts: Sequence[Act]) -> list[object]:
    """Each act in a transaction and a thread of its own, started together: what it gave, or how it lost."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        with transaction(engine) as db:
            gate.wait()
            return act(db)

    def safely(act: Act) -> object:
        try:
            return run(act)
        except LOST as lost:
            return lost

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(safely, acts))


def decides(world: World, reference: str, seen: int) -> Act:
    def act(db: Session) -> int:
        chair = world.actor("chair")
        referral = referral_for(db, chair, reference, at=NOW, page="test")
        deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides={})
        return db.exec(select(Meeting.version)).one()

    return act


def leaves(world: World, reference: str) -> Act:
    def act(db: Session) -> int:
        meeting = db.exec(select(Meeting)).one()
        meetings.attendance(db, meeting, here(world, police=False), by=world.actor("chair"), at=NOW)
        return meeting.version

    return act


def has_a_conflict(world: World, reference: str) -> Act:
    def act(db: Session) -> None:
        police = world.actor("seconded")
        referral = referral_for(db, police, reference, at=NOW, page="test")
        conflicts.declare(db, referral, CONFLICT, by=police, at=NOW)

    return act


def withdraws(world: World, reference: str) -> Act:
    def act(db: Session) -> None:
        officer = world.actor("officer")
        referral = referral_for(db, officer, reference, at=NOW, page="test")
        referrals.withdraw(db, referral, WithReason(reason="New evidence"), by=officer, at=NOW)

    return act


def defers(world: World, reference: str) -> Act:
    def act(db: Session) -> None:
        chair = world.actor("chair")
        referral = referral_for(db, chair, reference, at=NOW, page="test")
        deferring.defer(db, referral, OFF, by=chair, at=NOW)

    return act


def everybody_is_back(engine: Engine) -> None:
    with transaction(engine) as db:
        db.execute(update(Member).values(present=True))


def decides_too(world: World, reference: str) -> Act:
    return decides(world, reference, MARKS[reference])


MARKS: dict[str, int] = {}


@pytest.mark.parametrize(
    ("other", "statuses"),
    [
        (decides_too, {Status.DECIDED}),
        (leaves, {Status.DECIDED, Status.LISTED}),
        (has_a_conflict, {Status.DECIDED, Status.LISTED}),
        (withdraws, {Status.DECIDED, Status.WITHDRAWN}),
        (defers, {Status.DECIDED, Status.DEFERRED}),
    ],
    ids=["two_windows", "leaves", "conflict", "withdraws", "defers"],
)
def test_of_two_who_act_at_once_one_wins_and_no_quorum_is_broken(
    engine: Engine, other: Acts, statuses: set[Status]
) -> None:
    began = time.perf_counter()
    world, references = prepared(engine, ready, PAIRS)
    built = time.perf_counter() - began
    count: Counter[str] = Counter()
    for turn, reference in enumerate(references):
        acts = [decides(world, reference, MARKS[reference]), other(world, reference)]
        # Each of the two goes first through the gate half of the time.
        order = slice(None, None, -1 if turn % 2 else 1)
        first, second = at_once(engine, acts[order])[order]
        count[_judged(first, second, keeps=other is leaves)] += 1
        if other is leaves:
            everybody_is_back(engine)
    whole = _read_again(engine)
    print(f"{other.__name__}: {dict(count)}, {whole}; built in {built:.1f} s of {_since(began)}")  # noqa: T201 - the accounting
    assert sum(count.values()) == PAIRS
    assert whole["broken quorums"] == whole["two results"] == 0
    assert verify(engine) == []
    with Session(engine) as db:
        found = set(db.exec(select(Referral.status).where(col(Referral.reference).in_(references))))
    assert found <= statuses


def _since(began: float) -> str:
    return f"{time.perf_counter() - began:.1f} s"


def _judged(first: object, second: object, *, keeps: bool) -> str:
    """Who won; when the member is only marked absent, both may succeed, the decision first."""
    lost = [isinstance(result, LOST) for result in (first, second)]
    assert lost != [True, True], (first, second)
    if keeps and lost == [False, False]:
        assert isinstance(first, int)
        assert isinstance(second, int)
        assert first < second, "the member left after the decision, not before it"
        return "decided, then left"
    assert lost != [False, False], "two results"
    if isinstance(first, Refused) and keeps:
        assert {refusal.name for refusal in first.refusals} >= {"quorate"}
    return "decided" if lost == [False, True] else "the other"


def _read_again(engine: Engine) -> dict[str, int]:
    """Every decision once more from what is written: quorum, positions, conflicts before it, other ends."""
    needed = set(names("panel_quorum", TODAY))
    broken = twice = decisions = 0
    with Session(engine) as db:
        for decision in db.exec(select(Decision)):
            decisions += 1
            sat = {member["seat"] for member in decision.quorum}
            people = {member["name"] for member in decision.quorum}
            chain = select(Event).where(Event.chain == case_chain(decision.referral_id))
            events = db.exec(chain.order_by(col(Event.seq))).all()
            verbs = [event.verb for event in events]
            before = events[: verbs.index("case.decide")]
            out = {event.facts["person"] for event in before if event.verb == "case.conflict"}
            spoke = {event.facts["member"] for event in before if event.verb == "case.position"}
            broken += not (needed <= sat and len(people) == len(sat) and people <= spoke and not people & out)
            ends = [verb for verb in verbs if verb in ENDS]
            twice += len(ends) != 1
    return {"decisions": decisions, "broken quorums": broken, "two results": twice}


ENDS = ("case.decide", "case.defer", "case.withdraw")


def prepared(engine: Engine, stage: Callable[..., Referral], count: int) -> tuple[World, list[str]]:
    """The references of many cases at this stage in one open meeting."""
    with transaction(engine) as db:
        world = build(db)
        numbers = copies(db, stage(db, world), count)
    with transaction(engine) as db:
        cases = db.exec(select(Referral).where(col(Referral.id).in_(numbers))).all()
        MARKS.update({case.reference: mark_of(db, case) for case in cases})
        return world, [case.reference for case in cases]


def test_members_who_take_their_positions_at_once_are_all_heard(engine: Engine) -> None:
    world, references = prepared(engine, open_meeting, 5)

    def says(key: str, reference: str) -> Act:
        def act(db: Session) -> None:
            by = world.actor(key)
            referral = referral_for(db, by, reference, at=NOW, page="test")
            actions.position(db, referral, PositionTaken(outcome=Outcome.CR), by=by, at=NOW)

        return act

    for reference in references:
        members = ("chair", "seconded", "victim_worker")
        assert at_once(engine, [says(key, reference) for key in members]) == [None] * 3
    with Session(engine) as db:
        assert len(db.exec(select(Position)).all()) == 3 * len(references)
    assert verify(engine) == []
