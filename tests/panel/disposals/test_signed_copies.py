"""Signed copies that are missing or altered: a list, a figure, and papers that are found later."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from panel.db import transaction
from panel.disposals import actions, copies
from panel.disposals.commands import Found
from panel.disposals.day_models import FoundCopy
from panel.disposals.queries import disposal_for
from panel.documents import typeset
from panel.documents.models import Kind
from panel.documents.queries import papers
from panel.documents.uploads import CleanFile
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.disposals.test_disposal_actions import _unguard, kept, refused
from tests.panel.disposals.test_disposal_pages import desk
from tests.panel.documents.disposal_papers import paper
from tests.support import given as cases
from tests.support.given import GIVEN_AT, explained, given
from tests.support.world import TODAY, World, build
from workflows.vocabulary import Outcome

WHY = {"signed_copy_expected": "Signed on paper at home; the scan follows"}
STORY = Found(
    signed_on=TODAY,
    child_signed=True,
    adult_signed=True,
    found_by="PC Marsh",
    found_where="In the pocket book",
    story="The scanner was broken that day.",
)


def scan() -> CleanFile:
    return CleanFile("application/pdf", "pdf", typeset.disposal_pdf(paper("youth_caution")))


def unsigned(db: Session, world: World, outcome: Outcome = Outcome.YC, **more: object) -> Referral:
    """A disposal that was given on paper, of which no copy has come."""
    referral = explained(db, world, outcome, **more)  # type: ignore[arg-type]
    actions.give(db, referral, by=world.actor("officer"), at=GIVEN_AT, overrides=WHY)
    return referral


def lists(db: Session, world: World, key: str = "seconded") -> tuple[int, ...]:
    """How many are missing, were given in the quarter, and have their copy."""
    actor = world.actor(key)
    names = (copies.MISSING, copies.QUARTER, copies.THERE)
    return tuple(copies.count(db, actor, name, today=TODAY) for name in names)


def test_a_given_disposal_without_its_copy_is_listed_until_the_paper_is_found(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        given(db, world)
        given(db, world, Outcome.NFA)  # nobody signs it, so it is in no list
        referral = unsigned(db, world)
        assert lists(db, world) == (1, 2, 1)
        assert lists(db, world, "far_manager") == (0, 0, 0)
        line = copies.listed(db, world.actor("manager"), copies.MISSING, today=TODAY).lines[0]
        assert (line.reference, line.altered) == (referral.reference, False)
        copies.found(db, referral, STORY, scan(), by=world.actor("seconded"), at=GIVEN_AT)
        assert lists(db, world) == (0, 2, 2)
        row = db.exec(select(FoundCopy)).one()
        assert (row.found_by, row.found_where, row.by_name) == ("PC Marsh", "In the pocket book", "Sam Reed")
        assert row.signed_by == ["child", "appropriate_adult"]


def test_a_quarter_is_three_months_to_the_day(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        given(db, world)
        manager = world.actor("manager")
        inside, outside = TODAY.replace(year=2027, month=2, day=16), TODAY.replace(year=2027, month=2)
        assert copies.count(db, manager, copies.QUARTER, today=inside) == 1
        assert copies.count(db, manager, copies.QUARTER, today=outside) == 0


def test_a_found_paper_stands_beside_the_copy_that_was_there(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = given(db, world)
        before = kept(db, referral)
        added = copies.found(db, referral, STORY, scan(), by=world.actor("case_manager"), at=GIVEN_AT)
        assert disposal_for(db, referral).signed_document_id == added.id
        assert {p.id for p in papers(db, referral.id, kinds=(Kind.SIGNED_COPY,))} == {before.id, added.id}


def test_a_paper_signed_before_the_document_was_made_is_refused(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = unsigned(db, world)
        early = STORY.model_copy(update={"signed_on": TODAY - timedelta(days=1)})
        act = refused(
            lambda: copies.found(db, referral, early, scan(), by=world.actor("officer"), at=GIVEN_AT)
        )
        assert act == {"copy_too_early"}


def test_before_the_giving_no_paper_is_found(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = explained(db, world)
        act = refused(
            lambda: copies.found(db, referral, STORY, scan(), by=world.actor("officer"), at=GIVEN_AT)
        )
        assert act == {"copy_not_wanted"}


def test_an_altered_copy_is_found_in_the_morning_and_listed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = given(db, world)
        digest = kept(db, referral).digest
    assert copies.check_copies(sqlite_engine, at=GIVEN_AT) == 0
    with transaction(sqlite_engine) as db:
        _unguard(db)
        db.connection().execute(
            text("UPDATE stored_file SET content = :c WHERE digest = :d"), {"c": b"another", "d": digest}
        )
    assert copies.check_copies(sqlite_engine, at=GIVEN_AT) == 1
    with transaction(sqlite_engine) as db:
        assert lists(db, world) == (1, 1, 0)
        assert copies.listed(db, world.actor("manager"), copies.MISSING, today=TODAY).lines[0].altered


def test_the_list_and_its_figure_open_to_the_cases(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, lambda db, world, _outcome: unsigned(db, world))
    manager = case.enter("manager")
    home = manager.open("/")
    assert "Signed copies missing" in home.text
    page = manager.open("/signed-copies")
    assert case.reference in page.text
    assert "within 1 working day of giving" in page.text
    for name in ("quarter", "there"):
        manager.open(f"/signed-copies?list={name}")
    manager.open("/signed-copies?list=nothing", status=404)
    case.enter("victim_worker").open("/signed-copies", status=403)
    assert case.reference not in case.enter("far_manager").open("/signed-copies").text


def test_a_found_paper_is_added_on_its_page_with_its_story(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, lambda db, world, _outcome: unsigned(db, world))
    worker = case.enter("case_manager")
    assert "The signed copy is not on the case." in worker.open(case.at()).text
    story = {
        "signed_on": [str(TODAY.day), str(TODAY.month), str(TODAY.year)],
        "child_signed": "y",
        "found_by": "PC Marsh",
        "found_where": "Pocket book",
        "story": "The scanner was broken.",
    }
    page = worker.send(case.at("/found"), story, status=422)
    assert page.errors == ["Choose the scan or photo of the signed paper"]
    page = worker.follow(worker.send(page, {"scan": (io.BytesIO(scan().data), "paper.pdf")}))
    assert "Where it was Pocket book" in page.text
    assert "The signed copy is not on the case." not in page.text


@pytest.mark.parametrize(
    ("stage", "path"),
    [
        (cases.decided, "/prepare"),
        (cases.prepared, "/authorise"),
        (cases.prepared, "/explain"),
        (cases.explained, "/sign"),
        (cases.signed, "/give"),
    ],
)
def test_no_page_asks_a_child_to_consent_to_a_youth_caution(
    sqlite_app: PanelApp, stage: Any, path: str
) -> None:
    case = desk(sqlite_app, stage, Outcome.YC)
    page = case.enter("officer").open(case.at(path))
    assert "consent" not in page.text.lower()
    assert "consented" not in page.form().names
