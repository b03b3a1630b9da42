"""Actions that a meeting agrees: who gets them, when they are reminded, and how they end."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from panel.agreed_actions import actions
from panel.agreed_actions import commands as c
from panel.agreed_actions.models import AgreedAction
from panel.agreed_actions.queries import action_chain, from_meeting, open_for
from panel.alerts.digests import queue_digests
from panel.alerts.job import run
from panel.db import open_session, transaction
from panel.history.models import Event
from panel.history.record import meeting_chain
from panel.meetings import actions as meetings
from panel.meetings.models import Meeting
from panel.notifications.models import Digest, Mail, Notification, Why
from tests.panel.conftest import Visit, rows
from tests.support.decided import decided, planned
from tests.support.world import NOW, TODAY, World
from workflows.action import Status
from workflows.flow import NotYours, Refused

DAY = timedelta(days=1)
DUE = TODAY + 3 * DAY


def held(db: Session, world: World) -> Meeting:
    """A meeting that has begun."""
    meeting = planned(db, world)
    meetings.open_meeting(db, meeting, by=world.actor("chair"), at=NOW)
    return meeting


def agreed(db: Session, world: World, meeting: Meeting | None = None, **more: object) -> AgreedAction:
    """The case manager asks the school, within three days."""
    meeting = meeting or held(db, world)
    command = c.Agreed.model_validate(
        {
            "what": "Ask the school for its report",
            "holder_id": world.users["case_manager"],
            "due_on": DUE,
        }
        | more
    )
    origin = actions.Origin(meeting.area_id, True, meeting_chain(meeting.id), meeting_id=meeting.id)
    return actions.agree(db, command, origin, None, by=world.actor("chair"), at=NOW)


def tasks(engine: Engine) -> list[tuple[Why, bool]]:
    """The tasks of actions in order, and whether each is still open."""
    found = rows(engine, select(Notification).where(Notification.path != "").order_by(Notification.id))
    return [(task.why, task.done_at is None) for task in found]  # type: ignore[attr-defined]


def test_whoever_gets_an_action_has_it_on_the_list_at_once_and_a_mail_about_it(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        action = agreed(db, world)
        path = f"/actions/{action.reference}"
    (task,) = rows(engine, select(Notification))
    assert (task.why, task.user_id, task.due_on, task.path, task.mail) == (  # type: ignore[attr-defined]
        Why.ACTION_AGREED,
        world.users["case_manager"],
        DUE,
        path,
        Mail.QUEUED,
    )


def test_the_chaser_comes_on_the_day_and_each_morning_after_it_until_it_is_done(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        action = agreed(db, world)
    digests = []
    for day in (DUE - DAY, DUE, DUE + DAY, DUE + 2 * DAY):
        run(engine, day, at=NOW)
        run(engine, day, at=NOW)
        digests.append(len(rows(engine, select(Digest).where(Digest.day == day))))
    assert digests == [0, 1, 1, 1]
    assert tasks(engine) == [
        (Why.ACTION_AGREED, True),
        (Why.DEADLINE_TODAY, False),
        (Why.DEADLINE_LATE, True),
    ]
    with transaction(engine) as db:
        action = db.get_one(AgreedAction, action.id)
        actions.do(db, action, c.Done(words="Asked"), by=world.actor("case_manager"), at=NOW)
    assert all(not still for _, still in tasks(engine))
    assert queue_digests(engine, DUE + 3 * DAY, at=NOW) == 0


def test_a_chaser_goes_to_whoever_chases_somebody_from_outside(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        agreed(db, world, holder_id=world.users["victim_worker"], outside_owner="The head of Kelder High")
    run(engine, DUE, at=NOW)
    found = rows(engine, select(Notification).where(Notification.why == Why.DEADLINE_TODAY))
    assert {task.user_id for task in found} == {world.users["victim_worker"]}  # type: ignore[attr-defined]
    assert "Kelder" not in str(found)


def test_carrying_over_begins_the_reminders_anew_and_keeps_the_reason_in_the_history(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        action = agreed(db, world)
    run(engine, DUE + DAY, at=NOW)
    later = c.Carried(due_on=DUE + 9 * DAY, holder_id=world.users["manager"], words="School is closed")
    with transaction(engine) as db:
        row = db.get_one(AgreedAction, action.id)
        actions.carry(db, row, later, by=world.actor("case_manager"), at=NOW + 4 * DAY)
        assert (row.status, row.due_on, row.chase_on) == (Status.OPEN, DUE + 9 * DAY, DUE + 9 * DAY)
    assert tasks(engine) == [
        (Why.ACTION_AGREED, False),
        (Why.DEADLINE_LATE, False),
        (Why.ACTION_AGREED, True),
    ]
    with Session(engine) as db:
        verbs = db.exec(select(Event.verb).where(Event.chain == action_chain(action.id))).all()
    assert list(verbs) == ["action.agree", "action.carry"]


def test_only_the_holder_or_a_manager_says_that_it_is_done_and_only_a_manager_drops_it(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        action = agreed(db, world)
        for key in ("seconded", "other_case_manager"):
            with pytest.raises(Refused):
                actions.do(db, action, c.Done(words="Done"), by=world.actor(key), at=NOW)
        with pytest.raises(NotYours):
            actions.drop(db, action, c.Dropped(words="No"), by=world.actor("case_manager"), at=NOW)
        with pytest.raises(NotYours):
            actions.do(db, action, c.Done(words="Done"), by=world.actor("far_manager"), at=NOW)
        actions.drop(db, action, c.Dropped(words="No"), by=world.actor("manager"), at=NOW)
        with pytest.raises(Refused):
            actions.do(db, action, c.Done(words="Done"), by=world.actor("case_manager"), at=NOW)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"due_on": TODAY - DAY}, "action_due_ahead"),
        ({"holder": "far_manager"}, "action_has_holder"),
        ({"holder": "board"}, "action_has_holder"),
    ],
)
def test_an_action_in_the_past_or_for_a_stranger_is_refused(
    sqlite_engine: Engine, small_world: World, broken: dict[str, object], rule: str
) -> None:
    if "holder" in broken:
        broken = {"holder_id": small_world.users[str(broken["holder"])]}
    with transaction(sqlite_engine) as db, pytest.raises(Refused) as refused:
        agreed(db, small_world, **broken)
    assert [refusal.name for refusal in refused.value.refusals] == [rule]


def test_an_action_is_not_agreed_before_the_meeting_has_begun(
    visit: Visit, world: World, engine: Engine
) -> None:
    with transaction(engine) as db:
        reference = planned(db, world, held_on=TODAY + 400 * DAY).reference
    form = {"what": "Ask", "holder_id": str(world.users["case_manager"])}
    page = visit("chair").send(f"/meetings/{reference}/actions/new", form, status=409)
    assert "open the meeting first" in page.text


def test_two_who_close_one_action_at_once_give_one_result(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        numbers = [agreed(db, world, meeting).id for meeting in [held(db, world)] for _ in range(10)]
    for number in numbers:
        assert sorted(_race(engine, world, number)) == ["lost", "won"]
    closed = rows(engine, select(AgreedAction).where(AgreedAction.status != Status.OPEN))
    ended = rows(engine, select(Event).where(Event.verb.in_(("action.do", "action.drop"))))  # type: ignore[attr-defined]
    assert len(closed) == len(ended) == len(numbers)


def _race(engine: Engine, world: World, number: int) -> list[str]:
    start, said = Barrier(2), []

    def close(key: str, act: str) -> None:
        start.wait()
        try:
            with transaction(engine) as db:
                action = db.get_one(AgreedAction, number)
                command = {"do": c.Done, "drop": c.Dropped}[act](words="Over")
                getattr(actions, act)(db, action, command, by=world.actor(key), at=NOW)
            said.append("won")
        except (Refused, StaleDataError):
            said.append("lost")

    threads = [Thread(target=close, args=pair) for pair in (("case_manager", "do"), ("manager", "drop"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_the_open_actions_stand_first_at_the_next_meeting_and_are_done_there(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        action, following = agreed(db, world, due_on=date(2090, 1, 5)).reference, held(db, world).reference
    chair = visit("chair")
    page = chair.open(f"/meetings/{following}")
    assert page.text.index("Ask the school") < page.text.index("Who is here")
    done = chair.open(f"/actions/{action}/done?meeting={following}")
    sent = chair.send(done, {"words": "The report has come"})
    assert sent.location == f"/meetings/{following}#actions"
    assert "Ask the school" not in chair.open(f"/meetings/{following}").text
    assert "The report has come" in chair.open(f"/actions/{action}").text


def test_an_action_is_agreed_on_the_page_of_a_meeting_for_one_of_its_cases(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        referral = decided(db, world)
        case, meeting = referral.reference, db.exec(select(Meeting.reference)).one()
    chair = visit("chair")
    form = {"what": "Ask the school", "holder_id": str(world.users["case_manager"]), "case": case}
    chair.send(f"/meetings/{meeting}/actions/new", form)
    (line,) = _lines(engine, world)
    assert (line.case, line.holder) == (case, "Priya Nair")
    worker = visit("case_manager")
    assert "Ask the school" in worker.open("/actions").text
    assert line.action.reference in worker.open("/tasks").text
    worker.open(f"/actions/{line.action.reference}/done")
    stranger = visit("other_case_manager")
    assert "Nobody has given you an action." in stranger.open("/actions").text
    stranger.open(f"/actions/{line.action.reference}", status=404)


def _lines(engine: Engine, world: World) -> list[object]:
    with open_session(engine, writing=False) as db:
        return list(open_for(db, world.areas["north"]))


def test_lists_are_read_on_by_keyset_and_late_ones_have_their_own(
    sqlite_app: object,
    small_visit: Visit,
    sqlite_engine: Engine,
    small_world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("panel.agreed_actions.queries.PAGE", 2)
    with transaction(sqlite_engine) as db:
        meeting = held(db, small_world)
        for number in range(5):
            agreed(db, small_world, meeting, what=f"Action {number}", due_on=TODAY + number * DAY)
        assert len(from_meeting(db, meeting.id)) == 5
    monkeypatch.setattr("panel.clock.now", lambda: NOW + 2 * DAY)
    manager = small_visit("manager")
    seen, path = [], "/actions?list=area"
    while path:
        page = manager.open(path)
        seen += [n for n in range(5) if f"Action {n}" in page.text]
        path = page.links.get("Next page", "")
    assert seen == [0, 1, 2, 3, 4]
    late = manager.open("/actions?list=late").text
    assert "2 actions" in late
    assert "Action 2" not in late
    manager.open("/actions?list=nonsense", status=404)
    manager.open("/actions?list=area&after=rubbish")
