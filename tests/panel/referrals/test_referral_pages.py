"""The officer refers, the manager accepts or sends back: as pages."""

from io import BytesIO

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.documents.models import Document
from panel.history.models import Event
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from tests.panel.conftest import Visit, make, rows
from tests.support.papers import with_interview
from tests.support.visitor import Page, words
from tests.support.world import NOW, World, accepted, draft, submitted
from workflows.case import Status
from workflows.roles import Role

CHILD = {
    "given_name": "Ivo",
    "surname": "Lark",
    "date_of_birth": ["4", "3", "2011"],
    "gender": "male",
    "looked_after": "no",
}


def referral(engine: Engine, reference: str) -> Referral:
    """The row as it stands."""
    (row,) = rows(engine, select(Referral).where(Referral.reference == reference))
    assert isinstance(row, Referral)
    return row


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("given_name", "", "Enter the child's first names"),
        ("surname", "x" * 101, "Last name must be 100 characters or fewer"),
        ("date_of_birth", ["", "", ""], "Enter the child's date of birth"),
        ("date_of_birth", ["31", "2", "2011"], "Date of birth must be a real date, such as 27 3 2026"),
        ("date_of_birth", ["1", "1", "2199"], "Date of birth must be today or in the past"),
        ("gender", None, "Choose the child's gender, or not stated"),
    ],
)
def test_each_mistake_is_named_in_plain_words_and_the_rest_is_kept(
    small_visit: Visit, field: str, value: object, sentence: str
) -> None:
    page = small_visit("officer").send(
        "/referrals/new", {**CHILD, "school": "Kept", field: value}, status=422
    )
    assert page.errors == [sentence]
    assert 'value="Kept"' in page.html
    assert page.title.startswith("Error: ")


def test_a_draft_says_what_is_missing_and_cannot_be_sent(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    officer = small_visit("officer")
    started = officer.send("/referrals/new", CHILD)
    reference = started.location.split("/")[2]
    page = officer.open(f"/cases/{reference}/check")
    assert "Add at least one offence." in page.text
    assert "Send the referral to the YOT" not in page.html
    assert referral(sqlite_engine, reference).status is Status.DRAFT


def test_a_referral_is_sent_sent_back_put_right_and_accepted(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, draft, world)
    officer, manager = visit("officer"), visit("manager")
    officer.send(f"/cases/{reference}/check", button="Send the referral to the YOT")
    asked = {"codes": ["circumstances_unclear"], "reason": "Add who else was there."}
    manager.send(f"/cases/{reference}/send-back", asked)
    assert "Add who else was there." in officer.open(f"/cases/{reference}/check").text
    officer.send(
        f"/cases/{reference}/circumstances", {"circumstances": "He was alone."}, button="Save and continue"
    )
    officer.send(f"/cases/{reference}/check", button="Send the referral to the YOT")
    manager.send(f"/cases/{reference}/accept", {"case_manager_id": str(world.users["case_manager"])})
    row = referral(engine, reference)
    assert (row.status, row.case_manager_id) == (Status.ACCEPTED, world.users["case_manager"])
    tasks = {(n.why, n.user_id, n.role, n.done_at is None) for n in rows(engine, select(Notification))}  # type: ignore[attr-defined]
    assert (Why.REFERRAL_SENT, None, Role.YOT_MANAGER, True) not in tasks
    assert (Why.CASE_ALLOCATED, world.users["case_manager"], None, True) in tasks


def test_a_case_manager_of_another_area_cannot_be_chosen(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    far = str(small_world.users["far_case_manager"])
    small_visit("manager").send(f"/cases/{reference}/accept", {"case_manager_id": far}, status=404)
    assert referral(sqlite_engine, reference).status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("", b"", "Choose a file"),
        ("empty.pdf", b"", "empty"),
        ("not.pdf", b"<html><script>alert(1)</script></html>", ""),
    ],
)
def test_a_bad_paper_is_refused_in_words_and_nothing_is_kept(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, name: str, data: bytes, sentence: str
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    page = small_visit("officer").send(
        f"/cases/{reference}/papers",
        {"kind": "interview_record", "paper": (BytesIO(data), name)},
        status=422,
    )
    assert len(page.errors) == 1
    assert sentence in page.errors[0]
    assert rows(sqlite_engine, select(Document)) == []


def test_guidance_is_passed_over_with_a_reason_which_the_history_tells(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer = small_visit("officer")
    reference = make(sqlite_engine, draft, small_world)
    officer.send(f"/cases/{reference}/carer", {"name": "", "no_carer_reason": ""})
    page = officer.send(f"/cases/{reference}/check", button="Send the referral to the YOT", status=409)
    assert "Name the parent or carer, or say why there is none." in page.text
    assert page.html.count('name="override-carer_named"') == 1  # an empty one before it would count instead
    officer.send(
        page, {"override-carer_named": "He came alone from abroad."}, button="Go on with these reasons"
    )
    (event,) = rows(sqlite_engine, select(Event).where(Event.verb == "case.submit"))
    assert event.overrides == {"carer_named": "He came alone from abroad."}  # type: ignore[attr-defined]
    assert "He came alone from abroad." in officer.open(f"/cases/{reference}/history").text


def test_a_referral_is_withdrawn_with_a_reason_until_the_panel_decides(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, accepted, small_world)
    officer = small_visit("officer")
    officer.send(f"/cases/{reference}/withdraw", {"reason": ""}, status=422)
    officer.send(f"/cases/{reference}/withdraw", {"reason": "The family moved away."})
    assert referral(sqlite_engine, reference).status is Status.WITHDRAWN
    again = officer.send(f"/cases/{reference}/withdraw", {"reason": "Once more."}, status=409)
    assert "the case is withdrawn" in again.text


def states(page: Page) -> dict[str, str]:
    """How far each page of a referral is, by its title."""
    items = [item for item in page.tree.iter("li") if "govuk-task-list__item" in (item.get("class") or "")]
    return {words(next(item.iter("a"))): words(item).split(" ")[-1] for item in items}


def test_the_offences_are_done_with_their_score_and_the_papers_with_the_usual_ones(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer = small_visit("officer")
    reference = make(sqlite_engine, draft, small_world, interview=False)
    before = officer.open(f"/cases/{reference}/tasks")
    assert states(before) == {
        "Who the child is": "Completed",
        "How the case came to us": "Completed",
        "Parent or carer": "Completed",
        "Offences": "Completed",
        "What happened": "Completed",
        "What the child said": "Completed",
        "Victim": "Completed",
        "Police papers": "do",
    }
    with transaction(sqlite_engine) as db:
        row = db.exec(select(Referral).where(Referral.reference == reference)).one()
        offences_of(db, row)[0].gravity = None
        with_interview(db, row, by=small_world.actor("officer"), at=NOW)
    after = states(officer.open(f"/cases/{reference}/tasks"))
    assert (after["Offences"], after["Police papers"]) == ("do", "Optional")
    assert "6 of 8 pages done" in officer.open("/").text


def test_the_numbers_of_a_child_are_read_back_to_whoever_writes_the_referral_and_to_nobody_else(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    child = {"pnc_id": "1979/0163001B", "other_names": "Robbie"}
    reference = make(sqlite_engine, draft, small_world, child=child)
    officer = small_visit("officer")
    page = officer.open(f"/cases/{reference}/check")
    for said in ("PNC ID: 1979/0163001B", "Robbie", "Ethnic group", "Usual papers not there"):
        assert said in page.text
    officer.send(page, button="Send the referral to the YOT")
    assert "1979/0163001B" in officer.open(f"/cases/{reference}/offence").text
    for path in ("offence", "print"):
        read = small_visit("manager").open(f"/cases/{reference}/{path}")
        assert "Robbie" in read.text
        assert "1979/0163001B" not in read.html
