"""Liaison and diversion after a community resolution: acts on both databases, and the pages."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from config.liaison import needs
from panel.db import transaction
from panel.liaison import actions
from panel.liaison import commands as c
from panel.liaison.queries import RUNNING, TO_REACH, count, entries_of, first_contact, work_of
from panel.web import PanelApp
from tests.support.assessed import enter
from tests.support.given import GIVEN_AT, notified
from tests.support.world import TODAY, World, build
from workflows.calendar import today_in_london
from workflows.flow import NotYours, Refused
from workflows.keeping import Way
from workflows.liaison import Kind, Result, Status
from workflows.vocabulary import Outcome

DAY = today_in_london(GIVEN_AT)
REACHED = c.Attempt(happened_on=DAY, way=Way.PHONE, reached=True, said="She will come on Monday.")
TRIED = c.Attempt(happened_on=DAY, way=Way.PHONE, reached=False, said="No answer.")
OFFER = c.Offer(happened_on=DAY, said="Boxing", who="Kelder Boxing", where_at="Mill Lane", when_at="Mondays")


def assess(**more: Any) -> c.Assess:
    """A short assessment with a need at school, by a child who agrees."""
    said = {need.key: "none" for need in needs(DAY)} | {"education": "some"}
    values = {"happened_on": DAY, "needs": said, "said": "School is hard.", "worry": False, "agrees": True}
    return c.Assess.model_validate(values | more)


def finish(result: Result, passed_to: str = "") -> c.Finish:
    return c.Finish(happened_on=DAY, result=result, passed_to=passed_to, said="That is how it went.")


def refused(act: Any) -> set[str]:
    """The names of the rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    return {refusal.name for refusal in caught.value.refusals}


def test_a_resolution_is_on_the_list_until_the_child_is_reached(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, caution = notified(db, world, Outcome.CR), notified(db, world)
        worker = world.actor("liaison")

        def counts() -> list[int]:
            return [count(db, worker, name) for name in (TO_REACH, RUNNING)]

        assert counts() == [1, 1]
        assert first_contact(referral).due == TODAY + timedelta(days=7)  # type: ignore[union-attr]
        actions.reach(db, referral, TRIED, by=worker, at=GIVEN_AT)
        assert counts() == [1, 1]
        actions.reach(db, referral, REACHED, by=worker, at=GIVEN_AT)
        assert counts() == [0, 1]
        with pytest.raises(NotYours):
            actions.assess(db, referral, assess(), by=world.actor("case_manager"), at=GIVEN_AT)
        assert refused(lambda: actions.reach(db, caution, TRIED, by=worker, at=GIVEN_AT)) == {"is_resolution"}


def test_help_is_offered_only_to_a_child_who_agrees(engine: Engine) -> None:
    with transaction(engine) as db:
        world: World = build(db)
        referral, worker = notified(db, world, Outcome.CR), world.actor("liaison")
        act = {"by": worker, "at": GIVEN_AT}
        actions.reach(db, referral, REACHED, **act)
        actions.assess(db, referral, assess(agrees=False), **act)
        assert refused(lambda: actions.offer(db, referral, OFFER, **act)) == {"agrees"}
        actions.finish(db, referral, finish(Result.DECLINED), **act)
        work = work_of(db, referral.id)
        assert work is not None
        assert (work.status, work.result) == (Status.ENDED, Result.DECLINED)
        assessed = [e for e in entries_of(db, work) if e.kind is Kind.ASSESSMENT]
        assert ["Agree to work with us", "No, which is their right"] in assessed[0].more


def test_the_way_from_the_first_call_to_taking_part(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world, Outcome.CR)
        act = {"by": world.actor("liaison"), "at": GIVEN_AT}
        actions.reach(db, referral, REACHED, **act)
        actions.assess(db, referral, assess(), **act)
        assert refused(lambda: actions.finish(db, referral, finish(Result.ENGAGED), **act)) == {"took_part"}
        db.expire_all()
        actions.offer(db, referral, OFFER, **act)
        assert refused(lambda: actions.finish(db, referral, finish(Result.REFERRED_ON), **act)) == {
            "says_where"
        }
        db.expire_all()
        actions.finish(db, referral, finish(Result.REFERRED_ON, "Early help"), **act)
        assert count(db, world.actor("liaison"), RUNNING) == 0
        assert count(db, world.actor("far_manager"), RUNNING) == 0
    with pytest.raises(DatabaseError), Session(engine) as db:
        db.execute(text("UPDATE liaison_entry SET said = ''"))


@pytest.mark.parametrize(("tries", "enough"), [(2, False), (3, True)])
def test_not_reached_takes_three_attempts_or_a_reason(engine: Engine, tries: int, enough: bool) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = notified(db, world, Outcome.CR)
        act = {"by": world.actor("liaison"), "at": GIVEN_AT}
        for _ in range(tries):
            actions.reach(db, referral, TRIED, **act)
        gone = finish(Result.NOT_REACHED)
        if not enough:
            assert refused(lambda: actions.finish(db, referral, gone, **act)) == {"tried_enough"}
            actions.finish(db, referral, gone, overrides={"tried_enough": "They moved abroad"}, **act)
        else:
            actions.finish(db, referral, gone, **act)
        assert work_of(db, referral.id).status is Status.ENDED  # type: ignore[union-attr]


def test_the_worker_goes_through_the_pages(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        base = f"/cases/{notified(db, build(db), Outcome.CR).reference}/liaison"
    worker, day = enter(sqlite_app, "liaison"), ["18", "11", "2026"]
    assert "Children to reach" in worker.open("/").text
    assert "Robin Fielding" in worker.open("/liaison").text
    reached = {"happened_on": day, "way": "phone", "reached": "yes", "said": "She will come."}
    worker.send(f"{base}/reach", reached)
    half = {"happened_on": day, "said": "School", "worry": "yes", "agrees": "yes"}
    page = worker.send(f"{base}/assess", half, status=422)
    assert "Health: choose an answer" in page.errors
    whole = half | {f"n_{need.key}": "some" for need in needs(DAY)}
    page = worker.follow(worker.send(f"{base}/assess", whole))
    assert "There is a worry about the child's safety." in page.text
    offer = {"happened_on": day, "said": "Boxing", "who": "Kelder", "where_at": "Mill", "when_at": "Monday"}
    worker.send(f"{base}/offer", offer)
    end = {"happened_on": day, "result": "engaged", "said": "Twice a week."}
    page = worker.follow(worker.send(f"{base}/finish", end))
    assert "Nothing: the work is over." in page.text
    assert "They took part" in enter(sqlite_app, "manager").open(base).text


@pytest.mark.parametrize(("key", "code"), [("case_manager", 200), ("seconded", 403), ("far_manager", 404)])
def test_what_a_child_told_is_for_those_who_help(sqlite_app: PanelApp, key: str, code: int) -> None:
    with transaction(sqlite_app.engine) as db:
        base = f"/cases/{notified(db, build(db), Outcome.CR).reference}/liaison"
    enter(sqlite_app, key).open(base, status=code)


def test_there_is_no_such_page_for_another_outcome(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        base = f"/cases/{notified(db, build(db)).reference}/liaison"
    enter(sqlite_app, "manager").open(base, status=404)
