"""The pages of the board pack: who makes it, who reads what, what is pinned, and what the board asked."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from panel.board_pack import publishing
from panel.board_pack.models import BoardAction, BoardPack, BoardPackVersion
from panel.db import transaction
from panel.errors import Stale
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from tests.panel.conftest import Visit
from tests.panel.documents.disposal_papers import text_of
from tests.support.board import SUMMER, case, made, published, summer
from tests.support.visitor import Page
from tests.support.world import NOW, World
from workflows.flow import Refused
from workflows.quarters import Quarter

STEP = "Decided by the panel after the assessment"
DAY = {"due_on": ["15", "1", "2027"]}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


@pytest.fixture
def counted(engine: Engine, world: World) -> None:
    """A summer with cases and disposals."""
    with transaction(engine) as db:
        summer(db, world)


@pytest.fixture
def pack(engine: Engine, world: World, counted: None) -> str:
    """A published pack of it."""
    with transaction(engine) as db:
        return published(db, world).reference


def make(visit: Visit) -> Page:
    """The manager's draft."""
    manager = visit("manager")
    return manager.follow(manager.send("/board-pack", {"quarter": SUMMER.key}, button="Make the pack"))


@pytest.mark.usefixtures("counted")
def test_one_click_counts_a_quarter_and_each_number_opens_its_cases(visit: Visit) -> None:
    page = make(visit)
    assert page.heading == "Draft of the board pack, July to September 2026"
    assert f"{STEP} On time12Of20Share60 %" in page.text.replace(f" – {STEP}", "")
    late = next(href for href in page.links.values() if "line=decided" in href and "side=whole" in href)
    listed = visit("manager").open(late)
    assert listed.heading == "Decided by the panel after the assessment: 20"
    assert sum(href.startswith("/cases/NK-") for href in listed.links.values()) == 20
    assert visit("manager").open(late.replace("side=whole", "side=rest")).heading.endswith(": 8")
    assert "The police gave" not in page.text
    disposals = next(href for href in page.links.values() if "line=community_resolution" in href)
    assert visit("manager").open(disposals).heading == "Community resolution: 20"


@pytest.mark.usefixtures("counted")
def test_a_list_of_more_than_a_page_goes_on_and_a_wrong_address_is_missing(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        for number in range(100, 110):
            case(db, world, number)
        reference = made(db, world).reference
    manager, where = (
        visit("manager"),
        f"/board-pack/{reference}/cases?figure=timeliness&line=decided&side=whole",
    )
    first = manager.open(where)
    rest = manager.open(first.links["Next page"])
    seen = [{href for href in page.links.values() if href.startswith("/cases/NK-")} for page in (first, rest)]
    assert [len(one) for one in seen] == [25, 5]
    assert not seen[0] & seen[1]
    for wrong in ("figure=nothing&line=decided&side=whole", "figure=timeliness&line=decided&side=both"):
        manager.open(f"/board-pack/{reference}/cases?{wrong}", status=404)


def test_a_board_member_reads_what_is_published_and_reaches_no_case(visit: Visit, pack: str) -> None:
    board = visit("board")
    page = board.open(f"/board-pack/{pack}")
    assert "Decided by the panel after the assessment On time12Of20Share60 %" in page.text
    # Three conditional cautions are withheld, and another outcome with them.
    assert "Withheld: No further action; " in page.text
    assert "Youth caution Given12Share29 %" in page.text
    assert "Nothing of this was recorded, so there is no number: that is not 0 %." in page.text
    assert not [href for href in page.links.values() if re.search(r"/cases|/draft|/police|/gap/d", href)]
    assert "Quillon" not in page.html
    assert "NK-" not in page.html
    for path in (
        "draft",
        "preview",
        "cases?figure=timeliness&line=decided&side=whole",
        "front",
        "publish",
        "asked",
    ):
        board.open(f"/board-pack/{pack}/{path}", status=403)
    board.open(f"/board-pack/{pack}/figures/outcomes", status=403)


def test_others_do_not_read_it_and_strangers_do_not_find_it(
    engine: Engine, world: World, visit: Visit, pack: str
) -> None:
    for key in ("officer", "seconded", "case_manager", "victim_worker", "liaison", "scrutineer", "admin"):
        visit(key).open("/board-pack", status=403)
        visit(key).open(f"/board-pack/{pack}", status=403)
    assert visit("inspector").open(f"/board-pack/{pack}").heading == "Board pack, July to September 2026"
    far = visit("far_manager")
    for path in (
        "",
        "/draft",
        "/preview",
        "/front",
        "/publish",
        "/versions/1",
        "/versions/1/pack.pdf",
        "/asked",
    ):
        far.open(f"/board-pack/{pack}{path}", status=404)
    with transaction(engine) as db:
        draft = made(db, world, Quarter(2026, 2)).reference
    visit("board").open(f"/board-pack/{draft}", status=404)
    assert "April to June 2026" not in visit("board").open("/board-pack").text
    assert "April to June 2026" in visit("manager").open("/board-pack").text


@pytest.mark.usefixtures("counted")
def test_what_a_person_wrote_stays_when_the_numbers_are_counted_anew(
    engine: Engine, world: World, visit: Visit
) -> None:
    page, manager = make(visit), visit("manager")
    reference = page.path.split("/")[2]
    mine = "Disposals are given later than before."
    manager.send(f"/board-pack/{reference}/front", {"sentence_1": mine, "decision_3": "Meet more often."})
    manager.send(f"/board-pack/{reference}/figures/timeliness", {"text": "The panel met too seldom."})
    empty = manager.send(f"/board-pack/{reference}/figures/timeliness", {"text": ""}, status=422)
    assert empty.errors == ["Say in two sentences what the figure says"]
    with transaction(engine) as db:
        for number in range(200, 220):
            case(db, world, number)
    again = make(visit)
    for said in (mine, "Meet more often.", "The panel met too seldom."):
        assert said in again.text
    assert f"{STEP} On time32Of40" in again.text.replace(f" – {STEP}", "")
    manager.open(f"/board-pack/{reference}/figures/family", status=404)


@pytest.mark.usefixtures("counted")
def test_two_people_who_write_at_once_meet_at_the_page_that_says_so(visit: Visit) -> None:
    reference = make(visit).path.split("/")[2]
    one, two = visit("manager"), visit("chair")
    page, other = one.open(f"/board-pack/{reference}/front"), two.open(f"/board-pack/{reference}/front")
    one.send(page, {"sentence_1": "First."})
    late = two.send(other, {"sentence_1": "Second."}, status=409)
    assert "Second." in late.html


def test_publishing_pins_what_is_read_and_nobody_changes_it(
    engine: Engine, world: World, visit: Visit, pack: str
) -> None:
    before = visit("board").open(f"/board-pack/{pack}").text
    with transaction(engine) as db:
        for number in range(300, 306):
            case(db, world, number)
    assert visit("board").open(f"/board-pack/{pack}").text == before
    with Session(engine) as db:
        row = db.exec(select(BoardPackVersion)).one()
        assert row.digest == publishing.digest_of(row.content, row.behind)
        assert "Quillon" not in json.dumps([row.content, row.behind])
    with Session(engine) as db, pytest.raises(DatabaseError, match="never changed"):
        db.execute(text("UPDATE board_pack_version SET number = 7"))
    make(visit)
    visit("manager").send(f"/board-pack/{pack}/publish", button="Publish")
    board = visit("board")
    assert "On time18Of26" in board.open(f"/board-pack/{pack}").text
    assert "On time12Of20" in board.open(f"/board-pack/{pack}/versions/1").text
    board.open(f"/board-pack/{pack}/versions/3", status=404)


def test_a_pack_is_refused_before_its_time_without_words_twice_and_with_a_name(
    engine: Engine, world: World, counted: None
) -> None:
    manager = world.actor("manager")

    def refused(pack: BoardPack, db: Session) -> set[str]:
        with pytest.raises(Refused) as found:
            publishing.publish(db, pack, seen=pack.version, by=manager, at=NOW)
        return {one.name for one in found.value.refusals}

    with transaction(engine) as db:
        assert refused(made(db, world, Quarter(2026, 4)), db) == {"pack_quarter_over"}
        pack = made(db, world)
        kept = pack.words
        pack.words = kept | {"sentences": [""] * 5}
        assert refused(pack, db) == {"pack_written"}
        for told in ("Ada3 Quillon was late.", "See NK-BCDFGH.", "Write to a@example.test."):
            pack.words = kept | {"decisions": [told, "", ""]}
            assert refused(pack, db) == {"pack_tells_nobody"}
        pack.words = kept | {"decisions": ["Report by 15 January 2027.", "", ""]}
        db.flush()
        with pytest.raises(Stale):
            publishing.publish(db, pack, seen=pack.version - 1, by=manager, at=NOW)
        publishing.publish(db, pack, seen=pack.version, by=manager, at=NOW)
        assert refused(pack, db) == {"pack_new"}


def test_the_next_pack_compares_with_what_was_published_and_tells_what_was_asked(
    engine: Engine, world: World, visit: Visit, pack: str
) -> None:
    manager = visit("manager")
    form = f"/board-pack/{pack}/asked"
    assert "Enter who does it" in manager.send(form, {"wish": "Report."}, status=422).errors
    manager.send(form, {"wish": "Report on late disposals.", "owner": "The police", **DAY})
    page = manager.open("/board-pack/asked")
    closing = page.links["Report on late disposals."]
    late = manager.open(closing)
    done = {"answer": "done", "said": "Reported in October.", "closed_on": ["1", "11", "2026"]}
    manager.send(late, done)
    manager.send(late, done | {"said": "Never."}, status=409)
    visit("board").open(closing, status=403)
    visit("far_manager").open(closing, status=404)
    home = visit("board").open("/")
    assert "Report on late disposals. The police, by 15 January 2027. Done: Reported in October." in home.text
    assert home.links["Read the pack"] == f"/board-pack/{pack}"
    with transaction(engine) as db:
        following = made(db, world, Quarter(2026, 4))
        content = publishing.content_of(db, following)
        assert [one["said"] for one in content["actions"]] == ["Reported in October."]
        assert db.exec(select(BoardAction)).one().number == 1
        reference = following.reference
    assert "Report on late disposals. WhoThe police" in manager.open(f"/board-pack/{reference}/preview").text


def test_a_board_without_a_pack_is_told_so(visit: Visit) -> None:
    board = visit("board")
    assert "No pack is published yet" in board.open("/").text
    assert "No pack is published yet" in board.open("/board-pack").text


def test_the_paper_is_accessible_and_the_workbook_has_every_figure(
    engine: Engine, visit: Visit, pack: str, tmp_path: Path
) -> None:
    from pdfua import validate

    board = visit("board")
    answer = board.open(f"/board-pack/{pack}/versions/1/pack.pdf").response
    file = tmp_path / "pack.pdf"
    file.write_bytes(answer.get_data())
    report = validate(str(file))
    assert report.exit_code == 0, report.findings
    paper = text_of(answer.get_data())
    for said in ("Decisions asked for", "What victims say", "withheld", "What the board asked before"):
        assert said in paper
    for canary in ("Quillon", "NK-"):
        assert canary not in paper
    book = board.open(f"/board-pack/{pack}/versions/1/pack.xlsx").response.get_data()
    sheets = load_workbook(io.BytesIO(book))
    assert len(sheets.sheetnames) == 14
    assert ["Youth conditional caution", "withheld", "withheld"] in [
        [cell.value for cell in row][:3] for row in sheets["Outcomes and their mix"].iter_rows()
    ]
    with Session(engine) as db:
        told = select(AccessEntry).where(
            AccessEntry.operation == Operation.DISCLOSURE, AccessEntry.recipients == "Cllr Moss"
        )
        assert len(db.exec(told).all()) == 2


def test_every_picture_says_its_numbers_in_words_and_stands_beside_its_table(visit: Visit, pack: str) -> None:
    tree = visit("board").open(f"/board-pack/{pack}").tree
    pictures = _pictures(tree)
    assert len(pictures) >= 4
    beside = [one for one in tree.iter() if "app-beside" in (one.get("class") or "")]
    assert all(any(part.tag.endswith("table") for part in one.iter()) for one in beside if _pictures(one))
    assert sum(len(_pictures(one)) for one in beside) >= 2
    for picture in pictures:
        ids = (picture.get("aria-labelledby") or "").split()
        named = {one.get("id"): "".join(one.itertext()) for one in picture.iter()}
        assert all(named.get(one) for one in ids)


def _pictures(part: Any) -> list[Any]:
    return [one for one in part.iter() if one.tag.endswith("svg") and one.get("role") == "img"]
