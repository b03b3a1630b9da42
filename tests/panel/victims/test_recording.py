"""What the victim worker records and clears, on both databases."""

from dataclasses import asdict

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.errors import Missing
from panel.history.models import AccessEntry
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from panel.victims import actions, recording
from panel.victims import commands as c
from panel.victims.models import Victim, VictimClearing, VictimConsent
from panel.victims.queries import (
    agrees_at_home,
    cleared,
    contact_for,
    contact_of,
    rows_of,
    victim_for,
    victims_of,
    view_of,
    wishes_known,
)
from tests.support.assessed import (
    CANARIES,
    CLEARED,
    FOR_THE_PANEL,
    RECORD,
    TOLD,
    TRIED,
    VIEWED,
    accepted_with_victim,
    asked,
    assessed,
    heard,
    told,
)
from tests.support.decided import decided
from tests.support.world import NOW, World, build, draft
from workflows.flow import Refused
from workflows.victim import Agreement, Kind, Meeting
from workflows.vocabulary import View

OTHER = c.Told(kind=Kind.PERSON, name="Ivy Moor", phone="01632 960112")


def begin(db: Session, *more: c.Told) -> tuple[World, Referral, list[Victim]]:
    """A case that is being assessed, with the victim of the tests and these others."""
    world = build(db)
    referral = told(db, world)
    officer = world.actor("officer")
    for command in more:
        actions.tell(db, referral, command, by=officer, at=NOW)
    referrals.submit(db, referral, by=officer, at=NOW, overrides={})
    return world, referral, victims_of(db, referral.id)


def test_the_panel_reads_the_cleared_text_and_no_name_contact_or_own_words(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = assessed(db, build(db), victim=True)
        (view,) = cleared(db, referral.id)
        assert (view.title, view.text, view.status_words) == ("Victim 1", CLEARED, "Gave a view")
        assert view.justice_words == "Would take part in restorative justice."
        assert not [word for word in CANARIES if word in str(asdict(view))]
        assert view_of(db, referral) is View.GIVEN


def test_a_victim_whom_nobody_has_told_us_about_has_not_been_asked(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = draft(db, build(db), victim=True)
        assert view_of(db, referral) is View.NOT_YET
        assert cleared(db, referral.id) == []


def test_every_victim_must_be_dealt_with_before_asking_counts_as_done(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (first, second) = begin(db, OTHER)
        heard(db, world, referral, first)
        assert view_of(db, referral) is View.NOT_YET
        heard(db, world, referral, second)
        assert view_of(db, referral) is View.GIVEN


def test_a_view_without_a_cleared_text_is_not_dealt_with_and_one_declined_needs_none(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        worker = world.actor("victim_worker")
        recording.view(db, referral, victim, VIEWED, by=worker, at=NOW)
        assert view_of(db, referral) is View.NOT_YET
        declined = c.Viewed(view=View.DECLINED)
        recording.view(db, referral, victim, declined, by=worker, at=NOW)
        assert view_of(db, referral) is View.DECLINED


def test_a_text_cleared_for_another_view_does_not_count_any_more(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        heard(db, world, referral, victim)
        changed = c.Viewed(view=View.NOT_SOUGHT, view_reason="Abroad")
        recording.view(db, referral, victim, changed, by=world.actor("victim_worker"), at=NOW)
        assert view_of(db, referral) is View.NOT_YET


@pytest.mark.parametrize(("plan", "view"), [("", View.NOT_YET), ("Stays with an aunt.", View.GIVEN)])
def test_a_victim_who_lives_with_the_child_needs_a_safety_plan(engine: Engine, plan: str, view: View) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        heard(db, world, referral, victim)
        given: dict[str, object] = {"same_household": True, "safety_plan": plan}
        recording.record(db, referral, victim, given, by=world.actor("victim_worker"), at=NOW)
        assert view_of(db, referral) is view


@pytest.mark.parametrize(
    ("attempts", "why", "kept"), [(0, "", False), (1, "", False), (1, "Moved abroad", True), (2, "", True)]
)
def test_not_contactable_asks_for_two_attempts_or_a_reason(
    engine: Engine, attempts: int, why: str, kept: bool
) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        worker = world.actor("victim_worker")
        for _ in range(attempts):
            recording.attempt(db, referral, victim, TRIED, by=worker, at=NOW)
        command = c.Viewed(view=View.NOT_CONTACTABLE, view_reason="No answer", few_attempts=why)
        if kept:
            recording.view(db, referral, victim, command, by=worker, at=NOW)
        else:
            with pytest.raises(recording.NotSo, match=f"{attempts} of 2 attempts"):
                recording.view(db, referral, victim, command, by=worker, at=NOW)
        assert (victim.view is View.NOT_CONTACTABLE) is kept


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("marguerite  OLDCASTLE is on 01632960777", "name and telephone number"),
        ("Ask Ivy too", "name"),
        ("Una Field keeps the till", "name"),
        ("Corner Shop wants its money", "name"),
    ],
)
@pytest.mark.parametrize("field", ["text", "reparation"])
def test_a_text_for_the_panel_that_gives_any_victim_of_the_case_away_is_not_cleared(
    engine: Engine, field: str, text: str, what: str
) -> None:
    shop = c.Told(kind=Kind.BUSINESS, name="Corner Shop", speak_with="Una Field", phone="01632 960111")
    with transaction(engine) as db:
        world, referral, (victim, *_) = begin(db, OTHER, shop)
        worker = world.actor("victim_worker")
        recording.view(db, referral, victim, VIEWED, by=worker, at=NOW)
        command = FOR_THE_PANEL.model_copy(update={field: text})
        with pytest.raises(recording.NotSo) as no:
            recording.clear(db, referral, victim, command, by=worker, at=NOW)
        assert no.value.wrong == {field: f"Leave out a victim's {what}: the panel reads this"}
        assert rows_of(db, VictimClearing, victim) == []


def test_each_clearing_is_kept_with_who_and_when_and_the_newest_is_read(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        heard(db, world, referral, victim)
        again = c.Cleared(text="They feel better now.")
        recording.clear(db, referral, victim, again, by=world.actor("victim_worker"), at=NOW)
        rows = rows_of(db, VictimClearing, victim)
        assert [row.text for row in rows] == ["They feel better now.", CLEARED]
        assert {(row.by_id, row.at) for row in rows} == {(world.users["victim_worker"], NOW)}
        assert cleared(db, referral.id)[0].text == "They feel better now."


def test_what_is_recorded_after_a_clearing_reaches_the_panel_only_with_the_next(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        heard(db, world, referral, victim)
        no = {"justice_answer": None, "justice_offered": False, "reparation": "Nothing"}
        recording.record(db, referral, victim, dict(no), by=world.actor("victim_worker"), at=NOW)
        (view,) = cleared(db, referral.id)
        assert view.justice_words == "Would take part in restorative justice."
        assert view.reparation == FOR_THE_PANEL.reparation


def test_nothing_is_cleared_before_it_is_said_whether_they_were_asked(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        with pytest.raises(recording.NotSo, match="Record first"):
            recording.clear(db, referral, victim, FOR_THE_PANEL, by=world.actor("victim_worker"), at=NOW)


def test_the_worker_corrects_name_and_contact_after_the_referral(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        known = contact_of(db, victim).model_dump() | victim.model_dump()
        given = {k: x for k, x in known.items() if k in c.Corrected.model_fields}
        right = c.Corrected.model_validate(given | {"phone": "01632 960999", "under_18": True})
        recording.correct(db, referral, victim, right, by=world.actor("victim_worker"), at=NOW)
        assert contact_of(db, victim).phone == "01632 960999"
        assert (victim.name, victim.under_18, victim.enhanced) == (TOLD.name, True, True)


def test_the_worker_adds_a_victim_whom_the_police_did_not_name(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, _ = begin(db)
        worker = world.actor("victim_worker")
        recording.add(db, referral, OTHER, by=worker, at=NOW)
        assert [v.place for v in victims_of(db, referral.id)] == [1, 2]
        assert view_of(db, referral) is View.NOT_YET


def test_only_a_victim_worker_of_the_area_gets_at_a_victim_and_each_look_is_logged(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, _ = begin(db)
        for key in ("manager", "case_manager", "seconded", "officer", "inspector"):
            with pytest.raises(Missing):
                victim_for(db, world.actor(key), referral, 1, at=NOW, page="x")
        worker = world.actor("victim_worker")
        victim = victim_for(db, worker, referral, 1, at=NOW, page="x")
        contact_for(db, worker, referral, victim, at=NOW, page="x")
    case = f"case:{referral.id}:victim:1"
    with Session(engine) as db:
        subjects = set(db.exec(select(AccessEntry.subject).where(AccessEntry.page == "x")))
    assert subjects == {case, f"{case}:contact"}


def test_an_agreement_is_kept_with_its_day_and_the_day_it_was_taken_back(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        worker = world.actor("victim_worker")
        agreed = c.Consented(agreement=Agreement.PANEL, agreed_on=NOW.date())
        recording.consent(db, referral, victim, agreed, by=worker, at=NOW)
        (row,) = rows_of(db, VictimConsent, victim)
        recording.take_back(db, referral, victim, row.id, by=worker, at=NOW)
        assert row.withdrawn_on == NOW.date()
        with pytest.raises(Missing):
            recording.take_back(db, referral, victim, row.id, by=worker, at=NOW)


def test_a_victim_who_objects_later_is_hidden_from_everybody_and_waits_for_nothing(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (first, second) = begin(db, OTHER)
        worker = world.actor("victim_worker")
        heard(db, world, referral, first)
        recording.objects(db, referral, second, by=worker, at=NOW)
        assert view_of(db, referral) is View.GIVEN
        shown = cleared(db, referral.id)[1]
        assert (shown.status_words, shown.text) == ("Objects to being contacted, so was not asked", "")
        with pytest.raises(Refused, match="objects"):
            recording.record(db, referral, second, {"impact": "x"}, by=worker, at=NOW)


def test_the_name_of_a_victim_who_objects_still_stops_a_text(engine: Engine) -> None:
    with transaction(engine) as db:
        world, referral, (first, second) = begin(db, OTHER)
        worker = world.actor("victim_worker")
        heard(db, world, referral, first)
        recording.objects(db, referral, second, by=worker, at=NOW)
        with pytest.raises(recording.NotSo, match="name"):
            recording.clear(db, referral, first, c.Cleared(text="Ivy saw it"), by=worker, at=NOW)


def test_once_the_panel_has_decided_what_it_read_stays_and_the_rest_goes_on(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = decided(db, world, victim=True)
        (victim,) = victims_of(db, referral.id)
        worker = world.actor("victim_worker")
        for act in (
            lambda: recording.view(db, referral, victim, VIEWED, by=worker, at=NOW),
            lambda: recording.clear(db, referral, victim, FOR_THE_PANEL, by=worker, at=NOW),
        ):
            with pytest.raises(Refused, match="decided"):
                act()
        recording.record(db, referral, victim, RECORD[2].model_dump(), by=worker, at=NOW)
        recording.attempt(db, referral, victim, TRIED, by=worker, at=NOW)


def test_after_the_case_has_ended_no_view_is_recorded(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = accepted_with_victim(db, world)
        referrals.withdraw(db, referral, WithReason(reason="Moved"), by=world.actor("officer"), at=NOW)
        with pytest.raises(Refused):
            asked(db, world, referral)


@pytest.mark.parametrize(("wants", "known"), [(None, False), (False, True), (True, True)])
def test_wishes_are_known_once_everybody_who_gave_a_view_was_asked(
    engine: Engine, wants: bool | None, known: bool
) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        assert wishes_known(db, referral), "who has given no view has no wish to be asked for"
        heard(db, world, referral, victim)
        victim.wants_reparation = wants
        db.flush()
        assert wishes_known(db, referral) is known


@pytest.mark.parametrize(
    ("household", "agrees", "may"),
    [(True, True, True), (True, False, False), (True, None, False), (False, True, False)],
)
def test_reparation_at_home_is_right_only_when_the_victim_who_lives_there_agrees(
    engine: Engine, household: bool, agrees: bool | None, may: bool
) -> None:
    with transaction(engine) as db:
        world, referral, (victim,) = begin(db)
        wishes = c.Wishes(
            wants_reparation=True, reparation="x", meeting=Meeting.NONE, reparation_at_home=agrees
        )
        given = wishes.model_dump() | {"same_household": household}
        recording.record(db, referral, victim, given, by=world.actor("victim_worker"), at=NOW)
        assert agrees_at_home(db, referral) is may
