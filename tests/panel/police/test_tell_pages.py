"""The two-minute form: what an officer gave is on record, whatever the policy says, and the YOT is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.notifications.models import Notification, Party, Why
from panel.police.models import PoliceDisposal, PoliceReport
from tests.panel.conftest import Visit
from tests.support.police import force
from tests.support.visitor import Page
from tests.support.world import NOW, TODAY, World
from workflows.calendar import add_working_days
from workflows.police import Heard
from workflows.roles import Role
from workflows.vocabulary import Outcome

NEW = "/police-disposals/new"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


@pytest.fixture
def kelder(engine: Engine, world: World) -> None:
    """The force speaks for both areas."""
    with transaction(engine) as db:
        force(db, world)


def day(name: str, days_ago: int = 0, **of: int) -> dict[str, Any]:
    """Three boxes of a date."""
    on = TODAY - timedelta(days=days_ago)
    parts = of or {"day": on.day, "month": on.month, "year": on.year}
    return {name: [str(parts[part]) for part in ("day", "month", "year")]}


def typed(**more: Any) -> dict[str, Any]:
    """What the officer types."""
    return {
        "outcome": Outcome.CR.value,
        **day("given_on"),
        "given_name": "Kayden",
        "surname": "Marlow",
        **day("date_of_birth", day=4, month=3, year=2011),
        "offence": "Theft from a shop",
        "crime_reference": "13260001234",
        "station": "Keel Street",
        "team": "Response 2",
    } | more


def only(engine: Engine) -> PoliceDisposal:
    with Session(engine) as db:
        return db.exec(select(PoliceDisposal)).one()


def tasks(engine: Engine, why: Why) -> list[Notification]:
    with Session(engine) as db:
        return list(
            db.exec(select(Notification).where(Notification.why == why).order_by(col(Notification.id)))
        )


@pytest.mark.usefixtures("kelder")
def test_an_officer_tells_and_the_yot_knows_at_once(engine: Engine, world: World, visit: Visit) -> None:
    officer = visit("officer")
    assert "Tell us of a disposal that you gave" in officer.open("/").links
    page = officer.follow(officer.send(NEW, typed()))
    row = only(engine)
    assert page.heading == "The YOT has been told"
    assert row.reference in page.text
    assert "Told in time" in page.text
    assert (row.told_on, row.told_how, row.officer) == (TODAY, Heard.FORM, "Jo Marsh 4411")
    told = tasks(engine, Why.POLICE_TOLD)
    assert [(one.role, one.party) for one in told] == [
        (Role.YOT_MANAGER, None),
        (None, Party.DUTY),
        (Role.LIAISON, None),
    ]
    assert {one.acknowledge_by for one in told} == {add_working_days(TODAY, 1)}
    assert {one.path for one in told} == {f"/police-disposals/{row.reference}"}
    assert tasks(engine, Why.POLICE_EXCEPTION) == []


@pytest.mark.usefixtures("kelder")
def test_sending_the_same_page_twice_is_one_record_and_one_word(
    engine: Engine, world: World, visit: Visit
) -> None:
    officer = visit("officer")
    page = officer.open(NEW)
    first, second = officer.send(page, typed()), officer.send(page, typed())
    assert first.location == second.location
    with Session(engine) as db:
        assert len(db.exec(select(PoliceReport)).all()) == 1


@pytest.mark.usefixtures("kelder")
def test_a_second_word_of_the_same_event_tells_nobody_again(
    engine: Engine, world: World, visit: Visit
) -> None:
    visit("officer").send(NEW, typed())
    visit("other_officer").send(NEW, typed())
    assert only(engine).surname == "Marlow"
    assert len(tasks(engine, Why.POLICE_TOLD)) == 3


@pytest.mark.usefixtures("kelder")
@pytest.mark.parametrize("outcome", [Outcome.YC, Outcome.YCC, Outcome.O22, Outcome.O22_DEFERRED, Outcome.O23])
def test_where_the_policy_asks_for_the_yot_the_form_asks_and_an_exception_is_kept(
    engine: Engine, world: World, visit: Visit, outcome: Outcome
) -> None:
    officer = visit("officer")
    silent = officer.send(NEW, typed(outcome=outcome.value), status=422)
    assert silent.errors == [
        "Say whether the YOT was consulted before it was given: the joint policy asks for that"
    ]
    assert silent.form().filled["surname"] == ["Marlow"]
    unsaid = officer.send(silent, {"consulted": "no"}, status=422)
    assert unsaid.errors == [
        "Choose why the YOT was not consulted",
        "Say in a sentence why the YOT was not consulted",
    ]
    why = {"exception": "out_of_hours", "exception_reason": "It was Saturday night, and nobody answered."}
    done = officer.follow(officer.send(unsaid, why))
    assert "recorded as an exception to the joint policy" in done.text
    row = only(engine)
    assert (row.outcome, row.consulted, row.exception) == (outcome, False, "out_of_hours")
    assert row.exception_reason == why["exception_reason"]
    told = tasks(engine, Why.POLICE_EXCEPTION)
    assert [one.role for one in told] == [Role.YOT_MANAGER, Role.SECONDED]


@pytest.mark.usefixtures("kelder")
@pytest.mark.parametrize(
    ("outcome", "consulted"), [(Outcome.YC, "yes"), (Outcome.CR, "no"), (Outcome.NFA, None)]
)
def test_consulted_or_not_asked_for_is_no_exception(
    engine: Engine, world: World, visit: Visit, outcome: Outcome, consulted: str | None
) -> None:
    answer = {"consulted": consulted} if consulted else {}
    reason = {"exception": "other", "exception_reason": "Left over from another answer"}
    visit("officer").send(NEW, typed(outcome=outcome.value, **answer, **reason))
    assert only(engine).exception == ""
    assert tasks(engine, Why.POLICE_EXCEPTION) == []


@pytest.mark.usefixtures("kelder")
@pytest.mark.parametrize(
    ("born", "says"),
    [
        ({"day": 23, "month": 11, "year": 2016}, "Under 10 there is no disposal of any kind (AGE-1)"),
        ({"day": 1, "month": 11, "year": 2008}, "is not for the YOT: it deals with children from 10 to 17"),
    ],
    ids=["under 10", "18 or over"],
)
def test_an_age_outside_is_told_plainly_and_the_fact_is_recorded_when_it_is_right(
    engine: Engine, world: World, visit: Visit, born: dict[str, int], says: str
) -> None:
    officer = visit("officer")
    assert "age_checked" not in officer.open(NEW).form().names
    told = officer.send(NEW, typed(**day("date_of_birth", **born)), status=422)
    assert says in told.errors[0]
    officer.send(told, {"age_checked": "y"})
    assert only(engine).date_of_birth is not None


@pytest.mark.usefixtures("kelder")
@pytest.mark.parametrize("age", [10, 17])
def test_ten_and_seventeen_are_ours(engine: Engine, world: World, visit: Visit, age: int) -> None:
    born = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year - age}
    visit("officer").send(NEW, typed(**day("date_of_birth", **born)))
    assert only(engine).date_of_birth is not None


@pytest.mark.usefixtures("kelder")
@pytest.mark.parametrize("number", ["1326000123", "132600012345", "abc"])
def test_a_crime_reference_has_eleven_digits_or_is_left_empty(
    engine: Engine, world: World, visit: Visit, number: str
) -> None:
    officer = visit("officer")
    wrong = officer.send(NEW, typed(crime_reference=number), status=422)
    assert wrong.errors == ["Crime reference must have 11 digits, or be left empty"]
    officer.send(wrong, {"crime_reference": ""})
    assert only(engine).crime_reference == ""


def test_without_a_force_nothing_is_lost_and_the_page_says_whom_to_ask(world: World, visit: Visit) -> None:
    page = visit("officer").send(NEW, typed(), status=422)
    assert page.errors[0].startswith("No police force is named for this area yet")
    assert page.form().filled["offence"] == ["Theft from a shop"]


@pytest.mark.usefixtures("kelder")
def test_the_next_form_knows_officer_station_and_team_and_the_officer_sees_the_list(
    engine: Engine, world: World, visit: Visit
) -> None:
    officer = visit("officer")
    assert "You have told us of none yet" in officer.open("/police-disposals/told").text
    officer.send(NEW, typed())
    filled = officer.open(NEW).form().filled
    assert (filled["officer"], filled["station"], filled["team"]) == (
        ["Jo Marsh 4411"],
        ["Keel Street"],
        ["Response 2"],
    )
    assert "Kayden Marlow" in officer.open("/police-disposals/told").text
    assert "Kayden Marlow" not in visit("other_officer").open("/police-disposals/told").text


def acknowledge_button(page: Page) -> list[str]:
    return [form.action for form in page.forms() if form.method == "post"]


@pytest.mark.usefixtures("kelder")
def test_the_task_leads_to_the_record_and_is_done_by_acknowledging_there(
    engine: Engine, world: World, visit: Visit
) -> None:
    visit("officer").send(NEW, typed())
    manager, reference = visit("manager"), only(engine).reference
    home = manager.open("/")
    assert home.links["The police told us of a disposal that they gave."] == f"/police-disposals/{reference}"
    page = manager.open(f"/police-disposals/{reference}")
    buttons = acknowledge_button(page)
    assert len(buttons) == 2  # the managers' own, and what the duty mailbox confirmed
    seen = manager.follow(manager.send(page, action=buttons[0]))
    assert "Acknowledged by Ruth Okoro" in seen.text
    assert "The police told us of a disposal that they gave." not in manager.open("/").links
    assert len(acknowledge_button(visit("liaison").open(f"/police-disposals/{reference}"))) == 1
    assert acknowledge_button(visit("officer").open(f"/police-disposals/{reference}")) == []
    visit("far_manager").open(f"/police-disposals/{reference}", status=404)
