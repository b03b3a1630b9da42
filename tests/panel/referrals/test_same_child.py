"""A child who may be known already: shown beside the typed one, and a person answers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from panel.children.models import Child, ChildPair, ChildSearch
from panel.db import transaction
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.referrals import starting
from panel.referrals.models import NEVER, Referral
from tests.panel.conftest import Visit, make, rows
from tests.support.decided import decided
from tests.support.visitor import Page
from tests.support.world import NOW, World, accepted, child_details, draft, submitted
from workflows.flow import Refused
from workflows.matching import Verdict
from workflows.source import Source

ROBIN = {
    "given_name": "Robyn",
    "surname": "Fielding",
    "date_of_birth": ["4", "3", "2011"],
    "gender": "male",
    "address": "3 Mill Row, Kelder",
    "postcode": "kd12ab",
    "looked_after": "no",
}


def typed(visit: Visit, by: str = "officer", **more: object) -> Page:
    """What the service answers when somebody types Robin with one letter off."""
    return visit(by).send("/referrals/new", {**ROBIN, **more})


def test_a_child_who_may_be_known_is_shown_before_anything_is_started(
    engine: Engine, world: World, visit: Visit
) -> None:
    make(engine, submitted, world)
    officer = visit("officer")
    sent = officer.send("/referrals/new", ROBIN)
    page = officer.follow(sent)
    assert page.heading == "Is it this child?"
    assert "Very likely the same child" in page.text
    assert "Same date of birth, first name one letter off, same last name, same address." in page.text
    assert "1 case here" in page.text
    assert "KD1" in page.text
    assert "KD1 2AB" not in page.html
    assert "Mill Row" not in page.html
    assert len(rows(engine, select(Child))) == 1
    looks = select(AccessEntry).where(AccessEntry.operation == Operation.CONSULTATION)
    (known,) = rows(engine, select(Child))
    assert f"child:{known.id}" in {entry.subject for entry in rows(engine, looks)}  # type: ignore[attr-defined]


def test_nothing_is_chosen_beforehand_and_silence_is_named(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    make(sqlite_engine, submitted, small_world)
    place = typed(small_visit).location
    page = small_visit("officer").send(place, status=422)
    assert page.errors == ["Say whether it is one of these children"]


def test_the_same_child_gets_a_second_case_and_each_contradiction_is_asked(
    engine: Engine, world: World, visit: Visit
) -> None:
    first = make(engine, submitted, world)
    (known,) = rows(engine, select(Child))
    officer = visit("officer")
    place = officer.send("/referrals/new", {**ROBIN, "pnc_id": "79/163001b", "school": "Weirside"}).location
    details = officer.follow(officer.send(place, {"answer": str(known.id)}))  # type: ignore[attr-defined]
    assert details.heading == "Which details are right?"
    assert "New, and added without a question: PNC ID." in details.text
    page = officer.send(details, {"given_name": "keep"}, status=422)
    assert page.errors == ["Choose which is right: school, college or work"]
    started = officer.send(page, {"given_name": "keep", "school": "replace"})
    carer = officer.follow(officer.send(started.location, {"source": "police_referral"}))
    assert 'value="Dana Fielding"' in carer.html
    (child,) = rows(engine, select(Child))
    assert (child.given_name, child.school, child.pnc_id) == ("Robin", "Weirside", "1979/0163001B")  # type: ignore[attr-defined]
    cases = rows(engine, select(Referral))
    assert {case.child_id for case in cases} == {child.id}  # type: ignore[attr-defined]
    assert "Changed the child's details on another case" in officer.open(f"/cases/{first}/history").text
    assert "Other cases of this child (1)" in officer.open(f"/cases/{first}").text
    officer.open(place, status=404)


@pytest.mark.parametrize(("answer", "verdict"), [("related", Verdict.RELATED), ("none", Verdict.DIFFERENT)])
def test_another_child_is_started_and_the_pair_is_never_asked_about_again(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, answer: str, verdict: Verdict
) -> None:
    make(sqlite_engine, submitted, small_world)
    officer = small_visit("officer")
    started = officer.send(typed(small_visit).location, {"answer": answer})
    assert started.location.endswith("/source")
    (pair,) = rows(sqlite_engine, select(ChildPair))
    assert (pair.verdict, pair.by_id) == (verdict, small_world.users["officer"])  # type: ignore[attr-defined]
    (search,) = rows(sqlite_engine, select(ChildSearch))
    assert (search.answer, search.typed, len(search.shown)) == (answer, {}, 1)  # type: ignore[attr-defined]
    assert "similar children shown: 1" in officer.open(started.location.replace("/source", "/history")).text


@pytest.mark.parametrize(("key", "source"), [("manager", None), ("liaison", Source.LIAISON)])
def test_whoever_else_starts_a_case_is_asked_about_a_known_child_too(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, key: str, source: Source | None
) -> None:
    make(sqlite_engine, submitted, small_world)
    (known,) = rows(sqlite_engine, select(Child))
    visitor = small_visit(key)
    page = visitor.follow(typed(small_visit, key))
    assert page.heading == "Is it this child?"
    details = visitor.follow(visitor.send(page, {"answer": str(known.id)}))  # type: ignore[attr-defined]
    started = visitor.send(details, {"given_name": "keep"})
    assert visitor.follow(started).heading == "How did this case come to us?"
    cases = rows(sqlite_engine, select(Referral))
    assert [case.child_id for case in cases] == [known.id, known.id]  # type: ignore[attr-defined]
    assert cases[-1].source is source  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["case_manager", "victim_worker", "inspector"])
def test_whoever_starts_no_case_asks_about_no_child(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, key: str
) -> None:
    make(sqlite_engine, submitted, small_world)
    small_visit(key).open(typed(small_visit).location, status=403)


def test_a_child_of_another_area_is_never_shown(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    make(sqlite_engine, submitted, small_world)
    assert typed(small_visit, "far_officer").location.endswith("/source")


def test_a_draft_of_another_officer_is_not_shown_and_ones_own_is(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    make(sqlite_engine, draft, small_world)
    assert typed(small_visit, "other_officer").location.endswith("/source")
    assert "/referrals/new/" in typed(small_visit, "officer").location


def test_the_question_of_one_person_is_nobody_elses(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    make(sqlite_engine, submitted, small_world)
    place = typed(small_visit).location
    (known,) = rows(sqlite_engine, select(Child))
    small_visit("other_officer").open(place, status=404)
    small_visit("other_officer").open(f"{place}/{known.id}", status=404)  # type: ignore[attr-defined]
    small_visit("officer").open(f"{place}/{known.id + 1}", status=404)  # type: ignore[attr-defined]


def test_whoever_looks_for_many_children_in_an_hour_is_stopped(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    officer = small_world.actor("officer")
    with transaction(sqlite_engine) as db:
        for number in range(20):
            starting.search(
                db,
                child_details(surname=f"Fisher{number}"),
                small_world.areas["north"],
                by=officer,
                at=NOW + timedelta(minutes=number),
            )
        with pytest.raises(Refused) as stopped:
            starting.search(
                db, child_details(), small_world.areas["north"], by=officer, at=NOW + timedelta(minutes=59)
            )
        assert "20 children" in stopped.value.refusals[0].says
        starting.search(
            db, child_details(), small_world.areas["north"], by=officer, at=NOW + timedelta(minutes=61)
        )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("pnc_id", "2019/0412345Q", "PNC ID does not check: it looks like 2019/0412345P"),
        ("cro_number", "265416/21H", "CRO number does not check: it looks like 265416/21G"),
        ("upn", "A801200005001", "Unique pupil number (UPN) does not check: it is a letter and 12 digits"),
        ("nhs_number", "943 476 5918", "NHS number does not check: it has 10 digits"),
    ],
)
def test_a_slip_in_a_number_is_named_with_what_it_should_look_like(
    small_visit: Visit, name: str, value: str, sentence: str
) -> None:
    page = small_visit("officer").send("/referrals/new", {**ROBIN, name: value}, status=422)
    assert [error.startswith(sentence) for error in page.errors] == [True]
    assert f'value="{value}"' in page.html
    assert '<details class="govuk-details" open>' in page.html


def test_numbers_are_kept_in_one_form_and_a_shared_one_is_the_strongest_match(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    more = {"pnc_id": "1979/0163001B", "given_name": "Ida", "surname": "Quill", "address": "", "postcode": ""}
    with transaction(sqlite_engine) as db:
        submitted(db, small_world)
        submitted(
            db, small_world, child={**more, "date_of_birth": date(2010, 1, 9), "address": "", "postcode": ""}
        )
    page = small_visit("officer").follow(typed(small_visit, pnc_id="79/163001b"))
    assert page.text.index("1. Ida Quill") < page.text.index("2. Robin Fielding")
    assert "Same PNC ID." in page.text


def test_a_change_of_the_child_tells_and_retimes_all_of_its_cases(
    sqlite_engine: Engine, small_world: World
) -> None:
    officer = small_world.actor("officer")
    with transaction(sqlite_engine) as db:
        one = accepted(db, small_world)
        two = second_case(db, small_world, one)
        before = two.due_on
        older = child_details(date_of_birth=date(2008, 12, 1))
        starting.save_child(db, one, older, by=officer, at=NOW)
        assert two.due_on == date(2026, 12, 1) != before
        verbs = {e.verb for e in db.exec(select(Event).where(Event.chain == f"case:{two.id}"))}
        assert "case.child_elsewhere" in verbs
        assert two.due_on != NEVER


def second_case(db: Session, world: World, first: Referral, at: object = NOW) -> Referral:
    """Another case of the same child, started by the same officer."""
    from panel.referrals import actions

    child = db.get_one(Child, first.child_id)
    return actions.start(db, child_details(), first.area_id, by=world.actor("officer"), at=NOW, known=child)


def test_a_child_stays_as_the_panel_saw_it_while_another_case_is_decided_and_open(
    sqlite_engine: Engine, small_world: World
) -> None:
    officer = small_world.actor("officer")
    with transaction(sqlite_engine) as db:
        first = decided(db, small_world)
        second = second_case(db, small_world, first)
        same = child_details().model_copy(update={"school": db.get_one(Child, first.child_id).school})
        with pytest.raises(Refused) as refused:
            starting.save_child(db, second, same.model_copy(update={"surname": "Marsh"}), by=officer, at=NOW)
        assert [r.name for r in refused.value.refusals] == ["decided_elsewhere"]
        starting.save_child(db, second, same, by=officer, at=NOW)


def test_other_cases_are_named_to_those_who_need_them_and_only_counted_for_others(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        first = submitted(db, small_world)
        second = submitted(db, small_world)
        second.referred_by_id = small_world.users["other_officer"]
        second.child_id = first.child_id
        references = first.reference, second.reference
    manager = small_visit("manager").open(f"/cases/{references[0]}")
    assert references[1] in manager.text
    officer = small_visit("officer").open(f"/cases/{references[0]}")
    assert "Other cases of this child (1)" in officer.text
    assert "1 that is not yours to see" in officer.text
    assert references[1] not in officer.html


def test_looking_for_a_child_asks_as_many_questions_for_many_children_as_for_one(
    sqlite_engine: Engine, small_world: World
) -> None:
    def questions() -> int:
        sent: list[str] = []

        def note(_c: object, _k: object, statement: str, *_more: object) -> None:
            sent.append(statement)

        with transaction(sqlite_engine) as db:
            event.listen(sqlite_engine, "before_cursor_execute", note)
            starting.search(
                db, child_details(), small_world.areas["north"], by=small_world.actor("officer"), at=NOW
            )
            event.remove(sqlite_engine, "before_cursor_execute", note)
        return len(sent)

    make(sqlite_engine, submitted, small_world)
    few = questions()
    with transaction(sqlite_engine) as db:
        for _ in range(12):
            submitted(db, small_world)
    assert questions() == few <= 8
