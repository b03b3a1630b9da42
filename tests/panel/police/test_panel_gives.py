"""What our panel decided and the police gave is one record of the police, told on the day of the referral."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.disposals import actions as disposals
from panel.disposals.commands import Lapse
from panel.forces.actions import change_force
from panel.forces.commands import ForceDetails
from panel.forces.models import Force
from panel.history.sentences import events_of
from panel.police import panel_gives
from panel.police.models import PoliceDisposal
from panel.police.queries import police_chain, reports_of
from panel.police.words import days_words
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts, offences_of
from tests.support.given import GIVEN_AT, given, signed
from tests.support.police import force, told
from tests.support.world import NOW, TODAY, World
from workflows.case import Status
from workflows.police import POLICE_OUTCOMES, Fit, Heard
from workflows.vocabulary import Outcome

CRIME = "13260007777"


def records(db: Session) -> list[PoliceDisposal]:
    return list(db.exec(select(PoliceDisposal)).all())


@pytest.mark.parametrize("outcome", POLICE_OUTCOMES)
def test_a_case_that_is_given_is_one_record_whatever_was_given(
    engine: Engine, world: World, outcome: Outcome
) -> None:
    with transaction(engine) as db:
        force(db, world)
        case = given(db, world, outcome)
        [row] = records(db)
        assert (row.outcome, row.given_on) == (outcome, case.given_on)
        assert (row.told_on, row.told_how) == (TODAY, Heard.PANEL)
        assert (row.consulted, row.exception, row.fit) == (True, "", Fit.LINKED)
        assert (row.referral_id, row.child_id, row.surname) == (case.id, case.child_id, "Fielding")
        [event] = events_of(db, police_chain(row.id))
        assert event.by_words == "Jo Marsh (Police officer)"
        assert panel_gives.panel_gave(db, case, by=world.actor("officer"), at=NOW) is row
        assert len(records(db)) == 1


def test_without_a_force_nothing_is_made_and_naming_it_fills_in(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        case = given(db, world)
        assert records(db) == []
        kelder = Force(name="Kelder Constabulary")
        db.add(kelder)
        db.flush()
        command = ForceDetails(name="Kelder Constabulary", areas=(world.areas["north"],))
        change_force(db, kelder, command, by=world.actor("admin"), at=GIVEN_AT)
        [row] = records(db)
        assert row.referral_id == case.id
        change_force(db, kelder, command, by=world.actor("admin"), at=GIVEN_AT)
        assert len(records(db)) == 1


def test_what_an_officer_told_before_is_the_same_record(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        case = with_crime(db, world, Outcome.CR)
        same = {"given_name": "Robin", "surname": "Fielding", "crime_reference": CRIME, "given_on": TODAY}
        early = told(db, world, of, on=TODAY + timedelta(days=3), **same)
        case.submitted_at = NOW - timedelta(days=5)
        disposals.give(db, case, by=world.actor("officer"), at=GIVEN_AT)
        [row] = records(db)
        assert row.id == early.id
        assert [report.how for report in reports_of(db, row)] == [Heard.FORM, Heard.PANEL]
        # The YOT knew since the referral, which came before the form.
        assert (row.told_on, row.told_how, row.referral_id) == (
            TODAY - timedelta(days=5),
            Heard.PANEL,
            case.id,
        )


def with_crime(db: Session, world: World, outcome: Outcome) -> Referral:
    """A case that is ready to be given, with its crime reference."""
    case = signed(db, world, outcome)
    for offence in offences_of(db, case):
        offence.crime_reference = CRIME
        db.add(offence)
    db.flush()
    return case


def test_what_is_not_given_makes_no_record(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        force(db, world)
        case = signed(db, world)
        disposals.lapse(db, case, Lapse(reason="Turned 18"), by=world.actor("officer"), at=GIVEN_AT)
        assert records(db) == []


def test_a_record_stays_when_the_case_is_closed_by_a_prosecution(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        force(db, world)
        case = given(db, world)
        [row] = records(db)
        before = row.model_dump()
        notified = replace(case_facts(db, case, today=TODAY), reason="The police decided to prosecute.")
        move(db, case, "prosecute", notified, by=world.actor("officer"), at=GIVEN_AT)
        assert case.status is Status.CLOSED
        assert [one.model_dump() for one in records(db)] == [before]


def test_the_page_says_that_the_yot_knew_before(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        force(db, world)
        case = given(db, world)
        [row] = records(db)
        row.given_on = TODAY + timedelta(days=9)
        assert case.reference
        assert days_words(row, TODAY).startswith("The YOT knew before it was given")
