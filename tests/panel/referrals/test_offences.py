"""Offences from the list and by hand, and their gravity: departing from either needs a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.codes.actions import INVENTED
from panel.db import transaction
from panel.decisions.sitting import choices, facts_of, sitting_of
from panel.history.models import Event
from panel.referrals import offences
from panel.referrals.commands import GravityDetails
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import child_of, header_of, offence_facts, offences_of
from tests.panel.codes.test_versions import load
from tests.panel.conftest import Visit, make, rows
from tests.support.decided import decided, deciding, mark_of, published, ready
from tests.support.world import NOW, TODAY, World, draft, offence_details, scored
from workflows.flow import Refused
from workflows.vocabulary import ModeOfTrial, Outcome

LISTED = {"code": "ZD71001"}
DATED = {"committed_on": ["8", "11", "2026"], "location": "Mill Row"}


def added(db: Session, world: World, **more: object) -> tuple[Referral, Offence]:
    """A draft with one offence made of these details."""
    referral = draft(db, world, offence=more)
    (offence,) = offences_of(db, referral)
    return referral, offence


def the_offence(engine: Engine) -> Offence:
    """The only offence that there is, or the last."""
    found = rows(engine, select(Offence).order_by(Offence.id))  # type: ignore[arg-type]
    assert isinstance(found[-1], Offence)
    return found[-1]


# What the list says, and departing from it.


def test_an_offence_of_the_list_takes_its_title_its_mode_and_its_flags_from_it(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        _, offence = added(db, world, code="ZK88139", title="whatever")
        assert (offence.title, offence.mode) == (
            "Having a bladed article in a public place",
            ModeOfTrial.EITHER_WAY,
        )
        assert offence.categories == ["knife"]
        assert offence.code_version_id is not None
        assert offence.by_hand_reason == ""


def test_another_mode_of_trial_than_that_of_the_list_needs_a_reason(
    sqlite_engine: Engine, small_world: World
) -> None:
    other = LISTED | {"mode": ModeOfTrial.SUMMARY}
    with transaction(sqlite_engine) as db:
        with pytest.raises(offences.Unfit, match="Either way"):
            added(db, small_world, **other)
        _, offence = added(db, small_world, **other, mode_reason="Damage of 40 pounds")
        assert (offence.mode, offence.mode_reason) == (ModeOfTrial.SUMMARY, "Damage of 40 pounds")
        _, offence = added(db, small_world, **LISTED, mode_reason="typed for nothing")
        assert offence.mode_reason == ""


def test_an_offence_that_is_not_in_the_list_needs_the_reason_why() -> None:
    assert offence_details(by_hand_reason="New law").code == ""
    with pytest.raises(ValueError, match="by_hand_reason"):
        offence_details(by_hand_reason="")


def test_the_list_that_was_in_force_on_the_day_of_the_offence_counts(
    sqlite_engine: Engine, small_world: World
) -> None:
    since = TODAY - timedelta(days=5)
    with transaction(sqlite_engine) as db:
        load(db, "new", "code,title,mode\nZD71001,Damage of property,summary\nZZ26001,New,summary\n", since)
        _, before = added(db, small_world, **LISTED, committed_on=since - timedelta(days=1))
        assert before.title == "Criminal damage"
        after = LISTED | {"mode": ModeOfTrial.SUMMARY, "committed_on": since}
        _, offence = added(db, small_world, **after)
        assert offence.title == "Damage of property"
        went_on = after | {"committed_on": since - timedelta(days=30), "ended_on": since}
        _, offence = added(db, small_world, **went_on)
        assert offence.title == "Damage of property"
        newer = {"code": "ZZ26001", "mode": ModeOfTrial.SUMMARY, "committed_on": since - timedelta(days=9)}
        _, offence = added(db, small_world, **newer)
        assert offence.title == "New", "a code that is new is taken from the list of today"


def test_an_offence_can_be_changed_and_another_code_takes_its_score_away(
    engine: Engine, world: World
) -> None:
    officer = world.actor("officer")
    with transaction(engine) as db:
        referral, offence = added(db, world, **LISTED)
        scored(db, world, referral)
        elsewhere = offence_details(**LISTED, location="Weir Lane")
        offences.change_offence(db, referral, offence, elsewhere, by=officer, at=NOW)
        assert (offence.location, offence.gravity) == ("Weir Lane", 3)
        theft = offence_details(code="ZT68003")
        offences.change_offence(db, referral, offence, theft, by=officer, at=NOW)
        assert (offence.title, offence.gravity, offence.gravity_presumes) == ("Theft of a bicycle", None, [])
        verbs = [event.verb for event in db.exec(select(Event).order_by(Event.id))]  # type: ignore[arg-type]
    assert verbs[-3:] == ["case.gravity", "case.change_offence", "case.change_offence"]


def test_an_offence_whose_code_was_typed_before_there_was_a_list_keeps_its_score(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        referral, offence = added(db, small_world)
        offence.code, offence.by_hand_reason = "QQ99123", ""
        path = f"/cases/{referral.reference}/offences/{offence.id}"
    reason = {"by_hand_reason": "Typed in the old service"}
    small_visit("officer").send(path, reason, button="Save the offence")
    assert (the_offence(sqlite_engine).gravity, the_offence(sqlite_engine).code) == (3, "")


def test_a_final_score_by_hand_is_still_there_when_the_page_is_opened_again(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer, reference = small_visit("officer"), make(sqlite_engine, draft, small_world, offence=LISTED)
    path = f"/cases/{reference}/offences/{the_offence(sqlite_engine).id}/gravity"
    officer.send(
        path, {"adjustment": "0", "final": "4", "reason": "Seen so"}, button="Save the gravity score"
    )
    assert officer.open(path).form().filled["final"] == ["4"]
    officer.send(path, {"final": ""}, button="Save the gravity score")
    assert (the_offence(sqlite_engine).gravity, officer.open(path).form().filled["final"]) == (2, [""])


def test_what_the_panel_decided_on_is_not_changed_afterwards(
    sqlite_engine: Engine, small_world: World
) -> None:
    officer = small_world.actor("officer")
    with transaction(sqlite_engine) as db:
        referral = decided(db, small_world)
        (offence,) = offences_of(db, referral)
        score = GravityDetails(base=2, adjustment=0, reason="x")
        for act, command in ((offences.change_offence, offence_details()), (offences.give_gravity, score)):
            with pytest.raises(Refused):
                act(db, referral, offence, command, by=officer, at=NOW)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("crime_reference", "13 19 0000000", "13190000000"),
        ("crime_reference", "1319000000", None),
        ("crime_reference", "", ""),
        ("asn", "11/01ZD/01/448754k", "1101ZD0100000448754K"),
        ("asn", "11/01ZD/01/448754L", None),
        ("asn", "", ""),
        ("ended_on", TODAY - timedelta(days=11), TODAY - timedelta(days=11)),
        ("ended_on", TODAY - timedelta(days=12), None),
    ],
)
def test_what_is_typed_by_hand_is_checked_strictly(field: str, typed: Any, kept: Any) -> None:
    if kept is None:
        with pytest.raises(ValueError, match=field):
            offence_details(**{field: typed})
    else:
        assert getattr(offence_details(**{field: typed}), field) == kept


# The last day to prosecute.


def test_the_limit_of_an_offence_that_went_on_is_counted_from_its_last_day(
    sqlite_engine: Engine, small_world: World
) -> None:
    began, ended = date(2026, 1, 10), date(2026, 8, 31)
    went_on = {"mode": ModeOfTrial.SUMMARY, "committed_on": began, "ended_on": ended}
    with transaction(sqlite_engine) as db:
        referral, offence = added(db, small_world, **went_on)
        assert offence.last_day_to_prosecute == date(2027, 2, 28)
        (facts,) = offence_facts([offence])
        assert facts.last_day_to_prosecute == date(2027, 2, 28)
        shown = [clock.when for clock in header_of(db, referral, today=date(2027, 1, 28)).deadlines]
        assert any("28 February 2027" in when for when in shown)


def test_a_last_day_by_hand_needs_its_law_and_its_reason_and_then_counts(
    sqlite_engine: Engine, small_world: World
) -> None:
    day = {"prosecute_by": TODAY + timedelta(days=20)}
    law = {"prosecute_source": "Animal Welfare Act 2006 s.31"}
    for missing in (day, day | law, day | {"prosecute_reason": "Certificate of 2 June"}):
        with pytest.raises(ValueError, match="prosecute_"):
            offence_details(**missing)
    whole = day | law | {"prosecute_reason": "Certificate of 2 June", "mode": ModeOfTrial.SUMMARY}
    with transaction(sqlite_engine) as db:
        referral, offence = added(db, small_world, **whole)
        assert offence.last_day_to_prosecute == TODAY + timedelta(days=20)
        (clock,) = [c for c in header_of(db, referral, today=TODAY).deadlines if "prosecute" in c.text]
        assert clock.rule == "Set by hand for this offence."
        assert referral.due_on == TODAY + timedelta(days=20)
        bare = offence_details(mode=ModeOfTrial.SUMMARY, **law)
        offences.change_offence(db, referral, offence, bare, by=small_world.actor("officer"), at=NOW)
        assert (offence.prosecute_by, offence.prosecute_source) == (None, "")
        assert child_of(db, referral).date_of_birth < TODAY


# Gravity.


def gravity(db: Session, world: World, **more: Any) -> Offence:
    """Criminal damage (base score 2 in the matrix) with this gravity."""
    referral, offence = added(db, world, **LISTED)
    command = GravityDetails.model_validate({"base": 2, "adjustment": 0} | more)
    offences.give_gravity(db, referral, offence, command, by=world.actor("officer"), at=NOW)
    return offence


def test_a_score_keeps_the_matrix_the_base_the_factors_the_adjustment_and_what_it_presumes(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        offence = gravity(db, world, aggravating={"group"}, adjustment=1)
        assert (offence.gravity, offence.gravity_base, offence.gravity_listed) == (3, 2, 2)
        assert (offence.gravity_matrix, offence.gravity_adjustment) == (INVENTED, 1)
        assert offence.gravity_factors == [
            {"key": "group", "words": "It was planned or done by a group", "value": 1}
        ]
        assert offence.gravity_presumes == [Outcome.YC]
        (facts,) = offence_facts([offence])
        assert (facts.gravity_given, facts.presumes) == (True, frozenset({Outcome.YC}))


@pytest.mark.parametrize(
    "departure",
    [
        {"base": 3},
        {"adjustment": 1},
        {"adjustment": -1, "aggravating": {"group"}},
        {"adjustment": 0, "aggravating": {"group"}},
        {"final": 4},
    ],
)
def test_every_departure_from_the_matrix_needs_a_reason(
    sqlite_engine: Engine, small_world: World, departure: dict[str, Any]
) -> None:
    with transaction(sqlite_engine) as db:
        with pytest.raises(offences.Unfit, match="Say why"):
            gravity(db, small_world, **departure)
        assert gravity(db, small_world, **departure, reason="Seen so").gravity_reason == "Seen so"


@pytest.mark.parametrize(
    "wrong", [{"base": 0}, {"base": 6}, {"adjustment": 2}, {"final": 9}, {"aggravating": {"nonsense"}}]
)
def test_what_the_matrix_does_not_know_is_refused_whatever_the_reason(
    sqlite_engine: Engine, small_world: World, wrong: dict[str, Any]
) -> None:
    with transaction(sqlite_engine) as db, pytest.raises(offences.Unfit):
        gravity(db, small_world, **wrong, reason="All the same")


def test_an_outcome_that_the_score_does_not_presume_is_decided_only_with_a_reason(
    sqlite_engine: Engine, small_world: World
) -> None:
    chair = small_world.actor("chair")
    with transaction(sqlite_engine) as db:
        referral = ready(db, small_world, outcome=Outcome.YCC)
        scored(db, small_world, referral)
        published(db, small_world, referral)
        with pytest.raises(Refused) as refused:
            deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides={})
        assert [r.name for r in refused.value.refusals] == ["fits_gravity"]
        why = {"fits_gravity": "The damage has to be repaired."}
        deciding.decide(db, referral, seen=mark_of(db, referral), by=chair, at=NOW, overrides=why)


def test_each_outcome_that_the_score_does_not_presume_says_so_before_it_is_chosen(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = ready(db, small_world)
        scored(db, small_world, referral)
        sitting = sitting_of(db, referral, today=TODAY)
        assert sitting is not None
        facts = facts_of(db, referral, sitting, today=TODAY)
        found = choices(facts, offences_of(db, referral))
    told = {c.outcome for c in found if "fits_gravity" in [refusal.name for refusal in c.against]}
    assert told == set(Outcome) - {Outcome.YC}
