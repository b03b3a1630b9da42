"""The police have the last word (PAN-2), split views, and what goes to the prosecutor."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.appointments.actions import plan
from panel.appointments.queries import planned_for
from panel.db import transaction
from panel.decisions.decide import decide
from panel.decisions.queries import conditions_of, outcomes_of
from panel.decisions.recording import digest_of
from panel.decisions.standing import conditions_standing, standing_of
from panel.decisions.verify import verify
from panel.disposals import actions as disposals
from panel.disposals.queries import disposal_of
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.notifications.models import Notification, Why
from panel.referrals.queries import offences_of
from panel.rulings import commands as c
from panel.rulings import police, recording, shown
from panel.rulings.queries import counts
from tests.panel.appointments.test_appointments import wanted
from tests.panel.rulings.test_rulings import LATER, YC, YCC, last, police_says
from tests.support.decided import decided, mark_of, ready
from tests.support.given import GIVEN_AT, ISSUER, MOTHER, prepared
from tests.support.world import NOW, TODAY, build
from workflows.appointment import Status as Planned
from workflows.case import Status
from workflows.flow import NotYours, Refused
from workflows.vocabulary import Outcome


def test_what_the_police_decide_is_given_and_the_panel_keeps_its_record(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = prepared(db, world, by="seconded")
        decision, officer = last(db, referral), world.actor("seconded")
        stands = standing_of(db, referral.id)
        assert stands is not None
        row = police.police_decide(db, referral, stands, police_says(referral, db), by=officer, at=LATER)
        offence = offences_of(db, referral)[0]
        assert (referral.status, referral.outcome, offence.outcome) == (Status.DECIDED, YC, YC)
        assert outcomes_of(db, decision.id) == {offence.id: YCC}
        assert conditions_standing(db, decision.id) == [] != conditions_of(db, decision.id)
        assert (row.rank, row.number, len(row.told)) == ("Inspector", 1, 4)
        assert row.digest == digest_of(row.content)
        told = db.exec(select(Notification).where(Notification.why == Why.POLICE_DECIDED)).all()
        assert len(told) == 4
        disposals.prepare(db, referral, MOTHER, ISSUER, by=officer, at=GIVEN_AT)
        disposal = disposal_of(db, referral.id)
        assert disposal is not None
        assert disposal.outcome is YC
        page = str(shown.sections(db, referral, decision))
        assert "Inspector Ruth Hale 4021" in page
        assert "Youth caution" in page
        found = counts(db, referral.area_id, TODAY, TODAY)
        assert (found.decided, found.otherwise, found.rescinded) == (1, 1, 0)
    assert verify(engine) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"outcome": YCC}, "has_condition"),
        ({"code": "because"}, "police_coded"),
        ({"outcomes": {}}, "every_offence"),
    ],
)
def test_the_police_are_bound_by_the_rules_of_the_outcome(
    sqlite_engine: Engine, change: dict[str, Any], rule: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        stands = standing_of(db, referral.id)
        assert stands is not None
        outcome = change.pop("outcome", YC)
        command = police_says(referral, db, outcome, **change)
        with pytest.raises(Refused) as refused:
            police.police_decide(db, referral, stands, command, by=world.actor("seconded"), at=LATER)
        assert rule in {r.name for r in refused.value.refusals}


def test_only_the_police_have_the_last_word(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = decided(db, world)
        stands = standing_of(db, referral.id)
        assert stands is not None
        command = police_says(referral, db)
        with pytest.raises(NotYours):
            police.police_decide(db, referral, stands, command, by=world.actor("manager"), at=LATER)


def test_a_split_view_and_its_answer_stand_in_the_record(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, manager = ready(db, world), world.actor("manager")
        asked = c.Escalate(
            to_name="Ines Holt", to_post="Head of service", escalated_on=TODAY, text="Split 2:1"
        )
        raised = recording.escalate(db, referral, asked, by=manager, at=NOW)
        answer = c.Answer(escalated_on=TODAY, text="Go with the panel.")
        recording.answer(db, referral, raised, answer, by=manager, at=NOW)
        decide(db, referral, seen=mark_of(db, referral), by=world.actor("chair"), at=NOW, overrides={})
        page = str(shown.sections(db, referral, last(db, referral)))
        assert "Ines Holt, Head of service" in page
        assert "Go with the panel." in page


def test_what_is_sent_to_the_prosecutor_is_a_disclosure_in_the_access_log(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = decided(db, world), world.actor("seconded")
        known = recording.known(db, referral)
        assert known["looked_after"] == "No"
        assert "victims" not in known
        more = dict.fromkeys(("needs", "victims", "assessment", "why_charge"), "As told")
        recording.fill_in(db, referral, c.Information(**known, **more), by=officer, at=LATER)
        sent = c.Send(sent_to="CPS north", sent_on=TODAY, their_reference="F-1")
        row = recording.send(db, referral, sent, by=officer, at=LATER)
        assert (row.number, row.sent_on) == (2, TODAY)
    with Session(engine) as db:
        query = select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE)
        assert [entry.recipients for entry in db.exec(query)] == ["CPS north"]


@pytest.mark.parametrize("outcome", [YC, Outcome.RETURNED, Outcome.CHARGE])
def test_what_the_police_decide_calls_the_appointment_off(engine: Engine, outcome: Outcome) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = decided(db, world), world.actor("seconded")
        appointment = plan(db, referral, wanted(world), by=world.actor("case_manager"), at=NOW)
        assert referral.appointed_on is not None
        stands = standing_of(db, referral.id)
        assert stands is not None
        says = police_says(referral, db, outcome)
        police.police_decide(db, referral, stands, says, by=officer, at=LATER)
        assert appointment.status is Planned.CANCELLED
        assert (planned_for(db, referral.id), referral.appointed_on) == (None, None)
