"""What the law asks on the day: requirements in a name, the explanation word for word, a withdrawal."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import Session, select

from config import implications as words
from panel.db import transaction
from panel.decisions.standing_models import PoliceDecision
from panel.disposals import actions, authorising
from panel.disposals.commands import ChildWithdraws, Give
from panel.disposals.day_models import ChildWithdrawal, Explanation
from panel.disposals.queries import disposal_for, requirements_of, standing_requirements
from panel.disposals.withdrawing import child_withdraws
from panel.history.models import Event
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from tests.panel.disposals.test_disposal_actions import refused
from tests.support.given import (
    GIVEN_AT,
    ISSUER,
    MOTHER,
    RIGHT_YCC,
    TOLD,
    TOPICS,
    decided,
    explained,
    given,
    prepared,
    signed,
)
from tests.support.world import TODAY, build
from workflows.case import Status as CaseStatus
from workflows.disposal import Status
from workflows.flow import NotYours
from workflows.requirements import Requirement, asked_of
from workflows.roles import Role
from workflows.ruling import Authority as Rank
from workflows.vocabulary import Advice, Outcome

FRIGHTENED = ChildWithdraws(said_on=TODAY, reason="I do not want this any more.")


def unauthorised(db: Session, world: Any, outcome: Outcome = Outcome.YCC) -> Referral:
    """A case whose document is made and for which nobody answers yet."""
    referral = decided(db, world, outcome)
    actions.prepare(db, referral, MOTHER, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
    return referral


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [
        (Outcome.YCC, {"ycc_evidence", "ycc_decided"}),
        (Outcome.YC, {"yc_evidence", "yc_right"}),
        (Outcome.CR, set()),
    ],
)
def test_a_caution_is_explained_only_once_an_officer_answers_for_it(
    engine: Engine, outcome: Outcome, asked: set[str]
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = unauthorised(db, world, outcome), world.actor("officer")
        if asked:
            assert refused(lambda: actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)) == asked
        else:
            actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)


def test_each_of_the_five_requirements_has_its_day_its_name_and_its_ground(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = given(db, build(db))
        rows = requirements_of(db, disposal_for(db, referral))
        assert tuple(row.requirement for row in rows) == asked_of(Outcome.YCC)
        assert {(row.by_name, row.met_on, row.collar) for row in rows} == {("Jo Marsh", TODAY, "4411")}
        assert all(row.ground for row in rows)
        assert rows[0].rank == "Constable"


def test_three_requirements_of_a_youth_caution_come_about_before_it_is_given(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = given(db, build(db), Outcome.YC)
        met = standing_requirements(db, disposal_for(db, referral))
        assert set(met) == set(asked_of(Outcome.YC))


@pytest.mark.parametrize("table", ["requirement", "explanation"])
def test_what_was_said_on_the_day_can_never_be_changed(engine: Engine, table: str) -> None:
    with transaction(engine) as db:
        given(db, build(db))
    for act in (f"UPDATE {table} SET by_name = 'Somebody'", f"DELETE FROM {table}"):
        with (
            pytest.raises((IntegrityError, OperationalError, ProgrammingError)),
            transaction(engine) as db,
        ):
            db.connection().execute(text(act))


def test_of_a_document_that_was_made_again_nothing_has_been_admitted_yet(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        disposal = disposal_for(db, referral)
        assert Requirement.R3 in standing_requirements(db, disposal)
        father = MOTHER.model_copy(update={"adult_name": "Ivan Fielding"})
        actions.prepare(db, referral, father, ISSUER, by=world.actor("officer"), at=GIVEN_AT)
        assert set(standing_requirements(db, disposal)) == {Requirement.R1, Requirement.R2}


def test_only_the_police_answer_for_a_caution(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = unauthorised(db, world)
        for key in ("manager", "case_manager", "far_officer"):
            with pytest.raises(NotYours):
                authorising.authorise(db, referral, RIGHT_YCC, by=world.actor(key), at=GIVEN_AT)


def test_a_caution_that_the_police_chose_against_the_panel_needs_a_loud_reason(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = prepared(db, world), world.actor("officer")
        disposal = disposal_for(db, referral)
        db.add(_against_the_panel(disposal.decision_id, world.users["officer"]))
        db.flush()
        assert refused(lambda: actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)) == {
            "yot_consulted"
        }
        why = RIGHT_YCC.model_copy(update={"exception": "The YOT was asked by telephone and agreed."})
        authorising.authorise(db, referral, why, by=officer, at=GIVEN_AT)
        actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)
        event = db.exec(select(Event).where(Event.verb == "case.authorise_disposal")).all()[-1]
        assert "Against the panel: The YOT was asked" in event.facts["exception"]


def _against_the_panel(decision_id: int, officer: int) -> PoliceDecision:
    return PoliceDecision(
        decision_id=decision_id,
        number=1,
        outcome=Outcome.YCC,
        reason="Proportionate",
        authority=next(iter(Rank)),
        decided_on=TODAY,
        recorded_by_id=officer,
        recorded_at=GIVEN_AT,
    )


def test_a_child_who_wants_advice_first_is_waited_for(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = prepared(db, world), world.actor("officer")
        authorising.wait_for_advice(db, referral, by=officer, at=GIVEN_AT)
        wants = TOLD.model_copy(update={"advice": Advice.WANTED})
        assert refused(lambda: actions.explain(db, referral, wants, by=officer, at=GIVEN_AT)) == {
            "advice_had"
        }
        had = TOLD.model_copy(update={"advice": Advice.TAKEN})
        actions.explain(db, referral, had, by=officer, at=GIVEN_AT)
        assert disposal_for(db, referral).advice is Advice.TAKEN


def test_one_sentence_that_is_not_ticked_stops_a_caution_and_asks_a_reason_of_an_agreement(
    engine: Engine,
) -> None:
    but_one = TOLD.model_copy(update={"ticked": tuple(t for t in TOPICS if t != "checks")})
    with transaction(engine) as db:
        world = build(db)
        referral, officer = prepared(db, world, Outcome.YC), world.actor("officer")
        act = refused(lambda: actions.explain(db, referral, but_one, by=officer, at=GIVEN_AT))
        assert act == {"everything_explained"}
        other = prepared(db, world, Outcome.CR)
        act = refused(lambda: actions.explain(db, other, but_one, by=officer, at=GIVEN_AT))
        assert act == {"agreement_explained"}
        why = {"agreement_explained": "He was tired; the rest on Monday"}
        actions.explain(db, other, but_one, by=officer, at=GIVEN_AT, overrides=why)
        kept = db.exec(select(Explanation)).one()
        assert [item["topic"] for item in kept.items if not item["explained"]] == ["checks"]


def test_what_was_explained_stays_when_the_words_change(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        before = db.exec(select(Explanation)).one()
        kept = {item["topic"]: (item["text"], item["since"]) for item in before.items}
        assert kept["checks"][1] == "2020-11-28"
        old = words._all_of_them()
        new = {kind: tuple(replace(row, text="Other words") for row in rows) for kind, rows in old.items()}
        monkeypatch.setattr(words, "_all_of_them", lambda: new)
        actions.explain(db, referral, TOLD, by=world.actor("officer"), at=GIVEN_AT)
        first, second = db.exec(select(Explanation)).all()
        assert {item["topic"]: (item["text"], item["since"]) for item in first.items} == kept
        assert {item["text"] for item in second.items} == {"Other words"}


def test_who_was_there_how_and_in_which_language_is_kept(engine: Engine) -> None:
    told = TOLD.model_copy(
        update={
            "ways": ("interpreter", "pictures"),
            "language": "Polish",
            "interpreter": "Jan Novak",
            "others": "Ada Bell, advocate\nA friend",
        }
    )
    with transaction(engine) as db:
        explained(db, build(db), told=told)
        kept = db.exec(select(Explanation)).one()
        assert (kept.language, kept.interpreter) == ("Polish", "Jan Novak")
        assert kept.place == "Keel Street police station"
        assert kept.methods == ["With an interpreter", "With pictures or drawing"]
        assert [(one["name"], one["role"]) for one in kept.there] == [
            ("Robin Fielding", "Child"),
            ("Dana Fielding", "Appropriate adult: Mother"),
            ("Jo Marsh", "Police officer"),
            ("Priya Nair", "Case manager"),
            ("Jan Novak", "Interpreter"),
            ("Ada Bell", "advocate"),
            ("A friend", "Also there"),
        ]
        assert [one["part"] for one in kept.said][:2] == ["What this is", "What happens if you do not do it"]


def test_the_adult_who_interprets_is_refused_and_the_adult_who_was_told_asks_a_reason(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        officer = world.actor("officer")
        both = MOTHER.model_copy(update={"adult_interprets": True})
        referral = prepared(db, world, command=both)
        act = refused(lambda: actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT))
        assert act == {"adult_only_adult"}
        told = MOTHER.model_copy(update={"adult_was_told": True})
        other = prepared(db, world, Outcome.YC, command=told)
        why = {"adult_not_told": "Nobody else could come"}
        actions.explain(db, other, TOLD, by=officer, at=GIVEN_AT, overrides=why)


@pytest.mark.parametrize("stage", [prepared, explained, signed])
def test_a_child_who_withdraws_before_it_is_given_gives_the_case_back_to_the_police(
    engine: Engine, stage: Any
) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = stage(db, world)
        child_withdraws(db, referral, FRIGHTENED, by=world.actor("officer"), at=GIVEN_AT)
        assert disposal_for(db, referral).status is Status.LAPSED
        assert referral.status is CaseStatus.WITHDRAWN
        assert db.exec(select(ChildWithdrawal)).one().reason == FRIGHTENED.reason


def test_after_the_giving_the_caution_stands_until_the_police_decide(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, worker = given(db, world), world.actor("case_manager")
        child_withdraws(db, referral, FRIGHTENED, by=worker, at=GIVEN_AT)
        assert (disposal_for(db, referral).status, referral.status) == (Status.GIVEN, CaseStatus.GIVEN)
        tasks = db.exec(select(Notification).where(Notification.why == Why.CHILD_WITHDREW)).all()
        assert {task.role for task in tasks} == {Role.SECONDED, Role.YOT_MANAGER}
        again = refused(lambda: child_withdraws(db, referral, FRIGHTENED, by=worker, at=GIVEN_AT))
        assert again == {"withdrawn_already"}


def test_nobody_withdraws_from_a_youth_caution(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world, Outcome.YC)
        act = refused(
            lambda: child_withdraws(db, referral, FRIGHTENED, by=world.actor("officer"), at=GIVEN_AT)
        )
        assert act == {"withdraws_from_ycc"}


@pytest.mark.parametrize(
    ("days_ago", "reason", "stopped"),
    [
        (-1, "", {"given_by_now"}),
        (0, "", set()),
        (1, "", set()),
        (2, "", {"given_late_explained"}),
        (2, "No network at the farm", set()),
        (10, "No network at the farm", {"given_after_decision", "given_after_signing"}),
    ],
)
def test_the_day_of_giving_may_be_earlier_than_its_record_with_a_reason(
    engine: Engine, days_ago: int, reason: str, stopped: set[str]
) -> None:
    recorded = GIVEN_AT + timedelta(days=2)
    with transaction(engine) as db:
        world = build(db)
        referral, officer = signed(db, world, at=GIVEN_AT), world.actor("officer")
        when = Give(took_place_on=recorded.date() - timedelta(days=days_ago), late_reason=reason)
        if stopped:
            act = refused(lambda: actions.give(db, referral, by=officer, at=recorded, when=when))
            assert act == stopped
            return
        actions.give(db, referral, by=officer, at=recorded, when=when)
        disposal = disposal_for(db, referral)
        assert disposal.given_on == referral.given_on == when.took_place_on
        assert disposal.given_at == recorded


def test_the_age_is_that_on_the_day_of_giving_and_not_on_that_of_the_record(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        birthday = GIVEN_AT.date() + timedelta(days=1)
        referral = signed(db, world, child={"date_of_birth": birthday.replace(year=birthday.year - 18)})
        officer, later = world.actor("officer"), GIVEN_AT + timedelta(days=1)
        today = Give(took_place_on=birthday)
        act = refused(lambda: actions.give(db, referral, by=officer, at=later, when=today))
        assert act == {"aged_10_to_17"}
        yesterday = Give(took_place_on=birthday - timedelta(days=1))
        actions.give(db, referral, by=officer, at=later, when=yesterday)


def test_a_paper_that_is_to_follow_needs_a_reason_and_a_conditional_caution_never_waits_for_it(
    engine: Engine,
) -> None:
    with transaction(engine) as db:
        world = build(db)
        officer = world.actor("officer")
        referral = explained(db, world, Outcome.YC)
        act = refused(lambda: actions.give(db, referral, by=officer, at=GIVEN_AT))
        assert act == {"signed_copy_expected"}
        why = {"signed_copy_expected": "Signed on paper at home; the scan follows"}
        actions.give(db, referral, by=officer, at=GIVEN_AT, overrides=why)
        assert disposal_for(db, referral).signed_document_id is None
        other = explained(db, world)
        act = refused(lambda: actions.give(db, other, by=officer, at=GIVEN_AT, overrides=why))
        assert act == {"wrong_state"}


def test_a_child_known_here_is_no_first_time_entrant(engine: Engine) -> None:
    from panel.disposals.follows import given_before, rows_after

    with transaction(engine) as db:
        world = build(db)
        first = given(db, world, Outcome.YC)
        second = given(db, world, Outcome.YC)
        second.child_id = first.child_id
        db.add(second)
        db.flush()
        disposal = disposal_for(db, second)
        assert [b.reference for b in given_before(db, second, TODAY)] == [first.reference]
        rows = {row["key"]: row["value"] for row in rows_after(db, second, disposal, None, today=TODAY)}
        assert first.reference in rows["First-time entrant"]
        assert "until 16 November 2028" in rows["Conditional discharge by a court"]
        assert "must assess" in rows["Assessment by the YOT"]
        assert "No limit" in rows["Time limit for prosecution"]
        assert "18 November 2026" in rows["Referral to the YOT"]
