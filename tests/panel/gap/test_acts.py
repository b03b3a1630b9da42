"""Who reads a record as something else does not act on it: each act asks for the role in the area itself."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.access import Actor
from panel.db import transaction
from panel.errors import Missing
from panel.gap import actions, asking, exporting
from panel.gap import commands as c
from panel.gap.models import ForceQueryRow, GapExport, GapFollowUp
from panel.gap.scope import Filter
from panel.police.models import PoliceDisposal
from tests.support.gaps import SUMMER, sent_list, stands
from tests.support.police import force
from tests.support.world import NOW, TODAY, World, draft
from workflows.flow import NotYours, Refused
from workflows.gap import Group, Place
from workflows.gap_work import Became, Reply
from workflows.police import Notice, Standing
from workflows.roles import Role
from workflows.vocabulary import Outcome

DAY = timedelta(days=1)
HAPPENED = c.FollowUp(became=Became.REACHED, happened_on=TODAY)
WHY = c.Export(kind=c.Kind.CSV, reason="For the chief officer")


def only_elsewhere(world: World, role: Role, here: Role) -> Actor:
    """Somebody who has a role in the south, and another one in the north."""
    north, south = world.areas["north"], world.areas["south"]
    someone = world.actor("case_manager")
    return replace(someone, memberships=((north, here), (south, role)), area_names={north: "N", south: "S"})


def untold(db: Session, world: World) -> PoliceDisposal:
    """A disposal of the north of which nobody told us."""
    of = force(db, world)
    sent_list(db, world, of)
    row = stands(db, world, of, Place.UNTOLD, 1)
    db.flush()
    return row


def test_a_case_is_opened_from_a_record_by_who_opens_cases_in_its_area(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        row, referral = untold(db, small_world), draft(db, small_world)
        for role in (Role.YOT_MANAGER, Role.SECONDED, Role.LIAISON):
            by = only_elsewhere(small_world, role, Role.CASE_MANAGER)
            assert not actions.may_open(row, by)
            with pytest.raises(NotYours):
                actions.openable(row, by)
            with pytest.raises(NotYours):
                actions.link(db, row, referral, by=by, at=NOW)
            with pytest.raises(NotYours):
                actions.draft_of(db, row, by)
        assert row.referral_id is None
        for key in ("manager", "seconded", "liaison"):
            assert actions.openable(row, small_world.actor(key)) is row
            with pytest.raises(Missing):
                actions.draft_of(db, row, small_world.actor(key))


def test_a_record_that_does_not_count_or_has_a_case_opens_none(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        row, manager = untold(db, small_world), small_world.actor("manager")
        row.status = Standing.SET_ASIDE
        assert actions.state_of(row, TODAY) is Notice.NOT_OURS
        with pytest.raises(Missing):
            actions.openable(row, manager)
        row.status = Standing.COUNTED
        assert actions.state_of(row, TODAY) is Notice.NOT_NOTIFIED
        opened = draft(db, small_world)
        row.referral_id = opened.id
        with pytest.raises(Missing):
            actions.openable(row, manager)
        assert actions.draft_of(db, row, manager) is opened


def test_what_became_of_a_child_is_written_down_by_who_works_in_the_area(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        row = untold(db, small_world)
        by = only_elsewhere(small_world, Role.YOT_MANAGER, Role.INSPECTOR)
        for actor in (by, small_world.actor("seconded"), small_world.actor("far_manager")):
            with pytest.raises(NotYours):
                actions.follow_up(db, row, HAPPENED, by=actor, at=NOW)
        row.status = Standing.SET_ASIDE
        with pytest.raises(Refused):
            actions.follow_up(db, row, HAPPENED, by=small_world.actor("manager"), at=NOW)
        row.status = Standing.COUNTED
        assert db.exec(select(GapFollowUp)).all() == []
        for key in ("manager", "case_manager", "liaison"):
            actions.follow_up(db, row, HAPPENED, by=small_world.actor(key), at=NOW)
        assert len(actions.follow_ups(db, [row.id])[row.id]) == 3


def test_the_gap_leaves_in_a_file_by_who_asks_the_force_and_with_names_by_the_manager(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        untold(db, small_world)
        north = small_world.areas["north"]

        def taken(by: Actor, *, named: bool) -> bytes:
            return exporting.export(db, north, Outcome.CR, SUMMER, WHY, named=named, by=by, at=NOW)

        by = only_elsewhere(small_world, Role.YOT_MANAGER, Role.INSPECTOR)
        for actor in (by, small_world.actor("case_manager"), small_world.actor("far_manager")):
            for named in (True, False):
                with pytest.raises(NotYours):
                    taken(actor, named=named)
        with pytest.raises(NotYours):
            taken(small_world.actor("seconded"), named=True)
        assert db.exec(select(GapExport)).all() == []
        assert b"Marlow" not in taken(small_world.actor("seconded"), named=False)
        assert b"Marlow" in taken(small_world.actor("manager"), named=True)


def test_a_query_is_read_in_its_area_and_a_row_of_it_is_no_row_of_another(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        ada = untold(db, small_world)
        bo, far = (
            stands(db, small_world, SimpleNamespace(id=ada.force_id), Place.UNTOLD, number, area=area)
            for number, area in ((2, "north"), (3, "south"))
        )
        db.flush()
        manager, stranger = small_world.actor("manager"), small_world.actor("far_manager")
        first, second = (asking.ask(db, [row], TODAY, by=manager, at=NOW) for row in (ada, bo))
        third = asking.ask(db, [far], TODAY, by=stranger, at=NOW)
        look = {"at": NOW, "page": "gap.query"}
        assert asking.query_for(db, manager, first.reference, **look) is first
        for actor, query in ((stranger, first), (manager, third), (small_world.actor("liaison"), first)):
            with pytest.raises(Missing):
                asking.query_for(db, actor, query.reference, **look)
        row = db.exec(select(ForceQueryRow).where(ForceQueryRow.disposal_id == ada.id)).one()
        assert asking.row_for(db, first, row.id) is row
        with pytest.raises(Missing):
            asking.row_for(db, second, row.id)
        ada.told_on = TODAY
        db.flush()
        areas = [small_world.areas["north"]]
        found = [(one.id, every, open_) for one, every, open_ in asking.queries_of(db, areas, limit=9)]
        assert found == [(second.id, 1, 1), (first.id, 1, 0)]
        before = asking.queries_of(db, areas, limit=9, before=second.id)
        assert [one.id for one, _, _ in before] == [first.id]


def test_who_is_asked_about_twice_keeps_the_first_day_and_who_waits_is_not_asked_again(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        row, manager = untold(db, small_world), small_world.actor("manager")
        chosen = Filter(small_world.areas["north"], Group.UNTOLD)
        assert asking.to_ask(db, chosen, [], today=TODAY) == [row]
        first = asking.ask(db, [row], TODAY, by=manager, at=NOW)
        assert asking.to_ask(db, chosen, [], today=TODAY) == []
        said = {"answered_on": TODAY, "said": "We do not know yet."}
        unknown = c.AnswerOfForce(reply=Reply.UNKNOWN, **said)
        (asked, _), *_ = asking.rows_of(db, first)
        asking.answer(db, first, asked, unknown, by=manager, at=NOW)
        assert asked.answered_on is None
        asked.answered_on = TODAY
        db.flush()
        assert asking.to_ask(db, chosen, [], today=TODAY) == [row]
        asking.ask(db, [row], TODAY, by=manager, at=NOW + 3 * DAY)
        assert row.asked_on == TODAY
