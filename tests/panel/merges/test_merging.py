"""Two records of one child become one by two people, and can become two again."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.children.actions import pair_of
from panel.children.models import Carer, Child, ChildKey, ChildPair
from panel.db import transaction
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.history.verify import verify
from panel.merges import actions
from panel.merges.models import Merge
from panel.merges.queries import likely_pairs, merge_for, pair_for
from panel.notifications.models import Notification, Why
from panel.referrals import actions as referrals
from panel.referrals import starting
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, rows
from tests.support.decided import decided
from tests.support.world import NOW, TODAY, World, child_details, submitted
from workflows.flow import NotYours, Refused
from workflows.matching import Verdict
from workflows.merge import Status

ROBYN = {"given_name": "Robyn", "school": "Weirside", "pnc_id": "1979/0163001B"}


def two_records(db: Session, world: World) -> ChildPair:
    """Two records of Robin, found by the service when the second was written."""
    first = submitted(db, world)
    second = submitted(db, world, child=ROBYN)
    pair = pair_of(db, first.child_id, second.child_id)
    assert pair is not None
    assert pair.verdict is Verdict.LIKELY
    return pair


def proposed(db: Session, world: World, *, by: str = "seconded") -> Merge:
    """A merge that waits for a second person."""
    actor = world.actor(by)
    pair = pair_for(db, actor, two_records(db, world).id)
    return actions.propose(db, pair, ["school", "pnc_id"], "The school knows one Robin.", by=actor, at=NOW)


def everything(db: Session) -> dict[str, Any]:
    """Whatever a merge could touch, without versions and times."""
    db.expire_all()
    children = {child.id: child.model_dump() for child in db.exec(select(Child))}
    carers = {carer.child_id: carer.model_dump(exclude={"id"}) for carer in db.exec(select(Carer))}
    cases = {case.id: (case.child_id, case.due_on, case.status) for case in db.exec(select(Referral))}
    keys = {(key.child_id, key.key) for key in db.exec(select(ChildKey))}
    return {"children": children, "carers": carers, "cases": cases, "keys": keys}


def test_a_confirmed_merge_makes_one_child_of_two(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        merge = proposed(db, world)
        actions.confirm(db, merge, by=world.actor("manager"), at=NOW)
        survivor, merged = db.get_one(Child, merge.survivor_id), db.get_one(Child, merge.merged_id)
        assert (survivor.given_name, survivor.school, survivor.pnc_id) == (
            "Robin",
            "Weirside",
            "1979/0163001B",
        )
        assert merged.merged_into_id == survivor.id
        assert {case.child_id for case in db.exec(select(Referral))} == {survivor.id}
        assert db.exec(select(ChildKey).where(ChildKey.child_id == merged.id)).all() == []
        assert likely_pairs(db, world.actor("manager"), today=TODAY) == []
        told = db.exec(select(Event).where(Event.verb == "case.merge")).all()
        assert len(told) == 2
        subjects = {f"child:{survivor.id}", f"child:{merged.id}"}
        open_tasks = select(Notification).where(
            Notification.why == Why.MERGE_PROPOSED, col(Notification.done_at).is_(None)
        )
        assert db.exec(open_tasks).all() == []
    combined = rows(engine, select(AccessEntry).where(AccessEntry.operation == Operation.COMBINATION))
    assert {entry.subject for entry in combined} == subjects  # type: ignore[attr-defined]
    assert verify(engine) == []


def test_taking_a_merge_back_leaves_everything_as_it_was(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        merge = proposed(db, world)
        before = everything(db)
        actions.confirm(db, merge, by=world.actor("manager"), at=NOW)
        assert everything(db) != before
        assert actions.undo(db, merge, "They are cousins.", by=world.actor("chair"), at=NOW) == ([], 0)
        assert everything(db) == before
        pair = pair_of(db, merge.survivor_id, merge.merged_id)
        assert pair is not None
        assert pair.verdict is Verdict.DIFFERENT


def test_the_carer_that_was_chosen_stays_and_comes_back(sqlite_engine: Engine, small_world: World) -> None:
    manager = small_world.actor("manager")
    with transaction(sqlite_engine) as db:
        pair = two_records(db, small_world)
        (theirs,) = db.exec(select(Carer).where(Carer.child_id == pair.second_id)).all()
        theirs.name = "Pat Fielding"
        db.add(theirs)
        db.flush()
        before = everything(db)
        merge = actions.propose(db, pair_for(db, manager, pair.id), ["carer"], "Seen.", by=manager, at=NOW)
        actions.confirm(db, merge, by=small_world.actor("chair"), at=NOW)
        (kept,) = db.exec(select(Carer).where(Carer.child_id == pair.first_id)).all()
        assert kept.name == "Pat Fielding"
        actions.undo(db, merge, "Wrong.", by=manager, at=NOW)
        assert everything(db) == before


def test_later_cases_and_changes_stay_with_the_record_that_was_kept_and_it_is_said(
    sqlite_engine: Engine, small_world: World
) -> None:
    officer, manager = small_world.actor("officer"), small_world.actor("manager")
    with transaction(sqlite_engine) as db:
        merge = proposed(db, small_world)
        actions.confirm(db, merge, by=manager, at=NOW)
        survivor = db.get_one(Child, merge.survivor_id)
        new = referrals.start(
            db, child_details(), small_world.areas["north"], by=officer, at=NOW, known=survivor
        )
        now = child_details(school="Hill School", pnc_id=survivor.pnc_id)
        starting.save_child(db, new, now, by=officer, at=NOW)
        kept, added = actions.undo(db, merge, "They are cousins.", by=manager, at=NOW)
        assert (kept, added) == (["school"], 1)
        assert (survivor.school, survivor.pnc_id) == ("Hill School", "")
        assert db.get_one(Referral, new.id).child_id == survivor.id
        assert db.get_one(Child, merge.merged_id).school == "Weirside"


def test_nobody_confirms_their_own_proposal(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        merge = proposed(db, small_world, by="manager")
        with pytest.raises(Refused) as refused:
            actions.confirm(db, merge, by=small_world.actor("manager"), at=NOW)
        assert [r.name for r in refused.value.refusals] == ["two_people"]
        actions.confirm(db, merge, by=small_world.actor("chair"), at=NOW)


def test_a_seconded_officer_proposes_and_never_confirms(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        merge = proposed(db, small_world, by="manager")
        with pytest.raises(NotYours):
            actions.confirm(db, merge, by=small_world.actor("seconded"), at=NOW)


def test_of_two_confirmations_one_counts(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        reference = proposed(db, small_world).reference
    for key in ("manager", "chair"):
        with transaction(sqlite_engine) as db:
            actor = small_world.actor(key)
            merge = merge_for(db, actor, reference, lock=True)
            if key == "manager":
                actions.confirm(db, merge, by=actor, at=NOW)
                continue
            with pytest.raises(Refused) as late:
                actions.confirm(db, merge, by=actor, at=NOW)
            assert late.value.refusals[0].name == "wrong_state"
    with transaction(sqlite_engine) as db:
        assert len(db.exec(select(Event).where(Event.verb == "merge.confirm")).all()) == 1


def test_a_record_that_changed_since_is_looked_at_again(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        merge = proposed(db, small_world)
        case = db.exec(select(Referral).where(Referral.child_id == merge.merged_id)).one()
        changed = child_details(**ROBYN, address="8 Quay Lane")
        starting.save_child(db, case, changed, by=small_world.actor("officer"), at=NOW)
        with pytest.raises(Refused) as refused:
            actions.confirm(db, merge, by=small_world.actor("manager"), at=NOW)
        assert [r.name for r in refused.value.refusals] == ["unchanged"]


def test_what_the_panel_saw_is_changed_by_a_merge_only_with_a_reason(
    sqlite_engine: Engine, small_world: World
) -> None:
    manager = small_world.actor("manager")
    with transaction(sqlite_engine) as db:
        decided(db, small_world)
        submitted(db, small_world)
        (pair,) = db.exec(select(ChildPair)).all()
        seconded = small_world.actor("seconded")
        merge = actions.propose(db, pair_for(db, seconded, pair.id), [], "Seen.", by=seconded, at=NOW)
        with pytest.raises(Refused) as refused:
            actions.confirm(db, merge, by=manager, at=NOW)
        assert [(r.name, r.hard) for r in refused.value.refusals] == [("not_decided", False)]
        actions.confirm(db, merge, by=manager, at=NOW, overrides={"not_decided": "The history matters now."})
        assert merge.status is Status.CONFIRMED


def test_a_merge_is_taken_back_before_an_earlier_one_of_the_same_child(
    sqlite_engine: Engine, small_world: World
) -> None:
    manager, chair = small_world.actor("manager"), small_world.actor("chair")
    with transaction(sqlite_engine) as db:
        first = proposed(db, small_world)
        actions.confirm(db, first, by=manager, at=NOW)
        submitted(db, small_world)
        (again,) = likely_pairs(db, manager, today=TODAY)
        second = actions.propose(db, again, [], "Once more.", by=manager, at=NOW)
        actions.confirm(db, second, by=chair, at=NOW)
        with pytest.raises(Refused) as refused:
            actions.undo(db, first, "Wrong.", by=manager, at=NOW)
        assert [r.name for r in refused.value.refusals] == ["newest"]
        actions.undo(db, second, "Wrong.", by=manager, at=NOW)
        actions.undo(db, first, "Wrong.", by=manager, at=NOW)


def test_records_of_different_areas_are_not_merged(sqlite_engine: Engine, small_world: World) -> None:
    manager = small_world.actor("manager")
    with transaction(sqlite_engine) as db:
        pair = two_records(db, small_world)
        case = db.exec(select(Referral).where(Referral.child_id == pair.second_id)).one()
        found = pair_for(db, manager, pair.id)
        case.area_id = small_world.areas["south"]
        db.add(case)
        db.flush()
        with pytest.raises(Refused) as refused:
            actions.propose(db, found, [], "Seen.", by=manager, at=NOW)
        assert [r.name for r in refused.value.refusals] == ["one_area"]


def test_the_list_shows_pairs_and_merges_of_ones_own_area_only(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        merge = proposed(db, small_world)
        number = db.exec(select(ChildPair.id)).one()
        reference = merge.reference
    near = small_visit("manager").open("/merges")
    assert "Waiting for a second person (1)" in near.text
    assert "To look at (0)" in near.text
    far = small_visit("far_manager")
    assert "Waiting for a second person (0)" in far.open("/merges").text
    far.open(f"/merges/{reference}", status=404)
    far.open(f"/merges/pairs/{number}", status=404)


def test_a_manager_and_a_second_one_merge_two_records_on_the_pages(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        number = two_records(db, world).id
        reference = db.exec(select(Referral.reference)).all()[0]
    manager, chair = visit("manager"), visit("chair")
    assert "To look at (1)" in manager.open("/merges").text
    page = manager.send(f"/merges/pairs/{number}", {"reason": ""}, button="Propose the merge", status=422)
    assert "Choose what stays: first names" in page.errors
    assert "Say how you know that it is one child" in page.errors
    chosen = {"which_given_name": "first", "which_school": "second", "which_pnc_id": "second"}
    sent = manager.send(page, {**chosen, "reason": "The school knows one Robin."}, button="Propose the merge")
    waiting = manager.follow(sent)
    assert "You proposed this merge." in waiting.text
    assert "A merge waits for a second person" in chair.open(f"/cases/{reference}").text
    chair.send(sent.location, button="Confirm: it is one child")
    assert "Merged" in chair.open(sent.location).text
    back = f"{sent.location}/undo"
    chair.send(back, {"reason": ""}, status=422)
    chair.send(back, {"reason": "They are cousins."})
    assert "They are cousins." in manager.open(sent.location).text
    (merge,) = rows(engine, select(Merge))
    assert merge.status is Status.UNDONE  # type: ignore[attr-defined]


def test_two_children_are_kept_apart_by_one_answer(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        number = two_records(db, small_world).id
    manager = small_visit("manager")
    manager.send(f"/merges/pairs/{number}", {"verdict": "related"}, action="/apart")
    assert "To look at (0)" in manager.open("/merges").text


def test_two_cases_that_are_not_on_the_list_can_be_looked_at(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        one = submitted(db, small_world).reference
        born = {"given_name": "Ida", "surname": "Quill", "date_of_birth": date(2010, 1, 9)}
        other = submitted(db, small_world, child=born).reference
    manager = small_visit("manager")
    page = manager.send("/merges", {"first": one, "second": one}, status=422)
    assert page.errors == ["Both cases are of one and the same record already"]
    found = manager.follow(manager.send("/merges", {"first": one, "second": other.lower()}))
    assert found.heading == "One child or two?"


def test_a_declined_merge_is_not_proposed_by_the_service_again(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        reference = proposed(db, small_world).reference
    small_visit("manager").send(f"/merges/{reference}/decline", {"reason": "Cousins of one name."})
    with transaction(sqlite_engine) as db:
        assert likely_pairs(db, small_world.actor("manager"), today=TODAY) == []
