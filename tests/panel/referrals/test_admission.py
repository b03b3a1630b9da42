"""What the child said: an answer for each offence, kept beside the ones before, never quietly raised."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.disposals.paper import _admission
from panel.history.models import Event
from panel.notifications.models import Notification, Why
from panel.referrals.admission import record_admission
from panel.referrals.models import AdmissionAccount, AdmissionSaid, Offence, Referral
from panel.referrals.offences import add_offence
from panel.referrals.queries import header_of, offences_of
from panel.referrals.said import said_about
from tests.panel.conftest import Visit, make, rows
from tests.support.assessed import assessed
from tests.support.decided import decided
from tests.support.visitor import Page, Visitor
from tests.support.world import NOW, TODAY, World, accepted, account, draft, offence_details, submitted
from workflows.flow import NotYours, Refused
from workflows.roles import Role
from workflows.said import LegalAdvice, SaidIn
from workflows.vocabulary import Admission

GOOD = {
    "source": "voluntary_interview",
    "said_on": ["12", "11", "2026"],
    "told_name": "PC Marsh",
    "told_collar": "4411",
    "adult_present": "yes",
    "adult": "parent_or_guardian",
    "adult_name": "Dana Fielding",
    "advice": "declined",
    "advice_on": ["12", "11", "2026"],
    "defence_raised": "no",
    "offered_first": "no",
}
SAVE = "Save and continue"


def two_offences(db: Session, world: World, **more: Any) -> Referral:
    """A draft with two offences, the second one not asked about yet."""
    referral = draft(db, world, **more)
    second = offence_details(title="Theft of a scooter")
    add_offence(db, referral, second, by=world.actor("officer"), at=NOW).gravity = 3
    return referral


def answers(page: Page, *given: str) -> dict[str, str]:
    """An answer for each offence, in the order of the page."""
    names = sorted(name for name in page.form(button=SAVE).names if name.startswith("answer_"))
    return dict(zip(names, given, strict=True))


def say(visitor: Visitor, reference: str, *given: str, status: int = 303, **more: Any) -> Page:
    """Fill in the page with everything in order, but for what is told otherwise."""
    page = visitor.open(f"/cases/{reference}/admission")
    return visitor.send(page, {**GOOD, **answers(page, *given), **more}, button=SAVE, status=status)


def test_a_child_admits_one_offence_and_denies_another(engine: Engine, world: World, visit: Visit) -> None:
    reference = make(engine, two_offences, world)
    officer = visit("officer")
    say(officer, reference, "full_admission", "denies")
    states = [o.admission for o in rows(engine, select(Offence).order_by(Offence.id))]  # type: ignore[attr-defined]
    assert states == [Admission.FULL, Admission.DENIES]
    text = officer.open(f"/cases/{reference}/check").text
    assert "Full admission (12 November 2026, to PC Marsh 4411, voluntary interview with the police)" in text
    assert "Yes, Dana Fielding, parent or guardian" in text
    assert "Offered and declined, on 12 November 2026" in text


def test_the_officers_own_name_and_number_are_there_already(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        from panel.referrals import actions
        from tests.support.world import child_details

        officer = small_world.actor("officer")
        referral = actions.start(db, child_details(), small_world.areas["north"], by=officer, at=NOW)
        add_offence(db, referral, offence_details(), by=officer, at=NOW).gravity = 3
        reference = referral.reference
    form = small_visit("officer").open(f"/cases/{reference}/admission").form(button=SAVE)
    assert (form.filled["told_name"], form.filled["told_collar"]) == (["Jo Marsh"], ["4411"])


def test_an_offence_without_an_answer_is_named_and_nothing_typed_is_lost(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, two_offences, small_world)
    officer = small_visit("officer")
    page = officer.open(f"/cases/{reference}/admission")
    again = officer.send(page, {**GOOD, "told_name": "DC Kept"}, button=SAVE, status=422)
    assert again.errors == ["Choose what the child said about Theft of a scooter, 6 November 2026"]
    assert again.form(button=SAVE).filled["told_name"] == ["DC Kept"]
    assert len(rows(sqlite_engine, select(AdmissionAccount))) == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"defence_raised": "yes"}, "A full admission must be clear and raise no defence."),
        ({"source": "court_hearing"}, "A full admission counts when it was made to the police"),
        ({"adult_is_police": "y"}, "must not be a police officer"),
        ({"adult": "other_responsible_adult"}, "must be 18 or over"),
        ({"source": "panel_meeting"}, "Choose how we know what the child said"),
        ({"source": "yot_interview"}, "Choose how we know what the child said"),
        ({"source": "not_kept"}, "Must be one of the sources offered"),
        ({"said_on": ["1", "1", "2199"]}, "Must be today or in the past"),
    ],
)
def test_what_cannot_stand_is_said_at_its_question(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, more: dict[str, Any], sentence: str
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    page = say(small_visit("officer"), reference, "full_admission", status=422, **more)
    assert len(page.errors) == 1
    assert sentence in page.errors[0]
    assert len(rows(sqlite_engine, select(AdmissionAccount))) == 1


def test_guidance_asks_for_a_reason_on_the_same_page_and_the_history_keeps_it(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    officer = small_visit("officer")
    page = say(officer, reference, "full_admission", status=422, advice="not_offered")
    assert "legal advice should be offered before the child admits anything" in page.text
    officer.send(page, {"override-legal_advice": "The record is lost."}, button=SAVE)
    event = rows(sqlite_engine, select(Event).where(Event.verb == "admission.record"))[-1]
    assert event.overrides == {"legal_advice": "The record is lost."}  # type: ignore[attr-defined]


def test_once_the_yot_has_it_the_police_raise_it_openly_and_the_yot_is_told(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, accepted, world, admission=Admission.DENIES)
    officer = visit("officer")
    page = say(officer, reference, "full_admission", status=422)
    assert "say why what the child said is changed now" in page.errors[0]
    say(officer, reference, "full_admission", reason="Interviewed again with his lawyer.")
    (event,) = rows(engine, select(Event).where(Event.verb == "admission.change"))
    assert "denies it" in event.facts["before"]  # type: ignore[attr-defined]
    assert "full admission" in event.facts["after"]  # type: ignore[attr-defined]
    found = rows(engine, select(Notification).where(Notification.why == Why.ADMISSION_CHANGED))
    told = {(task.role, task.user_id) for task in found}  # type: ignore[attr-defined]
    assert told == {(Role.YOT_MANAGER, None), (None, world.users["case_manager"])}
    before, after = rows(engine, select(AdmissionSaid).order_by(AdmissionSaid.id))
    assert (before.state, after.before, after.state) == (  # type: ignore[attr-defined]
        Admission.DENIES,
        Admission.DENIES,
        Admission.FULL,
    )
    history = visit("manager").open(f"/cases/{reference}/history").text
    assert (
        "Source: Voluntary interview with the police. Reason: Interviewed again with his lawyer." in history
    )


@pytest.mark.parametrize(
    ("key", "more", "rule"),
    [
        ("seconded", {"source": SaidIn.DEFENCE}, "raised_from_police"),
        ("seconded", {"source": SaidIn.COURT}, "raised_from_police"),
        ("seconded", {"said_on": None}, "raised_with_details"),
        ("seconded", {"told_name": ""}, "raised_with_details"),
        ("seconded", {"adult_present": False}, "raised_with_adult"),
        ("seconded", {"reason": " "}, "why_changed"),
    ],
)
def test_a_raise_that_lacks_something_is_refused_whatever_the_reason(
    sqlite_engine: Engine, small_world: World, key: str, more: dict[str, Any], rule: str
) -> None:
    with transaction(sqlite_engine) as db:
        referral = accepted(db, small_world, admission=Admission.DENIES)
        command = account(db, referral, Admission.ACCEPTS, **({"reason": "New interview"} | more))
        why = {rule: "Because"}
        with pytest.raises(Refused) as refused:
            record_admission(db, referral, command, by=small_world.actor(key), at=NOW, overrides=why)
        assert rule in {r.name for r in refused.value.refusals}
        assert {o.admission for o in offences_of(db, referral)} == {Admission.DENIES}


def test_a_manager_of_the_yot_neither_raises_nor_touches_what_the_police_wrote(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, accepted, small_world, admission=Admission.DENIES)
    small_visit("manager").open(f"/cases/{reference}/admission", status=403)
    with transaction(sqlite_engine) as db:
        referral = db.exec(select(Referral)).one()
        command = account(db, referral, Admission.FULL, reason="He told me")
        with pytest.raises(NotYours):
            record_admission(db, referral, command, by=small_world.actor("manager"), at=NOW)


def test_taking_back_an_admission_is_always_possible_with_a_reason_and_flags_a_listed_case(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = assessed(db, small_world)
        flags = [flag.text for flag in header_of(db, referral, today=TODAY).flags]
        assert "What the child said was changed since" not in flags
        taken_back = account(
            db, referral, Admission.DENIES, source=SaidIn.DEFENCE, reason="Letter of the lawyer"
        )
        later = NOW + timedelta(hours=1)
        record_admission(db, referral, taken_back, by=small_world.actor("seconded"), at=later)
        flags = [flag.text for flag in header_of(db, referral, today=TODAY).flags]
        assert "What the child said was changed since" in flags


def test_after_the_decision_nothing_that_the_child_said_is_changed(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = decided(db, small_world)
        command = account(db, referral, Admission.DENIES, reason="Changed his mind")
        with pytest.raises(Refused, match="has decided"):
            record_admission(db, referral, command, by=small_world.actor("seconded"), at=NOW)


def test_a_referral_that_came_back_is_not_a_first_one(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral = submitted(db, small_world, admission=Admission.NO_COMMENT)
        command = account(db, referral, Admission.FULL)
        with pytest.raises(Refused) as refused:
            record_admission(db, referral, command, by=small_world.actor("officer"), at=NOW)
        assert [r.name for r in refused.value.refusals] == ["why_changed"]


def test_the_document_says_for_each_offence_what_the_child_told(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = two_offences(db, small_world)
        first, second = offences_of(db, referral)
        officer = small_world.actor("officer")
        states = {first.id: Admission.FULL, second.id: Admission.ACCEPTS}
        command = account(db, referral, Admission.FULL, states=states)
        record_admission(db, referral, command, by=officer, at=NOW)
        both = _admission(db, referral)
        record_admission(db, referral, account(db, referral, Admission.FULL), by=officer, at=NOW)
        one = _admission(db, referral)
    assert both == (
        "You told PC Marsh 4411 on 7 November 2026 that you did this: Criminal damage to a bus shelter. "
        "You told PC Marsh 4411 on 7 November 2026 that you were responsible for what happened: "
        "Theft of a scooter."
    )
    assert one == "You told PC Marsh 4411 on 7 November 2026 that you did this."


def test_an_account_that_says_nothing_of_an_offence_leaves_its_answer(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = two_offences(db, small_world)
        second = offences_of(db, referral)[1]
        more = {"states": {second.id: Admission.DENIES}, "advice": LegalAdvice.TAKEN}
        command = account(db, referral, Admission.DENIES, **more)
        record_admission(db, referral, command, by=small_world.actor("officer"), at=NOW)
        first, other = said_about(db, referral)
    assert first.offence.admission is Admission.FULL
    assert other.offence.admission is Admission.DENIES
    assert first.account is not None
    assert other.account is not None
    assert first.account.id != other.account.id
