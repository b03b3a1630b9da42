"""The panel on one case: positions, the chair's text, the decision and its record."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.decisions import actions, deferring
from panel.decisions import decide as deciding
from panel.decisions.commands import Deferral, Draft, PositionTaken
from panel.decisions.models import Decision
from panel.decisions.queries import (
    conditions_of,
    decision_of,
    outcomes_of,
    overrides_of,
    positions_of,
)
from panel.decisions.sitting import choices, facts_of, sitting_of
from panel.errors import Stale
from panel.meetings import actions as meetings
from panel.meetings.agenda import cases_left, meeting_of, open_item
from panel.meetings.models import AgendaItem
from panel.notifications.models import Notification, Why
from panel.packs.earlier import earlier_disposals
from panel.referrals.admission import record_admission
from panel.referrals.models import Referral
from panel.referrals.offences import add_offence
from panel.referrals.queries import offences_of
from tests.support.assessed import VICTIM_NAME, VICTIM_PHONE, assessed
from tests.support.decided import (
    decided,
    heard,
    here,
    listed,
    mark_of,
    on_record,
    open_meeting,
    planned,
    published,
    ready,
    step,
    wrote,
)
from tests.support.world import NOW, TODAY, account, build, offence_details
from workflows.case import Status
from workflows.flow import NotYours, Refused
from workflows.roles import Role, Seat
from workflows.vocabulary import Admission, ModeOfTrial, Outcome

YCC, YC, CR, NFA = Outcome.YCC, Outcome.YC, Outcome.CR, Outcome.NFA


def refused_for(refused: Any) -> set[str]:
    return {refusal.name for refusal in refused.value.refusals}


def test_a_decision_is_written_once_with_all_that_the_record_needs(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world)
        decision = decision_of(db, referral.id)
        assert decision is not None
        assert (referral.status, referral.outcome, referral.decided_at) == (Status.DECIDED, YCC, NOW)
        assert (decision.outcome, decision.decided_at, decision.chair_id) == (YCC, NOW, world.users["chair"])
        assert decision.quorum == [
            {"name": "Alan Pike", "seat": "yot_manager"},
            {"name": "Sam Reed", "seat": "police"},
            {"name": "Nadia Khan", "seat": "victim_worker"},
        ]
        offence = offences_of(db, referral)[0]
        assert (offence.outcome, outcomes_of(db, decision.id)) == (YCC, {offence.id: YCC})
        assert [(c.place, c.what) for c in conditions_of(db, decision.id)] == [
            (1, "Four talks about anger"),
            (2, "Help to repaint bus shelters"),
        ]
        assert [p.seat for p in positions_of(db, decision.item_id)] == list(Seat)
        assert decision.assessment_version > 0
        assert cases_left(db, meeting_of(db, db.get_one(AgendaItem, decision.item_id)).id) == 0


def test_the_seconded_officers_are_told_and_nobody_has_it_on_their_list_any_more(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = decided(db, build(db))
        tasks = db.exec(select(Notification).where(Notification.referral_id == referral.id)).all()
        open_tasks = [(task.why, task.role, task.due_on) for task in tasks if task.done_at is None]
        due = TODAY + timedelta(days=14)
        assert (Why.DISPOSAL_TO_GIVE, Role.SECONDED, due) in open_tasks
        assert Why.CASE_LISTED not in [why for why, _, _ in open_tasks]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_can_be_decided(sqlite_engine: Engine, outcome: Outcome) -> None:
    with transaction(sqlite_engine) as db:
        referral = decided(db, build(db), outcome)
        assert (referral.status, referral.outcome) == (Status.DECIDED, outcome)


@pytest.mark.parametrize("seat", list(Seat))
def test_a_panel_without_one_of_its_seats_cannot_decide(engine: Engine, seat: Seat) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = ready(db, world), world.actor("chair")
        item = open_item(db, referral)
        assert item is not None
        meetings.attendance(db, meeting_of(db, item), here(world, **{seat.value: False}), by=chair, at=NOW)
        with pytest.raises(Refused) as refused:
            deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides={})
        assert refused_for(refused) == {"quorate", "positions"}


@pytest.mark.parametrize("silent", ["chair", "seconded", "victim_worker"])
def test_a_panel_in_which_somebody_has_not_said_what_they_think_cannot_decide(
    sqlite_engine: Engine, silent: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = open_meeting(db, world), world.actor("chair")
        for key in {"chair", "seconded", "victim_worker"} - {silent}:
            actions.position(db, referral, PositionTaken(outcome=YCC), by=world.actor(key), at=NOW)
        wrote(db, world, referral, YCC)
        with pytest.raises(Refused) as refused:
            deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides={})
        assert refused_for(refused) == {"positions"}


@pytest.mark.parametrize("key", ["manager", "seconded", "victim_worker", "case_manager", "far_manager"])
def test_only_the_chair_of_the_meeting_decides_defers_or_writes(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = ready(db, world)
        seen, by = mark_of(db, referral), world.actor(key)
        with pytest.raises(NotYours):
            deciding.decide(db, referral, seen=seen, by=by, at=NOW, overrides={})
        with pytest.raises(NotYours):
            deferring.defer(db, referral, Deferral(code="other", reason="x"), by=by, at=NOW)
        with pytest.raises(NotYours):
            actions.write(db, referral, Draft(), seen=0, by=by, at=NOW)
        with pytest.raises(NotYours):
            actions.condition(db, referral, step(), None, seen=0, by=by, at=NOW)


def test_what_differs_from_what_was_read_aloud_is_not_recorded(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = ready(db, world), world.actor("chair")
        seen = mark_of(db, referral)
        actions.condition(db, referral, step(), None, seen=0, by=chair, at=NOW)
        with pytest.raises(Stale):
            deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides={})
        seen = mark_of(db, referral)
        wrote(db, world, referral, YC)
        with pytest.raises(Stale):
            deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides={})
        seen = mark_of(db, referral)
        later = NOW + timedelta(minutes=1)
        actions.position(db, referral, PositionTaken(outcome=NFA), by=world.actor("seconded"), at=later)
        with pytest.raises(Stale):
            deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides={})
        why = {"police_hold_so": "The sergeant holds otherwise."}
        deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides=why)


def test_every_offence_needs_its_outcome(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = heard(db, world), world.actor("chair")
        add_offence(db, referral, offence_details(title="Theft"), by=world.actor("officer"), at=NOW)
        published(db, world, referral)
        first = offences_of(db, referral)[0].id
        actions.write(
            db, referral, Draft(outcomes={first: CR}, reasons="x", evidence="x"), seen=0, by=chair, at=NOW
        )
        with pytest.raises(Refused) as refused:
            deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides={})
        assert refused_for(refused) == {"every_offence"}


def test_two_offences_may_have_two_outcomes_and_the_more_serious_leads(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = heard(db, world), world.actor("chair")
        officer = world.actor("officer")
        add_offence(db, referral, offence_details(title="Theft"), by=officer, at=NOW)
        said = account(db, referral, Admission.FULL, reason="Interviewed about the theft as well")
        record_admission(db, referral, said, by=officer, at=NOW)
        on_record(db, world, referral)
        published(db, world, referral)
        first, second = (offence.id for offence in offences_of(db, referral))
        command = Draft(outcomes={first: CR, second: YC}, reasons="x", evidence="x")
        actions.write(db, referral, command, seen=0, by=chair, at=NOW)
        decision = deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides={})
        assert outcomes_of(db, decision.id) == {first: CR, second: YC}
        assert (decision.outcome, referral.outcome) == (YC, YC)


def test_guidance_is_overridden_by_the_chair_by_name_and_with_the_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        why = {"responsible": "He has shown it since."}
        referral = decided(db, build(db), CR, overrides=why, admission=Admission.DENIES)
        assert overrides_of(db, referral.id) == ("Alan Pike (YOT manager)", why)


def test_a_caution_without_a_full_admission_is_refused_whatever_the_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db, pytest.raises(Refused) as refused:
        decided(db, build(db), YC, overrides={"admitted": "He will."}, admission=Admission.PARTIAL)
    assert refused_for(refused) == {"admitted"}


def test_a_decided_case_is_neither_decided_again_nor_deferred(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = decided(db, world), world.actor("chair")
        with pytest.raises(Refused):
            deciding.decide(db, referral, seen=1, by=chair, at=NOW, overrides={})
        with pytest.raises(Refused):
            deferring.defer(db, referral, Deferral(code="other", reason="x"), by=chair, at=NOW)
        with pytest.raises(Refused):
            actions.position(db, referral, PositionTaken(outcome=YC), by=chair, at=NOW)
        assert len(db.exec(select(Decision)).all()) == 1


def test_a_deferred_case_keeps_its_reason_and_its_case_manager_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = open_meeting(db, world)
        command = Deferral(code="other", reason="The school report is missing.")
        deferring.defer(db, referral, command, by=world.actor("chair"), at=NOW)
        assert (referral.status, referral.reason) == (Status.DEFERRED, "The school report is missing.")
        told = db.exec(select(Notification.user_id).where(Notification.why == Why.CASE_DEFERRED)).all()
        assert told == [world.users["case_manager"]]
        assert open_item(db, referral) is None


def test_a_case_is_neither_decided_nor_deferred_before_the_meeting_opens(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = listed(db, world), world.actor("chair")
        with pytest.raises(Refused) as refused:
            deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides={})
        assert "meeting_open" in refused_for(refused)
        with pytest.raises(Refused) as refused:
            deferring.defer(db, referral, Deferral(code="other", reason="x"), by=chair, at=NOW)
        assert refused_for(refused) == {"meeting_open"}


def against(db: Any, referral: Referral, outcome: Outcome) -> set[str]:
    sitting = sitting_of(db, referral, today=TODAY)
    assert sitting is not None
    found = choices(facts_of(db, referral, sitting, today=TODAY), offences_of(db, referral))
    return {refusal.name for choice in found if choice.outcome is outcome for refusal in choice.against}


def test_the_page_says_for_each_outcome_what_stands_against_it_and_nothing_else(
    sqlite_engine: Engine,
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        clear = open_meeting(db, world)
        assert [against(db, clear, outcome) for outcome in Outcome] == [set()] * len(Outcome)
        denies = open_meeting(db, world, admission=Admission.DENIES)
        assert against(db, denies, CR) == {"responsible"}
        assert against(db, denies, YC) == {"admitted"}
        assert against(db, denies, NFA) == against(db, denies, Outcome.O22) == set()
        robbery = open_meeting(db, world, offence={"mode": ModeOfTrial.INDICTABLE})
        assert against(db, robbery, YCC) == {"cps_for_ycc"}
        assert against(db, robbery, YC) == {"cps_for_yc"}


def test_earlier_disposals_of_the_same_child_in_the_area_are_counted(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        now = assessed(db, world)
        for outcome in (CR, CR, YC):
            before = decided(db, world, outcome)
            before.given_on, before.child_id = TODAY, now.child_id
        decided(db, world, YC, child={"given_name": "Robyn"}).given_on = TODAY
        decided(db, world, YC).child_id = now.child_id  # decided but never given
        db.flush()
        assert [(e.outcome, e.count, e.last_on) for e in earlier_disposals(db, now)] == [
            (CR, 2, TODAY),
            (YC, 1, TODAY),
        ]


def test_a_meeting_ends_when_every_case_is_decided_or_deferred(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting, chair = planned(db, world), world.actor("chair")
        first = listed(db, world, meeting=meeting)
        second = ready(db, world, meeting=meeting)
        with pytest.raises(Refused):
            meetings.close(db, meeting, by=chair, at=NOW)
        deciding.decide(db, second, seen=mark_of(db, second), by=chair, at=NOW, overrides={})
        deferring.defer(db, first, Deferral(code="other", reason="x"), by=chair, at=NOW)
        meetings.close(db, meeting, by=chair, at=NOW)


@pytest.mark.parametrize(
    ("reasons", "refused"),
    [
        ("Robin Fielding wants to put it right.", False),
        (f"{VICTIM_NAME} asked for it.", True),
        (f"Call {VICTIM_PHONE} first.", True),
    ],
)
def test_a_decision_that_would_tell_the_child_who_the_victim_is_cannot_be_recorded(
    sqlite_engine: Engine, reasons: str, refused: bool
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = heard(db, world, victim=True)
        wrote(db, world, referral, Outcome.YCC, reasons=reasons)
        seen, chair = mark_of(db, referral), world.actor("chair")
        if not refused:
            deciding.decide(db, referral, seen=seen, by=chair, at=NOW, overrides={})
            return
        with pytest.raises(Refused) as no:
            deciding.decide(
                db, referral, seen=seen, by=chair, at=NOW, overrides={"no_victim_named": "It is fine"}
            )
        assert [r.name for r in no.value.refusals] == ["no_victim_named"]
