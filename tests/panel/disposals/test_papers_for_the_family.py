"""What the family can have on paper, and what of it was handed over."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.disposals import actions, family
from panel.disposals.models import FamilyPaper, PaperHanded
from panel.disposals.queries import disposal_for
from panel.documents.models import Kind
from panel.documents.queries import content, papers
from panel.history.models import Event
from panel.web import PanelApp
from tests.panel.documents.disposal_papers import text_of
from tests.support import given as cases
from tests.support.assessed import CANARIES, enter
from tests.support.world import build
from workflows.vocabulary import Outcome

PAGES = (Kind.EASY_READ, Kind.PARENT_PAGE)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_pages_for_child_and_parent_come_with_every_document_and_tell_of_no_victim(
    sqlite_engine: Engine, outcome: Outcome
) -> None:
    with transaction(sqlite_engine) as db:
        referral = cases.prepared(db, build(db), outcome, victim=True)
        made = papers(db, referral.id, kinds=PAGES)
        assert sorted(paper.kind for paper in made) == sorted(PAGES)
        event = db.exec(select(Event).where(Event.verb == "case.prepare_disposal")).one()
        for paper in made:
            said = text_of(content(db, paper))
            assert "Robin" in said
            assert not [canary for canary in CANARIES if canary in said]
            assert event.facts[paper.kind.value] == paper.digest


def test_an_offer_that_tells_who_the_victim_is_stops_the_pages_too(sqlite_engine: Engine) -> None:
    """The steps of a youth caution are not on its document, but they are on the child's page (E6)."""
    from panel.decisions.models import Condition

    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = cases.decided(db, world, Outcome.YC, victim=True)
        step = db.exec(select(Condition)).first()
        assert step is not None
        db.expunge(step)
    with transaction(sqlite_engine) as db:
        db.connection().exec_driver_sql("DROP TRIGGER condition_no_update")
        db.connection().exec_driver_sql("UPDATE condition SET what = 'A letter to Marguerite'")
    with transaction(sqlite_engine) as db:
        found, officer = db.merge(referral), world.actor("officer")
        with pytest.raises(actions.NamesVictim, match="a condition"):
            actions.prepare(db, found, cases.MOTHER, cases.ISSUER, by=officer, at=cases.GIVEN_AT)


def test_a_document_that_is_made_again_has_pages_of_its_own_and_the_old_ones_stay(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = cases.prepared(db, world)
        father = cases.MOTHER.model_copy(update={"adult_name": "Ivan Fielding"})
        actions.prepare(db, referral, father, cases.ISSUER, by=world.actor("officer"), at=cases.GIVEN_AT)
        disposal = disposal_for(db, referral)
        assert len(db.exec(select(FamilyPaper)).all()) == 4
        now = [one.document for one in family.papers_for(db, disposal)]
        assert [paper.kind for paper in now] == [Kind.DISPOSAL, *PAGES]
        assert "Ivan Fielding" in text_of(content(db, now[1]))


def test_once_it_is_signed_the_child_takes_their_own_signed_copy(engine: Engine) -> None:
    with transaction(engine) as db:
        referral = cases.signed(db, build(db))
        found = family.papers_for(db, disposal_for(db, referral))
        assert [one.document.kind for one in found] == [Kind.CHILD_COPY, *PAGES]
        assert {one.handed_at for one in found} == {None}


def test_what_was_handed_over_is_written_down_once_with_its_time(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = cases.signed(db, build(db))
        numbers = [one.document.number for one in family.papers_for(db, disposal_for(db, referral))]
    where = f"/cases/{referral.reference}/disposal/papers"
    officer = enter(sqlite_app, "officer")
    page = officer.open(where)
    assert page.heading == "You can have this on paper now"
    page = officer.send(page, {}, status=422)
    assert page.errors == ["Tick what the family took with them"]
    page = officer.follow(officer.send(page, {"papers": [str(numbers[0]), str(numbers[1])]}))
    assert page.text.count("Handed over on") == 2
    officer.send(page, {"papers": [str(numbers[0]), str(numbers[2]), "999"]})
    with transaction(sqlite_app.engine) as db:
        assert len(db.exec(select(PaperHanded)).all()) == 3
        events = db.exec(select(Event).where(Event.verb == "case.hand_papers")).all()
        assert events[-1].facts == {"papers": "The page for the parent or carer"}
    assert not [form for form in officer.open(where).forms() if form.method == "post"]


def test_readers_see_the_papers_and_only_those_who_meet_the_family_hand_them_over(
    sqlite_app: PanelApp,
) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = cases.signed(db, build(db))
    where = f"/cases/{referral.reference}/disposal/papers"
    for key, hands in {"case_manager": True, "manager": False, "inspector": False}.items():
        page = enter(sqlite_app, key).open(where)
        assert bool([form for form in page.forms() if form.method == "post"]) is hands
    enter(sqlite_app, "far_officer").open(where, status=404)
