"""The police give a disposal to a child whose case waits for the panel: recorded, told, counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.history.record import case_chain
from panel.history.sentences import SENTENCES, events_of
from panel.meetings.agenda import cases_left
from panel.notifications.models import Notification, Why
from panel.police.before_commands import GivenAlone
from panel.police.before_panel import given_alone
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.queries import police_chain
from panel.referrals.models import Referral
from panel.victims.models import VictimUpdate
from tests.panel.conftest import Visit, make, rows
from tests.support.assessed import accepted_with_victim, assessed
from tests.support.decided import decided, listed, open_meeting, planned
from tests.support.police import force
from tests.support.world import NOW, TODAY, World, accepted, draft, submitted
from workflows.case import Status
from workflows.flow import NotYours, Refused
from workflows.police import Fit, Heard, Verdict
from workflows.victim import Happened
from workflows.vocabulary import Outcome

YESTERDAY = TODAY - timedelta(days=1)
BUILDERS = {
    Status.SUBMITTED: submitted,
    Status.ACCEPTED: accepted,
    Status.ASSESSED: assessed,
    Status.LISTED: listed,
}


def command(**more: Any) -> GivenAlone:
    """What an officer tells."""
    values = {
        "outcome": Outcome.YCC,
        "given_on": YESTERDAY,
        "code": "policy_not_known",
        "reason": "I did not know that the case was with the panel.",
    }
    return GivenAlone.model_validate(values | more)


def alone(
    db: Session, world: World, referral: Referral, *, by: str = "manager", **more: Any
) -> PoliceDisposal:
    """The act, with a force in the area."""
    force(db, world)
    return given_alone(db, referral, command(**more), by=world.actor(by), at=NOW)


@pytest.mark.parametrize("status", BUILDERS, ids=lambda s: s.value)
def test_from_every_state_the_case_leaves_the_panel_and_the_disposal_is_an_exception(
    engine: Engine, world: World, status: Status
) -> None:
    with transaction(engine) as db:
        referral = BUILDERS[status](db, world)
        assert referral.status is status
        row = alone(db, world, referral)
        assert referral.status is Status.WITHDRAWN
        assert (row.consulted, row.exception) == (False, "policy_not_known")
        assert row.exception_reason == "I did not know that the case was with the panel."
        assert (row.outcome, row.given_on, row.told_on, row.told_how) == (
            Outcome.YCC,
            YESTERDAY,
            TODAY,
            Heard.REFERRAL,
        )
        assert (row.referral_id, row.child_id, row.fit) == (referral.id, referral.child_id, Fit.LINKED)
        link = db.exec(select(PoliceLink)).one()
        assert (link.verdict, link.disposal_id, link.referral_id) == (Verdict.SAME, row.id, referral.id)


def test_it_takes_the_child_and_the_offence_from_the_case(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        row = alone(db, world, accepted(db, world))
        assert (row.given_name, row.surname, row.offence) == (
            "Robin",
            "Fielding",
            "Criminal damage to a bus shelter",
        )


def test_a_case_on_an_agenda_no_longer_waits_there_even_while_the_panel_sits(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        meeting = planned(db, world)
        referral = listed(db, world, meeting=meeting)
        assert cases_left(db, meeting.id) == 1
        alone(db, world, referral)
        assert cases_left(db, meeting.id) == 0


def test_an_open_meeting_does_not_stop_the_fact(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        referral = open_meeting(db, world)
        alone(db, world, referral, by="seconded")
        assert referral.status is Status.WITHDRAWN


def test_manager_case_manager_and_officer_are_told_and_older_tasks_end(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        referral = accepted(db, world)
        alone(db, world, referral)
        open_tasks = db.exec(select(Notification).where(Notification.done_at == None))  # noqa: E711
        assert {(n.why, n.role.value if n.role else n.user_id) for n in open_tasks} == {
            (Why.GIVEN_BEFORE_PANEL, "yot_manager"),
            (Why.GIVEN_BEFORE_PANEL, referral.case_manager_id),
            (Why.CASE_WITHDRAWN, referral.referred_by_id),
        }


def test_each_victim_is_owed_the_news_that_the_case_does_not_go_on(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        alone(db, world, accepted_with_victim(db, world))
        updates = db.exec(select(VictimUpdate)).all()
        assert [update.happened for update in updates] == [Happened.NOT_GOING_ON]


def test_the_history_of_case_and_disposal_say_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        referral = accepted(db, world)
        row = alone(db, world, referral, by="officer")
        event = events_of(db, case_chain(referral.id))[0]
        assert (
            SENTENCES[event.verb]
            .format(**event.facts)
            .startswith("The police gave it without the panel: Youth conditional caution, on ")
        )
        verbs = [one.verb for one in events_of(db, police_chain(row.id))]
        assert verbs == ["police_disposal.before_panel", "police_disposal.hear"]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"given_on": TODAY + timedelta(days=1)}, "alone_not_ahead"),
        ({"given_on": date(2020, 1, 1)}, "alone_after_offence"),
        ({"code": "a_whim"}, "alone_coded"),
    ],
)
def test_what_is_impossible_is_refused_and_nothing_is_written(
    engine: Engine, world: World, more: dict[str, Any], rule: str
) -> None:
    with transaction(engine) as db:
        referral = accepted(db, world)
        with pytest.raises(Refused) as refused:
            alone(db, world, referral, **more)
        assert [r.name for r in refused.value.refusals] == [rule]
        assert referral.status is Status.ACCEPTED
        assert db.exec(select(PoliceDisposal)).all() == []


def test_an_area_without_a_force_is_told_what_is_missing(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        with pytest.raises(Refused) as refused:
            given_alone(db, accepted(db, world), command(), by=world.actor("manager"), at=NOW)
        assert [r.name for r in refused.value.refusals] == ["alone_force_known"]


@pytest.mark.parametrize("build", [draft, decided], ids=["draft", "decided"])
def test_a_draft_and_a_decided_case_take_other_ways(engine: Engine, world: World, build: Any) -> None:
    with transaction(engine) as db:
        with pytest.raises(Refused) as refused:
            alone(db, world, build(db, world), by="officer")
        assert [r.name for r in refused.value.refusals] == ["wrong_state"]


def test_a_case_manager_records_no_disposal_of_the_police(engine: Engine, world: World) -> None:
    with transaction(engine) as db, pytest.raises(NotYours):
        alone(db, world, accepted(db, world), by="case_manager")


def test_the_manager_writes_it_down_on_the_page_of_the_case(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        force(db, world)
    reference = make(engine, accepted, world)
    manager = visit("manager")
    page = manager.open(f"/cases/{reference}")
    path = page.links["The police gave it without the panel"]
    form = manager.open(path)
    wrong = manager.send(form, {"reason": "Told by telephone"}, status=422)
    assert wrong.errors == [
        "Choose what the police gave",
        "Enter the day on which it was given",
        "Choose why it was given without the panel",
    ]
    assert "Told by telephone" in wrong.html
    day = {"given_on": [str(YESTERDAY.day), str(YESTERDAY.month), str(YESTERDAY.year)]}
    values = {"outcome": "youth_caution", "code": "force_policy", "reason": "Told by telephone"} | day
    assert manager.send(form, values).location == f"/cases/{reference}"
    after = manager.open(f"/cases/{reference}")
    assert "Reason given: The police gave it without the panel: Youth caution," in after.text
    assert "Nothing: the referral was withdrawn." in after.text
    (row,) = rows(engine, select(PoliceDisposal))
    assert (row.outcome, row.exception) == (Outcome.YC, "force_policy")  # type: ignore[attr-defined]
    again = manager.open(path)
    assert "does not wait for the panel" in again.text
    assert "The police gave it without the panel" not in manager.open(f"/cases/{reference}").links


def test_who_may_write_it_down(visit: Visit, engine: Engine, world: World) -> None:
    path = f"/cases/{make(engine, accepted, world)}/given-without-panel"
    for key in ("officer", "seconded", "manager"):
        visit(key).open(path)
    for key in ("case_manager", "victim_worker", "inspector", "board", "admin"):
        visit(key).open(path, status=403)
    for key in ("other_officer", "far_manager"):
        visit(key).open(path, status=404)
    assert (
        "The police gave it without the panel" not in visit("case_manager").open(path.rsplit("/", 1)[0]).links
    )


def test_who_saw_an_older_case_does_not_overwrite_a_newer_one(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        force(db, world)
    reference = make(engine, accepted, world)
    path = f"/cases/{reference}/given-without-panel"
    day = {"given_on": [str(YESTERDAY.day), str(YESTERDAY.month), str(YESTERDAY.year)]}
    values = {"outcome": "youth_caution", "code": "force_policy", "reason": "By telephone"} | day
    one, other = visit("manager"), visit("seconded")
    seen, late = one.open(path), other.open(path)
    one.send(seen, values)
    other.send(late, values, status=409)
    assert len(rows(engine, select(PoliceDisposal))) == 1
