"""What the header of a case says of its deadlines, in every state, on the page that people see."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel import clock
from panel.db import transaction
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.conftest import signed_in
from tests.support.visitor import Page, words
from tests.support.world import World, draft
from workflows.calendar import add_months, add_working_days, long_date, today_in_london
from workflows.case import Status
from workflows.vocabulary import ModeOfTrial, Outcome

TODAY = today_in_london(clock.now())
DAY = timedelta(days=1)
TOLD, ASSESS = "YOT to be told", "Assessment due"
RESULT, PANEL, GIVE = "Police told the result", "Panel due", "Disposal to be given"
APPOINT = "Appointment to be planned"
KNOWS, STEP, CONTACT = "YOT to acknowledge", "Next step", "First contact"
LAW = ("Turns 18", "Last day to prosecute")
SHOWN: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: (TOLD, RESULT, *LAW),
    Status.SUBMITTED: (ASSESS, RESULT, *LAW),
    Status.SENT_BACK: (RESULT, *LAW),
    Status.ACCEPTED: (ASSESS, RESULT, *LAW),
    Status.ASSESSED: (RESULT, PANEL, *LAW),
    Status.LISTED: (RESULT, PANEL, *LAW),
    Status.DEFERRED: (RESULT, PANEL, *LAW),
    Status.DECIDED: (APPOINT, GIVE, *LAW),
    Status.GIVEN: (KNOWS,),
    Status.NOTIFIED: (CONTACT, STEP),
    Status.CLOSED: (),
    Status.WITHDRAWN: (),
    Status.REJECTED: (),
}
RULES = {
    TOLD: "The police tell the youth offending team within 1 working day of arrest.",
    ASSESS: "Assessment finished within 10 working days of referral.",
    RESULT: "The police are told the result of the assessment within 15 working days of bail.",
    "Turns 18": "The last day on which a youth caution can be given is the day before the 18th birthday.",
    "Last day to prosecute": "A summary offence can be prosecuted for six months.",
}


def case(engine: Engine, world: World, status: Status) -> str:
    """A case in a state, with every date that a deadline is counted from, all of them near."""
    moment = datetime.combine(TODAY - DAY, time(10), UTC)
    with transaction(engine) as db:
        born = add_months(TODAY, -18 * 12) + 20 * DAY
        offence = {"mode": ModeOfTrial.SUMMARY, "committed_on": add_months(TODAY, -5) - 5 * DAY}
        referral = draft(db, world, child={"date_of_birth": born}, offence=offence)
        referral.sqlmodel_update(
            {
                "status": status,
                "case_manager_id": world.users["case_manager"],
                "bailed_on": TODAY - DAY,
                "submitted_at": None if status is Status.DRAFT else moment,
                "assessed_at": moment,
                "decided_at": moment,
                "given_on": TODAY - DAY,
                "outcome": Outcome.YCC,
                "plan_due_on": TODAY + DAY,
            }
        )
        return referral.reference


def shown(page: Page) -> dict[str, str]:
    """The deadlines in the header: what is said of each."""
    lists = [e for e in page.tree.iter("ul") if e.get("aria-label") == "Deadlines"]
    items = [item for found in lists for item in found.iter("li")]
    return {words(item.find("strong")): words(item) for item in items}


@pytest.mark.parametrize("status", list(Status))
def test_every_deadline_that_runs_is_shown_with_its_rule_and_no_other(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, status: Status
) -> None:
    reference = case(sqlite_engine, small_world, status)
    found = shown(signed_in(sqlite_app, "officer").open(f"/cases/{reference}"))
    assert set(found) == set(SHOWN[status])
    assert [text for text in found if RULES.get(text, "") not in found[text]] == []


@pytest.mark.parametrize(
    ("due", "tag"), [(0, "Due soon"), (1, "Due soon"), (3, "Due soon"), (4, ""), (-1, "Late")]
)
def test_a_deadline_is_marked_when_it_is_due_soon_or_late(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, due: int, tag: str
) -> None:
    reference = case(sqlite_engine, small_world, Status.NOTIFIED)
    day = add_working_days(TODAY, due) if due > 0 else TODAY + due * DAY
    with transaction(sqlite_engine) as db:
        db.exec(select(Referral)).one().plan_due_on = day
    found = shown(signed_in(sqlite_app, "case_manager").open(f"/cases/{reference}"))
    assert [word for word in ("Due soon", "Late") if found[STEP].endswith(word)] == ([tag] if tag else [])
    assert long_date(day) in found[STEP]
