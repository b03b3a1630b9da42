"""The page of a record and the lists: state with its rule and days, exceptions, set aside, escalation."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.alerts.job import run
from panel.db import transaction
from panel.forces.models import Force
from panel.notifications.models import Notification, Why
from panel.police import record_parts, telling
from panel.police.models import PoliceDisposal
from panel.police.record_parts import Part
from panel.police.told_command import Told
from panel.web import PanelApp
from tests.panel.conftest import Visit, signed_in
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.police import force, listed, said
from tests.support.world import NOW, TODAY, World
from workflows.calendar import take_working_days
from workflows.police import Heard
from workflows.vocabulary import Outcome


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def heard(db: Session, world: World, **more: Any) -> PoliceDisposal:
    """PC Marsh tells of what was given twelve working days ago."""
    asked = {name: more.pop(name) for name in ("consulted", "exception", "exception_reason") if name in more}
    values = said(**({"given_on": take_working_days(TODAY, 12)} | more)).model_dump()
    return telling.tell(
        db,
        Told.model_validate(values | asked),
        force_id=force_number(db, world),
        area_id=world.areas["north"],
        how=Heard.FORM,
        by=world.actor("officer"),
        at=NOW,
        today=TODAY,
    )


def force_number(db: Session, world: World) -> int:
    held = db.exec(select(Force.id)).first()
    return held or force(db, world).id


def made(engine: Engine, world: World, builder: Callable[..., PoliceDisposal] = heard, **more: Any) -> str:
    with transaction(engine) as db:
        return builder(db, world, **more).reference


def said_only(db: Session, world: World, **more: Any) -> PoliceDisposal:
    """A disposal that stands on the force's list only."""
    force_number(db, world)
    return listed(db, world, db.exec(select(Force)).one(), **more)


EXCEPTION = {
    "outcome": Outcome.YCC,
    "consulted": False,
    "exception": "force_policy",
    "exception_reason": "The force's policy lets a sergeant decide.",
}


def test_the_page_says_state_rule_days_and_what_is_open(engine: Engine, world: World, visit: Visit) -> None:
    reference = made(engine, world)
    page = visit("manager").open(f"/police-disposals/{reference}")
    assert page.heading == "Community resolution: Kayden Marlow"
    assert (
        "Told late Told 12 working days after it was given; the joint policy allows 1 working day (CR-7)."
        in page.text
    )
    assert "The address is not known." in page.text
    assert "17 November 2026: An officer told us by the form (Jo Marsh)." in page.text
    assert "Heard of a disposal that the police gave" in page.text


def test_an_exception_is_shown_with_the_officers_words(engine: Engine, world: World, visit: Visit) -> None:
    reference = made(engine, world, **EXCEPTION)
    for key in ("manager", "seconded", "inspector", "officer"):
        page = visit(key).open(f"/police-disposals/{reference}")
        assert "Exception to the joint policy" in page.text
        assert "The force's own policy allows it" in page.text
        assert "The force's policy lets a sergeant decide." in page.text
        assert "No. By the joint policy of that day the YOT is asked before it is given." in page.text
        assert "Recorded as an exception to the joint policy: The force's own policy allows it" in page.text


def test_another_word_that_says_it_differently_is_shown_beside_the_first(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = made(engine, world)
    assert made(engine, world, offence="Shoplifting") == reference
    page = visit("manager").open(f"/police-disposals/{reference}")
    assert "It gives the offence as Shoplifting." in page.text


def test_a_manager_sets_a_record_aside_and_counts_it_again(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = made(engine, world)
    other = made(engine, world, crime_reference="13260009999")
    manager, path = visit("manager"), f"/police-disposals/{reference}"
    form = manager.open(f"{path}/set-aside")
    empty = manager.send(form, {}, status=422)
    assert len(empty.errors) == 2
    twice = {"not_ours": "duplicate", "reason": "The same event.", "duplicate_of": reference}
    assert "the record that stays" in manager.send(form, twice, status=422).errors[0]
    page = manager.follow(manager.send(form, twice | {"duplicate_of": other}))
    assert "Not ours It is on the list twice" in page.text
    assert "Took the record out of the figures: The same event." in page.text
    manager.send(form, twice | {"duplicate_of": other})  # the button twice: the same answer
    late = manager.send(f"{path}/count-again", {"reason": "They are two events."})
    assert "Told late" in manager.follow(late).text
    visit("officer").open(f"{path}/set-aside", status=403)
    visit("case_manager").open(f"{path}/set-aside", status=403)


def test_lists_say_why_they_are_empty_and_narrow_by_outcome_and_state(
    engine: Engine, world: World, visit: Visit
) -> None:
    manager = visit("manager")
    assert "has been acknowledged" in manager.open("/police-disposals").text
    assert (
        "No exception to the joint policy is on record"
        in manager.open("/police-disposals?show=exceptions").text
    )
    made(engine, world)
    made(engine, world, crime_reference="13260009999", surname="Hale", **EXCEPTION)
    made(engine, world, said_only, crime_reference="13260008888", surname="Listed")

    def names(query: str) -> list[str]:
        page = manager.open(f"/police-disposals?{query}")
        return [name for name in ("Marlow", "Hale", "Listed") if f"Kayden {name}" in page.links]

    assert names("") == ["Marlow", "Hale"]
    assert names("show=exceptions") == ["Hale"]
    assert names("show=told") == ["Marlow", "Hale"]
    assert names("show=all") == ["Marlow", "Hale", "Listed"]
    assert names("show=all&outcome=community_resolution") == ["Marlow", "Listed"]
    assert names("show=all&state=not_notified") == ["Listed"]
    assert names("show=all&state=late&outcome=youth_conditional_caution") == ["Hale"]
    assert "Nothing on this list fits" in manager.open("/police-disposals?show=all&state=in_time").text
    for wrong in ("show=x", "outcome=x", "state=x"):
        manager.open(f"/police-disposals?{wrong}", status=404)
    assert "Kayden" not in visit("far_manager").open("/police-disposals?show=all").text
    assert manager.open("/").links["2 Police disposals not acknowledged"] == "/police-disposals?show=unread"


def test_a_list_is_read_on_by_number_and_asks_the_same_of_many_as_of_few(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    manager = signed_in(sqlite_app, "manager")
    made(sqlite_engine, small_world)
    manager.open("/police-disposals?show=all")

    def asks() -> int:
        with counted(sqlite_engine) as sent:
            manager.open("/police-disposals?show=all")
        return len(sent)

    few = asks()
    for number in range(30):
        made(sqlite_engine, small_world, said_only, crime_reference=f"132600055{number:02}")
    assert asks() == few
    first = manager.open("/police-disposals?show=all")
    second = manager.open(first.links["Next page"])
    assert len([text for text in first.links if text.startswith("Kayden")]) == 1  # all have one name
    assert "31 disposals" in first.text
    assert "Next page" not in second.links


def test_what_nobody_acknowledges_goes_to_the_managers_and_leads_to_the_record(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = made(engine, world)
    for days in (1, 2):
        day = TODAY + timedelta(days=days)
        run(engine, day, at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
    with Session(engine) as db:
        passed = db.exec(select(Notification).where(Notification.why == Why.NOT_ACKNOWLEDGED)).all()
        assert {row.path for row in passed} == {f"/police-disposals/{reference}"}
        assert len(passed) == 3  # managers, duty mailbox, liaison
    manager = visit("manager")
    page = manager.open(f"/police-disposals/{reference}")
    for form in page.forms():
        if "/told/" in form.action:
            manager.send(manager.open(page.path), action=form.action)
    with Session(engine) as db:
        query = select(Notification).where(Notification.why == Why.NOT_ACKNOWLEDGED)
        assert [bool(row.done_at) for row in db.exec(query.order_by(Notification.id))] == [True, True, False]  # type: ignore[arg-type]


def test_rooms_above_add_their_blocks_to_the_page(
    engine: Engine, world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = made(engine, world)
    block = Part("What became of the child", ("Reached on 1 December",), (("Write it down", "/gap"),))
    monkeypatch.setattr(record_parts, "PARTS", [*record_parts.PARTS, lambda *_: block, lambda *_: None])
    page = visit("liaison").open(f"/police-disposals/{reference}")
    assert "What became of the child Reached on 1 December" in page.text
    assert page.links["Write it down"] == "/gap"


def test_strangers_find_no_record_to_act_on(engine: Engine, world: World, visit: Visit) -> None:
    path = f"/police-disposals/{made(engine, world)}"
    for key in ("far_manager", "other_officer"):
        visit(key).open(path, status=404)
    for key in ("board", "victim_worker", "admin", "scrutineer"):
        visit(key).open(path, status=403)
    with Session(engine) as db:
        number = db.exec(select(Notification.id).where(Notification.why == Why.POLICE_TOLD)).first()
    seconded = visit("seconded")
    form = seconded.open("/my-mails").form().filled
    told = {name: form[name] for name in ("csrf_token", "act_key")}
    assert seconded.client.post(f"{path}/told/{number}", data=told).status_code == 403
    told["act_key"] = ["k" * 24]
    assert seconded.client.post(f"{path}/told/99999", data=told).status_code == 404


def test_only_a_list_that_is_taken_back_sets_aside_for_that_reason(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = made(engine, world)
    page = visit("manager").open(f"/police-disposals/{reference}/set-aside")
    assert "It belongs to another area" in page.text
    assert "The list that it came from was taken back" not in page.text
