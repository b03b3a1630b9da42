"""Several people act on one case at the same instant, on both databases: one order, no broken quorum."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from panel.db import transaction
from panel.decisions import actions
from panel.decisions import decide as deciding
from panel.decisions.commands import PositionTaken
from panel.decisions.models import Decision
from panel.errors import Stale
from panel.history.models import Event
from panel.history.record import case_chain
from panel.meetings import actions as meetings
from panel.meetings.agenda import meeting_of
from panel.meetings.models import AgendaItem, Meeting, Position
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from tests.support.decided import here, mark_of, open_meeting, ready
from tests.support.world import NOW, World, build
from workflows.case import Status
from workflows.flow import Refused
from workflows.vocabulary import Outcome

Act = Callable[[Session], object]
LOST = (Stale, StaleDataError, Refused)


def at_once(engine: Engine, acts: Sequence[Act]) -> list[object]:
    """Each act in a transaction and a thread of its own, started together: what it gave, or how it lost."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        gate.wait()
        try:
            with transaction(engine) as db:
                return act(db)
        except LOST as lost:
            return lost

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def prepared(
    engine: Engine, stage: Callable[..., Referral], count: int
) -> tuple[World, list[tuple[str, int]]]:
    """The references of many cases at this stage, each with the version of what was read aloud."""
    with transaction(engine) as db:
        world = build(db)
        cases = [stage(db, world) for _ in range(count)]
        return world, [(case.reference, mark_of(db, case)) for case in cases]


def decides(world: World, reference: str, seen: int) -> Act:
    def act(db: Session) -> int:
        chair = world.actor("chair")
        referral = referral_for(db, chair, reference, at=NOW, page="test")
        decision = deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides={})
        return meeting_of(db, db.get_one(AgendaItem, decision.item_id)).version

    return act


def test_of_two_decisions_at_once_exactly_one_is_recorded(engine: Engine) -> None:
    world, cases = prepared(engine, ready, 20)
    for reference, seen in cases:
        results = at_once(engine, [decides(world, reference, seen)] * 2)
        assert sorted(isinstance(result, LOST) for result in results) == [False, True], results
    with Session(engine) as db:
        assert len(db.exec(select(Decision)).all()) == 20
        assert {case.status for case in db.exec(select(Referral))} == {Status.DECIDED}


def test_a_member_who_is_marked_absent_during_the_decision_never_breaks_the_quorum(engine: Engine) -> None:
    world, cases = prepared(engine, ready, 10)

    def leaves(reference: str) -> Act:
        def act(db: Session) -> int:
            chair = world.actor("chair")
            query = (
                select(Meeting)
                .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)  # type: ignore[arg-type]
                .join(Referral, Referral.id == AgendaItem.referral_id)  # type: ignore[arg-type]
                .where(Referral.reference == reference)
            )
            meeting = db.exec(query).one()
            meetings.attendance(db, meeting, here(world, police=False), by=chair, at=NOW)
            return meeting.version

        return act

    for reference, seen in cases:
        decided, left = at_once(engine, [decides(world, reference, seen), leaves(reference)])
        assert not (isinstance(decided, LOST) and isinstance(left, LOST)), "one of the two always wins"
        if isinstance(decided, int) and isinstance(left, int):
            assert decided < left, "the member left after the decision, not before it"
        if isinstance(decided, Refused):
            assert {refusal.name for refusal in decided.refusals} >= {"quorate"}
    with Session(engine) as db:
        assert all(len(decision.quorum) == 3 for decision in db.exec(select(Decision)))


def test_a_case_is_never_both_withdrawn_and_decided(engine: Engine) -> None:
    world, cases = prepared(engine, ready, 10)

    def withdraws(reference: str) -> Act:
        def act(db: Session) -> None:
            officer = world.actor("officer")
            referral = referral_for(db, officer, reference, at=NOW, page="test")
            referrals.withdraw(db, referral, WithReason(reason="New evidence"), by=officer, at=NOW)

        return act

    for reference, seen in cases:
        results = at_once(engine, [decides(world, reference, seen), withdraws(reference)])
        assert sorted(isinstance(result, LOST) for result in results) == [False, True], results
    with Session(engine) as db:
        decided = {decision.referral_id for decision in db.exec(select(Decision))}
        for case in db.exec(select(Referral)):
            assert case.status is (Status.DECIDED if case.id in decided else Status.WITHDRAWN)


def test_members_who_take_their_positions_at_once_are_all_heard(engine: Engine) -> None:
    world, cases = prepared(engine, open_meeting, 5)

    def says(key: str, reference: str) -> Act:
        def act(db: Session) -> None:
            by = world.actor(key)
            referral = referral_for(db, by, reference, at=NOW, page="test")
            actions.position(db, referral, PositionTaken(outcome=Outcome.CR), by=by, at=NOW)

        return act

    for reference, _ in cases:
        members = ("chair", "seconded", "victim_worker")
        assert at_once(engine, [says(key, reference) for key in members]) == [None] * 3
    with Session(engine) as db:
        assert len(db.exec(select(Position)).all()) == 3 * len(cases)
        first = db.exec(select(Referral).where(Referral.reference == cases[0][0])).one()
        chain = select(Event.seq).where(Event.chain == case_chain(first.id)).order_by(Event.seq)  # type: ignore[arg-type]
        numbers = db.exec(chain).all()
        assert list(numbers) == list(range(1, len(numbers) + 1))
