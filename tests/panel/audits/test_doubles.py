"""A tenth is audited twice by people who may, and nobody is called tied who is not."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.audits import auditing, doubles, drawing, queries
from panel.audits import commands as c
from panel.audits.models import AuditedCase, AuditRound
from panel.db import transaction
from panel.referrals.conflict_models import Conflict
from panel.referrals.models import Referral
from tests.panel.audits.rounds import AUDITORS, again, asked, audited, cases, opened
from tests.panel.conftest import Visit
from tests.support.world import NOW, TODAY, World
from workflows.audit import CaseStatus, LeftOut
from workflows.conflict import ConflictKind
from workflows.flow import Refused

NO_AUDITOR = c.Excluded(left_out=LeftOut.NO_AUDITOR, words="Everybody worked on it")
COMPLAINT = c.Excluded(left_out=LeftOut.PROCEEDINGS, words="A complaint is running")


def tied(db: Session, world: World, referral_id: int, key: str) -> None:
    """Somebody has a conflict of interest in a case."""
    who, by = world.users[key], world.users["manager"]
    kind = next(iter(ConflictKind))
    db.add(Conflict(referral_id=referral_id, user_id=who, kind=kind, text="x", by_id=by, at=NOW))
    db.flush()


def numbers(db: Session) -> list[int]:
    return list(db.exec(select(Referral.id).order_by(Referral.id)))  # type: ignore[call-overload]


def twice(db: Session, made: AuditRound) -> list[int]:
    """The cases that two people audit."""
    return [case.referral_id for case in queries.sample_of(db, made.id) if case.twice]


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_two_people_audit_only_a_case_for_which_two_of_the_auditors_are_free(
    engine: Engine, world: World, seed: str
) -> None:
    with transaction(engine) as db:
        cases(db, world, 4)
        *others, free = numbers(db)
        for number in others:
            tied(db, world, number, "inspector")
        area, by = world.areas["north"], world.actor("manager")
        made = drawing.open_round(db, asked(world), area, by=by, at=NOW, seed=seed)
        assert twice(db, made) == [free]
        place = next(case.place for case in queries.sample_of(db, made.id) if case.twice)
        for key in AUDITORS:
            auditing.begin(db, made, place, by=world.actor(key), at=NOW)
        found = doubles.reach(db, made, queries.cases_of(db, made.id), at=NOW)
        assert (found.due, found.drawn, found.says, found.lacking) == (1, 1, "", {})


def test_where_too_few_are_free_nothing_is_drawn_that_cannot_happen_and_it_is_said(
    visit: Visit, engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every case is Priya Nair's own: with Tom Ash alone nothing can be audited twice."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    with transaction(engine) as db:
        cases(db, world, 2)
    manager = visit("manager")
    day = [str(TODAY.day), str(TODAY.month), str(TODAY.year)]
    pair = [str(world.users[key]) for key in ("case_manager", "other_case_manager")]
    page = manager.follow(manager.send("/audits/new", {"since": day, "until": day, "members": pair}))
    says = "1 case was to be audited by two people, and none is: for no other case"
    assert page.text.count(says) == 2, "at the draw and on the page of the round"
    assert manager.open(page.path).text.count(says) == 1
    assert "Two people" not in page.text
    with transaction(engine) as db:
        made = db.exec(select(AuditRound)).one()
        assert twice(db, made) == []
        assert doubles.reach(db, made, queries.cases_of(db, made.id), at=NOW).lacking == {}
        again(db, world, again=True)
    pages = [manager.open(f"/audits/{one}") for one in _references(engine)]
    assert ["to be audited by two people" in one.text for one in pages] == [True, False]


def _references(engine: Engine) -> list[str]:
    with Session(engine) as db:
        return list(db.exec(select(AuditRound.reference).order_by(AuditRound.id)))  # type: ignore[arg-type]


def test_when_a_case_of_two_is_left_out_another_for_which_two_are_free_takes_its_second_auditor(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world, 3)
        first = next(case for case in queries.cases_of(db, made.id) if case.twice)
        begun, stays = (case for case in queries.cases_of(db, made.id) if not case.twice)
        auditing.begin(db, made, begun.place, by=world.actor("inspector"), at=NOW)
        assert drawing.exclude(db, made, first.place, COMPLAINT, by=world.actor("manager"), at=NOW) is None
        assert twice(db, made) == [stays.referral_id], "not one that somebody has begun"


@pytest.mark.parametrize("free", [True, False])
def test_who_takes_the_place_of_a_case_of_two_is_audited_twice_where_two_are_free(
    engine: Engine, world: World, free: bool
) -> None:
    with transaction(engine) as db:
        made = opened(db, world, 3, confidence=50, margin=30)
        sample = queries.sample_of(db, made.id)
        (outside,) = set(numbers(db)) - {case.referral_id for case in sample}
        if not free:
            tied(db, world, outside, "inspector")
        first = next(case for case in sample if case.twice)
        rest = [case.referral_id for case in sample if not case.twice]
        other = drawing.exclude(db, made, first.place, COMPLAINT, by=world.actor("manager"), at=NOW)
        assert other is not None
        assert (other.referral_id, other.twice) == (outside, free)
        assert twice(db, made) == ([outside] if free else rest[:1])


def test_no_independent_auditor_is_no_reason_while_enough_of_them_could_begin(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made, manager = opened(db, world, 2), world.actor("manager")
        both = next(case for case in queries.cases_of(db, made.id) if case.twice)
        one = next(case for case in queries.cases_of(db, made.id) if not case.twice)
        tied(db, world, one.referral_id, "inspector")
        for case in (both, one):
            with pytest.raises(Refused) as stopped:
                drawing.exclude(db, made, case.place, NO_AUDITOR, by=manager, at=NOW)
            assert [refusal.name for refusal in stopped.value.refusals] == ["audit_nobody_free"]
        tied(db, world, both.referral_id, "inspector")
        tied(db, world, one.referral_id, "other_case_manager")
        found = doubles.reach(db, made, queries.cases_of(db, made.id), at=NOW)
        assert found.lacking == {both.id: 1, one.id: 0}
        for case in (both, one):
            drawing.exclude(db, made, case.place, NO_AUDITOR, by=manager, at=NOW)
            assert case.status is CaseStatus.EXCLUDED


def test_the_page_says_at_which_case_an_auditor_is_missing(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        tied(db, world, numbers(db)[0], "inspector")
    path, manager = f"/audits/{made.reference}", visit("manager")
    assert "Only one auditor of this round is free to audit it" in manager.open(path).text
    with transaction(engine) as db:
        tied(db, world, numbers(db)[0], "other_case_manager")
    assert "No auditor of this round is free to audit it" in manager.open(path).text


def test_who_finished_an_audit_and_then_took_the_case_is_missing_nowhere(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audited(db, world, made, "inspector")
        tied(db, world, numbers(db)[0], "inspector")
        case = db.exec(select(AuditedCase)).one()
        assert doubles.reach(db, made, [case], at=NOW).lacking == {}
        tied(db, world, case.referral_id, "other_case_manager")
        assert doubles.reach(db, made, [case], at=NOW).lacking == {case.id: 1}
