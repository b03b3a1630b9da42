"""What belongs to one self-inspection is never read as that of another one."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.db import transaction
from panel.errors import Missing
from panel.ratings import queries
from panel.ratings.models import ReportDraft, ReportVersion, SelfInspection
from tests.panel.ratings.inspected import answered, begun, judged
from tests.support.world import NOW, World
from workflows.ratings import Rating


def written(db: Session, world: World, row: SelfInspection, drafts: int, versions: int) -> None:
    """So many drafts and so many published reports, each saying of which inspection and number it is."""
    by = {"inspection_id": row.id, "by_id": world.users["manager"], "at": NOW}
    none = "0" * 64
    for number in range(1, drafts + 1):
        db.add(ReportDraft(number=number, texts={"summary": f"{row.title} {number}"}, rests_on=none, **by))
    for number in range(1, versions + 1):
        db.add(ReportVersion(number=number, content={"title": f"{row.title} {number}"}, digest=none, **by))
    db.flush()


def test_drafts_and_reports_are_those_of_the_inspection_by_their_number(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        # The other one first and last, so that neither the oldest nor the newest row is right by chance.
        other = begun(db, small_world, title="South", by="far_manager")
        ours = begun(db, small_world, title="North")
        bare = begun(db, small_world, title="Bare")
        written(db, small_world, other, 3, 3)
        written(db, small_world, ours, 2, 2)
        assert [one.texts["summary"] for one in queries.drafts(db, ours)] == ["North 2", "North 1"]
        assert [one.content["title"] for one in queries.versions(db, ours)] == ["North 2", "North 1"]
        for number in (1, 2):
            assert queries.draft_at(db, ours, number).texts["summary"] == f"North {number}"
            assert queries.version_at(db, ours, number).content["title"] == f"North {number}"
        for row, number in ((ours, 3), (ours, 0), (bare, 1)):
            with pytest.raises(Missing):
                queries.draft_at(db, row, number)
            with pytest.raises(Missing):
                queries.version_at(db, row, number)
        assert (list(queries.drafts(db, bare)), list(queries.versions(db, bare))) == ([], [])


def test_answers_and_judgements_are_those_of_the_inspection(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        ours, other = begun(db, small_world, title="North"), begun(db, small_world, title="Last year")
        answered(db, small_world, other, "3.1.1", 1, 24)
        judged(db, small_world, other, "1.1", Rating.INADEQUATE)
        found = queries.standing(db, ours, least=5)
        assert (found.answers, found.judged, found.lifts) == ({}, {}, {})
        assert queries.standing(db, other, least=5).answers["3.1.1"].no == 24


def test_an_inspection_is_found_in_the_areas_of_its_readers(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        south = begun(db, small_world, title="South", by="far_manager")
        first, second = begun(db, small_world, title="First"), begun(db, small_world, title="Second")
        for key in ("manager", "inspector"):
            actor = small_world.actor(key)
            assert queries.inspections(db, actor) == [second, first]
            assert queries.inspections(db, actor, before=second.id) == [first]
            assert queries.inspection_for(db, actor, first.reference, at=NOW, page="x") is first
            with pytest.raises(Missing):
                queries.inspection_for(db, actor, south.reference, at=NOW, page="x")
        for key in ("board", "case_manager"):
            assert queries.inspections(db, small_world.actor(key)) == []
            with pytest.raises(Missing):
                queries.inspection_for(db, small_world.actor(key), first.reference, at=NOW, page="x")
