"""Children of one incident: linked cases, each with its own decision (CAT-3)."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.children.models import Child
from panel.db import transaction
from panel.decisions.models import Decision
from panel.history.models import Event
from panel.incidents import actions
from panel.incidents.models import CaseLink, Incident
from panel.incidents.queries import linked
from panel.meetings.listing import put_on
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import offences_of
from tests.panel.conftest import Visit, make, rows
from tests.support.decided import decided
from tests.support.world import NOW, World, accepted, draft, submitted
from workflows.case import Status
from workflows.flow import Refused
from workflows.vocabulary import Admission

KIT = {"given_name": "Kit", "surname": "Quill", "address": "9 Quay Lane", "postcode": "KD7 4CD"}
KIT_TYPED = {
    "given_name": "Kit",
    "surname": "Quill",
    "date_of_birth": ["9", "8", "2010"],
    "gender": "female",
    "looked_after": "no",
}


def own(db: Session, case: Referral) -> dict[str, Any]:
    """Everything of a case that another child's case must never change."""
    row = case.model_dump(exclude={"version", "changed_at", "due_on"})
    offences = [o.model_dump() for o in db.exec(select(Offence).where(Offence.referral_id == case.id))]
    decisions = db.exec(select(Decision).where(Decision.referral_id == case.id)).all()
    return {"row": row, "offences": offences, "decisions": decisions}


def group(db: Session, world: World, *builders: Any) -> list[Referral]:
    """Cases of different children, linked as one incident."""
    cases = [
        build(db, world, child={**KIT, "given_name": name})
        for build, name in zip(builders, ("Kit", "Ida", "Noor"), strict=False)
    ]
    for case in cases[1:]:
        actions.join(db, case, cases[0], by=world.actor("officer"), at=NOW)
    return cases


def test_deciding_one_case_changes_nothing_in_the_linked_one(
    sqlite_engine: Engine, small_world: World
) -> None:
    before: list[dict[str, Any]] = []
    with transaction(sqlite_engine) as db, pytest.MonkeyPatch.context() as patch:
        other = submitted(db, small_world, child=KIT, admission=Admission.DENIES)

        def link_before_listing(*args: Any, **more: Any) -> Any:
            actions.join(db, other, args[1], by=small_world.actor("officer"), at=NOW)
            before.append(own(db, other))
            return put_on(*args, **more)

        patch.setattr("tests.support.decided.put_on", link_before_listing)
        one = decided(db, small_world)
        assert one.status is Status.DECIDED
        assert [own(db, other)] == before
        assert (other.status, other.outcome) == (Status.SUBMITTED, None)
        assert [offence.admission for offence in offences_of(db, other)] == [Admission.DENIES]


def test_three_children_are_one_incident_however_they_are_linked(
    sqlite_engine: Engine, small_world: World
) -> None:
    officer = small_world.actor("officer")
    with transaction(sqlite_engine) as db:
        a, b, c = group(db, small_world, draft, draft, draft)
        d, e = group(db, small_world, draft, draft)
        actions.join(db, a, d, by=officer, at=NOW)
        actions.join(db, a, d, by=officer, at=NOW)
        assert len(db.exec(select(Incident)).all()) == 1
        assert {len(linked(db, officer, case)) for case in (a, b, c, d, e)} == {4}


def test_two_cases_of_one_child_are_no_group(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        one, two = submitted(db, small_world), submitted(db, small_world)
        two.child_id = one.child_id
        with pytest.raises(Refused) as refused:
            actions.join(db, one, two, by=small_world.actor("officer"), at=NOW)
        assert refused.value.refusals[0].name == "one_child"


def test_a_case_that_does_not_belong_is_taken_out_and_the_last_link_goes_too(
    sqlite_engine: Engine, small_world: World
) -> None:
    officer = small_world.actor("officer")
    with transaction(sqlite_engine) as db:
        a, b, c = group(db, small_world, draft, draft, draft)
        actions.leave(db, c, "Another evening.", by=officer, at=NOW)
        assert len(linked(db, officer, a)) == 1
        actions.leave(db, b, "Not there either.", by=officer, at=NOW)
        assert db.exec(select(CaseLink)).all() == []
        assert db.exec(select(Incident)).all() == []
        told = db.exec(select(Event).where(Event.verb == "case.unlink_case")).all()
        assert len(told) == 5


def test_another_child_gets_a_draft_of_its_own_with_the_offence_and_never_the_admission(
    engine: Engine, world: World, visit: Visit
) -> None:
    first = make(engine, submitted, world)
    officer = visit("officer")
    page = officer.open(f"/cases/{first}/another-child")
    assert first in page.text or first in page.html
    copying = officer.follow(officer.send(page, KIT_TYPED))
    assert copying.heading == "What is the same for this child?"
    offence = next(name for name in copying.form().names if name.startswith("offence_"))
    sent = officer.send(copying, {offence: "y", "circumstances": "y"})
    assert sent.location.endswith("/source")
    reference = sent.location.split("/")[2]
    cases = {case.reference: case for case in rows(engine, select(Referral))}  # type: ignore[attr-defined]
    source, new = cases[first], cases[reference]
    assert (new.outcome, new.victim_identified) == (None, None)
    assert new.circumstances == source.circumstances
    copied = {o.referral_id: o for o in rows(engine, select(Offence))}  # type: ignore[attr-defined]
    one, other = copied[source.id], copied[new.id]
    assert [getattr(one, n) == getattr(other, n) for n in actions.COPIED] == [True] * len(actions.COPIED)
    assert (one.admission, other.admission) == (Admission.FULL, Admission.NONE)
    assert (one.gravity is None, other.gravity) == (False, None)
    assert (other.gravity_reason, other.cps_authority, other.outcome) == ("", False, None)
    overview = officer.open(f"/cases/{first}")
    assert "Other children of the same incident (1)" in overview.text
    assert f"{reference} (Kit): Draft" in overview.text


def test_a_manager_starts_the_case_of_another_child_too_and_says_how_it_came(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    first, manager = make(sqlite_engine, submitted, small_world), small_visit("manager")
    assert "Another child took part" in manager.open(f"/cases/{first}").text
    copying = manager.follow(manager.send(f"/cases/{first}/another-child", KIT_TYPED))
    offence = next(name for name in copying.form().names if name.startswith("offence_"))
    page = manager.follow(manager.send(copying, {offence: "y"}))
    assert page.heading == "How did this case come to us?"
    reference = page.path.split("/")[2]
    (new,) = rows(sqlite_engine, select(Referral).where(Referral.reference == reference))
    assert new.source is None  # type: ignore[attr-defined]
    small_visit("officer").open(f"/cases/{reference}/copy", status=404)


@pytest.mark.parametrize("key", ["case_manager", "victim_worker", "inspector"])
def test_nobody_else_starts_the_case_of_another_child(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, key: str
) -> None:
    first = make(sqlite_engine, accepted, small_world)
    small_visit(key).open(f"/cases/{first}/another-child", status=403)


def test_whoever_may_not_see_the_other_case_learns_no_more_than_that_there_is_one(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        seen, hidden = group(db, small_world, accepted, draft)
        reference, other = seen.reference, hidden.reference
    for key in ("manager", "case_manager", "victim_worker"):
        visitor = small_visit(key)
        page = visitor.open(f"/cases/{reference}")
        assert "Another child's case" in page.text
        for tab in ("", "/history"):
            shown = visitor.open(f"/cases/{reference}{tab}")
            assert other not in shown.html
            assert "Ida" not in shown.html


def test_a_case_that_is_here_already_is_linked_by_its_reference_within_what_one_may_see(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    one = make(sqlite_engine, submitted, small_world)
    other = make(sqlite_engine, submitted, small_world, child=KIT)
    far = make(sqlite_engine, submitted, small_world, by="far_officer")
    manager = small_visit("manager")
    page = manager.send(f"/cases/{one}/link", {"reference": far}, status=422)
    assert page.errors == ["There is no case with this reference that you may see"]
    page = manager.send(f"/cases/{one}/link", {"reference": one}, status=422)
    assert "same child" in page.errors[0]
    manager.send(f"/cases/{one}/link", {"reference": other.lower()})
    assert "Other children of the same incident (1)" in manager.open(f"/cases/{other}").text
    manager.send(f"/cases/{one}/unlink", {"reason": ""}, status=422)
    manager.send(f"/cases/{one}/unlink", {"reason": "Another evening."})
    assert "Other children" not in manager.open(f"/cases/{other}").text
    assert "Another evening." in manager.open(f"/cases/{other}/history").text


def test_the_panel_reads_that_there_are_linked_cases_decided_separately(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    with transaction(sqlite_engine) as db:
        one, _, _ = group(db, small_world, accepted, submitted, submitted)
        reference = one.reference
    page = small_visit("manager").open(f"/cases/{reference}/panel")
    assert "Other children: 2 linked, each decided separately" in page.text


def test_a_known_child_can_be_the_other_child(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    first = make(sqlite_engine, submitted, small_world)
    make(sqlite_engine, submitted, small_world, child=KIT)
    (kit,) = rows(sqlite_engine, select(Child).where(Child.given_name == "Kit"))
    officer = small_visit("officer")
    typed = {**KIT_TYPED, "date_of_birth": ["4", "3", "2011"], "gender": "male"}
    match = officer.follow(officer.send(f"/cases/{first}/another-child", typed))
    sent = officer.send(match, {"answer": str(kit.id)})  # type: ignore[attr-defined]
    assert sent.location.endswith("/copy")
    (link,) = rows(sqlite_engine, select(CaseLink).where(CaseLink.by_id == small_world.users["officer"]))[:1]
    assert link is not None
