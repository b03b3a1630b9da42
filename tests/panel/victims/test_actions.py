"""What is kept of a victim, and what never is, on both databases."""

from dataclasses import asdict

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.history.models import Event
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.victims import actions
from panel.victims.commands import Recorded, Told
from panel.victims.models import Victim
from panel.victims.queries import cleared, told_by, victim_of, view_of
from tests.support.assessed import CANARIES, CLEARED, RECORDED, TOLD, accepted_with_victim, assessed, told
from tests.support.world import NOW, build, draft, give_back
from workflows.flow import Refused
from workflows.vocabulary import View


def test_the_officer_names_a_victim_and_the_referral_knows_only_that(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = told(db, build(db))
        assert (referral.victim_identified, referral.victim_named) == (True, True)
        victim = victim_of(db, referral.id)
        assert victim is not None
        assert (victim.name, victim.contact) == (TOLD.name, TOLD.contact)


@pytest.mark.parametrize(("name", "contact"), [("", ""), ("Marguerite", ""), ("", "01632 960777")])
def test_a_name_without_a_contact_or_the_reverse_is_not_a_named_victim(
    engine: Engine, name: str, contact: str
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = draft(db, world)
        command = Told(is_there=True, name=name, contact=contact)
        actions.tell(db, referral, command, by=world.actor("officer"), at=NOW)
        assert (referral.victim_identified, referral.victim_named) == (True, False)


def test_of_a_victim_who_objects_only_the_objection_is_kept(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        objects = TOLD.model_copy(update={"objects": True, "under_18": True, "same_household": True})
        actions.tell(db, referral, objects, by=world.actor("officer"), at=NOW)
        victim = victim_of(db, referral.id)
        assert victim is not None
        assert victim.objects_to_sharing
        assert (victim.name, victim.contact, victim.under_18, victim.same_household) == ("", "", False, False)
        assert (referral.victim_identified, referral.victim_named) == (True, True)


def test_when_there_is_no_victim_after_all_nothing_stays(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        actions.tell(db, referral, Told(is_there=False), by=world.actor("officer"), at=NOW)
        db.flush()
        assert victim_of(db, referral.id) is None
        assert (referral.victim_identified, referral.victim_named) == (False, False)
        assert cleared(db, referral.id).status_words == "No victim"


def test_once_the_referral_is_sent_the_police_change_nothing_about_the_victim(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted_with_victim(db, world)
        with pytest.raises(Refused, match="victim worker"):
            actions.tell(db, referral, Told(is_there=False), by=world.actor("officer"), at=NOW)


def test_the_officer_sees_what_they_typed_only_until_the_referral_is_sent(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        officer, seconded = world.actor("officer"), world.actor("seconded")
        assert told_by(db, referral, officer) is not None
        assert told_by(db, referral, seconded) is None
        referrals.submit(db, referral, by=officer, at=NOW, overrides={})
        assert told_by(db, referral, officer) is None
        give_back(db, world, referral)
        assert told_by(db, referral, officer) is not None
        assert told_by(db, referral, seconded) is None


def test_a_victim_who_was_asked_cannot_be_made_to_vanish(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        officer = world.actor("officer")
        referrals.submit(db, referral, by=officer, at=NOW, overrides={})
        actions.record_view(db, referral, RECORDED, by=world.actor("victim_worker"), at=NOW)
        give_back(db, world, referral)
        with pytest.raises(Refused, match="already recorded"):
            actions.tell(db, referral, Told(is_there=False), by=officer, at=NOW)


def test_the_panel_reads_the_cleared_text_and_no_name_contact_or_own_words(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = assessed(db, build(db), victim=True)
        view = cleared(db, referral.id)
        assert (view.text, view.view, view.status_words) == (CLEARED, View.GIVEN, "Gave a view")
        assert not [word for word in CANARIES if word in str(asdict(view))]
        assert view_of(db, referral) is View.GIVEN


def test_a_victim_whom_nobody_has_told_us_about_has_not_been_asked(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = draft(db, build(db), victim=True)
        assert view_of(db, referral) is View.NOT_YET
        assert cleared(db, referral.id).status_words == "Not asked yet"


@pytest.mark.parametrize("field", ["cleared_text", "view_reason"])
def test_a_text_for_the_panel_that_gives_the_victim_away_changes_nothing(engine: Engine, field: str) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted_with_victim(db, world)
        command = RECORDED.model_copy(update={field: "marguerite  OLDCASTLE is on 01632960777"})
        with pytest.raises(actions.NotCleared) as no:
            actions.record_view(db, referral, command, by=world.actor("victim_worker"), at=NOW)
        expected = "Leave out the victim's name and telephone number: the panel reads this"
        assert no.value.wrong == {field: expected}
        assert view_of(db, referral) is View.NOT_YET


def test_the_own_words_may_name_anybody(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted_with_victim(db, world)
        command = RECORDED.model_copy(update={"own_words": "I am Marguerite Oldcastle."})
        victim = actions.record_view(db, referral, command, by=world.actor("victim_worker"), at=NOW)
        assert (victim.cleared_by_id, victim.cleared_at) == (world.users["victim_worker"], NOW)


def test_a_view_can_be_recorded_even_when_the_police_gave_no_details(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = draft(db, world, victim=True)
        referrals.submit(db, referral, by=world.actor("officer"), at=NOW, overrides={})
        command = Recorded(view=View.NOT_CONTACTABLE, view_reason="No details were given")
        actions.record_view(db, referral, command, by=world.actor("victim_worker"), at=NOW)
        assert view_of(db, referral) is View.NOT_CONTACTABLE


def test_no_event_holds_anything_of_the_victim(engine: Engine) -> None:
    with transaction(engine) as db:
        assessed(db, build(db), victim=True)
        events = list(db.exec(select(Event)))
        kept = " ".join(f"{event.verb} {event.facts} {event.overrides}" for event in events)
        assert {"case.victim", "case.victim_view"} <= {event.verb for event in events}
        assert not [word for word in (*CANARIES, CLEARED) if word in kept]


def test_there_is_one_victim_row_for_a_case_however_often_it_is_saved(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        actions.tell(db, referral, TOLD, by=world.actor("officer"), at=NOW)
        assert len(list(db.exec(select(Victim)))) == 1


def test_after_the_case_has_ended_nothing_more_is_recorded(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted_with_victim(db, world)
        referrals.withdraw(db, referral, WithReason(reason="Moved"), by=world.actor("officer"), at=NOW)
        with pytest.raises(Refused):
            actions.record_view(db, referral, RECORDED, by=world.actor("victim_worker"), at=NOW)
