"""What is on record before the panel decides, and what each outcome shows beforehand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from panel.db import transaction
from panel.decisions import actions, preparing
from panel.decisions import decide as deciding
from panel.decisions.beforehand import EvidenceView
from panel.decisions.commands import Draft, EvidenceSeen, PositionTaken
from panel.decisions.sitting import draft_mark, facts_of, offered, sitting_of
from panel.errors import Missing, Stale
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.web import PanelApp
from tests.support.assessed import assessed, enter
from tests.support.decided import decided, mark_of, open_meeting, published, ready
from tests.support.world import NOW, TODAY, World, accepted, build
from workflows.before_panel import Check, Evidence
from workflows.case import CASE
from workflows.codes import Category
from workflows.flow import NotYours, Refused
from workflows.vocabulary import Outcome


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def begin(engine: Engine, stage: Callable[..., Any], **more: object) -> str:
    """The address of the panel of a new case at this stage."""
    with transaction(engine) as db:
        reference = stage(db, build(db), **more).reference
    return f"/cases/{reference}/panel"


def seen(db: Session, referral: Referral, evidence: Evidence, *kinds: Category) -> EvidenceSeen:
    numbers = [offence.id for offence in offences_of(db, referral)]
    return EvidenceSeen(
        evidence=dict.fromkeys(numbers, evidence), categories={n: list(kinds) for n in numbers}
    )


def refused(db: Session, world: World, referral: Referral, **why: str) -> set[str]:
    with pytest.raises(Refused) as found:
        deciding.decide(
            db, referral, seen=mark_of(db, referral), by=world.actor("chair"), at=NOW, overrides=why
        )
    return {refusal.name for refusal in found.value.refusals}


def test_a_caution_rests_on_the_newest_view_of_the_evidence(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, officer = ready(db, world), world.actor("seconded")
        preparing.see_evidence(db, referral, seen(db, referral, Evidence.SHOWN), by=officer, at=NOW)
        assert refused(db, world, referral) == {"evidence_for_ycc"}
        assert refused(db, world, referral, evidence_for_ycc="It was clear to all.") == {"evidence_for_ycc"}
        preparing.see_evidence(db, referral, seen(db, referral, Evidence.CHARGEABLE), by=officer, at=NOW)
        mark = mark_of(db, referral)
        deciding.decide(db, referral, seen=mark, by=world.actor("chair"), at=NOW, overrides={})
        kept = db.exec(select(EvidenceView.evidence).order_by(EvidenceView.id)).all()  # type: ignore[arg-type]
        assert kept == [Evidence.FULL_TEST, Evidence.SHOWN, Evidence.CHARGEABLE]


def test_evidence_that_changes_while_the_decision_is_read_aloud_makes_it_stale(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = ready(db, world)
        mark = mark_of(db, referral)
        view = seen(db, referral, Evidence.INSUFFICIENT)
        preparing.see_evidence(db, referral, view, by=world.actor("seconded"), at=NOW)
        with pytest.raises(Stale):
            deciding.decide(db, referral, seen=mark, by=world.actor("chair"), at=NOW, overrides={})


@pytest.mark.parametrize("key", ["manager", "case_manager", "victim_worker", "far_officer"])
def test_only_the_police_of_the_area_say_what_the_evidence_is_enough_for(
    sqlite_engine: Engine, key: str
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        by = world.actor(key)
        with pytest.raises(NotYours):
            preparing.see_evidence(db, referral, seen(db, referral, Evidence.FULL_TEST), by=by, at=NOW)
        with pytest.raises(NotYours):
            preparing.check(db, referral, Check.CHARGE_FORM, "CIF/1", by=by, at=NOW)


@pytest.mark.parametrize("key", ["seconded", "case_manager", "victim_worker", "far_manager"])
def test_only_a_manager_of_the_area_reviews(sqlite_engine: Engine, key: str) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = accepted(db, world)
        with pytest.raises(NotYours):
            preparing.check(db, referral, Check.SENIOR_REVIEW, "Fine.", by=world.actor(key), at=NOW)


def test_nothing_is_added_after_the_decision_nor_to_an_offence_of_another_case(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        other, referral, officer = accepted(db, world), decided(db, world), world.actor("seconded")
        with pytest.raises(Refused):
            preparing.see_evidence(db, referral, seen(db, referral, Evidence.SHOWN), by=officer, at=NOW)
        with pytest.raises(Refused):
            preparing.check(db, referral, Check.CHARGE_FORM, "CIF/1", by=officer, at=NOW)
        with pytest.raises(Missing):
            preparing.see_evidence(db, other, seen(db, referral, Evidence.SHOWN), by=officer, at=NOW)


def test_what_was_said_is_never_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        open_meeting(db, build(db))
    for statement in (
        "update evidence_view set evidence = 'insufficient'",
        "delete from evidence_view",
        "update case_check set said = ''",
        "delete from case_check",
    ):
        with pytest.raises(DatabaseError), engine.begin() as connection:
            connection.execute(text(statement))


def test_a_mark_that_an_officer_sets_calls_for_a_review_by_a_manager(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = ready(db, world)
        for marks, called in (((), False), ((Category.DOMESTIC,), True), ((Category.DRUGS,), False)):
            view = seen(db, referral, Evidence.FULL_TEST, *marks)
            preparing.see_evidence(db, referral, view, by=world.actor("seconded"), at=NOW)
            sitting = sitting_of(db, referral, today=TODAY)
            assert sitting is not None
            facts = replace(facts_of(db, referral, sitting, today=TODAY), senior_review=False)
            names = {refusal.name for refusal in CASE.refusals("decide", referral.status, facts)}
            assert ("senior_review" in names) is called


def test_an_outcome_that_is_not_in_force_is_neither_offered_nor_taken(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, chair = open_meeting(db, world), world.actor("chair")
        assert Outcome.O23 in offered(TODAY)
        assert Outcome.O23 not in offered(date(2026, 2, 28))
        monkeypatch.setattr("panel.decisions.sitting.in_force", lambda kind, _: kind != "outcome_23")
        number = offences_of(db, referral)[0].id
        with pytest.raises(Refused, match="not in force"):
            actions.write(db, referral, Draft(outcomes={number: Outcome.O23}), seen=0, by=chair, at=NOW)
        with pytest.raises(Refused, match="not in force"):
            actions.position(db, referral, PositionTaken(outcome=Outcome.O23), by=chair, at=NOW)
        sitting = sitting_of(db, referral, today=TODAY)
        assert sitting is not None
        assert draft_mark(sitting) == 0


def test_an_officer_says_it_a_manager_reviews_and_everybody_reads_who_and_when(app: PanelApp) -> None:
    base = begin(app.engine, assessed)
    officer, manager = enter(app, "seconded"), enter(app, "manager")
    page = officer.open(base + "/before")
    assert "Not recorded yet" in page.text
    form = officer.open(page.links["Say what the evidence is enough for"])
    evidence = next(name for name in form.form().names if name.startswith("evidence_"))
    kinds = next(name for name in form.form().names if name.startswith("kinds_"))
    again = officer.send(form, {}, button="Save", status=422)
    assert [line for line in again.errors if line.startswith("Say what the evidence is enough for: ")]
    officer.send(form, {evidence: "sufficient_to_charge", kinds: ["hate_crime"]}, button="Save")
    page = manager.open(base + "/before")
    assert "Sufficient evidence to charge" in page.text
    assert "Hate crime" in page.text
    assert "17 November 2026" in page.text
    assert "Not done yet" in page.text
    manager.send(manager.open(page.links["Write the senior review"]), {"said": "The panel can take it."})
    officer.send(officer.open(base + "/charge-form"), {"said": "CIF/26/0042"})
    page = enter(app, "case_manager").open(base + "/before")
    assert "The panel can take it." in page.text
    assert "CIF/26/0042" in page.text
    assert "Write the senior review" not in page.links


def test_two_tabs_on_the_evidence_do_not_overwrite_each_other(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, assessed)
    officer = enter(sqlite_app, "seconded")
    first, second = officer.open(base + "/evidence"), officer.open(base + "/evidence")
    name = next(name for name in first.form().names if name.startswith("evidence_"))
    officer.send(first, {name: "insufficient"}, button="Save")
    officer.send(second, {name: "full_code_test"}, button="Save", status=409)
    with Session(sqlite_app.engine) as db:
        assert [row.evidence for row in db.exec(select(EvidenceView))] == [Evidence.INSUFFICIENT]


def test_each_outcome_says_what_it_needs_what_it_causes_and_what_is_missing(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, open_meeting)
    officer = enter(sqlite_app, "seconded")
    form = officer.open(base + "/evidence")
    name = next(name for name in form.form().names if name.startswith("evidence_"))
    officer.send(form, {name: "insufficient"}, button="Save")
    page = enter(sqlite_app, "chair").open(base + "/outcomes")
    for words in (
        "Youth caution Not allowed now",
        "Community resolution Needs a reason",
        "No further action Allowed",
        "A youth caution needs a constable's view that there is sufficient evidence to charge this offence.",
        "Crime and Disorder Act 1998 s.66ZA(1)(a)",
        "A first one makes the child a first-time entrant.",
        "Not shown automatically on a standard or enhanced check since 28 November 2020.",
        "Spent at once.",
        "Not verified yet",
        "The first day is not confirmed",
    ):
        assert words in page.text, words
    says = "constable's view that there is sufficient evidence to charge"
    [link] = {href for words, href in page.links.items() if says in words}
    assert link.endswith("/panel/before")


def test_earlier_cautions_of_the_child_close_no_outcome(sqlite_engine: Engine) -> None:
    """AGE-6."""
    with transaction(sqlite_engine) as db:
        world = build(db)
        now = ready(db, world)
        for outcome in (Outcome.YC, Outcome.YCC, Outcome.YC):
            before = decided(db, world, outcome)
            before.given_on, before.child_id = TODAY, now.child_id
        db.flush()
        published(db, world, now)
        deciding.decide(db, now, seen=mark_of(db, now), by=world.actor("chair"), at=NOW, overrides={})
        assert now.outcome is Outcome.YCC
