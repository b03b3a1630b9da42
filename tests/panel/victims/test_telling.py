"""What the police tell of victims and what is kept of it, on both databases."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.errors import Missing
from panel.history.models import Event
from panel.referrals import actions as referrals
from panel.referrals.models import Referral
from panel.victims import actions, recording
from panel.victims.commands import Told
from panel.victims.models import Victim, VictimContact
from panel.victims.queries import contact_of, told_by, victims_of
from tests.support.assessed import CANARIES, CLEARED, TOLD, TRIED, accepted_with_victim, assessed, told
from tests.support.world import NOW, World, build, draft, give_back
from workflows.flow import Refused
from workflows.victim import Ground, Kind

SHOP = Told(kind=Kind.BUSINESS, name="Corner Shop", speak_with="Una Field", phone="01632 960111")
CHILD = Told(kind=Kind.PERSON, name="Ivy Moor", speak_with="Ada Moor", phone="01632 960112", under_18=True)


def tell(db: Session, world: World, referral: Referral, command: Told, *, place: int | None = None) -> Victim:
    return actions.tell(db, referral, command, by=world.actor("officer"), at=NOW, place=place)


def test_the_officer_names_a_victim_and_the_referral_knows_only_that(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = told(db, build(db))
        assert (referral.victim_identified, referral.victim_named) == (True, True)
        (victim,) = victims_of(db, referral.id)
        contact = contact_of(db, victim)
        assert (victim.place, victim.name) == (1, TOLD.name)
        assert (contact.phone, contact.email, contact.address) == (TOLD.phone, TOLD.email, TOLD.address)


def test_a_case_has_as_many_victims_as_the_officer_names_in_their_order(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        for command in (SHOP, CHILD):
            tell(db, world, referral, command)
        found = victims_of(db, referral.id)
        assert [(v.place, v.kind, v.name) for v in found] == [
            (1, Kind.PERSON, TOLD.name),
            (2, Kind.BUSINESS, "Corner Shop"),
            (3, Kind.PERSON, "Ivy Moor"),
        ]
        assert referral.victim_named


def test_removing_a_victim_moves_the_others_up_and_takes_their_contact_away(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        for command in (SHOP, CHILD):
            tell(db, world, referral, command)
        actions.remove(db, referral, 1, by=world.actor("officer"), at=NOW)
        assert [(v.place, v.name) for v in victims_of(db, referral.id)] == [(1, SHOP.name), (2, CHILD.name)]
        assert len(list(db.exec(select(VictimContact)))) == 2


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (Told(kind=Kind.PERSON), False),
        (Told(kind=Kind.PERSON, name="Ann"), False),
        (Told(kind=Kind.PERSON, phone="01632 960777"), False),
        (Told(kind=Kind.PERSON, name="Ann", address="1 Row"), True),
        (Told(kind=Kind.PERSON, objects=True), True),
        (Told(kind=Kind.BUSINESS, name="Shop", phone="01632 960777"), False),
        (SHOP, True),
    ],
)
def test_a_victim_is_named_with_a_way_to_reach_them_and_a_business_with_its_contact(
    engine: Engine, command: Told, named: bool
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = draft(db, world)
        tell(db, world, referral, command)
        assert (referral.victim_identified, referral.victim_named) == (True, named)


def test_one_victim_without_a_contact_is_enough_for_the_question_to_stay(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        tell(db, world, referral, Told(kind=Kind.PERSON, name="Ann"))
        assert not referral.victim_named


def test_of_a_victim_who_objects_only_the_objection_is_kept(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        objects = CHILD.model_copy(update={"objects": True, "same_household": True})
        victim = tell(db, world, referral, objects, place=1)
        assert victim.objects_to_sharing
        assert (victim.name, victim.under_18, victim.same_household) == ("", False, False)
        assert not [v for k, v in contact_of(db, victim).model_dump().items() if v and not k.endswith("id")]
        assert (referral.victim_identified, referral.victim_named) == (True, True)


def test_when_there_is_no_victim_after_all_nothing_stays(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        actions.answer(db, referral, is_there=False, by=world.actor("officer"), at=NOW)
        assert not list(db.exec(select(Victim))) + list(db.exec(select(VictimContact)))
        assert (referral.victim_identified, referral.victim_named) == (False, False)


@pytest.mark.parametrize(("under_18", "ground"), [(True, Ground.VULNERABLE), (False, None)])
def test_a_victim_under_18_has_enhanced_rights_from_the_start(
    engine: Engine, under_18: bool, ground: Ground | None
) -> None:
    with transaction(engine) as db:
        world = build(db)
        command = CHILD.model_copy(update={"under_18": under_18})
        victim = tell(db, world, draft(db, world), command)
        assert (victim.enhanced, victim.ground) == (under_18, ground)


def test_once_the_referral_is_sent_the_police_change_nothing_about_the_victims(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted_with_victim(db, world)
        officer = world.actor("officer")
        with pytest.raises(Refused, match="victim worker"):
            actions.answer(db, referral, is_there=False, by=officer, at=NOW)
        with pytest.raises(Refused, match="victim worker"):
            tell(db, world, referral, CHILD)
        with pytest.raises(Refused, match="victim worker"):
            actions.remove(db, referral, 1, by=officer, at=NOW)


def test_the_officer_sees_what_they_typed_only_until_the_referral_is_sent(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        officer, seconded = world.actor("officer"), world.actor("seconded")
        named = victims_of(db, referral.id)
        assert told_by(named, referral, officer) == named
        assert told_by(named, referral, seconded) == []
        referrals.submit(db, referral, by=officer, at=NOW, overrides={})
        assert told_by(named, referral, officer) == []
        give_back(db, world, referral)
        assert told_by(named, referral, officer) == named


def test_what_the_victim_worker_has_begun_is_neither_shown_to_the_officer_nor_taken_away(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = told(db, world)
        officer = world.actor("officer")
        referrals.submit(db, referral, by=officer, at=NOW, overrides={})
        (victim,) = victims_of(db, referral.id)
        recording.attempt(db, referral, victim, TRIED, by=world.actor("victim_worker"), at=NOW)
        give_back(db, world, referral)
        assert told_by([victim], referral, officer) == []
        with pytest.raises(Missing):
            tell(db, world, referral, CHILD, place=1)
        with pytest.raises(Refused, match="already begun"):
            actions.remove(db, referral, 1, by=officer, at=NOW)
        with pytest.raises(Refused, match="already begun"):
            actions.answer(db, referral, is_there=False, by=officer, at=NOW)


def test_no_event_holds_anything_of_a_victim(engine: Engine) -> None:
    with transaction(engine) as db:
        assessed(db, build(db), victim=True)
        events = list(db.exec(select(Event)))
        kept = " ".join(f"{event.verb} {event.facts} {event.overrides}" for event in events)
        assert {"case.victim", "case.victim_view", "case.victim_clear"} <= {event.verb for event in events}
        assert not [word for word in (*CANARIES, CLEARED) if word in kept]
