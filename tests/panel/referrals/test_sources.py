"""Cases that come another way: who may start them, what each needs, and its own clock."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.referrals import actions, offences
from panel.referrals import commands as c
from panel.referrals.clocks import deadlines
from panel.referrals.models import Origin, Referral
from panel.referrals.queries import child_of, header_of, offences_of
from panel.referrals.source_commands import SourceDetails
from panel.victims.actions import answer
from tests.panel.conftest import Visit, make, rows
from tests.support.papers import with_interview
from tests.support.world import NOW, TODAY, World, child_details, draft, offence_details, submitted
from workflows.case import Status
from workflows.flow import NotYours, Refused
from workflows.source import Source

CHILD = {
    "given_name": "Ivo",
    "surname": "Lark",
    "date_of_birth": ["4", "3", "2011"],
    "gender": "male",
    "looked_after": "no",
}
GO = "Save and continue"
GIVEN: dict[Source, dict[str, object]] = {
    Source.COURT: {"who": "Kelder Youth Court", "charge": "Theft", "why": "Could be dealt with out of court"},
    Source.PRE_CHARGE: {"who": "A. Penn, CPS", "why": "Would the panel take it?"},
    Source.LIAISON: {"who": "Ben Holt", "why": "Seen in custody"},
    Source.TRANSFER: {"who": "East Marrow", "stands": "Not assessed yet", "why": "The family moved"},
}


def came(db: Session, world: World, source: Source, *, by: str = "manager", **more: Any) -> Referral:
    """A case from this source with everything that it needs, not sent; nothing was said to the police."""
    starter = world.actor(by)
    referral = actions.start(db, child_details(), world.areas["north"], by=starter, at=NOW)
    told = {"source": source, "source_on": TODAY, **GIVEN[source], **more}
    details = SourceDetails.model_validate(told)
    actions.save_source(db, referral, details, by=starter, at=NOW)
    carer = c.CarerDetails(no_carer_reason="In care, the authority is told")
    actions.save_carer(db, referral, carer, by=starter, at=NOW)
    offences.add_offence(db, referral, offence_details(), by=starter, at=NOW).gravity = 3
    story = c.Circumstances(circumstances="As in the papers of the court.")
    actions.save_circumstances(db, referral, story, by=starter, at=NOW)
    answer(db, referral, is_there=False, by=starter, at=NOW)
    with_interview(db, referral, by=starter, at=NOW)
    return referral


def due(db: Session, referral: Referral) -> dict[str, date]:
    """Every deadline by what it is called."""
    found = deadlines(referral, child_of(db, referral), offences_of(db, referral))
    return {clock.text: clock.due for clock in found}


def test_a_manager_starts_a_case_that_the_court_returned_and_it_says_so_everywhere(
    engine: Engine, world: World, visit: Visit
) -> None:
    manager = visit("manager")
    assert "Start a case that came to us another way" in manager.open("/").text
    reference = manager.send("/referrals/new", CHILD).location.split("/")[2]
    page = manager.open(f"/cases/{reference}/source")
    assert "Liaison and diversion" not in page.text
    assert "The police refer the child" not in page.text
    details = manager.follow(manager.send(page, {"source": "returned_by_court"}, button=GO))
    assert details.heading == "Returned by the youth court"
    wrong = manager.send(details, {"who": "Kelder Youth Court"}, button=GO, status=422)
    assert wrong.errors == [
        "Enter the charge",
        "Enter the day of the hearing",
        "Say why the court sent the case back",
    ]
    given = {"charge": "Theft", "source_on": ["16", "11", "2026"], "source_due_on": ["1", "12", "2026"]}
    manager.send(wrong, {**given, "why": "Out of court"}, button=GO)
    (row,) = rows(engine, select(Referral))
    assert (row.source, row.source_due_on) == (Source.COURT, date(2026, 12, 1))  # type: ignore[attr-defined]
    text = manager.open(f"/cases/{reference}").text
    assert "The police refer" not in text
    assert "Kelder Youth Court" in manager.open(f"/cases/{reference}/check").text
    visit("officer").open(f"/cases/{reference}", status=404)
    visit("chair").open(f"/cases/{reference}", status=404)


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        ("officer", {"police_referral", "returned_by_court", "pre_charge_consultation", "transferred"}),
        ("manager", {"returned_by_court", "pre_charge_consultation", "transferred"}),
        ("liaison", {"liaison_and_diversion"}),
    ],
)
def test_each_role_is_offered_the_sources_that_it_may_start(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, key: str, offered: set[str]
) -> None:
    visitor = small_visit(key)
    reference = visitor.send("/referrals/new", CHILD).location.split("/")[2]
    html = visitor.open(f"/cases/{reference}/source").html
    assert {source.value for source in Source if f'value="{source.value}"' in html} == offered


@pytest.mark.parametrize("key", ["case_manager", "victim_worker", "inspector", "board", "admin"])
def test_nobody_else_starts_a_case(small_visit: Visit, key: str) -> None:
    small_visit(key).open("/referrals/new", status=403)


@pytest.mark.parametrize("source", [Source.COURT, Source.PRE_CHARGE, Source.TRANSFER])
def test_a_source_is_sent_by_those_who_may_start_it(
    sqlite_engine: Engine, small_world: World, source: Source
) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, source)
        why = {"admission_recorded": "Transferred without it"}
        actions.submit(db, referral, by=small_world.actor("manager"), at=NOW, overrides=why)
        assert referral.status is Status.SUBMITTED


def test_a_case_from_a_source_that_the_sender_may_not_start_is_refused(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.LIAISON)
        with pytest.raises(Refused) as refused:
            actions.submit(db, referral, by=small_world.actor("manager"), at=NOW, overrides={})
        assert [r.name for r in refused.value.refusals] == ["source_is_senders"]


def test_a_source_without_its_details_is_not_sent(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.COURT, charge="")
        with pytest.raises(Refused, match="how this case came to us"):
            actions.submit(db, referral, by=small_world.actor("manager"), at=NOW, overrides={})


@pytest.mark.parametrize(
    ("source", "named", "clock", "expected"),
    [
        (Source.COURT, date(2026, 12, 1), "Answer to the court", date(2026, 11, 27)),
        (Source.COURT, None, "Answer to the court", date(2026, 12, 8)),
        (Source.PRE_CHARGE, date(2026, 11, 20), "Answer before the charge", date(2026, 11, 20)),
        (Source.PRE_CHARGE, None, "Answer before the charge", date(2026, 11, 24)),
        (Source.TRANSFER, None, "Transfer to be taken up", date(2026, 11, 24)),
    ],
)
def test_each_source_has_its_own_clock_from_the_draft_on(
    sqlite_engine: Engine, small_world: World, source: Source, named: date | None, clock: str, expected: date
) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, source, source_due_on=named)
        assert due(db, referral)[clock] == expected
        assert referral.due_on == min(due(db, referral).values())
        header = header_of(db, referral, today=TODAY)
        assert clock in [one.text for one in header.deadlines]
        assert len(header.flags) == 1


def test_a_case_of_liaison_and_diversion_is_assessed_in_the_usual_time(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.LIAISON, by="liaison")
        actions.submit(db, referral, by=small_world.actor("liaison"), at=NOW, overrides={})
        assert due(db, referral)["Assessment due"] == date(2026, 12, 1)


def test_a_transfer_is_taken_up_when_it_is_accepted(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.TRANSFER)
        why = {"admission_recorded": "Not known"}
        actions.submit(db, referral, by=small_world.actor("manager"), at=NOW, overrides=why)
        choice = c.Accept(case_manager_id=small_world.users["case_manager"])
        actions.accept(db, referral, choice, by=small_world.actor("chair"), at=NOW)
        assert "Transfer to be taken up" not in due(db, referral)


def test_whoever_sent_a_case_accepts_it_only_with_a_reason(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.COURT)
        actions.submit(db, referral, by=small_world.actor("manager"), at=NOW, overrides={})
        reference = referral.reference
    manager = small_visit("manager")
    choice = {"case_manager_id": str(small_world.users["case_manager"])}
    page = manager.open(f"/cases/{reference}/accept")
    assert "You sent this case yourself" in page.text
    manager.send(page, choice, status=409)
    manager.send(page.path, {**choice, "override-second_person": "The other manager is ill."})
    (row,) = rows(sqlite_engine, select(Referral))
    assert row.status is Status.ACCEPTED  # type: ignore[attr-defined]


def test_another_manager_needs_no_reason(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.COURT)
        actions.submit(db, referral, by=small_world.actor("manager"), at=NOW, overrides={})
        choice = c.Accept(case_manager_id=small_world.users["case_manager"])
        actions.accept(db, referral, choice, by=small_world.actor("chair"), at=NOW)
        assert referral.status is Status.ACCEPTED


def test_a_police_referral_keeps_no_details_of_another_source(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = came(db, small_world, Source.COURT, by="officer")
        police = SourceDetails(source=Source.POLICE)
        actions.save_source(db, referral, police, by=small_world.actor("officer"), at=NOW)
        assert referral.source_on is None
        assert db.exec(select(Origin)).all() == []


def test_a_manager_withdraws_their_own_case_and_not_that_of_an_officer(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    theirs = make(sqlite_engine, submitted, small_world)
    small_visit("manager").open(f"/cases/{theirs}/withdraw", status=403)
    with transaction(sqlite_engine) as db:
        mine = came(db, small_world, Source.COURT)
        gone = c.WithReason(reason="The court took it back.")
        actions.withdraw(db, mine, gone, by=small_world.actor("manager"), at=NOW)
        assert mine.status is Status.WITHDRAWN
        other = db.exec(select(Referral).where(Referral.reference == theirs)).one()
        with pytest.raises(Refused, match="Only the police"):
            actions.withdraw(db, other, gone, by=small_world.actor("manager"), at=NOW)
        story = c.Circumstances(circumstances="Rewritten")
        with pytest.raises(NotYours):
            actions.save_circumstances(db, other, story, by=small_world.actor("manager"), at=NOW)


@pytest.mark.parametrize("path", ["child", "carer", "offences", "circumstances", "victim/tell", "papers"])
def test_a_manager_does_not_write_in_an_officers_referral(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, path: str
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    small_visit("manager").open(f"/cases/{reference}/{path}", status=403)


def test_a_carer_known_from_an_earlier_case_is_offered_with_a_warning(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        first = draft(db, small_world)
        second = actions.start(
            db, child_details(), small_world.areas["north"], by=small_world.actor("officer"), at=NOW
        )
        second.child_id, second.created_at = first.child_id, NOW + timedelta(days=1)
        earlier, later = first.reference, second.reference
    officer = small_visit("officer")
    page = officer.open(f"/cases/{later}/carer")
    assert page.form(button=GO).filled["name"] == ["Dana Fielding"]
    assert "Check that it is still right" in page.text
    assert "Check that it is still right" not in officer.open(f"/cases/{earlier}/carer").text
